"""Takes a needless pass out of a preset."""

from pathlib import Path

import msgspec

from media_library.adapters import process
from media_library.adapters.handbrake.command import PROGRAM, environment
from media_library.errors import ToolStalled
from media_library.models.tool import ToolRun

_NAME = "media-library"
_SECONDS = 10.0


def single_pass(preset: str, folder: Path) -> ToolRun[tuple[str, ...]]:
    """The options that choose ``preset``, without its search for subtitles of foreign speech.

    Nearly every preset has that search on: it reads the whole title once more, before the encode, to find what to
    burn into the picture. All subtitles are kept here, so there is nothing to find, and no option of HandBrakeCLI
    turns the search off. So the preset is written to a file in ``folder`` and read back without it. Where that does
    not work the preset is named as it is.
    """
    file = folder / "preset.json"
    try:
        yield from process.running(
            (PROGRAM, "--preset", preset, "--preset-export", _NAME, "--preset-export-file", str(file)),
            timeout_seconds=_SECONDS,
            env=environment(),
        )
        presets = msgspec.json.decode(file.read_bytes(), type=_PresetFile)
    except (ToolStalled, OSError, msgspec.MsgspecError):
        return ("--preset", preset)
    for entry in presets.PresetList:
        entry["SubtitleAddForeignAudioSearch"] = False
    file.write_bytes(msgspec.json.encode(presets))
    return ("--preset-import-file", str(file), "--preset", _NAME)


class _PresetFile(msgspec.Struct):
    PresetList: list[dict[str, object]]
    VersionMajor: int = 0
    VersionMicro: int = 0
    VersionMinor: int = 0
