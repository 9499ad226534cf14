"""The words of songs: what lies beside a track as a text or as LRC, line by line.

LRC is what players agreed on, with no owner: ``[mm:ss.xx]`` before a line says when it is sung, several say several
times, ``[offset:ms]`` moves all of them, other marks in brackets are facts (en.wikipedia.org/wiki/LRC_(file_format)).
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from media_library.adapters.subtitle_files.decoding import text_of
from media_library.app_state import AppState
from media_library.errors import NotFound
from media_library.models.library_file import FileRole
from media_library.models.media import Media
from media_library.services.media_files import open_below
from media_library.services.media_root import MediaRoot

_READ = {".lrc", ".elrc", ".txt"}
_MOST_BYTES = 256 * 1024
_MOST_LINES = 2_000
_LONGEST = 500
_TIME = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_WORD_TIME = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>")
_FACT = re.compile(r"\[([A-Za-z#]{1,16}):(.*)\]")


@dataclass(frozen=True, slots=True)
class LyricLine:
    """A line, and when it is sung: seconds from the start, ``None`` if nobody says so."""

    at: float | None
    text: str


class Lyrics:
    """Reads what lies beside tracks; nothing is asked of anybody."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def of(self, media: Media) -> tuple[LyricLine, ...]:
        """The lines of a track, timed ones rather than others; none if there are no lyrics that can be read.

        Raises ``StorageError`` when their folder is offline.
        """
        files = [
            file
            for file in self._state.files_of_media(media.id)
            if file.role is FileRole.LYRICS and PurePosixPath(file.path).suffix.lower() in _READ
        ]
        found = [self._read(file.path, file.language or "und") for file in files]
        return max(found, key=lambda lines: (any(line.at is not None for line in lines), len(lines)), default=())

    def _read(self, path: str, language: str) -> tuple[LyricLine, ...]:
        try:
            with open_below(self._media_root, path) as file:
                content = file.read(_MOST_BYTES)
        except NotFound:
            return ()
        return lines_of(text_of(content or b"", language))


def lines_of(text: str) -> tuple[LyricLine, ...]:
    """Lyrics as lines: by their times where they have some, else as they stand, blank ones at the ends left out."""
    timed: list[LyricLine] = []
    plain: list[str] = []
    offset = 0.0
    for raw in text.splitlines()[:_MOST_LINES]:
        line = raw.strip().lstrip("\ufeff")
        times = []
        while match := _TIME.match(line):
            times.append(int(match[1]) * 60 + int(match[2]) + float(f"0.{match[3] or 0}"))
            line = line[match.end() :].lstrip()
        fact = _FACT.fullmatch(line)
        if fact and not times:
            offset = _offset(fact[2]) if fact[1].lower() == "offset" else offset
            continue
        words = _shown(_WORD_TIME.sub("", line))
        plain.append(words)
        timed += [LyricLine(at, words) for at in times]
    if timed:
        # a positive offset means: sooner
        moved = [LyricLine(max(0.0, round((line.at or 0.0) - offset, 3)), line.text) for line in timed[:_MOST_LINES]]
        return tuple(sorted(moved, key=lambda line: line.at or 0.0))
    while plain and not plain[-1]:
        plain.pop()
    return tuple(LyricLine(None, words) for words in plain)


def _offset(text: str) -> float:
    told = text.strip().removeprefix("+")
    return int(told) / 1000 if re.fullmatch(r"-?\d{1,6}", told) else 0.0


def _shown(text: str) -> str:
    """Only what can be seen: no control characters, none that turn the direction of what follows."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:_LONGEST]
