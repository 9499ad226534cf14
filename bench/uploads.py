"""An upload of 2 GB through a proxy that cuts every 100 MB and drops the connection ten times, up to the library."""

import hashlib
import struct
import time
from pathlib import Path

from bench.appliance import Appliance
from bench.processes import resident_bytes, tree
from bench.report import Goal, Report, seconds
from bench.workbench import Workbench
from tests.cutting_proxy import cutting_proxy
from tests.fixtures.tools import run
from tests.tus_sender import Sender

_MB = 1 << 20
_FILM_BYTES = 2 << 30
_CUT_BYTES = 100_000_000
_DROPS = 10
_PART_BYTES = 50 << 20


def measure(workbench: Workbench) -> Report:
    """One film of 2 GB, once over a bad line and once over a good one."""
    film = _film(workbench.folder / "Film (2001).mp4")
    other = _film(workbench.folder / "Other film (2002).mp4", salt=b"other")
    appliance = workbench.appliance("uploads")
    appliance.run("prepare")
    key = appliance.make_key("read", "manage")
    with appliance:
        assert appliance.process is not None
        time.sleep(3)  # after a start the appliance looks for its tools
        before = resident_bytes(tree(appliance.process.pid))
        good, _, good_known = _sent(appliance, other, key, cut_bytes=1 << 40, silent=0)
        bad, carried, bad_known = _sent(appliance, film, key, cut_bytes=_CUT_BYTES, silent=_DROPS)
        growth = resident_bytes(tree(appliance.process.pid)) - before
        kept = next(path for path in appliance.media.rglob("Film (2001).mp4"))
        is_intact = _digest(kept) == _digest(film)
    again = (carried - _FILM_BYTES) / 1e6
    return Report(
        "Uploads",
        f"A film of {_FILM_BYTES / 1e9:.1f} GB in parts of {_PART_BYTES // _MB} MB, straight and through a proxy that"
        f" breaks each connection after {_CUT_BYTES / 1e6:.0f} MB, {_DROPS} times without a word to the server.",
        ("what", "value"),
        (
            ("straight: first byte → all bytes safe on the disk", seconds(good)),
            ("straight: all bytes here → in the library", seconds(good_known)),
            ("bad line: first byte → all bytes safe on the disk", seconds(bad)),
            ("bad line: all bytes here → in the library", seconds(bad_known)),
            ("bad line: carried more than once", f"{again:.0f} MB"),
            ("arrived intact", "yes" if is_intact else "no"),
        ),
        (
            Goal("carried more than once over the bad line", again, _PART_BYTES / 1e6 * (_DROPS + 11), "MB"),
            Goal("growth of all processes over two uploads of 2 GB", growth / 1e6, 120, "MB"),
            Goal("damaged arrivals", 0 if is_intact else 1, 0, ""),
        ),
    )


def _sent(appliance: Appliance, film: Path, key: str, *, cut_bytes: int, silent: int) -> tuple[float, int, float]:
    """Seconds until all bytes are safe, bytes carried, seconds from then until the film is in the library."""
    with cutting_proxy(appliance.port, cut_bytes=cut_bytes, silent=silent) as proxy:
        headers = {"Authorization": key, "Host": f"localhost:{appliance.port}"}
        sender = Sender(lambda: proxy.port, headers, _PART_BYTES, deadline_seconds=900)
        started = time.perf_counter()
        address = sender.send(film, name=film.name, sha256=_digest(film))
        here = time.perf_counter()
        carried = proxy.carried_bytes
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        uploads = appliance.ask("GET", "/api/uploads", headers={"Authorization": key}).records("uploads")
        one = next(upload for upload in uploads if upload["id"] == address.rpartition("/")[2])
        if one["state"] == "failed":
            raise RuntimeError(str(one["reason"]))
        if one["state"] == "done":
            return here - started, carried, time.perf_counter() - here
        time.sleep(0.05)
    raise RuntimeError(f"The upload did not end.\n{appliance.last_words()}")


def _film(path: Path, salt: bytes = b"") -> Path:
    """A short film that a box of noise makes long: no byte of it is left out by a file system or a cache."""
    source = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=5", "-f", "lavfi", "-i", "sine=440:d=5")
    form = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest")
    run(["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y", *source, *form, path.name], cwd=path.parent)
    length = _FILM_BYTES - path.stat().st_size
    block = hashlib.shake_256(salt).digest(_MB)
    with path.open("ab") as file:
        file.write(struct.pack(">I4sQ", 1, b"free", length))
        left, number = length - 16, 0
        while left > 0:
            number += 1
            left -= file.write((number.to_bytes(8, "big") + block[8:])[: min(left, _MB)])
    return path


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
