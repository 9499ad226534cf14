"""The libraries and the folders in which they lie."""

import apsw

from media_library.errors import Conflict, NotFound
from media_library.models.library import Library, LibraryFolder, LibraryKind
from media_library.repositories.base import Repository, Row, new_id, now_ms

_COLUMNS = "id, kind, name, folder, is_primary"
_FOLDER = "id, library_id, path, is_read_only, identity, is_online, problem, scanned_at, added_at, removed_at"


class LibraryRepo(Repository):
    """Reads and writes ``libraries`` and ``library_folders``."""

    def ensure_library(self, kind: LibraryKind, name: str, folder: str) -> Library:
        """The primary library of a kind with its folder below ``MEDIA_ROOT``, created on first use."""
        with self.transaction():
            self._change(
                """
                INSERT INTO libraries (id, kind, name, folder, is_primary) VALUES (?, ?, ?, ?, 1)
                ON CONFLICT (kind) WHERE is_primary DO NOTHING
                """,
                (new_id(), kind, name, folder),
            )
            library = self.library_of_kind(kind)
            self._change(
                """
                INSERT INTO library_folders (id, library_id, path, added_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (path) DO NOTHING
                """,
                (new_id(), library.id, library.folder, now_ms()),
            )
        return library

    def library_of_kind(self, kind: LibraryKind) -> Library:
        """The library that gets what is of this kind."""
        row = self._row(f"SELECT {_COLUMNS} FROM libraries WHERE kind = ? AND is_primary", (kind,))
        assert row is not None, f"library {kind} was not created at start"
        return _library(row)

    def list_libraries(self) -> list[Library]:
        """All libraries, by name."""
        return [_library(row) for row in self._rows(f"SELECT {_COLUMNS} FROM libraries ORDER BY name, id")]

    def library(self, library_id: str) -> Library:
        """A library; raises ``NotFound``."""
        row = self._row(f"SELECT {_COLUMNS} FROM libraries WHERE id = ?", (library_id,))
        if row is None:
            raise NotFound("There is no such library.")
        return _library(row)

    def add_library(self, kind: LibraryKind, name: str) -> Library:
        """A further library, without folders so far."""
        library = Library(new_id(), kind, name, "", is_primary=False)
        self._change(
            "INSERT INTO libraries (id, kind, name, folder, is_primary) VALUES (?, ?, ?, NULL, 0)",
            (library.id, kind, name),
        )
        return library

    def rename_library(self, library_id: str, name: str) -> None:
        """Call a library otherwise; raises ``NotFound``."""
        if not self._change("UPDATE libraries SET name = ? WHERE id = ?", (name, library_id)):
            raise NotFound("There is no such library.")

    def list_folders(self, *, removed: bool = False) -> list[LibraryFolder]:
        """The folders of all libraries, in the order in which they came; with ``removed`` also those taken out."""
        rows = self._rows(
            f"SELECT {_FOLDER} FROM library_folders WHERE ? OR removed_at IS NULL ORDER BY added_at, rowid", (removed,)
        )
        return [_folder(row) for row in rows]

    def library_folder(self, folder_id: str) -> LibraryFolder:
        """A folder, taken out or not; raises ``NotFound``."""
        row = self._row(f"SELECT {_FOLDER} FROM library_folders WHERE id = ?", (folder_id,))
        if row is None:
            raise NotFound("There is no such library folder.")
        return _folder(row)

    def add_folder(self, library_id: str, path: str, *, is_read_only: bool, identity: str | None) -> LibraryFolder:
        """Give a library a folder. One that was taken out comes back as it was. Raises ``Conflict`` if it is there."""
        with self.transaction():
            known = self._row("SELECT id, removed_at FROM library_folders WHERE path = ?", (path,))
            if known is not None and known[1] is None:
                raise Conflict("This folder belongs to a library already.")
            if known is not None:
                self._change(
                    """
                    UPDATE library_folders SET library_id = ?, is_read_only = ?, identity = ?, removed_at = NULL
                    WHERE id = ?
                    """,
                    (library_id, is_read_only, identity, known[0]),
                )
                return self.library_folder(str(known[0]))
            folder_id = new_id()
            try:
                self._change(
                    """
                    INSERT INTO library_folders (id, library_id, path, is_read_only, identity, added_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                    (folder_id, library_id, path, is_read_only, identity, now_ms()),
                )
            except apsw.ConstraintError as error:
                raise NotFound("There is no such library.") from error
            return self.library_folder(folder_id)

    def set_folder_read_only(self, folder_id: str, *, is_read_only: bool) -> None:
        """Whether anything may be changed in a folder."""
        self._change("UPDATE library_folders SET is_read_only = ? WHERE id = ?", (is_read_only, folder_id))

    def note_folder_state(self, folder_id: str, problem: str | None, identity: str | None = None) -> bool:
        """Note whether a folder is there: ``problem`` says why it is not. True if that is news."""
        changed = self._change(
            """
            UPDATE library_folders SET is_online = ?, problem = ?, identity = coalesce(?, identity)
            WHERE id = ? AND (problem IS NOT ? OR (? IS NOT NULL AND identity IS NOT ?))
            """,
            (problem is None, problem, identity, folder_id, problem, identity, identity),
        )
        return bool(changed)

    def note_scan(self, folder_id: str) -> None:
        """A folder was looked through just now."""
        self._change("UPDATE library_folders SET scanned_at = ? WHERE id = ?", (now_ms(), folder_id))

    def remove_folder(self, folder_id: str) -> None:
        """Take a folder out of its library; what was known of it stays for the day when it comes back."""
        self._change("UPDATE library_folders SET removed_at = ? WHERE id = ?", (now_ms(), folder_id))

    def restore_folder(self, folder_id: str) -> None:
        """Take a folder back into its library."""
        self._change("UPDATE library_folders SET removed_at = NULL WHERE id = ?", (folder_id,))


def _library(row: Row) -> Library:
    library_id, kind, name, folder, is_primary = row
    return Library(str(library_id), LibraryKind(str(kind)), str(name), str(folder or ""), bool(is_primary))


def _folder(row: Row) -> LibraryFolder:
    folder_id, library_id, path, read_only, identity, online, problem, scanned_at, added_at, removed_at = row
    return LibraryFolder(
        id=str(folder_id),
        library_id=str(library_id),
        path=str(path),
        is_read_only=bool(read_only),
        identity=None if identity is None else str(identity),
        is_online=bool(online),
        problem=None if problem is None else str(problem),
        scanned_at=None if scanned_at is None else int(scanned_at),
        added_at=int(added_at or 0),
        removed_at=None if removed_at is None else int(removed_at),
    )
