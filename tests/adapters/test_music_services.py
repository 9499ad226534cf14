"""The stand-ins of the music services as their own client libraries see them, and as we do: both must agree."""

from collections.abc import Iterator
from pathlib import Path

import acoustid
import musicbrainzngs
import pytest

from media_library.adapters import fpcalc
from media_library.adapters.acoustid import AcoustId
from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient
from media_library.adapters.musicbrainz import MusicBrainz
from media_library.adapters.service_client import ServiceClient, ServiceFailed, ServiceRefused
from media_library.errors import ToolFailed
from media_library.models.tool import result_of
from tests.fixtures.music import write_track
from tests.internet.music import KEY, MusicWorld, Release, Track, mbid, music_world

ALBUM = Release(
    "duo",
    "Raising Sand <1>",
    "Robert Plant & Alison Krauss",
    ((Track("Rich Woman", 243.5, isrcs=("USRN10700321",)), Track("Killing the Blues", 256.0)),),
    date="2007-10-23",
)


@pytest.fixture
def world() -> Iterator[MusicWorld]:
    with music_world() as running:
        yield running


def client(world: MusicWorld, cache: Path, **secrets: str) -> ServiceClient:
    http = HttpClient(Egress(lambda: hosts_of(world.url)))
    return ServiceClient(
        http,
        cache,
        name="The service",
        base_url=world.url,
        per_second=1000.0,
        secrets=secrets,
        patience_seconds=0.0,
    )


def test_musicbrainz_s_own_client_and_ours_read_the_same_release(world: MusicWorld, tmp_path: Path) -> None:
    world.add(ALBUM)
    musicbrainzngs.set_useragent("tests", "1", "http://localhost")
    musicbrainzngs.set_rate_limit(False)
    musicbrainzngs.set_hostname(world.url.removeprefix("http://"), use_https=False)
    theirs = musicbrainzngs.get_release_by_id(ALBUM.id, includes=["artist-credits", "recordings", "release-groups"])[
        "release"
    ]
    ours = MusicBrainz(client(world, tmp_path)).release(ALBUM.id)
    assert ours is not None
    [medium] = theirs["medium-list"]
    assert (ours.id, ours.title, ours.artist, ours.date) == (
        theirs["id"],
        theirs["title"],
        theirs["artist-credit-phrase"],
        theirs["date"],
    )
    assert (ours.group_id, ours.first_date) == (
        theirs["release-group"]["id"],
        theirs["release-group"]["first-release-date"],
    )
    assert [(one.id, one.number, one.recording_id, one.duration_ms) for one in ours.media[0].tracks] == [
        (one["id"], int(one["position"]), one["recording"]["id"], int(one["length"])) for one in medium["track-list"]
    ]
    assert ours.media[0].tracks[0].artists == ("Robert Plant", "Alison Krauss")


def test_acoustid_s_own_client_and_ours_hear_the_same(world: MusicWorld, tmp_path: Path) -> None:
    """Both ask with the fingerprint that each took of the same file with the real fpcalc."""
    world.add(ALBUM)
    file = write_track(tmp_path / "song.flac", seconds=5)
    ours = result_of(fpcalc.fingerprint(file))
    duration, theirs = acoustid.fingerprint_file(str(write_whole(tmp_path)), force_fpcalc=True)
    assert theirs.decode() == ours.fingerprint
    assert abs(duration - ours.duration_seconds) < 1
    recording = ALBUM.recording_id(ALBUM.media[0][0])
    world.hear(ours.fingerprint, recording, score=0.93)
    acoustid.set_base_url(f"{world.url}/v2/")
    answer = acoustid.lookup(KEY, theirs, duration, meta=["recordings", "releases"])
    [(score, their_recording, title, artist)] = acoustid.parse_lookup_result(answer)
    [heard] = AcoustId(client(world, tmp_path / "c", client=KEY), has_key=True).lookup(
        ours.fingerprint, ours.duration_seconds
    )
    assert (heard.score, heard.recording_id, heard.title, heard.artist) == (score, their_recording, title, artist)
    assert [(one.id, one.count) for one in heard.releases] == [(ALBUM.id, 2)]


