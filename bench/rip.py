"""A whole rip against bare HandBrakeCLI with the very same arguments, in turns."""

import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.appliance import Appliance
from bench.peek import stages, wait_for_job
from bench.processes import tree
from bench.report import Goal, Report, median, seconds
from bench.workbench import Workbench, insert
from media_library.models.job import JobStatus

_ROUNDS = 2
_MIN_TITLE_SECONDS = "30"
_POLL_SECONDS = 0.5  # the times come from the state: looking often would only slow the rip down
_SETTLING_SECONDS = 3.0  # after a start the appliance looks for its tools, which a rip should not pay for
_STAGES = ("scan", "rip", "verify", "publish")


@dataclass(frozen=True, slots=True)
class _Rip:
    """One rip: how long each stage took, in seconds."""

    stages: dict[str, float]

    @property
    def to_rip_end(self) -> float:
        """From the start of the job until HandBrake's file is complete."""
        return self.stages["scan"] + self.stages["rip"]


def measure(workbench: Workbench) -> Report:
    """The feature of a DVD, 180 s long, without the extras."""
    disc = workbench.disc("feature")
    command: list[str] = []
    rips: list[_Rip] = []
    bare: list[float] = []
    for number in range(_ROUNDS):
        appliance = workbench.appliance("rip", environment={"MIN_TITLE_SECONDS": _MIN_TITLE_SECONDS})
        with appliance:
            time.sleep(_SETTLING_SECONDS)
            insert(disc, appliance)
            wait_for_job(appliance, JobStatus.ENCODING)
            command = command or _watch_for_command(appliance, workbench.folder / "preset.json")
            rips.append(_read(appliance))
        bare.append(_run_bare(command, workbench.folder / f"bare-{number}.mp4"))
    return _report(rips, bare)


def _watch_for_command(appliance: Appliance, preset: Path) -> list[str]:
    """The command line of the encoding HandBrakeCLI, with its preset file saved to ``preset``."""
    deadline = time.monotonic() + 60
    assert appliance.process is not None
    while time.monotonic() < deadline:
        for process in tree(appliance.process.pid):
            try:
                words = process.cmdline()
            except psutil.NoSuchProcess:
                continue
            if words and Path(words[0]).name == "HandBrakeCLI" and "-o" in words:
                if "--preset-import-file" in words:
                    place = words.index("--preset-import-file") + 1
                    shutil.copyfile(words[place], preset)
                    words[place] = str(preset)
                return words
        time.sleep(0.01)
    raise RuntimeError(f"HandBrakeCLI was not seen at work.\n{appliance.last_words()}")


def _read(appliance: Appliance) -> _Rip:
    job = wait_for_job(appliance, JobStatus.DONE, poll_seconds=_POLL_SECONDS)
    began = stages(appliance, job.id)
    assert job.started_at is not None and job.finished_at is not None
    marks = [job.started_at / 1000, *(began[stage] for stage in _STAGES[1:]), job.finished_at / 1000]
    return _Rip({stage: after - before for stage, before, after in zip(_STAGES, marks[:-1], marks[1:], strict=True)})


def _run_bare(command: list[str], target: Path) -> float:
    words = list(command)
    words[words.index("-o") + 1] = str(target)
    started = time.perf_counter()
    subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    taken = time.perf_counter() - started
    target.unlink()
    return taken


def _report(rips: list[_Rip], bare: list[float]) -> Report:
    ratio = median(rip.to_rip_end / alone for rip, alone in zip(rips, bare, strict=True))
    encoding = median(rip.stages["rip"] / alone for rip, alone in zip(rips, bare, strict=True))
    alone = median(bare)
    rows = [("bare HandBrakeCLI", seconds(alone), "1.00")]
    for stage in _STAGES:
        taken = median(rip.stages[stage] for rip in rips)
        rows.append((f"appliance: {stage}", seconds(taken), f"{taken / alone:.2f}"))
    rows.append(("appliance: job started → rip end", seconds(median(rip.to_rip_end for rip in rips)), f"{ratio:.2f}"))
    return Report(
        "Rip",
        f"A title of 180 s (720×576, two sound tracks, two subtitles) of a DVD image, {_ROUNDS} rounds in turns,"
        " medians. Bare HandBrakeCLI runs the command line that the appliance ran, with another target; it scans the"
        f" one title itself. The stage “rip” alone is {encoding:.2f} × bare HandBrakeCLI; “scan” lists the titles of"
        " the whole disc once, however long the film is. Verification and publishing come on top.",
        ("what", "time", "÷ bare"),
        tuple(rows),
        (Goal("rip ÷ bare HandBrakeCLI", ratio, 1.05),),
    )
