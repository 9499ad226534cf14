"""What kind of file system a folder lies on, as the operating system tells it."""

import re
import sys
from pathlib import Path

from media_library.adapters import process

_SECONDS = 5.0
_ESCAPE = re.compile(r"\\([0-7]{3})")


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


def parse_mountinfo(text: str) -> dict[Path, str]:
    """Mount points and types (proc_pid_mountinfo(5)); a later mount covers an earlier.

    Lines such as ``36 35 98:0 / /mnt/my\\040disc rw,noatime master:1 - ext4 /dev/root rw``.
    """
    mounts = {}
    for line in text.rstrip("\n").split("\n"):
        before, _, after = line.partition(" - ")
        point = _ESCAPE.sub(lambda match: chr(int(match[1], 8)), before.split(" ")[4])
        mounts[Path(point)] = after.split(" ")[0]
    return mounts


def parse_mount(text: str) -> dict[Path, str]:
    """Mount points and types of macOS: lines such as ``/dev/disk3s5 on /System/Volumes/Data (apfs, local)``."""
    mounts = {}
    for line in text.splitlines():
        place, _, options = line.rpartition(" (")
        _, _, point = place.partition(" on ")
        mounts[Path(point)] = options.partition(",")[0].rstrip(")")
    return mounts


def _linux_mounts() -> dict[Path, str]:
    return parse_mountinfo(Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape"))


def _macos_mounts() -> dict[Path, str]:
    return parse_mount(process.run(("mount",), timeout_seconds=_SECONDS).stdout.decode("utf-8", "replace"))
