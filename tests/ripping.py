"""What the tests of ripping stand on: discs that are built once, and a house with state, media folder and desk."""

import atexit
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from media_library.adapters import disc_structure
from media_library.app_state import AppState
from media_library.config import DiscDetection, HandBrake, Paths, Services, Settings
from media_library.models.disc import Disc
from media_library.models.drive import DriveKind, DriveState, DriveStatus
from media_library.models.job import Job, NewRip
from media_library.models.preferences import DiscPreferences
from media_library.models.tool import ToolRun, result_of
from media_library.ripper import Ripper
from media_library.services.disc_labels import parse_label
from media_library.services.media_root import MediaRoot
from media_library.services.rip_desk import StateRipDesk
from media_library.workers.rip_worker import RipWorker
from tests.fakes.fake_program import FAKES
from tests.fixtures import dvd

T = TypeVar("T")

MIN_SECONDS = 8.0
QUICK = HandBrake("Very Fast 480p30", ("--encoder-preset", "ultrafast"))
ENDLESS = HandBrake("Very Fast 480p30", ("--encoder-preset", "placebo", "--encopts", "ref=16:me=tesa:subme=11"))
"""An encode that takes far longer than any test."""


@cache
def workshop() -> Path:
    """A folder for discs that live as long as the test run."""
    folder = Path(tempfile.mkdtemp(prefix="media-library-discs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def film() -> Path:
    """A film of 16 s with two languages, subtitles and chapters, and two extras of 5 and 4 s."""
    return dvd.build_movie(workshop() / "film", tiny=True)


@cache
def show() -> Path:
    """Three episodes of 10 to 12 s and a title that plays them all."""
    return dvd.build_show(workshop() / "show", episodes=(10, 11, 12), extra_seconds=0)


@dataclass(slots=True)
class House:
    """A state, a media folder and a rip desk."""

    settings: Settings
    state: AppState
    media_root: MediaRoot
    desk: StateRipDesk
    notified: list[tuple[str, str]] = field(default_factory=list)

    def insert(self, source: Path, *, label: str | None = None, drive: str = "drive") -> Disc:
        """Put a disc into a drive, as the disc monitor tells it."""
        structure = disc_structure.examine(source)
        named = label if label is not None else structure.label or source.name
        disc = self.state.see_disc(structure.fingerprint, structure.kind, named, parse_label(named).names)
        self.state.save_drive(
            DriveStatus(drive, DriveKind.IMAGE, drive, DriveState.READY, None, disc.id, str(source), 0)
        )
        return disc

    def queue(self, disc: Disc, *, titles: tuple[int, ...] = (), drive: str = "drive") -> Job:
        """Queue the rip of a disc."""
        return self.state.queue_rip(NewRip(disc.names.title, disc.id, drive, titles))

    def work(self, stop: threading.Event | None = None, *, stall_seconds: float = 60.0) -> None:
        """Let a worker take one step."""
        ripper = Ripper(self.settings, self.media_root, stall_seconds=stall_seconds)
        RipWorker("worker", self.desk, ripper).step(stop or threading.Event())

    def rip(self, source: Path, *, label: str | None = None, titles: tuple[int, ...] = ()) -> Job:
        """Insert a disc, rip it, and return the job as it ended."""
        job = self.queue(self.insert(source, label=label), titles=titles)
        self.work()
        return self.state.get_job(job.id)

    def files(self) -> list[str]:
        """Every file in the media folder but its identity, relative to it."""
        root = self.settings.media_root
        found = (file.relative_to(root).as_posix() for file in root.rglob("*") if not file.is_dir())
        return sorted(name for name in found if name != ".media-library/root-id")

    def unfinished(self) -> list[Path]:
        """What lies in the staging folder."""
        return list((self.settings.media_root / ".media-library" / "staging").iterdir())

    def prefer(self, **changes: object) -> None:
        """Change the preferences."""
        self.state.change_disc_preferences(replace(DiscPreferences(), **changes))  # type: ignore[arg-type]


def build_house(folder: Path, state: AppState, settings: Settings | None = None) -> House:
    """A house in ``folder`` with quick settings, in which nothing is ever looked up."""
    quick = settings or Settings(
        paths=Paths(str(folder / "media"), str(folder / "data")),
        handbrake=QUICK,
        disc_detection=DiscDetection(min_title_seconds=MIN_SECONDS),
        services=Services("", ""),
    )
    media_root = MediaRoot(quick, state)
    media_root.prepare()
    notified: list[tuple[str, str]] = []
    desk = StateRipDesk(quick, state, media_root, lambda title, text: notified.append((title, text)))
    return House(quick, state, media_root, desk, notified)


def followed(run: ToolRun[T]) -> tuple[list[float], T]:
    """Let a tool run to its end; its progress and its result."""
    fractions: list[float] = []

    def noting() -> ToolRun[T]:
        while True:
            try:
                step = next(run)
            except StopIteration as end:
                result: T = end.value
                return result
            if step is not None:
                fractions.append(step.fraction)
            yield step

    return fractions, result_of(noting())


def first_in_path(folder: Path, fake: str, name: str) -> str:
    """Link a stand-in into ``folder`` under ``name``; returns a PATH that begins with it."""
    (folder / "state").mkdir(parents=True, exist_ok=True)
    (folder / name).symlink_to(FAKES / fake)
    return os.pathsep.join((str(folder), os.environ["PATH"]))
