"""Tags are written into copies, the sound stays what it was, and the item keeps its id."""

import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import APIC, COMM, ID3, POPM
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from media_library.adapters import ffmpeg
from media_library.adapters.audio_tags import WRITABLE
from media_library.adapters.audio_tags.formats import WRITERS
from media_library.app_state import AppState
from media_library.content_downloader import Work
from media_library.errors import MediaLibraryError, StorageError
from media_library.models.library_job import TagsOrder
from media_library.models.media import Media
from media_library.models.music import Loudness, TrackFacts
from media_library.models.tool import result_of
from media_library.services.publishing import Publishing
from media_library.services.tag_writing import TagsJob, TagWriting
from tests.internet.music import MusicWorld, Release, Track, mbid, music_world
from tests.music_house import MusicHouse, music_house

SUFFIXES = (".flac", ".mp3", ".m4a", ".opus", ".ogg")
ONE = Release("one", "An Album", "Somebody", ((Track("A Song", 2.0),),))
FACTS = TrackFacts(
    recording_id=mbid("recording"),
    track_id=mbid("track"),
    release_id=mbid("release"),
    release_group_id=mbid("group"),
    artist_ids=(mbid("one"), mbid("two")),
    album_artist_ids=(mbid("one"),),
    artists=("One", "Two"),
    genres=("Rock", "Pop"),
    label="A Label",
    released_on="1999-05-01",
    tracks=12,
    discs=2,
    is_compilation=True,
    is_tagged=True,
)


@pytest.fixture
def world() -> Iterator[MusicWorld]:
    with music_world() as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, state: AppState, world: MusicWorld) -> Iterator[MusicHouse]:
    with music_house(tmp_path, state, world) as house:
        yield house


def prepared(house: MusicHouse, suffix: str) -> Media:
    """A track in the library whose file says less than the library knows."""
    house.write(ONE, "Somebody/An Album", suffix=suffix, is_heard=False)
    [media] = house.scan()
    house.state.edit_media(
        media.id,
        replace(
            media.names,
            title="Größe / 愛 “x”",
            artist="One & Two",
            album_artist="Various Artists",
            disc_number=1,
            track_number=3,
        ),
        frozenset(),
    )
    house.state.put_track_facts(media.id, FACTS)
    house.state.note_isrc(media.id, "GBAYE9701274")
    house.state.put_loudness(media.id, Loudness(-10.5, -7.5, 0.9, media.file.mtime_ns if media.file else 0, -7.0, 0.95))
    return house.state.media(media.id)


def write(house: MusicHouse, *media: Media) -> dict[str, MediaLibraryError | None]:
    return TagWriting(house.state, house.media_root).write(media, "somebody", lambda: None)


def sound(file: Path) -> tuple[str, str]:
    """The packets of a file, and what they decode to."""
    return result_of(ffmpeg.sound_hash(file)), result_of(ffmpeg.pcm_of(file)).md5


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_tags_are_written_and_the_sound_is_untouched(house: MusicHouse, suffix: str) -> None:
    media = prepared(house, suffix)
    file = house.file(media)
    before, inode = sound(file), file.stat().st_ino
    [plan] = TagWriting(house.state, house.media_root).plans([media.id])
    assert plan.problem is None
    assert {"TITLE", "ARTISTS", "COMPILATION", "MUSICBRAINZ_ALBUMID", "ISRC"} <= {one.tag for one in plan.changes}
    assert write(house, media) == {media.id: None}
    assert sound(file) == before
    after = house.state.media(media.id)
    assert after.file is not None and after.id == media.id
    facts = file.stat()
    assert (after.file.inode, after.file.size_bytes, after.file.mtime_ns) == (
        facts.st_ino,
        facts.st_size,
        facts.st_mtime_ns,
    )
    assert facts.st_ino != inode
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    [plan] = TagWriting(house.state, house.media_root).plans([media.id])
    assert (plan.changes, plan.problem) == ((), None)
    assert house.state.tracks_to_measure(10) == []  # what was measured still holds
    [entry, *_] = house.state.list_audit(1)
    assert (entry.actor, entry.action, entry.subject) == ("somebody", "write_tags", media.id)


