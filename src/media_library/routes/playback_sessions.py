"""Playing in any browser: how an item is played, and the parts of what is brought into another form."""

import io
import ipaddress
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import flask
from msgspec import Meta, UnsetType

from media_library.errors import NotFound
from media_library.models.media import MediaFile
from media_library.models.playback_plan import Method, Wish
from media_library.routes.auth import Access, was_forwarded
from media_library.routes.helpers import Api, Call
from media_library.routes.playback_shapes import (
    ContainerChange,
    PlaybackRequest,
    PlaybackShape,
    QualityShape,
    ReasonShape,
    audio_change,
    audio_tracks,
    played_subtitle,
    reason_shapes,
    video_change,
)
from media_library.routes.shapes import Seconds, Shape
from media_library.services.playback import Session, Watcher
from media_library.services.playback.session import LASTS_SECONDS

api = Api("playback_sessions")

_PLAYLIST = "application/vnd.apple.mpegurl"
_SEGMENT = "video/mp4"
_STALLED_SECONDS = 60.0
_BLOCK_BYTES = 1 << 20
_MOST_DIGITS = 6


class Alive(Shape):
    """Where the player is."""

    position: Seconds = 0.0
    playing: bool = True


class StillAlive(Shape):
    """In how many seconds the session ends if nothing more is heard of the player."""

    ends_in: float


class PlaybackSession(Shape):
    """Somebody who watches something that is brought into another form; ``speed`` is in seconds of film a second."""

    id: str
    user: str
    media_id: str
    title: str
    method: Method
    quality: str
    encoder: str | None
    speed: float | None
    position: float
    playing: bool
    reasons: tuple[ReasonShape, ...]
    started_at: int


class PlaybackSessions(Shape):
    """The sessions, the oldest first; ``limit`` is how many pictures may be encoded at a time."""

    sessions: tuple[PlaybackSession, ...]
    limit: Annotated[int, Meta(ge=0)]


@api.route(
    "POST",
    "/api/media/<media_id>/playback",
    access=Access.WATCH,
    body=PlaybackRequest,
    returns=PlaybackShape,
    summary="Play an item: how, from where, and why so",
)
def start_playback(call: Call[PlaybackRequest, None], media_id: str) -> PlaybackShape:
    services, body, viewer = call.services, call.body, call.viewer
    media = services.state.media_for(viewer, media_id)
    file_id = None if isinstance(body.file, UnsetType) else body.file
    file = services.subtitles.file(media, file_id)
    choices = services.subtitles.of(media, file)
    played = media
    if file is not None:
        facts = MediaFile(file.path, file.size_bytes, file.mtime_ns, file.inode, file.container, file.duration_ms)
        played = replace(media, file=facts, streams=file.streams)
    wanted = body.subtitle if body.burn and isinstance(body.subtitle, str) else None
    user = call.identity.user
    wish = Wish(
        body.device.device(),
        body.quality,
        body.audio if isinstance(body.audio, int) else None,
        services.state.personal_choices(user.id).audio_language,
        None if wanted is None else services.playback.burned(choices, wanted),
        _is_away(call),
    )
    sign_in = None if call.identity.session is None else call.identity.session.id
    watcher = Watcher(user.id, user.display_name, user.epoch, sign_in)
    started = services.playback.start(played, wish, watcher, body.position)
    plan, session = started.plan, started.session
    query = f"?file={file_id}" if file_id else ""
    return PlaybackShape(
        None if session is None else session.id,
        plan.method,
        f"/api/stream/{media.id}{query}" if session is None else f"/api/playback/{session.id}/master.m3u8",
        reason_shapes(plan.reasons if session is None else session.reasons),
        video_change(plan),
        audio_change(plan),
        ContainerChange(plan.source.container, None if session is None else "hls"),
        None if session is None else _encoder(session),
        tuple(QualityShape(one.id, one.height, one.bit_rate) for one in plan.qualities),
        plan.quality,
        audio_tracks(plan),
        tuple(played_subtitle(media.id, one, file_id, wanted) for one in choices),
        plan.source.duration,
    )


@api.route(
    "GET",
    "/api/playback/<session_id>/master.m3u8",
    access=Access.WATCH,
    returns=_PLAYLIST,
    summary="The forms in which a session offers its film, as an HLS playlist",
)
def master(call: Call[None, None], session_id: str) -> flask.Response:
    return flask.Response(_mine(call, session_id).master(), content_type=_PLAYLIST)


