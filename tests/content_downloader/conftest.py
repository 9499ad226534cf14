"""A house that fetches, and the site from which it may."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.app_state import AppState
from tests.fetching import FetchHouse, fetch_house
from tests.internet import Site, serve


@pytest.fixture
def web() -> Iterator[Site]:
    """A site on loopback."""
    with serve() as site:
        yield site


@pytest.fixture
def house(tmp_path: Path, state: AppState, web: Site) -> Iterator[FetchHouse]:
    """A house whose admin allowed the site."""
    with fetch_house(tmp_path, state, web.authority) as house:
        yield house
