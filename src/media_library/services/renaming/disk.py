"""What lies in the folders that a plan is about, each looked at once."""

import os
from pathlib import Path, PurePosixPath

from media_library.services.file_naming import name_key
from media_library.services.media_root import MediaRoot

_MOST_BELOW = 500


class Disk:
    """The names in folders; paths are paths in the library. Raises ``StorageError`` for what is offline."""

    def __init__(self, media_root: MediaRoot) -> None:
        self._media_root = media_root
        self._names: dict[str, dict[str, list[str]]] = {}

    def path(self, stored: str) -> Path:
        """Where that is on this machine."""
        return self._media_root.path(stored)

    def names(self, folder: str) -> list[str]:
        """The names of the files and folders in a folder, none if it is not there."""
        return [name for names in self._keyed(folder).values() for name in names]

    def files(self, folder: str) -> list[str]:
        """The names of the regular files in a folder."""
        place = self._place(folder)
        return [name for name in self.names(folder) if _is_file(place / name)]

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in a folder; links are none."""
        place = self._place(folder)
        return [name for name in self.names(folder) if (place / name).is_dir() and not (place / name).is_symlink()]

    def there(self, stored: str) -> list[str]:
        """What lies at a path or at another spelling of its name that some file system takes for the same."""
        folder, _, name = stored.rpartition("/")
        return [f"{folder}/{found}" for found in self._keyed(folder).get(name_key(name), ())]

    def spelled(self, base: str, folders: tuple[str, ...]) -> str:
        """The folder below ``base``, its parts spelled as those that are there."""
        path = base
        for part in folders:
            there = self._keyed(path).get(name_key(part), [])
            path = f"{path}/{part if part in there or not there else there[0]}"
        return path

    def all_below(self, folder: str) -> list[str] | None:
        """The files in a folder and those in it, relative to it; ``None`` if there are more than is sensible."""
        found: list[str] = []
        place = self._place(folder)
        for root, folders, files in os.walk(place):
            folders[:] = sorted(name for name in folders if not (Path(root) / name).is_symlink())
            below = PurePosixPath(Path(root).relative_to(place).as_posix())
            found.extend(str(below / name) for name in sorted(files) if _is_file(Path(root) / name))
            if len(found) > _MOST_BELOW:
                return None
        return found

    def _keyed(self, folder: str) -> dict[str, list[str]]:
        if folder not in self._names:
            found: dict[str, list[str]] = {}
            try:
                names = sorted(entry.name for entry in self._place(folder).iterdir())
            except (FileNotFoundError, NotADirectoryError):
                names = []
            for name in names:
                found.setdefault(name_key(name), []).append(name)
            self._names[folder] = found
        return self._names[folder]

    def _place(self, folder: str) -> Path:
        # a library folder elsewhere is itself no path in the library
        return self._media_root.path(f"{folder}/x").parent


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
