"""Which yt-dlp is used: the one that came with the program, or a newer one in a folder of its own."""

import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.sandbox import Sandbox
from media_library.adapters.yt_dlp.command import Program
from media_library.errors import MediaLibraryError, ToolFailed

FILE_NAME = "yt-dlp"
_VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})(?:\.(\d{1,6}))?")
_SECONDS = 60.0


@dataclass(frozen=True, slots=True, order=True)
class Release:
    """A version of yt-dlp, which is the day it was made, and a number within the day."""

    day: date
    number: int = 0

    @classmethod
    def of(cls, text: str) -> "Release":
        """Raises ``ToolFailed`` if a text is no version."""
        found = _VERSION.fullmatch(text.strip())
        try:
            if found is not None:
                return cls(date(int(found[1]), int(found[2]), int(found[3])), int(found[4] or 0))
        except ValueError:
            pass
        raise ToolFailed("This is not a version of yt-dlp.")

    @property
    def text(self) -> str:
        """As yt-dlp writes it, with two digits for month and day."""
        return f"{self.day:%Y.%m.%d}" + (f".{self.number}" if self.number else "")

    @property
    def age_days(self) -> int:
        """How old it is."""
        return max((datetime.now(UTC).date() - self.day).days, 0)


def bundled() -> Program:
    """The yt-dlp that was installed with the program."""
    return Program((sys.executable, "-I", "-m", "yt_dlp"), Release.of(version("yt-dlp")).text)


def program_in(folder: Path) -> Program:
    """The yt-dlp, a zip file of Python, that lies in a folder named after its version."""
    return Program((sys.executable, "-I", str(folder / FILE_NAME)), Release.of(folder.name).text, folder)


def try_out(program: Program) -> Release:
    """Start a yt-dlp, without a network, and see that it tells its version. Raises ``ToolFailed``."""
    sandbox = Sandbox(read=(program.folder,) if program.folder else ())
    try:
        finished = process.run(
            [*program.argv, "--ignore-config", "--no-plugin-dirs", "--version"],
            timeout_seconds=_SECONDS,
            sandbox=sandbox,
            max_output_bytes=10_000,
        )
    except ToolFailed:
        raise
    except MediaLibraryError as error:
        raise ToolFailed(f"yt-dlp {program.version} does not run: {error}") from error
    if finished.code != 0:
        raise ToolFailed(
            f"yt-dlp {program.version} does not run.", finished.stderr.decode("utf-8", "replace").splitlines()[-5:]
        )
    return Release.of(finished.stdout.decode("utf-8", "replace"))
