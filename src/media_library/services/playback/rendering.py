"""The segments of one rendition: which there are, which is asked for, and the ffmpeg that makes the next ones."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from media_library.errors import Conflict, NotFound, StorageError, TransientFailure
from media_library.services.playback.run import Run, Stream

MOST_BYTES = 256 << 20
"""What the segments of a rendition take at most on disk, but for the two that are needed next."""

_AHEAD_SECONDS = 60.0
_BEHIND_SECONDS = 30.0
_NEAR_SECONDS = 16.0
_PATIENCE_SECONDS = 20.0
_GONE = "This playback has ended. Start it again."
_BROKEN = "This file cannot be played from here on: it may be damaged. Try another place, or another version."
_WRONG_INDEX = (
    "The index of this file is wrong, so that its picture cannot be cut. Play it again: it will be converted."
)
_ELSEWHERE = "The player went to another place of the film."
_SLOW = "The appliance does not keep up: the next part of the film is not ready. Choose a lower quality."


class Rendering:
    """One rendition of a session. ``begin`` gives the stream from a segment on; ``recover`` tells whether, after a
    failure, another attempt makes sense, having changed what ``begin`` gives.

    ``changed`` is the condition of the session: whoever calls a method here does not hold it.
    """

    def __init__(
        self,
        folder: Path,
        borders: Sequence[float],
        changed: threading.Condition,
        *,
        begin: Callable[[int], Stream],
        recover: Callable[[Run], bool],
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._most_bytes = most_bytes
        self.borders = borders
        self._folder = folder
        self._changed = changed
        self._begin = begin
        self._recover = recover
        self._sizes: dict[int, int] = {}
        self._asked = 0
        self._run: Run | None = None
        self._is_closed = False

    @property
    def count(self) -> int:
        """How many segments there are."""
        return len(self.borders) - 1

    @property
    def run(self) -> Run | None:
        """The ffmpeg at work, or the last one."""
        return self._run

    def number_at(self, seconds: float) -> int:
        """The segment in which a moment lies."""
        return next((number for number in range(self.count) if seconds < self.borders[number + 1]), self.count - 1)

    def prepare(self, number: int) -> None:
        """Begin to make a segment, and those after it, without waiting for it."""
        with self._changed:
            self._asked = number
            self._ensure(number)

    def init(self, number: int) -> Path:
        """What players need first: made by whatever ffmpeg is at work, else by one at a segment of about this number.

        Raises like ``segment``.
        """
        place = self._folder / "init.mp4"
        self._await(place.exists, number, by_any=True)
        return place

    def segment(self, number: int) -> Path:
        """A segment as a file, made if need be.

        Raises ``NotFound`` if there is none of this number or the session ended, ``Conflict`` if it cannot be made, and
        ``TransientFailure`` if it is not ready in time.
        """
        if not 0 <= number < self.count:
            raise NotFound("The film has no such part.")
        self._await(lambda: number in self._sizes, number)
        return self._folder / f"{number}.m4s"

    def stop(self, *, for_good: bool) -> Run | None:
        """End the ffmpeg at work, if any, and return it; call with the condition held."""
        self._is_closed |= for_good
        if self._run is not None:
            self._run.stop()
        self._changed.notify_all()
        return self._run

    def _await(self, is_there: Callable[[], bool], number: int, *, by_any: bool = False) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        with self._changed:
            if not by_any:
                self._asked = number
            mine: Run | None = None
            while not is_there():
                if self._is_closed:
                    raise NotFound(_GONE)
                if mine is not None and self._run is not mine and not self._covers(number):
                    raise TransientFailure(_ELSEWHERE)
                if not by_any or self._run is None or self._run.ended:
                    self._ensure(number)
                if not by_any:
                    mine = self._run
                if time.monotonic() > deadline:
                    raise TransientFailure(_SLOW)
                self._changed.wait(max(0.0, min(0.5, deadline - time.monotonic())))
            self._changed.notify_all()

    def _ensure(self, number: int) -> None:
        """Let an ffmpeg be at work that comes to a segment soon; raises ``Conflict`` or ``NotFound`` if none can."""
        run = self._run
        if number in self._sizes or (run is not None and not run.ended and self._covers(number)):
            return
        if run is not None and run.ended and not run.is_stopped and self._is_next_of(run, number):
            if run.error is None:
                raise NotFound("The film ends before this part.")
            if not self._recover(run):
                told = Conflict(_WRONG_INDEX if run.is_out_of_step else _BROKEN)
                raise run.error if isinstance(run.error, StorageError) else told
        if run is not None:
            run.stop()
        self._run = Run(
            self._begin(number),
            number,
            self.borders,
            self._folder,
            self._changed,
            made=self._note,
            may_go_on=self._may_go_on,
        )
        self._run.start()

    def _covers(self, number: int) -> bool:
        return self._run is not None and not self._run.ended and self._is_next_of(self._run, number)

    def _is_next_of(self, run: Run, number: int) -> bool:
        """Whether a segment is what an ffmpeg makes next, or soon."""
        return run.at <= number and self.borders[number] - self.borders[min(run.at, self.count)] <= _NEAR_SECONDS

    def _note(self, number: int, size: int) -> None:
        """A segment was made; what is too much goes, that which is farthest from what is watched first."""
        self._sizes[number] = size
        here = self.borders[self._asked]
        while sum(self._sizes.values()) > self._most_bytes and len(self._sizes) > 2:
            farthest = max(
                self._sizes,
                key=lambda one: abs(self.borders[one] - here) * (2 if one < self._asked else 1) * (one != number),
            )
            self._forget(farthest)
        for old in [one for one in self._sizes if self.borders[one + 1] < here - 4 * _BEHIND_SECONDS]:
            self._forget(old)

    def _forget(self, number: int) -> None:
        (self._folder / f"{number}.m4s").unlink(missing_ok=True)
        del self._sizes[number]

    def _may_go_on(self, at: int) -> bool:
        if at <= self._asked + 1:
            return True
        ahead = sum(size for number, size in self._sizes.items() if number >= self._asked)
        return (
            self.borders[min(at, self.count)] - self.borders[self._asked] < _AHEAD_SECONDS
            and ahead < self._most_bytes / 2
        )
