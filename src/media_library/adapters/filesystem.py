"""What kind of file system a folder lies on, as the operating system tells it."""

import sys
from pathlib import Path

from media_library.adapters import process

_SECONDS = 5.0


def kind_of(folder: Path) -> str | None:
    """The type name of the file system below ``folder`` ("ext4", "apfs", "fuse.bindfs"), ``None`` if unknown."""
    mounts = _linux_mounts() if sys.platform == "linux" else _macos_mounts()
    resolved = folder.resolve()
    best = max(
        (mount for mount in mounts if resolved == mount or mount in resolved.parents),
        key=lambda mount: len(mount.parts),
        default=None,
    )
    return None if best is None else mounts[best]


def _linux_mounts() -> dict[Path, str]:
    """Mount points and types from ``/proc/self/mountinfo`` (proc_pid_mountinfo(5)); a later mount covers an earlier."""
    mounts = {}
    for line in Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines():
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].encode("latin-1", "replace").decode("unicode_escape")
        mounts[Path(point)] = after.split(" ")[0]
    return mounts


def _macos_mounts() -> dict[Path, str]:
    """Mount points and types from ``mount``: lines such as ``/dev/disk3s5 on /System/Volumes/Data (apfs, local)``."""
    mounts = {}
    for line in process.run(("mount",), timeout_seconds=_SECONDS).stdout.decode("utf-8", "replace").splitlines():
        place, _, options = line.rpartition(" (")
        _, _, point = place.partition(" on ")
        mounts[Path(point)] = options.partition(",")[0].rstrip(")")
    return mounts
