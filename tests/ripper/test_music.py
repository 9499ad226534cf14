"""Audio CDs from the disc to tagged files in the library, with the real ffmpeg and cd-paranoia."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from media_library.adapters import disc_structure
from media_library.app_state import AppState
from media_library.config import Output, Services
from media_library.models.disc import DiscNames
from media_library.models.job import JobStatus
from tests.conftest import wait_for
from tests.fixtures import audio_cd
from tests.music_service import RELEASE_ID, MusicService, cover, music_service, release
from tests.ripping import House, build_house


@pytest.fixture
def house(tmp_path: Path, state: AppState) -> House:
    return build_house(tmp_path, state)


@pytest.fixture
def service() -> Iterator[MusicService]:
    with music_service() as running:
        yield running


@pytest.fixture
def cd(tmp_path: Path) -> Path:
    return audio_cd.build(tmp_path / "Audio CD", tracks=2, seconds=1)


def disc_id(source: Path) -> str:
    toc = disc_structure.examine(source).toc
    assert toc is not None
    return toc.musicbrainz_id


def asking(house: House, tmp_path: Path, service: MusicService) -> House:
    return build_house(tmp_path, house.state, replace(house.settings, services=Services(service.url, service.url)))


def test_an_unknown_cd_is_kept_bit_by_bit_under_a_name_of_its_own(house: House, cd: Path) -> None:
    job = house.rip(cd)
    assert (job.status, job.error) == (JobStatus.DONE, None)
    mark = disc_id(cd)[:8]
    folder = f"music/Unknown artist/Unknown album ({mark})"
    assert house.files() == [f"{folder}/01 - Track 1.flac", f"{folder}/02 - Track 2.flac"]
    for number, name in enumerate(house.files(), 1):
        flac = FLAC(house.settings.media_root / name)
        samples = (cd / f"{number} Audio Track.aiff").read_bytes()[2352:]
        assert flac.info.total_samples == len(samples) // 4
        assert f"{flac.info.md5_signature:032x}" == hashlib.md5(samples).hexdigest()
        assert flac["TRACKNUMBER"] == [str(number)]
        assert flac["TOTALTRACKS"] == ["2"]
    found = house.state.media_of_disc(job.disc_id or "")
    assert [media.names.track_number for media in found] == [1, 2]
    assert all(media.review_reason for media in found)
    assert house.unfinished() == []


def test_a_known_cd_gets_names_tags_and_cover(house: House, tmp_path: Path, cd: Path, service: MusicService) -> None:
    service.knows(disc_id(cd), release(disc_id(cd), tracks=2))
    service.has_cover(cover())
    asked = asking(house, tmp_path, service)
    job = asked.rip(cd)
    assert (job.status, job.title) == (JobStatus.DONE, "The Album")
    folder = "music/The Band/The Album (1999)"
    assert asked.files() == [f"{folder}/01 - Song - 1.flac", f"{folder}/02 - Song - 2.flac"]
    flac = FLAC(asked.settings.media_root / f"{folder}/02 - Song - 2.flac")
    assert {name.upper(): value for name, [value] in dict(flac).items()} == {
        "TITLE": "Song: 2",
        "ARTIST": "The Band",
        "ALBUM": "The Album",
        "ALBUMARTIST": "The Band",
        "TRACKNUMBER": "2",
        "TOTALTRACKS": "2",
        "DISCNUMBER": "1",
        "TOTALDISCS": "1",
        "DATE": "1999-05-01",
        "MUSICBRAINZ_TRACKID": "recording-2",
        "MUSICBRAINZ_ALBUMID": RELEASE_ID,
        "MUSICBRAINZ_ARTISTID": "artist-id",
        "MUSICBRAINZ_RELEASEGROUPID": "group-id",
        "MUSICBRAINZ_DISCID": disc_id(cd),
    }
    assert [(picture.type, picture.mime) for picture in flac.pictures] == [(3, "image/jpeg")]
    found = asked.state.media_of_disc(job.disc_id or "")
    assert [(media.names.title, media.names.album, media.names.year) for media in found] == [
        ("Song: 1", "The Album", 1999),
        ("Song: 2", "The Album", 1999),
    ]
    assert [track.isrc for track in asked.state.local_tracks()] == [None, "GBABC9900002"]
    assert all(media.has_poster and media.review_reason is None for media in found)
    poster = asked.settings.data_directory / "artwork" / f"{found[0].id}.poster.jpg"
    assert poster.read_bytes().startswith(b"\xff\xd8")
    disc = asked.state.get_disc(job.disc_id or "")
    assert (disc.names.title, disc.names.artist) == ("The Album", "The Band")
    assert [title.name for title in disc.titles] == ["Song: 1", "Song: 2"]


def test_the_discs_of_a_set_share_a_folder(house: House, tmp_path: Path, cd: Path, service: MusicService) -> None:
    other = audio_cd.build(tmp_path / "Audio CD 2", tracks=1, seconds=1.5)
    service.knows(disc_id(cd), release(disc_id(cd), tracks=2, discs=1))
    service.knows(disc_id(other), release(disc_id(other), tracks=1, discs=2))
    asked = asking(house, tmp_path, service)
    assert asked.rip(other).status is JobStatus.DONE
    assert asked.files() == ["music/The Band/The Album (1999)/2-01 - Song - 1.flac"]


def test_an_album_of_the_same_name_gets_a_folder_of_its_own(
    house: House, tmp_path: Path, cd: Path, service: MusicService
) -> None:
    other = audio_cd.build(tmp_path / "Audio CD 2", tracks=1, seconds=1.5)
    service.knows(disc_id(cd), release(disc_id(cd), tracks=2))
    service.knows(disc_id(other), release(disc_id(other), tracks=1))
    asked = asking(house, tmp_path, service)
    asked.rip(cd)
    asked.rip(other)
    assert "music/The Band/The Album (1999) (2)/01 - Song - 1.flac" in asked.files()
    assert len(asked.files()) == 3


def test_the_rip_does_not_wait_for_an_answer_to_begin(
    house: House, tmp_path: Path, cd: Path, service: MusicService
) -> None:
    service.hold.clear()
    asked = asking(house, tmp_path, service)
    job = asked.queue(asked.insert(cd))
    worker = threading.Thread(target=asked.work)
    worker.start()
    wait_for(lambda: any(asked.settings.media_root.rglob("track-01.flac")), seconds=10)
    service.knows(disc_id(cd), release(disc_id(cd), tracks=2))
    service.hold.set()
    worker.join(10)
    assert asked.state.get_job(job.id).title == "The Album"


def test_a_cancel_while_waiting_for_an_answer_leaves_nothing(
    house: House, tmp_path: Path, cd: Path, service: MusicService
) -> None:
    service.hold.clear()
    asked = asking(house, tmp_path, service)
    job = asked.queue(asked.insert(cd))
    worker = threading.Thread(target=asked.work)
    worker.start()
    wait_for(lambda: any(asked.settings.media_root.rglob("track-01.flac")), seconds=10)
    asked.state.cancel_job(job.id)
    worker.join(2)
    assert not worker.is_alive()
    assert asked.files() == []
    assert asked.unfinished() == []


def test_a_service_that_fails_does_not_keep_the_music_back(
    house: House, tmp_path: Path, cd: Path, service: MusicService
) -> None:
    service.answers[f"/ws/2/discid/{disc_id(cd)}"] = (503, b"busy")
    job = asking(house, tmp_path, service).rip(cd)
    assert job.status is JobStatus.DONE


def test_the_names_of_a_mac_are_taken_where_nothing_better_is_known(house: House, cd: Path) -> None:
    for number, name in ((1, "In The Blood"), (2, "Chasing Cars")):
        (cd / f"{number} Audio Track.aiff").rename(cd / f"{number} {name}.aiff")
    job = house.rip(cd, label="Eyes Open")
    assert job.status is JobStatus.DONE, job.error
    folder = "music/Unknown artist/Eyes Open"
    assert house.files() == [f"{folder}/01 - In The Blood.flac", f"{folder}/02 - Chasing Cars.flac"]


def test_what_a_person_said_of_a_disc_comes_first(
    house: House, tmp_path: Path, cd: Path, service: MusicService
) -> None:
    service.knows(disc_id(cd), release(disc_id(cd), tracks=2))
    asked = asking(house, tmp_path, service)
    disc = asked.insert(cd)
    asked.state.name_disc(disc.id, DiscNames("My Title", 2001, artist="My Artist", by_hand=True))
    asked.queue(disc)
    asked.work()
    assert asked.files()[0] == "music/My Artist/My Title (2001)/01 - Song - 1.flac"
    assert asked.state.get_disc(disc.id).names.title == "My Title"


def test_a_cue_sheet_is_read_through_cd_paranoia(house: House, tmp_path: Path) -> None:
    job = house.rip(audio_cd.build_cue(tmp_path / "cue", tracks=2, seconds=1))
    assert (job.status, job.error) == (JobStatus.DONE, None)
    assert len(house.files()) == 2


def test_an_unreadable_track_is_named_the_others_are_kept_and_a_retry_reads_only_that_one(
    house: House, cd: Path
) -> None:
    job = house.queue(house.insert(cd))
    broken = cd / "1 Audio Track.aiff"
    whole = broken.read_bytes()
    broken.write_bytes(whole[: 2352 * 20])
    house.work()
    failed = house.state.get_job(job.id)
    assert failed.status is JobStatus.FAILED
    assert (failed.error or "").startswith("Track 1 ")
    assert "The other track is in the library." in (failed.error or "")
    [kept] = house.files()
    assert Path(kept).name == "02 - Track 2.flac"
    # the disc was cleaned: the retry reads only what is missing
    before = (house.settings.media_root / kept).stat().st_mtime_ns
    broken.write_bytes(whole)
    house.state.retry_job(job.id)
    house.work()
    assert house.state.get_job(job.id).status is JobStatus.DONE
    assert [Path(name).name for name in house.files()] == ["01 - Track 1.flac", "02 - Track 2.flac"]
    assert (house.settings.media_root / kept).stat().st_mtime_ns == before


def test_a_person_may_choose_some_tracks(house: House, cd: Path) -> None:
    job = house.rip(cd, titles=(2,))
    assert job.status is JobStatus.DONE
    assert [Path(name).name for name in house.files()] == ["02 - Track 2.flac"]


def test_a_track_that_was_renamed_after_the_start_is_still_found(house: House, cd: Path) -> None:
    disc = house.insert(cd)
    house.queue(disc)
    renamed = cd.with_name("Eyes Open")
    cd.rename(renamed)
    house.insert(renamed)
    house.work()
    assert len(house.files()) == 2


@pytest.mark.parametrize(("form", "suffix"), [("alac", ".m4a"), ("mp3", ".mp3"), ("aac", ".m4a"), ("opus", ".opus")])
def test_music_is_kept_in_the_form_of_the_settings(
    house: House,
    tmp_path: Path,
    cd: Path,
    service: MusicService,
    form: Literal["alac", "mp3", "aac", "opus"],
    suffix: str,
) -> None:
    service.knows(disc_id(cd), release(disc_id(cd), tracks=2))
    service.has_cover(cover())
    settings = replace(house.settings, output=Output(music_encoder=form), services=Services(service.url, service.url))
    other = build_house(tmp_path, house.state, settings)
    job = other.rip(cd)
    assert job.status is JobStatus.DONE, job.error
    [first, _] = other.files()
    assert first == f"music/The Band/The Album (1999)/01 - Song - 1{suffix}"
    assert title_and_album(other.settings.media_root / first) == ("Song: 1", "The Album", RELEASE_ID)


def title_and_album(file: Path) -> tuple[str, str, str]:
    match file.suffix:
        case ".m4a":
            mp4 = MP4(file)
            assert mp4["covr"]
            release_id = bytes(mp4["----:com.apple.iTunes:MusicBrainz Album Id"][0]).decode()
            return mp4["\xa9nam"][0], mp4["\xa9alb"][0], release_id
        case ".mp3":
            frames = ID3(file)
            assert frames.getall("APIC")
            return str(frames["TIT2"]), str(frames["TALB"]), str(frames["TXXX:MusicBrainz Album Id"])
        case _:
            opus = OggOpus(file)
            assert opus["METADATA_BLOCK_PICTURE"]
            return opus["TITLE"][0], opus["ALBUM"][0], opus["MUSICBRAINZ_ALBUMID"][0]
