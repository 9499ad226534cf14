"""Looks at an address in several ways at once, within the time that a person waits."""

import base64
import logging
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from media_library.adapters import feeds, page_facts, pictures, yt_dlp
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.http import HttpClient, RequestRefused
from media_library.adapters.page_facts import PageFacts
from media_library.adapters.yt_dlp import Findings, NeedsSignIn, Program
from media_library.app_state import AppState
from media_library.errors import InvalidInput, MediaLibraryError, TransientFailure
from media_library.models.user import Viewer
from media_library.services.examination.readings import (
    Examined,
    FoundReading,
    Glimpse,
    ReadingKind,
    of_feed,
    of_file,
    of_findings,
    of_page,
    ranked,
)
from media_library.services.web_addresses import WebAddress, origin_of, parse_address

log = logging.getLogger(__name__)

_PAGE_SECONDS = 10.0
_SITE_SECONDS = 20.0
_FEED_SECONDS = 8.0
_PICTURE_SECONDS = 5.0
_MOST_PAGE = 3_000_000
_MOST_HEAD = 65_536
_MOST_FEEDS = 2
_MOST_ENTRIES = 200
_MOST_PICTURE = 8_000_000
_PICTURE_SIDE = 320
_MOST_DATA_URI = 40_000
_AT_ONCE = 4


