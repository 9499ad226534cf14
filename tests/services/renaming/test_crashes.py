"""The program is killed before each single change to the disk: nothing is lost, doubled or left half (threat 144)."""

import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.models.media import MediaNames, MediaType
from media_library.models.preferences import NamingPreferences
from media_library.models.rename import RenameScope, RenameState
from tests.services.renaming.house import House, no_report

CHANGES = frozenset({"os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "open"})
BEFORE = ["movies/A.en.srt", "movies/A.mkv", "movies/B.mkv", "movies/old/film.mkv", "movies/old/film.nfo"]
BEFORE += ["movies/old/poster.jpg", "movies/old/trailers/t.mkv"]
KEPT = {"film", "trailer", "a", "b", "srt", "nfo", "poster"}


class Scene:
    """Two films that swap their names, and one in a folder of its own with all that belongs to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.house = self.open()
        self.house.prefer(naming=NamingPreferences(movie="<{year}/>{title}"))
        film = self.house.add(MediaType.MOVIE, MediaNames("Film", 1990), "movies/old/film.mkv", content=b"film")
        self.house.add(
            MediaType.EXTRA, MediaNames("T"), "movies/old/trailers/t.mkv", content=b"trailer", parent_id=film.id
        )
        self.house.add(MediaType.MOVIE, MediaNames("B"), "movies/A.mkv", content=b"a")
        self.house.add(MediaType.MOVIE, MediaNames("A"), "movies/B.mkv", content=b"b")
        self.house.write("movies/A.en.srt", b"srt")
        self.house.write("movies/old/film.nfo", b"nfo")
        self.house.write("movies/old/poster.jpg", b"poster")
        self.batch = self.house.plan().id

    def open(self) -> House:
        return House(self.folder, AppState.open(self.folder / "state.db"))

    def apply(self, house: House) -> None:
        """Carry the batch out."""
        house.batches.apply(self.batch, no_report)

    def undo(self, house: House) -> None:
        """Take the batch back."""
        house.batches.undo(self.batch, no_report)

    def in_child(self, work: Callable[[House], None], before: Callable[[str], None]) -> bool:
        """Do that in a child process, ``before`` each change to the disk; true if it was killed."""
        self.house.state.close()  # SQLite must not be carried over into a child
        child = os.fork()
        if child == 0:
            try:
                house = self.open()
                root = str(house.root)

                def hook(event: str, arguments: tuple[object, ...]) -> None:
                    if event in CHANGES and root in str(arguments[0]):
                        before(event)

                sys.addaudithook(hook)
                work(house)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        self.house = self.open()
        return os.WIFSIGNALED(status)

    def check(self) -> None:
        """After a start everything is at one of its two places, with what belongs to it, and the rows know where."""
        self.house.batches.recover()
        assert self.house.state.half_rename_steps() == []
        contents = [(self.house.root / path).read_text() for path in self.house.files()]
        assert sorted(contents) == sorted(KEPT)
        for media_id in chain.from_iterable(self.house.state.media_to_rename(RenameScope())):
            media = self.house.state.media(media_id)
            assert media.file is not None
            said = {"Film": "film", "T": "trailer", "B": "a", "A": "b"}[media.names.title]
            assert (self.house.root / media.file.path).read_text() == said
        names = {(self.house.root / path).read_text(): path for path in self.house.files()}
        places = {text: Path(path).parent for text, path in names.items()}
        assert places["film"] == places["nfo"] == places["poster"]
        # a folder that films share has no folders of extras
        assert places["trailer"] in (places["film"], places["film"] / "trailers")
        if "/." not in names["a"]:  # under a hidden name each has a number
            assert names["srt"] == names["a"].removesuffix(".mkv") + ".en.srt"


def killing_at(number: int) -> Callable[[str], None]:
    """Kills the process before the ``number``-th change."""
    counted = iter(range(1, 100_000))

    def before(event: str) -> None:
        if next(counted) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return before


def scenes(folder: Path) -> Iterator[tuple[int, Scene]]:
    for number in range(1, 400):
        yield number, Scene(folder / str(number))


@pytest.mark.timeout(110)
def test_threat_144_a_kill_before_any_change_of_a_batch_loses_nothing_and_the_batch_goes_on(tmp_path: Path) -> None:
    for number, scene in scenes(tmp_path):
        was_killed = scene.in_child(scene.apply, killing_at(number))
        scene.check()
        if not was_killed:
            break
        state = scene.house.state.rename(scene.batch).state
        assert state in (RenameState.RUNNING, RenameState.DONE)
        scene.house.batches.apply(scene.batch, no_report)
        scene.check()
        assert scene.house.state.rename(scene.batch).problems == 0
        assert {"movies/A.mkv", "movies/B.mkv", "movies/B.en.srt"} <= set(scene.house.files())
        assert "movies/1990/Film.mkv" in scene.house.files()
        scene.house.batches.undo(scene.batch, no_report)
        assert scene.house.files() == sorted(BEFORE)
        scene.house.state.close()
    assert number > 30, "there were that many points to be killed at"


@pytest.mark.timeout(110)
def test_threat_144_a_kill_before_any_change_of_the_way_back_loses_nothing(tmp_path: Path) -> None:
    for number, scene in scenes(tmp_path):
        scene.house.batches.apply(scene.batch, no_report)
        was_killed = scene.in_child(scene.undo, killing_at(number))
        scene.check()
        scene.house.batches.undo(scene.batch, no_report)
        assert scene.house.files() == sorted(BEFORE), number
        assert scene.house.state.rename(scene.batch).problems == 0
        scene.house.state.close()
        if not was_killed:
            break
    assert number > 30


@pytest.mark.timeout(110)
def test_threat_144_kills_at_random_moments_in_a_row(tmp_path: Path) -> None:
    chosen = random.Random(7)
    scene = Scene(tmp_path / "scene")
    for turn in range(30):
        deadline = time.monotonic() + chosen.random() * 0.03

        def before(event: str, deadline: float = deadline) -> None:
            if time.monotonic() > deadline:
                os.kill(os.getpid(), signal.SIGKILL)

        scene.in_child(scene.undo if turn % 2 else scene.apply, before)
        scene.check()
        if scene.house.state.rename(scene.batch).state is RenameState.UNDONE:
            scene.batch = scene.house.plan().id


def test_a_step_that_somebody_is_in_the_middle_of_is_left_to_them(tmp_path: Path) -> None:
    scene = Scene(tmp_path / "scene")
    in_the_middle, told = os.pipe()
    go_on, tell = os.pipe()
    scene.house.state.close()
    child = os.fork()
    if child == 0:
        house = scene.open()
        root = str(house.root)

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if event == "os.remove" and root in str(arguments[0]):
                os.write(told, b"x")
                os.read(go_on, 1)

        sys.addaudithook(hook)
        scene.apply(house)
        os._exit(0)
    assert os.read(in_the_middle, 1) == b"x"
    scene.house = scene.open()
    assert len(scene.house.state.half_rename_steps()) == 1
    recovering = threading.Thread(target=scene.house.batches.recover)
    recovering.start()
    for _ in range(100):
        os.write(tell, b"x")
    assert os.waitpid(child, 0)[1] == 0
    recovering.join()
    scene.check()
    assert scene.house.state.rename(scene.batch).problems == 0
    assert "movies/1990/Film.mkv" in scene.house.files()
