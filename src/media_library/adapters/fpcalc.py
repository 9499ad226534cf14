"""fpcalc: the acoustic fingerprint of a music file (https://acoustid.org/chromaprint)."""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec

from media_library.adapters import process
from media_library.adapters.sandbox import Sandbox
from media_library.errors import ToolFailed
from media_library.models.tool import ToolRun

_HEARD_SECONDS = 120
_MOST_SECONDS = 60.0
_MOST_BYTES = 256 * 1024
_MEMORY_BYTES = 2 << 30
_FINGERPRINT = re.compile(r"[A-Za-z0-9_-]{8,65536}")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How the first two minutes of a recording sound, and how long all of it is."""

    duration_seconds: float
    fingerprint: str


def fingerprint(file: Path) -> ToolRun[Fingerprint]:
    """Listen to a file, in a sandbox; raises ``ToolFailed`` for what cannot be decoded or is shorter than a moment.

    Some versions complain at the end of every file and end with code 3, although the fingerprint is whole; so what they
    wrote counts.
    """
    finished = yield from process.running(
        ("fpcalc", "-json", "-length", str(_HEARD_SECONDS), str(file.absolute())),
        timeout_seconds=_MOST_SECONDS,
        sandbox=Sandbox(read=(file,), memory_bytes=_MEMORY_BYTES, cpu_seconds=int(_MOST_SECONDS)),
        max_output_bytes=_MOST_BYTES,
    )
    lines = tuple(finished.stderr.decode("utf-8", "replace").splitlines())
    try:
        answer = msgspec.json.decode(finished.stdout, type=_Answer)
    except msgspec.MsgspecError as error:
        raise ToolFailed(f"{file.name} cannot be heard by fpcalc.", lines) from error
    if not _FINGERPRINT.fullmatch(answer.fingerprint) or answer.duration <= 0:
        raise ToolFailed(f"{file.name} is too short to be recognised by its sound.", lines)
    return Fingerprint(answer.duration, answer.fingerprint)


def raw_print(file: Path, *, seconds: float) -> ToolRun[tuple[int, ...]]:
    """How the first ``seconds`` of a file sound: a 32-bit number for every 0.124 s, fewer than one for short sounds.

    Two numbers that differ in few bits sound alike. In a sandbox; raises ``ToolFailed``.
    """
    finished = yield from process.running(
        ("fpcalc", "-raw", "-json", "-length", str(math.ceil(seconds)), str(file.absolute())),
        timeout_seconds=_MOST_SECONDS,
        sandbox=Sandbox(read=(file,), memory_bytes=_MEMORY_BYTES, cpu_seconds=int(_MOST_SECONDS)),
        max_output_bytes=_MOST_BYTES,
    )
    try:
        return msgspec.json.decode(finished.stdout, type=_Raw).fingerprint
    except msgspec.MsgspecError as error:
        lines = tuple(finished.stderr.decode("utf-8", "replace").splitlines())
        raise ToolFailed(f"{file.name} cannot be heard by fpcalc.", lines) from error


class _Raw(msgspec.Struct):
    fingerprint: tuple[Annotated[int, msgspec.Meta(ge=0, lt=1 << 32)], ...]


class _Answer(msgspec.Struct):
    duration: float
    fingerprint: str
