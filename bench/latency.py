"""How long the API takes to answer: when nothing else goes on, and while a whole house watches."""

import time
from dataclasses import dataclass

from bench import peer
from bench.probe import CELLS, Latencies, ask_repeatedly
from bench.readers import Load, Readers
from bench.report import Goal, Report
from bench.workbench import Workbench, add_film, add_many

_FILM_BYTES = 1 << 30
_MEDIA = 500
_SECONDS = 4.0
_LEAD_SECONDS = 1.0
_WATCHING = 50
_MEGABITS = 25
_PATH = "/api/library?type=movie&limit=50"
_PAGE = "page.json"
_DELIVERED = 0.9
_SITUATIONS = (
    ("nothing", 0, 0.0),
    (f"{_WATCHING} readers, {_MEGABITS} Mbit/s each", _WATCHING, _MEGABITS * 1e6 / 8),
    (f"{_WATCHING} readers, flat out", _WATCHING, 0.0),
)


@dataclass(frozen=True, slots=True)
class _Server:
    """Who is asked for the page and for the film."""

    name: str
    port: int
    page: str
    film: str


def measure(workbench: Workbench) -> Report:
    """A page of 50 items; nginx, which serves the same bytes from a file, shows what the machine itself adds."""
    program = peer.require()
    readers = Readers(workbench.folder)
    appliance = workbench.appliance("latency")
    film = add_film(appliance, _FILM_BYTES)
    assert film.file is not None
    add_many(appliance, _MEDIA)
    found: dict[tuple[str, str], Latencies] = {}
    with appliance, peer.nginx(program, appliance.media, workbench.folder / "nginx-latency") as (port, _):
        key = appliance.make_key("read")
        page = appliance.ask("GET", _PATH, headers={"Authorization": key}).body
        (appliance.media / _PAGE).write_bytes(page)
        servers = (
            _Server("appliance", appliance.port, _PATH, f"/api/stream/{film.id}"),
            _Server("nginx", port, f"/{_PAGE}", f"/{film.file.path}"),
        )
        for situation, many, pace in _SITUATIONS:
            for server in servers:
                load = Load(server.port, server.film, _FILM_BYTES, many, _SECONDS + 2 * _LEAD_SECONDS, key, pace)
                found[situation, server.name] = _sample(readers, server, load)
    watched, _, _ = _SITUATIONS[1]
    return Report(
        "Latency",
        f"A page of 50 of {_MEDIA} films with a key over one kept connection, 5 ms between the requests, alone and"
        f" while {_WATCHING} readers stream from the same server. nginx has the same page as a file of"
        f" {len(page) / 1000:.0f} kB: its figures are what the machine, the client and the readers add.",
        ("meanwhile", "server", *CELLS),
        tuple((situation, server, *latencies.cells()) for (situation, server), latencies in found.items()),
        (Goal(f"API p99 while {watched}", 1000 * found[watched, "appliance"].p99, 10, "ms"),),
    )


def _sample(readers: Readers, server: _Server, load: Load) -> Latencies:
    """Ask while the load is on; raises ``RuntimeError`` if the readers do not get what they ask for."""

    def ask(seconds: float) -> Latencies:
        return ask_repeatedly(server.port, load.authorization, lambda _: server.page, seconds=seconds)

    ask(_LEAD_SECONDS / 2)
    if not load.readers:
        return ask(_SECONDS)
    running = readers.start(load)
    time.sleep(_LEAD_SECONDS)
    latencies = ask(_SECONDS)
    seen = readers.finish(running, load)
    wanted = load.bytes_per_second * load.readers * load.seconds
    if seen.errors or seen.bytes < _DELIVERED * wanted:
        raise RuntimeError(f"{server.name} delivered {seen.bytes} of {wanted:.0f} bytes, with {seen.errors} errors.")
    return latencies
