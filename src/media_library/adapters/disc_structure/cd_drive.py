"""Reads the table of contents of an audio CD in a drive: from Linux itself, else through cd-paranoia."""

import fcntl
import os
import re
import struct
from pathlib import Path

from media_library.adapters import process
from media_library.errors import DiscUnreadable, InvalidInput, ToolMissing
from media_library.models.toc import LEAD_IN_FRAMES, Toc, TocTrack

# linux/cdrom.h
_READ_HEADER, _READ_ENTRY = 0x5305, 0x5306
_BY_FRAME, _LEADOUT, _DATA_TRACK = 1, 0xAA, 0x04

_LINE = re.compile(r"^\s*(\d{1,2})\.\s+(\d+)\s+\[[\d:.]+\]\s+(\d+)\s+\[", re.MULTILINE)
_TIMEOUT_SECONDS = 60.0


def toc_of_drive(drive: Path) -> Toc:
    """The table of contents of the CD in a drive (or of a cue sheet); raises ``DiscUnreadable`` or ``OSError``."""
    try:
        tracks, leadout = _ask_system(drive)
    except OSError:
        tracks, leadout = _ask_program(drive)
    try:
        return Toc.of(tracks, leadout)
    except InvalidInput as error:
        raise DiscUnreadable(f"{error} Clean the disc and insert it again.") from error


def music_in_drive(drive: Path) -> Toc | None:
    """The table of contents of an audio CD as the system tells it at once; ``None`` for any other disc."""
    try:
        return Toc.of(*_ask_system(drive))
    except (OSError, InvalidInput):
        return None


def parse_query(text: str) -> tuple[list[TocTrack], int]:
    """What ``cd-paranoia -Q`` lists: for each track its length and its start, in frames without the lead-in."""
    rows = [tuple(map(int, match.groups())) for match in _LINE.finditer(text)]
    tracks = [TocTrack(number, start + LEAD_IN_FRAMES) for number, _, start in rows]
    return tracks, max((start + length for _, length, start in rows), default=0) + LEAD_IN_FRAMES


def _ask_system(drive: Path) -> tuple[list[TocTrack], int]:
    device = os.open(drive, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        first, last = struct.unpack("BB", fcntl.ioctl(device, _READ_HEADER, bytes(2)))
        entries = [_entry(device, number) for number in (*range(first, last + 1), _LEADOUT)]
    finally:
        os.close(device)
    return entries[:-1], entries[-1].start


def _entry(device: int, number: int) -> TocTrack:
    asked = struct.pack("BBBxiB3x", number, 0, _BY_FRAME, 0, 0)
    _, traits, _, start, _ = struct.unpack("BBBxiB3x", fcntl.ioctl(device, _READ_ENTRY, asked))
    return TocTrack(number, start + LEAD_IN_FRAMES, bool(traits >> 4 & _DATA_TRACK))


def _ask_program(drive: Path) -> tuple[list[TocTrack], int]:
    program = "cd-paranoia" if process.find("cd-paranoia") else "cdparanoia"
    try:
        finished = process.run([program, "-d", str(drive), "-Q"], timeout_seconds=_TIMEOUT_SECONDS)
    except ToolMissing as error:
        raise DiscUnreadable("This audio CD cannot be read without cd-paranoia. Install libcdio-utils.") from error
    return parse_query(finished.stderr.decode("utf-8", "replace"))
