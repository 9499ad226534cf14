"""A host of one video: ``python -m bench.video_host FILE`` prints its port and serves a page that names the file."""

import json
import sys
import time
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BYTES_PER_SECOND = 12_000_000
"""As fast as a good line into the house."""

PAGE = "/watch"
_PIECE = 120_000


class _Host(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, file: Path, *arguments: object) -> None:
        self._file = file
        super().__init__(*arguments)  # type: ignore[arg-type]  # what the server gives every handler

    def handle(self) -> None:
        """Answer until the client goes; a downloader that knows enough goes in the middle."""
        with suppress(ConnectionError):
            super().handle()

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        if self.path == PAGE:
            body = _page(f"http://{self.headers['Host']}/video.mp4").encode()
            self._head("text/html; charset=utf-8", len(body))
            if with_body:
                self.wfile.write(body)
            return
        self._head("video/mp4", self._file.stat().st_size)
        if with_body:
            self._send_film()

    def _head(self, kind: str, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _send_film(self) -> None:
        started, sent = time.monotonic(), 0
        with self._file.open("rb") as file:
            while piece := file.read(_PIECE):
                self.wfile.write(piece)
                sent += len(piece)
                time.sleep(max(0.0, sent / BYTES_PER_SECOND - (time.monotonic() - started)))

    def log_message(self, format: str, *args: object) -> None:
        pass


def _page(film: str) -> str:
    described = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "A walk by the sea",
        "contentUrl": film,
        "uploadDate": "2024-05-31",
    }
    return (
        "<!doctype html><html><head><title>A walk by the sea</title>"
        f'<script type="application/ld+json">{json.dumps(described)}</script></head><body></body></html>'
    )


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, Path(sys.argv[1])))
    server.daemon_threads = True
    print(server.server_port, flush=True)
    server.serve_forever()
