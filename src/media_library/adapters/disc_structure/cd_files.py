"""Reads the table of contents of an audio CD from files: a mounted CD, tracks in a folder, a cue sheet."""

import plistlib
import re
import struct
import wave
from pathlib import Path
from xml.parsers.expat import ExpatError

from media_library.adapters.disc_structure.image import shown
from media_library.errors import DiscUnreadable, InvalidInput
from media_library.models.toc import FRAMES_PER_SECOND, LEAD_IN_FRAMES, SAMPLES_PER_FRAME, Toc, TocTrack

TOC_FILE = ".TOC.plist"
_TRACK = re.compile(r"(\d{1,2})(?!\d).*\.(aiff?|aifc|wav|flac)", re.IGNORECASE | re.DOTALL)
_FRAME_BYTES = 2352
_MOST_BYTES = 1024 * 1024
_CUE_FILE = re.compile(r'FILE\s+(?:"([^"]+)"|(\S+))\s+(\S+)', re.IGNORECASE)
_CUE_TRACK = re.compile(r"TRACK\s+(\d{1,2})\s+(\S+)", re.IGNORECASE)
_CUE_TIME = re.compile(r"(INDEX\s+0*1|PREGAP)\s+(\d{1,3}):(\d{1,2}):(\d{1,2})", re.IGNORECASE)


def track_files(folder: Path) -> dict[int, Path]:
    """The tracks in a folder by the number with which their names begin, whatever else the names say."""
    tracks: dict[int, Path] = {}
    for path in sorted(folder.iterdir()):
        match = _TRACK.fullmatch(path.name)
        if match and path.is_file() and not path.is_symlink():
            tracks.setdefault(int(match[1]), path)
    return dict(sorted(tracks.items()))


def toc_of_folder(folder: Path, tracks: dict[int, Path]) -> Toc | None:
    """The table of contents beside the tracks, else one made of their lengths, or ``None`` if they are not of a CD."""
    listed = folder / TOC_FILE
    if listed.is_file() and not listed.is_symlink():
        return parse_toc_plist(_small(listed))
    lengths = [_frames_of(path) for path in tracks.values()]
    if None in lengths or not lengths:
        return None
    entries, place = [], LEAD_IN_FRAMES
    for number, length in zip(tracks, lengths, strict=True):
        entries.append(TocTrack(number, place))
        place += length or 0
    try:
        return Toc.of(entries, place)
    except InvalidInput:
        return None


def parse_toc_plist(data: bytes) -> Toc:
    """``.TOC.plist`` of a CD that macOS mounted. Its starts count the lead-in of 150 frames already."""
    try:
        sessions = plistlib.loads(data)["Sessions"]
        tracks = [
            TocTrack(int(track["Point"]), int(track["Start Block"]), bool(track.get("Data", False)))
            for session in sessions
            for track in session["Track Array"]
        ]
        music = [session for session in sessions if any(not track.get("Data") for track in session["Track Array"])]
        return Toc.of(tracks, int(music[-1]["Leadout Block"]))
    except (
        plistlib.InvalidFileException,
        ExpatError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
        InvalidInput,
    ) as error:
        raise DiscUnreadable(
            "The table of contents of this CD cannot be read. Eject it and insert it again."
        ) from error


def toc_of_cue(cue: Path) -> Toc:
    """The table of contents that a cue sheet describes; the files it names must lie beside it."""
    text = _small(cue).decode("utf-8", "replace")
    base, current, size, gaps = 0, 0, 0, 0
    number, is_data = 0, False
    tracks: list[TocTrack] = []
    for line in text.splitlines():
        if match := _CUE_FILE.match(line.strip()):
            base += size
            current, size = base, _size_in_frames(cue.parent / Path(match[1] or match[2]).name, match[3])
        elif match := _CUE_TRACK.match(line.strip()):
            number, is_data = int(match[1]), match[2].upper() != "AUDIO"
        elif match := _CUE_TIME.match(line.strip()):
            frames = (int(match[2]) * 60 + int(match[3])) * FRAMES_PER_SECOND + int(match[4])
            if match[1].upper() == "PREGAP":
                gaps += frames
            else:
                tracks.append(TocTrack(number, current + frames + gaps + LEAD_IN_FRAMES, is_data))
    try:
        return Toc.of(tracks, base + size + gaps + LEAD_IN_FRAMES)
    except InvalidInput as error:
        raise DiscUnreadable(f"The cue sheet “{shown(cue)}” does not describe an audio CD.") from error


def _size_in_frames(path: Path, form: str) -> int:
    if not path.is_file() or path.is_symlink():
        raise DiscUnreadable(
            f"The file “{shown(path)}” that the cue sheet names is missing. Copy it beside the cue sheet."
        )
    if form.upper() in ("BINARY", "MOTOROLA"):
        return path.stat().st_size // _FRAME_BYTES
    frames = _frames_of(path)
    if frames is None:
        raise DiscUnreadable(f"The file “{shown(path)}” of the cue sheet is not sound as on a CD (44.1 kHz, stereo).")
    return frames


def _frames_of(path: Path) -> int | None:
    """Length of a track in CD frames, or ``None`` if its sound is not that of a CD."""
    with path.open("rb") as file:
        head = file.read(4096)
        try:
            if head[:4] == b"RIFF":
                file.seek(0)
                with wave.open(file) as sound:
                    form, samples = (sound.getframerate(), sound.getnchannels()), sound.getnframes()
            elif head[:4] == b"fLaC":
                packed = int.from_bytes(head[18:26], "big")  # rate 20 bits, channels 3, depth 5, samples 36
                form, samples = (packed >> 44, (packed >> 41 & 7) + 1), packed & 0xFFFFFFFFF
            else:
                form, samples = _aiff(head)
        except (wave.Error, EOFError, struct.error, ValueError):
            return None
    is_cd = form == (44_100, 2) and samples > 0
    return -(-samples // SAMPLES_PER_FRAME) if is_cd else None


def _aiff(head: bytes) -> tuple[tuple[int, int], int]:
    """Rate, channels and samples from the common chunk of an AIFF file; the rate is an 80-bit float."""
    at = head.index(b"COMM") + 8
    channels, samples, exponent, mantissa = struct.unpack_from(">hI2xHQ", head, at)
    return (mantissa >> (16383 + 63 - exponent) if 16383 <= exponent <= 16446 else 0, channels), samples


def _small(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES)
