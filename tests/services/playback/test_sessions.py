"""Sessions end by themselves, and leave nothing, whatever happens."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.adapters import process
from media_library.adapters.ffmpeg.hls import file_command, sandbox_of
from media_library.adapters.ffmpeg.recipe import Encoder, EncoderKind
from media_library.errors import StorageError
from media_library.models.media import MediaNames, MediaType
from media_library.models.playback_plan import Device, Hls, ReasonCode, VideoAbility, Wish
from media_library.services.playback import Session, Sessions, Watcher
from media_library.services.playback.encoders import Encoders
from media_library.services.playback.sources import Sources
from tests.conftest import wait_for
from tests.films import H264_AC3_MKV, film
from tests.routes.house import House

ROOT = Path(__file__).resolve().parents[3]
DEVICE = Device(frozenset({"mp4"}), (VideoAbility("h264"),), frozenset({"aac"}), Hls.MSE)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The web app."""
    house = House(tmp_path)
    yield house
    house.services.playback.sessions.end_all()
    house.close()


def begin(house: House, source: Path) -> Session:
    """A session of the member."""
    media = house.add(MediaType.MOVIE, MediaNames("Dune"), f"Dune/Dune{source.suffix}", source.read_bytes())
    user = house.people["ben"]
    watcher = Watcher(user.id, "Ben", user.epoch, None)
    session = house.services.playback.start(media, Wish(DEVICE), watcher, 0).session
    assert session is not None
    return session


def at_work(path: Path) -> list[int]:
    """The ffmpegs that read a file."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(path).encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


def test_a_session_of_which_nothing_is_heard_ends(house: House, tmp_path: Path) -> None:
    session = begin(house, film("a.mkv", *H264_AC3_MKV))
    folder, stop = tmp_path / "sessions", threading.Event()
    stop.set()
    sessions = Sessions(house.state, Sources(house.services.media_root), Encoders(), folder, lasts_seconds=0.3)
    silent = sessions.open(session.order, 0, 2)
    sessions.step(stop)
    assert sessions.list_sessions() == [silent]
    wait_for(lambda: silent.silent_seconds() > 0.3)
    sessions.step(stop)
    assert sessions.list_sessions() == []
    wait_for(lambda: not list(folder.iterdir()))


def test_a_request_and_a_sign_of_life_keep_a_session_alive(house: House) -> None:
    session = begin(house, film("a.mkv", *H264_AC3_MKV))
    for sign in (session.master, lambda: session.playlist("original"), lambda: session.init("original"), session.hear):
        wait_for(lambda: session.silent_seconds() > 0.05)
        before = time.monotonic()
        sign()
        assert session.silent_seconds() <= time.monotonic() - before


def test_what_a_killed_process_left_is_removed_at_the_start(house: House) -> None:
    folder = house.settings.data_directory / "cache" / "playback"
    (folder / "old" / "original").mkdir(parents=True)
    (folder / "old" / "original" / "0.m4s").write_bytes(b"x")
    house.services.playback.sessions.remove_left_overs()
    assert not folder.exists()
    assert begin(house, film("a.mkv", *H264_AC3_MKV)).segment("original", 0).is_file()


def test_ending_a_session_ends_its_ffmpeg(house: House) -> None:
    session = begin(house, film("a.avi", "-c:v", "mpeg4", "-c:a", "aac", seconds=200, size="64x36"))
    path = session.order.film.path
    wait_for(lambda: at_work(path))
    session.segment(session.order.plan.renditions[0].id, 0)
    session.end()
    assert wait_for(lambda: not at_work(path))


def test_threat_107_ffmpeg_does_not_outlive_a_killed_server(tmp_path: Path) -> None:
    path = tmp_path / "the-orphan.mkv"
    path.write_bytes(film("a.mkv", *H264_AC3_MKV, seconds=60, size="64x36").read_bytes())
    program = f"""
import os, signal
from pathlib import Path
from media_library.adapters.ffmpeg.hls import Start, streamed
from media_library.adapters.ffmpeg.recipe import Recipe
from media_library.adapters.ffmpeg.playback_probe import look_into
from media_library.services.playback.software import software_encoder
from media_library.models.playback_plan import VideoTarget
file = Path({str(path)!r})
target = VideoTarget("h264", 1920, 1080, 10**7)
recipe = Recipe(file, 60, look_into(file, "matroska").video, software_encoder(180), target)
for piece in streamed(recipe, Start(), Path({str(tmp_path)!r}), keyframe_seconds=2):
    print("going", flush=True)
    if piece is not None:
        os.kill(os.getpid(), signal.SIGKILL)
"""
    for _ in range(2):
        child = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True
        )
        assert child.returncode == -signal.SIGKILL and b"going" in child.stdout, child.stderr
        assert wait_for(lambda: not at_work(path), seconds=5)


def test_when_hardware_fails_the_processor_goes_on_and_it_is_said(house: House) -> None:
    session = begin(house, film("a.avi", "-c:v", "mpeg4", "-c:a", "aac", seconds=6, size="64x36"))
    broken = Encoder(EncoderKind.VAAPI, "h264_that_is_not_there")
    sessions = house.services.playback.sessions
    other = sessions.open(replace(session.order, encoder=broken), 0, 5)
    assert other.segment("360p", 0).is_file() and other.segment("360p", 2).is_file()
    assert other.encoder.kind is EncoderKind.SOFTWARE
    assert [one.code for one in other.reasons][-1] is ReasonCode.HARDWARE_FAILED


def test_the_same_recipe_makes_a_file_to_be_kept(house: House, tmp_path: Path) -> None:
    session = begin(house, film("a.avi", "-c:v", "mpeg4", "-c:a", "ac3", seconds=6))
    target = tmp_path / "kept.mp4"
    recipe = session.recipe(session.order.plan.renditions[0])
    finished = process.run(file_command(recipe, target), timeout_seconds=60, sandbox=sandbox_of(recipe, tmp_path))
    assert finished.code == 0, finished.stderr
    head = target.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat") and b"progress=end" in finished.stdout


def test_a_folder_that_cannot_be_written_to_is_told(house: House, tmp_path: Path) -> None:
    session = begin(house, film("a.mkv", *H264_AC3_MKV))
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    sessions = Sessions(house.state, Sources(house.services.media_root), Encoders(), in_the_way / "sessions")
    with pytest.raises(StorageError):
        sessions.open(session.order, 0, 2)
