"""Loudness: measured once, on all cores, towards the level that ReplayGain aims at."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.adapters import ffmpeg
from media_library.app_state import AppState
from media_library.content_downloader import Work
from media_library.errors import Conflict, ToolFailed
from media_library.models.job import JobKind
from media_library.models.library_job import LoudnessOrder
from media_library.models.tool import result_of
from media_library.services.loudness import LoudnessJob
from media_library.services.publishing import Publishing
from tests.fixtures.music import write_track
from tests.internet.music import MusicWorld, Release, Track, music_world
from tests.music_house import MusicHouse, music_house

TWO = Release("two", "Two", "Somebody", ((Track("Loud", 3.0), Track("Quiet", 3.0)),))


@pytest.fixture
def world() -> Iterator[MusicWorld]:
    with music_world() as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, state: AppState, world: MusicWorld) -> Iterator[MusicHouse]:
    with music_house(tmp_path, state, world) as house:
        yield house


def measure(house: MusicHouse, *media_ids: str) -> Work:
    job = house.state.queue_content(LoudnessOrder(media_ids), title="Two", origin="loudness:x")
    claimed = house.state.claim_content("sound", per_host=1, kinds=frozenset({JobKind.LOUDNESS}))
    assert claimed is not None and claimed.id == job.id
    publishing = Publishing(house.state, house.media_root)
    work = Work(claimed, house.media_root.staging_place(job.id), house.state, publishing, threading.Event())
    LoudnessJob(house.state, house.media_root, lanes=2).run(work, threading.Event())
    house.state.finish_job(claimed.id, claimed.token)
    return work


def test_a_tone_measures_what_it_is(tmp_path: Path) -> None:
    """Ten times the amplitude is 20 dB more."""
    quiet = result_of(ffmpeg.measure_loudness(write_track(tmp_path / "a.flac", volume=0.05)))
    loud = result_of(ffmpeg.measure_loudness(write_track(tmp_path / "b.flac", volume=0.5)))
    assert abs((loud.integrated_lufs - quiet.integrated_lufs) - 20) < 0.2
    assert 0.03 < quiet.peak < 0.06 and 0.4 < loud.peak < 0.6


def test_silence_and_nonsense_are_no_infinities(tmp_path: Path) -> None:
    silence = result_of(ffmpeg.measure_loudness(write_track(tmp_path / "a.flac", volume=0.0)))
    assert (silence.integrated_lufs, silence.peak) == (-70.0, 0.0)
    (tmp_path / "b.flac").write_bytes(b"no music")
    with pytest.raises(ToolFailed):
        result_of(ffmpeg.measure_loudness(tmp_path / "b.flac"))


def test_an_album_is_measured_track_by_track_and_as_a_whole(house: MusicHouse) -> None:
    house.write(TWO, "Somebody/Two", is_heard=False)
    loud, quiet = house.scan()
    write_track(house.file(quiet), seconds=3, volume=0.03)
    measure(house)
    known = house.state.loudness_of([loud.id, quiet.id])
    assert known[loud.id].track_gain < known[quiet.id].track_gain - 15
    assert known[loud.id].album_gain == known[quiet.id].album_gain
    album = known[loud.id].album_gain
    assert album is not None and known[loud.id].track_gain <= album + 0.1 < known[quiet.id].track_gain
    assert known[quiet.id].album_peak == max(one.track_peak for one in known.values())
    assert abs(known[loud.id].track_gain - (-18 - known[loud.id].integrated_lufs)) < 0.01


def test_what_was_measured_is_not_measured_again(house: MusicHouse) -> None:
    house.write(TWO, "Somebody/Two", is_heard=False)
    tracks = house.scan()
    measure(house)
    assert house.state.tracks_to_measure(10) == []
    before = house.state.loudness_of([one.id for one in tracks])
    for one in tracks:
        house.file(one).unlink()  # whoever listens again would notice
    measure(house, *(one.id for one in tracks))
    assert {
        key: replace(one, album_gain=None) for key, one in house.state.loudness_of([one.id for one in tracks]).items()
    } == {key: replace(one, album_gain=None) for key, one in before.items()}


def test_a_file_that_cannot_be_heard_does_not_keep_the_others_back(house: MusicHouse) -> None:
    house.write(TWO, "Somebody/Two", is_heard=False)
    loud, quiet = house.scan()
    house.file(quiet).write_bytes(b"spoilt")
    measure(house)
    known = house.state.loudness_of([loud.id, quiet.id])
    assert list(known) == [loud.id]
    assert known[loud.id].album_gain is None


def test_a_cancelled_job_measures_nothing_more(house: MusicHouse) -> None:
    house.write(TWO, "Somebody/Two", is_heard=False)
    house.scan()
    job = house.state.queue_content(LoudnessOrder(), title="Music", origin="loudness:x")
    claimed = house.state.claim_content("sound", per_host=1, kinds=frozenset({JobKind.LOUDNESS}))
    assert claimed is not None
    house.state.cancel_job(job.id)
    publishing = Publishing(house.state, house.media_root)
    work = Work(claimed, house.media_root.staging_place(job.id), house.state, publishing, threading.Event())
    with pytest.raises(Conflict):
        LoudnessJob(house.state, house.media_root, lanes=1).run(work, threading.Event())
