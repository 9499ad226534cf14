"""The media folder: whether it is there and really ours, and the paths below it.

A drive that is unplugged leaves an empty mount point behind. So the folder carries an identity file, and a folder
without it is *offline*, not empty: nothing is read from it, written to it or concluded from it.
"""

import shutil
import threading
import time
from pathlib import Path, PurePosixPath

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.constants import STAGING_FOLDER
from media_library.errors import Forbidden, InvalidInput, StorageError
from media_library.models.library import FolderPlace, LibraryKind, below_folder, elsewhere, folder_of
from media_library.repositories.base import new_id

_IDENTITY = "root-id"
_CHECK_SECONDS = 2.0
_RESERVE_BYTES = 1 << 30
_RESERVE_FRACTION = 0.02
_LIBRARIES = (
    (LibraryKind.MOVIES, "Films", "movies"),
    (LibraryKind.SHOWS, "Shows", "shows"),
    (LibraryKind.MUSIC, "Music", "music"),
    (LibraryKind.VIDEOS, "Web videos", "videos"),
    (LibraryKind.PODCASTS, "Podcasts", "podcasts"),
    (LibraryKind.ARTICLES, "Articles", "articles"),
    (LibraryKind.BOOKS, "Books", "books"),
    (LibraryKind.HOME, "Photos and home videos", "home"),
)


