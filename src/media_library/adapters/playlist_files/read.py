"""Which kind of playlist file it is, and what all kinds have in common: limits, and texts that are fit to be shown."""

from media_library.adapters.playlist_files import csv_file, json_file, m3u_file, xml_file
from media_library.adapters.playlist_files.track import MOST_TRACKS, line
from media_library.errors import InvalidInput
from media_library.models.collection import MusicList

MOST_CHARACTERS = 4_000_000
_M3U_NAMES = ("m3u", "m3u8")


def read_playlist_file(name: str, content: str) -> MusicList:
    """The tracks of a playlist file; raises ``InvalidInput`` if it is none, or has more than is sensible.

    The content decides what it is, ``name`` where the content could be several things. A list without a title is named
    after its file.
    """
    if len(content) > MOST_CHARACTERS:
        raise InvalidInput(
            f"This file is larger than {MOST_CHARACTERS // 1_000_000} MB. Export fewer tracks at once.", "content"
        )
    text = content.removeprefix("\ufeff")
    if "\0" in text:
        raise InvalidInput(
            "This file is not a playlist: it holds no text. Choose an M3U, CSV, JSPF or XSPF.", "content"
        )
    stem, _, suffix = name.rpartition("/")[2].rpartition("\\")[2].rpartition(".")
    beginning = text.lstrip()[:16]
    if beginning.startswith(("{", "[")):
        found = json_file.read(text)
    elif beginning.startswith("<"):
        found = xml_file.read(text)
    elif beginning.upper().startswith("#EXTM3U") or suffix.lower() in _M3U_NAMES:
        found = m3u_file.read(text)
    else:
        found = csv_file.read(text)
    if not found.tracks:
        raise InvalidInput("There are no tracks of music in this file.", "content")
    if len(found.tracks) > MOST_TRACKS:
        raise InvalidInput(f"This file lists more than {MOST_TRACKS} tracks. Split it into several.", "content")
    title = found.title or line(stem or suffix) or "Playlist"
    return MusicList(title, found.tracks, found.dropped)
