"""How soon the appliance answers after it was started."""

import time

from bench.processes import cpu_seconds
from bench.report import Goal, Report, median, seconds
from bench.workbench import Workbench

_ROUNDS = 5
_POLL_SECONDS = 0.005


def measure(workbench: Workbench) -> Report:
    """From the start of ``main.py`` to the first 200 on /api/healthz: on a new state, and on one that is there."""
    new: list[float] = []
    existing: list[float] = []
    work: list[float] = []
    for number in range(_ROUNDS):
        appliance = workbench.appliance(f"start-{number}")
        for times in (new, existing):
            started = time.perf_counter()
            appliance.start()
            try:
                appliance.wait_until_ready(poll_seconds=_POLL_SECONDS)
                times.append(time.perf_counter() - started)
                assert appliance.process is not None
                work.append(cpu_seconds(appliance.process.pid))
            finally:
                appliance.stop()
    return Report(
        "Start",
        f"From the start of `main.py` to the first 200 on `/api/healthz`, asked every {1000 * _POLL_SECONDS:g} ms;"
        f" {_ROUNDS} rounds. A new state also makes the first account. Until then all processes together have used"
        f" {median(work):.2f} s of processor time (median).",
        ("state", "median", "slowest"),
        (
            ("new", seconds(median(new)), seconds(max(new))),
            ("existing", seconds(median(existing)), seconds(max(existing))),
        ),
        (
            Goal("start → first 200, existing state", median(existing), 1.5, "s"),
            Goal("start → first 200, new state", median(new), 1.5, "s"),
        ),
    )
