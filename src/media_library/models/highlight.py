"""What people mark in what they read."""

from dataclasses import dataclass
from enum import StrEnum


class Colour(StrEnum):
    """With what it is marked."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a text: ``chapter`` counts from 0 (an article has one), ``start`` and ``end`` are characters of it.

    They are UTF-16 units, as browsers count them. The ``quote`` finds the place again when the text changed.
    """

    chapter: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage of one person, with what they wrote beside it. Times are milliseconds."""

    id: str
    media_id: str
    passage: Passage
    colour: Colour
    note: str | None
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with highlights of a person; ``author`` is also the site of an article."""

    media_id: str
    media_type: str
    title: str
    author: str | None
    source_url: str | None
    hue: int
    highlights: tuple[Highlight, ...]
