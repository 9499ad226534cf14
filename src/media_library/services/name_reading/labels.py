"""Reads one name on its own, that of a file or of a folder: where its title ends and what follows it."""

import re
from dataclasses import dataclass
from typing import Final

from media_library.services.name_reading.cleaning import NO_MARKS, Marks, clean, title_of
from media_library.services.name_reading.vocabulary import (
    EDITION_NAMES,
    EDITIONS,
    HARD,
    LANGUAGES,
    SOFT,
    SOURCES,
    TECHNICAL,
)

FIRST_YEAR: Final = 1888
LAST_YEAR: Final = 2030

_WORD = re.compile(r"[^\s._\[\](){}+,~\-]+")
_GROUP = re.compile(r"^\s*\[([^\[\]]{1,60})\][\s_.\-]*(?=\S)")
_RANGE = re.compile(r"\(?((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d|\d\d|present)?\)?\s*$", re.IGNORECASE)
_PART = re.compile(
    r"(?P<sep>[\s._\-(\[]+)(?P<word>cd|dvd|disc|disk|part|pt)[\s._\-]?(?P<n>\d{1,2}|[a-d]|i{1,3}|iv)(?=$|[\s._\-)\]])"
    r"(?:\s*of\s*\d+)?[)\]]?",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(r"^(?:\d{1,2}[.)]\s+|\d{1,3}\s+-\s+|0\d[\s_]+-?\s*)(?=[^\W\d_])")
_VERSION = re.compile(r"\s+v\d$")
_BEFORE_YEAR = re.compile(
    r"""(?:[\s(]+(?:(?:extended|unrated|uncut|remastered|theatrical|imax|recut|restored|director'?s?|final|ultimate|special
        |collector'?s)(?:\s(?:cut|edition|version))+
        |extended|unrated|uncut|remastered|theatrical|imax|recut|restored|director'?s|despeciali[sz]ed|redux|fan\s?edit
        |(?:\d\dth\s)?anniversary(?:\sedition)?)\)?)+$""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_RELEASES = re.compile(r"(?:\s+(?:proper|repack|internal))+$", re.IGNORECASE)
_BRACKET = re.compile(r"[\s_★]*\[([^\[\]]{1,120})\]")
_BRACKETED_NUMBER = re.compile(r"\d{1,4}(?:v\d|\s?end|完)?(?:-\d{1,4})?(?:\s?end|完)?|第\d{1,4}[话話集]", re.IGNORECASE)
_OTHER_SCRIPT = re.compile(r"[/_]\s*(?=[A-Za-z])")
_NEWS = re.compile(r"\d{1,2}月新番")
_LETTERS = {"a": 1, "b": 2, "c": 3, "d": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Label:
    """A name. ``text`` is what was cleaned, ``tail`` what follows the title; ``group`` stood before it in brackets.

    ``is_release``: technical words follow the title. ``is_year_certain``: in brackets, or with technical words after.
    """

    text: str
    title: str
    tail: str = ""
    year: int | None = None
    is_year_certain: bool = False
    is_release: bool = False
    group: str | None = None
    part: int | None = None
    marks: Marks = NO_MARKS
    edition: str | None = None
    language: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int


def label_of(name: str) -> Label:
    """Read a name without its suffix."""
    text, marks = clean(name)
    text, group = without_group(text)
    return split(text, marks, group)


def without_group(text: str) -> tuple[str, str | None]:
    """A name without the "[Group]" that it begins with, and that; a title in brackets is left."""
    match = _GROUP.match(text)
    if match is None:
        return text, None
    rest = text[match.end() :]
    if rest.startswith(("[", "★")) and (unpacked := _unpacked(rest)) is not None:
        return unpacked, match[1]
    if (second := _GROUP.match(rest)) is not None and any(char.isalpha() for char in rest[second.end() :]):
        rest = rest[second.end() :]
    if re.match(r"[\[(]?(?:19|20)\d\d", rest) or not any(char.isalnum() for char in rest):
        return text, None
    inner = match[1].strip()
    if inner.isdecimal() and len(inner) == 4:
        return text, None
    return rest, match[1]


def _unpacked(text: str) -> str | None:
    """ "[Title][01][1080p]" as "Title [01][1080p]": all in brackets, the last words before the number count."""
    title = None
    at = 0
    while (match := _BRACKET.match(text, at)) is not None:
        if _BRACKETED_NUMBER.fullmatch(match[1]) and title is not None:
            if not (len(match[1]) == 4 and match[1][:2] in ("19", "20")):
                return f"{title} {text[match.start() :].lstrip()}"
        elif any(char.isalpha() for char in match[1]) and _NEWS.search(match[1]) is None:
            # of "原題/Title" the second is the one that others know
            title = match[1] if match[1].isascii() else _OTHER_SCRIPT.split(match[1], maxsplit=1)[-1]
        at = match.end()
    return None


def split(text: str, marks: Marks, group: str | None = None) -> Label:
    """Find where the title of ``text`` ends."""
    words = [_Token(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    hard = next((index for index in range(len(words)) if _is_hard(words, index)), len(words))
    if hard == 0 and len(words) > 1:
        hard = next((index for index in range(1, len(words)) if _is_hard(words, index)), len(words))
    is_release = hard < len(words)
    year_at = _year(text, words, hard)
    cut = hard
    year: int | None = None
    certain = False
    first = 0
    if year_at is not None:
        year = int(words[year_at].text)
        bracketed = _is_bracketed(text, words[year_at])
        certain = bracketed or is_release or year_at + 1 < len(words) or "." in text[: words[year_at].start]
        if year_at == 0:
            first = 1
        else:
            cut = min(cut, year_at)
    elif is_release:
        cut = _without_soft(words, hard)
    end = words[cut].start if cut < len(words) else len(text)
    start = words[first].start if 0 < first < len(words) else 0
    before = text[start:end]
    bracket = before.find("[", 1)
    if bracket > 0 and before[:bracket].strip(" ._-"):
        before = before[:bracket]
    tail = text[end:]
    part, before, tail = _part(before, tail, has_year=year is not None)
    title = _ENUMERATION.sub("", before.strip())
    title = title_of(title) or title_of(before) or title_of(text)
    if group is not None:
        title = _VERSION.sub("", title)
    edition, title = _edition(title, tail, has_year=year is not None, is_release=is_release)
    language, source = _spoken(words[cut:])
    return Label(
        text, title, tail, year, certain, is_release, group, part, marks, marks.edition or edition, language, source
    )


def technical_end(text: str) -> str:
    """What stands before the first technical word: the title of an episode after its number."""
    words = [_Token(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    hard = next((index for index in range(len(words)) if _is_hard(words, index)), len(words))
    if hard == len(words):
        end = len(text)
    else:
        cut = hard
        while cut > 0 and words[cut - 1].text in SOFT:
            cut -= 1
        end = words[cut].start if cut else 0
    before = text[:end]
    bracket = before.find("[")
    return before[:bracket] if bracket >= 0 else before


def _is_hard(words: list[_Token], index: int) -> bool:
    word = words[index].text
    if word in HARD or ((word[0].isdigit() or word[-1].isdigit()) and TECHNICAL.fullmatch(word) is not None):
        return True
    following = words[index + 1].text if index + 1 < len(words) else ""
    if word == "web":
        return following in ("dl", "rip", "dlrip", "x264", "x265", "h264", "h265", "h")
    if word == "blu":
        return following == "ray"
    if word in ("h", "x"):
        return following in ("264", "265", "266")
    if word == "hd":
        return following in ("rip", "tv", "dvd", "cam", "ts")
    if word == "bd":
        return following in ("rip", "remux", "25", "50")
    if word == "dvd":
        return following in ("rip", "scr", "5", "9", "r")
    return False


def _year(text: str, words: list[_Token], hard: int) -> int | None:
    """The index of the word that is the year of the title, or ``None``."""
    found: int | None = None
    for index in range(min(hard + 1, len(words))):
        word = words[index].text
        if len(word) != 4 or not word.isdecimal() or not FIRST_YEAR <= int(word) <= LAST_YEAR:
            continue
        if _is_bracketed(text, words[index]):
            if index > 0 or (hard > 1 and len(words) > 1):
                return index
            continue
        if index == 0 or index == hard:
            continue
        found = index
    if found is None and hard > 1 and words[0].text.isdecimal() and len(words[0].text) == 4:
        rest = text[words[0].end :]
        if rest.startswith((" - ", ". ", " – ")) and FIRST_YEAR <= int(words[0].text) <= LAST_YEAR:
            return 0
    return found


def _is_bracketed(text: str, word: _Token) -> bool:
    return text[max(0, word.start - 1) : word.start] in ("(", "[") and text[word.end : word.end + 1] in (")", "]")


def _without_soft(words: list[_Token], hard: int) -> int:
    cut = hard
    while cut > 1 and words[cut - 1].text in SOFT:
        cut -= 1
    return cut


def _part(before: str, tail: str, *, has_year: bool) -> tuple[int | None, str, str]:
    match = next((found for found in _PART.finditer(tail) if _counts(found, after=True)), None)
    if match is not None:
        return _number(match["n"]), before, tail[: match.start()] + tail[match.end() :]
    last = next(iter([*_PART.finditer(before)][-1:]), None)
    if (
        last is not None
        and last.start() > 0
        and last.end() >= len(before.rstrip(" ._-[("))
        and _counts(last, after=False)
        and not (has_year and last["word"].lower() in ("part", "pt"))
    ):
        return _number(last["n"]), before[: last.start()], tail
    return None, before, tail


def _counts(match: re.Match[str], *, after: bool) -> bool:
    word = match["word"].lower()
    if word in ("part", "pt"):
        return after or match["sep"].endswith("-") or match["sep"] in (" - ",)
    if match["n"].isdecimal():
        return not (word == "dvd" and match["n"] in ("5", "9") and after)
    return len(match["n"]) == 1 and match["n"].lower() in "abcd" and word in ("cd", "disc", "disk")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _LETTERS[text.lower()]


def _edition(title: str, tail: str, *, has_year: bool, is_release: bool) -> tuple[str | None, str]:
    if is_release:
        title = _OF_RELEASES.sub("", title) or title
    before = _BEFORE_YEAR.search(title) if has_year or is_release else None
    if before is not None and title[: before.start()].casefold() not in ("", "the", "a", "an"):
        found = EDITIONS.search(before[0])
        return EDITION_NAMES[str(found.lastgroup)] if found is not None else None, title[: before.start()]
    if tail:
        match = EDITIONS.search(tail.replace(".", " ").replace("_", " "))
        if match is not None:
            return EDITION_NAMES[str(match.lastgroup)], title
    if len(title) > 8:
        for match in EDITIONS.finditer(title):
            several = " " in match[0].removeprefix("the ").strip() or match.lastgroup in ("unrated", "uncut")
            if match.end() >= len(title.rstrip(" )]")) and match.start() > 2 and several:
                return EDITION_NAMES[str(match.lastgroup)], title[: match.start()].rstrip(" -([")
    return None, title


def _spoken(tail: list[_Token]) -> tuple[str | None, str | None]:
    languages = list(dict.fromkeys(LANGUAGES[word.text] for word in tail if word.text in LANGUAGES))
    source = None
    names = {word.text for word in tail}
    for word in tail:
        source = source or SOURCES.get(word.text)
    if source is None and (("blu" in names and "ray" in names) or "bd" in names):
        source = "Blu-ray"
    if source is None and "dvd" in names:
        source = "DVD"
    if source == "Blu-ray" and "uhd" in names:
        source = "UHD Blu-ray"
    return (languages[0] if len(languages) == 1 else None), source
