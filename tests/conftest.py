"""What many tests stand on: a state of their own, and ways to wait for a condition."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from media_library.app_state import AppState
from media_library.models.library import Library, LibraryKind
from media_library.models.media import Media, MediaFile

T = TypeVar("T")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[AppState]:
    """A fresh state file."""
    state = AppState.open(tmp_path / "state" / "media-library.db")
    yield state
    state.close()


@pytest.fixture
def films(state: AppState) -> Library:
    """The library of films."""
    return state.ensure_library(LibraryKind.MOVIES, "Films", "movies")


def file_of(media: Media) -> MediaFile:
    """The file of an item that has one."""
    assert media.file is not None
    return media.file


def wait_for(condition: Callable[[], T | None], *, seconds: float = 10.0) -> T:
    """Ask ``condition`` until its answer is true; fails after ``seconds``."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            name = getattr(condition, "__qualname__", condition)
            raise AssertionError(f"{name} did not come true within {seconds} s")
        time.sleep(0.02)
