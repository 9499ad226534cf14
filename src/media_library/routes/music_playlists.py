"""Music playlists: their tracks with what these are in the library, and the way out as a file."""

from typing import Annotated

import flask
from msgspec import Meta

from media_library.adapters.playlist_files import ListFormat
from media_library.errors import NotFound
from media_library.models.collection import MatchState
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import MediaId, Shape
from media_library.services.music_playlists import SeenTrack

api = Api("music_playlists")

_MOST_DIGITS = 9
_MIME = {
    ListFormat.M3U8: "audio/x-mpegurl; charset=utf-8",
    ListFormat.JSPF: "application/jspf+json",
    ListFormat.CSV: "text/csv; charset=utf-8",
}


class TrackCandidate(Shape):
    """A track of the library that may be meant; ``score`` is 0 to 100."""

    media_id: str
    title: str
    artist: str | None
    album: str | None
    score: float


class TrackShape(Shape):
    """A track of a music playlist, and what it is in the library. ``duration`` is in seconds."""

    position: int
    title: str
    artist: str | None
    album: str | None
    duration: float | None
    state: MatchState
    score: float | None
    media_id: str | None
    candidates: tuple[TrackCandidate, ...]


class TrackList(Shape):
    """The tracks of a music playlist, in order."""

    tracks: tuple[TrackShape, ...]


class TrackDecision(Shape):
    """The track of the library that is meant; null: none of them is.

    A ``state`` takes a decision back: it, the item and the ``score`` are those from before.
    """

    media_id: MediaId | None
    state: MatchState | None = None
    score: Annotated[float, Meta(ge=0, le=100)] | None = None


class ExportQuery(Shape):
    """In which format."""

    format: ListFormat = ListFormat.M3U8


@api.route(
    "GET",
    "/api/collections/<collection_id>/tracks",
    access=Access.MANAGE,
    returns=TrackList,
    summary="The tracks of a music playlist, and what they are in the library",
)
def list_tracks(call: Call[None, None], collection_id: str) -> TrackList:
    return TrackList(tuple(_track(seen) for seen in call.services.music_playlists.tracks(call.viewer, collection_id)))


@api.route(
    "PUT",
    "/api/collections/<collection_id>/tracks/<position>",
    access=Access.MANAGE,
    body=TrackDecision,
    returns=TrackShape,
    summary="Say which track of the library is meant, or that none is",
)
def decide_track(call: Call[TrackDecision, None], collection_id: str, position: str) -> TrackShape:
    if not position.isdecimal() or len(position) > _MOST_DIGITS:
        raise NotFound("There is no such track in this playlist.")
    playlists, body = call.services.music_playlists, call.body
    decided = playlists.decide(
        call.viewer, collection_id, int(position), body.media_id, before=body.state, score=body.score
    )
    return _track(decided)


@api.route(
    "POST",
    "/api/collections/<collection_id>/match",
    access=Access.MANAGE,
    returns=TrackList,
    summary="Look for all tracks again on which nobody decided",
)
def match_again(call: Call[None, None], collection_id: str) -> TrackList:
    call.services.music_playlists.match_again(call.viewer, collection_id)
    return list_tracks(call, collection_id)


@api.route(
    "GET",
    "/api/collections/<collection_id>/export",
    access=Access.MANAGE,
    query=ExportQuery,
    returns="text/plain",
    summary="A music playlist as a file; an M3U8 names files below the media folder",
)
def export_playlist(call: Call[None, ExportQuery], collection_id: str) -> flask.Response:
    form = call.query.format
    text = call.services.music_playlists.export(call.viewer, collection_id, form)
    response = flask.Response(text, content_type=_MIME[form])
    response.headers["Content-Disposition"] = f'attachment; filename="playlist.{form}"'
    return response


def _track(seen: SeenTrack) -> TrackShape:
    track = seen.track
    return TrackShape(
        track.position,
        track.title,
        track.artist,
        track.album,
        _seconds(track.duration_ms),
        track.match.state,
        track.match.score,
        None if seen.media is None else seen.media.media_id,
        tuple(
            TrackCandidate(media.media_id, media.title, media.artist or media.album_artist, media.album, score)
            for media, score in seen.candidates
        ),
    )


def _seconds(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
