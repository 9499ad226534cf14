"""makemkvcon: what is on a protected disc, and a plain copy of one of its titles.

Robot mode prints one message a line, ``NAME:value,value,"text",…``; the numbers of the attributes are those of
``apdefs.h`` in the MakeMKV sources.
"""

import csv
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from media_library.adapters import process
from media_library.errors import DiscUnreadable, ToolFailed
from media_library.models.disc import DiscAudio, DiscSubtitle, DiscTitle
from media_library.models.tool import ToolProgress, ToolRun

PROGRAM = "makemkvcon"

_TYPE, _LANGUAGE, _CODEC, _CHAPTERS, _DURATION, _CHANNELS, _SIZE = 1, 3, 5, 8, 9, 14, 19
_CODECS = {"A_TRUEHD": "truehd", "A_DTS": "dts", "A_EAC3": "eac3", "A_AC3": "ac3", "A_LPCM": "pcm", "A_FLAC": "flac"}
_LINES_KEPT = 60
_WHOLE = 65536

_OLD = "This MakeMKV is too old to be used any more. Install the current version from makemkv.com, then retry."
_EXPIRED = "MakeMKV's trial period or key has expired. Enter a current key in MakeMKV, then retry."
_SENTENCES = {
    5021: _OLD,
    5052: _EXPIRED,
    5055: _EXPIRED,
    5010: "MakeMKV cannot open the disc. Clean it, or try another drive, and retry.",
    2003: "MakeMKV met a part of the disc that cannot be read. Clean the disc and retry.",
    5003: "MakeMKV could not copy the title; the disc may be damaged. Clean it and retry.",
}
_FATAL = (5021, 5052, 5055, 5010)
_COUNTS = frozenset({5004, 5037})


@dataclass(slots=True)
class _Heard:
    """What the messages told so far."""

    titles: dict[int, dict[int, str]] = field(default_factory=dict)
    streams: dict[tuple[int, int], dict[int, str]] = field(default_factory=dict)
    codes: list[int] = field(default_factory=list)
    failed: int = 0
    lines: list[str] = field(default_factory=list)

    def hear(self, line: str) -> ToolProgress | None:
        """Take in one line; gives the progress if it tells some. A line that makes no sense is passed over."""
        try:
            return self._hear(line)
        except (ValueError, csv.Error):
            return None

    def _hear(self, line: str) -> ToolProgress | None:
        name, _, rest = line.partition(":")
        values = next(csv.reader([rest], escapechar="\\"), [])
        match name, values:
            case "PRGV", [_, total, whole] if int(whole or 0) > 0:
                return ToolProgress(min(int(total) / int(whole), 1.0))
            case "TINFO", [title, code, _, value]:
                self.titles.setdefault(int(title), {})[int(code)] = value
            case "SINFO", [title, stream, code, _, value]:
                self.streams.setdefault((int(title), int(stream)), {})[int(code)] = value
            case "MSG", [code, _, _, text, _, *parameters]:
                self.codes.append(int(code))
                self.lines = [*self.lines, text][-_LINES_KEPT:]
                if int(code) in _COUNTS and len(parameters) > 1 and parameters[1].isdigit():
                    self.failed = int(parameters[1])
        return None


def is_installed() -> bool:
    """Whether makemkvcon is there."""
    return process.find(PROGRAM) is not None


def scan(source: str, *, min_seconds: float) -> ToolRun[tuple[DiscTitle, ...]]:
    """List the titles of a disc; their ``index`` is MakeMKV's number + 1.

    Raises ``DiscUnreadable``, ``ToolFailed`` with what to do (a key that expired, a version that is too old), and
    ``ToolMissing``.
    """
    heard = _Heard()
    yield from _run(("--cache=128", f"--minlength={int(min_seconds)}", "info", _place(source)), heard)
    _raise_if_fatal(heard)
    return tuple(_title(number, heard) for number in sorted(heard.titles))


