"""What all stand-ins share: their state, the log of their calls, and how a test puts one in a folder of the PATH.

A stand-in keeps its state in the folder named by ``FAKE_STATE``. Without that variable it takes the folder
``state`` beside the link through which it was started, so that it also works for a program that passes no
environment on. ``install`` makes both the link and that folder.

Files in the state folder that every stand-in understands:

- ``calls.log``: written, one call a line, as the shell would quote it (``shlex.split`` gives it back)
- ``delay``: how many seconds to wait before doing anything
"""

import os
import shlex
import sys
import time
from pathlib import Path

FAKES = Path(__file__).resolve().parent


def install(folder: Path, fake: str, *, name: str | None = None) -> Path:
    """Link a stand-in into ``folder`` under ``name`` (its own name by default); return its state folder.

    A link, not a copy: a stand-in finds this module beside the file to which the link leads.
    """
    state = folder / "state"
    state.mkdir(parents=True, exist_ok=True)
    (folder / (name or fake)).symlink_to(FAKES / fake)
    return state


def linux_record() -> Path:
    """The folder in ``linux/`` that the file ``scenario`` names: what is plugged in, for the Linux tools.

    ``empty_drive`` (the default), ``dvd``, ``dvd_without_filesystem`` (a film whose volume udev did not read),
    ``bluray``, ``audio_cd`` with 12 tracks, or ``usb_stick``, where there is no drive at all.
    """
    return FAKES / "linux" / setting("scenario", "empty_drive")


def state_folder() -> Path:
    """Where this stand-in keeps its state; ends the program when a test gave it no place."""
    beside = Path(sys.argv[0]).absolute().parent / "state"
    if given := os.environ.get("FAKE_STATE"):
        folder = Path(given)
        folder.mkdir(parents=True, exist_ok=True)
    elif beside.is_dir():
        folder = beside
    else:
        sys.exit(f"{sys.argv[0]}: set FAKE_STATE, or make the folder {beside}")
    return folder


def start() -> list[str]:
    """Log this call, wait if the test asks for it, and return the arguments."""
    call = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]).replace("\n", "\\n")
    with (state_folder() / "calls.log").open("a") as log:
        log.write(call + "\n")
    time.sleep(float(setting("delay", "0")))
    return sys.argv[1:]


def setting(name: str, default: str = "") -> str:
    """The text of a file in the state folder."""
    try:
        return (state_folder() / name).read_text().strip()
    except FileNotFoundError:
        return default


def keep(name: str, text: str) -> None:
    """Write a file in the state folder."""
    (state_folder() / name).write_text(text)


def happens_once(name: str) -> bool:
    """Whether the test placed the file ``name``; it is gone afterwards."""
    try:
        (state_folder() / name).unlink()
    except FileNotFoundError:
        return False
    return True
