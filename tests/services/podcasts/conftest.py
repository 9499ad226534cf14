"""A house that follows podcasts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.podcasting import House, podcast_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house that follows nothing yet."""
    with podcast_house(tmp_path) as house:
        yield house
