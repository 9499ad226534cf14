"""``python -m bench [NAME…]``: measures the appliance beside peers; without names all of it, into bench/RESULTS.md."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import (
    ROOT,
    articles,
    clicks,
    download,
    first_page,
    latency,
    lists,
    machine,
    matches,
    memory,
    names,
    picture,
    play,
    podcasts,
    progress,
    rip,
    scan,
    scroll,
    search,
    start,
    stop,
    streaming,
    uploads,
    walk,
)
from bench.report import Report, table
from bench.workbench import Workbench

MEASUREMENTS: dict[str, Callable[[Workbench], Report]] = {
    "memory": memory.measure,
    "start": start.measure,
    "streaming": streaming.measure,
    "play": play.measure,
    "latency": latency.measure,
    "lists": lists.measure,
    "search": search.measure,
    "scan": scan.measure,
    "first-page": first_page.measure,
    "scroll": scroll.measure,
    "clicks": clicks.measure,
    "walk": walk.measure,
    "picture": picture.measure,
    "articles": articles.measure,
    "podcasts": podcasts.measure,
    "rip": rip.measure,
    "progress": progress.measure,
    "stop": stop.measure,
    "download": download.measure,
    "uploads": uploads.measure,
    "names": names.measure,
    "matches": matches.measure,
}
"""What is measured, in this order: the discs are made while memory is idle."""

_RESULTS = ROOT / "bench" / "RESULTS.md"


def main(argv: Sequence[str]) -> int:
    """Measure and tell; returns 0 if every goal is met, 1 if one is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of: {', '.join(MEASUREMENTS)}")
    names = parser.parse_args(argv).names or list(MEASUREMENTS)
    unknown = sorted(set(names) - set(MEASUREMENTS))
    if unknown:
        parser.error(f"there is no measurement {unknown[0]}")
    where = machine.describe()
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="media-library-bench-"))
    reports = []
    try:
        with Workbench(folder) as workbench:
            for name in names:
                print(f"{name} …", file=sys.stderr, flush=True)
                reports.append(MEASUREMENTS[name](workbench))
                print(f"\n{reports[-1].markdown()}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    taken = time.monotonic() - started
    print(_goals(reports))
    print(f"\n{taken:.0f} s")
    if len(names) == len(MEASUREMENTS):
        _RESULTS.write_text(_document(reports, where, taken), "utf-8")
        print(f"Written: {_RESULTS.relative_to(ROOT)}")
    return 0 if all(goal.is_met for report in reports for goal in report.goals) else 1


def _document(reports: Sequence[Report], where: Sequence[tuple[str, str]], taken: float) -> str:
    parts = [
        "# Measurements",
        f"Written by `make bench` in {taken / 60:.1f} minutes. Everything ran on one machine, over loopback, as the"
        " real program. Absolute figures are this machine's; ratios compare what ran side by side.",
        table(("machine", ""), where),
        "## Goals",
        _goals(reports),
        *(report.markdown().rstrip() for report in reports),
    ]
    return "\n\n".join(parts) + "\n"


def _goals(reports: Sequence[Report]) -> str:
    goals = [goal.cells() for report in reports for goal in report.goals]
    return table(("what", "measured", "goal", ""), goals)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
