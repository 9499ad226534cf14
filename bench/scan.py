"""How long it takes to know what lies in library folders: a first scan, a second one, and the looking into files."""

import multiprocessing
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mutagen
import psutil
from pymediainfo import MediaInfo

from bench.appliance import Appliance
from bench.probe import Latencies, ask_repeatedly
from bench.processes import proportional_bytes, resident_bytes, tree
from bench.report import Goal, Report, median, milliseconds
from bench.workbench import ADMIN, PASSWORD, Workbench
from media_library.adapters.file_walk import Walker
from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.app_state import AppState
from media_library.models.library import FolderPlace, LibraryFolder
from media_library.services import state_file
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner.first_pass import FirstPass
from media_library.services.media_root import MediaRoot
from tests.fixtures.tools import run

_FILES = 100_000
_A_FOLDER = 100
_MANY = 200_000
_PROBED = 1_200
_ROUNDS = 5
_SETTLE_SECONDS = 12.0
_SECONDS = 300.0


def measure(workbench: Workbench) -> Report:
    """A hundred thousand small files, named as episodes are, and a thousand real ones."""
    drive = workbench.folder / "drive"
    _make_tree(drive / "shows")
    (drive / "heap").mkdir()
    for number in range(_MANY):
        (drive / "heap" / f"{number}.txt").touch()
    time.sleep(_SETTLE_SECONDS)  # younger files count as still being written to
    appliance = workbench.appliance("scan")
    first, latencies, held, folder = _first_scan(appliance, drive)
    state = state_file.open_state(appliance.settings())
    try:
        again = min(_scan_again(appliance, state, folder) for _ in range(_ROUNDS))
        heap = _scan_heap(appliance, state, drive / "heap")
    finally:
        state.close()
    ours, alone = _probing(workbench.folder / "real")
    return Report(
        "Scan",
        f"{_FILES:,} small files in {_FILES // _A_FOLDER:,} folders, named as episodes: the first scan by the appliance"
        " while a browser asks for the first page again and again, the second over the same state. Memory is that of"
        f" all processes at the highest. Then {_PROBED:,} films and tracks of a second by {os.cpu_count()} children,"
        " beside pymediainfo (parse_speed=0) and mutagen alone in as many processes;"
        f" {_ROUNDS} rounds in turns, medians.",
        ("what", "figure"),
        (
            ("first scan: names, sizes, items in the shelves", f"{first:.1f} s"),
            ("API meanwhile: answers, p50, p99", _latency_cell(latencies)),
            ("memory of all processes meanwhile", f"{held / 1e6:.0f} MB"),
            ("second scan, nothing changed", f"{again:.2f} s"),
            (f"a folder of {_MANY:,} files, first scan", f"{heap:.1f} s"),
            ("looking into files, by the children", f"{_PROBED / ours:,.0f} a second"),
            ("looking into files, the tools alone", f"{_PROBED / alone:,.0f} a second"),
        ),
        (
            Goal("first scan of 100,000 files", first, 60, "s"),
            Goal("API p99 while scanning", latencies.p99 * 1000, 50, "ms"),
            Goal("memory of all processes while scanning", held / 1e6, 250, "MB"),
            Goal("second scan of 100,000 files", again, 2, "s"),
            Goal("probe + tags ÷ the tools alone", ours / alone, 1.2),
        ),
    )


def _latency_cell(latencies: Latencies) -> str:
    return f"{len(latencies.seconds)}, {milliseconds(latencies.p50)}, {milliseconds(latencies.p99)}"


