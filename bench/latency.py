"""How long the API takes to answer: when nothing else goes on, and while a whole house watches."""

from bench.probe import CELLS, Latencies, ask_repeatedly
from bench.readers import Load, Readers
from bench.report import Goal, Report
from bench.workbench import Workbench, add_film, add_many

_FILM_BYTES = 1 << 30
_MEDIA = 500
_SECONDS = 8.0
_WATCHING = 50
_MEGABITS = 25
_PATH = "/api/library?type=movie&limit=50"


def measure(workbench: Workbench) -> Report:
    """GET /api/library with a page of 50 items."""
    readers = Readers(workbench.folder)
    appliance = workbench.appliance("latency")
    film = add_film(appliance, _FILM_BYTES)
    add_many(appliance, _MEDIA)
    pace = _MEGABITS * 1e6 / 8
    with appliance:
        key = appliance.make_key("read")

        def sample(seconds: float) -> Latencies:
            return ask_repeatedly(appliance.port, key, lambda _: _PATH, seconds=seconds)

        sample(1.0)
        idle = sample(_SECONDS)
        load = Load(
            appliance.port, f"/api/stream/{film.id}", film.file.size_bytes, _WATCHING, _SECONDS + 2.0, key, pace
        )
        running = readers.start(load)
        busy = sample(_SECONDS)
        seen = readers.finish(running, load)
        paused = readers.start(Load(load.port, load.path, load.size_bytes, _WATCHING, _SECONDS / 2 + 2.0, key))
        flat_out = sample(_SECONDS / 2)
        paused.communicate()
    delivered = seen.bytes / (pace * _WATCHING * load.seconds)
    return Report(
        "Latency",
        f"`GET {_PATH}` with a key over one kept connection, 5 ms between the requests, a library of {_MEDIA} films;"
        f" then the same while {_WATCHING} readers stream {_MEGABITS} Mbit/s each ({delivered:.0%} of it was delivered,"
        f" {seen.errors} errors), and while {_WATCHING} readers take all they get.",
        ("meanwhile", *CELLS),
        (
            ("nothing", *idle.cells()),
            (f"{_WATCHING} readers at {_MEGABITS} Mbit/s", *busy.cells()),
            (f"{_WATCHING} readers flat out", *flat_out.cells()),
        ),
        (Goal(f"API p99 while {_WATCHING} readers stream at {_MEGABITS} Mbit/s", 1000 * busy.p99, 10, "ms"),),
    )
