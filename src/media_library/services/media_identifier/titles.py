"""How alike two titles are, whatever their spelling, accents, articles and kinds of numbers."""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

_SIGNS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "&": " and ", "+": " and "})
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_NOT_WORDS = re.compile(r"[^\w]+|_")
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13",
}  # fmt: skip
_SPELLED = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "i": "1", "eins": "1", "zwei": "2", "drei": "3", "un": "1", "une": "1", "deux": "2", "trois": "3",
}  # fmt: skip
_COUNTERS = frozenset({"part", "chapter", "volume", "vol", "episode", "teil", "partie", "parte", "kapitel", "book"})
_SAME = {"vol": "volume", "pt": "part", "ep": "episode"}
_ARTICLES = frozenset(
    {
        "the",
        "a",
        "an",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "le",
        "la",
        "les",
        "un",
        "une",
        "el",
        "los",
        "las",
        "il",
        "lo",
    }
)
_COUNTRIES = {"us": "US", "usa": "US", "uk": "GB", "gb": "GB", "au": "AU", "nz": "NZ", "ca": "CA", "jp": "JP"}
_COUNTRY_SUFFIX = re.compile(
    r"^(?P<title>.+?)[ ._-]*(?:\((?P<in>[A-Za-z]{2,3})\)|(?<=[ ._-])(?P<bare>US|UK|USA|AU|NZ))$"
)
_CLOSE = 0.9


class TitleFit(IntEnum):
    """How well a title fits, the better the higher."""

    NONE = 0
    PART = 1
    """One is the beginning of the other."""
    CLOSE = 2
    """Nearly the same letters, and the same numbers."""
    SAME = 3
    """The same words but for an article."""
    EXACT = 4


@lru_cache(maxsize=65_536)
def folded(title: str) -> tuple[str, ...]:
    """The words of a title without case, accents and punctuation, numbers as digits."""
    text = _APOSTROPHES.sub("", title.casefold().translate(_SIGNS))
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    words = _NOT_WORDS.sub(" ", plain).split()
    read: list[str] = []
    for place, word in enumerate(words):
        word = _SAME.get(word, word)
        if place and words[place - 1] in _COUNTERS and word in _SPELLED:
            word = _SPELLED[word]
        elif place and word in _ROMAN:
            word = _ROMAN[word]
        read.append(word)
    return tuple(read)


def fit(one: str, other: str) -> TitleFit:
    """How well two titles fit each other."""
    mine, theirs = folded(one), folded(other)
    if not mine or not theirs:
        return TitleFit.EXACT if one.strip() and one.strip() == other.strip() else TitleFit.NONE
    if mine == theirs or "".join(mine) == "".join(theirs):
        return TitleFit.EXACT
    mine, theirs = _without_articles(mine), _without_articles(theirs)
    if mine == theirs:
        return TitleFit.SAME
    if _numbers(mine) == _numbers(theirs) and _likeness(" ".join(mine), " ".join(theirs)) >= _CLOSE:
        return TitleFit.CLOSE
    shorter, longer = sorted((mine, theirs), key=len)
    return TitleFit.PART if longer[: len(shorter)] == shorter else TitleFit.NONE


def best_fit(titles: Iterable[str], others: Iterable[str]) -> TitleFit:
    """The best fit of any of some titles with any of others."""
    known = tuple(others)
    return max((fit(one, other) for one in titles for other in known), default=TitleFit.NONE)


def spellings(title: str) -> tuple[str, ...]:
    """The title, and other ways in which a service that knows no better may have it."""
    words = title.split()
    others = [words]
    if len(words) > 1 and words[0].casefold() in _ARTICLES:
        others.append(words[1:])
    for known in (_ROMAN, {digit: roman for roman, digit in _ROMAN.items()}):
        swapped = [words[0], *(known.get(word.casefold(), word) for word in words[1:])] if words else []
        if swapped != words:
            others.append([word.upper() if word in _ROMAN else word for word in swapped])
    return tuple(dict.fromkeys(" ".join(one) for one in others if one))


def split_country(title: str) -> tuple[str, str | None]:
    """A title such as "The Office (US)" without the country at its end, and the country (ISO 3166-1)."""
    match = _COUNTRY_SUFFIX.match(title.strip())
    if match is None:
        return title, None
    country = _COUNTRIES.get((match["in"] or match["bare"]).lower())
    return (match["title"].strip(" ._-"), country) if country else (title, None)


def _without_articles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without an article at the beginning, or at the end as in catalogues ("Matrix, The")."""
    if len(words) > 1 and words[0] in _ARTICLES:
        return words[1:]
    if len(words) > 1 and words[-1] in _ARTICLES:
        return words[:-1]
    return words


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(word for word in words if word.isdecimal()))


def _likeness(one: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio  # only for titles that are not the same

    return float(ratio(one, other)) / 100
