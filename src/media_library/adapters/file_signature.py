"""Tells what a file is by how it begins; its name has no say. What is not on the list is refused, with a reason."""

import re
from dataclasses import dataclass
from enum import StrEnum

from media_library.errors import VerificationFailed

HEAD_BYTES = 4096
"""How much of the beginning of a file is looked at."""

_TS_PACKET, _M2TS_PACKET = 188, 192
_ADVICE = "It was kept out of the library."


class FileForm(StrEnum):
    """What a file holds, as far as its beginning tells."""

    VIDEO = "video"
    AUDIO = "audio"
    PICTURE = "picture"
    BOOK = "book"
    SUBTITLE = "subtitle"
    LYRICS = "lyrics"
    NFO = "nfo"


@dataclass(frozen=True, slots=True)
class Signature:
    """A form that is taken. ``suffixes`` are those that such a file may have, the usual one first."""

    form: FileForm
    suffixes: tuple[str, ...]

    def suffix_for(self, name: str) -> str:
        """The suffix of a name if such a file may have it, else the usual one."""
        own = name[name.rfind(".") :].lower() if "." in name else ""
        return own if own in self.suffixes else self.suffixes[0]


class SignatureRefused(VerificationFailed):
    """The file is nothing that the library takes; the message says what it is instead."""


_VIDEO_MP4 = Signature(FileForm.VIDEO, (".mp4", ".m4v", ".mov", ".3gp", ".3g2"))
_AUDIO_MP4 = Signature(FileForm.AUDIO, (".m4a", ".m4b"))
_MPEG_AUDIO = Signature(FileForm.AUDIO, (".mp3", ".mp2", ".aac"))
_HEIC = Signature(FileForm.PICTURE, (".heic", ".heif"))
_AVIF = Signature(FileForm.PICTURE, (".avif",))
_BRANDS = {
    b"M4A ": _AUDIO_MP4, b"M4B ": _AUDIO_MP4, b"M4P ": _AUDIO_MP4, b"F4A ": _AUDIO_MP4,
    b"qt  ": Signature(FileForm.VIDEO, (".mov", ".mp4", ".m4v")),
    b"heic": _HEIC, b"heix": _HEIC, b"heim": _HEIC, b"heis": _HEIC, b"mif1": _HEIC, b"msf1": _HEIC,
    b"avif": _AVIF, b"avis": _AVIF,
}  # fmt: skip
_QUICKTIME = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_RIFF = {
    b"AVI ": Signature(FileForm.VIDEO, (".avi", ".divx")),
    b"WAVE": Signature(FileForm.AUDIO, (".wav",)),
    b"WEBP": Signature(FileForm.PICTURE, (".webp",)),
}
_BEGINNINGS: tuple[tuple[bytes, Signature], ...] = (
    (b"OggS", Signature(FileForm.AUDIO, (".ogg", ".opus", ".oga", ".ogv"))),
    (b"fLaC", Signature(FileForm.AUDIO, (".flac",))),
    (b"ID3", _MPEG_AUDIO),
    (b"wvpk", Signature(FileForm.AUDIO, (".wv",))),
    (b"MAC ", Signature(FileForm.AUDIO, (".ape",))),
    (b"FORM", Signature(FileForm.AUDIO, (".aiff", ".aif", ".aifc"))),
    (b"FLV\x01", Signature(FileForm.VIDEO, (".flv",))),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Signature(FileForm.VIDEO, (".wmv", ".asf", ".wma"))),
    (b"\0\0\1\xba", Signature(FileForm.VIDEO, (".mpg", ".mpeg", ".vob"))),
    (b"\0\0\1\xb3", Signature(FileForm.VIDEO, (".mpg", ".m2v"))),
    (b"\xff\xd8\xff", Signature(FileForm.PICTURE, (".jpg", ".jpeg"))),
    (b"\x89PNG\r\n\x1a\n", Signature(FileForm.PICTURE, (".png",))),
    (b"GIF87a", Signature(FileForm.PICTURE, (".gif",))),
    (b"GIF89a", Signature(FileForm.PICTURE, (".gif",))),
    (b"II*\0", Signature(FileForm.PICTURE, (".tiff", ".tif", ".dng"))),
    (b"MM\0*", Signature(FileForm.PICTURE, (".tiff", ".tif", ".dng"))),
    (b"%PDF-", Signature(FileForm.BOOK, (".pdf",))),
)
_MATROSKA = Signature(FileForm.VIDEO, (".mkv", ".mk3d", ".mka"))
_WEBM = Signature(FileForm.VIDEO, (".webm",))
_TRANSPORT = Signature(FileForm.VIDEO, (".ts", ".m2ts", ".mts"))
_ARCHIVED_BOOK = Signature(FileForm.BOOK, (".epub", ".cbz"))

