"""The work process: its loops and what they stand on."""

import threading

from media_library.config import Settings
from media_library.services import tool_check
from media_library.services.maintenance import Maintenance
from media_library.services.media_root import MediaRoot
from media_library.services.state_file import open_state
from media_library.workers.base import Crew, Loop
from media_library.workers.disc_loops import disc_loops

_GRACE_SECONDS = 4.5


def work(settings: Settings, stop: threading.Event, *, discs: bool, housekeeping: bool) -> None:
    """Run the loops until ``stop`` is set: the drives and the rips if ``discs``, the chores if ``housekeeping``."""
    state = open_state(settings)
    media_root = MediaRoot(settings, state)
    loops: list[Loop] = []
    if housekeeping:
        loops.append(Loop("maintenance", Maintenance(state, media_root).step))
    if discs:
        loops += disc_loops(settings, state, media_root)
    Crew("work", settings, loops).work(stop, look_for_tools=tool_check.check_tools, grace_seconds=_GRACE_SECONDS)
    state.close()
