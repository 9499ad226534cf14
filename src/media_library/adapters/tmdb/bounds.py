"""Single values of TMDb's answers, bounded: texts shortened and freed of control characters, odd values left out."""

import re
from collections.abc import Iterable
from datetime import date

from media_library.adapters.tmdb import wire
from media_library.adapters.tmdb.records import is_picture_path

MOST_ID = 2**40
_MOST_NAME = 300
_MOST_TEXT = 10_000
_MOST_TAGS = 30
_MOST_MINUTES = 6_000
_IMDB = re.compile(r"tt[0-9]{5,12}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")


def names(named: Iterable[wire.Named] | None) -> tuple[str, ...]:
    """The names of genres, tags and the like, each once."""
    shown = (name(one.name)[:80] for one in named or ())
    return tuple(dict.fromkeys(one for one in shown if one))[:_MOST_TAGS]


def countries(codes: Iterable[str | None]) -> tuple[str, ...]:
    """Codes of countries (ISO 3166-1), each once."""
    return tuple(dict.fromkeys(code for code in codes if code and _COUNTRY.fullmatch(code)))[:10]


def rating(average: float | None, votes: int | None) -> float | None:
    """A rating from 0 to 10, if anybody gave one."""
    return round(average, 1) if average is not None and votes and 0 < average <= 10 else None


def count(number: int | None) -> int:
    """A number of votes."""
    return min(max(0, number or 0), MOST_ID)


def minutes(number: int | None) -> int | None:
    """A length in minutes, if it is one."""
    return number if number is not None and 0 < number <= _MOST_MINUTES else None


def is_id(number: int) -> bool:
    """Whether a number may be an id."""
    return 0 < number < MOST_ID


def imdb_id(text: str | None) -> str | None:
    """An id of IMDb, if it is one."""
    return text if text and _IMDB.fullmatch(text) else None


def language(text: str | None) -> str:
    """A code of a language (ISO 639-1), if it is one, else ""."""
    return text if text and _LANGUAGE.fullmatch(text) else ""


def picture_path(path: str | None) -> str | None:
    """The path of a picture, if it is one."""
    return path if path and is_picture_path(path) else None


def day(text: str | None) -> str | None:
    """The day of a date or a moment, if it is one."""
    try:
        return date.fromisoformat((text or "")[:10]).isoformat()
    except ValueError:
        return None


def name(written: str | None) -> str:
    """A title or name on one line."""
    return " ".join("".join(char if char.isprintable() else " " for char in (written or "")[:2000]).split())[
        :_MOST_NAME
    ]


def text(written: str | None) -> str:
    """A text of several lines."""
    kept = "".join(char for char in (written or "")[: 2 * _MOST_TEXT] if char.isprintable() or char == "\n")
    return kept.strip()[:_MOST_TEXT]
