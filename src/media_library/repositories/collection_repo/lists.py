"""Collections as people see them: through the eyes of a viewer, who learns nothing of what was not granted."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from media_library.errors import NotFound
from media_library.models.collection import (
    Collection,
    CollectionKind,
    CollectionSummary,
    Entry,
    LocalTrack,
    PlaylistTrack,
)
from media_library.models.job import JobStatus
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Row
from media_library.repositories.collection_repo.records import (
    COLLECTION,
    ENTRY,
    MEDIUM,
    OPEN_ENTRY,
    TRACK,
    VISIBLE,
    collection_of,
    entry_of,
    eyes,
    local_track_of,
    track_of,
)

_ITEM = ", ".join("i." + name.strip() for name in ENTRY.split(","))

# the entries that the viewer may see, with the media items among them that they may see
_SEEN = f"""
    FROM collections AS c
    JOIN collection_items AS i ON i.collection_id = c.id AND i.state <> 'removed'
    LEFT JOIN media AS m ON m.id = i.media_id AND {MEDIUM}
    WHERE {VISIBLE} AND (m.id IS NOT NULL OR {OPEN_ENTRY})
"""

# the tracks of music playlists that were found, as entries
_PLAYED = f"""
    FROM collections AS c
    JOIN playlist_tracks AS t ON t.collection_id = c.id AND NOT t.is_gone
    JOIN media AS m ON m.id = t.media_id AND {MEDIUM}
    WHERE {VISIBLE}
"""

_COVERS = 4

# what a collection holds and the viewer may see: entries of lists, and tracks of music playlists
_HELD = f"""
    FROM (
        SELECT collection_id, position, media_id FROM collection_items WHERE state <> 'removed'
        UNION ALL
        SELECT collection_id, position, media_id FROM playlist_tracks WHERE NOT is_gone
    ) AS i
    LEFT JOIN media AS m ON m.id = i.media_id AND {MEDIUM}
    WHERE i.collection_id = c.id AND (m.id IS NOT NULL OR {OPEN_ENTRY})
"""

_SUMMARY = f"""
    SELECT {COLLECTION},
           (SELECT json_array(count(*), count(m.id), coalesce(sum(m.duration_ms), 0)) {_HELD}),
           (
               SELECT json_group_array(id)
               FROM (SELECT m.id AS id {_HELD} AND m.id IS NOT NULL ORDER BY i.position LIMIT {_COVERS:d})
           )
    FROM collections AS c
"""

# how the last job for the address of an entry stands
_JOB = """
    (
        SELECT job.status FROM content_jobs AS content JOIN jobs AS job ON job.id = content.job_id
        WHERE content.origin = i.entry_key ORDER BY job.created_at DESC LIMIT 1
    )
"""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries; ``count`` counts all that the viewer may see, ``next`` is the position to go on after.

    ``jobs`` holds the status of the last job for an entry, by the id of the entry.
    """

    count: int
    entries: tuple[Entry, ...]
    jobs: Mapping[str, JobStatus]
    next: int | None


class CollectionLists(Repository):
    """Reads collections for people. Every method takes the viewer, so that nothing is seen sideways."""

    def collections_for(self, viewer: Viewer) -> list[CollectionSummary]:
        """The collections of which the viewer may see something, or that they made themselves, by title."""
        rows = self._rows(
            f"{_SUMMARY} WHERE {VISIBLE} ORDER BY c.sort_title, c.id",
            eyes(viewer),
        )
        return [_summary(row) for row in rows]

    def collection_for(self, viewer: Viewer, collection_id: str) -> CollectionSummary:
        """One collection; raises ``NotFound``, also if the viewer must not know of it."""
        row = self._row(
            f"{_SUMMARY} WHERE c.id = :id AND {VISIBLE}",
            {**eyes(viewer), "id": collection_id},
        )
        if row is None:
            raise NotFound("There is no such collection.")
        return _summary(row)

    def removed_collections(self, viewer: Viewer) -> list[tuple[Collection, int]]:
        """The collections that were taken away and the viewer may bring back, with when (ms), the last first."""
        rows = self._rows(
            f"""
            SELECT {COLLECTION}, c.deleted_at FROM collections AS c
            WHERE c.deleted_at IS NOT NULL AND (:libraries IS NULL OR c.created_by = :user)
            ORDER BY c.deleted_at DESC LIMIT 200
            """,
            eyes(viewer),
        )
        return [(collection_of(row[:-1]), int(row[-1] or 0)) for row in rows]

    def entries_for(self, viewer: Viewer, collection_id: str, *, after: int | None, limit: int) -> EntryPage:
        """A page of entries in order. ``media_id`` is set where the viewer may see the media item.

        Those of a music playlist are the tracks that were found.
        """
        bindings = {**eyes(viewer), "id": collection_id, "after": -1 if after is None else after, "limit": limit + 1}
        jobs: dict[str, JobStatus] = {}
        kind = self.collection_for(viewer, collection_id).collection.kind
        if kind is CollectionKind.MUSIC:
            count = self._row(f"SELECT count(*) {_PLAYED} AND c.id = :id", bindings)
            rows = self._rows(
                f"""
                SELECT c.id || ':' || t.position, c.id, t.position, t.track_key, t.title, NULL, t.duration_ms, NULL,
                       m.id, 'listed', NULL, NULL
                {_PLAYED} AND c.id = :id AND t.position > :after
                ORDER BY t.position LIMIT :limit
                """,
                bindings,
            )
        else:
            count = self._row(f"SELECT count(*) {_SEEN} AND c.id = :id", bindings)
            rows = self._rows(
                f"""
                SELECT {_ITEM}, m.id, {_JOB}
                {_SEEN} AND c.id = :id AND i.position > :after
                ORDER BY i.position, i.id LIMIT :limit
                """,
                bindings,
            )
            jobs = {str(row[0]): JobStatus(str(row[-1])) for row in rows if row[-1] is not None}
            rows = [(*row[:8], row[-2], *row[9:-2]) for row in rows]
        assert count is not None
        entries = tuple(entry_of(row) for row in rows[:limit])
        return EntryPage(int(count[0] or 0), entries, jobs, entries[-1].position if len(rows) > limit else None)

    def tracks_for(self, viewer: Viewer, collection_id: str) -> list[PlaylistTrack]:
        """The tracks of a music playlist that are in its list, with what was found for them, whoever may see it."""
        self.collection_for(viewer, collection_id)
        rows = self._rows(
            f"SELECT {TRACK} FROM playlist_tracks WHERE collection_id = ? AND NOT is_gone ORDER BY position",
            (collection_id,),
        )
        return [track_of(row) for row in rows]

    def tracks_by_id(self, viewer: Viewer, media_ids: Iterable[str]) -> dict[str, LocalTrack]:
        """Those of some tracks of the library that the viewer may see, by their id."""
        rows = self._rows(
            f"""
            SELECT m.id, m.title, m.artist, m.album, m.album_artist, m.isrc, m.duration_ms FROM media AS m
            WHERE m.id IN (SELECT value FROM json_each(:ids)) AND m.media_type = 'track' AND {MEDIUM}
            """,
            {**eyes(viewer), "ids": json.dumps(sorted(set(media_ids)))},
        )
        return {str(row[0]): local_track_of(row) for row in rows}


def _summary(row: Row) -> CollectionSummary:
    *collection, held, covers = row
    count, here, duration_ms = json.loads(str(held))
    return CollectionSummary(
        collection_of(tuple(collection)), int(count), int(here), int(duration_ms), tuple(json.loads(str(covers)))
    )
