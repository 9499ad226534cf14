"""The work process: its loops and what they stand on."""

import threading

from media_library.config import Settings
from media_library.models.job import CONTENT_KINDS, LIBRARY_KINDS, JobKind
from media_library.services import tool_check
from media_library.services.maintenance import Maintenance
from media_library.services.media_root import MediaRoot
from media_library.services.publishing import Publishing
from media_library.services.renaming import Batches
from media_library.services.state_file import open_state
from media_library.workers.base import Crew, Loop
from media_library.workers.content_loops import content_loops
from media_library.workers.disc_loops import disc_loops
from media_library.workers.library_loops import library_loops

_GRACE_SECONDS = 4.5


def work(settings: Settings, stop: threading.Event, *, discs: bool, housekeeping: bool) -> None:
    """Run the loops until ``stop`` is set: drives and rips if ``discs``, content and chores if ``housekeeping``.

    What an earlier run left behind is settled first: this process is the only one that does such jobs.
    """
    state = open_state(settings)
    media_root = MediaRoot(settings, state)
    loops: list[Loop] = []
    kinds = (CONTENT_KINDS | LIBRARY_KINDS if housekeeping else frozenset()) | (
        frozenset({JobKind.RIP}) if discs else frozenset()
    )
    state.recover_jobs(all_of_them=True, kinds=kinds)
    Publishing(state, media_root).recover()
    Batches(state, media_root).recover()
    if housekeeping:
        loops.append(Loop("maintenance", Maintenance(state, media_root).step))
        loops += content_loops(settings, state, media_root)
        loops += library_loops(settings, state, media_root)
    if discs:
        loops += disc_loops(settings, state, media_root)
    Crew("work", settings, loops).work(stop, look_for_tools=tool_check.check_tools, grace_seconds=_GRACE_SECONDS)
    state.close()