class MediaRoot:
    """``MEDIA_ROOT`` as the other services use it. Safe to use from any thread."""

    def __init__(self, settings: Settings, state: AppState) -> None:
        self._settings = settings
        self._state = state
        self._lock = threading.Lock()
        self._checked_at = -_CHECK_SECONDS
        self._problem: str | None = None

    @property
    def folder(self) -> Path:
        """The media folder, there or not."""
        return self._settings.media_root

    @property
    def state_folder(self) -> Path:
        """The folder of the program's own state, apart from the media."""
        return self._settings.data_directory

    def prepare(self) -> None:
        """Make the folder ours on the first start; create the libraries. Raises ``StorageError``."""
        base = PurePosixPath(self._settings.output.base_directory)
        for kind, name, folder in _LIBRARIES:
            self._state.ensure_library(kind, name, str(base / folder))
        if self._state.media_root_id() is None:
            self._adopt()

    def is_online(self) -> bool:
        """Whether the folder is there and is the one that this library belongs to; looked up at most every 2 s."""
        return self.problem() is None

    def problem(self) -> str | None:
        """Why the folder cannot be used, as a sentence for the user; ``None`` if it can."""
        with self._lock:
            if time.monotonic() - self._checked_at >= _CHECK_SECONDS:
                self._problem = self._look()
                self._checked_at = time.monotonic()
            return self._problem

    def require_online(self) -> None:
        """Raise ``StorageError`` with the reason if the folder is offline."""
        problem = self.problem()
        if problem is not None:
            raise StorageError(problem)

    def require_writable(self) -> None:
        """Raise ``StorageError`` if nothing can be written to the folder now."""
        self.require_online()
        probe = self._folder_of_ours("staging") / f".probe-{new_id()}"
        try:
            probe.parent.mkdir(parents=True, exist_ok=True)
            probe.touch(exist_ok=False)
            probe.unlink()
        except OSError as error:
            raise self._unwritable(error) from error

    def path(self, relative: str) -> Path:
        """The absolute path of what the library calls ``relative``, here or in a library folder elsewhere.

        Raises ``StorageError`` when that is offline and ``InvalidInput`` for a path that leads out of it.
        """
        top, parts = self.split(relative)
        return top.joinpath(*parts)

    def split(self, stored: str) -> tuple[Path, tuple[str, ...]]:
        """The folder below which a stored path leads, and the names on the way; raises as ``path`` does."""
        folder_id = folder_of(stored)
        below = below_folder(stored)
        parts = PurePosixPath(below).parts
        if not parts or below.startswith("/") or ".." in parts or "\0" in stored:
            raise InvalidInput("This path leads out of the media folder.")
        if folder_id is None:
            self.require_online()
            return self.folder, parts
        return self._elsewhere(folder_id), parts

    def folders(self) -> list[FolderPlace]:
        """The folders of all libraries, there or not."""
        return [FolderPlace(folder, self.folder / folder.path) for folder in self._state.list_folders()]

    def is_read_only(self, stored: str) -> bool:
        """Whether nothing may be changed at a stored path."""
        folder_id = folder_of(stored)
        return folder_id is not None and self._state.library_folder(folder_id).is_read_only

    def require_changeable(self, stored: str) -> None:
        """Raise ``Forbidden`` if what lies at a stored path must not be changed."""
        if self.is_read_only(stored):
            raise Forbidden("Its library folder is set to read-only: nothing in it is changed.")

    def relative(self, path: Path) -> str:
        """The path as the library stores it: relative to the folder, with "/" between its parts."""
        return path.relative_to(self.folder).as_posix()

    def staging(self, job_id: str) -> Path:
        """A folder for the unfinished files of a job, on the volume of the library; created if need be."""
        self.require_online()
        folder = self.staging_place(job_id)
        self._make(folder)
        return folder

    def staging_place(self, job_id: str) -> Path:
        """Where that folder is or would be; nothing is created, nothing asked of the volume."""
        return self._folder_of_ours("staging") / job_id

    def staging_jobs(self) -> list[Path]:
        """The staging folders that exist."""
        parent = self._folder_of_ours("staging")
        return sorted(parent.iterdir()) if self.is_online() and parent.is_dir() else []

    def bin(self, stored: str = "") -> Path:
        """The folder of what was removed and can still be brought back, on the volume of a stored path; created."""
        folder_id = folder_of(stored)
        if folder_id is None:
            self.require_online()
            folder = self._folder_of_ours("bin")
        else:
            folder = self._elsewhere(folder_id) / STAGING_FOLDER / "bin"
        self._make(folder)
        return folder

    def staging_beside(self, stored: str, name: str) -> str:
        """The stored path of an unfinished file on the volume of a stored path beyond the media folder."""
        folder_id = folder_of(stored)
        assert folder_id is not None
        self._make(self._elsewhere(folder_id) / STAGING_FOLDER / "staging")
        return f"{elsewhere(folder_id)}/{STAGING_FOLDER}/staging/{name}"

    def space(self) -> tuple[int, int]:
        """Free and total bytes of the volume; raises ``StorageError`` when offline."""
        self.require_online()
        try:
            usage = shutil.disk_usage(self.folder)
        except OSError as error:  # unplugged at this moment
            raise StorageError(f"The media folder {self.folder} cannot be read: {error.strerror}.") from error
        return usage.free, usage.total

    def reserve_bytes(self) -> int:
        """What is always left free on the volume: 1 GiB, or 2 % of a small one."""
        _, total = self.space()
        return min(_RESERVE_BYTES, int(total * _RESERVE_FRACTION))

    def _elsewhere(self, folder_id: str) -> Path:
        """A library folder that is not below ``MEDIA_ROOT``; raises ``StorageError`` when it is not there."""
        folder = self._state.library_folder(folder_id)
        if not folder.is_online or folder.removed_at is not None or not Path(folder.path).is_dir():
            raise StorageError(
                folder.problem or f"The library folder {folder.path} is not there. Connect its drive; nothing is lost."
            )
        return Path(folder.path)

    def _folder_of_ours(self, name: str) -> Path:
        return self.folder / STAGING_FOLDER / name

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> StorageError:
        return StorageError(
            f"Nothing can be written to {self.folder}: {error.strerror}. Is the drive read-only or full?"
        )

    def _adopt(self) -> None:
        identity = self._folder_of_ours(_IDENTITY)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            identity.parent.mkdir(exist_ok=True)
            if not identity.exists():
                identity.write_text(new_id() + "\n", "utf-8")
            root_id = identity.read_text("utf-8").strip()
        except OSError as error:
            raise StorageError(
                f"The media folder {self.folder} cannot be used: {error.strerror}. Mount it, or set MEDIA_ROOT to"
                " another folder."
            ) from error
        self._state.remember_media_root(root_id)

    def _look(self) -> str | None:
        expected = self._state.media_root_id()
        try:
            found = self._folder_of_ours(_IDENTITY).read_text("utf-8").strip()
        except FileNotFoundError:
            return f"The media folder {self.folder} is not there. Connect or mount its drive; nothing is lost."
        except OSError as error:
            return f"The media folder {self.folder} cannot be read: {error.strerror}."
        except UnicodeDecodeError:
            found = ""
        if expected is not None and found != expected:
            return f"{self.folder} is another media folder than the one of this library. Connect the right drive."
        return None
