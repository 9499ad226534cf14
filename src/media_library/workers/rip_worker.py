"""Rips: takes the next job from the rip desk, and tells it how the job ended."""

import logging
import threading

from media_library.adapters import caffeinate
from media_library.errors import Conflict, DiscUnreadable, MediaLibraryError, Stopped, ToolFailed
from media_library.ripper import RipDesk, RipOrder, Ripper

log = logging.getLogger(__name__)


class RipWorker:
    """One of several that work side by side. It knows its jobs only through the desk."""

    def __init__(self, name: str, desk: RipDesk, ripper: Ripper) -> None:
        self.name = name
        self._desk = desk
        self._ripper = ripper

    def step(self, stop: threading.Event) -> None:
        """Do the next job, or wait until there may be one."""
        order = self._desk.claim(self.name)
        if order is None:
            self._desk.wait(stop)
            return
        try:
            with caffeinate.keep_awake():
                self._rip(order, stop)
        except Conflict:
            log.info("Job %s was cancelled or taken over; nothing of it is left", order.job_id)

    def _rip(self, order: RipOrder, stop: threading.Event) -> None:
        try:
            self._ripper.rip(order, self._desk, stop)
        except Conflict:
            # a job that still runs under this token was not cancelled: then it is the job that failed
            self._desk.require_running(order)
            self._desk.fail(order, "The name in the library was taken meanwhile. Retry the rip.", ())
        except Stopped:
            self._desk.give_back(order)
        except MediaLibraryError as error:
            log.warning("Job %s failed: %s", order.job_id, error)
            lines = error.output if isinstance(error, ToolFailed | DiscUnreadable) else ()
            self._desk.fail(order, str(error), lines)
        else:
            self._desk.finish(order)
