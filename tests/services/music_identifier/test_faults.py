"""Services that are not there, are busy, lie or answer nonsense: one clear reason each, and nothing is lost."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.models.work import WorkState
from tests.internet.music import Fault, MusicWorld
from tests.music_house import MusicHouse, music_house
from tests.services.music_identifier.test_albums import ALBUM, names

HTML: Mapping[str, str] = {"Content-Type": "text/html"}
JSON: Mapping[str, str] = {"Content-Type": "application/json"}


def after(seconds: int) -> Mapping[str, str]:
    return {**JSON, "Retry-After": str(seconds)}


FAULTS: dict[str, tuple[Fault, str]] = {
    "overloaded": ((503, after(1), b'{"error": "Your requests are exceeding the allowable rate limit."}'), "503"),
    "too often": ((429, after(1), b"{}"), "less often"),
    "broken": ((500, HTML, b"<html>Internal Server Error</html>"), "500"),
    "a sign-in page": ((200, HTML, b"<!doctype html><title>Welcome to the hotel</title>"), "web page"),
    "nothing": ((200, JSON, b""), "nothing"),
    "no JSON": ((200, JSON, b'{"id": "'), "cut off"),
    "another shape": ((200, JSON, b'{"id": 5, "releases": {"a": 1}}'), "something else"),
    "a list": ((200, JSON, b"[1, 2, 3]"), "something else"),
    "ten megabytes": ((200, JSON, b'{"releases": [' + b'"x",' * (10 << 18) + b'"x"]}'), "more than"),
    "a deep nest": ((200, JSON, b'{"releases":' + b"[" * 100_000), "MusicBrainz"),
    "forbidden": ((403, HTML, b""), "MusicBrainz"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_music_service_that_fails_is_asked_again_later(house: MusicHouse, world: MusicWorld, name: str) -> None:
    fault, said = FAULTS[name]
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer", ids=True)
    house.scan()
    before = names(house)
    world.faults["/ws/2/"] = fault
    work = house.identify()
    assert work is not None and work.state is WorkState.POSTPONED, work
    assert said in (work.reason or "") and "MusicBrainz" in (work.reason or "")
    assert names(house) == before
    assert (work.tries, work.not_before > 0) == (1, True)
    world.faults.clear()
    work = house.identify()
    assert work is not None and (work.state, work.tries) == (WorkState.APPLIED, 0)


def test_pauses_grow(house: MusicHouse, world: MusicWorld) -> None:
    house.write(ALBUM, "Radiohead/OK Computer", ids=True)
    house.scan()
    world.faults["/ws/2/"] = FAULTS["broken"][0]
    pauses = []
    for _ in range(3):
        work = house.identify()
        assert work is not None
        pauses.append(work.not_before - work.updated_at)
    assert pauses[0] < pauses[1] < pauses[2]


def test_a_service_that_is_not_there_is_asked_again_later(tmp_path: Path, state: AppState, world: MusicWorld) -> None:
    nowhere = {"musicbrainz_url": "http://127.0.0.1:9", "cover_art_url": "http://127.0.0.1:9"}
    with music_house(tmp_path, state, world, addresses=nowhere) as house:
        house.write(ALBUM, "Radiohead/OK Computer", ids=True)
        house.scan()
        work = house.identify()
        assert work is not None and work.state is WorkState.POSTPONED
        assert "cannot be reached" in (work.reason or "")


def test_no_address_means_that_nobody_is_asked(tmp_path: Path, state: AppState, world: MusicWorld) -> None:
    none = {"musicbrainz_url": "", "cover_art_url": "", "acoustid_url": ""}
    with music_house(tmp_path, state, world, addresses=none) as house:
        house.write(ALBUM, "Radiohead/OK Computer")
        house.scan()
        work = house.identify()
        assert work is not None and work.state is WorkState.POSTPONED
        assert world.asked == []


@pytest.mark.parametrize(
    "fault",
    [
        (400, JSON, b'{"status": "error", "error": {"code": 4, "message": "invalid API key"}}'),
        (200, JSON, b'{"status": "error", "error": {"code": 4, "message": "invalid API key"}}'),
        (200, HTML, b"<!doctype html>"),
        (200, JSON, b'{"status": "ok", "results": [{"id": 1}]}'),
        (200, JSON, b'{"status": "ok", "results": "none"}'),
    ],
)
def test_without_its_sound_an_album_is_known_by_its_name(house: MusicHouse, world: MusicWorld, fault: Fault) -> None:
    world.add(ALBUM)
    world.faults["/v2/lookup"] = fault
    house.write(ALBUM, "Radiohead/OK Computer")
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work


def test_a_wrong_key_is_said_where_nothing_else_helps(house: MusicHouse, world: MusicWorld) -> None:
    world.faults["/v2/lookup"] = (400, JSON, b'{"status": "error", "error": {"code": 4, "message": "invalid API key"}}')
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.POSTPONED
    assert "ACOUSTID_API_KEY" in (work.reason or "")


def test_a_sound_service_that_is_overloaded_postpones_the_album(house: MusicHouse, world: MusicWorld) -> None:
    world.faults["/v2/lookup"] = (503, after(1), b"")
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.POSTPONED
    assert "AcoustID" in (work.reason or "")


@pytest.mark.parametrize(
    "fault", [(404, HTML, b""), (503, after(1), b""), (200, HTML, b"<html>"), (200, JSON, b"\xff\xd8\xff junk")]
)
def test_no_cover_is_no_reason_to_know_less(house: MusicHouse, world: MusicWorld, fault: Fault) -> None:
    world.add(ALBUM)
    world.faults["/release"] = fault
    house.write(ALBUM, "Radiohead/OK Computer", ids=True)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED
    assert not any(media.has_poster for media in house.tracks())


def test_names_that_attack_are_only_texts(house: MusicHouse, world: MusicWorld) -> None:
    """57: paths, markup, control signs and 5,000 letters from a service become one clean line."""
    nasty = ("../../etc/passwd", "<script>alert(1)</script>", "a\u202egpj.exe\x00\n\tb", "x" * 5_000)
    tracks = tuple(replace(track, title=title) for track, title in zip(ALBUM.media[0], nasty, strict=False))
    evil = world.add(
        replace(ALBUM, title="\u202e" + nasty[0] * 300, artist="AC/DC\r\n", label=nasty[3], media=(tracks,))
    )
    house.write(ALBUM, "rip", tags=False)
    house.scan()
    house.albums.apply(house.key(), evil.id, lambda: None)
    for media in house.tracks():
        for text in (media.names.title, media.names.album or "", media.names.artist or ""):
            assert text.isprintable() and len(text) <= 500, text
    assert house.tracks()[0].names.album_artist == "AC/DC"
    assert all(house.file(media).is_file() for media in house.tracks())


def test_a_release_that_lies_about_itself_does_no_harm(house: MusicHouse, world: MusicWorld) -> None:
    """Media without tracks, negative numbers, lengths beyond all reason."""
    house.write(ALBUM, "Radiohead/OK Computer", ids=True)
    house.scan()
    before = names(house)
    for media in (
        [],
        [{"position": -5, "track-count": 3, "tracks": []}],
        [{"position": 1, "tracks": [{"position": 10**9, "title": "", "length": -(10**15)} for _ in range(3)]}],
        [{"position": 1, "format": None, "tracks": [{"recording": {"id": ""}}] * 3}],
    ):
        body = json.dumps({"id": ALBUM.id, "title": "Lie", "media": media}).encode()
        world.faults = {f"/ws/2/release/{ALBUM.id}": (200, JSON, body)}
        work = house.identify()
        assert work is not None and work.state in (WorkState.REVIEW, WorkState.UNKNOWN), (media, work)
        assert names(house) == before
        house.state.put_work_pending([house.key()], anew=True)
