"""Renaming on a file system that does not tell case and Unicode forms apart (threat 62): a real one, made for this."""

import ctypes
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.adapters import durable
from media_library.app_state import AppState
from media_library.models.preferences import NamingPreferences
from tests.services.renaming.house import House, no_report, stories

FAKE = Path(__file__).resolve().parents[2] / "fakes" / "case_blind_fs.py"


@pytest.fixture
def blind(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system like APFS."""
    (tmp_path / "real").mkdir()
    place = tmp_path / "blind"
    place.mkdir()
    if os.geteuid() != 0 or not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("only root can mount the file system that emulates APFS")
    server = subprocess.Popen([sys.executable, FAKE, tmp_path / "real", place], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    if server.stdout.readline() != "mounted\n":
        server.wait()
        pytest.skip("the file system that emulates APFS cannot be mounted here")
    try:
        yield place
    finally:
        ctypes.CDLL(None).umount2(str(place).encode(), 2)
        server.wait(10)
        server.stdout.close()


@pytest.fixture
def house(blind: Path, state: AppState) -> House:
    """A library on it."""
    return House(blind, state)


def spelled(house: House) -> list[str]:
    """The files as they are spelled on the disk."""
    return house.files()


def test_threat_62_the_file_system_is_blind_to_case_and_form(blind: Path) -> None:
    (blind / "Amélie").write_text("one")
    assert (blind / unicodedata.normalize("NFD", "AMÉLIE")).read_text() == "one"
    assert [path.name for path in blind.iterdir()] == ["Amélie"]


def test_threat_62_a_file_that_only_changes_its_case_changes_it(house: House) -> None:
    house.prefer(naming=NamingPreferences(movie="{title}"))
    film = house.film("Alien", None, "movies/ALIEN.mkv")
    house.write("movies/ALIEN.srt")
    batch = house.apply(film)
    assert house.problems(batch) == []
    assert spelled(house) == ["movies/Alien.mkv", "movies/Alien.srt"]
    assert house.path(film) == "movies/Alien.mkv"
    house.undo(batch)
    assert spelled(house) == ["movies/ALIEN.mkv", "movies/ALIEN.srt"]


def test_threat_62_two_spellings_are_one_name_and_nothing_is_overwritten(house: House) -> None:
    house.prefer(naming=NamingPreferences(movie="{title}"))
    films = [house.film("Straße", None, "movies/a.mkv"), house.film("STRASSE", None, "movies/b.mkv")]
    films += [house.film(unicodedata.normalize("NFD", "amélie"), None, "movies/c.mkv")]
    house.write("movies/AMÉLIE.mkv", b"theirs")
    told = stories(house, films)
    batch = house.apply()
    assert batch.problems == 2
    assert stories(house, films) == told
    assert (house.root / "movies/AMÉLIE.mkv").read_bytes() == b"theirs"
    assert len(spelled(house)) == 4


def test_threat_62_a_swap_of_spellings_between_two_files(house: House) -> None:
    house.prefer(naming=NamingPreferences(movie="{title}"))
    films = [house.film("FILE", None, "movies/other.mkv"), house.film("other", None, "movies/file.mkv")]
    told = stories(house, films)
    batch = house.apply()
    assert house.problems(batch) == []
    assert spelled(house) == ["movies/FILE.mkv", "movies/other.mkv"]
    assert stories(house, films) == told
    house.undo(batch)
    assert spelled(house) == ["movies/file.mkv", "movies/other.mkv"]
    assert stories(house, films) == told


def test_threat_62_a_folder_that_only_changes_its_case_changes_it_with_all_that_is_in_it(house: House) -> None:
    episodes = [
        house.episode("The Office", 1, number, f"shows/the office/season 01/The Office - S01E0{number}.mkv")
        for number in (1, 2)
    ]
    house.write("shows/the office/poster.jpg")
    told = stories(house, episodes)
    batch = house.apply()
    assert house.problems(batch) == []
    assert spelled(house) == [
        "shows/The Office/Season 01/The Office - S01E01.mkv",
        "shows/The Office/Season 01/The Office - S01E02.mkv",
        "shows/The Office/poster.jpg",
    ]
    assert [house.path(one) for one in episodes] == spelled(house)[:2]
    assert stories(house, episodes) == told
    assert house.plan().count == 0
    house.undo(batch)
    assert spelled(house) == [
        "shows/the office/poster.jpg",
        "shows/the office/season 01/The Office - S01E01.mkv",
        "shows/the office/season 01/The Office - S01E02.mkv",
    ]
    assert stories(house, episodes) == told


def test_threat_62_a_broken_off_change_of_case_is_finished_and_never_takes_the_file_away(house: House) -> None:
    house.write("movies/a/film.mkv", b"film")
    place = house.root / "movies"
    for source, target in (("a/film.mkv", "A/film.mkv"), ("a/film.mkv", "a/FILM.mkv"), ("A/FILM.mkv", "a/Film.mkv")):
        durable.finish_move(place / source, place / target)
        durable.finish_move(place / source, place / target)
        assert (place / target).read_bytes() == b"film"
    assert len(spelled(house)) == 1


def test_threat_62_a_batch_that_was_planned_on_one_spelling_holds_on_another(house: House) -> None:
    film = house.film("Alien", 1979, "movies/x/alien.mkv")
    batch = house.plan(film)
    (house.root / "movies/x").rename(house.root / "movies/X")
    house.batches.apply(batch.id, no_report)
    assert spelled(house) == ["movies/Alien (1979)/Alien (1979).mkv"]
