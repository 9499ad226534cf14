"""What the ripper is told and what it hands back: records, and the narrow protocol of whoever gives the orders."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from media_library.models.disc import Disc, DiscContent, DiscNames, DiscTitle
from media_library.models.job import JobProgress
from media_library.models.media import MediaNames, Streams
from media_library.models.preferences import DiscPreferences


@dataclass(frozen=True, slots=True)
class RipOrder:
    """A claimed job. ``token`` fences it, ``source`` is where the disc is, ``titles`` what a person chose of it.

    ``published`` are the titles that an earlier attempt at this job put into the library: a job that was interrupted
    or failed half-way goes on with the others.
    """

    job_id: str
    token: int
    disc: Disc
    source: str
    titles: tuple[int, ...]
    preferences: DiscPreferences
    published: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RipPlan:
    """What is on the disc and what becomes of it. ``review_reason`` says what a person should look at.

    ``names`` is what the disc turned out to be called.
    """

    content: DiscContent
    titles: tuple[DiscTitle, ...]
    review_reason: str | None = None
    names: DiscNames | None = None

    @property
    def chosen(self) -> tuple[DiscTitle, ...]:
        """The titles that are ripped, in the order of the disc."""
        return tuple(title for title in self.titles if title.chosen)


@dataclass(frozen=True, slots=True)
class Track:
    """What a CD track is called. ``discs`` is how many discs its album has, ``isrc`` the code of the recording."""

    names: MediaNames
    discs: int = 1
    review_reason: str | None = None
    isrc: str | None = None


@dataclass(frozen=True, slots=True)
class Ripped:
    """A verified file in the staging folder.

    ``track`` and ``cover`` (a JPEG or PNG file) are there for music only; the names of films and episodes are found
    where the library is.
    """

    title: DiscTitle
    file: Path
    container: str
    duration_ms: int
    streams: Streams = field(default_factory=Streams)
    track: Track | None = None
    cover: Path | None = None
    review_reason: str | None = None


class RipDesk(Protocol):
    """Who gives the ripper its jobs and takes what comes of them: the state of this machine, or a server far away.

    Every call about a job raises ``Conflict`` once the job no longer runs under the order's token, for example
    because somebody cancelled it.
    """

    def claim(self, worker: str) -> RipOrder | None:
        """Take the next job, if there is one."""

    def wait(self, stop: threading.Event) -> None:
        """Wait until there may be a job, or ``stop`` is set."""

    def require_running(self, order: RipOrder) -> None:
        """Raise ``Conflict`` if the job no longer runs here."""

    def source(self, order: RipOrder) -> str | None:
        """Where the disc is now: a system may mount it under another name; ``None`` if it is gone."""

    def progress(self, order: RipOrder, progress: JobProgress) -> None:
        """Note how far the job is."""

    def planned(self, order: RipOrder, plan: RipPlan) -> None:
        """Note what is on the disc."""

    def publish(self, order: RipOrder, ripped: Ripped) -> None:
        """Put a file into the library. Raises ``StorageError``."""

    def finish(self, order: RipOrder) -> None:
        """All that was planned is in the library."""

    def fail(self, order: RipOrder, error: str, lines: tuple[str, ...]) -> None:
        """The job failed; ``lines`` is what the tool said last."""

    def give_back(self, order: RipOrder) -> None:
        """The program stops; the job goes back to the queue."""


class Storage(Protocol):
    """The media folder, as far as the ripper needs it. Every call raises ``StorageError`` when it is offline."""

    def staging(self, job_id: str) -> Path:
        """A folder for unfinished files on the volume of the library."""

    def require_writable(self) -> None:
        """Raise ``StorageError`` if nothing can be written now."""

    def space(self) -> tuple[int, int]:
        """Free and total bytes of the volume."""

    def reserve_bytes(self) -> int:
        """What is always left free."""
