"""A running server, shared by the tests of one file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web_server.running import Server, running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all tests of a file; what a test needs of its own it adds."""
    folder: Path = tmp_path_factory.mktemp("house")
    with running(folder) as server:
        yield server
