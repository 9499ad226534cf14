"""Writes music playlists as files that other programs read."""

import csv
import io
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from media_library.models.collection import NewTrack

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ListFormat(StrEnum):
    """The formats that can be written."""

    M3U8 = "m3u8"
    JSPF = "jspf"
    CSV = "csv"


def write_playlist_file(title: str, tracks: Sequence[NewTrack], form: ListFormat) -> str:
    """A playlist as a file. An M3U8 holds only the tracks with a path, which is relative to the media folder."""
    match form:
        case ListFormat.M3U8:
            return _m3u8(title, tracks)
        case ListFormat.JSPF:
            return _jspf(title, tracks)
        case ListFormat.CSV:
            return _csv(tracks)


def _m3u8(title: str, tracks: Sequence[NewTrack]) -> str:
    lines = ["#EXTM3U", f"#PLAYLIST:{title}"]
    for track in tracks:
        if track.path is not None:
            seconds = -1 if track.duration_ms is None else round(track.duration_ms / 1000)
            name = track.title if track.artist is None else f"{track.artist} - {track.title}"
            lines += [f"#EXTINF:{seconds},{name}", *([f"#EXTALB:{track.album}"] if track.album else []), track.path]
    return "\n".join(lines) + "\n"


def _jspf(title: str, tracks: Sequence[NewTrack]) -> str:
    listed = [
        {
            name: value
            for name, value in (
                ("title", track.title),
                ("creator", track.artist),
                ("album", track.album),
                ("duration", track.duration_ms),
                ("identifier", [f"isrc:{track.isrc}"] if track.isrc else None),
            )
            if value is not None
        }
        for track in tracks
    ]
    return msgspec.json.format(msgspec.json.encode({"playlist": {"title": title, "track": listed}})).decode()


def _csv(tracks: Sequence[NewTrack]) -> str:
    """A table; what a spreadsheet would read as a formula gets an apostrophe before it."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(("Title", "Artist", "Album", "ISRC", "Duration (ms)"))
    for track in tracks:
        texts = (track.title, track.artist or "", track.album or "", track.isrc or "")
        table.writerow([*(f"'{text}" if text.startswith(_FORMULA) else text for text in texts), track.duration_ms])
    return file.getvalue()
