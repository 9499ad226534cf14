"""Which folders may become library folders: each refusal has its reason, whatever the folder is called."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from media_library.config import Paths, Settings
from media_library.errors import InvalidInput
from media_library.services.library_roots import checked_root, may_be_shown


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "own/data/artwork").mkdir(parents=True)
    return Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "own/data")))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A folder that is a library already."""
    folder = tmp_path / "m/lib"
    (folder / "inner").mkdir(parents=True)
    return folder


RELATIONS: dict[str, tuple[Callable[[Path], str], str]] = {
    "the top": (lambda tmp: "/", "system"),
    "the top by another name": (lambda tmp: "/../..", "system"),
    "a folder of the system": (lambda tmp: "/etc", "system"),
    "within a folder of the system": (lambda tmp: "/usr/share", "system"),
    "the processes": (lambda tmp: "/proc/self", "system"),
    "the data folder": (lambda tmp: str(tmp / "own/data"), "its own files"),
    "within the data folder": (lambda tmp: str(tmp / "own/data/artwork"), "its own files"),
    "above the data folder": (lambda tmp: str(tmp / "own"), "its own files"),
    "the program": (lambda tmp: str(Path(__file__).resolve().parents[2] / "src"), "its own files"),
    "the Python of the program": (lambda tmp: sys.prefix, "system|its own files"),
    "a library": (lambda tmp: str(tmp / "m/lib"), "within each other"),
    "within a library": (lambda tmp: str(tmp / "m/lib/inner"), "within each other"),
    "above a library": (lambda tmp: str(tmp / "m"), "within each other"),
    "a link to the data folder": (lambda tmp: str(tmp / "to-data"), "its own files"),
    "a link to a library": (lambda tmp: str(tmp / "to-lib"), "within each other"),
    "through a link above": (lambda tmp: str(tmp / "to-m/lib/inner"), "within each other"),
    "a link to the top": (lambda tmp: str(tmp / "to-top"), "system"),
    "what is not there": (lambda tmp: str(tmp / "nowhere"), "cannot be read"),
    "a file": (lambda tmp: str(tmp / "file"), "cannot be read"),
    "a link in a circle": (lambda tmp: str(tmp / "circle"), "cannot be read"),
    "a relative path": (lambda tmp: "films", "whole path"),
    "a path with a null": (lambda tmp: "/mnt\0/films", "whole path"),
}


@pytest.mark.parametrize("relation", RELATIONS)
def test_threat_64_a_folder_that_must_not_be_a_library_is_refused_with_the_reason(
    settings: Settings, library: Path, tmp_path: Path, relation: str
) -> None:
    (tmp_path / "to-data").symlink_to(tmp_path / "own/data")
    (tmp_path / "to-lib").symlink_to(library)
    (tmp_path / "to-m").symlink_to(tmp_path / "m")
    (tmp_path / "to-top").symlink_to("/")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "file").touch()
    path, reason = RELATIONS[relation]
    with pytest.raises(InvalidInput, match=reason) as refusal:
        checked_root(path(tmp_path), settings, [library])
    assert refusal.value.field == "path"


def test_threat_59_a_folder_whose_name_begins_like_that_of_a_library_is_another_one(
    settings: Settings, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "m/lib-private").mkdir()
    assert checked_root(str(tmp_path / "m/lib-private"), settings, [library]) == tmp_path / "m/lib-private"


def test_links_are_resolved_once_and_for_all(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert checked_root(str(tmp_path / "link"), settings, []) == tmp_path / "real"


def test_folders_of_the_system_and_of_the_program_are_not_offered(settings: Settings, tmp_path: Path) -> None:
    assert not may_be_shown(Path("/etc"), settings)
    assert not may_be_shown(tmp_path / "own/data/artwork", settings)
    assert may_be_shown(tmp_path / "own", settings)
