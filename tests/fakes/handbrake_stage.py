"""What the stand-ins for HandBrakeCLI share: scans are real, and what they print has the shape of version 1.6.1.

Every ``HandBrakeCLI_…`` passes a scan, ``--version``, ``--help`` and the list of presets on to the real
HandBrakeCLI, the next one in the PATH, so that only the encoding misbehaves. The file ``everything`` in the state
folder makes the scan misbehave too.
"""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

_VERSION = {
    "Arch": "x86_64",
    "Name": "HandBrake",
    "Official": True,
    "RepoDate": "2023-01-22 16:36:49",
    "RepoHash": "04413a27e6d616cddd98c2c6468aca2bf91b87b5",
    "System": "Linux",
    "Type": "release",
    "Version": {"Major": 1, "Minor": 6, "Point": 1},
    "VersionString": "1.6.1",
}
_FAKES = Path(__file__).resolve().parent
_ASIDE = "libdvdread: Encrypted DVD support unavailable."  # libdvdread writes this without a line break


def encoding(arguments: list[str], state: Path) -> list[str]:
    """Return the arguments of an encoding; for anything else become the real program."""
    if "-o" not in arguments and "--output" not in arguments and not (state / "everything").exists():
        become_real(arguments)
    return arguments


def become_real(arguments: list[str]) -> NoReturn:
    """Replace this program by the real HandBrakeCLI."""
    path = os.environ.get("PATH", os.defpath).split(os.pathsep)
    for folder in path:
        program = shutil.which("HandBrakeCLI", path=folder)
        if program and Path(program).resolve().parent != _FAKES:
            os.execv(program, [program, *arguments])
    sys.exit("No real HandBrakeCLI in the PATH.")


def greet() -> None:
    """Print what comes first: the version, and a word of libdvdread in between."""
    _print("Version", _VERSION)
    print(_ASIDE + "*" * 48)
    print("[05:13:22] hb_init: starting libhb thread", file=sys.stderr, flush=True)


def progress(until: float) -> None:
    """Print a scan of previews, the subtitle scan, and the encoding up to ``until`` (0 to 1)."""
    for preview in (1, 5, 10):
        scanning = {
            "Preview": preview,
            "PreviewCount": 10,
            "Progress": preview / 10,
            "SequenceID": 0,
            "Title": 1,
            "TitleCount": 1,
        }
        _print("Progress", {"Scanning": scanning, "State": "SCANNING"})
    for run, kind, part in ((1, -1, 0.5), (1, -1, 1.0), *((2, 0, until * step / 4) for step in range(1, 5))):
        working = {
            "ETASeconds": 0,
            "Hours": -1,
            "Minutes": -1,
            "Pass": run,
            "PassCount": 2,
            "PassID": kind,
            "Paused": 0,
            "Progress": part,
            "Rate": 0.0,
            "RateAvg": 0.0,
            "Seconds": -1,
            "SequenceID": 1,
        }
        _print("Progress", {"State": "WORKING", "Working": working})


def leave_partial(arguments: list[str]) -> None:
    """Write the start of an MP4 file, 44 bytes that nothing can play, where the film should go."""
    flag = "-o" if "-o" in arguments else "--output"
    target = Path(arguments[arguments.index(flag) + 1])
    target.write_bytes(b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41\0\0\0\x08free\0\0\0\0")


def _print(name: str, value: object) -> None:
    print(f"{name}: {json.dumps(value, indent=4)}", flush=True)
