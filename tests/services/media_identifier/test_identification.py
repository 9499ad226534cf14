"""The job: all that is due, through failures of the service, with and without a key."""

import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from media_library.content_downloader import Downloader
from media_library.models.artwork import ArtworkSource, season_owner
from media_library.models.job import JobKind, JobStatus
from media_library.models.library import LibraryKind
from media_library.models.library_job import IdentifyOrder
from media_library.models.media import MediaNames, MediaType, NewMedia
from media_library.models.work import Settlement, WorkKind, WorkState, movie_key, show_work_key
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo import show_key
from media_library.services.media_identifier import Identification
from media_library.services.media_root import MediaRoot
from media_library.workers.identify_watch import IdentifyWatch
from media_library.workers.library_worker import LibraryWorker
from tests.internet.tmdb import About, Episode, Film, Show
from tests.services.media_identifier.conftest import EVERYBODY, KnowingHouse


@dataclass
class Albums:
    """Stands where albums are identified; notes which."""

    asked: list[str] = field(default_factory=list)

    def identify(self, key: str, check: Callable[[], None]) -> None:
        check()
        self.asked.append(key)


@dataclass
class Lane:
    """The worker of the job, one step at a time."""

    house: KnowingHouse
    albums: Albums
    worker: LibraryWorker
    watch: IdentifyWatch

    def run(self, order: IdentifyOrder | None = None, stop: threading.Event | None = None) -> JobStatus:
        """Do one job; without an order, the one that the watch queues. One that went well by itself leaves no trace."""
        state = self.house.state
        if order is None:
            assert self.watch.look()
        else:
            state.queue_content(order, title="Identify", origin="test")
        [job] = state.list_jobs({JobStatus.QUEUED}, 9)
        self.worker.step(stop or threading.Event())
        return next((one.status for one in state.list_jobs(JobStatus, 99) if one.id == job.id), JobStatus.DONE)


@pytest.fixture
def lane(house: KnowingHouse) -> Lane:
    media_root = MediaRoot(house.settings, house.state)
    media_root.prepare()
    albums = Albums()
    doers: dict[JobKind, Downloader] = {JobKind.IDENTIFY: Identification(house.state, house.identifier.watched, albums)}
    worker = LibraryWorker("knowledge", house.state, media_root, doers)
    watch = IdentifyWatch(house.state, lambda: house.preferences, lambda: house.identifier.why_not)
    return Lane(house, albums, worker, watch)


def states(house: KnowingHouse) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in house.state.work_keys():
        state = house.work(key).state
        found[state] = found.get(state, 0) + 1
    return found


def test_the_seasons_that_are_here_get_their_posters_and_texts(house: KnowingHouse, lane: Lane) -> None:
    about = {1: About("The First Tide", "A boat.", "/one.jpg"), 2: About(poster="/two.jpg"), 3: About(poster="/no.jpg")}
    seasons = {number: (Episode(1, "A", "2020-01-10"),) for number in (0, 1, 2, 3)}
    house.tmdb.add(Show(1, "Show", "2020-01-01", seasons, about=about))
    house.tmdb.faults["/t/p/w780/no.jpg"] = (404, {}, b"")
    shown = [house.episode("Show", number, 1) for number in (0, 1, 3)]
    assert lane.run() is JobStatus.DONE
    key = show_work_key(show_key(house.names(shown[0])) or "")
    known = house.state.show_seasons(key)
    assert (known[1].title, known[1].overview, known[1].aired_on) == ("The First Tide", "A boat.", "2020-01-10")
    posters = house.state.season_posters(key.removeprefix("show:"))
    assert {number: one.source for number, one in posters.items()} == {1: ArtworkSource.SERVICE}, "2 is not here"
    assert [season for _, season, _ in house.state.season_posters_wanted(9)] == [3]
    for _ in range(2):
        house.state.note_season_tried(key, 3)
    assert house.state.season_posters_wanted(9) == [], "what cannot be had is not asked for for ever"
    house.covers.put_named(season_owner(key.removeprefix("show:"), 3), _drawn(), source=ArtworkSource.OWN)
    house.identifier.undo(EVERYBODY, key)
    assert house.state.show_seasons(key) == {}
    posters = house.state.season_posters(key.removeprefix("show:"))
    assert {number: one.source for number, one in posters.items()} == {3: ArtworkSource.OWN}


def _drawn() -> bytes:
    from PIL import Image

    drawn = io.BytesIO()
    Image.new("RGB", (40, 60), "crimson").save(drawn, "PNG")
    return drawn.getvalue()


def test_everything_that_came_is_identified_by_one_job(house: KnowingHouse, lane: Lane) -> None:
    music = house.state.ensure_library(LibraryKind.MUSIC, "Music", "music")
    names = MediaNames("Song", artist="Band", album="Album")
    house.state.add_media(NewMedia(MediaType.TRACK, music.id, names, None))
    house.tmdb.add(*(Film(n, f"Film {n} of many", f"{1950 + n}-01-01", backdrop="/b.jpg") for n in range(1, 41)))
    house.tmdb.add(
        Show(1, "Show", "2000-01-01", {1: tuple(Episode(n, f"E{n}", still=f"/s{n}.jpg") for n in range(1, 9))})
    )
    house.tmdb.faults["/t/p/w300/s8.jpg"] = (404, {}, b"")
    made = [house.film(f"film {n} of many", 1950 + n) for n in range(1, 41)]
    unknown = house.film("Nobody knows this", 2001)
    shown = [house.episode("show", 1, number) for number in range(1, 9)]
    assert lane.run() is JobStatus.DONE
    assert states(house) == {"applied": 41, "unknown": 1, "pending": 1}
    assert house.names(made[5]).title == "Film 6 of many"
    assert house.work(movie_key(unknown.id)).reason == "TMDb knows no film by this name."
    assert len(lane.albums.asked) == 1
    assert house.state.media(made[0].id).has_backdrop
    assert [house.state.media(one.id).has_still for one in shown] == [True] * 7 + [False]
    assert house.state.stills_wanted(9) == []
    house.state.settle_work(lane.albums.asked[0], Settlement(WorkState.DISMISSED))
    assert not lane.watch.look()


