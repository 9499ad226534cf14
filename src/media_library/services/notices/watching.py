"""Watches the house: loops that keep failing, and volumes that are nearly full."""

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

from media_library.app_state import AppState
from media_library.errors import StorageError
from media_library.models.notice import NoticeFacts, Topic
from media_library.services.health import LoopHealth
from media_library.services.media_root import MediaRoot

_TURN_SECONDS = 15.0
_WINDOW_SECONDS = 600.0
_MANY_RESTARTS = 3
_LEAST_BYTES = 10 << 30
_LEAST_FRACTION = 0.05
_ENOUGH = 1.25
_LONGEST_ERROR = 300


class HouseWatch:
    """Looks every few seconds. ``loops`` tells how the loops are, ``folder`` lies on the volume of the state."""

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        folder: Path,
        loops: Callable[[], tuple[LoopHealth, ...]],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._folder = folder
        self._loops = loops
        self._clock = clock
        self._restarts: dict[str, tuple[float, int]] = {}
        self._roomy: set[str] = set()

    def step(self, stop: threading.Event) -> None:
        """Look once, then wait."""
        for loop in self._loops():
            self._look_at_loop(loop)
        self._look_at_room()
        stop.wait(_TURN_SECONDS)

    def _look_at_loop(self, loop: LoopHealth) -> None:
        """Three restarts within ten minutes are no accident; after ten minutes without one it is well again."""
        since, before = self._restarts.setdefault(loop.name, (self._clock(), loop.restarts))
        fresh = loop.restarts - before
        if fresh >= _MANY_RESTARTS:
            facts = NoticeFacts(loop.name, (loop.error or "")[:_LONGEST_ERROR], page="/settings/about")
            self._state.add_notice(Topic.LANE_DIED, loop.name, facts)
        elif self._clock() - since < _WINDOW_SECONDS:
            return
        elif fresh == 0:
            self._state.forget_notice(Topic.LANE_DIED, loop.name)
        self._restarts[loop.name] = (self._clock(), loop.restarts)

    def _look_at_room(self) -> None:
        media_bytes = None
        try:
            free, media_bytes = self._media_root.space()
            self._judge("media", free, media_bytes)
        except StorageError:
            pass  # the drive is not there: that is another story, and told elsewhere
        usage = shutil.disk_usage(self._folder)
        if usage.total != media_bytes:  # a volume that holds both is told of once
            self._judge("state", usage.free, usage.total)

    def _judge(self, volume: str, free: int, total: int) -> None:
        threshold = min(_LEAST_BYTES, int(total * _LEAST_FRACTION))
        if free < threshold:
            facts = NoticeFacts(text=f"{free / 1e9:.1f} GB", kind=volume, page="/settings/storage")
            self._state.add_notice(Topic.DISK_FULL, volume, facts)
            self._roomy.discard(volume)
        elif free > threshold * _ENOUGH and volume not in self._roomy:
            self._roomy.add(volume)
            self._state.forget_notice(Topic.DISK_FULL, volume)
