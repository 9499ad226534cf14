"""One ffmpeg at work for one rendition, on a thread of its own: what it writes becomes segments."""

import logging
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import BinaryIO

from media_library.adapters.ffmpeg.fragments import FragmentBegin, FragmentBytes, FragmentEnd, Init, Piece
from media_library.errors import MediaLibraryError, StorageError, ToolFailed
from media_library.repositories.base import new_id

log = logging.getLogger(__name__)

Stream = Generator[Piece | None, None, None]
_WAIT_SECONDS = 0.5


class Run:
    """Makes the segments from ``first`` on, as long as ``may_go_on`` allows, until it is stopped.

    ``changed`` guards what is public here and is notified of every change. ``at`` is the segment being written.
    """

    def __init__(
        self,
        stream: Stream,
        first: int,
        borders: Sequence[float],
        folder: Path,
        changed: threading.Condition,
        *,
        made: Callable[[int, int], None],
        may_go_on: Callable[[int], bool],
    ) -> None:
        self.first = first
        self.at = first
        self.ended = False
        self.error: MediaLibraryError | None = None
        self.is_out_of_step = False
        self.speed: float | None = None
        self._stream = stream
        self._borders = borders
        self._tolerance = min(0.5, (borders[1] - borders[0]) / 4)
        self._folder = folder
        self._changed = changed
        self._made = made
        self._may_go_on = may_go_on
        self.is_stopped = False
        self._name = new_id()
        self._file: BinaryIO | None = None
        self._end = 0.0
        self._worked = 0.0
        self._thread = threading.Thread(target=self._run, name="playback", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask it to end; call with ``changed`` held. It is gone within about a second, see ``join``."""
        self.is_stopped = True
        self._changed.notify_all()

    def join(self, seconds: float) -> None:
        """Wait until ffmpeg is gone."""
        self._thread.join(seconds)

    def _run(self) -> None:
        error: MediaLibraryError | None = None
        try:
            self._work()
        except OSError as failure:
            error = StorageError(f"There is no room for what is played: {failure.strerror}. Free some space.")
        except MediaLibraryError as failure:
            error = failure
            lines = failure.output if isinstance(failure, ToolFailed) else ()
            if not self.is_stopped:
                log.warning("%s %s", failure, " / ".join(lines[-3:]))
        finally:
            self._stream.close()
            self._drop()
            with self._changed:
                self.ended, self.error = True, error
                self._changed.notify_all()

    def _work(self) -> None:
        begun = time.monotonic()
        for piece in self._stream:
            if self.is_stopped:
                return
            if isinstance(piece, Init):
                self._write_init(piece.content)
            elif isinstance(piece, FragmentBegin):
                self._begin(piece)
            elif isinstance(piece, FragmentBytes) and self._file is not None:
                self._file.write(piece.content)
            elif isinstance(piece, FragmentEnd) and self._file is not None:
                self._worked += time.monotonic() - begun
                self._measure()
                if self._end >= self._borders[self.at + 1] - self._tolerance and self.at + 2 < len(self._borders):
                    self._finish()
                self._wait()
                begun = time.monotonic()
        if self._file is not None:
            self._finish()

    def _begin(self, fragment: FragmentBegin) -> None:
        """Find the segment that a fragment belongs to; what lies before the first one is thrown away."""
        number = bisect_right(self._borders, fragment.start + self._tolerance) - 1
        number = min(number, len(self._borders) - 2)
        self._end = fragment.end
        if number < self.first:
            return
        if number > self.at:
            if self._file is not None:
                self._finish()
            if number > self.at:
                # the film has no keyframe where its index says so
                with self._changed:
                    self.is_out_of_step = True
                raise ToolFailed("The picture cannot be cut where the index of the file says.")
        if self._file is None:
            self._file = self._part().open("wb")

    def _finish(self) -> None:
        """The segment is whole: give it its name."""
        assert self._file is not None
        self._file.close()
        self._file = None
        part = self._part()
        size = part.stat().st_size
        part.replace(self._folder / f"{self.at}.m4s")
        with self._changed:
            self._made(self.at, size)
            self.at += 1
            self._changed.notify_all()

    def _write_init(self, content: bytes) -> None:
        place = self._folder / "init.mp4"
        if not place.exists():
            self._part().write_bytes(content)
            self._part().replace(place)
        with self._changed:
            self._changed.notify_all()

    def _wait(self) -> None:
        """While enough is made ffmpeg is not read from, and so it waits too."""
        with self._changed:
            while not self.is_stopped and not self._may_go_on(self.at):
                self._changed.wait(_WAIT_SECONDS)

    def _measure(self) -> None:
        if self._worked > 0:
            self.speed = round(max(0.0, self._end - self._borders[self.first]) / self._worked, 2)

    def _part(self) -> Path:
        return self._folder / f"{self.at}.{self._name}.part"

    def _drop(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self._part().unlink(missing_ok=True)
