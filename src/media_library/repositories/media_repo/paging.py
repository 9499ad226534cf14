"""Lists of media: what is asked for, a page, and the cursor to the next one."""

import base64
import json
from dataclasses import dataclass
from enum import StrEnum

from media_library.errors import InvalidInput
from media_library.models.media import MediaType
from media_library.repositories.base import Value


class MediaSort(StrEnum):
    """In which order a list of media comes."""

    ADDED = "added"
    TITLE = "title"
    YEAR = "year"
    PUBLISHED = "published"
    DURATION = "duration"


class Resolution(StrEnum):
    """How fine a picture is, in the classes that people name."""

    SD = "sd"
    HD = "hd"
    FULL_HD = "full_hd"
    UHD = "uhd"


SORT_COLUMNS = {
    MediaSort.ADDED: "added_at",
    MediaSort.TITLE: "sort_title",
    MediaSort.YEAR: "year",
    MediaSort.PUBLISHED: "published_at",
    MediaSort.DURATION: "duration_ms",
}

_WALKED = frozenset({MediaSort.ADDED, MediaSort.TITLE, MediaSort.YEAR, MediaSort.PUBLISHED})

UNKNOWN_IS_ZERO = frozenset({MediaSort.YEAR, MediaSort.PUBLISHED})
"""What may be unknown, and is then sorted as nought."""

GROUP_SORT_COLUMNS = {
    MediaSort.ADDED: "newest_at",
    MediaSort.TITLE: "title_key",
    MediaSort.YEAR: "first_year",
    MediaSort.PUBLISHED: "newest_at",
    MediaSort.DURATION: "newest_at",
}


@dataclass(frozen=True, slots=True)
class MediaQuery:
    """Which media, in which order, from where on. ``cursor`` is what the page before gave as ``next``.

    ``unfinished`` leaves out what the viewer has seen, heard or read to the end, ``finished`` leaves only that, and
    ``began`` what they are in the middle of. ``genre`` and ``tag`` are those of the film, show or album that an item
    is or belongs to.
    ``language`` is spoken in it (ISO 639-2/T) or written (BCP 47), ``decade`` is its first year, ``added_after`` is in
    milliseconds.
    """

    media_type: MediaType | None = None
    library_id: str | None = None
    show_key: str | None = None
    album_key: str | None = None
    sort: MediaSort = MediaSort.ADDED
    descending: bool = True
    cursor: str | None = None
    limit: int = 50
    unfinished: bool = False
    finished: bool = False
    genre: str | None = None
    tag: str | None = None
    began: bool = False
    language: str | None = None
    decade: int | None = None
    year: int | None = None
    resolution: Resolution | None = None
    hdr: bool = False
    added_after: int | None = None
    needs_review: bool = False


def walk(query: MediaQuery) -> str:
    """How a list of one type is read: in its own order, of which a page is soon full.

    SQLite, which does not know how many there are of a type, may find all of them first and sort them then.
    """
    is_whole = query.media_type is not None and query.show_key is None and query.album_key is None
    return f"INDEXED BY media_by_{query.sort}" if is_whole and query.sort in _WALKED else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: the count of the whole list, the items as a JSON array made by SQLite, where it goes on."""

    count: int
    items: str
    next: str | None


def encode_cursor(sort: MediaSort, after: Value, last: Value) -> str:
    """The cursor behind the last item of a page: its sort value and what tells equals apart."""
    return base64.urlsafe_b64encode(json.dumps([sort, after, last]).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, sort: MediaSort) -> tuple[str | int, int]:
    """Sort value and row number of a cursor; raises ``InvalidInput``."""
    after, rid = _read_cursor(cursor, sort)
    if type(rid) is not int or not 0 <= rid < 2**63:
        raise InvalidInput("This cursor belongs to another list.", "cursor")
    return after, rid


def decode_group_cursor(cursor: str, sort: MediaSort) -> tuple[str | int, str]:
    """Sort value and key of a cursor of shows or albums; raises ``InvalidInput``."""
    after, key = _read_cursor(cursor, sort)
    if type(key) is not str:
        raise InvalidInput("This cursor belongs to another list.", "cursor")
    return after, key


def _read_cursor(cursor: str, sort: MediaSort) -> tuple[str | int, object]:
    """Where a page ended: the value that the list is sorted by, and what tells equal ones apart."""
    try:
        made_for, after, last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(after, str):
            after.encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidInput("This cursor is not one of ours.", "cursor") from error
    expected = str if sort is MediaSort.TITLE else int
    if made_for != sort or type(after) is not expected:
        raise InvalidInput("This cursor belongs to another list.", "cursor")
    if isinstance(after, int) and not -(2**63) <= after < 2**63:
        raise InvalidInput("This cursor is not one of ours.", "cursor")
    assert isinstance(after, (str, int))
    return after, last
