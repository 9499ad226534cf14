"""How HandBrakeCLI is started."""

import sys
from collections.abc import Mapping
from typing import Final

from media_library.adapters import process

PROGRAM: Final = "HandBrakeCLI"
_LIBRARIES = "/opt/homebrew/lib:/usr/local/lib"


def command(*arguments: str) -> tuple[str, ...]:
    """The command line for machine-readable output.

    Up to version 1.6 the progress is not flushed and reaches a pipe in blocks of 4 KiB, seconds late; where
    ``stdbuf`` exists it makes the output line by line, which costs newer versions nothing. Raises ``ToolMissing``.
    """
    process.require(PROGRAM)
    by_line = ("stdbuf", "-oL") if sys.platform == "linux" and process.find("stdbuf") else ()
    return (*by_line, PROGRAM, "--json", *arguments)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """What HandBrakeCLI needs in its environment.

    On a Mac it looks for libdvdcss by its name and in /usr/local/lib only, but Homebrew installs to /opt/homebrew.
    """
    found = {"DYLD_FALLBACK_LIBRARY_PATH": _LIBRARIES} if sys.platform == "darwin" else {}
    return {**found, **(extra or {})}
