"""A stand-in for MusicBrainz and the Cover Art Archive on a loopback port, with answers in the shape of theirs."""

import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

RELEASE_ID = "11111111-2222-3333-4444-555555555555"


def cover(size: tuple[int, int] = (300, 300)) -> bytes:
    """A plain picture as a JPEG."""
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, "JPEG")
    return written.getvalue()


def release(disc_id: str, *, tracks: int, title: str = "The Album", discs: int = 1, date: str = "1999-05-01") -> object:
    """A release as ``/ws/2/discid`` lists it; the disc is its last medium."""
    credit = [{"name": "The Band", "joinphrase": "", "artist": {"id": "artist-id", "name": "The Band"}}]
    listed = [
        {
            "position": number,
            "number": str(number),
            "title": f"Song: {number}",
            "length": 4000,
            "artist-credit": credit,
            "recording": {
                "id": f"recording-{number}",
                "title": f"Song: {number}",
                "isrcs": [f"USABC99{number:05d}", f"GBABC99{number:05d}"] if number > 1 else ["nonsense"],
            },
        }
        for number in range(1, tracks + 1)
    ]
    media: list[object] = [{"position": number, "discs": [{"id": "other"}], "tracks": []} for number in range(1, discs)]
    media.append({"position": discs, "format": "CD", "discs": [{"id": disc_id, "sectors": 900}], "tracks": listed})
    return {
        "id": RELEASE_ID,
        "title": title,
        "status": "Official",
        "date": date,
        "artist-credit": credit,
        "release-group": {"id": "group-id"},
        "media": media,
    }


@dataclass(slots=True)
class MusicService:
    """What the stand-in answers with, and what it was asked."""

    url: str
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    """Answers are held back until this is set."""

    def knows(self, disc_id: str, *releases: object) -> None:
        """Answer with these releases for a disc id."""
        self.answers[f"/ws/2/discid/{disc_id}"] = (200, json.dumps({"id": disc_id, "releases": releases}).encode())

    def has_cover(self, picture: bytes) -> None:
        """Answer with a picture for the release."""
        self.answers[f"/release/{RELEASE_ID}/front-1200"] = (200, picture)


@contextmanager
def music_service() -> Iterator[MusicService]:
    """Run the stand-in; it knows nothing until it is told."""
    service = MusicService("")
    service.hold.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            service.asked.append(self.path)
            service.agents.append(self.headers["User-Agent"])
            service.hold.wait(20)
            status, body = service.answers.get(path, (404, b"{}"))
            with suppress(ConnectionError):  # whoever asked may be gone by now
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        service.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
