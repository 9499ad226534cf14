"""Keeps a Mac awake while something long goes on."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from media_library.adapters import process
from media_library.errors import MediaLibraryError

log = logging.getLogger(__name__)


@contextmanager
def keep_awake() -> Iterator[None]:
    """Keep the machine from sleeping; does nothing on other systems.

    A process beside the work, not around it: caffeinate drops the DYLD variables that a child may need. It watches
    this program (``-w``), so that it ends with it whatever happens.
    """
    with ExitStack() as stack:
        if sys.platform == "darwin":
            try:
                stack.enter_context(process.start(command(os.getpid())))
            except MediaLibraryError as error:
                log.info("The machine may fall asleep during the work: %s", error)
        yield


def command(pid: int) -> list[str]:
    """Neither the system (``-i``) nor the disk (``-m``) sleeps while the process ``pid`` lives."""
    return ["caffeinate", "-i", "-m", "-w", str(pid)]
