"""On which machine the figures were taken, with which versions."""

import os
import platform
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import apsw
import psutil

from bench import ROOT, peer

_TOOLS = (
    ("HandBrakeCLI", ("HandBrakeCLI", "--version")),
    ("ffmpeg", ("ffmpeg", "-version")),
    ("nginx", (peer.find() or "nginx", "-v")),
)
_VERSION = re.compile(r"\d+(?:\.\d+)+")


def describe() -> tuple[tuple[str, str], ...]:
    """Names and values, for a table."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    tools = ", ".join(f"{name} {_version(command)}" for name, command in _TOOLS)
    return (
        ("date", datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")),
        ("commit", _first_line(("git", "-C", str(ROOT), "describe", "--always", "--dirty")) or "unknown"),
        ("processor", f"{_processor()}, {os.cpu_count()} cores"),
        ("memory", f"{psutil.virtual_memory().total / 2**30:.1f} GiB"),
        ("system", f"{_distribution()}, {platform.system()} {platform.release()} {platform.machine()}"),
        ("load before", f"{load} (1, 5, 15 minutes)"),
        ("Python", f"{sys.version.split()[0]}, SQLite {apsw.sqlite_lib_version()}"),
        ("tools", tools),
    )


def _processor() -> str:
    if sys.platform == "darwin":
        return _first_line(("sysctl", "-n", "machdep.cpu.brand_string"))
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith(("model name", "Model")):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"macOS {platform.mac_ver()[0]}" if sys.platform == "darwin" else "unknown system"


def _version(command: tuple[str, ...]) -> str:
    found = _VERSION.search(_first_line(command))
    return found[0] if found else "not installed"


def _first_line(command: tuple[str, ...]) -> str:
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    lines = (done.stdout.strip() or done.stderr.strip()).splitlines()
    return lines[0] if lines else ""
