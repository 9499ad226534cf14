"""M3U and M3U8: lines of locations, each behind what players like to know of it."""

import re

from media_library.adapters.playlist_files.track import line, local_path, track
from media_library.errors import InvalidInput
from media_library.models.collection import MusicList, NewTrack

_INFO = re.compile(r"#EXTINF:\s*(-?\d+(?:\.\d+)?)[^,]*,(.*)", re.IGNORECASE)
_AUDIO = re.compile(r"\.(?:mp3|flac|m4a|aac|ogg|oga|opus|wav|aiff?|wma|alac|ape|wv|mka)", re.IGNORECASE)
_TRACK_NUMBER = re.compile(r"^\d{1,3}(?:[ ._-]+|(?=\D))")


class _Pending:
    """What the lines before a location said of it."""

    def __init__(self) -> None:
        self.seconds: float | None = None
        self.name: str | None = None
        self.artist: str | None = None
        self.album: str | None = None


def read(text: str) -> MusicList:
    """The list in a file.

    A location only names a file; it is never opened. One with another scheme than none is dropped, as is one that says
    nothing of itself and is no music file by its name; so are pictures (``#EXTALBUMARTURL``).
    """
    title: str | None = None
    tracks: list[NewTrack] = []
    dropped = 0
    pending = _Pending()
    for raw in text.splitlines():
        entry = raw.strip()
        upper = entry[:16].upper()
        if upper.startswith("#EXT-X-"):
            raise InvalidInput("This file is the list of a video stream, not of music.", "content")
        if not entry:
            continue
        if entry.startswith("#"):
            if match := _INFO.match(entry):
                pending.seconds, pending.name = float(match[1]), match[2]
            elif upper.startswith("#PLAYLIST:"):
                title = line(entry.partition(":")[2])
            elif upper.startswith("#EXTART:"):
                pending.artist = entry.partition(":")[2]
            elif upper.startswith("#EXTALB:"):
                pending.album = entry.partition(":")[2]
            continue
        found = _track(pending, entry)
        if found is None:
            dropped += 1
        else:
            tracks.append(found)
        pending = _Pending()
    return MusicList(title or "", tuple(tracks), dropped)


def _track(pending: _Pending, location: str) -> NewTrack | None:
    path = local_path(location)
    is_audio = path is not None and _AUDIO.search(path[-6:]) is not None
    if pending.name and line(pending.name):
        artist, dash, name = pending.name.partition(" - ")
        if not dash or pending.artist:
            artist, name = pending.artist or "", pending.name if not dash else name
        duration = None if pending.seconds is None else pending.seconds * 1000
        return track(name, artist, pending.album, None, duration, path if is_audio else None)
    return _by_path(path) if path is not None and is_audio else None


def _by_path(path: str) -> NewTrack | None:
    """What the name of a file says: "Artist/Album/01 Title.flac" or "01 - Artist - Title.mp3"."""
    *folders, name = path.split("/")
    stem = _TRACK_NUMBER.sub("", name.rpartition(".")[0]).strip(" -_.") or name.rpartition(".")[0]
    artist, dash, title = stem.partition(" - ")
    if dash:
        return track(title, artist, folders[-1] if folders else None, path=path)
    named = [folder for folder in folders if folder and folder not in (".", "..") and not folder.endswith(":")]
    album = named[-1] if named else None
    return track(stem, named[-2] if len(named) > 1 else None, album, path=path)
