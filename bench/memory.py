"""How much memory the appliance holds when it has nothing to do."""

import time
from pathlib import Path

from bench.processes import proportional_bytes, resident_bytes, tree
from bench.report import Goal, Report
from bench.workbench import Workbench

_IDLE_SECONDS = 30.0


def measure(workbench: Workbench) -> Report:
    """The whole process tree in mode ``full``, half a minute after it started; discs are made meanwhile."""
    for disc in ("quick-film", "film"):
        workbench.begin_disc(disc)
    with workbench.appliance("memory") as appliance:
        assert appliance.process is not None
        time.sleep(_IDLE_SECONDS)
        processes = tree(appliance.process.pid)
        rows = []
        for process in processes:
            rows.append(
                (
                    _role(process.cmdline()),
                    _megabytes(proportional_bytes([process])),
                    _megabytes(resident_bytes([process])),
                )
            )
        proportional, resident = proportional_bytes(processes), resident_bytes(processes)
    rows.append(("together", _megabytes(proportional), _megabytes(resident)))
    held = resident if proportional is None else proportional
    return Report(
        "Memory",
        f"Every process of mode `full`, {_IDLE_SECONDS:g} s after the start, nobody signed in, no disc. PSS counts a"
        " page that n processes share as 1/n, RSS counts it n times.",
        ("process", "PSS", "RSS"),
        tuple(rows),
        (Goal("idle memory of all processes", held / 1e6, 150, "MB"),),
    )


def _role(words: list[str]) -> str:
    """What a process is in the program."""
    if "--process" in words:
        return words[words.index("--process") + 1]
    names = [Path(word).name for word in words]
    if "main.py" in names:
        return "supervisor"
    return "guard of a tool" if "guard.py" in names else names[0]


def _megabytes(count: int | None) -> str:
    return "unknown" if count is None else f"{count / 1e6:.1f} MB"
