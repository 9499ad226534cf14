"""Opens the files of the library for reading, and only those."""

import hashlib
import io
import os
import stat
from dataclasses import dataclass

from media_library.errors import NotFound, StorageError
from media_library.models.media import Media, MediaFile
from media_library.services.media_root import MediaRoot

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
"""Without following a link, and without waiting for somebody to write into a pipe."""


@dataclass(frozen=True, slots=True)
class OpenMedia:
    """An open, unbuffered media file. ``tag`` changes whenever its bytes may have changed. Close ``file``."""

    file: io.FileIO
    size_bytes: int
    modified_at: float
    tag: str


def open_media(media_root: MediaRoot, media: Media) -> OpenMedia:
    """Open the file of a media item, from folder to folder below the media folder and through no link.

    Raises ``StorageError`` when the media folder is offline, and ``NotFound`` if the file is gone, is no plain file, or
    is another one than the one that was put into the library.
    """
    if media.file is None:
        raise NotFound("This item has no file.")
    file = open_below(media_root, media.file.path)
    facts = os.fstat(file.fileno())
    if not _is_known(facts, media.file):
        file.close()
        raise NotFound("At the place of this item lies another file than the one that was put into the library.")
    text = f"{media.id} {facts.st_ino} {facts.st_mtime_ns} {facts.st_size}"
    return OpenMedia(file, facts.st_size, facts.st_mtime, hashlib.sha256(text.encode()).hexdigest()[:32])


def open_below(media_root: MediaRoot, path: str) -> io.FileIO:
    """Open a plain file by its path in the library, through no link. Raises like ``open_media``."""
    top, parts = media_root.split(path)
    folder = -1
    try:
        folder = os.open(top, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        for part in parts[:-1]:
            inner = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        file = io.FileIO(os.open(parts[-1], _FILE, dir_fd=folder), "rb")
    except FileNotFoundError as error:
        media_root.split(path)  # whether it went offline just now
        raise NotFound("The file of this item is gone. Was it moved or deleted outside of this program?") from error
    except PermissionError as error:
        raise StorageError("The file of this item may not be read: its permissions forbid it.") from error
    except OSError as error:
        raise NotFound("The file of this item cannot be opened.") from error
    finally:
        if folder >= 0:
            os.close(folder)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise NotFound("The file of this item cannot be opened: it is no plain file.")
    return file


def _is_known(facts: os.stat_result, known: MediaFile) -> bool:
    """The same inode (its tags may have been edited), or the same size and time (it may have been copied back)."""
    return facts.st_ino == known.inode or (facts.st_size, facts.st_mtime_ns) == (known.size_bytes, known.mtime_ns)
