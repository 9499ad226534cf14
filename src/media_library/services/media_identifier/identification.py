"""The job that finds out what things are: all that is due, several at a time, sparing a service that is down."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Literal, Protocol

from media_library.adapters.service_client import ServiceFailed, ServiceRefused, ServiceUnavailable
from media_library.app_state import AppState
from media_library.content_downloader import Work as JobAtWork
from media_library.errors import Conflict, MediaLibraryError, NotFound, Stopped
from media_library.models.job import JobStage
from media_library.models.library_job import IdentifyOrder
from media_library.models.work import Settlement, Work, WorkKind, WorkState, show_work_key
from media_library.repositories.base import now_ms
from media_library.services.media_identifier.identifier import MediaIdentifier

log = logging.getLogger(__name__)

FILM_KINDS = (WorkKind.MOVIE, WorkKind.SHOW)
_AT_ONCE = 6
_ALBUMS_AT_ONCE = 2
_PICTURES: tuple[Literal["poster", "backdrop"], ...] = ("poster", "backdrop")
_MOST_PICTURES = 100_000
_BATCH = 60
_MOST_FAILURES = 5
_MINUTE_MS = 60_000
_DAY_MS = 24 * 60 * _MINUTE_MS
_PAUSES_MS = (10 * _MINUTE_MS, 60 * _MINUTE_MS, 6 * 60 * _MINUTE_MS, _DAY_MS)
_WITHOUT_KEY_MS = _DAY_MS


class Albums(Protocol):
    """What identifies albums."""

    def identify(self, key: str, check: Callable[[], None]) -> None:
        """Find out what an album is, and settle it."""


class Identification:
    """Does the jobs of identifying. ``watched`` makes an identifier whose questions can be broken off."""

    def __init__(
        self,
        state: AppState,
        watched: Callable[[Callable[[], None]], MediaIdentifier],
        albums: Albums | None,
    ) -> None:
        self._state = state
        self._watched = watched
        self._albums = albums

    def run(self, work: JobAtWork, stop: threading.Event) -> None:
        """Identify what the order names, or all that is due; then fetch the pictures that are missing.

        What cannot be asked now is postponed with the reason: the job itself does not fail.
        """
        order = work.job.order
        assert isinstance(order, IdentifyOrder)
        if order.everything:
            self._ask_everything(order.keys)
        elif order.keys:
            self._state.put_work_pending(order.keys, anew=True)
        _Run(self._state, self._watched, self._albums, work, stop, order.keys).go()

    def _ask_everything(self, keys: tuple[str, ...]) -> None:
        while unasked := self._state.works_unasked(1000):
            self._state.put_work_pending(unasked)
        self._state.put_work_pending(keys or self._state.work_keys(), anew=True)


class _Run:
    """One run of the job."""

    def __init__(
        self,
        state: AppState,
        watched: Callable[[Callable[[], None]], MediaIdentifier],
        albums: Albums | None,
        work: JobAtWork,
        stop: threading.Event,
        keys: tuple[str, ...],
    ) -> None:
        self._state = state
        self._work = work
        self._stop = stop
        self._keys = keys
        self._ended = threading.Event()
        self._identifier = watched(self._check)
        self._albums = albums
        self._failures = self._done = self._total = 0
        self._lock = threading.Lock()
        self._kinds = set(FILM_KINDS) | ({WorkKind.ALBUM} if albums is not None else set())

    def go(self) -> None:
        """Look up one after the other, so many at a time; what is left over is for the next run.

        Albums, whose services are slow, go beside the films and shows.
        """
        if (reason := self._identifier.why_not) is not None:
            self._put_off(FILM_KINDS, reason, _WITHOUT_KEY_MS)
        self._total = len(self._keys) or self._state.count_works_pending(self._kinds, now_ms())
        with (
            ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="identify") as pool,
            ThreadPoolExecutor(1 + _ALBUMS_AT_ONCE, thread_name_prefix="identify-albums") as slow,
        ):
            try:
                albums = slow.submit(self._drain, slow, (WorkKind.ALBUM,), _ALBUMS_AT_ONCE)
                self._drain(pool, FILM_KINDS, _AT_ONCE, tell=self._tell)
                for kind in _PICTURES:
                    missing = iter(self._state.works_without_pictures(kind, _MOST_PICTURES))
                    for _ in self._finished(pool, _AT_ONCE, missing, lambda key, kind=kind: self._picture(key, kind)):
                        self._tell()
                stills = iter(self._state.stills_wanted(_MOST_PICTURES))
                for _ in self._finished(pool, _AT_ONCE, stills, self._still):
                    self._tell()
                seasons = iter(self._state.season_posters_wanted(_MOST_PICTURES))
                for _ in self._finished(pool, _AT_ONCE, seasons, self._season):
                    self._tell()
                while not wait([albums], timeout=0.5).done:
                    self._tell()
                albums.result()
            finally:
                self._ended.set()
                pool.shutdown(wait=False, cancel_futures=True)
                slow.shutdown(wait=False, cancel_futures=True)

    def _drain(
        self,
        pool: ThreadPoolExecutor,
        kinds: Sequence[WorkKind],
        at_once: int,
        tell: Callable[[], None] = lambda: None,
    ) -> None:
        """Look up all that is due of some kinds."""
        for _ in self._finished(pool, at_once, self._due(kinds), self._one):
            with self._lock:
                self._done += 1
            tell()

    def _due(self, kinds: Sequence[WorkKind]) -> Iterator[Work]:
        """What is to be looked up, each once."""
        if self._keys:
            named = (self._state.work(key) for key in self._keys)
            yield from (
                one for one in named if one is not None and one.kind in kinds and one.state is not WorkState.DISMISSED
            )
            return
        seen: set[str] = set()
        while wanted := self._kinds.intersection(kinds):
            batch = self._state.works_pending(wanted, _BATCH + len(seen), now_ms())
            fresh = [one for one in batch if one.key not in seen]
            if not fresh:
                return
            for one in fresh[:_BATCH]:
                seen.add(one.key)
                yield one
            seen &= {one.key for one in batch}  # what was settled meanwhile is not listed any more

    def _finished(
        self, pool: ThreadPoolExecutor, at_once: int, things: Iterator[object], do: Callable[..., None]
    ) -> Iterator[None]:
        """Do a thing after the other in the pool; yields after each, and raises what broke one off."""
        running: set[Future[None]] = set()
        for thing in things:
            self._work.check()
            running.add(pool.submit(do, thing))
            while len(running) >= at_once:
                ended, running = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
                self._work.check()
                for one in ended:
                    one.result()
                    yield
        while running:
            ended, running = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            self._work.check()
            for one in ended:
                one.result()
                yield

    def _one(self, work: Work) -> None:
        if work.kind not in self._kinds:
            return
        try:
            if work.kind is WorkKind.ALBUM:
                assert self._albums is not None
                self._albums.identify(work.key, self._check)
            else:
                self._identifier.look_up(work)
                self._failures = 0
        except NotFound:
            self._state.forget_work(work.key)
        except ServiceUnavailable as error:
            pause = max(_PAUSES_MS[0], int((error.retry_after_seconds or 0) * 1000))
            self._put_off(FILM_KINDS, str(error), min(pause, _DAY_MS))
        except ServiceRefused as error:
            self._put_off(FILM_KINDS, str(error), _PAUSES_MS[2])
        except (ServiceFailed, Conflict) as error:
            self._postpone(work, error)

    def _postpone(self, work: Work, error: MediaLibraryError) -> None:
        """One that could not be looked up is tried again later; after several in a row, the service is left alone."""
        log.info("%s is identified later: %s", work.key, error)
        pause = _PAUSES_MS[min(work.tries, len(_PAUSES_MS) - 1)]
        if work.state in (WorkState.APPLIED, WorkState.CONFIRMED):
            self._state.rest_work(work.key, now_ms() + pause)
        else:
            self._state.settle_work(work.key, Settlement(WorkState.POSTPONED, str(error), not_before=now_ms() + pause))
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            self._put_off(FILM_KINDS, str(error), _PAUSES_MS[1])

    def _picture(self, key: str, kind: Literal["poster", "backdrop"]) -> None:
        pictures = self._identifier.pictures
        if (pictures.fetch_poster if kind == "poster" else pictures.fetch_backdrop)(key):
            self._identifier.dressed(key)

    def _still(self, wanted: tuple[str, str]) -> None:
        self._identifier.pictures.fetch_still(*wanted)

    def _season(self, wanted: tuple[str, int, str]) -> None:
        if self._identifier.pictures.fetch_season(*wanted):
            self._identifier.dressed(show_work_key(wanted[0]))

    def _put_off(self, kinds: tuple[WorkKind, ...], reason: str, pause_ms: int) -> None:
        count = self._state.postpone_works(kinds, reason, now_ms() + pause_ms)
        self._kinds = self._kinds - set(kinds)
        if count:
            log.info("%d works are identified later: %s", count, reason)

    def _check(self) -> None:
        """Asked by whatever waits for a service."""
        if self._stop.is_set() or self._ended.is_set():
            raise Stopped("The program is stopping.")

    def _tell(self) -> None:
        total = max(self._total, self._done, 1)
        self._work.report(JobStage.IDENTIFY, 100 * self._done / total, speed=f"{self._done:,} of {total:,}")
