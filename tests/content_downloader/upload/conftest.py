"""A house for the tests of uploads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routes.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The web app with an admin and a member."""
    house = House(tmp_path)
    yield house
    house.close()
