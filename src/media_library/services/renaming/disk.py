"""What lies in the folders that a plan is about, each looked at once."""

import os
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from media_library.services.file_naming import name_key, path_key
from media_library.services.media_root import MediaRoot

_MOST_BELOW = 500


@dataclass(frozen=True, slots=True)
class _Folder:
    """The names in a folder: all by what file systems take for the same, the regular files and the folders in order."""

    keyed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


class Disk:
    """The names in folders; paths are paths in the library. Raises ``StorageError`` for what is offline."""

    def __init__(self, media_root: MediaRoot) -> None:
        self._media_root = media_root
        self._places = media_root.folders()
        self._seen: dict[str, _Folder] = {}
        self._respelled: dict[str, str] = {}

    def has(self, stored: str) -> bool:
        """Whether there is a regular file of exactly that name."""
        folder, _, name = stored.rpartition("/")
        files = self._look(folder).files
        at = bisect_left(files, name)
        return at < len(files) and files[at] == name

    def files(self, folder: str) -> list[str]:
        """The names of the regular files in a folder, none if it is not there."""
        return self._look(folder).files

    def beginning(self, folder: str, start: str) -> list[str]:
        """Those of them that begin so."""
        files = self._look(folder).files
        found = []
        for name in files[bisect_left(files, start) :]:
            if not name.startswith(start):
                break
            found.append(name)
        return found

    def folders(self, folder: str) -> list[str]:
        """The names of the folders in a folder; links are none."""
        return self._look(folder).folders

    def there(self, stored: str) -> list[str]:
        """What lies at a path or at another spelling of its name that some file system takes for the same."""
        folder, _, name = stored.rpartition("/")
        return [f"{folder}/{found}" for found in self._look(folder).keyed.get(name_key(name), ())]

    def spelled(self, base: str, folders: tuple[str, ...]) -> str:
        """The folder below ``base``, its parts spelled as those that are there."""
        path = base
        for part in folders:
            there = self._look(path).keyed.get(name_key(part), ())
            new = self._respelled.get(path_key(f"{path}/{part}"))
            path = f"{path}/{new or (part if part in there or not there else there[0])}"
        return path

    def respell(self, names: Mapping[str, str]) -> None:
        """Have folders, named by the keys of their paths, spelled otherwise than they are."""
        self._respelled.update(names)

    def forget_but(self, keeps: Callable[[str], bool]) -> None:
        """Forget what was seen but in library folders and those that ``keeps`` says, for these are looked at again."""
        bases = {place.folder.path if place.folder.is_built_in else f"@{place.folder.id}" for place in self._places}
        self._seen = {folder: seen for folder, seen in self._seen.items() if folder in bases or keeps(folder)}
        self._respelled = {}

    def is_free(self, stored: str, by: str) -> bool:
        """Whether nothing but the file at ``by`` lies at a path."""
        there = self.there(stored)
        return not there or all(self._media_root.path(one).samefile(self._media_root.path(by)) for one in there)

    def all_below(self, folder: str) -> list[str] | None:
        """The files in a folder and those in it, relative to it; ``None`` if there are more than is sensible."""
        found: list[str] = []
        place = self._place(folder)
        for root, folders, files in os.walk(place):
            folders[:] = sorted(name for name in folders if not (Path(root) / name).is_symlink())
            below = PurePosixPath(Path(root).relative_to(place).as_posix())
            regular = (name for name in sorted(files) if _is_file(Path(root) / name))
            found.extend(str(below / name) for name in regular)
            if len(found) > _MOST_BELOW:
                return None
        return found

    def _look(self, folder: str) -> _Folder:
        if folder not in self._seen:
            seen = _Folder()
            try:
                with os.scandir(self._place(folder)) as entries:
                    for entry in entries:
                        key = name_key(entry.name)
                        seen.keyed[key] = (*seen.keyed.get(key, ()), entry.name)
                        if entry.is_file(follow_symlinks=False):
                            seen.files.append(entry.name)
                        elif entry.is_dir(follow_symlinks=False):
                            seen.folders.append(entry.name)
            except (FileNotFoundError, NotADirectoryError):
                pass
            seen.files.sort()
            seen.folders.sort()
            self._seen[folder] = seen
        return self._seen[folder]

    def _place(self, folder: str) -> Path:
        # a library folder elsewhere is itself no path in the library
        return self._media_root.path(f"{folder}/x").parent


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
