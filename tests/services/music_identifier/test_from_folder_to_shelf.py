"""From a folder of files to albums with covers under their artists: the scanner, the jobs, and what a viewer sees."""

import json
import threading
from dataclasses import replace

from media_library.content_downloader import Downloader
from media_library.models.job import JobKind, JobStatus
from media_library.models.library_job import IdentifyOrder, LibraryOrder, ScanOrder, TagsOrder
from media_library.models.user import Viewer
from media_library.models.work import WorkState
from media_library.repositories.media_repo import MediaQuery
from media_library.services.covers import Covers
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner import library_scanner
from media_library.services.media_identifier import Identification, media_identifier
from media_library.services.service_access import http_for_services
from media_library.services.tag_writing import TagsJob, TagWriting
from media_library.workers.library_worker import LibraryWorker
from tests.internet.music import MusicWorld
from tests.music_house import MusicHouse
from tests.music_service import cover
from tests.services.music_identifier.test_albums import ALBUM, HITS, SET

EVERYBODY = Viewer("somebody", None)


def do(house: MusicHouse, order: LibraryOrder) -> None:
    """Queue a job and let the worker do it as it does in the program."""
    settings, state, media_root = house.settings, house.state, house.media_root
    covers = Covers(settings, state)
    films = media_identifier(settings, state, media_root, http_for_services(settings), covers)
    doers: dict[JobKind, Downloader] = {
        JobKind.SCAN: library_scanner(
            settings, state, media_root, LibraryPlaces(state, media_root), settle_seconds=0.0
        ),
        JobKind.IDENTIFY: Identification(state, films.watched, house.albums),
        JobKind.TAGS: TagsJob(state, TagWriting(state, media_root)),
    }
    job = state.queue_content(order, title="Library", origin="", requested_by=None)
    worker = LibraryWorker("library", state, media_root, doers)
    for _ in range(5):  # a scan has queued an identification of its own
        worker.step(threading.Event())
        waiting = state.list_jobs(frozenset({JobStatus.QUEUED}), 50)
        if job.id not in {one.id for one in waiting}:
            break
    failed = state.list_jobs(frozenset({JobStatus.FAILED, JobStatus.CANCELLED}), 50)
    assert [one.error for one in failed] == []


def shelf(house: MusicHouse) -> list[tuple[str, str | None, int | None, int, bool]]:
    """The albums as a viewer sees them, by title: title, artist, year, tracks, whether there is a cover."""
    groups = json.loads(house.state.groups(EVERYBODY, "album", MediaQuery()).items)
    return sorted(
        (one["title"], one["subtitle"], one["year"], one["count"], one["artwork"]["poster"]) for one in groups
    )


def test_a_folder_of_music_becomes_albums_with_covers_under_their_artists(house: MusicHouse, world: MusicWorld) -> None:
    for release in (ALBUM, HITS, SET):
        world.add(release)
        world.draw(release.id, cover())
    house.write(ALBUM, "Radiohead/OK Computer (1997)")
    house.write(HITS, "downloads/rip 12", tags=False)
    house.write(SET, "Pink Floyd - The Wall (1979) [MP3]", suffix=".mp3")
    do(house, ScanOrder())
    assert len(house.tracks()) == 10
    do(house, IdentifyOrder(everything=True))
    assert shelf(house) == [
        ("Hits of the Day", "Various Artists", 2001, 3, True),
        ("OK Computer", "Radiohead", 1997, 3, True),
        ("The Wall", "Pink Floyd", 1979, 4, True),
    ]
    artists = json.loads(house.state.artists(EVERYBODY, 50).items)
    assert [(one["title"], one["count"]) for one in artists] == [
        ("Pink Floyd", 1),
        ("Radiohead", 1),
        ("Various Artists", 1),
    ]
    _, _, guest = house.state.artist(EVERYBODY, "The Ones".lower().encode().hex())
    assert [one["title"] for one in json.loads(guest)] == ["Hits of the Day"]


def test_writing_the_tags_makes_no_file_new(house: MusicHouse, world: MusicWorld) -> None:
    """After a scan, an identification, tags and another scan every item is still itself, and its file says so."""
    world.add(HITS)
    house.write(HITS, "rip", tags=False)
    do(house, ScanOrder())
    do(house, IdentifyOrder(everything=True))
    before = {media.id: media.names for media in house.tracks()}
    do(house, TagsOrder(tuple(before)))
    do(house, ScanOrder())
    assert {media.id: media.names for media in house.tracks()} == before
    assert len(before) == 3
    for media in house.tracks():
        tags = house.scan_tags(media)
        assert (tags.title, tags.artist, tags.album_artist) == (
            media.names.title,
            media.names.artist,
            "Various Artists",
        )
        assert (tags.release_id, tags.is_compilation) == (HITS.id, True)


def test_without_any_service_the_tags_are_enough(house: MusicHouse, world: MusicWorld) -> None:
    world.faults["/"] = (503, {"Retry-After": "1"}, b"")
    house.write(ALBUM, "stuff")
    (house.folder / "stuff/folder.jpg").write_bytes(cover())
    do(house, ScanOrder())
    do(house, IdentifyOrder(everything=True))
    assert shelf(house) == [("OK Computer", "Radiohead", 1997, 3, True)]
    work = house.state.work(house.key())
    assert work is not None and work.state is WorkState.POSTPONED


def test_two_copies_of_an_album_stay_two(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer (1997)")
    house.write(replace(ALBUM), "old/OK Computer", suffix=".mp3")
    do(house, ScanOrder())
    do(house, IdentifyOrder(everything=True))
    do(house, IdentifyOrder(everything=True))
    assert sorted(one[3] for one in shelf(house)) == [3, 3]
    assert {media.names.edition for media in house.tracks()} in ({None, "MP3"}, {None, "FLAC"})
