"""Looks which outside programs are installed, in which version, and says what is missing without them."""

import re
import sys
from dataclasses import dataclass

from media_library.adapters import process
from media_library.adapters.sandbox import isolation
from media_library.errors import MediaLibraryError
from media_library.services.health import ToolHealth

_VERSION = re.compile(r"\d+(?:\.\d+)+(?:[-+.\w]*)?")
_SECONDS = 10.0

ISOLATION = "isolation"
"""The name under which the isolation of programs stands among the tools."""


@dataclass(frozen=True, slots=True)
class Tool:
    """An outside program and how to ask it for its version; ``platform`` limits where it is looked for."""

    name: str
    version_arguments: tuple[str, ...]
    needed_for: str
    brew: str
    apt: str
    required: bool = False
    platform: str = ""


TOOLS: tuple[Tool, ...] = (
    Tool(
        "HandBrakeCLI",
        ("--version",),
        "ripping DVDs and Blu-rays",
        "brew install handbrake",
        "apt install handbrake-cli",
        required=True,
    ),
    Tool(
        "ffmpeg",
        ("-version",),
        "audio CDs, checking rips, pictures",
        "brew install ffmpeg",
        "apt install ffmpeg",
        required=True,
    ),
    Tool("ffprobe", ("-version",), "checking rips", "brew install ffmpeg", "apt install ffmpeg", required=True),
    Tool("mediainfo", ("--Version",), "facts about files", "brew install mediainfo", "apt install mediainfo"),
    Tool(
        "fpcalc",
        ("-version",),
        "recognising music by its sound",
        "brew install chromaprint",
        "apt install libchromaprint-tools",
    ),
    Tool(
        "makemkvcon",
        ("-r", "--version"),
        "encrypted Blu-rays",
        "get MakeMKV from makemkv.com",
        "get MakeMKV from makemkv.com",
    ),
    Tool("diskutil", ("list",), "seeing discs", "part of macOS", "", required=True, platform="darwin"),
    Tool("osascript", ("-e", "return 1"), "notifications", "part of macOS", "", platform="darwin"),
    Tool("lsblk", ("--version",), "seeing discs", "", "apt install util-linux", required=True, platform="linux"),
    Tool("eject", ("--version",), "ejecting discs", "", "apt install eject", platform="linux"),
    Tool(
        "cd-paranoia",
        ("--version",),
        "reading audio CDs in a drive",
        "",
        "apt install cd-paranoia",
        platform="linux",
    ),
)


def check_tools() -> tuple[ToolHealth, ...]:
    """Ask every program for its version; takes a moment, so not for every request. The last one is the isolation."""
    programs = (
        ToolHealth(tool.name, _version(tool), tool.needed_for, tool.brew if sys.platform == "darwin" else tool.apt)
        for tool in TOOLS
        if not tool.platform or sys.platform.startswith(tool.platform)
    )
    return (*programs, check_isolation())


def check_isolation() -> ToolHealth:
    """What confines the programs that read hostile files; its version names what is there, and what is not."""
    found = isolation()
    there = [name for name in ("Landlock", "seccomp", "Seatbelt") if getattr(found, name.lower())]
    lacking = "; ".join(found.missing)
    version = ", ".join(there) + (f", but {lacking}" if lacking else "")
    return ToolHealth(ISOLATION, version if there else None, "keeping hostile pages and files away from yours", lacking)


def missing_required(found: tuple[ToolHealth, ...]) -> list[ToolHealth]:
    """Those without which the main job of the appliance cannot be done."""
    required = {tool.name for tool in TOOLS if tool.required}
    return [tool for tool in found if tool.version is None and tool.name in required]


def _version(tool: Tool) -> str | None:
    if process.find(tool.name) is None:
        return None
    try:
        finished = process.run((tool.name, *tool.version_arguments), timeout_seconds=_SECONDS)
    except MediaLibraryError:
        return "installed, but does not answer"
    text = (finished.stdout + b"\n" + finished.stderr).decode("utf-8", "replace")
    match = _VERSION.search(text)
    return match[0] if match else "installed"
