"""Reads the names of what lies beside films and albums: subtitles, pictures, .nfo files."""

import re
from dataclasses import dataclass
from typing import Final

from media_library.models.language import UNKNOWN
from media_library.services.file_roles.languages import language_of

SUBTITLES: Final = frozenset({"srt", "ass", "ssa", "sub", "idx", "vtt", "sup", "smi", "ttml", "usf", "dfxp"})
PICTURES: Final = frozenset({"jpg", "jpeg", "png", "webp", "tbn", "gif", "avif", "bmp"})
LYRICS: Final = frozenset({"lrc", "elrc", "ttml", "txt"})

_WORDS = re.compile(r"[^\s._()\[\]]+")
_FLAGS = {
    **dict.fromkeys(("forced", "foreign", "force"), "forced"),
    **dict.fromkeys(("sdh", "cc", "hearing", "impaired", "shd"), "sdh"),
    "default": "default",
}
_ARTWORK = {
    **dict.fromkeys(
        ("poster", "folder", "cover", "movie", "show", "default", "front", "album", "albumart", "keyart"), "poster"
    ),
    **dict.fromkeys(("fanart", "backdrop", "background", "art"), "backdrop"),
    **dict.fromkeys(("logo", "clearlogo"), "logo"),
    **dict.fromkeys(("landscape", "thumb"), "thumb"),
    "banner": "banner",
    "clearart": "clearart",
    **dict.fromkeys(("disc", "discart", "cdart"), "disc"),
    "artist": "poster",
    "characterart": "clearart",
}
_ALONE = re.compile(
    r"(?P<kind>" + "|".join(sorted(_ARTWORK, key=len, reverse=True)) + r"|albumartsmall|albumart_.*)[\s._\-]?\d{0,2}",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"(?P<stem>.+?)[-.](?P<kind>poster|cover|folder|fanart|backdrop|background|clearlogo|logo|landscape|thumb|banner|clearart|discart"
    r"|disc|keyart|art)[\s._\-]?\d{0,2}",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"season[\s._\-]?(?P<n>\d{1,4}|specials?|all)(?:[\s._\-](?P<kind>poster|fanart|banner|landscape|thumb|backdrop|logo))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SubtitleName:
    """What follows the name of the film in that of its subtitles."""

    language: str
    is_forced: bool
    is_sdh: bool
    is_default: bool
    label: str | None


@dataclass(frozen=True, slots=True)
class PictureName:
    """What a picture is for; ``stem`` is the file that it belongs to, if it names one."""

    kind: str
    stem: str | None = None
    season: int | None = None


def subtitle_name(rest: str) -> SubtitleName:
    """Read "en.hi.forced": language, flags, a title. "hi" is Hindi unless another language stands before it."""
    language: str | None = None
    flags: set[str] = set()
    others: list[str] = []
    for word in _WORDS.findall(rest):
        plain = word.strip("-").lower()
        flag = _FLAGS.get(plain)
        if flag is not None:
            flags.add(flag)
        elif plain == "hi" and language is not None:
            flags.add("sdh")
        elif language is None and (found := language_of(plain)) is not None:
            language = found
        elif language is not None and (found := language_of(plain)) == language:
            continue
        elif plain and not plain.isdecimal():
            others.append(word.strip("-"))
    return SubtitleName(
        language or UNKNOWN, "forced" in flags, "sdh" in flags, "default" in flags, " ".join(others)[:80] or None
    )


def picture_name(stem: str) -> PictureName | None:
    """What a picture is for by its name without its suffix; ``None`` for one with a name of its own."""
    match = _SEASON.fullmatch(stem)
    if match is not None:
        kind = _ARTWORK[(match["kind"] or "poster").lower()]
        number = match["n"].lower()
        if number == "all":
            return PictureName(kind)
        return PictureName(kind, None, int(number) if number.isdecimal() else 0)
    match = _ALONE.fullmatch(stem)
    if match is not None:
        return PictureName(_ARTWORK.get(match["kind"].lower(), "poster"))
    match = _SUFFIX.fullmatch(stem)
    if match is not None:
        return PictureName(_ARTWORK[match["kind"].lower()], match["stem"].lower())
    return None
