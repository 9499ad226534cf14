"""A digest of the sound of a file as it is stored, so that two files can be compared whatever their tags are."""

import re
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import bounds, opened
from media_library.errors import ToolFailed
from media_library.models.tool import ToolRun

_SECONDS = 600.0
_MD5 = re.compile(rb"MD5=([0-9a-f]{32})\s*")


def sound_hash(file: Path) -> ToolRun[str]:
    """The MD5 of all packets of sound, undecoded, in a sandbox; raises ``ToolFailed`` if they cannot all be read."""
    finished = yield from process.running(
        (
            *("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-xerror", *opened(file, is_foreign=True)),
            *("-map", "0:a", "-c", "copy", "-f", "md5", "-"),
        ),
        timeout_seconds=_SECONDS,
        sandbox=bounds(file),
        max_output_bytes=4096,
    )
    match = _MD5.fullmatch(finished.stdout)
    if finished.code != 0 or match is None:
        lines = finished.stderr.decode("utf-8", "replace").splitlines()
        raise ToolFailed(f"The sound of {file.name} cannot be read to its end.", lines)
    return match[1].decode()
