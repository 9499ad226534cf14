"""Shows a message on the screen of the machine: through osascript on macOS, notify-send on Linux, else nowhere."""

import logging
import sys

from media_library.adapters import process
from media_library.constants import PROGRAM
from media_library.errors import ToolFailed, ToolMissing

log = logging.getLogger(__name__)

_TIMEOUT_SECONDS = 10.0
_LONGEST = 240
_SCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)


def notify(title: str, text: str) -> None:
    """Show a message. A message that cannot be shown is only logged: nothing must fail for want of it."""
    argv = command(sys.platform, _line(title), _line(text))
    try:
        finished = process.run(argv, timeout_seconds=_TIMEOUT_SECONDS)
    except ToolMissing:
        log.debug("%s is not installed: no notification was shown", argv[0])
    except ToolFailed as error:
        log.info("No notification was shown: %s", error)
    else:
        if finished.code != 0:
            log.info("No notification was shown: %s", finished.stderr.decode("utf-8", "replace"))


def command(platform: str, title: str, text: str) -> list[str]:
    """The command line for a platform (``sys.platform``). Title and text are arguments and never become a script."""
    if platform == "darwin":
        script = [word for line in _SCRIPT for word in ("-e", line)]
        return ["osascript", *script, _no_option(title), _no_option(text)]
    return ["notify-send", f"--app-name={PROGRAM}", "--", title, text]


def _line(text: str) -> str:
    """One printable line of bounded length."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _no_option(text: str) -> str:
    """osascript would take a text that begins with a dash for one of its options."""
    return f"\N{WORD JOINER}{text}" if text.startswith("-") else text
