"""The server: pages with every misbehaviour that a host of the internet has."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_PIECE = 16 * 1024


@dataclass(frozen=True, slots=True)
class Hit:
    """A request that came: header names in lower case, ``query`` without its question mark."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """What is at an address, and how its host misbehaves.

    ``drop_every``: the connection breaks after so many bytes of a body. ``bytes_per_second``: it drips.
    ``claimed_length``: a lying Content-Length. ``takes_ranges``: whether a part of it can be asked for;
    ``ignores_conditions``: whether it comes also if the file is another one by now.
    """

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drop_every: int | None = None
    bytes_per_second: float | None = None
    claimed_length: int | None = None
    takes_ranges: bool = True
    ignores_conditions: bool = False


Answer = Callable[[Hit], Page]
"""Makes the page for a request, where it is not always the same."""


class Site:
    """One host. Safe to use from the test while it serves."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.hits: list[Hit] = []
        self._pages: dict[str, Answer] = {}
        self.closing = threading.Event()

    @property
    def authority(self) -> str:
        """Host and port, as an admin allows them."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        """The address of a path."""
        return f"http://{self.authority}{path}"

    def put(self, path: str, page: Page | Answer) -> str:
        """Put a page, or what makes it, at a path; returns its address."""
        self._pages[path] = (lambda _: page) if isinstance(page, Page) else page
        return self.url(path)

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """Lead from a path to another address."""
        return self.put(path, Page(status=status, headers={"Location": target}))

    def hits_of(self, path: str, method: str = "GET") -> list[Hit]:
        """The requests for a path."""
        return [hit for hit in self.hits if hit.path == path and hit.method == method]

    def page(self, hit: Hit) -> Page:
        """What a request gets."""
        self.hits.append(hit)
        answer = self._pages.get(hit.path)
        return Page(b"<title>Not found</title>", status=404) if answer is None else answer(hit)


@contextmanager
def serve() -> Iterator[Site]:
    """A site on a free port of this machine, until the end."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    site: Site
    request_queue_size = 128
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is nobody's error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        page = self.server.site.page(Hit(self.command, parts.path, parts.query, headers))
        begin, end, status = self._part(page)
        body = page.body[begin:end]
        self.send_response(status)
        self.send_header("Content-Type", page.content_type)
        self.send_header("Content-Length", str(len(body) if page.claimed_length is None else page.claimed_length))
        if page.takes_ranges and page.status == 200:
            self.send_header("Accept-Ranges", "bytes")
        if status == 206:
            self.send_header("Content-Range", f"bytes {begin}-{end - 1}/{len(page.body)}")
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self._send(page, body)

    do_HEAD = do_GET

    def _part(self, page: Page) -> tuple[int, int, int]:
        whole = len(page.body)
        wanted = _RANGE.fullmatch(self.headers.get("Range", ""))
        mark = page.headers.get("ETag", "")
        fits = page.ignores_conditions or self.headers.get("If-Range", mark) == mark
        if wanted is None or not page.takes_ranges or page.status != 200 or not fits:
            return 0, whole, page.status
        begin = int(wanted[1])
        if begin >= whole:
            return whole, whole, 416
        return begin, min(int(wanted[2]) + 1 if wanted[2] else whole, whole), 206

    def _send(self, page: Page, body: bytes) -> None:
        if page.drop_every is not None and len(body) > page.drop_every:
            self.wfile.write(body[: page.drop_every])
            self.wfile.flush()
            self.close_connection = True
            return
        if page.claimed_length is not None:
            self.close_connection = True
        if page.bytes_per_second is None:
            self.wfile.write(body)
            return
        piece = max(1, min(_PIECE, int(page.bytes_per_second / 10)))
        for place in range(0, len(body), piece):
            self.wfile.write(body[place : place + piece])
            self.wfile.flush()
            if self.server.site.closing.wait(piece / page.bytes_per_second):
                return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
