"""Lists what lies below a folder and never leaves it: files with their facts, and what was passed over and why.

Every folder is opened through the one that it lies in and no link is followed on the way, so a name that is exchanged
for a link meanwhile leads nowhere. Nothing but folders is opened.
"""

import os
import queue
import stat
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import NamedTuple

from media_library.errors import Stopped, StorageError

_OPEN = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_MOST_FILES = 1_000
_DEEPEST = 64
_LONGEST_PATH = 3_000
_PARTS_AHEAD = 64
_TICK_SECONDS = 0.25

_MARKERS = (".ignore", ".nomedia", ".plexignore")
_JUNK = frozenset(
    name.casefold()
    for name in (
        *("@eaDir", "@Recycle", "@Recently-Snapshot", "#recycle", "#snapshot", "$RECYCLE.BIN", "RECYCLER"),
        *("System Volume Information", "lost+found", "__MACOSX", "Network Trash Folder", "Temporary Items"),
        *("Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r"),
    )
)
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".!qb", ".!ut", ".bc!", ".aria2", ".tmp", ".temp", "~")

LINK = "This is a link to another place, and links are not followed. Add the folder that it leads to as a library."
_NOT_UTF_8 = "The name of this is not valid UTF-8. Rename it."
_SPECIAL = "This is no file but a pipe, a socket or a device. It is never opened."
_TOO_DEEP = "This folder lies too deep. Move it further up."


class WalkedFile(NamedTuple):
    """A file as a folder lists it, with times in nanoseconds; ``changed_ns`` is when anything of it changed last.

    ``inode`` is a signed number, for some file systems use all of its 64 bits and no database has room for that. With a
    ``reason`` it is something that cannot be taken in, and its facts may be 0. A tuple, for a walk makes a hundred
    thousand of them.
    """

    name: str
    size_bytes: int
    mtime_ns: int
    inode: int
    changed_ns: int = 0
    reason: str | None = None


class Listing(NamedTuple):
    """What lies in a folder, at most 1,000 files of it; ``is_last`` tells whether more of the same folder follows.

    ``folder`` is its path below the root with "/" between its parts, "" for the root itself. ``is_readable`` is false
    for a folder whose content is unknown: nothing is to be concluded from its absence.
    """

    folder: str
    files: tuple[WalkedFile, ...]
    is_last: bool = True
    is_readable: bool = True


Walk = Callable[[Path], Iterator[Listing]]


def walk(root: Path) -> Iterator[Listing]:
    """List the folder and everything below, each folder before those in it. Hidden things and junk are left out.

    A folder with a file ``.ignore``, ``.nomedia`` or ``.plexignore`` is left out with all that is in it. Raises
    ``StorageError`` if ``root`` itself cannot be read.
    """
    try:
        top = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise StorageError(f"The folder {root} cannot be read: {error.strerror}.") from error
    try:
        yield from _walk(top, "", 0)
    finally:
        os.close(top)


