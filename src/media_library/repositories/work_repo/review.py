"""The review queue: what could not be identified with certainty."""

from dataclasses import dataclass

from media_library.errors import NotFound
from media_library.models.user import Viewer
from media_library.models.work import Work, WorkKind
from media_library.repositories.base import Repository
from media_library.repositories.viewing import sight
from media_library.repositories.work_repo.records import (
    HAS_MEDIA,
    IN_ORDER,
    MEDIUM,
    OF_ALBUM,
    OF_MOVIE,
    OF_SHOW,
    WORK,
    text_of,
    work_of,
)

_WAITING = "w.state IN ('review', 'unknown')"
_SHOWN = 6
_NAMES = "m.id, m.title, m.show_title, m.album, coalesce(m.album_artist, m.artist), m.year"
# for each kind its own, so that its index is used
_IDS = {
    WorkKind.MOVIE: f"SELECT m.id FROM media AS m WHERE {OF_MOVIE} AND m.deleted_at IS NULL {IN_ORDER}",
    WorkKind.SHOW: f"SELECT m.id FROM media AS m WHERE {OF_SHOW} AND m.deleted_at IS NULL {IN_ORDER}",
    WorkKind.ALBUM: f"SELECT m.id FROM media AS m WHERE {OF_ALBUM} AND m.deleted_at IS NULL {IN_ORDER}",
}
_COUNTS = {
    WorkKind.MOVIE: f"SELECT count(*) FROM media AS m WHERE {OF_MOVIE} AND {MEDIUM}",
    WorkKind.SHOW: f"SELECT count(*) FROM media AS m WHERE {OF_SHOW} AND {MEDIUM}",
    WorkKind.ALBUM: f"SELECT count(*) FROM media AS m WHERE {OF_ALBUM} AND {MEDIUM}",
}
_FIRST = {
    WorkKind.MOVIE: f"SELECT {_NAMES} FROM media AS m WHERE {OF_MOVIE} AND {MEDIUM} {IN_ORDER} LIMIT :limit",
    WorkKind.SHOW: f"SELECT {_NAMES} FROM media AS m WHERE {OF_SHOW} AND {MEDIUM} {IN_ORDER} LIMIT :limit",
    WorkKind.ALBUM: f"SELECT {_NAMES} FROM media AS m WHERE {OF_ALBUM} AND {MEDIUM} {IN_ORDER} LIMIT :limit",
}


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A work that waits for a person: what its media are called, how many they are, the first of them."""

    work: Work
    title: str
    subtitle: str | None
    year: int | None
    count: int
    media_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A page of the queue, oldest first: how many wait in all, and where it goes on."""

    count: int
    items: tuple[ReviewItem, ...]
    next: tuple[int, str] | None


class WorkReview(Repository):
    """Reads ``works`` that wait for a person."""

    def review_page(self, viewer: Viewer, *, after: tuple[int, str] | None, limit: int) -> ReviewPage:
        """A page of what waits and has media that the viewer may see; ``after`` is the ``next`` of the page before."""
        bindings = sight(viewer)
        count = self.count_review(viewer)
        created_at, key = after or (-1, "")
        rows = self._rows(
            f"""
            SELECT {WORK} FROM works AS w
            WHERE {_WAITING} AND {HAS_MEDIA} AND (w.created_at, w.key) > (:created_at, :key)
            ORDER BY w.created_at, w.key LIMIT :limit
            """,
            {**bindings, "created_at": created_at, "key": key, "limit": limit + 1},
        )
        works = [work_of(row) for row in rows[:limit]]
        more = (works[-1].created_at, works[-1].key) if len(rows) > limit else None
        return ReviewPage(count, tuple(self._item(viewer, work) for work in works), more)

    def work_for(self, viewer: Viewer, key: str) -> Work:
        """A work of which the viewer may see something; raises ``NotFound``."""
        row = self._row(
            f"SELECT {WORK} FROM works AS w WHERE w.key = :key AND {HAS_MEDIA}", {**sight(viewer), "key": key}
        )
        if row is None:
            raise NotFound("Nothing is known of this film, show or album.")
        return work_of(row)

    def key_now(self, key: str) -> str:
        """The key of the show or album that had this one before it was identified, or the key itself."""
        row = self._row(
            """
            SELECT key FROM works WHERE before ->> '$.key' = :key
                AND NOT EXISTS (SELECT 1 FROM works WHERE key = :key)
            """,
            {"key": key},
        )
        return key if row is None else str(row[0])

    def review_item(self, viewer: Viewer, work: Work) -> ReviewItem:
        """A work with its media, whether it waits or not."""
        return self._item(viewer, work)

    def count_review(self, viewer: Viewer) -> int:
        """How many works wait for a person."""
        row = self._row(f"SELECT count(*) FROM works AS w WHERE {_WAITING} AND {HAS_MEDIA}", sight(viewer))
        return 0 if row is None else int(row[0] or 0)

    def media_of_work(self, key: str) -> list[str]:
        """The ids of the media of a work that are in the library, in the order of watching or listening."""
        kind, _, subject = key.partition(":")
        return [str(row[0]) for row in self._rows(_IDS[WorkKind(kind)], {"subject": subject})]

    def _item(self, viewer: Viewer, work: Work) -> ReviewItem:
        subject = work.key.partition(":")[2]
        bindings = {**sight(viewer), "subject": subject}
        count = self._row(_COUNTS[work.kind], bindings)
        rows = self._rows(_FIRST[work.kind], {**bindings, "limit": _SHOWN})
        _, title, show, album, artist, year = rows[0] if rows else (None, "", None, None, None, None)
        named = {WorkKind.MOVIE: title, WorkKind.SHOW: show, WorkKind.ALBUM: album}[work.kind]
        return ReviewItem(
            work,
            str(named or title),
            text_of(artist) if work.kind is WorkKind.ALBUM else None,
            None if year is None else int(year),
            0 if count is None else int(count[0] or 0),
            tuple(str(row[0]) for row in rows),
        )
