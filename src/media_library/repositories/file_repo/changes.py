"""What a scan notes of files: new ones, moved ones, gone ones, what was found in them. Lists are at most 500 long."""

import json
from collections.abc import Iterable, Sequence

from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.repositories.base import Repository, now_ms
from media_library.repositories.file_repo.records import COLUMNS, row_of, signed


class FileChanges(Repository):
    """Writes ``files``."""

    def add_files(self, files: Sequence[LibraryFile]) -> None:
        """Note new files; one whose path is known already takes its place."""
        with self.transaction():
            self._connection().executemany(
                f"""
                INSERT INTO files ({COLUMNS})
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (path) DO UPDATE SET
                    folder_id = excluded.folder_id, size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns,
                    inode = excluded.inode, role = excluded.role, state = excluded.state, reason = excluded.reason,
                    media_id = coalesce(excluded.media_id, media_id), label = excluded.label,
                    position = excluded.position, language = excluded.language, changed_at = excluded.changed_at,
                    seen_at = excluded.seen_at
                """,
                [row_of(file) for file in files],
            )

    def change_file(self, file_id: str, *, size_bytes: int, mtime_ns: int, inode: int, state: FileState) -> None:
        """A file has another content now, or is written to at this moment."""
        self._change(
            """
            UPDATE files
            SET size_bytes = ?, mtime_ns = ?, inode = ?, state = ?, reason = NULL, changed_at = ?, seen_at = ?
            WHERE id = ?
            """,
            (size_bytes, mtime_ns, signed(inode), state, now_ms(), now_ms(), file_id),
        )

    def note_growing(self, rids: Iterable[int]) -> None:
        """Known files, by their row numbers, are being written to: they are looked at again soon."""
        self._change(
            "UPDATE files SET state = 'growing' WHERE rid IN (SELECT value FROM json_each(?))",
            (json.dumps(list(rids)),),
        )

    def free_file_paths(self, file_ids: Iterable[str]) -> None:
        """Make the paths of files free, before others, or they among themselves, move there."""
        self._change(
            "UPDATE files SET path = '?' || id WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(file_ids)),),
        )

    def move_file(
        self, file_id: str, folder_id: str, path: str, *, mtime_ns: int, inode: int, state: FileState
    ) -> None:
        """A file lies elsewhere now; what is known of it stays. One that is ``NEW`` by that is named anew."""
        self._change(
            """
            UPDATE files
            SET folder_id = ?, path = ?, mtime_ns = ?, inode = ?, state = ?, changed_at = ?, seen_at = ?,
                digest = iif(? = 'new', NULL, digest)
            WHERE id = ?
            """,
            (folder_id, path, mtime_ns, signed(inode), state, now_ms(), now_ms(), state, file_id),
        )

    def move_files(self, moved: Sequence[tuple[str, str]]) -> None:
        """Files were renamed by the program itself: pairs of the old path and the new one, both free by now."""
        with self.transaction():
            self._connection().executemany(
                "DELETE FROM files WHERE path = ?", [(new,) for old, new in moved if old != new]
            )
            self._connection().executemany(
                "UPDATE files SET path = ? WHERE path = ?", [(new, old) for old, new in moved]
            )

    def miss_files(self, file_ids: Iterable[str]) -> None:
        """Files are gone; they are remembered for the day when they come back."""
        self._change(
            """
            UPDATE files SET state = 'missing', changed_at = ? WHERE id IN (SELECT value FROM json_each(?))
            """,
            (now_ms(), json.dumps(list(file_ids))),
        )

    def find_files(self, file_ids: Iterable[str]) -> None:
        """Files that were missing are there again, as they were."""
        self._change(
            """
            UPDATE files
            SET state = iif(digest IS NULL AND role IN ('main', 'version', 'part', 'extra'), 'new', 'ready'),
                seen_at = ?
            WHERE id IN (SELECT value FROM json_each(?))
            """,
            (now_ms(), json.dumps(list(file_ids))),
        )

    def forget_files(self, file_ids: Iterable[str]) -> None:
        """Forget files that nobody misses: pictures, texts and junk that went."""
        self._change("DELETE FROM files WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(file_ids)),))

    def give_role(self, file_id: str, role: FileRole) -> None:
        """A file is there for something else now."""
        self._change("UPDATE files SET role = ? WHERE id = ?", (role, file_id))

    def hand_files_over(self, media_id: str, heir_id: str) -> None:
        """What belongs to an item belongs to another one now."""
        self._change("UPDATE files SET media_id = ? WHERE media_id = ?", (heir_id, media_id))

    def assign_files(self, assigned: Iterable[tuple[str, str | None]]) -> None:
        """Say to which item files belong: pairs of their id and that of the item."""
        with self.transaction():
            self._connection().executemany(
                "UPDATE files SET media_id = ? WHERE id = ?",
                [(media_id, file_id) for file_id, media_id in assigned],
            )

    def put_probed_files(self, files: Sequence[LibraryFile]) -> None:
        """Note what was found in files, how they ended, and whose they are."""
        with self.transaction():
            self._connection().executemany(
                """
                UPDATE files
                SET size_bytes = ?, mtime_ns = ?, role = ?, state = ?, reason = ?, media_id = ?, container = ?,
                    duration_ms = ?, streams = ?, digest = ?, seen_at = ?
                WHERE id = ?
                """,
                [_probed_row(file) for file in files],
            )

    def probe_again(self, folder_ids: Iterable[str]) -> None:
        """Have all playable files of folders looked into anew."""
        self._change(
            """
            UPDATE files SET state = 'new' WHERE folder_id IN (SELECT value FROM json_each(?))
                AND state IN ('ready', 'failed') AND role IN ('main', 'version', 'part', 'extra')
            """,
            (json.dumps(list(folder_ids)),),
        )


def _probed_row(file: LibraryFile) -> tuple[str | int | float | bytes | None, ...]:
    values = dict(zip(COLUMNS.replace(",", " ").split(), row_of(file), strict=True))
    names = ("size_bytes", "mtime_ns", "role", "state", "reason", "media_id", "container", "duration_ms", "streams")
    return (*(values[name] for name in names), file.digest, now_ms(), file.id)
