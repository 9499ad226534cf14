"""A lock between processes: one holds it, and a dead one lets it go."""

import os
import signal
import threading
from pathlib import Path

from media_library.adapters.file_lock import locked
from tests.conftest import wait_for


def test_a_lock_is_held_by_one_process_and_free_when_that_dies(tmp_path: Path) -> None:
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        with locked(tmp_path / "a" / "lock"):
            os.write(told, b"x")
            signal.pause()
        os._exit(0)
    assert os.read(ready, 1) == b"x"
    taken = threading.Event()

    def take() -> None:
        with locked(tmp_path / "a" / "lock"):
            taken.set()

    thread = threading.Thread(target=take)
    thread.start()
    assert not taken.wait(0.2)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    wait_for(taken.is_set)
    thread.join()
