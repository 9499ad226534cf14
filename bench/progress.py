"""How long a line of HandBrake's takes to reach a browser."""

import stat
import sys
import threading
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import socketio

from bench.appliance import HOST, SEE_DISCS_SOON, Appliance
from bench.peek import commit_times, wait_for_job
from bench.report import Goal, Report, median, milliseconds, seconds
from bench.workbench import ADMIN, PASSWORD, Workbench, insert
from media_library.models.job import JobStatus

_STAMP = Path(__file__).with_name("stamping_handbrake.py")


@dataclass(frozen=True, slots=True)
class _Event:
    """A ``rip_progress`` event as it arrived; ``at`` in seconds since the epoch."""

    at: float
    seq: int
    stage: str
    percent: float


class _Browser:
    """A signed-in Socket.IO client that notes when events arrive."""

    def __init__(self, appliance: Appliance) -> None:
        self.events: list[_Event] = []
        self._lock = threading.Lock()
        self._client = socketio.Client(reconnection=False)
        self._client.on("rip_progress", self._note)
        self._client.connect(
            f"http://{HOST}:{appliance.port}",
            headers={"Cookie": appliance.sign_in(ADMIN, PASSWORD)},  # the Origin is added by the client itself
            transports=["websocket"],
            wait_timeout=10,
        )

    def close(self) -> None:
        """Leave."""
        self._client.disconnect()

    def _note(self, payload: dict[str, object]) -> None:
        now = time.time()
        seq, percent = int(str(payload["seq"])), float(str(payload["progress"]))
        with self._lock:
            self.events.append(_Event(now, seq, str(payload["stage"]), percent))


def measure(workbench: Workbench) -> Report:
    """A rip by a HandBrakeCLI whose lines are stamped, watched over a websocket."""
    tools = workbench.folder / "tools"
    tools.mkdir()
    lines_file = _install(tools)
    appliance = workbench.appliance(
        "progress", config=SEE_DISCS_SOON, environment={"MIN_TITLE_SECONDS": "30"}, tools=tools
    )
    with appliance:
        browser = _Browser(appliance)
        insert(workbench.disc("film"), appliance)
        wait_for_job(appliance, JobStatus.DONE)
        browser.close()
        commits = commit_times(appliance)
    lines = [tuple(map(float, line.split())) for line in lines_file.read_text().splitlines()]
    from_commit = [event.at - commits[event.seq] for event in browser.events if event.seq in commits]
    from_line = _from_lines(browser.events, [(at, fraction) for at, fraction in lines])
    shown = [event for event in browser.events if event.stage == "rip"]
    pauses = [after.at - before.at for before, after in pairwise(shown)]
    return Report(
        "Progress",
        f"A rip of 75 s of film by the real HandBrakeCLI, whose {len(lines)} progress lines are stamped as they are"
        " handed on, watched by a Socket.IO client over a websocket. At most one event a second is sent.",
        ("from … to the event in the browser", "events", "median", "slowest"),
        (
            ("HandBrake's line", str(len(from_line)), milliseconds(median(from_line)), milliseconds(max(from_line))),
            (
                "the row's commit",
                str(len(from_commit)),
                milliseconds(median(from_commit)),
                milliseconds(max(from_commit)),
            ),
            ("the event before", str(len(pauses)), seconds(median(pauses)), seconds(max(pauses))),
        ),
        (Goal("HandBrake's line → browser, slowest", max(from_line), 1, "s"),),
    )


def _install(tools: Path) -> Path:
    """Put the stamping HandBrakeCLI into ``tools``; returns the file of its stamps."""
    program = tools / "HandBrakeCLI"
    program.write_text(f"#!{sys.executable} -IS\n{_STAMP.read_text()}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return tools / "lines.log"


def _from_lines(events: list[_Event], lines: list[tuple[float, float]]) -> list[float]:
    """The time from the line that an event shows to the event.

    The stage “rip” begins at HandBrake's 0 and ends, where “verify” begins, at HandBrake's 1; in between the
    percentage is a straight line. So each event tells which line it shows.
    """
    begin = next(event.percent for event in events if event.stage == "rip")
    end = next(event.percent for event in events if event.stage == "verify")
    found = []
    for event in events:
        if event.stage == "rip" and event.percent > begin:
            fraction = (event.percent - begin) / (end - begin)
            at, _ = min(lines, key=lambda line: abs(line[1] - fraction))
            found.append(event.at - at)
    return found
