"""MusicBrainz: what it knows of a CD, how often it is asked, and what it may answer without doing harm."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.adapters.cover_art_archive import CoverArtArchive
from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient
from media_library.adapters.musicbrainz import MusicBrainz
from media_library.adapters.service_client import ServiceFailed, ServiceUnavailable
from tests.fixtures.audio_cd import KNOWN_DISC_ID
from tests.music_service import RELEASE_ID, MusicService, cover, music_service, release


def asking(url: str, cache: Path) -> MusicBrainz:
    """The adapter as the program makes it: the hosts of the configuration may be reached, and no others."""
    return MusicBrainz.connect(HttpClient(Egress(lambda: hosts_of(url))), cache, url=url, patience_seconds=0.0)


def archive(url: str, cache: Path) -> CoverArtArchive:
    return CoverArtArchive.connect(HttpClient(Egress(lambda: hosts_of(url))), cache, url=url)


@pytest.fixture
def service() -> Iterator[MusicService]:
    with music_service() as running:
        yield running


def test_a_known_disc_gives_its_album_with_tracks(service: MusicService, tmp_path: Path) -> None:
    service.knows(KNOWN_DISC_ID, release(KNOWN_DISC_ID, tracks=2, discs=3))
    [found] = asking(service.url, tmp_path).releases(KNOWN_DISC_ID)
    assert (found.id, found.title, found.artist, found.year) == (RELEASE_ID, "The Album", "The Band", 1999)
    assert (found.disc_number, found.discs) == (3, 3)
    assert [(track.number, track.title, track.recording_id, track.isrc) for track in found.tracks] == [
        (1, "Song: 1", "recording-1", None),
        (2, "Song: 2", "recording-2", "GBABC9900002"),
    ]
    assert service.agents[0].startswith("MediaLibrary/")


def test_the_oldest_official_release_comes_first(service: MusicService, tmp_path: Path) -> None:
    newer = release(KNOWN_DISC_ID, tracks=1, title="Newer", date="2005")
    older = release(KNOWN_DISC_ID, tracks=1, title="Older", date="1970")
    service.knows(KNOWN_DISC_ID, newer, older)
    found = asking(service.url, tmp_path).releases(KNOWN_DISC_ID)
    assert [one.title for one in found] == ["Older", "Newer"]


def test_a_release_without_this_very_disc_is_no_answer(service: MusicService, tmp_path: Path) -> None:
    service.knows(KNOWN_DISC_ID, release("another-disc", tracks=2))
    assert asking(service.url, tmp_path).releases(KNOWN_DISC_ID) == ()


def test_an_unknown_disc_and_a_missing_cover_are_no_failures(service: MusicService, tmp_path: Path) -> None:
    assert asking(service.url, tmp_path).releases(KNOWN_DISC_ID) == ()
    assert archive(service.url, tmp_path).front(RELEASE_ID) is None


def test_a_cover_is_fetched(service: MusicService, tmp_path: Path) -> None:
    service.has_cover(cover())
    assert archive(service.url, tmp_path).front(RELEASE_ID) == cover()


def test_nobody_is_asked_without_an_address(tmp_path: Path) -> None:
    assert asking("", tmp_path).releases(KNOWN_DISC_ID) == ()
    assert archive("", tmp_path).front(RELEASE_ID) is None


@pytest.mark.parametrize("answer", [(200, b"not json"), (200, b'{"releases": [{"id": 5}]}'), (200, b"[]"), (200, b"")])
def test_an_answer_that_is_none_is_a_failed_question(
    service: MusicService, tmp_path: Path, answer: tuple[int, bytes]
) -> None:
    service.answers[f"/ws/2/discid/{KNOWN_DISC_ID}"] = answer
    with pytest.raises(ServiceFailed, match="MusicBrainz"):
        asking(service.url, tmp_path).releases(KNOWN_DISC_ID)


def test_a_busy_service_is_asked_again_later(service: MusicService, tmp_path: Path) -> None:
    service.answers[f"/ws/2/discid/{KNOWN_DISC_ID}"] = (503, b"")
    with pytest.raises(ServiceUnavailable, match="later"):
        asking(service.url, tmp_path).releases(KNOWN_DISC_ID)


def test_an_answer_without_end_is_cut_off(service: MusicService, tmp_path: Path) -> None:
    service.answers[f"/ws/2/discid/{KNOWN_DISC_ID}"] = (200, b" " * (9 << 20))
    with pytest.raises(ServiceFailed, match="more than"):
        asking(service.url, tmp_path).releases(KNOWN_DISC_ID)


def test_a_service_that_is_not_there_is_a_failed_request(tmp_path: Path) -> None:
    with pytest.raises(ServiceUnavailable, match="cannot be reached"):
        asking("http://127.0.0.1:9", tmp_path).releases(KNOWN_DISC_ID)


def test_questions_are_at_least_1_1_seconds_apart_whoever_asks(service: MusicService, tmp_path: Path) -> None:
    began = time.monotonic()
    asking(service.url, tmp_path).releases(KNOWN_DISC_ID)
    asking(service.url, tmp_path).releases(KNOWN_DISC_ID)
    assert time.monotonic() - began >= 1.1
