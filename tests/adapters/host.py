"""A web host on loopback that answers as a test wants it to, and remembers what it was asked."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Page = Callable[[BaseHTTPRequestHandler], None]


@dataclass(slots=True)
class Host:
    """Its address, what it answers for each path, and the requests it got: their path and headers."""

    url: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    @property
    def authority(self) -> str:
        """Host and port, as an admin would allow them."""
        return self.url.removeprefix("http://")

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [path for path, _ in self.asked]


def page(body: bytes, status: int = 200, **headers: str) -> Page:
    """An answer with a length; underscores in names of headers are dashes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(location: str, status: int = 302) -> Page:
    """Lead somewhere else."""
    return page(b"", status, Location=location)


def raw(*pieces: bytes, stop: threading.Event | None = None, pause_seconds: float = 0.0) -> Page:
    """Send bytes as they are, again and again if there is a ``stop``, with a pause between them."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(pieces[0])
        for piece in pieces[1:]:
            handler.wfile.write(piece)
            if stop is not None:
                while not stop.wait(pause_seconds):
                    handler.wfile.write(piece)

    return answer


@contextmanager
def web_host(certificate: Path | None = None, key: Path | None = None) -> Iterator[Host]:
    """Run a host, with TLS if it has a certificate; it has no page until it is given one."""
    host = Host("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host.asked.append((self.path, dict(self.headers)))
            self.close_connection = True
            with suppress(OSError):  # whoever asked may be gone by now
                host.pages.get(self.path.partition("?")[0], page(b"nothing", 404))(self)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a broken handshake is no news
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    host.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
