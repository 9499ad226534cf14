"""How long a video takes through the appliance, beside the bare yt-dlp with the same arguments."""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.appliance import Appliance
from bench.processes import resident_bytes, tree
from bench.report import Goal, Report, median
from bench.workbench import Workbench
from media_library.adapters import yt_dlp
from media_library.adapters.yt_dlp.command import VideoOrder, download_arguments
from media_library.models.preferences import DownloadPreferences
from media_library.services import state_file

_SECONDS_OF_FILM = 10
_SIZE_BYTES = 120 << 20
_BYTES_PER_SECOND = 10e6
_PIECE = 256 * 1024
_RUNS = 3
_LONGEST_SECONDS = 300.0
_RATIO = 1.05
_EXTRA_SECONDS = 1.0


def measure(workbench: Workbench) -> Report:
    """By turns; the appliance also proves, names and publishes what came."""
    film = _film(workbench.folder)
    bare, ours = [], []
    with _host(film) as port:
        appliance = workbench.appliance("downloads")
        _allow(appliance, port)
        key = appliance.make_key("read", "manage")
        with appliance:
            assert appliance.process is not None
            before = resident_bytes(tree(appliance.process.pid))
            for number in range(_RUNS):
                bare.append(_bare(workbench.folder / f"bare-{number}", f"http://127.0.0.1:{port}/bare{number}.mp4"))
                ours.append(_ours(appliance, key, f"http://127.0.0.1:{port}/ours{number}.mp4"))
            growth = resident_bytes(tree(appliance.process.pid)) - before
    limit = median(bare) * _RATIO + _EXTRA_SECONDS
    return Report(
        "Downloads",
        f"A video of {_SIZE_BYTES >> 20} MiB from a host that gives {_BYTES_PER_SECOND / 1e6:.0f} MB/s, by turns with"
        " the bare yt-dlp and by the appliance, from the request to the item that can be played.",
        ("run", "bare yt-dlp", "appliance"),
        tuple(
            (str(number), f"{one:.2f} s", f"{other:.2f} s")
            for number, (one, other) in enumerate(zip(bare, ours, strict=True), 1)
        ),
        (
            Goal("a download, median, against 1.05 of the bare yt-dlp and a second", median(ours), limit, "s"),
            Goal("growth of all processes over the downloads", growth / 1e6, 50, "MB"),
        ),
    )


def _bare(folder: Path, url: str) -> float:
    folder.mkdir()
    order = VideoOrder(url, folder, "")
    argv = download_arguments(yt_dlp.bundled(), order, folder / "gate")
    gate = argv.index("--print-to-file")
    argv = argv[:gate] + argv[gate + 3 :]
    started = time.monotonic()
    subprocess.run(argv, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - started


def _ours(appliance: Appliance, key: str, url: str) -> float:
    headers = {"Authorization": key}
    started = time.monotonic()
    added = appliance.ask("POST", "/api/downloads", body={"url": url, "reading": "site"}, headers=headers).json()
    job = added["job"]
    assert isinstance(job, dict)
    while time.monotonic() - started < _LONGEST_SECONDS:
        told = appliance.ask("GET", f"/api/jobs/{job['id']}", headers=headers).json()["job"]
        assert isinstance(told, dict)
        if told["status"] == "done":
            return time.monotonic() - started
        if told["status"] != "queued" and told["error"]:
            raise RuntimeError(f"The download failed: {told['error']}")
        time.sleep(0.05)
    raise RuntimeError("The download did not end in time.")


def _allow(appliance: Appliance, port: int) -> None:
    appliance.run("prepare")
    state = state_file.open_state(appliance.settings())
    try:
        allowed = (f"127.0.0.1:{port}",)
        state.change_download_preferences(DownloadPreferences(allowed_hosts=allowed, sponsorblock=False))
    finally:
        state.close()


def _film(folder: Path) -> bytes:
    """A film of some seconds, made long by an empty box (ISO/IEC 14496-12, "free") at its end."""
    made = folder / "film.mp4"
    subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=s=320x180:r=25:d={_SECONDS_OF_FILM}"),
            *("-f", "lavfi", "-i", f"sine=d={_SECONDS_OF_FILM}", "-c:v", "libx264", "-c:a", "aac", str(made)),
        ],
        check=True,
    )
    content = made.read_bytes()
    empty = _SIZE_BYTES - len(content)
    return content + empty.to_bytes(4, "big") + b"free" + bytes(empty - 8)


@contextmanager
def _host(film: bytes) -> Iterator[int]:
    class Steady(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "video/mp4")
            self.send_header("Content-Length", str(len(film)))
            self.end_headers()
            started = time.monotonic()
            for place in range(0, len(film), _PIECE):
                time.sleep(max(0.0, started + place / _BYTES_PER_SECOND - time.monotonic()))
                self.wfile.write(film[place : place + _PIECE])

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up after a look at the first bytes is nobody's error."""

    server = Server(("127.0.0.1", 0), Steady)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
