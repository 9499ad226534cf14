"""Fetching one file: a host that falls silent does not keep a cancel waiting."""

import threading
import time
from pathlib import Path

import pytest

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient
from media_library.content_downloader.fetching import FetchProgress, fetch
from media_library.errors import Conflict
from tests.adapters.host import raw, web_host


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome of it"])
def test_a_cancel_reaches_a_download_from_a_host_that_fell_silent(tmp_path: Path, start: bytes) -> None:
    told: list[FetchProgress] = []
    stop = threading.Event()

    def tell(progress: FetchProgress) -> None:
        told.append(progress)
        if len(told) > 2:
            raise Conflict("The job was cancelled.")

    with web_host() as host:
        host.pages["/a"] = raw(start, b"", stop=stop, pause_seconds=30)
        http = HttpClient(Egress(lambda: (host.authority,)))
        began = time.monotonic()
        with pytest.raises(Conflict):
            fetch(http, f"{host.url}/a", tmp_path, max_bytes=1000, tell=tell, judge=lambda headers, total: None)
        stop.set()
    assert time.monotonic() - began < 4
