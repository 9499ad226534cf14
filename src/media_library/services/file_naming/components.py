"""Makes any text one name of a file or folder that every file system takes, and tells which names are the same."""

import re
import unicodedata
from pathlib import PurePosixPath

MOST_BYTES = 180
"""How long a name may be in UTF-8; what players append to it still fits into the 255 of a file system."""

_REPLACED = str.maketrans({"/": "-", "\\": "-", "|": "-", "*": "", "?": "", '"': "'", "<": "(", ">": ")"})
_BLANKS = str.maketrans("\t\r\n", "   ")
_COLON = re.compile(r"\s*:\s*")
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])( *)(\..*)?", re.IGNORECASE)
_JOINER = "\N{ZERO WIDTH JOINER}"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe_component(text: str, *, tail: str = "") -> str:
    """``text`` + ``tail`` as one name that every file system takes and no shell or path rule misreads.

    NFC; no control, invisible or direction characters; nothing of ``/ \\ : * ? " < > |``; no leading dot or dash; no
    trailing dot or space; no reserved name of Windows; at most 180 bytes of UTF-8, of which ``tail`` is never cut.
    """
    name = _trimmed(clean(text))
    if not name.strip(_JOINER):
        name = "Untitled"
    if reserved := _RESERVED.fullmatch(name):
        # Windows takes "aux.mkv" and "aux .mkv" for the device too
        name = f"{reserved[1]}_{reserved[3] or ''}"
    return shortened(name, tail)


def clean(text: str) -> str:
    """``text`` without what no name may contain, anywhere in it; still of any length and with any ends."""
    name = unicodedata.normalize("NFC", text).translate(_BLANKS)
    if not (name.isascii() and name.isprintable()):
        name = "".join(char for char in name if char == _JOINER or unicodedata.category(char) not in _INVISIBLE)
    name = _COLON.sub(" - ", name).translate(_REPLACED)
    # what a character that went kept apart may belong together
    return _SPACES.sub(" ", unicodedata.normalize("NFC", name))


def shortened(name: str, tail: str) -> str:
    """``name`` + ``tail``, with ``name`` cut between characters so that both have at most 180 bytes."""
    room = MOST_BYTES - len(tail.encode())
    cut = name.encode()[:room].decode("utf-8", "ignore") if len(name.encode()) > room else name
    return (_trimmed(cut) if cut != name or not tail else cut) + tail


def is_same_name(one: str, other: str) -> bool:
    """Whether some file system takes the two names for one: case and Unicode form do not distinguish."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """What all spellings of a name have in common that some file system takes for one (APFS, HFS+, NTFS, exFAT)."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def path_key(path: str | PurePosixPath) -> str:
    """The same for a path with "/" between its parts."""
    return name_key(str(path))


def _trimmed(name: str) -> str:
    return name.strip().lstrip(".-~ ").rstrip(". ")
