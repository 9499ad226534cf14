"""Reads the list of a playlist or channel, makes its collection what it says, and queues what is missing."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from media_library.adapters import yt_dlp
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.http import HttpClient
from media_library.adapters.yt_dlp import Findings, ListEntry, NeedsSignIn, VideoInfo
from media_library.app_state import AppState
from media_library.content_downloader.work import Work
from media_library.errors import Conflict, MediaLibraryError, Stopped, ToolFailed, TransientFailure
from media_library.models.collection import Collection, NewEntry
from media_library.models.content_job import PlaylistOrder
from media_library.models.job import JobStage
from media_library.services.covers import Covers
from media_library.services.downloader_updates import DownloaderUpdates
from media_library.services.following import Following
from media_library.services.site_cookies import SiteCookies, cookie_file
from media_library.services.web_addresses import origin_of

log = logging.getLogger(__name__)

MOST_ENTRIES = 5_000
"""Of a longer list only the beginning is read."""

_SECONDS = 900.0
_MOST_PICTURE_BYTES = 10 * 1024 * 1024
_MOST_OVERVIEW = 4_000


@dataclass(frozen=True, slots=True)
class ListTools:
    """What lists are read with."""

    proxy: EgressProxy
    updates: DownloaderUpdates
    http: HttpClient
    cookies: SiteCookies
    most_entries: int = MOST_ENTRIES


class PlaylistDownloader:
    """Does the jobs of kind ``PLAYLIST``."""

    def __init__(self, state: AppState, following: Following, covers: Covers, tools: ListTools) -> None:
        self._state = state
        self._following = following
        self._covers = covers
        self._tools = tools

    def run(self, work: Work, stop: threading.Event) -> None:
        """Read the list of the order's collection."""
        order = work.job.order
        assert isinstance(order, PlaylistOrder)
        collection = self._state.collection(order.collection_id)
        try:
            findings = self._read(work, collection)
        except (Conflict, Stopped):
            raise
        except MediaLibraryError as error:
            # a reading that is tried again and again is one failure
            if work.job.failures == 0 or not isinstance(error, TransientFailure):
                self._following.checked(collection.id, str(error))
            raise
        work.report(JobStage.PUBLISH, 90)
        self._state.put_entries(collection.id, _entries(findings), complete=not findings.is_cut)
        self._describe(work, collection, findings)
        self._following.checked(collection.id)
        queued = self._following.queue_entries(collection.id, work.job.requested_by)
        gone = self._following.let_go(collection.id)
        log.info("List %s was read: %d queued, %d let go", collection.id, queued, gone)

    def _read(self, work: Work, collection: Collection) -> Findings:
        if collection.url is None:
            raise ToolFailed("This collection is not read from an address.")
        work.report(JobStage.EXAMINE, 0)
        try:
            return self._look(work, collection.url, None)
        except NeedsSignIn:
            jar = self._tools.cookies.jar_for(urlsplit(collection.url).hostname or "")
            if jar is None:
                raise
        with cookie_file(jar) as cookies:
            return self._look(work, collection.url, cookies)

    def _look(self, work: Work, url: str, cookies: Path | None) -> Findings:
        run = yt_dlp.examine(
            self._tools.updates.current(),
            url,
            proxy=self._tools.proxy.url,
            proxy_port=self._tools.proxy.port,
            most_entries=self._tools.most_entries,
            timeout_seconds=_SECONDS,
            cookies=cookies,
        )
        try:
            while True:
                try:
                    count = next(run) or 0
                except StopIteration as end:
                    found: Findings = end.value
                    return found
                work.report(JobStage.EXAMINE, 80 * min(count / self._tools.most_entries, 1.0))
        finally:
            run.close()

    def _describe(self, work: Work, collection: Collection, findings: Findings) -> None:
        """Take title, text and picture from the site; a title that a person gave stays."""
        listed = findings.list
        if listed is None:
            return
        if collection.title in (collection.url, collection.origin, ""):
            self._state.rename_collection(collection.id, listed.title)
        suffix = f" (the first {self._tools.most_entries} of them)" if findings.is_cut else ""
        work.rename(f"{listed.title}{suffix}")
        has_poster = collection.has_poster
        if not has_poster and listed.picture is not None:
            has_poster = self._picture(collection, listed.picture)
        overview = listed.overview[:_MOST_OVERVIEW] if listed.overview else collection.overview
        self._state.describe_collection(collection.id, overview, has_poster=has_poster)

    def _picture(self, collection: Collection, url: str) -> bool:
        try:
            answer = self._tools.http.get(url, timeout_seconds=20, max_bytes=_MOST_PICTURE_BYTES)
        except MediaLibraryError as error:
            log.info("There is no picture of list %s: %s", collection.id, error)
            return False
        return self._covers.put_named(collection.id, answer.body)


def _entries(findings: Findings) -> list[NewEntry]:
    found = list(findings.entries)
    if findings.video is not None and (entry := _alone(findings.video)) is not None:
        found.append(entry)
    entries = []
    for one in found:
        key = one.key or origin_of(one.url)
        if key is not None:
            entries.append(NewEntry(key, one.title, one.url, one.duration_ms, one.published_at))
    return entries


def _alone(video: VideoInfo) -> ListEntry | None:
    """A single video as a list of one."""
    if video.url is None:
        return None
    return ListEntry(video.url, video.title, video.key, video.duration_ms, video.published_at)