def test_a_service_that_is_down_is_left_alone_and_nothing_is_lost(
    house: KnowingHouse, lane: Lane, tmp_path: Path
) -> None:
    house.tmdb.add(*(Film(n, f"Film {n} of many", f"{1950 + n}-01-01") for n in range(1, 31)))
    for n in range(1, 31):
        house.film(f"film {n} of many", 1950 + n)
    house.tmdb.faults["*"] = (503, {"Retry-After": "7200"}, b"")
    assert lane.run() is JobStatus.DONE
    assert states(house) == {"postponed": 30}
    assert len(house.tmdb.asked) <= 20
    work = house.work(house.state.work_keys()[0])
    assert "TMDb does not work right now" in (work.reason or "")
    assert all(house.work(key).not_before >= now_ms() + 110 * 60_000 for key in house.state.work_keys())
    assert not lane.watch.look()
    house.tmdb.faults.clear()
    for pace in (tmp_path / "cache").rglob("*.pace"):  # two hours later
        pace.unlink()
    house.state.hurry_works([WorkKind.MOVIE])
    lane.run()
    assert states(house) == {"applied": 30}


def test_answers_that_are_none_postpone_what_they_are_about(house: KnowingHouse, lane: Lane) -> None:
    house.tmdb.add(*(Film(n, f"Film {n} of many", f"{1950 + n}-01-01") for n in range(1, 9)))
    made = [house.film(f"film {n} of many", 1950 + n) for n in range(1, 9)]
    house.tmdb.faults["movie/3"] = (200, {}, b"<html>")
    house.tmdb.faults["movie/4"] = (200, {}, b'{"id": 4' + b" " * (10 << 20))
    house.tmdb.faults["movie/5"] = (200, {}, b"")
    assert lane.run() is JobStatus.DONE
    assert states(house) == {"applied": 5, "postponed": 3}
    third = house.work(movie_key(made[2].id))
    assert "a web page instead of data" in (third.reason or "")
    assert third.tries == 1


def test_without_a_key_everything_waits_for_one(house: KnowingHouse, lane: Lane, tmp_path: Path) -> None:
    house.film("Film", 2001)
    reason = "TMDb is not asked, because there is no key."
    watch = IdentifyWatch(house.state, lambda: house.preferences, lambda: reason)
    assert not watch.look()
    work = house.work(house.state.work_keys()[0])
    assert (work.state, work.reason) == (WorkState.POSTPONED, reason)
    assert house.tmdb.asked == []
    stopped = threading.Event()
    stopped.set()
    lane.watch.step(stopped)  # started anew, with a key
    [job] = house.state.list_jobs({JobStatus.QUEUED}, 9)
    assert job.kind is JobKind.IDENTIFY


def test_a_wrong_key_is_told_and_asked_with_only_a_few_times(house: KnowingHouse, lane: Lane) -> None:
    for n in range(40):
        house.film(f"film {n} of many", 1950 + n)
    house.tmdb.faults["*"] = (401, {"Content-Type": "application/json"}, b'{"status_code": 7}')
    lane.run()
    assert states(house) == {"postponed": 40}
    assert "does not accept our key" in (house.work(house.state.work_keys()[0]).reason or "")
    assert len(house.tmdb.asked) <= 20


def test_asking_anew_is_for_what_nobody_chose(house: KnowingHouse, lane: Lane) -> None:
    house.tmdb.add(Film(1, "One", "2001-01-01"), Film(2, "Two", "2002-01-01"))
    one, two = house.film("One", 2001), house.film("Two", 2002)
    lane.run()
    house.tmdb.asked.clear()
    house.tmdb.films.clear()
    lane.run(IdentifyOrder(keys=(movie_key(one.id),)))
    assert house.work(movie_key(one.id)).state is WorkState.APPLIED  # what is kept of the answers still says so
    lane.run(IdentifyOrder(everything=True))
    assert states(house) == {"applied": 2}
    assert house.names(two).title == "Two"


def test_a_job_is_broken_off_at_once_and_goes_on_later(house: KnowingHouse, lane: Lane) -> None:
    house.tmdb.add(*(Film(n, f"Film {n} of many", f"{1950 + n}-01-01") for n in range(1, 31)))
    for n in range(1, 31):
        house.film(f"film {n} of many", 1950 + n)
    house.tmdb.faults["search/movie"] = (429, {"Retry-After": "8"}, b"")
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    began = time.monotonic()
    status = lane.run(stop=stop)
    assert time.monotonic() - began < 5
    assert status is JobStatus.QUEUED
    assert states(house) == {"pending": 30}
