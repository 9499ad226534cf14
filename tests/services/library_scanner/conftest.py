"""A house to scan, and real media of a few kilobytes to put into it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from media_library.models.library import LibraryFolder, LibraryKind
from tests.fixtures.tools import run
from tests.scanning import House, house_in

Put = Callable[..., Path]

_PADDING = {
    ".mkv": b"\xec\xe4",  # an EBML element "Void" of 100 bytes
    ".mp4": (108).to_bytes(4) + b"free",
    ".mp3": b"",
    ".flac": b"",
}
"""What stands before a hundred bytes that players pass over."""


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A film and a track, each a second long, by their suffix."""
    folder = tmp_path_factory.mktemp("tiny")
    picture = ("-f", "lavfi", "-i", "testsrc=s=64x36:d=1:r=10", "-f", "lavfi", "-i", "sine=d=1:r=8000")
    codecs = ("-c:v", "mpeg4", "-c:a", "aac")
    for name in ("film.mkv", "film.mp4"):
        run(["ffmpeg", "-v", "error", "-y", *picture, *codecs, "-shortest", name], cwd=folder)
    tags = ("-metadata", "title=Low Water", "-metadata", "artist=Juniper", "-metadata", "album=Tides")
    for name in ("track.mp3", "track.flac"):
        run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=1:r=8000", *tags, name], cwd=folder)
    return {path.suffix: path for path in folder.iterdir()}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house in which files count as settled at once."""
    house = house_in(tmp_path)
    yield house
    house.state.close()


@pytest.fixture
def films(house: House, tmp_path: Path) -> LibraryFolder:
    """A library of films in a folder elsewhere, ``tmp_path / "films"``."""
    (tmp_path / "films").mkdir()
    return house.add(LibraryKind.MOVIES, tmp_path / "films")


@pytest.fixture
def put(tiny: dict[str, Path]) -> Put:
    """Writes a real film or track to a path; a ``salt`` makes its content one of its own, ``False`` leaves it so."""

    def write(path: Path, *, salt: str | bool = True) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(tiny[path.suffix], path)
        if salt:
            words = (path.name if salt is True else salt).encode()[:100].ljust(100, b".")
            with path.open("ab") as file:
                file.write(_PADDING[path.suffix] + words)
        return path

    return write
