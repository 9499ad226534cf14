"""What tells a folder from another one that is mounted at its place, and from the empty mount point below it.

Where the program may write, the folder carries an id of its own. Elsewhere it is told by its file system and its number
there, which some network drives give anew with every mount: then its files have to speak for it.
"""

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from media_library.errors import StorageError

_FOLDER = ".media-library"
_FILE = "folder-id"
_MARKED = "id:"
_LONGEST_ID = 100

T = TypeVar("T")


def mark(folder: Path, folder_id: str) -> None:
    """Give a folder an id of its own; one that it has stays. Raises ``OSError``."""
    place = folder / _FOLDER
    place.mkdir(exist_ok=True)
    try:
        with (place / _FILE).open("x", encoding="utf-8") as file:
            file.write(f"{folder_id}\n")
    except FileExistsError:
        pass


def identity_of(folder: Path) -> str:
    """What tells the folder from others; raises ``OSError`` if it is not there or may not be read."""
    status = folder.stat()
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(20, "It is not a folder", str(folder))
    with os.scandir(folder):
        pass
    try:
        with (folder / _FOLDER / _FILE).open(encoding="ascii", errors="replace") as file:
            return _MARKED + file.read(_LONGEST_ID).strip()
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return f"place:{os.statvfs(folder).f_fsid:x}:{status.st_ino:x}"


def is_marked(identity: str) -> bool:
    """Whether an identity is an id that the folder carries."""
    return identity.startswith(_MARKED)


def is_empty(folder: Path) -> bool:
    """Whether nothing lies in the folder but what the program put there; raises ``OSError``."""
    with os.scandir(folder) as entries:
        return all(entry.name == _FOLDER for entry in entries)


def holds(folder: Path, files: list[tuple[str, int]]) -> bool:
    """Whether one of these files, (path below the folder, size in bytes), lies in the folder."""
    for below, size in files:
        try:
            status = os.lstat(folder / below)
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode) and status.st_size == size:
            return True
    return False


class Patience(Generic[T]):
    """Asks storage on a thread of its own and does not wait for it for ever; what hangs is not asked again."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._threads: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()

    def ask(self, place: str, question: Callable[[], T]) -> T:
        """The answer, or the error that it raised; raises ``StorageError`` if there is none in time."""
        answers: list[T] = []
        errors: list[OSError] = []

        def answer() -> None:
            try:
                answers.append(question())
            except OSError as error:
                errors.append(error)

        with self._lock:
            hung = self._threads.get(place)
            if hung is not None and hung.is_alive():
                raise StorageError(not_responding(place))
            thread = threading.Thread(target=answer, name=f"look at {place}", daemon=True)
            self._threads[place] = thread
            thread.start()
        thread.join(self._seconds)
        if thread.is_alive():
            raise StorageError(not_responding(place))
        if errors:
            raise errors[0]
        return answers[0]


def not_responding(place: str) -> str:
    """What is said of storage that hangs."""
    return f"The storage of {place} is not responding. Check its drive or its network; nothing is lost."
