"""Opens the state file for the whole program, where it is safe to keep one."""

from pathlib import Path

from media_library.adapters import filesystem
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import StartError

_SAFE = frozenset(
    {
        "apfs",
        "hfs",
        "ext2",
        "ext3",
        "ext4",
        "xfs",
        "btrfs",
        "zfs",
        "f2fs",
        "bcachefs",
        "tmpfs",
        "ramfs",
        "overlay",
    }
)
"""File systems of one kernel, on which several processes may share a SQLite file in WAL mode."""


def state_path(settings: Settings) -> Path:
    """Where the state file is."""
    return settings.data_directory / "media-library.db"


def open_state(settings: Settings) -> AppState:
    """Open the state; the file system was judged by ``require_safe_place`` before the first process opened it."""
    return AppState.open(state_path(settings))


def require_safe_place(settings: Settings) -> None:
    """Raise ``StartError`` if the state would lie on a network or shared file system.

    SQLite's WAL needs one kernel and shared memory (https://sqlite.org/wal.html); elsewhere the file is damaged within
    seconds.
    """
    folder = settings.data_directory
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(
            f"The state folder {folder} cannot be created: {error.strerror}. Set DATA_DIR to another one."
        ) from error
    kind = filesystem.kind_of(folder)
    if kind is not None and kind not in _SAFE:
        raise StartError(
            f"The state folder {folder} lies on a {kind} file system, where the database would be damaged."
            " Set DATA_DIR to a folder on a local disk."
        )
