"""The tracks of an audio CD: files in a folder, as a Mac mounts one, or a drive or cue sheet read by cd-paranoia."""

import re
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters import process
from media_library.errors import DiscUnreadable
from media_library.models.toc import SAMPLES_PER_FRAME, Toc
from media_library.models.tool import ToolProgress, ToolRun

PROGRAM = "cd-paranoia"
_SUFFIXES = frozenset({".aiff", ".aif", ".aifc", ".wav", ".flac"})
_NUMBERED = re.compile(r"(\d{1,2})(?:\s*[.)_-]\s*|\s+|$)(.*)")
_NO_NAME = re.compile(
    r"(audio)?\s*-?\s*(track|titel|piste|pista|traccia|faixa|nummer|spår|spor)?\s*\d*( audio)?|audio ?track \d*",
    re.IGNORECASE,
)
_WAV_HEADER = 44


@dataclass(frozen=True, slots=True)
class CdTrack:
    """A track: its number on the CD, how many samples it has (0 = unknown), its file if it is one, its name if any."""

    number: int
    samples: int = 0
    file: Path | None = None
    name: str | None = None


def list_tracks(source: Path, toc: Toc | None) -> tuple[CdTrack, ...]:
    """The audio tracks in the order of the CD.

    Files count by their leading number, because a Mac renames them, and the volume, while they are read. Raises
    ``DiscUnreadable`` if a track of the table of contents is missing or there is none.
    """
    lengths = dict(enumerate(toc.lengths, toc.first)) if toc is not None else {}
    files = _files(source) if source.is_dir() else {}
    if not files:
        if not lengths:
            raise DiscUnreadable("The table of contents of the CD cannot be read. Clean the disc and try again.")
        return tuple(CdTrack(number, frames * SAMPLES_PER_FRAME) for number, frames in lengths.items())
    missing = sorted(set(lengths) - set(files))
    if missing:
        raise DiscUnreadable(
            f"Track {missing[0]} of the CD is not there. Take the disc out, put it in again and retry."
        )
    return tuple(
        CdTrack(number, lengths.get(number, 0) * SAMPLES_PER_FRAME, files[number], _name(files[number]))
        for number in sorted(lengths or files)
    )


def find_track(source: Path, number: int) -> Path | None:
    """The file of a track as it is called by now."""
    return _files(source).get(number) if source.is_dir() else None


def read_track(source: Path, track: CdTrack, target: Path) -> ToolRun[None]:
    """Read a track of a drive or a cue sheet into the WAV file ``target``; raises ``DiscUnreadable``, ``ToolMissing``.

    cd-paranoia reads every frame until it is sure of it; it is told to give up rather than to guess.
    """
    device = _cue_sheet(source) or source
    whole = track.samples * 4 + _WAV_HEADER
    argv = (PROGRAM, "-d", str(device), "-w", "-q", "-X", str(track.number), str(target))
    with process.start(argv) as child:
        for _ in child.output():
            yield _read_so_far(target, whole)
        while (code := child.poll()) is None:
            yield _read_so_far(target, whole)
        lines = child.last_lines
    if code != 0 or not target.is_file() or target.stat().st_size < whole:
        raise DiscUnreadable(f"Track {track.number} cannot be read to its end.", lines)


def _files(folder: Path) -> dict[int, Path]:
    found: dict[int, Path] = {}
    for file in sorted(folder.iterdir()):
        number = _NUMBERED.match(file.stem)
        if number and file.suffix.lower() in _SUFFIXES and not file.is_symlink() and file.is_file():
            found.setdefault(int(number[1]), file)
    return found


def _cue_sheet(source: Path) -> Path | None:
    return next(iter(sorted(source.glob("*.cue"))), None) if source.is_dir() else None


def _name(file: Path) -> str | None:
    """The name of a track as the Mac knows it; ``None`` for "Audio Track" in whatever language."""
    number = _NUMBERED.match(file.stem)
    name = number[2].strip() if number else ""
    return name if name and not _NO_NAME.fullmatch(name) else None


def _read_so_far(target: Path, whole: int) -> ToolProgress | None:
    try:
        return ToolProgress(min(target.stat().st_size / max(whole, 1), 1.0))
    except OSError:
        return None