def test_other_programs_find_the_tags_where_they_look(house: MusicHouse) -> None:
    """The names that Picard, Navidrome and others read, in each format."""
    for suffix in (".mp3", ".m4a", ".opus"):
        media = prepared(house, suffix)
        write(house, media)
        file = house.file(media)
        match suffix:
            case ".mp3":
                frames = ID3(file)
                assert frames.version == (2, 4, 0)
                assert str(frames["TRCK"]) == "3/12" and str(frames["TPOS"]) == "1/2" and str(frames["TCMP"]) == "1"
                assert frames["UFID:http://musicbrainz.org"].data == mbid("recording").encode()
                assert frames["TXXX:MusicBrainz Album Id"].text == [mbid("release")]
                assert frames["TXXX:REPLAYGAIN_TRACK_GAIN"].text == ["-7.50 dB"]
                assert frames["TXXX:REPLAYGAIN_ALBUM_PEAK"].text == ["0.950000"]
                assert frames["TCON"].text == ["Rock", "Pop"]
            case ".m4a":
                atoms = MP4(file)
                assert (atoms["trkn"], atoms["disk"], atoms["cpil"]) == ([(3, 12)], [(1, 2)], True)
                key = "----:com.apple.iTunes:MusicBrainz Artist Id"
                assert [bytes(one).decode() for one in atoms[key]] == [mbid("one"), mbid("two")]
            case _:
                tags = OggOpus(file)
                assert tags["R128_TRACK_GAIN"] == [str(round((-7.5 - 5) * 256))]
                assert "REPLAYGAIN_TRACK_GAIN" not in tags
                assert tags["DATE"] == ["1999-05-01"] and tags["TOTALDISCS"] == ["2"]
        house.state.remove_media(media.id)
        file.unlink()


def test_tags_that_are_not_ours_stay(house: MusicHouse) -> None:
    media = prepared(house, ".mp3")
    frames = ID3(house.file(media))
    frames.add(COMM(encoding=3, lang="eng", desc="", text="from Aunt Mary"))
    frames.add(POPM(email="me", rating=200, count=3))
    frames.add(APIC(encoding=3, mime="image/png", type=3, desc="", data=b"a picture"))
    frames.save(house.file(media))
    write(house, media)
    frames = ID3(house.file(media))
    assert str(frames["COMM::eng"]) == "from Aunt Mary"
    assert frames["POPM:me"].rating == 200
    assert frames["APIC:"].data == b"a picture"


def test_tags_of_the_same_meaning_do_not_contradict_what_is_written(house: MusicHouse) -> None:
    """Other programs spell the names differently; what they left would be read first."""
    media = prepared(house, ".flac")
    flac = FLAC(house.file(media))
    flac.update({"ALBUM ARTIST": "Nobody", "tracktotal": "99", "Year": "1900", "replaygain_track_gain": "+9 dB"})
    flac.save()
    assert write(house, media) == {media.id: None}
    tags = house.scan_tags(media)
    assert (tags.album_artist, tags.tracks, tags.date, tags.track_gain) == ("Various Artists", 12, "1999-05-01", -7.5)


def test_what_the_library_does_not_know_is_not_taken_from_the_file(house: MusicHouse) -> None:
    media = prepared(house, ".flac")
    house.state.put_track_facts(media.id, TrackFacts())
    write(house, media)
    tags = house.scan_tags(media)
    assert (tags.title, tags.disc, tags.date) == ("Größe / 愛 “x”", 1, "1997")


