"""Has many photos read by a few children that stay, each of which can only read them, and is replaced when it dies.

A child reads one photo at a time and writes its picture into a folder of its own, out of which it is copied here, so
that nothing that a child holds on to is ever kept. As many children live as there are threads that ask at once.
"""

import logging
import os
import stat
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Final, Self

import msgspec

from media_library.adapters.photo_facts.answer import READY, Answer, PhotoRequest
from media_library.adapters.photo_facts.plain_jpeg import size_of
from media_library.adapters.photo_facts.refusal import PhotoRefused
from media_library.adapters.placeholders import is_safe_placeholder
from media_library.adapters.process import Child
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import ToolFailed
from media_library.models.artwork import MadeJpeg
from media_library.models.photo import PhotoFacts

log = logging.getLogger(__name__)

_CHILD = python_argv("media_library.adapters.photo_facts.child")
_START_SECONDS = 60.0
_FILE_SECONDS = 60.0
_TICK_SECONDS = 0.5
_MEMORY_BYTES = 2 << 30
_PICTURE_BYTES: Final = 64 << 20
_MOST_ANSWER_BYTES = 64 << 10
_FILES_A_CHILD = 1_000
_DAMAGED = "This file is damaged, or reading it needs too much memory."
_TOO_LONG = "Reading this file takes too long, so it is not shown."


@dataclass(frozen=True, slots=True)
class ReadPhoto:
    """What a photo says of itself, and the picture of it that is kept."""

    facts: PhotoFacts
    jpeg: MadeJpeg


class PhotoReaders:
    """The children. Use it with ``with``; any thread may call ``read``."""

    def __init__(self, *, file_seconds: float = _FILE_SECONDS, command: Sequence[str] = _CHILD) -> None:
        """``file_seconds`` is how long one photo may take."""
        self._file_seconds = file_seconds
        self._command = tuple(command)
        self._idle: list[_Reader] = []
        self._lock = threading.Lock()
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the children; one that reads just now ends when it has answered."""
        with self._lock:
            self._is_over = True
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.end()

    def read(self, file: Path, *, within: Path, side: int) -> ReadPhoto:
        """Read a photo and make a JPEG of it, upright, without metadata, at most ``side`` pixels on each side.

        ``within`` is the folder that its child may read, which holds ``file``, or ``file`` itself. Raises
        ``PhotoRefused`` with the reason, and ``ToolFailed`` if no child can be started.
        """
        while True:
            reader = self._take(within)
            has_read_others = reader.served > 0
            is_whole = False
            try:
                answer, content = reader.ask(file, side, self._file_seconds)
                is_whole = True
                break
            except ToolFailed as error:
                log.warning("The reader of %s ended: %s", file.name, error)
                if not has_read_others:  # else it may be what it read before
                    raise PhotoRefused(_DAMAGED) from error
            finally:
                self._give_back(reader, is_whole=is_whole)
        if answer.found is None:
            raise PhotoRefused(answer.refused or _DAMAGED)
        return ReadPhoto(answer.found, _checked(answer, content, side))

    def _take(self, within: Path) -> "_Reader":
        with self._lock:
            for reader in self._idle:
                if reader.within == within:
                    self._idle.remove(reader)
                    return reader
        return _Reader(self._command, within)

    def _give_back(self, reader: "_Reader", *, is_whole: bool) -> None:
        with self._lock:
            if is_whole and not self._is_over and reader.served < _FILES_A_CHILD:
                self._idle.append(reader)
                return
        reader.end()


class _Reader:
    """One child, and the folder that it writes to."""

    def __init__(self, command: Sequence[str], within: Path) -> None:
        self.within = within
        self.served = 0
        self._folder = TemporaryDirectory(prefix="photo-", ignore_cleanup_errors=True)
        self._picture = Path(self._folder.name) / "picture.jpg"
        bounds = Sandbox(
            read=(within,),
            memory_bytes=_MEMORY_BYTES,
            cpu_seconds=None,  # a child reads many files; each has its time
            file_bytes=_PICTURE_BYTES,
        )
        try:
            self._child = Child(command, sandbox=bounds, cwd=Path(self._folder.name), takes_input=True)
        except BaseException:
            self._folder.cleanup()
            raise
        self._output: Iterator[bytes] = self._child.output(tick_seconds=_TICK_SECONDS)
        self._rest = b""
        try:
            is_ready = self._line(_START_SECONDS) == READY
        except (ToolFailed, PhotoRefused):
            is_ready = False
        if not is_ready:
            self.end()
            raise ToolFailed("The reader of photos cannot be started.", self._child.last_lines)

    def ask(self, file: Path, side: int, seconds: float) -> tuple[Answer, bytes]:
        """The answer and the picture. Raises ``PhotoRefused`` if it takes too long, ``ToolFailed`` if it dies."""
        try:
            self._picture.unlink(missing_ok=True)
        except OSError as error:
            raise ToolFailed("It left behind what is no picture.") from error
        request = PhotoRequest(self.served, os.fsencode(file), os.fsencode(self._picture), side)
        self._child.write(msgspec.json.encode(request) + b"\n")
        line = self._line(seconds)
        try:
            answer = msgspec.json.decode(line, type=Answer)
        except msgspec.MsgspecError as error:
            raise ToolFailed("It says what cannot be understood.") from error
        if answer.number != self.served:
            raise ToolFailed("It answers what it was not asked.")
        self.served += 1
        return answer, b"" if answer.found is None else _content(self._picture)

    def end(self) -> None:
        """End the child and remove its folder."""
        self._child.end()
        self._folder.cleanup()

    def _line(self, seconds: float) -> bytes:
        deadline = time.monotonic() + seconds
        while b"\n" not in self._rest:
            chunk = next(self._output, None)
            if chunk is None:
                raise ToolFailed("It ended by itself.", self._child.last_lines)
            self._rest += chunk
            if time.monotonic() > deadline:
                raise PhotoRefused(_TOO_LONG)
            if len(self._rest) > _MOST_ANSWER_BYTES:
                raise ToolFailed("It says too much.")
        line, _, self._rest = self._rest.partition(b"\n")
        return line


def _content(file: Path) -> bytes:
    """What the child wrote; nothing if that is no file of bounded size. The folder is the child's to write to."""
    try:
        fd = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return b""
    status = os.fstat(fd)
    if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
        os.close(fd)
        return b""
    with os.fdopen(fd, "rb") as content:
        return content.read(_PICTURE_BYTES)


def _checked(answer: Answer, content: bytes, side: int) -> MadeJpeg:
    """The picture, if it is what was asked for: the child has read something hostile."""
    made = answer.made
    if (
        made is None
        or size_of(content) != (made.width, made.height)
        or not 1 <= min(made.width, made.height) <= max(made.width, made.height) <= side
        or not is_safe_placeholder(made.placeholder)
    ):
        raise PhotoRefused(_DAMAGED)
    return MadeJpeg(content, made)
