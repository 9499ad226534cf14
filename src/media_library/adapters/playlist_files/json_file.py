"""JSPF, the JSON form of XSPF (https://xspf.org/jspf), as ListenBrainz and others export it."""

import msgspec

from media_library.adapters.playlist_files.track import isrc_of, line, track
from media_library.errors import InvalidInput
from media_library.models.collection import MusicList


def read(text: str) -> MusicList:
    """The list in a file; raises ``InvalidInput`` if it is no JSPF."""
    try:
        playlist = msgspec.json.decode(text.encode("utf-8", "replace"), type=_File).playlist
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InvalidInput(
            "This file is not a JSPF playlist: its “playlist” holds no list of tracks.", "content"
        ) from error
    found = [
        track(one.title, one.creator, one.album, _isrc(one.identifier) or one.isrc, one.duration)
        for one in playlist.track
    ]
    tracks = tuple(one for one in found if one is not None)
    return MusicList(line(playlist.title) or "", tracks, len(found) - len(tracks))


def _isrc(identifiers: list[str] | str | None) -> str | None:
    several = [identifiers] if isinstance(identifiers, str) else identifiers or []
    return next((code for one in several if (code := isrc_of(one.rpartition("/")[2]))), None)


class _Track(msgspec.Struct):
    title: str | None = None
    creator: str | None = None
    album: str | None = None
    duration: float | None = None
    identifier: list[str] | str | None = None
    isrc: str | None = None


class _Playlist(msgspec.Struct):
    track: list[_Track]
    title: str | None = None


class _File(msgspec.Struct):
    playlist: _Playlist
