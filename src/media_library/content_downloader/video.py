"""Fetches a web video, or its sound: looks at it, asks whether it is wanted, loads, proves and publishes it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from media_library.adapters import yt_dlp
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.yt_dlp import DownloadedVideo, NeedsSignIn, VideoInfo, VideoOrder
from media_library.app_state import AppState
from media_library.content_downloader.arrival import Arrivals, Arrived
from media_library.content_downloader.foreign_media import prove
from media_library.content_downloader.work import Downloader, Work
from media_library.errors import InvalidInput, MediaLibraryError, NotFound, ToolFailed
from media_library.models.collection import Collection, Entry
from media_library.models.content_job import DownloadOrder, LiveChoice, Reading
from media_library.models.job import JobStage
from media_library.models.media import Media
from media_library.models.preferences import DownloadPreferences
from media_library.services.downloader_updates import DownloaderUpdates
from media_library.services.list_rules import Candidate, refusal
from media_library.services.site_cookies import SiteCookies, cookie_file
from media_library.services.web_addresses import origin_of

_DOWNLOAD_BEGIN, _DOWNLOAD_SIZE = 2.0, 90.0
_CONVERT_BEGIN, _VERIFY_BEGIN = 92.0, 95.0
_LOOK_AT_SPACE_SECONDS = 2.0


class _NotWanted(MediaLibraryError):
    """It is known already, or rules leave it out: the job is done without a download."""


@dataclass(frozen=True, slots=True)
class VideoTools:
    """What fetches: the preferences at this moment, the network of children, which yt-dlp, the cookies of sites."""

    preferences: Callable[[], DownloadPreferences]
    proxy: EgressProxy
    updates: DownloaderUpdates
    cookies: SiteCookies


class VideoDownloader:
    """Does the jobs of kind ``DOWNLOAD``; those that are the file itself are passed on to ``files``."""

    def __init__(self, state: AppState, arrivals: Arrivals, tools: VideoTools, files: Downloader) -> None:
        self._state = state
        self._arrivals = arrivals
        self._tools = tools
        self._files = files

    def run(self, work: Work, stop: threading.Event) -> None:
        """Fetch the video of the order."""
        order = work.job.order
        assert isinstance(order, DownloadOrder)
        if order.reading is Reading.FILE:
            self._files.run(work, stop)
            return
        work.report(JobStage.EXAMINE, 0)
        if self._arrivals.known(work, _origins(order)) is not None:
            return
        try:
            self._publish(work, order, self._fetch(work, order))
        except _NotWanted:
            return

    def _fetch(self, work: Work, order: DownloadOrder) -> DownloadedVideo:
        """Try as nobody first; where the site wants to know who asks, once more with its cookies, if there are any."""
        try:
            return self._load(work, order, None)
        except NeedsSignIn:
            jar = self._tools.cookies.jar_for(urlsplit(order.url).hostname or "")
            if jar is None:
                raise
        with cookie_file(jar) as cookies:
            return self._load(work, order, cookies)

    def _load(self, work: Work, order: DownloadOrder, cookies: Path | None) -> DownloadedVideo:
        preferences = self._tools.preferences()
        wanted = VideoOrder(
            order.url,
            work.staging,
            self._tools.proxy.url,
            preferences.format,
            preferences.max_height,
            order.audio_only,
            preferences.subtitle_languages,
            preferences.automatic_subtitles,
            preferences.sponsorblock,
            cookies=cookies,
        )
        run = yt_dlp.download(
            self._tools.updates.current(),
            wanted,
            proxy_port=self._tools.proxy.port,
            judge=lambda info: self._judge(work, order, info),
        )
        started, looked_at = time.monotonic(), -_LOOK_AT_SPACE_SECONDS
        try:
            while True:
                try:
                    step = next(run)
                except StopIteration as end:
                    found: DownloadedVideo = end.value
                    return found
                if step is None:
                    work.report(JobStage.EXAMINE, 1)
                elif step.is_converting:
                    work.report(JobStage.CONVERT, _CONVERT_BEGIN)
                else:
                    fraction = step.fraction or self._share_of_recording(order, started)
                    percent = _DOWNLOAD_BEGIN + _DOWNLOAD_SIZE * fraction
                    work.report(JobStage.DOWNLOAD, percent, eta_seconds=step.eta_seconds, speed=step.speed)
                if time.monotonic() - looked_at >= _LOOK_AT_SPACE_SECONDS:
                    looked_at = time.monotonic()
                    self._arrivals.require_space()
        finally:
            run.close()

    def _judge(self, work: Work, order: DownloadOrder, info: VideoInfo) -> None:
        """Whether a video is to be loaded; raises if it is not."""
        work.check()
        if info.of_many:
            raise InvalidInput(
                "There are several videos at this address. Import it as a playlist, or pick one of them."
            )
        if self._arrivals.known(work, _origins(order, info)) is not None:
            raise _NotWanted
        if info.is_upcoming:
            raise ToolFailed("This stream has not begun. Fetch it once it is over.")
        if info.is_live and order.live is not LiveChoice.RECORD:
            raise ToolFailed(
                "This is a live stream, which does not end by itself. Fetch it once it is over, or choose to record it"
                f" (at most {yt_dlp.SECONDS_OF_A_RECORDING // 3600} hours)."
            )
        work.rename(info.title)
        self._require_wanted(work, order, info)
        self._arrivals.require_space(info.size_bytes or 0)

    def _require_wanted(self, work: Work, order: DownloadOrder, info: VideoInfo) -> None:
        """Ask the rules of the list again: a list often does not tell dates and lengths."""
        subscription = None if order.collection_id is None else self._state.subscription(order.collection_id)
        if subscription is None:
            return
        reason = refusal(subscription.rules, Candidate(info.title, info.duration_ms, info.published_at))
        if reason is not None:
            work.rename(f"{info.title} (left out: {reason})")
            raise _NotWanted

    def _publish(self, work: Work, order: DownloadOrder, video: DownloadedVideo) -> Media:
        info = video.info
        announced = None if info.is_live else info.duration_ms
        media_file = prove(work, video.file, announced_ms=announced, begin=_VERIFY_BEGIN)
        collection, entry = self._listed(order)
        # a bare file knows neither its title nor its date; the list in which it stands does
        is_bare = info.key is None and info.channel is None and entry is not None
        return self._arrivals.enter(
            work,
            media_file,
            Arrived(
                entry.title if is_bare and entry is not None else info.title,
                info.channel or (collection.title if collection is not None else _site(info.url or order.url)),
                _origins(order, info),
                info.description,
                info.published_at or (entry.published_at if entry is not None else None),
                info.language,
                video.chapters,
                video.picture,
                video.subtitles,
            ),
        )

    def _listed(self, order: DownloadOrder) -> tuple[Collection | None, Entry | None]:
        """The list for which a video is fetched, and what it says of the video."""
        if order.collection_id is None:
            return None, None
        try:
            collection = self._state.collection(order.collection_id)
        except NotFound:
            return None, None
        entries = self._state.entries(collection.id)
        return collection, next((entry for entry in entries if entry.key == order.entry_key), None)

    @staticmethod
    def _share_of_recording(order: DownloadOrder, started: float) -> float:
        if order.live is not LiveChoice.RECORD:
            return 0.0
        return min((time.monotonic() - started) / yt_dlp.SECONDS_OF_A_RECORDING, 1.0)


def _origins(order: DownloadOrder, info: VideoInfo | None = None) -> tuple[str, ...]:
    """The keys of a video, the surest first: what its site calls it, where it is, where it was asked for."""
    keys = [order.entry_key, origin_of(order.url)]
    if info is not None:
        keys = [info.key, origin_of(info.url) if info.url else None, *keys]
    return tuple(dict.fromkeys(key for key in keys if key))


def _site(url: str) -> str:
    """The host, for a video whose site does not name a channel."""
    return (urlsplit(url).hostname or "web").removeprefix("www.")
