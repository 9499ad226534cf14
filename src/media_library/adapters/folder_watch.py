"""Is told by the system what changes below folders, where the system can tell: on local drives."""

import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from media_library.errors import StorageError

if TYPE_CHECKING:
    pass

_GATHER_MS = 400
_STEP_MS = 50

_TELL_NOTHING = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "virtiofs", "vboxsf", "ceph"),
        *("osxfs", "grpcfuse", "fakeowner", "prl_fs", "glusterfs", "afs", "ncpfs", "hgfs", "vmhgfs"),
    }
)


def is_told(file_system: str | None) -> bool:
    """Whether the system hears of every change in a file system of this type; of network drives only of its own."""
    if file_system is None:
        return True
    return file_system not in _TELL_NOTHING and not file_system.startswith(("fuse", "macfuse", "osxfuse"))


class FolderWatch:
    """Watches folders with all that is in them. Use it with ``with``."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Raises ``StorageError`` if the system cannot watch so much, or a folder is not there."""
        from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

        try:
            self._notify: RustNotify = RustNotify([str(one) for one in folders], False, False, 0, True, True)
        except (OSError, WatchfilesRustInternalError) as error:
            raise StorageError(f"The folders cannot be watched: {error}.") from error

    def __enter__(self) -> Self:
        self._notify.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Watch no longer."""
        self._notify.close()

    def changes(self, timeout_seconds: float, stop: threading.Event) -> set[Path]:
        """What changed: files and folders, gathered for a moment; empty after ``timeout_seconds`` without any.

        Raises ``StorageError`` if the system stops telling.
        """
        from watchfiles._rust_notify import WatchfilesRustInternalError

        try:
            found = self._notify.watch(_GATHER_MS, _STEP_MS, int(timeout_seconds * 1000), stop)
        except (OSError, WatchfilesRustInternalError) as error:
            raise StorageError(f"The folders cannot be watched any more: {error}.") from error
        return set() if isinstance(found, str) else {Path(path) for _, path in found}
