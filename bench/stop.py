"""How the appliance ends in the middle of a rip: asked to, and shot dead; and what the next start makes of it."""

import random
import signal
import time
from dataclasses import dataclass

from bench.appliance import SEE_DISCS_SOON, Appliance
from bench.peek import library_files, library_rows, newest_job, state_of, wait_for_job
from bench.processes import mentioning, seconds_until_gone, tree
from bench.report import Goal, Report, median, seconds
from bench.workbench import Workbench, insert
from media_library.models.job import ACTIVE, Job, JobStage, JobStatus

_ROUNDS = 10
_WHILE_PUBLISHING = 3
_PUBLISHING_SECONDS = 0.1
_POLL_SECONDS = 0.002
_SETTLED_SECONDS = 5.0
_AT_MOST_SECONDS = 30.0
_SEED = 11
_LIMITS = {signal.SIGTERM: 8.0, signal.SIGKILL: 2.0}
_NAMES = {signal.SIGTERM: "SIGTERM", signal.SIGKILL: "kill -9"}


@dataclass(frozen=True, slots=True)
class _Round:
    """One end: how far into the rip it came, in which state, how long until nothing lived, what was wrong."""

    at: float
    state: str
    gone_after: float
    faults: tuple[str, ...]


def measure(workbench: Workbench) -> Report:
    """Ends at moments spread over a whole rip, by SIGTERM to the program and by SIGKILL to its supervisor."""
    whole = _whole_rip(workbench)
    choice = random.Random(_SEED)
    rows, goals, odd = [], [], []
    for number, limit in _LIMITS.items():
        rounds: list[_Round] = []
        for moment in _moments(whole, choice):
            rounds.append(_end(workbench, number, moment, to_the_end=len(rounds) % 3 == 0))
        times, name = [one.gone_after for one in rounds], _NAMES[number]
        faults = [f"{name} at {one.at:.1f} s ({one.state}): {fault}" for one in rounds for fault in one.faults]
        states = ", ".join(f"{one.at:.1f} {one.state}" for one in rounds)
        rows.append((name, seconds(median(times)), seconds(max(times)), str(len(faults)), states))
        goals.append(Goal(f"{name} during a rip → nothing lives, slowest of {_ROUNDS}", max(times), limit, "s"))
        odd += faults
    goals.append(Goal("faults after an end in the middle of a rip", len(odd), 0))
    return Report(
        "Stop",
        f"{_ROUNDS} ends each: spread over a rip that takes {whole:.1f} s, the last {_WHILE_PUBLISHING} while its"
        " file is published. After each: no process of the appliance, no"
        " tool and nothing else that names its folder lives; every file in the library has its row and its size; after"
        " the next start the disc has one job, which was taken up again or is done."
        + "".join(f"\n\n- {line}" for line in odd),
        ("end", "median", "slowest", "faults", "seconds into the rip, and what went on"),
        tuple(rows),
        tuple(goals),
    )


def _moments(whole: float, choice: random.Random) -> list[float]:
    """Seconds after the start of the job; a negative one counts from when publishing begins, which is soon over."""
    spread = _ROUNDS - _WHILE_PUBLISHING
    return [
        *(whole * (turn + choice.random()) / spread for turn in range(spread)),
        *(-_PUBLISHING_SECONDS * choice.random() for _ in range(_WHILE_PUBLISHING)),
    ]


def _whole_rip(workbench: Workbench) -> float:
    appliance = _inserted(workbench)
    with appliance:
        started = wait_for_job(appliance, JobStatus.ENCODING, JobStatus.DONE).started_at
        finished = wait_for_job(appliance, JobStatus.DONE).finished_at
    assert started is not None and finished is not None
    return (finished - started) / 1000


def _inserted(workbench: Workbench) -> Appliance:
    appliance = workbench.appliance("stop", config=SEE_DISCS_SOON, environment={"MIN_TITLE_SECONDS": "3"})
    insert(workbench.disc("quick-film"), appliance)
    return appliance


def _end(workbench: Workbench, number: signal.Signals, moment: float, *, to_the_end: bool) -> _Round:
    appliance = _inserted(workbench)
    appliance.start()
    try:
        appliance.wait_until_ready()
        job = wait_for_job(appliance, JobStatus.ENCODING, JobStatus.DONE)
        assert appliance.process is not None and job.started_at is not None
        if moment < 0:
            _wait_until_publishing(appliance)
            time.sleep(-moment)
        else:
            time.sleep(max(0.0, job.started_at / 1000 + moment - time.time()))
        at, (state, taken) = time.time() - job.started_at / 1000, _state(appliance)
        processes = tree(appliance.process.pid)
        began = time.monotonic()
        appliance.process.send_signal(number)
        appliance.process.wait(_AT_MOST_SECONDS)
        left = seconds_until_gone(processes, at_most=_AT_MOST_SECONDS)
        gone_after = time.monotonic() - began
        faults = [f"{process.name()} still lives" for process in mentioning(str(appliance.folder))]
        if left is None:
            faults.append("a process did not end")
        if number is signal.SIGTERM:
            faults += _faults_of_library(appliance)
        appliance.start()
        appliance.wait_until_ready()
        if to_the_end:
            wait_for_job(appliance, JobStatus.DONE)
        faults += _lasting_faults(appliance, taken)
    except RuntimeError as error:
        return _Round(moment, "unknown", _AT_MOST_SECONDS, (str(error),))
    finally:
        appliance.stop()
        for stray in mentioning(str(appliance.folder)):
            stray.kill()
    return _Round(at, state, gone_after, tuple(faults))


def _wait_until_publishing(appliance: Appliance) -> None:
    deadline = time.monotonic() + _AT_MOST_SECONDS
    with state_of(appliance) as state:
        while time.monotonic() < deadline:
            job = newest_job(state)
            if job is not None and (job.stage is JobStage.PUBLISH or job.status is JobStatus.DONE):
                return
            time.sleep(_POLL_SECONDS)


def _state(appliance: Appliance) -> tuple[str, int]:
    """What goes on, and how often the job was taken up so far (its token)."""
    with state_of(appliance) as state:
        job = newest_job(state)
    return ("nothing", 0) if job is None else (str(job.stage or job.status), job.token)


def _lasting_faults(appliance: Appliance, taken: int) -> list[str]:
    """What is wrong after a start and stays so: the new start first settles what the end before left behind."""
    deadline = time.monotonic() + _SETTLED_SECONDS
    while faults := [*_faults_of_queue(appliance, taken), *_faults_of_library(appliance)]:
        if time.monotonic() > deadline:
            return faults
        time.sleep(_POLL_SECONDS)
    return []


def _faults_of_library(appliance: Appliance) -> list[str]:
    rows, files = library_rows(appliance), library_files(appliance)
    faults = [f"{path} has no row" for path in sorted(files - rows.keys())]
    for path, size in rows.items():
        file = appliance.media / path
        if not file.exists() or file.stat().st_size != size:
            faults.append(f"{path} is not as its row says")
    return faults


def _faults_of_queue(appliance: Appliance, taken: int) -> list[str]:
    with state_of(appliance) as state:
        jobs: list[Job] = state.list_jobs(JobStatus, 10)
    if len(jobs) != 1:
        return [f"there are {len(jobs)} jobs"]
    job = jobs[0]
    if job.status is JobStatus.DONE or (job.status in ACTIVE and job.token > taken):
        return []
    return [f"the job is {job.status}, not taken up again: {job.error}"]
