"""Streaming: ranges of a large film through the appliance and through nginx, with the same readers, in turns."""

from dataclasses import dataclass

from bench import peer
from bench.processes import cpu_seconds
from bench.readers import RANGE_BYTES, Load, Readers, Seen
from bench.report import Goal, Report, median
from bench.workbench import Workbench, add_film

FILM_BYTES = 2 << 30
_READERS = (1, 10, 50)
_ROUNDS = 5
_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Round:
    seen: Seen
    cpu_seconds: float


def measure(workbench: Workbench) -> Report:
    """Throughput for 1, 10 and 50 readers."""
    program = peer.require()
    readers = Readers(workbench.folder)
    appliance = workbench.appliance("streaming")
    film = add_film(appliance, FILM_BYTES)
    assert film.file is not None
    rounds: dict[tuple[str, int], list[_Round]] = {}
    with appliance, peer.nginx(program, appliance.media, workbench.folder / "nginx") as (port, nginx_pid):
        assert appliance.process is not None
        key = appliance.make_key("read")
        servers = {
            "appliance": (appliance.port, f"/api/stream/{film.id}", appliance.process.pid),
            "nginx": (port, f"/{film.file.path}", nginx_pid),
        }
        for _ in range(_ROUNDS):
            for many in _READERS:
                for name, (server_port, path, pid) in servers.items():
                    load = Load(server_port, path, film.file.size_bytes, many, _SECONDS, authorization=key)
                    before = cpu_seconds(pid)
                    seen = readers.read(load)
                    if seen.errors:
                        raise RuntimeError(f"{name}: {seen.errors} of {seen.answers} answers failed.")
                    rounds.setdefault((name, many), []).append(_Round(seen, cpu_seconds(pid) - before))
    return _report(rounds, readers.kind)


def _report(rounds: dict[tuple[str, int], list[_Round]], kind: str) -> Report:
    rows = []
    ratio = 0.0
    for many in _READERS:
        ours, theirs = rounds["appliance", many], rounds["nginx", many]
        # each round has both servers right after each other, so what the machine did meanwhile cancels out
        ratio = median(a.seen.bytes / b.seen.bytes for a, b in zip(ours, theirs, strict=True))
        rows.append((str(many), _speed(ours), _speed(theirs), f"{ratio:.2f}", _cost(ours), _cost(theirs)))
    return Report(
        "Streaming",
        f"`GET /api/stream/<id>` with a key against nginx (one worker, `sendfile on`) on the same file of"
        f" {FILM_BYTES >> 30} GiB in the page cache, ranges of {RANGE_BYTES >> 20} MiB over kept connections,"
        f" {_ROUNDS} rounds of {_SECONDS:g} s in turns, medians. Client: {kind}.",
        ("readers", "appliance, GB/s", "nginx, GB/s", "ratio", "appliance, CPU s/GB", "nginx, CPU s/GB"),
        tuple(rows),
        (Goal("streaming ÷ nginx, 50 readers", ratio, 0.9, at_least=True),),
    )


def _speed(rounds: list[_Round]) -> str:
    return f"{median(one.seen.gigabytes_per_second for one in rounds):.2f}"


def _cost(rounds: list[_Round]) -> str:
    return f"{median(one.cpu_seconds / (one.seen.bytes / 1e9) for one in rounds):.2f}"
