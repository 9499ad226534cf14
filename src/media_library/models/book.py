"""A book: what its file says of it, and how it is put together for reading."""

from dataclasses import dataclass, field
from enum import StrEnum


class BookFormat(StrEnum):
    """What a book's file is, by its content."""

    EPUB = "epub"
    PDF = "pdf"
    CBZ = "cbz"


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What is known of an edition.

    ``published`` is "YYYY", "YYYY-MM" or "YYYY-MM-DD"; ``isbn`` has 13 digits; ``language`` is a BCP 47 tag.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    published: str | None = None
    isbn: str | None = None
    series: str | None = None
    series_number: float | None = None
    overview: str | None = None

    @property
    def year(self) -> int | None:
        """The year of publication."""
        return int(self.published[:4]) if self.published else None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents. ``part`` is a part of an EPUB or a page of a PDF, counted from 0."""

    title: str
    part: int
    anchor: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class BookPart:
    """A text of an EPUB in reading order; ``path`` is its name in the archive."""

    path: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class BookPage:
    """A picture of a CBZ in reading order; ``path`` is its name in the archive, its size is in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BookStructure:
    """How a file is put together, found once when it is added.

    ``pictures`` are the names of those of an EPUB that may be shown; ``page_count`` is known of PDF and CBZ.
    """

    parts: tuple[BookPart, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()
    pages: tuple[BookPage, ...] = ()
    pictures: tuple[str, ...] = ()
    page_count: int = 0
    is_right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class BookFile:
    """What was found in a file. ``cover`` is the name of a picture beside the answer; ``text`` is for searching."""

    format: BookFormat
    facts: BookFacts
    structure: BookStructure
    text: str = ""
    cover: str | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """What is known of the edition of a book of the library, beside its names; without a file it has no format."""

    format: BookFormat | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    isbn: str | None = None
    series: str | None = None
    series_number: float | None = None
    structure: BookStructure = field(default_factory=BookStructure)