def _make_tree(folder: Path) -> None:
    for number in range(_FILES // _A_FOLDER):
        season = folder / f"Show {number // 10:03d} ({1990 + number % 30})" / f"Season {number % 10 + 1}"
        season.mkdir(parents=True)
        for episode in range(1, _A_FOLDER + 1):
            name = f"Show {number // 10:03d} - S{number % 10 + 1:02d}E{episode:02d} - The Name of {episode}.mkv"
            (season / name).write_bytes(b"x")


def _first_scan(appliance: Appliance, drive: Path) -> tuple[float, Latencies, int, str]:
    """Seconds until every file is known and every item in its shelf, answers and memory meanwhile, the folder's id."""
    appliance.run("prepare")
    with appliance:
        assert appliance.process is not None
        key = appliance.make_key("read", "manage")
        cookie = {"Cookie": appliance.sign_in(ADMIN, PASSWORD)}
        library = {"name": "Shows", "kind": "shows", "path": str(drive / "shows"), "read_only": True}
        with _highest(appliance.process.pid) as held:
            started = time.monotonic()
            answer = appliance.ask("POST", "/api/libraries", body=library, headers=cookie)
            folders = answer.records("folders")
            taken: list[float] = []
            job: dict[str, object] = {}
            while not job or job["stage"] in (None, "walk"):
                taken += ask_repeatedly(
                    appliance.port, key, lambda _: "/api/library?type=episode&limit=50", seconds=0.5
                ).seconds
                jobs = appliance.ask("GET", "/api/jobs", headers={"Authorization": key}).records("jobs")
                job = next((one for one in jobs if one["kind"] == "scan"), {"stage": "over"})
                if time.monotonic() - started > _SECONDS:
                    raise RuntimeError("The scan does not end.")
            first = time.monotonic() - started
            if "id" in job:
                appliance.ask("DELETE", f"/api/jobs/{job['id']}", headers={"Authorization": key})
        return first, Latencies(tuple(taken)), max(held), str(folders[0]["id"])


def _scan_again(appliance: Appliance, state: AppState, folder_id: str) -> float:
    """Seconds of a first pass over what is known already."""
    media_root = MediaRoot(appliance.settings(), state)
    folder = state.library_folder(folder_id)
    return _first_pass(state, media_root, folder)


def _scan_heap(appliance: Appliance, state: AppState, heap: Path) -> float:
    media_root = MediaRoot(appliance.settings(), state)
    library = state.add_library(state.list_libraries()[0].kind, "Heap")
    folder = state.add_folder(library.id, str(heap), is_read_only=True, identity=None)
    return _first_pass(state, media_root, folder)


def _first_pass(state: AppState, media_root: MediaRoot, folder: LibraryFolder) -> float:
    place, library = FolderPlace(folder, Path(folder.path)), state.library(folder.library_id)
    first_pass = FirstPass(state, LibraryPlaces(state, media_root), Walker(), lambda _: {}, settle_seconds=0)
    started = time.monotonic()
    with state.much_to_write():
        first_pass.run([(place, library)], lambda _: None, threading.Event())
    return time.monotonic() - started


@contextmanager
def _highest(pid: int) -> Iterator[list[int]]:
    """The memory of a tree of processes, again and again."""
    held, stop = [0], threading.Event()

    def look() -> None:
        while not stop.wait(0.5):
            processes = tree(pid)
            try:
                found = proportional_bytes(processes)
                held.append(resident_bytes(processes) if found is None else found)
            except psutil.Error:  # one of them ended just now
                continue

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield held
    finally:
        stop.set()
        watcher.join()


def _probing(folder: Path) -> tuple[float, float]:
    """Seconds for looking into all files, by our children and by the tools alone."""
    files = _real_files(folder)
    ours, alone = [], []
    with (
        ProbePool[int]((folder,)) as pool,
        multiprocessing.get_context("spawn").Pool(os.cpu_count()) as processes,
    ):
        processes.map(_look, files[:20])
        for _ in range(_ROUNDS):
            started = time.monotonic()
            requests = ((number, ProbeRequest(file)) for number, file in enumerate(files))
            found = sum(answer.is_usable for _, answer in pool.probed(requests, threading.Event()))
            ours.append(time.monotonic() - started)
            if found != len(files):
                raise RuntimeError(f"Only {found} of {len(files)} files could be read.")
            started = time.monotonic()
            processes.map(_look, files, chunksize=25)
            alone.append(time.monotonic() - started)
    return median(ours), median(alone)


def _look(file: str) -> None:
    """What the tools alone do."""
    if file.endswith((".mp3", ".flac")):
        mutagen.File(file)
    else:
        MediaInfo.parse(file, parse_speed=0)


def _real_files(folder: Path) -> list[str]:
    folder.mkdir()
    picture = ("-f", "lavfi", "-i", "testsrc=s=320x180:d=1:r=24", "-f", "lavfi", "-i", "sine=d=1")
    tags = ("-metadata", "title=Low Water", "-metadata", "artist=Juniper", "-metadata", "album=Tides")
    for name in ("film.mkv", "film.mp4"):
        run(["ffmpeg", "-v", "error", "-y", *picture, "-c:v", "libx264", "-c:a", "aac", name], cwd=folder)
    for name in ("track.mp3", "track.flac"):
        run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=1", *tags, name], cwd=folder)
    made = sorted(folder.iterdir())
    files = []
    for number in range(_PROBED):
        source = made[number % len(made)]
        # every second name ends in a number, as those of episodes do
        name = f"Show - S01E{number}" if number // len(made) % 2 else f"Film {number} (2001)"
        target = folder / f"{name}{source.suffix}"
        shutil.copyfile(source, target)
        files.append(str(target))
    return files
