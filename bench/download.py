"""A download from the job's start to its end against bare yt-dlp with the very same arguments, in turns."""

import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bench import ROOT
from bench.appliance import Appliance
from bench.peek import wait_for_job
from bench.processes import resident_bytes, tree
from bench.report import Goal, Report, median, seconds
from bench.video_host import BYTES_PER_SECOND, PAGE
from bench.workbench import Workbench
from media_library.models.job import JobStatus
from media_library.models.preferences import DownloadPreferences
from media_library.services import state_file

_ROUNDS = 3
_FILM_BYTES = 96 << 20
_ALLOWED_SECONDS = 1.0
_POLL_SECONDS = 0.1
_GO = "video:go"
_TOLD = ("--print", "--print-to-file", "--progress-template")


def measure(workbench: Workbench) -> Report:
    """One film of 96 MB from a host that sends 12 MB a second."""
    film = _film(workbench.folder / "film.mp4")
    took: list[float] = []
    bare: list[float] = []
    growth: list[float] = []
    with _host(film) as port:
        for number in range(_ROUNDS):
            appliance = workbench.appliance("download")
            _allow(appliance, port)
            key = appliance.make_key("read", "manage")
            with appliance:
                assert appliance.process is not None
                time.sleep(3)  # after a start the appliance looks for its tools
                before = resident_bytes(tree(appliance.process.pid))
                body = {"url": f"http://127.0.0.1:{port}{PAGE}"}
                appliance.ask("POST", "/api/downloads", body=body, headers={"Authorization": key})
                command = _watch_for_command(appliance)
                job = wait_for_job(appliance, JobStatus.DONE, poll_seconds=_POLL_SECONDS)
                assert job.started_at is not None and job.finished_at is not None
                took.append((job.finished_at - job.started_at) / 1000)
                growth.append(resident_bytes(tree(appliance.process.pid)) - before)
            bare.append(_run_bare(command, workbench.folder / f"bare-{number}"))
    return _report(took, bare, growth)


def _film(path: Path) -> Path:
    """A short film that a box without meaning makes long: the size of a download counts here, not its pictures."""
    source = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=5", "-f", "lavfi", "-i", "sine=440:d=5")
    form = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart")
    subprocess.run(["ffmpeg", "-v", "error", "-y", *source, *form, str(path)], stdin=subprocess.DEVNULL, check=True)
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", _FILM_BYTES, b"free"))
        file.truncate(file.tell() + _FILM_BYTES - 8)
    return path


@contextmanager
def _host(film: Path) -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-m", "bench.video_host", str(film)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as host:
        try:
            assert host.stdout is not None
            yield int(host.stdout.readline())
        finally:
            host.kill()


def _allow(appliance: Appliance, port: int) -> None:
    appliance.run("prepare")
    state = state_file.open_state(appliance.settings())
    try:
        preferences = DownloadPreferences(allowed_hosts=(f"127.0.0.1:{port}",), sponsorblock=False)
        state.change_download_preferences(preferences)
    finally:
        state.close()


def _watch_for_command(appliance: Appliance) -> list[str]:
    """The command line of the yt-dlp at work."""
    deadline = time.monotonic() + 60
    assert appliance.process is not None
    while time.monotonic() < deadline:
        for process in tree(appliance.process.pid):
            try:
                words = process.cmdline()
            except psutil.NoSuchProcess:
                continue
            if words[1:2] == ["-I"] and "yt_dlp" in words and any(word.startswith("--output=") for word in words):
                return words
        time.sleep(0.01)
    raise RuntimeError(f"yt-dlp was not seen at work.\n{appliance.last_words()}")


def _run_bare(command: list[str], folder: Path) -> float:
    """The same without the sandbox, the proxy, and what it tells and waits for."""
    folder.mkdir()
    start = next(place for place, word in enumerate(command) if word == "yt_dlp") - 1
    words, rest = [sys.executable, "-I"], iter(command[start:])
    for word in rest:
        if word in _TOLD:
            if next(rest) == _GO:
                next(rest)
        elif word.startswith("--output="):
            words.append(f"--output={folder / 'media'}.%(ext)s")
        else:
            words.append(word)
    started = time.perf_counter()
    subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    return time.perf_counter() - started


def _report(took: list[float], bare: list[float], growth: list[float]) -> Report:
    over = [with_us - 1.05 * alone for with_us, alone in zip(took, bare, strict=True)]
    return Report(
        "Download",
        f"A page with a film of {_FILM_BYTES / 1e6:.0f} MB on a host that sends {BYTES_PER_SECOND / 1e6:.0f} MB a"
        f" second, {_ROUNDS} rounds in turns, medians. The appliance's time is that of its job: yt-dlp in its sandbox"
        " through the proxy, the proof that the file plays, its picture, the library. Bare yt-dlp runs the same command"
        " line without what only reports.",
        ("what", "time"),
        (
            ("bare yt-dlp", seconds(median(bare))),
            ("appliance: job started → in the library", seconds(median(took))),
            ("appliance beyond 1.05 × bare", seconds(median(over))),
        ),
        (
            Goal("download beyond 1.05 × bare yt-dlp", median(over), _ALLOWED_SECONDS, "s"),
            Goal("growth of all processes over a download", max(growth) / 1e6, 50, "MB"),
        ),
    )