@api.route(
    "GET",
    "/api/playback/<session_id>/<quality>/index.m3u8",
    access=Access.WATCH,
    returns=_PLAYLIST,
    summary="All parts of a film in one of its forms, as an HLS playlist",
)
def playlist(call: Call[None, None], session_id: str, quality: str) -> flask.Response:
    return flask.Response(_mine(call, session_id).playlist(quality), content_type=_PLAYLIST)


@api.route(
    "GET",
    "/api/playback/<session_id>/<quality>/init.mp4",
    access=Access.WATCH,
    returns=_SEGMENT,
    summary="What a player needs before the first part",
)
def init(call: Call[None, None], session_id: str, quality: str) -> flask.Response:
    session = _mine(call, session_id)
    return _part(call, lambda: session.init(quality))


@api.route(
    "GET",
    "/api/playback/<session_id>/<quality>/<number>.m4s",
    access=Access.WATCH,
    returns=_SEGMENT,
    summary="A part of a film; it is made when it is asked for",
)
def segment(call: Call[None, None], session_id: str, quality: str, number: str) -> flask.Response:
    session = _mine(call, session_id)
    if not (number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS):
        raise NotFound("The film has no such part.")
    return _part(call, lambda: session.segment(quality, int(number)))


@api.route(
    "POST",
    "/api/playback/<session_id>/alive",
    access=Access.WATCH,
    body=Alive,
    returns=StillAlive,
    summary="Say every 20 s that the player is still there",
)
def keep_alive(call: Call[Alive, None], session_id: str) -> StillAlive:
    _mine(call, session_id).hear(call.body.position, is_playing=call.body.playing)
    return StillAlive(LASTS_SECONDS)


@api.route(
    "DELETE", "/api/playback/<session_id>", access=Access.WATCH, status=204, summary="End a session; one that ended too"
)
def end_playback(call: Call[None, None], session_id: str) -> None:
    call.services.playback.sessions.close(session_id, call.identity.user.id)


@api.route(
    "GET", "/api/playback", access=Access.ADMIN, returns=PlaybackSessions, summary="Who watches what that is converted"
)
def list_playback(call: Call[None, None]) -> PlaybackSessions:
    playback = call.services.playback
    return PlaybackSessions(tuple(map(_session, playback.sessions.list_sessions())), playback.limit())


def _mine(call: Call[None, None] | Call[Alive, None], session_id: str) -> Session:
    """A session of who asks, if they may still see what it plays; raises ``NotFound``."""
    session = call.services.playback.sessions.of(session_id, call.identity.user.id)
    call.services.state.media_for(call.viewer, session.order.media_id)
    return session


def _session(session: Session) -> PlaybackSession:
    order = session.order
    return PlaybackSession(
        *(session.id, order.watcher.name, order.media_id, order.title, order.plan.method, str(order.plan.quality)),
        *(_encoder(session), session.speed, session.position, session.is_playing, reason_shapes(session.reasons)),
        session.started_at,
    )


def _encoder(session: Session) -> str | None:
    return str(session.encoder.kind) if session.encodes_video else None


def _part(call: Call[None, None], made: Callable[[], Path]) -> flask.Response:
    """A part, with how long it had to be waited for: whoever measures the line leaves that out."""
    began = time.monotonic()
    answer = _file(call, made())
    answer.headers["Server-Timing"] = f"made;dur={(time.monotonic() - began) * 1000:.0f}"
    return answer


def _file(call: Call[None, None], place: Path) -> flask.Response:
    """A part that was made; it is sent as media are, without passing through the program."""
    try:
        file = io.FileIO(place, "rb")
    except FileNotFoundError as error:  # it was made, and made room for others since
        raise NotFound("This part is gone. Ask for it again.") from error
    size = place.stat().st_size if call.request.method == "HEAD" else _size_of(file)
    headers = {"Content-Type": _SEGMENT, "Content-Length": str(size)}
    connection = call.request.environ.get("gunicorn.socket")
    wrap = call.request.environ.get("wsgi.file_wrapper")
    if call.request.method == "HEAD" or connection is None or wrap is None:
        with file:
            return flask.Response(b"" if call.request.method == "HEAD" else file.readall(), headers=headers)
    connection.settimeout(_STALLED_SECONDS)
    return flask.Response(wrap(file, _BLOCK_BYTES), headers=headers, direct_passthrough=True)


def _size_of(file: io.FileIO) -> int:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size


def _is_away(call: Call[PlaybackRequest, None]) -> bool:
    """Whether somebody comes from outside of the house: through a tunnel or proxy, or from a public address."""
    if was_forwarded(call.request):
        return True
    try:
        address = ipaddress.ip_address(call.address)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return not (mapped or address).is_private