class Walker:
    """Walks folders on threads of their own, so that storage that hangs holds up nobody else."""

    def __init__(self, *, patience_seconds: float = 30.0, walk: Walk = walk) -> None:
        """``patience_seconds`` is how long a thousand files may take before the storage counts as hung."""
        self._patience_seconds = patience_seconds
        self._walk = walk
        self._threads: dict[Path, threading.Thread] = {}

    def listings(self, root: Path, stop: threading.Event) -> Generator[Listing, None, None]:
        """Like ``walk``; raises ``StorageError`` also when the storage does not respond, and ``Stopped``."""
        hung = self._threads.get(root)
        if hung is not None and hung.is_alive():
            raise StorageError(_not_responding(root))
        parts: queue.Queue[Listing | Exception | None] = queue.Queue(_PARTS_AHEAD)
        is_over = threading.Event()
        thread = threading.Thread(target=self._fill, args=(root, parts, is_over), name=f"walk {root}", daemon=True)
        self._threads[root] = thread
        thread.start()
        try:
            while (part := self._next(root, parts, stop)) is not None:
                if isinstance(part, Exception):
                    raise part
                yield part
            del self._threads[root]
        finally:
            is_over.set()

    def _next(
        self, root: Path, parts: "queue.Queue[Listing | Exception | None]", stop: threading.Event
    ) -> Listing | Exception | None:
        waited = 0.0
        while True:
            if stop.is_set():
                raise Stopped("The program is stopping.")
            try:
                return parts.get(timeout=_TICK_SECONDS)
            except queue.Empty:
                waited += _TICK_SECONDS
                if waited >= self._patience_seconds:
                    raise StorageError(_not_responding(root)) from None

    def _fill(self, root: Path, parts: "queue.Queue[Listing | Exception | None]", is_over: threading.Event) -> None:
        def put(part: Listing | Exception | None) -> bool:
            while not is_over.is_set():
                try:
                    parts.put(part, timeout=_TICK_SECONDS)
                except queue.Full:
                    continue
                return True
            return False

        try:
            for listing in self._walk(root):
                if not put(listing):
                    return
        except (OSError, StorageError) as error:
            put(error if isinstance(error, StorageError) else StorageError(f"{root} cannot be read: {error.strerror}."))
            return
        put(None)


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this name is never looked at: hidden, junk of a system, or not finished yet."""
    return name.startswith(".") or name.casefold() in _JUNK or name.lower().endswith(_UNFINISHED)


def readable_name(name: str) -> str:
    """A name that is not valid UTF-8 as text that can be stored and shown: its odd bytes as ``\\xff``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _walk(fd: int, folder: str, depth: int) -> Iterator[Listing]:
    """List the open folder, then those in it."""
    inner: list[str] = []
    yield from _listed(fd, folder, inner)
    inner.sort()
    for name in inner:
        path = f"{folder}/{name}" if folder else name
        if depth >= _DEEPEST or len(path) > _LONGEST_PATH:
            yield _unreadable(folder, name, _TOO_DEEP)
            continue
        try:
            child = os.open(name, _OPEN, dir_fd=fd)
        except FileNotFoundError:
            continue  # removed meanwhile
        except OSError as error:
            yield _unreadable(folder, name, _refusal(error))
            continue
        try:
            if not _is_left_out(child):
                yield from _walk(child, path, depth + 1)
        finally:
            os.close(child)


def _listed(fd: int, folder: str, inner: list[str]) -> Iterator[Listing]:
    """The files of the open folder in parts; the names of the folders in it are added to ``inner``."""
    files: list[WalkedFile] = []
    problem = None
    try:
        with os.scandir(fd) as entries:
            for entry in entries:
                name = entry.name
                if is_passed_over(name):
                    continue
                if not name.isascii() and not _is_utf_8(name):
                    files.append(WalkedFile(readable_name(name), 0, 0, 0, 0, _NOT_UTF_8))
                elif entry.is_dir(follow_symlinks=False):
                    inner.append(name)
                else:
                    found = _file(fd, name)
                    if found is not None:
                        files.append(found)
                if len(files) >= _MOST_FILES:
                    yield Listing(folder, tuple(files), is_last=False)
                    files = []
    except OSError as error:  # a drive that goes while its folder is read
        problem = error
    yield Listing(folder, tuple(files), is_readable=problem is None)


def _file(fd: int, name: str) -> WalkedFile | None:
    try:
        status = os.stat(name, dir_fd=fd, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        return WalkedFile(name, 0, 0, 0, 0, _refusal(error))
    reason = None
    if not stat.S_ISREG(status.st_mode):
        reason = LINK if stat.S_ISLNK(status.st_mode) else _SPECIAL
    inode = status.st_ino if status.st_ino < 1 << 63 else status.st_ino - (1 << 64)
    return WalkedFile(name, status.st_size, status.st_mtime_ns, inode, status.st_ctime_ns, reason)


def _is_left_out(fd: int) -> bool:
    for marker in _MARKERS:
        try:
            os.stat(marker, dir_fd=fd, follow_symlinks=False)
        except OSError:
            continue
        return True
    return False


def _unreadable(folder: str, name: str, reason: str) -> Listing:
    """The part of a folder that tells of one inside it whose content is unknown."""
    path = f"{folder}/{name}" if folder else name
    return Listing(path, (WalkedFile("", 0, 0, 0, 0, reason),), is_readable=False)


def _refusal(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "This may not be read. Give the program the permission to read it."
    return f"This cannot be read: {error.strerror}."


def _is_utf_8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _not_responding(root: Path) -> str:
    return f"The storage of {root} is not responding. Check its drive or its network; nothing is lost."
