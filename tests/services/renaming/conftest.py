"""The library of the tests of renaming."""

from pathlib import Path

import pytest

from media_library.app_state import AppState
from tests.services.renaming.house import House


@pytest.fixture
def house(tmp_path: Path, state: AppState) -> House:
    """An empty library."""
    return House(tmp_path, state)