_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xfe\xed\xfa", "a program"),
    (b"#!", "a program"),
    (b"\0asm", "a program"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf\x27\x1c", "an archive"),
    (b"\x1f\x8b", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ\0", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
    (b"SQLite format 3\0", "a database"),
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SVG = re.compile(r"<(?:\w+:)?svg[\s>/]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|script|iframe|\?xml-stylesheet)\b", re.IGNORECASE)
_XHTML = re.compile(r"http://www\.w3\.org/1999/xhtml", re.IGNORECASE)
_CUE = re.compile(r"(?:\d{1,2}:)?\d{1,2}:\d{2}[,.]\d{1,3}[ \t]*-->[ \t]*(?:\d{1,2}:)?\d{1,2}:\d{2}[,.]\d{1,3}")
_LYRIC = re.compile(r"^\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]", re.MULTILINE)
_NFO = re.compile(r"<(movie|tvshow|episodedetails|season|album|artist|musicvideo)\b", re.IGNORECASE)
_NFO_ADDRESS = re.compile(r"https?://\S*(?:themoviedb\.org|imdb\.com|thetvdb\.com|musicbrainz\.org)/", re.IGNORECASE)
_SUBRIP = Signature(FileForm.SUBTITLE, (".srt",))
_WEBVTT = Signature(FileForm.SUBTITLE, (".vtt",))
_SUBSTATION = Signature(FileForm.SUBTITLE, (".ass", ".ssa"))
_LYRICS = Signature(FileForm.LYRICS, (".lrc",))
_NFO_FILE = Signature(FileForm.NFO, (".nfo",))


def signature_of(head: bytes) -> Signature:
    """What a file is by its first ``HEAD_BYTES``; raises ``SignatureRefused``."""
    for beginning, what in _REFUSED:
        if head.startswith(beginning):
            raise SignatureRefused(f"This is {what}, whatever its name says. {_ADVICE}")
    # the mark of UTF-16 is also the beginning of a frame of MPEG layer I, which nobody has
    found = None if head.startswith(_UTF_16) else _binary(head)
    if found is not None:
        return found
    text = _as_text(head)
    if text is not None:
        return _text(text)
    raise SignatureRefused(f"This is no kind of file that the library knows. {_ADVICE}")


def _binary(head: bytes) -> Signature | None:
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return _ARCHIVED_BOOK
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], _VIDEO_MP4)
    if head[4:8] in _QUICKTIME:
        return _BRANDS[b"qt  "]
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _WEBM if b"webm" in head[:64] else _MATROSKA
    for beginning, signature in _BEGINNINGS:
        if head.startswith(beginning):
            return signature
    if _is_transport(head):
        return _TRANSPORT
    return _MPEG_AUDIO if _is_mpeg_audio(head) else None


def _is_transport(head: bytes) -> bool:
    """Packets of an MPEG transport stream begin with 0x47, on discs after a time of four bytes."""
    plain = len(head) > 2 * _TS_PACKET and all(head[i] == 0x47 for i in range(0, 3 * _TS_PACKET, _TS_PACKET))
    return plain or (
        len(head) > 4 + 2 * _M2TS_PACKET and all(head[4 + i] == 0x47 for i in range(0, 3 * _M2TS_PACKET, _M2TS_PACKET))
    )


def _is_mpeg_audio(head: bytes) -> bool:
    """The header of a frame: twelve or eleven bits set, and no value that is reserved."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    if head[1] & 0xF6 == 0xF0:  # AAC in ADTS
        return head[2] >> 2 & 0xF < 13
    return head[1] >> 3 & 3 != 1 and head[1] >> 1 & 3 != 0 and head[2] >> 4 not in (0, 15) and head[2] >> 2 & 3 != 3


def _as_text(head: bytes) -> str | None:
    if head.startswith(_UTF_16):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\0" in head:
        return None
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # the last character may be cut; old subtitles are in some code page of eight bits
        return head[: error.start].decode("utf-8-sig") if error.start > len(head) - 4 else head.decode("latin-1")


def _text(text: str) -> Signature:
    if _SVG.search(text):
        raise SignatureRefused(f"This is a drawing that may hold scripts (SVG). {_ADVICE}")
    if _PAGE.search(text) or _XHTML.search(text):
        raise SignatureRefused(f"This is a web page, whatever its name says. {_ADVICE}")
    if text.startswith("WEBVTT"):
        return _WEBVTT
    if "[script info]" in text[:500].lower():
        return _SUBSTATION
    if _CUE.search(text):
        return _SUBRIP
    if _LYRIC.search(text):
        return _LYRICS
    if _NFO.search(text) or _NFO_ADDRESS.search(text):
        return _NFO_FILE
    raise SignatureRefused(f"This is a text for which there is no use here. {_ADVICE}")
