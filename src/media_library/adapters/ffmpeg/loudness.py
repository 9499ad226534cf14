"""How loud music is: integrated loudness and true peak by EBU R 128 (https://tech.ebu.ch/publications/r128)."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import bounds, opened
from media_library.adapters.sandbox import Sandbox
from media_library.errors import ToolFailed
from media_library.models.tool import ToolRun

_SECONDS = 3600.0
_INTEGRATED = re.compile(rb"^\s*I:\s+(-?[\d.]+|-?inf|nan) LUFS", re.MULTILINE)
_PEAK = re.compile(rb"^\s*Peak:\s+(-?[\d.]+|-?inf|nan) dBFS", re.MULTILINE)
_SILENCE_LUFS = -70.0
_SAME_FORM = "aresample=48000,aformat=sample_fmts=flt:channel_layouts=stereo"


@dataclass(frozen=True, slots=True)
class Measured:
    """Integrated loudness in LUFS, -70 for silence; true peak as a fraction of full scale (1 = 0 dBFS)."""

    integrated_lufs: float
    peak: float


def measure_loudness(file: Path) -> ToolRun[Measured]:
    """Listen to all of a file, in a sandbox and on one core; raises ``ToolFailed``."""
    return _measured(
        (*opened(file, is_foreign=True), "-map", "0:a:0", "-af", "ebur128=peak=true:framelog=verbose"),
        bounds(file),
        file.name,
    )


def measure_together(files: Sequence[Path]) -> ToolRun[Measured]:
    """Listen to several files as one, as to an album; the peak is not measured (0). Raises ``ToolFailed``."""
    inputs = [argument for file in files for argument in opened(file, is_foreign=True)]
    same = "".join(f"[{place}:a:0]{_SAME_FORM}[s{place}];" for place in range(len(files)))
    joined = "".join(f"[s{place}]" for place in range(len(files)))
    graph = f"{same}{joined}concat=n={len(files)}:v=0:a=1,ebur128=framelog=verbose[out]"
    sandbox = Sandbox(
        read=tuple(files), memory_bytes=4 * 1024**3, cpu_seconds=int(_SECONDS), file_bytes=None, processes=0
    )
    return _measured((*inputs, "-filter_complex", graph, "-map", "[out]"), sandbox, "The album")


def _measured(arguments: Sequence[str], sandbox: Sandbox, name: str) -> ToolRun[Measured]:
    finished = yield from process.running(
        (
            *("ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-v", "info", "-threads", "1"),
            *("-filter_threads", "1", "-filter_complex_threads", "1", *arguments, "-f", "null", "-"),
        ),
        timeout_seconds=_SECONDS,
        sandbox=sandbox,
        max_output_bytes=4096,
    )
    found = _INTEGRATED.findall(finished.stderr)
    if finished.code != 0 or not found:
        lines = finished.stderr.decode("utf-8", "replace").splitlines()
        raise ToolFailed(f"{name} cannot be listened to until its end.", lines)
    peaks = _PEAK.findall(finished.stderr)
    return Measured(_lufs(found[-1]), _fraction(peaks[-1]) if peaks else 0.0)


def _lufs(text: bytes) -> float:
    value = float(text)
    return max(value, _SILENCE_LUFS) if math.isfinite(value) else _SILENCE_LUFS


def _fraction(text: bytes) -> float:
    """A level in dBFS as a fraction of full scale."""
    value = float(text)
    return round(10 ** (value / 20), 6) if math.isfinite(value) else 0.0