def test_nothing_is_written_in_a_read_only_folder(house: MusicHouse, tmp_path: Path) -> None:
    media = prepared(house, ".flac")
    elsewhere = tmp_path / "theirs"
    elsewhere.mkdir()
    house.file(media).rename(elsewhere / "song.flac")
    folder = house.state.add_folder(media.library_id, str(elsewhere), is_read_only=True, identity=None)
    assert media.file is not None
    house.state.move_media(media.id, replace(media.file, path=f"@{folder.id}/song.flac"))
    digest = hashlib.sha256((elsewhere / "song.flac").read_bytes()).hexdigest()
    media = house.state.media(media.id)
    [plan] = TagWriting(house.state, house.media_root).plans([media.id])
    assert plan.problem is not None and "read-only" in plan.problem
    assert "read-only" in str(write(house, media)[media.id])
    assert hashlib.sha256((elsewhere / "song.flac").read_bytes()).hexdigest() == digest
    assert [one.name for one in elsewhere.iterdir()] == ["song.flac"]


def test_a_damaged_file_is_left_as_it_is(house: MusicHouse) -> None:
    media = prepared(house, ".flac")
    file = house.file(media)
    for broken in (b"", b"fLaC" + bytes(100), b"no music", b"ID3" + b"\xff" * 5_000):
        file.write_bytes(broken)
        error = write(house, media)[media.id]
        assert isinstance(error, MediaLibraryError), broken[:10]
        assert file.read_bytes() == broken
    staging = house.settings.media_root / ".media-library/staging"
    assert list(staging.iterdir()) == []


def test_a_link_is_not_written_through(house: MusicHouse, tmp_path: Path) -> None:
    """60: a link in the library leads to somebody else's file."""
    media = prepared(house, ".flac")
    file, theirs = house.file(media), tmp_path / "theirs.flac"
    file.rename(theirs)
    file.symlink_to(theirs)
    before = theirs.read_bytes()
    assert "link" in str(write(house, media)[media.id])
    assert theirs.read_bytes() == before and file.is_symlink()


def test_a_file_that_somebody_else_changes_meanwhile_stays_theirs(house: MusicHouse) -> None:
    media = prepared(house, ".flac")
    file, staging = house.file(media), house.settings.media_root / ".media-library/staging"

    def somebody() -> None:
        if staging.is_dir() and any(staging.iterdir()):
            os.utime(file, ns=(5, 5))

    ended = TagWriting(house.state, house.media_root).write([media], "somebody", somebody)
    assert "changed by somebody else" in str(ended[media.id])
    assert house.scan_tags(media).title == "A Song"


def test_a_kind_of_file_without_tags_of_ours_says_so(house: MusicHouse) -> None:
    media = prepared(house, ".flac")
    assert media.file is not None
    other = replace(media, file=replace(media.file, container="wav"))
    assert "“wav”" in str(write(house, other)[media.id])


def test_the_job_goes_on_past_a_file_that_cannot_be_written(house: MusicHouse) -> None:
    two = replace(ONE, media=((Track("Good", 2.0), Track("Bad", 2.0)),))
    house.write(two, "Somebody/An Album", is_heard=False)
    good, bad = house.scan()
    for media in (good, bad):
        house.state.edit_media(media.id, replace(media.names, title=media.names.title.upper()), frozenset())
    house.file(bad).write_bytes(b"spoilt")
    job = house.state.queue_content(TagsOrder((good.id, bad.id, "gone")), title="An Album", origin="tags:x")
    claimed = house.state.claim_content("library", per_host=1, kinds=frozenset({job.kind}))
    assert claimed is not None
    work = Work(
        claimed,
        house.media_root.staging_place(job.id),
        house.state,
        Publishing(house.state, house.media_root),
        threading.Event(),
    )
    with pytest.raises(StorageError, match=r"1 of 3 files were not written\. “BAD”"):
        TagsJob(house.state, TagWriting(house.state, house.media_root)).run(work, threading.Event())
    assert house.scan_tags(good).title == "GOOD"


def test_what_may_be_written_is_what_there_is_a_writer_for() -> None:
    assert set(WRITERS) == WRITABLE
