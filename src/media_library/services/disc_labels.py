"""Reads title, season and number of a disc off its volume label: by whole tokens, never by parts of words."""

import re
import unicodedata
from dataclasses import dataclass, replace

from media_library.models.disc import DiscNames
from media_library.services import title_case
from media_library.services.title_case import words_of

UNKNOWN_TITLE = "Unknown disc"
_LONGEST_LABEL = 500
_LONGEST_TITLE = 120

_GENERIC = words_of(
    """
    audiocd bd bdmv bdrom blank blueray bluray bluraydisc bluraymovie cd cdda cdr cdrom cdrw disc disk disco
    disque dvd dvdplusr dvdplusrw dvdr dvdram dvdrom dvdrw dvdvideo dvdvideorecorder dvdvideorecording dvdvolume
    emptydisc image iso isoimage logicalvolumeid mydisc mydvd newdisc newvolume nolabel nolabelset noname notitle
    ps3volume title undefined uniquelabel unknown unlabeled unnamed untitled untitledcd untitleddisc untitleddvd
    videocd videodisc videodvd videots volume volumeid volumelabel
    """
)
_NOISE = words_of(
    """
    16x9 4x3 16by9 4by3 anamorphic letterbox letterboxed widescreen fullscreen ws fs ff ntsc pal secam uk eur
    r1 r2 r3 r4 r5 r6 region1 region2 region3 region4 rental retail dvd dvdrip bd bd25 bd50 bdrom bdrip bluray
    uhd 4k 3d 480i 480p 576i 576p 720p 1080i 1080p 2160p x264 x265 h264 h265 hevc remux rip dd51 dts ac3 disc disk
    """
)
_NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_SEASON_WORDS = words_of("season series saison staffel stagione temporada seizoen")
_DISC_WORDS = words_of("disc disk disque disco dvd cd bd")
_SEASON = re.compile(r"(?:s|season|series|saison|staffel|stagione|temporada)0*(\d{1,2})")
_DISC = re.compile(r"(?:d|disc|disk|disque|disco|dvd|cd|bd)0*(\d{1,2})(?:of\d{1,2})?")
_BOTH = re.compile(r"s(?:eason)?0*(\d{1,2})(?:d|disc|disk|dvd)0*(\d{1,2})")
_OF = re.compile(r"0*(\d{1,2})of\d{1,2}")
_YEAR_IN_BRACKETS = re.compile(r"[(\[]\s*((?:19|20)\d\d)\s*[)\]]")
_UNSAFE = re.compile(r"""[\\/:*?"<>|`^~{}\[\]()=;]""")
_SPACED_DASH = re.compile(r"\s[-–—]+\s|^-+|-+$")


@dataclass(frozen=True, slots=True)
class ParsedLabel:
    """What a label tells. ``generic`` labels name no work; their title is "Unknown disc"."""

    names: DiscNames
    generic: bool = False


def parse_label(label: str) -> ParsedLabel:
    """Read a label of any origin and length; the title is one line of at most 120 characters and never empty."""
    text = _clean(label)
    if _is_generic(text):
        return ParsedLabel(DiscNames(UNKNOWN_TITLE), generic=True)
    years = _YEAR_IN_BRACKETS.findall(text)
    tokens = _tokens(_UNSAFE.sub(" ", _YEAR_IN_BRACKETS.sub(" ", text)))
    tokens, found = _take_numbers(tokens)
    names = replace(found, year=int(years[-1]) if years else None)
    if not tokens or _is_generic(" ".join(tokens)):
        return ParsedLabel(replace(names, title=UNKNOWN_TITLE), generic=True)
    return ParsedLabel(replace(names, title=_shorten(title_case.as_title(tokens))))


def _clean(label: str) -> str:
    """One line without control, surrogate, private or bidirectional characters and without "..", NFC."""
    text = unicodedata.normalize("NFC", label[:_LONGEST_LABEL])
    kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text)
    return " ".join(re.sub(r"\.{2,}", " ", kept).split())


def _is_generic(text: str) -> bool:
    bare = re.sub(r"[\W_]+", "", text).casefold()
    stamp = re.fullmatch(r"[\d\W_]+", text) is not None and len(re.sub(r"\D", "", text)) >= 5
    return not bare or bare in _GENERIC or stamp


def _tokens(text: str) -> list[str]:
    if "." in text and not re.search(r"[\s_]", text) and max(map(len, text.split("."))) > 1:
        text = text.replace(".", " ")
    text = _SPACED_DASH.sub(" ", text.replace("_", " "))
    tokens = [token.strip(",") if token.count(".") > 1 else token.strip(",.") for token in text.split()]
    if len(tokens) == 1 and re.search(r"[a-z][A-Z]", tokens[0]):
        tokens = title_case.split_camel(tokens[0])
    return [token for token in tokens if re.search(r"\w|[&!+#]|[^\x00-\u2000]", token)]


def _take_numbers(tokens: list[str]) -> tuple[list[str], DiscNames]:
    """Take season, disc and noise off the end of the tokens, and a spelt-out season from within them.

    The first token always belongs to the title unless nothing but numbers and noise is there.
    """
    rest, season, disc = list(tokens), None, None
    while rest:
        taken, more_season, more_disc = _last(rest)
        only = taken == len(rest)
        if not taken or (only and more_disc is None and more_season is None):
            break
        season = more_season if season is None else season
        disc = more_disc if disc is None else disc
        rest = rest[:-taken]
    if season is None:
        rest, season = _season_within(rest)
    return rest, DiscNames("", season=season, disc_number=disc)


def _last(tokens: list[str]) -> tuple[int, int | None, int | None]:
    """How many tokens at the end are no title, and the season and disc that they tell."""
    words = [token.casefold().strip("-.,#") for token in tokens]
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if len(words) > 3 and words[-2] == "of" and last.isdecimal() and words[-4] in _DISC_WORDS:
        return 4, None, _number(words[-3])
    if match := _BOTH.fullmatch(last):
        return 1, int(match[1]), int(match[2])
    number = _number(last)
    if number is not None and before in _SEASON_WORDS:
        return 2, number, None
    if (number is not None or re.fullmatch("[a-f]", last)) and before in _DISC_WORDS:
        return 2, None, number if number is not None else ord(last) - ord("a") + 1
    if (match := _OF.fullmatch(last)) and before in _DISC_WORDS:
        return 2, None, int(match[1])
    if match := _SEASON.fullmatch(last):
        return 1, int(match[1]), None
    if last in _NOISE:
        return 1, None, None
    if match := _DISC.fullmatch(last):
        return 1, None, int(match[1])
    return (2 if (before, last) == ("blu", "ray") else 0), None, None


def _season_within(tokens: list[str]) -> tuple[list[str], int | None]:
    words = [token.casefold() for token in tokens]
    for place in range(1, len(words) - 1):
        number = _number(words[place + 1])
        if words[place] in _SEASON_WORDS and number is not None:
            return tokens[:place] + tokens[place + 2 :], number
    return tokens, None


def _number(word: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,2}", word):
        return int(word)
    return _NUMBER_WORDS.get(word)


def _shorten(title: str) -> str:
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title[:_LONGEST_TITLE]
    return cut.rsplit(" ", 1)[0] if " " in cut[_LONGEST_TITLE // 2 :] else cut
