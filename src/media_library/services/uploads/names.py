"""What a file is called by who sends it, made fit to be shown; no file on disk is ever called so."""

import unicodedata

from media_library.errors import InvalidInput

_MOST_NAME = 255
_MOST_FOLDERS = 12
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


def shown_name(text: str) -> str:
    """The last part of a name as some system sends it; raises ``InvalidInput`` if nothing is left of it."""
    parts = _parts(text)
    if not parts:
        raise InvalidInput("The file has no name. Give it one, then send it again.", "name")
    return parts[-1]


def shown_folder(text: str) -> str:
    """The folders in which a file lay where it comes from, with "/" between them and no way up or out; may be empty."""
    return "/".join(_parts(text)[-_MOST_FOLDERS:])


def _parts(text: str) -> list[str]:
    cleaned = (_cleaned(part) for part in unicodedata.normalize("NFC", text).replace("\\", "/").split("/"))
    return [part for part in cleaned if part.strip(". ")]


def _cleaned(part: str) -> str:
    kept = (char for char in part if char in _JOINERS or unicodedata.category(char) not in _INVISIBLE)
    return "".join(kept).strip()[:_MOST_NAME]
