"""Which folders may become library folders: none of the system's, none of the program's, none that overlap.

Folders are told apart by what they are, not by how they are spelled: through symbolic links and second names, too.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from media_library.config import Settings
from media_library.errors import InvalidInput

_SOURCES = Path(__file__).resolve().parents[2]

_NEVER_BELOW = (
    *("/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/proc", "/sbin", "/sys", "/usr", "/var/lib"),
    *("/var/run", "/var/log", "/var/cache", "/var/db", "/run/systemd", "/run/user", "/run/lock"),
    *("/System", "/Library", "/Applications", "/private/etc", "/private/var/db", "/private/var/run", "/cores"),
)
"""Where nobody keeps films."""

_NEVER_ITSELF = (
    "/",
    "/home",
    "/root",
    "/run",
    "/var",
    "/opt",
    "/Users",
    "/Volumes",
    "/private",
    "/private/var",
)
"""Folders that hold a system or many people; those in them may be libraries."""

_SYSTEM = "This folder belongs to the system. Choose the folder in which your media lie."
_OURS = "The program keeps its own files there. Choose another folder."
_OVERLAPS = "This folder and {other} lie within each other, so that files would be found twice. Choose another one."


def checked_root(path: str, settings: Settings, others: Iterable[Path]) -> Path:
    """A folder that may become a library folder, without links in its path; ``others`` are those that are ones already.

    Raises ``InvalidInput`` with the reason if it may not.
    """
    if not path.startswith("/") or "\0" in path:
        raise InvalidInput("A folder is named by its whole path, such as /mnt/films.", "path")
    try:
        folder = Path(path).resolve(strict=True)
        with os.scandir(folder):
            pass
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it leads in a circle"
        raise InvalidInput(
            f"{path} cannot be read as a folder: {reason}. Check its path and permissions.", "path"
        ) from error
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise InvalidInput("The path of this folder is not valid UTF-8. Rename it.", "path") from error
    if any(_is_same(folder, Path(name)) for name in _NEVER_ITSELF):
        raise InvalidInput(_SYSTEM, "path")
    if any(_is_within(folder, Path(name)) for name in _NEVER_BELOW):
        raise InvalidInput(_SYSTEM, "path")
    for own in _own_folders(settings):
        if _is_within(folder, own) or _is_within(own, folder):
            raise InvalidInput(_OURS, "path")
    for other in others:
        if _is_within(folder, other) or _is_within(other, folder):
            raise InvalidInput(_OVERLAPS.format(other=other), "path")
    return folder


def may_be_shown(folder: Path, settings: Settings) -> bool:
    """Whether a folder without links in its path is offered to somebody who chooses one: not the system's, not ours."""
    never = (*map(Path, _NEVER_BELOW), *_own_folders(settings))
    return not any(folder.is_relative_to(one) for one in never)


def _own_folders(settings: Settings) -> Iterator[Path]:
    """Where the program, its state and its settings lie. The first folders of ``sys.path`` hold its packages."""
    yield settings.data_directory
    yield _SOURCES
    if (_SOURCES.parent / "main.py").is_file():
        yield _SOURCES.parent
    yield Path(sys.prefix)


def _is_within(inner: Path, outer: Path) -> bool:
    """Whether ``inner`` is ``outer`` or lies somewhere in it, whatever their names are."""
    return any(_is_same(folder, outer) for folder in (inner, *inner.parents))


def _is_same(one: Path, other: Path) -> bool:
    if one == other:
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False
