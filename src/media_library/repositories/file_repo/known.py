"""What a scan compares the disk with: the files of a folder as they were, and items that have no row here yet."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from media_library.models.library import LibraryFolder, stored_path
from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.models.media import MediaType
from media_library.repositories.base import Repository, now_ms
from media_library.repositories.file_repo.records import ADOPTED, COLUMNS, file_of

_STATES = {str(state): state for state in FileState}
_ROLES = {str(role): role for role in FileRole}


class KnownFile(NamedTuple):
    """A file as it was; a tuple, for a scan compares a hundred thousand of them. ``rid`` is its row number."""

    rid: int
    size_bytes: int
    mtime_ns: int
    inode: int
    state: FileState
    role: FileRole


@dataclass(frozen=True, slots=True)
class ItemBelow:
    """An item in a folder, with what it is part of."""

    media_id: str
    media_type: MediaType
    show_key: str | None
    album_key: str | None


class KnownFiles(Repository):
    """Reads ``files`` for scans; takes items in that came by another way."""

    def adopt_media(self, folder: LibraryFolder) -> int:
        """Give every item in a folder its row: what was ripped or fetched, and what was moved by the program itself.

        Returns how many were new.
        """
        start, end = stored_path(folder, ""), stored_path(folder, "")[:-1] + "0"  # "0" follows "/"
        with self.transaction():
            self._change(
                """
                DELETE FROM files WHERE folder_id = ? AND role = 'main' AND EXISTS (
                    SELECT 1 FROM media WHERE media.id = files.media_id AND media.path <> files.path
                ) AND NOT EXISTS (SELECT 1 FROM media WHERE media.path = files.path)
                """,
                (folder.id,),
            )
            return self._change(
                """
                INSERT INTO files (
                    id, folder_id, path, size_bytes, mtime_ns, inode, role, state, media_id, flags, container,
                    duration_ms, seen_at, changed_at
                )
                SELECT lower(hex(randomblob(16))), ?, path, size_bytes, mtime_ns, inode,
                       iif(media_type = 'extra', 'extra', 'main'),
                       iif(media_type IN ('article', 'book', 'photo', 'home_video'), 'ready', 'new'), id, ?, container,
                       duration_ms, ?, ?
                FROM media
                WHERE path >= ? AND path < ? AND NOT EXISTS (SELECT 1 FROM files WHERE files.path = media.path)
                """,
                (folder.id, json.dumps([ADOPTED]), now_ms(), now_ms(), start, end),
            )

    def known_files(self, folder: LibraryFolder) -> dict[str, KnownFile]:
        """The files of a folder by their path below it."""
        start = len(stored_path(folder, ""))
        rows = self._connection().execute(
            "SELECT substr(path, ?), rid, size_bytes, mtime_ns, inode, state, role FROM files WHERE folder_id = ?",
            (start + 1, folder.id),
        )
        return {
            path: KnownFile(rid, size, mtime, inode, _STATES[state], _ROLES[role])
            for path, rid, size, mtime, inode, state, role in rows
        }

    def has_missing_files(self) -> bool:
        """Whether a file of any folder is gone."""
        return self._row("SELECT 1 FROM files WHERE state = 'missing' LIMIT 1") is not None

    def missing_identities(self) -> dict[int, tuple[int, int, int]]:
        """Inode, size and time of the files that are gone, by row number: they may turn up in any folder."""
        rows = self._rows("SELECT rid, inode, size_bytes, mtime_ns FROM files WHERE state = 'missing'")
        return {int(rid or 0): (int(inode or 0), int(size or 0), int(mtime or 0)) for rid, inode, size, mtime in rows}

    def files_by_row(self, rids: Iterable[int]) -> list[LibraryFile]:
        """The files with these row numbers."""
        return [file for _, file in self.files_with_rows(rids)]

    def files_with_rows(self, rids: Iterable[int]) -> list[tuple[int, LibraryFile]]:
        """The files with these row numbers, each with its own."""
        rows = self._rows(
            f"SELECT rid, {COLUMNS} FROM files WHERE rid IN (SELECT value FROM json_each(?)) ORDER BY rid",
            (json.dumps(list(rids)),),
        )
        return [(int(row[0] or 0), file_of(row[1:])) for row in rows]

    def files_like(self, facts: Iterable[tuple[int, int, int]]) -> list[tuple[int, LibraryFile]]:
        """Files that are thought to be there with such an inode, size and time (at most 500 of these), with rows."""
        rows = self._rows(
            f"""
            SELECT rid, {COLUMNS} FROM files
            WHERE state <> 'missing' AND role IN ('main', 'version', 'part', 'extra')
                AND (size_bytes, inode) IN (SELECT value ->> 1, value ->> 0 FROM json_each(?1))
                AND (inode, size_bytes, mtime_ns) IN (
                    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)
                )
            """,
            (json.dumps([list(one) for one in facts]),),
        )
        return [(int(row[0] or 0), file_of(row[1:])) for row in rows]

    def has_files_elsewhere(self, folder_id: str) -> bool:
        """Whether anything is known of another folder."""
        return self._row("SELECT 1 FROM files WHERE folder_id <> ? LIMIT 1", (folder_id,)) is not None

    def twin_of(self, file: LibraryFile, since_ms: int) -> LibraryFile | None:
        """The main file of the same content whose item is younger than a time, and was not begun by anybody."""
        if file.digest is None or not file.size_bytes:
            return None
        row = self._row(
            f"""
            SELECT {COLUMNS} FROM files
            WHERE size_bytes = ?1 AND digest = ?2 AND id <> ?3 AND state = 'ready' AND role = 'main'
                AND EXISTS (
                    SELECT 1 FROM media
                    WHERE media.id = files.media_id AND media.deleted_at IS NULL AND media.locked = '[]'
                        AND media.added_at > ?4
                        AND media.added_at > (SELECT known.added_at FROM media AS known WHERE known.id = ?5)
                )
                AND NOT EXISTS (SELECT 1 FROM playback_progress WHERE playback_progress.media_id = files.media_id)
                AND NOT EXISTS (SELECT 1 FROM collection_items WHERE collection_items.media_id = files.media_id)
            LIMIT 1
            """,
            (file.size_bytes, file.digest, file.id, since_ms, file.media_id),
        )
        return None if row is None else file_of(row)

    def is_media_settled(self, media_id: str) -> bool:
        """Whether a service or a person said what an item is, so that its name on disk says nothing new."""
        row = self._row(
            """
            SELECT 1 FROM media
            WHERE id = ? AND (locked <> '[]' OR EXISTS (
                SELECT 1 FROM works
                WHERE state IN ('applied', 'confirmed', 'dismissed') AND key IN (
                    'movie:' || media.id, 'show:' || media.show_key, 'album:' || media.album_key)
            ))
            """,
            (media_id,),
        )
        return row is not None

    def files_at(self, paths: Iterable[str]) -> list[LibraryFile]:
        """The files at these paths in the library."""
        rows = self._rows(
            f"SELECT {COLUMNS} FROM files WHERE path IN (SELECT value FROM json_each(?)) ORDER BY rid",
            (json.dumps(list(paths)),),
        )
        return [file_of(row) for row in rows]

    def files_of_media(self, media_id: str) -> list[LibraryFile]:
        """All that belongs to an item: its file, versions, parts, subtitles, pictures."""
        rows = self._rows(f"SELECT {COLUMNS} FROM files WHERE media_id = ? ORDER BY role, position, path", (media_id,))
        return [file_of(row) for row in rows]

    def files_to_probe(self, folder_ids: Iterable[str], after_rid: int, limit: int) -> list[tuple[int, LibraryFile]]:
        """Files that were not looked into yet, with their row numbers, in the order in which they came."""
        rows = self._rows(
            f"""
            SELECT rid, {COLUMNS} FROM files
            WHERE state = 'new' AND rid > ? AND folder_id IN (SELECT value FROM json_each(?))
            ORDER BY rid LIMIT ?
            """,
            (after_rid, json.dumps(list(folder_ids)), limit),
        )
        return [(int(row[0] or 0), file_of(row[1:])) for row in rows]

    def count_new_files(self, folder_ids: Iterable[str]) -> int:
        """How many files were not looked into yet."""
        row = self._row(
            "SELECT count(*) FROM files WHERE state = 'new' AND folder_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(folder_ids)),),
        )
        return 0 if row is None else int(row[0] or 0)

    def ready_below(self, prefix: str, limit: int) -> list[tuple[int, LibraryFile]]:
        """The main files below a path in the library that are known already, with their row numbers."""
        rows = self._rows(
            f"""
            SELECT rid, {COLUMNS} FROM files
            WHERE path > ? AND path < ? AND role = 'main' AND state = 'ready' ORDER BY path LIMIT ?
            """,
            (prefix + "/", prefix + "0", limit),
        )
        return [(int(row[0] or 0), file_of(row[1:])) for row in rows]

    def mains_in(self, prefix: str, limit: int) -> list[LibraryFile]:
        """The main files that lie directly in the folder at a path in the library."""
        rows = self._rows(
            f"""
            SELECT {COLUMNS} FROM files
            WHERE path > ?1 || '/' AND path < ?1 || '0' AND role = 'main' AND media_id IS NOT NULL
                AND instr(substr(path, length(?1) + 2), '/') = 0
            ORDER BY path LIMIT ?2
            """,
            (prefix, limit),
        )
        return [file_of(row) for row in rows]

    def items_below(self, prefix: str, limit: int) -> list[ItemBelow]:
        """The items whose main files lie below a path in the library, by path."""
        rows = self._rows(
            """
            SELECT media.id, media.media_type, media.show_key, media.album_key
            FROM files JOIN media ON media.id = files.media_id
            WHERE files.path > ?1 || '/' AND files.path < ?1 || '0' AND files.role = 'main' AND media.deleted_at IS NULL
            ORDER BY files.path LIMIT ?2
            """,
            (prefix, limit),
        )
        return [
            ItemBelow(
                str(media_id),
                MediaType(str(media_type)),
                None if show_key is None else str(show_key),
                None if album_key is None else str(album_key),
            )
            for media_id, media_type, show_key, album_key in rows
        ]

    def sample_of_files(self, folder_id: str, limit: int) -> list[tuple[str, int]]:
        """Path and size of some files of a folder, by which it is recognised."""
        rows = self._rows(
            """
            SELECT path, size_bytes FROM files
            WHERE folder_id = ? AND state = 'ready' AND size_bytes > 0 ORDER BY rid DESC LIMIT ?
            """,
            (folder_id, limit),
        )
        return [(str(path), int(size or 0)) for path, size in rows]

    def growing_folders(self) -> list[str]:
        """The ids of the folders in which files are still being written."""
        return [str(row[0]) for row in self._rows("SELECT DISTINCT folder_id FROM files WHERE state = 'growing'")]
