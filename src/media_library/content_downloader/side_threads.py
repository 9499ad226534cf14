"""Runs calls that cannot be broken off, such as requests, on threads of their own, so that a cancel need not wait."""

import queue
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from media_library.errors import MediaLibraryError

T = TypeVar("T")

_TICK_SECONDS = 0.25


def side_by_side(calls: Sequence[Callable[[], T]], *, at_once: int, tick: Callable[[int], None]) -> list[T]:
    """The results of all calls, in their order; at most ``at_once`` run at a time.

    ``tick`` is told how many are done, at least four times a second; what it raises ends the wait: calls that have
    begun end by themselves, the others are not begun. An error of ours that a call raises is raised here.
    """
    waiting: queue.SimpleQueue[tuple[int, Callable[[], T]]] = queue.SimpleQueue()
    finished: queue.SimpleQueue[tuple[int, T | MediaLibraryError | OSError]] = queue.SimpleQueue()
    given_up = threading.Event()
    for entry in enumerate(calls):
        waiting.put(entry)

    def work() -> None:
        while not given_up.is_set():
            try:
                number, call = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                finished.put((number, call()))
            except (MediaLibraryError, OSError) as error:
                finished.put((number, error))

    for _ in range(min(at_once, len(calls))):
        threading.Thread(target=work, name="side", daemon=True).start()
    results: dict[int, T] = {}
    try:
        while len(results) < len(calls):
            tick(len(results))
            try:
                number, result = finished.get(timeout=_TICK_SECONDS)
            except queue.Empty:
                continue
            if isinstance(result, MediaLibraryError | OSError):
                raise result
            results[number] = result
    finally:
        given_up.set()
    return [results[number] for number in range(len(calls))]
