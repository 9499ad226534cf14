"""Answers of services on disk: what was answered, until when it counts as fresh, and how to ask whether it changed."""

import hashlib
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import msgspec

_FULL = 0.9
_UNNAMED_SECONDS = 3600.0


class StoredAnswer(msgspec.Struct, frozen=True):
    """An answer as it was kept. Times are seconds since the Unix epoch; ``is_missing`` is a 404."""

    question: str
    asked_at: float
    is_missing: bool
    etag: str
    last_modified: str
    size: int
    digest: str
    body: bytes = b""


class AnswerStore:
    """A folder of answers that never holds more than ``most_bytes`` for long; the least used ones go first.

    A file is complete or absent for its readers; what a crash left damaged is recognised and does not count.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._kept_bytes: int | None = None

    def get(self, question: str) -> StoredAnswer | None:
        """What was answered to a question, however old."""
        file = self._file(question)
        try:
            head, _, body = file.read_bytes().partition(b"\n")
            stored = msgspec.json.decode(head, type=StoredAnswer)
            os.utime(file)
        except (OSError, msgspec.MsgspecError):
            return None
        is_whole = stored.question == question and stored.size == len(body) and stored.digest == _digest(body)
        return msgspec.structs.replace(stored, body=body) if is_whole else None

    def put(
        self, question: str, body: bytes, *, etag: str = "", last_modified: str = "", is_missing: bool = False
    ) -> None:
        """Keep an answer; a disk that is full or read-only only means that it is asked for again."""
        answer = StoredAnswer(question, time.time(), is_missing, etag, last_modified, len(body), _digest(body))
        content = msgspec.json.encode(answer) + b"\n" + body
        file = self._file(question)
        new = file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(content)
            new.replace(file)
        except OSError:
            with suppress(OSError):
                new.unlink()
            return
        self._count(len(content))

    def _file(self, question: str) -> Path:
        name = hashlib.sha256(question.encode()).hexdigest()
        return self._folder / name[:2] / name[2:40]

    def _count(self, came: int) -> None:
        with self._lock:
            if self._kept_bytes is None:
                self._kept_bytes = sum(size for _, size, _ in _files(self._folder))
            else:
                self._kept_bytes += came
            if self._kept_bytes > self._most_bytes:
                self._kept_bytes = _shrink(self._folder, int(self._most_bytes * _FULL))


def _shrink(folder: Path, most_bytes: int) -> int:
    """Remove what was not used for longest until ``most_bytes`` are left, and what a crash left; returns the rest."""
    files = sorted(_files(folder))
    kept = sum(size for _, size, _ in files)
    for used_at, size, file in files:
        is_leftover = file.name.startswith(".") and used_at < time.time() - _UNNAMED_SECONDS
        if kept > most_bytes or is_leftover:
            file.unlink(missing_ok=True)
            kept -= size
    return kept


def _files(folder: Path) -> list[tuple[float, int, Path]]:
    """When each answer was last used, how large it is, where it is."""
    found = []
    for file in folder.glob("??/*"):
        try:
            about = file.stat()
        except FileNotFoundError:
            continue  # another process removed it
        found.append((about.st_mtime, about.st_size, file))
    return found


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
