"""Carries live events from the outbox to the browsers: whatever process wrote them, in the order of their writing."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from media_library.app_state import AppState
from media_library.events import JobProgressed, RipProgress, StoredEvent

_WAIT_SECONDS = 1.0
_BATCH = 500
_CHECK_SECONDS = 20.0


class EventRelay:
    """Reads what was written after the last event that it carried.

    ``emit`` gets name, payload and room; ``check`` is called now and then to cut off those whose session ran out.
    """

    def __init__(
        self,
        state: AppState,
        emit: Callable[[str, Mapping[str, Any], str], None],
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._state = state
        self._emit = emit
        self._check = check
        self._checked_at = time.monotonic()
        self._last: int | None = None

    def step(self, stop: threading.Event) -> None:
        """Carry what is there, then wait for more."""
        if self._last is None:
            newest = self._state.events_after(None)
            self._last = newest[0].id if newest else 0
        while events := self._state.events_after(self._last, _BATCH):
            for event in events:
                self._last = event.id  # first, so that an event that cannot be carried is not tried for ever
                self._emit(event.name, payload_of(event), event.room)
        if time.monotonic() - self._checked_at > _CHECK_SECONDS:
            self._checked_at = time.monotonic()
            self._check()
        self._state.wait_for_change(stop, _WAIT_SECONDS)


def payload_of(event: StoredEvent) -> dict[str, Any]:
    """The payload as browsers get it: the step of a rip as the REST answer has it."""
    payload: dict[str, Any] = json.loads(event.payload)
    if event.name in (RipProgress.name, JobProgressed.name):
        current, total = payload.pop("step"), payload.pop("steps")
        payload["step"] = {"current": current, "total": total} if total > 1 else None
    return payload
