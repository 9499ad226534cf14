"""The libraries: the parts of the collection with a folder of their own."""

from media_library.models.library import Library, LibraryKind
from media_library.repositories.base import Repository, Row, new_id

_COLUMNS = "id, kind, name, folder"


class LibraryRepo(Repository):
    """Reads and writes ``libraries``."""

    def ensure_library(self, kind: LibraryKind, name: str, folder: str) -> Library:
        """The library of a kind, created on first use."""
        self._change(
            "INSERT INTO libraries (id, kind, name, folder) VALUES (?, ?, ?, ?) ON CONFLICT (kind) DO NOTHING",
            (new_id(), kind, name, folder),
        )
        return self.library_of_kind(kind)

    def library_of_kind(self, kind: LibraryKind) -> Library:
        """The library that holds what is of this kind."""
        row = self._row(f"SELECT {_COLUMNS} FROM libraries WHERE kind = ?", (kind,))
        assert row is not None, f"library {kind} was not created at start"
        return _library(row)

    def list_libraries(self) -> list[Library]:
        """All libraries, by name."""
        return [_library(row) for row in self._rows(f"SELECT {_COLUMNS} FROM libraries ORDER BY name")]


def _library(row: Row) -> Library:
    library_id, kind, name, folder = row
    return Library(str(library_id), LibraryKind(str(kind)), str(name), str(folder))