def copy(source: str, title: DiscTitle, folder: Path, *, min_seconds: float) -> ToolRun[Path]:
    """Copy a title of ``scan`` into the empty ``folder`` as a Matroska file and return it.

    Raises like ``scan``. The exit code tells nothing: "0 saved, 1 failed" ends with 0.
    """
    heard = _Heard()
    what = ("mkv", _place(source), str(title.index - 1), str(folder))
    code = yield from _run(("--progress=-same", f"--minlength={int(min_seconds)}", *what), heard)
    _raise_if_fatal(heard)
    files = sorted(folder.glob("*.mkv"))
    if code != 0 or heard.failed or not files:
        known = next((_SENTENCES[number] for number in heard.codes if number in _SENTENCES), _SENTENCES[5003])
        raise DiscUnreadable(known, heard.lines)
    return files[0]


def _run(arguments: Sequence[str], heard: _Heard) -> ToolRun[int]:
    rest = b""
    with process.start((PROGRAM, "-r", *arguments)) as child:
        for chunk in child.output():
            *lines, rest = (rest + chunk).split(b"\n")
            progress = [heard.hear(process.printable(line)) for line in lines]
            yield next((one for one in reversed(progress) if one is not None), None)
        while (code := child.poll()) is None:
            yield None
        heard.lines += child.last_lines
    return code


def _raise_if_fatal(heard: _Heard) -> None:
    for code in _FATAL:
        if code in heard.codes:
            kind = DiscUnreadable if code == 5010 else ToolFailed
            raise kind(_SENTENCES[code], heard.lines)


def _place(source: str) -> str:
    """A disc as MakeMKV takes it: a drive by its device, even where the system has mounted it; an image; a folder."""
    path = Path(source)
    device = _device(path) if path.is_mount() else source
    if device.startswith("/dev/"):
        return f"dev:{device.replace('/dev/disk', '/dev/rdisk') if sys.platform == 'darwin' else device}"
    return f"iso:{source}" if path.is_file() else f"file:{source}"


def _device(mount: Path) -> str:
    lines = process.run(("df", "-P", str(mount)), timeout_seconds=10).stdout.decode("utf-8", "replace").splitlines()
    return lines[-1].split(" ")[0] if len(lines) > 1 else os.fspath(mount)


def _title(number: int, heard: _Heard) -> DiscTitle:
    facts = heard.titles[number]
    streams = [values for (title, _), values in sorted(heard.streams.items()) if title == number]
    width, height = next((_size(stream.get(_SIZE, "")) for stream in streams if _SIZE in stream), (0, 0))
    chapters = int(facts[_CHAPTERS]) if facts.get(_CHAPTERS, "").isdigit() else 0
    duration_ms = _milliseconds(facts.get(_DURATION, ""))
    return DiscTitle(
        index=number + 1,
        duration_ms=duration_ms,
        chapters=(duration_ms // chapters,) * chapters if chapters else (),
        audio=tuple(_audio(streams)),
        subtitles=tuple(_subtitles(streams)),
        width=width,
        height=height,
    )


def _audio(streams: Sequence[dict[int, str]]) -> Iterator[DiscAudio]:
    sound = [stream for stream in streams if stream.get(_TYPE) == "Audio"]
    for number, stream in enumerate(sound, 1):
        channels = stream.get(_CHANNELS, "")
        codec = _CODECS.get(stream.get(_CODEC, ""), stream.get(_CODEC, ""))
        yield DiscAudio(number, stream.get(_LANGUAGE, "und"), codec, int(channels) if channels.isdigit() else 2)


def _subtitles(streams: Sequence[dict[int, str]]) -> Iterator[DiscSubtitle]:
    shown = [stream for stream in streams if stream.get(_TYPE) == "Subtitles"]
    for number, stream in enumerate(shown, 1):
        form = "PGS" if "PGS" in stream.get(_CODEC, "") else "VOBSUB"
        yield DiscSubtitle(number, stream.get(_LANGUAGE, "und"), form)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return (int(width), int(height)) if width.isdigit() and height.isdigit() else (0, 0)


def _milliseconds(clock: str) -> int:
    parts = clock.split(":")
    if not all(part.isdigit() for part in parts):
        return 0
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds * 1000
