"""How lists are asked for and entered: what narrows them, their letters and pages."""

from typing import Annotated

from msgspec import Meta

from media_library.models.list_index import ListIndex
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo import MediaQuery, Resolution
from media_library.routes.shapes import PageQuery, Shape, ShortText, Year


class ListQuery(PageQuery):
    """Which page of a list, and how it is narrowed.

    ``unfinished`` leaves out what the asker has seen, heard or read, ``finished`` leaves only that, ``began`` what they
    are in the middle of.
    ``genre`` and ``tag`` are those of the film, show or album. ``language`` is spoken or written in it; ``decade`` is
    its first year; ``days`` is how long ago it may have been added.
    """

    unfinished: bool = False
    finished: bool = False
    began: bool = False
    genre: ShortText | None = None
    tag: ShortText | None = None
    language: Annotated[str, Meta(min_length=2, max_length=35, pattern="^[A-Za-z0-9-]+(?![\\s\\S])")] | None = None
    decade: Annotated[int, Meta(ge=0, le=9990, multiple_of=10)] | None = None
    year: Year | None = None
    resolution: Resolution | None = None
    hdr: bool = False
    days: Annotated[int, Meta(ge=1, le=36_500)] | None = None
    review: bool = False

    def media_query(self) -> MediaQuery:
        """The same as a record; a route adds of what kind."""
        return MediaQuery(
            sort=self.sort,
            descending=self.descending,
            cursor=self.cursor,
            limit=self.limit,
            unfinished=self.unfinished,
            finished=self.finished,
            genre=self.genre,
            tag=self.tag,
            began=self.began,
            language=self.language,
            decade=self.decade,
            year=self.year,
            resolution=self.resolution,
            hdr=self.hdr,
            added_after=None if self.days is None else now_ms() - self.days * 86_400_000,
            needs_review=self.review,
        )


class MediaIds(Shape):
    """The ids of a whole list, at most 5,000."""

    ids: tuple[str, ...]


class LetterShape(Shape):
    """A letter under which titles stand, "#" for none, or a month: how many items come before it, the cursor to it."""

    letter: str
    index: int
    cursor: str


class IndexShape(Shape):
    """Where a list can be entered: its letters, or its months, and the cursors of its pages after the first.

    A list by title has letters, one by day has months ("2026-08", "" for what has no day) if they are asked for. The
    pages are as long as ``limit`` asks.
    """

    count: int
    letters: tuple[LetterShape, ...]
    marks: tuple[str, ...]


def index_answer(index: ListIndex) -> IndexShape:
    """An index as it is told."""
    letters = tuple(LetterShape(one.letter, one.index, one.cursor) for one in index.letters)
    return IndexShape(index.count, letters, index.marks)