class Examiner:
    """Examines for several people at once; each look ends within half a minute."""

    def __init__(
        self,
        state: AppState,
        http: HttpClient,
        proxy: EgressProxy,
        program: Callable[[], Program] = yt_dlp.bundled,
        playlist_sites: Callable[[WebAddress], str | None] = lambda address: None,
    ) -> None:
        """``playlist_sites`` gives the title of an address that is a music playlist of a site."""
        self._state = state
        self._http = http
        self._proxy = proxy
        self._program = program
        self._playlist_sites = playlist_sites
        self._starting = threading.Lock()
        self._is_started = False
        self._few = threading.BoundedSemaphore(_AT_ONCE)

    def examine(self, viewer: Viewer, text: str) -> Examined:
        """What is at the address in ``text``.

        Raises ``InvalidInput`` with the reason when it is no address, cannot be reached, or holds nothing to keep.
        """
        address = parse_address(text)
        there = self._there(viewer, (address.key,))
        playlist = self._playlist_sites(address)
        if playlist is not None:
            reading = FoundReading(ReadingKind.MUSIC_PLAYLIST, address.url, playlist, sure=True)
            return Examined(address.url, (reading,), there)
        if not self._few.acquire(timeout=_PAGE_SECONDS):
            raise InvalidInput("Several addresses are being looked at already. Try again in a moment.", "url")
        try:
            readings, keys = self._look(address)
        finally:
            self._few.release()
        readings = (self._pictured(readings[0]), *(replace(one, picture=None) for one in readings[1:]))
        return Examined(address.url, readings, there or self._there(viewer, keys))

    def _look(self, address: WebAddress) -> tuple[tuple[FoundReading, ...], tuple[str, ...]]:
        """The readings, the likeliest first, and under which keys the same may be in the library."""
        enough = threading.Event()
        with ThreadPoolExecutor(1, thread_name_prefix="examine") as pool:
            asked = pool.submit(self._ask_site, address.url, enough)
            try:
                seen = self._see(address.url)
                if seen.alone:
                    return seen.alone, _keys(seen.url)
                if isinstance(seen.problem, RequestRefused):
                    raise InvalidInput(str(seen.problem), "url")
                findings, refusal = asked.result()
            finally:
                enough.set()
        site = None if findings is None else of_findings(findings, address.url)
        page = None if seen.facts is None else of_page(seen.facts, seen.url)
        readings = ranked(page, seen.facts, site, seen.podcasts)
        if not readings:
            raise InvalidInput(_why_nothing(seen.problem, refusal), "url")
        video = None if findings is None else findings.video
        canonical = None if seen.facts is None else seen.facts.canonical_url
        return readings, _keys(seen.url, canonical) + ((video.key,) if video is not None and video.key else ())

    def _see(self, url: str) -> "_Seen":
        """What the address itself answers."""
        try:
            glimpse = self._glimpse(url)
            if feeds.looks_like_feed(glimpse.head):
                return _Seen(glimpse.url, alone=self._feed(glimpse.url))
            file = of_file(glimpse)
            if file is not None or not glimpse.is_page:
                return _Seen(glimpse.url, alone=() if file is None else (file,))
            facts = page_facts.read_page(glimpse.head, glimpse.url, glimpse.content_type)
            return _Seen(glimpse.url, facts=facts, podcasts=self._podcasts(facts))
        except MediaLibraryError as error:
            return _Seen(url, problem=error)

    def _glimpse(self, url: str) -> Glimpse:
        with self._http.stream(url, timeout_seconds=_PAGE_SECONDS) as answer:
            kind = answer.headers.get("content-type", "").lower()
            length = answer.headers.get("content-length", "")
            head = bytearray()
            most = _MOST_HEAD if kind.startswith(("audio/", "video/", "image/")) else _MOST_PAGE
            deadline = time.monotonic() + _PAGE_SECONDS
            for chunk in answer.chunks(1 << 50):
                head += chunk
                if len(head) >= most or time.monotonic() > deadline:
                    break
            return Glimpse(answer.url, kind, bytes(head[:most]), int(length) if length.isdecimal() else None)

    def _podcasts(self, facts: PageFacts) -> list[FoundReading]:
        """The podcasts among the feeds that a page names."""
        found = []
        for feed in facts.feeds[:_MOST_FEEDS]:
            try:
                found += [one for one in self._feed(feed.url) if one.kind is ReadingKind.PODCAST]
            except MediaLibraryError as error:
                log.info("A feed that a page names is left out: %s", error)
        return [replace(reading, sure=False) for reading in found]

    def _feed(self, url: str) -> tuple[FoundReading, ...]:
        """The readings of a feed; raises ``InvalidInput`` if it is none or has nothing to play."""
        answer = self._http.get(url, timeout_seconds=_FEED_SECONDS, max_bytes=feeds.MOST_FEED_BYTES)
        feed = feeds.parse(answer.body, answer.url, answer.headers.get("content-type", ""))
        readings = of_feed(feed, answer.permanent_url or url)
        if not readings:
            raise InvalidInput("This feed has no episodes with sound. Paste the address of one of its pages.", "url")
        return readings

    def _ask_site(self, url: str, enough: threading.Event) -> tuple[Findings | None, MediaLibraryError | None]:
        """What yt-dlp finds; ended when ``enough`` is known otherwise."""
        with self._starting:
            if not self._is_started:
                self._proxy.start()
                self._is_started = True
        look = yt_dlp.examine(
            self._program(),
            url,
            proxy=self._proxy.url,
            proxy_port=self._proxy.port,
            most_entries=_MOST_ENTRIES,
            timeout_seconds=_SITE_SECONDS,
        )
        try:
            while not enough.is_set():
                next(look)
        except StopIteration as ended:
            findings: Findings = ended.value
            return findings, None
        except MediaLibraryError as error:
            return None, error
        finally:
            look.close()
        return None, None

    def _there(self, viewer: Viewer, keys: tuple[str, ...]) -> str | None:
        """The item of these keys, if the person may see it."""
        media = self._state.media_by_origin(keys)
        if media is None or media.file is None or media.deleted_at is not None:
            return None
        granted = viewer.library_ids
        return media.id if granted is None or media.library_id in granted else None

    def _pictured(self, reading: FoundReading) -> FoundReading:
        """The reading with its picture as a data URI, for the page shows nothing of other sites."""
        if reading.picture is None:
            return reading
        try:
            answer = self._http.get(reading.picture, timeout_seconds=_PICTURE_SECONDS, max_bytes=_MOST_PICTURE)
            with tempfile.TemporaryDirectory(prefix="media-library-") as folder:
                source, target = Path(folder, "source"), Path(folder, "made", "picture.jpg")
                source.write_bytes(answer.body)
                target.parent.mkdir()
                pictures.write_jpeg(source, target, longest_side=_PICTURE_SIDE)
                text = base64.b64encode(target.read_bytes()).decode()
        except MediaLibraryError as error:
            log.info("There is no picture of what was examined: %s", error)
            return replace(reading, picture=None)
        return replace(reading, picture=f"data:image/jpeg;base64,{text}" if len(text) < _MOST_DATA_URI else None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an address answered: a file or a feed, which needs no second look, a page with its facts, or a problem."""

    url: str
    alone: tuple[FoundReading, ...] = ()
    facts: PageFacts | None = None
    podcasts: list[FoundReading] = field(default_factory=list)
    problem: MediaLibraryError | None = None


def _keys(*urls: str | None) -> tuple[str, ...]:
    return tuple(key for url in urls if url and (key := origin_of(url)) is not None)


def _why_nothing(problem: MediaLibraryError | None, refusal: MediaLibraryError | None) -> str:
    """The sentence for an address without anything to keep: that of the site, unless it does not know the page."""
    if isinstance(refusal, NeedsSignIn) or (problem is None and isinstance(refusal, TransientFailure)):
        return str(refusal)
    if problem is not None:
        return str(problem)
    return "There is nothing at this address that can be kept. Paste that of a video, an article, a feed or a file."
