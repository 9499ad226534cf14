"""The files of a folder that others can belong to, found by the beginning of a name."""

from pathlib import PurePosixPath

from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole
from media_library.services.file_roles.records import RoleOf
from media_library.services.name_reading import quick_reading


class Mains:
    """Films, episodes, tracks, their versions, parts and extras, by their names without suffix in small letters."""

    def __init__(self, folder: PurePosixPath, kind: LibraryKind) -> None:
        self._folder = folder
        self._kind = kind
        self._by_stem: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._only: list[str] = []
        self._by_number: dict[tuple[int | None, int], str] | None = None

    def __bool__(self) -> bool:
        return bool(self._stems)

    def add(self, role: RoleOf, stem: str) -> None:
        """Note a file that others can belong to."""
        lowered = stem.lower()
        self._stems[role.name] = lowered
        if lowered not in self._by_stem or role.role is FileRole.MAIN:
            self._by_stem[lowered] = role.name
        if role.role is FileRole.MAIN:
            self._only.append(role.name)

    @property
    def single(self) -> str | None:
        """The one film of the folder; ``None`` if there are several, and in an album."""
        return self._only[0] if len(self._only) == 1 and self._kind is not LibraryKind.MUSIC else None

    def called(self, stem: str) -> str | None:
        """The file with exactly this name."""
        return self._by_stem.get(stem)

    def stem_of(self, name: str) -> str:
        """The name of a file without its suffix, in small letters."""
        return self._stems[name]

    def best(self, stem: str) -> str | None:
        """The file with the longest name that ``stem`` (small letters) begins with, at the end of a word."""
        for end in range(len(stem), 0, -1):
            if (end == len(stem) or not stem[end].isalnum()) and (found := self._by_stem.get(stem[:end])) is not None:
                return found
        return None

    def same_episode(self, name: str) -> str | None:
        """The episode with the number that ``name`` has."""
        if self._kind is not LibraryKind.SHOWS or len(self._only) < 2:
            return None
        wanted = quick_reading(self._folder / name, self._kind)
        if wanted.episode is None:
            return None
        if self._by_number is None:
            self._by_number = {}
            for main in self._only:
                reading = quick_reading(self._folder / main, self._kind)
                if reading.episode is not None:
                    self._by_number.setdefault((reading.season, reading.episode), main)
        return self._by_number.get((wanted.season, wanted.episode))