def write_whole(folder: Path) -> Path:
    """The same sound behind a fpcalc that ends in peace: some versions end with code 3 at the end of every file."""
    program = folder / "bin/fpcalc"
    program.parent.mkdir(exist_ok=True)
    program.write_text('#!/bin/sh\nfpcalc "$@" 2>/dev/null\nexit 0\n')
    program.chmod(0o755)
    return folder / "song.flac"


@pytest.fixture(autouse=True)
def _peaceful_fpcalc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FPCALC", str(tmp_path / "bin/fpcalc"))


def test_a_fingerprint_is_that_of_the_sound_whatever_the_tags(tmp_path: Path) -> None:
    one = write_track(tmp_path / "a.flac", seconds=4, tags={"title": "A"})
    other = write_track(tmp_path / "b.flac", seconds=4, tags={"title": "B", "artist": "x" * 1000})
    third = write_track(tmp_path / "c.flac", seconds=4, seed=5)
    first = result_of(fpcalc.fingerprint(one))
    assert first == result_of(fpcalc.fingerprint(other))
    assert first.fingerprint != result_of(fpcalc.fingerprint(third)).fingerprint


@pytest.mark.parametrize(
    "content", [b"", b"no music at all", b"\x00" * 70_000, b"fLaC\x00\x00\x00\x22" + b"\xff" * 4000]
)
def test_what_is_no_music_has_no_fingerprint(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "-x; rm.flac"
    file.write_bytes(content)
    with pytest.raises(ToolFailed):
        result_of(fpcalc.fingerprint(file))


def test_a_moment_of_sound_is_too_short(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed):
        result_of(fpcalc.fingerprint(write_track(tmp_path / "a.flac", seconds=0.2)))


def test_a_wrong_key_is_said_as_that(world: MusicWorld, tmp_path: Path) -> None:
    with pytest.raises(ServiceRefused, match="ACOUSTID_API_KEY"):
        AcoustId(client(world, tmp_path, client="wrong"), has_key=True).lookup("AQAAabcdefgh", 10)


def test_the_key_stands_in_no_file_of_the_cache(world: MusicWorld, tmp_path: Path) -> None:
    AcoustId(client(world, tmp_path, client=KEY), has_key=True).lookup("AQAAabcdefgh", 10)
    assert world.asked_of("/v2/lookup")[0]["client"] == KEY
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and KEY.encode() in file.read_bytes()]


@pytest.mark.parametrize(
    "answer",
    [
        b'{"status": "ok", "results": [{"id": "x", "score": "high"}]}',
        b'{"status": "ok", "results": [{"id": "x", "score": 1e400}]}',
        b'{"results": []}',
        b'{"status": "error", "error": {"code": 5, "message": "internal"}}',
    ],
)
def test_an_answer_that_is_none_is_a_failure(world: MusicWorld, tmp_path: Path, answer: bytes) -> None:
    world.faults["/v2/"] = (200, {}, answer)
    with pytest.raises(ServiceFailed):
        AcoustId(client(world, tmp_path, client=KEY), has_key=True).lookup("AQAAabcdefgh", 10)


def test_ids_that_are_none_are_not_asked_for(world: MusicWorld, tmp_path: Path) -> None:
    asked = MusicBrainz(client(world, tmp_path))
    for bad in ("", "../..", "x" * 36, f"{ALBUM.id}?inc=all", mbid("x").upper()):
        assert asked.release(bad) is None
        assert asked.releases_of_group(bad) == asked.releases_of_recording(bad) == ()
    assert world.asked == []


def test_signs_of_the_search_language_mean_nothing_in_a_name(world: MusicWorld, tmp_path: Path) -> None:
    MusicBrainz(client(world, tmp_path)).search('AC/DC" OR title:*', artist="a\\b (c) [d]", count=3)
    [asked] = world.asked_of("/ws/2/release")
    assert asked["query"] == (r'release:"AC\/DC\" OR title\:\*" AND artist:"a\\b \(c\) \[d\]" AND tracks:3')
