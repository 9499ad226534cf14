"""A house of music and the services that know it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.app_state import AppState
from tests.internet.music import MusicWorld, music_world
from tests.music_house import MusicHouse, music_house


@pytest.fixture
def world() -> Iterator[MusicWorld]:
    with music_world() as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, state: AppState, world: MusicWorld) -> Iterator[MusicHouse]:
    with music_house(tmp_path, state, world) as house:
        yield house
