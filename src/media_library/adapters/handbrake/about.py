"""What the installed HandBrakeCLI is and can do."""

import re

from media_library.adapters import process
from media_library.adapters.handbrake.command import PROGRAM, environment

_SECONDS = 15.0
_VERSION = re.compile(r"^HandBrake (\S+)", re.MULTILINE)
_OPTION = re.compile(r"--?[A-Za-z0-9][A-Za-z0-9-]*")
_ENCODERS = re.compile(r"^ +-e, --encoder .*\n((?:^ {20,}\w+\n)+)", re.MULTILINE)


def version() -> str | None:
    """The version, for example "1.6.1"; ``None`` if it does not tell. Raises ``ToolMissing``."""
    match = _VERSION.search(_output("--version"))
    return match[1] if match else None


def encoders() -> tuple[str, ...]:
    """The video encoders that this build has, as ``-e`` takes them."""
    match = _ENCODERS.search(_output("--help"))
    return tuple(match[1].split()) if match else ()


def options() -> frozenset[str]:
    """Every option that this build knows; one that it does not know makes it end with code 0 and no file."""
    described = (line.partition("  ")[0] for line in map(str.strip, _output("--help").splitlines()))
    return frozenset(name for line in described if line.startswith("-") for name in _OPTION.findall(line))


def _output(argument: str) -> str:
    return process.run((PROGRAM, argument), timeout_seconds=_SECONDS, env=environment()).stdout.decode(
        "utf-8", "replace"
    )
