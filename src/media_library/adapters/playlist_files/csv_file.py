"""CSV: tables of tracks as the exporters of streaming services write them, with a heading over each column."""

import csv
import io
import re

from media_library.adapters.playlist_files.track import track
from media_library.errors import InvalidInput
from media_library.models.collection import MusicList, NewTrack

_DELIMITERS = ",;\t|"
_COLUMNS = {
    "title": ("trackname", "title", "name", "song", "songname", "track", "tracktitle", "songtitle", "titel"),
    "artist": (
        "artistnames", "artistname", "artist", "artists", "trackartist", "creator", "interpret", "performer",
        "albumartistnames",
    ),
    "album": ("albumname", "album", "albumtitle", "release"),
    "isrc": ("isrc", "trackisrc", "isrccode"),
    "milliseconds": ("trackdurationms", "durationms", "lengthms", "tracklengthms", "milliseconds"),
    "length": ("duration", "length", "time", "trackduration", "durationseconds", "seconds"),
}  # fmt: skip
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_FORMULA = ("=", "+", "-", "@")


def read(text: str) -> MusicList:
    """The list in a table; raises ``InvalidInput`` if no column is headed as the title of a track."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    try:
        heading = next((row for row in rows if any(cell.strip() for cell in row)), [])
        places = _places(heading)
        if "title" not in places:
            raise InvalidInput(
                "The first line of this file names no column for the title of a track. Export it with a heading, such"
                " as “Title, Artist, Album, ISRC”.",
                "content",
            )
        found = [_track(row, places) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InvalidInput(f"This file is not a table as CSV files are: {error}.", "content") from error
    tracks = tuple(one for one in found if one is not None)
    return MusicList("", tracks, len(found) - len(tracks))


def _delimiter(text: str) -> str:
    heading = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=heading.count)


def _places(heading: list[str]) -> dict[str, int]:
    """Where the columns are; the better heading wins where several fit."""
    plain = [re.sub(r"[^a-z]", "", cell.lower()) for cell in heading]
    return {
        column: plain.index(name) for column, names in _COLUMNS.items() for name in reversed(names) if name in plain
    }


def _track(row: list[str], places: dict[str, int]) -> NewTrack | None:
    cells = {column: _cell(row[place]) for column, place in places.items() if place < len(row)}
    duration = _duration(cells)
    return track(cells.get("title"), cells.get("artist"), cells.get("album"), cells.get("isrc"), duration)


def _cell(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reading it as a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _duration(cells: dict[str, str]) -> float | None:
    """The length in milliseconds; a plain number beyond an hour of seconds is taken for milliseconds."""
    exact = cells.get("milliseconds", "").strip()
    if _NUMBER.fullmatch(exact):
        return float(exact)
    length = cells.get("length", "").strip()
    if match := _CLOCK.fullmatch(length):
        return (int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])) * 1000.0
    if _NUMBER.fullmatch(length):
        number = float(length)
        return number if number > 10_000 else number * 1000
    return None
