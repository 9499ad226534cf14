"""Fetches a media file that lies at an address itself, such as an MP4 or an MP3."""

import re
import threading
import time
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from media_library.adapters.http import HttpClient
from media_library.content_downloader.arrival import Arrivals, Arrived
from media_library.content_downloader.fetching import FetchProgress, fetch
from media_library.content_downloader.foreign_media import prove
from media_library.content_downloader.work import Work
from media_library.errors import InvalidInput
from media_library.models.content_job import DownloadOrder
from media_library.models.job import JobStage
from media_library.services.web_addresses import origin_of

_DOWNLOAD_SIZE = 90.0
_VERIFY_BEGIN = 92.0
_MOST_BYTES = 1 << 40
_LOOK_AT_SPACE_SECONDS = 2.0
_MOST_TITLE = 500
_NO_MEDIA = frozenset({"text/html", "application/xhtml+xml", "application/json", "application/pdf", "text/xml"})
_FILE_NAME = re.compile(r"filename\s*=\s*(?:\"([^\"]{1,300})\"|([^;\s]{1,300}))", re.IGNORECASE)


class FileDownloader:
    """Does those jobs of kind ``DOWNLOAD`` whose address is the file itself."""

    def __init__(self, arrivals: Arrivals, http: HttpClient) -> None:
        self._arrivals = arrivals
        self._http = http

    def run(self, work: Work, stop: threading.Event) -> None:
        """Fetch the file of the order."""
        order = work.job.order
        assert isinstance(order, DownloadOrder)
        work.report(JobStage.EXAMINE, 0)
        origins = tuple(key for key in dict.fromkeys((origin_of(order.url), order.entry_key)) if key)
        if self._arrivals.known(work, origins) is not None:
            return
        looked_at = -_LOOK_AT_SPACE_SECONDS

        def tell(progress: FetchProgress) -> None:
            nonlocal looked_at
            percent = 1 + _DOWNLOAD_SIZE * progress.fraction
            speed = _speed(progress.bytes_per_second)
            work.report(JobStage.DOWNLOAD, percent, eta_seconds=progress.eta_seconds, speed=speed)
            if time.monotonic() - looked_at >= _LOOK_AT_SPACE_SECONDS:
                looked_at = time.monotonic()
                self._arrivals.require_space()

        fetched = fetch(self._http, order.url, work.staging, max_bytes=_MOST_BYTES, tell=tell, judge=self._judge)
        title = _title(fetched.headers, fetched.url) or _title({}, order.url) or work.job.title
        work.rename(title)
        media_file = prove(work, fetched.file, announced_ms=None, begin=_VERIFY_BEGIN)
        channel = (urlsplit(order.url).hostname or "web").removeprefix("www.")
        self._arrivals.enter(work, media_file, Arrived(title, channel, origins))

    def _judge(self, headers: Mapping[str, str], total: int | None) -> None:
        content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if content_type in _NO_MEDIA:
            raise InvalidInput("There is a page at this address, not a media file. Add it as a video or an article.")
        self._arrivals.require_space(total or 0)


def _title(headers: Mapping[str, str], url: str) -> str:
    """The name of a file as a title: without its suffix, with spaces for what stands in their place."""
    named = _FILE_NAME.search(headers.get("content-disposition", ""))
    name = (named[1] or named[2]) if named else unquote(urlsplit(url).path.rpartition("/")[2])
    stem = PurePosixPath(name.replace("\\", "/")).stem
    text = "".join(char if char.isprintable() else " " for char in stem.replace("_", " ").replace("+", " "))
    return " ".join(text.split())[:_MOST_TITLE]


def _speed(bytes_per_second: float) -> str | None:
    return f"{bytes_per_second / 1e6:.1f} MB/s" if bytes_per_second >= 1e5 else f"{bytes_per_second / 1e3:.0f} kB/s"
