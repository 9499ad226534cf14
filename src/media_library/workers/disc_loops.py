"""The loops around the drives: one that watches them, and several that rip."""

import logging
import sys
import threading
import time
from dataclasses import replace

from media_library.adapters import notifications
from media_library.adapters.disc_images import DiscImages
from media_library.adapters.diskutil import Diskutil
from media_library.adapters.lsblk import Lsblk
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.disc_monitor import DiscMonitor, DriveSource
from media_library.errors import MediaLibraryError
from media_library.ripper import Ripper
from media_library.services.disc_desk import StateDiscDesk
from media_library.services.media_root import MediaRoot
from media_library.services.rip_desk import StateRipDesk
from media_library.workers.base import Loop
from media_library.workers.rip_worker import RipWorker

log = logging.getLogger(__name__)

_RIP_WORKERS = 4
"""As many rips as can ever run side by side; a preference says how many do."""


def disc_loops(settings: Settings, state: AppState, media_root: MediaRoot) -> list[Loop]:
    """The loops of the disc monitor and of the rip workers."""
    monitor = DiscMonitor(drive_sources(settings), StateDiscDesk(settings, state))
    watch = DriveWatch(monitor, state, settings.disc_detection.check_interval_seconds)
    desk = StateRipDesk(settings, state, media_root, notifications.notify)
    ripper = Ripper(settings, media_root)
    workers = [RipWorker(f"rip {number}", desk, ripper) for number in range(1, _RIP_WORKERS + 1)]
    return [Loop("disc monitor", watch.step), *(Loop(worker.name, worker.step) for worker in workers)]


def drive_sources(settings: Settings) -> list[DriveSource]:
    """Who knows the drives of this machine: its system, and the folder of disc images if there is one."""
    sources: list[DriveSource] = [Diskutil() if sys.platform == "darwin" else Lsblk()]
    if settings.disc_images is not None:
        sources.append(DiscImages(settings.disc_images, settings.data_directory / "ejected-images.json"))
    return sources


class DriveWatch:
    """Polls the drives and carries out what people asked of them in between."""

    def __init__(self, monitor: DiscMonitor, state: AppState, interval_seconds: float) -> None:
        self._monitor = monitor
        self._state = state
        self._interval_seconds = interval_seconds

    def step(self, stop: threading.Event) -> None:
        """Poll once, then wait for the next poll or for somebody who wants a disc out."""
        next_poll = time.monotonic() + self._interval_seconds
        self._monitor.poll()
        while not stop.is_set() and (left := next_poll - time.monotonic()) > 0:
            wanted = self._state.take_wanted_ejects()
            for drive_id in wanted:
                self._eject(drive_id)
            if wanted:
                return
            self._state.wait_for_change(stop, left)

    def _eject(self, drive_id: str) -> None:
        try:
            self._monitor.eject(drive_id)
        except MediaLibraryError as error:
            log.warning("%s was not ejected: %s", drive_id, error)
            drive = self._state.find_drive(drive_id)
            if drive is not None:
                self._state.save_drive(replace(drive, message=str(error)))
