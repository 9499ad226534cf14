"""What a scan does to the items of a library: many at once, at most 500, with one hint for all of them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import apsw
import msgspec

from media_library.events import LibraryChanged, library_room
from media_library.models.library import folder_of
from media_library.models.library_file import LibraryFile
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia, Streams
from media_library.repositories.base import Repository, now_ms
from media_library.repositories.media_repo.keys import hue_of, name_values
from media_library.repositories.media_repo.records import COLUMNS, media_of

_LARGE_CACHE_KIB = -24_576


@dataclass(frozen=True, slots=True)
class ProbedMedia:
    """An item whose file was looked into: what it is, how it is called now, what the file holds."""

    media_id: str
    media_type: MediaType
    names: MediaNames
    file: MediaFile
    streams: Streams
    published_at: int | None = None
    isrc: str | None = None
    review_reason: str | None = None


@dataclass(frozen=True, slots=True)
class MovedMedia:
    """An item whose file lies elsewhere now. ``path`` is a path in the library."""

    media_id: str
    library_id: str
    path: str
    mtime_ns: int
    inode: int


class ScannedMedia(Repository):
    """Reads and writes ``media`` in batches."""

    @contextmanager
    def much_to_write(self) -> Iterator[None]:
        """Give this thread's connection a larger page cache: many rows in many indexes touch many pages."""
        connection = self._connection()
        before = int(connection.pragma("cache_size"))
        connection.pragma("cache_size", _LARGE_CACHE_KIB)
        try:
            yield
        finally:
            connection.pragma("cache_size", before)

    def add_scanned_media(self, items: Sequence[tuple[str, NewMedia]]) -> set[str]:
        """Put items into the library under ids of the caller; returns those of them whose path was free."""
        now, added = now_ms(), set()
        with self.transaction():
            connection = self._connection()
            for media_id, new in items:
                assert new.file is not None
                names, file = new.names, new.file
                connection.execute(
                    """
                    INSERT INTO media (
                        id, media_type, library_id, title, year, show_title, season, episode, artist, album,
                        album_artist, disc_number, track_number, sort_title, show_key, album_key, path, size_bytes,
                        mtime_ns, inode, container, duration_ms, streams, published_at, hue, added_at, updated_at,
                        episode_end, edition, folder_id, parent_id, extra_kind, review_reason
                    ) VALUES (
                        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '{}', ?, ?, ?, ?, ?, ?, ?, ?,
                        ?, ?
                    )
                    ON CONFLICT (path) DO NOTHING
                    """,
                    (
                        media_id,
                        new.media_type,
                        new.library_id,
                        *name_values(names),
                        file.path,
                        file.size_bytes,
                        file.mtime_ns,
                        file.inode,
                        file.container,
                        new.published_at,
                        hue_of(new.media_type, names),
                        now,
                        now,
                        names.episode_end,
                        names.edition,
                        folder_of(file.path),
                        new.parent_id,
                        new.extra_kind,
                        new.review_reason,
                    ),
                )
                if connection.changes():
                    added.add(media_id)
            self._announce_libraries({new.library_id for media_id, new in items if media_id in added})
        return added

    def library_counts(self) -> dict[str, int]:
        """How many items each library lists, by its id."""
        rows = self._rows("SELECT library_id, count(*) FROM media WHERE deleted_at IS NULL GROUP BY library_id")
        return {str(library_id): int(count or 0) for library_id, count in rows}

    def give_folder_media(self, folder_id: str, library_id: str) -> None:
        """The items of a folder belong to another library now."""
        self._change("UPDATE media SET library_id = ? WHERE folder_id = ?", (library_id, folder_id))

    def media_with_ids(self, media_ids: Iterable[str]) -> dict[str, Media]:
        """Items by their ids, in the bin or not."""
        rows = self._rows(
            f"SELECT {COLUMNS} FROM media WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(media_ids)),)
        )
        found = (media_of(row) for row in rows)
        return {media.id: media for media in found}

    def put_probed_media(self, items: Sequence[ProbedMedia]) -> None:
        """Note what was found in the files of items, and how they are called by that."""
        with self.transaction():
            connection = self._connection()
            for item in items:
                names, file = item.names, item.file
                connection.execute(
                    """
                    UPDATE media
                    SET media_type = ?, title = ?, year = ?, show_title = ?, season = ?, episode = ?, artist = ?,
                        album = ?, album_artist = ?, disc_number = ?, track_number = ?, sort_title = ?, show_key = ?,
                        album_key = ?, episode_end = ?, edition = ?, size_bytes = ?, mtime_ns = ?, inode = ?,
                        container = ?, duration_ms = ?, streams = ?, published_at = coalesce(?, published_at),
                        isrc = coalesce(?, isrc), hue = ?, review_reason = ?, updated_at = ?
                    WHERE id = ?
                    """,
                    (
                        item.media_type,
                        *name_values(names),
                        names.episode_end,
                        names.edition,
                        file.size_bytes,
                        file.mtime_ns,
                        file.inode,
                        file.container,
                        file.duration_ms,
                        msgspec.json.encode(item.streams).decode(),
                        item.published_at,
                        item.isrc,
                        hue_of(item.media_type, names),
                        item.review_reason,
                        now_ms(),
                        item.media_id,
                    ),
                )
            self._announce_library([item.media_id for item in items])

    def move_scanned_media(self, moved: Sequence[MovedMedia]) -> None:
        """Files lie elsewhere now; id, history and edits stay. They may have taken each other's places.

        An item that was missing is listed again.
        """
        with self.transaction():
            ids = json.dumps([one.media_id for one in moved])
            # the libraries that they leave hear of it, too
            self._announce_library([one.media_id for one in moved])
            self._change("UPDATE media SET path = NULL WHERE id IN (SELECT value FROM json_each(?))", (ids,))
            for one in moved:
                try:
                    self._change(
                        """
                        UPDATE media
                        SET path = ?, folder_id = ?, library_id = ?, mtime_ns = ?, inode = ?, updated_at = ?,
                            deleted_at = iif(missing_since IS NULL, deleted_at, NULL), missing_since = NULL
                        WHERE id = ?
                        """,
                        (
                            one.path,
                            folder_of(one.path),
                            one.library_id,
                            one.mtime_ns,
                            _signed(one.inode),
                            now_ms(),
                            one.media_id,
                        ),
                    )
                except apsw.ConstraintError:
                    continue  # somebody else noted the file there; this item stays without
            self._announce_library([one.media_id for one in moved])

    def change_media_file(self, media_id: str, file: LibraryFile) -> None:
        """An item goes on with another file, such as another version of the film."""
        self._change(
            """
            UPDATE media
            SET path = ?, folder_id = ?, size_bytes = ?, mtime_ns = ?, inode = ?, container = ?, duration_ms = ?,
                streams = ?, updated_at = ?
            WHERE id = ?
            """,
            (
                file.path,
                folder_of(file.path),
                file.size_bytes,
                file.mtime_ns,
                _signed(file.inode),
                file.container,
                file.duration_ms,
                msgspec.json.encode(file.streams).decode(),
                now_ms(),
                media_id,
            ),
        )
        self._announce_library([media_id])

    def remove_scanned_media(self, media_ids: Iterable[str]) -> None:
        """Forget items that turned out to be none."""
        ids = list(media_ids)
        with self.transaction():
            self._announce_library(ids)
            self._change("DELETE FROM media WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))

    def _announce_library(self, media_ids: Sequence[str]) -> None:
        rows = self._rows(
            "SELECT DISTINCT library_id FROM media WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(media_ids)),),
        )
        self._announce_libraries({str(row[0]) for row in rows})

    def _announce_libraries(self, library_ids: set[str]) -> None:
        for library_id in sorted(library_ids):
            self.broadcast(LibraryChanged(library_id), library_room(library_id))


def _signed(inode: int) -> int:
    return inode if inode < 1 << 63 else inode - (1 << 64)
