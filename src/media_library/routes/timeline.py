"""What a player shows along the time of an item: openings and credits to skip, previews for the seek bar."""

import re
from typing import Annotated

import flask
from msgspec import UNSET, Meta, UnsetType

from media_library.errors import NotFound
from media_library.models.media import Media
from media_library.models.timeline import Marker, MarkerKind, MarkerSource, Trickplay
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.services import Services
from media_library.routes.shapes import Seconds, Shape

api = Api("timeline")

_SHEET = re.compile(r"([1-9][0-9]{0,3})\.webp")
_MOST_MARKERS = 100
_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
_FOR_EVER = "private, max-age=31536000, immutable"
_FOR_NOW = "private, no-cache"


class MarkerShape(Shape):
    """A part that may be skipped, in seconds from the start, and who found it."""

    kind: MarkerKind
    start: float
    end: float
    source: MarkerSource


class TrickplayShape(Shape):
    """Previews: one every ``interval`` seconds, in pixels, row by row on ``sheets`` of ``columns`` × ``rows``."""

    interval: float
    width: int
    height: int
    columns: int
    rows: int
    count: int
    sheets: tuple[str, ...]


class TimelineShape(Shape):
    """What there is along the time of an item; no previews are ``null``."""

    markers: tuple[MarkerShape, ...]
    trickplay: TrickplayShape | None


class MarkerEdit(Shape):
    """A part that may be skipped, in seconds from the start."""

    kind: MarkerKind
    start: Seconds
    end: Seconds


class MarkersEdit(Shape):
    """All parts of an item, as a person says; none is an answer too."""

    markers: Annotated[tuple[MarkerEdit, ...], Meta(max_length=_MOST_MARKERS)]


class SheetQuery(Shape):
    """Of which file the sheet is; with it, the answer may be kept for ever."""

    tag: Annotated[str, Meta(max_length=64)] | UnsetType = UNSET


@api.route(
    "GET",
    "/api/media/<media_id>/timeline",
    access=Access.WATCH,
    returns=TimelineShape,
    summary="Openings, credits and previews of an item",
)
def get_timeline(call: Call[None, None], media_id: str) -> TimelineShape:
    return _timeline(call.services, call.services.state.media_for(call.viewer, media_id))


@api.route(
    "PUT",
    "/api/media/<media_id>/markers",
    access=Access.MANAGE,
    body=MarkersEdit,
    returns=TimelineShape,
    summary="Say by hand what may be skipped; nothing that is found later takes its place",
)
def put_markers(call: Call[MarkersEdit, None], media_id: str) -> TimelineShape:
    media = call.services.state.media_for(call.viewer, media_id)
    told = [
        Marker(one.kind, round(one.start * 1000), round(one.end * 1000), MarkerSource.HAND) for one in call.body.markers
    ]
    call.services.timelines.mark(media, told)
    return _timeline(call.services, media)


@api.route(
    "DELETE",
    "/api/media/<media_id>/markers",
    access=Access.MANAGE,
    returns=TimelineShape,
    summary="Let go of what was said by hand: what is found counts again",
)
def forget_markers(call: Call[None, None], media_id: str) -> TimelineShape:
    media = call.services.state.media_for(call.viewer, media_id)
    call.services.timelines.forget(media)
    return _timeline(call.services, media)


@api.route(
    "GET",
    "/api/media/<media_id>/trickplay/<sheet>",
    access=Access.WATCH,
    query=SheetQuery,
    returns="image/webp",
    summary="A sheet of previews: 1.webp, 2.webp, …",
)
def trickplay_sheet(call: Call[None, SheetQuery], media_id: str, sheet: str) -> flask.Response:
    media = call.services.state.media_for(call.viewer, media_id)
    number = _SHEET.fullmatch(sheet)
    if number is None:
        raise NotFound("There is no such preview.")
    file = call.services.trickplay.sheet(media.id, int(number[1]))
    content, facts = file.read_bytes(), file.stat()
    tag = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    headers = {
        "ETag": f'"{tag}"',
        "Cache-Control": _FOR_NOW if isinstance(call.query.tag, UnsetType) else _FOR_EVER,
        "Content-Security-Policy": _CONTENT_CSP,
    }
    if call.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(content, headers=headers, mimetype="image/webp")


def _timeline(services: Services, media: Media) -> TimelineShape:
    timeline = services.timelines.of(media)
    return TimelineShape(
        tuple(MarkerShape(one.kind, one.start_ms / 1000, one.end_ms / 1000, one.source) for one in timeline.markers),
        None if timeline.trickplay is None else _previews(timeline.trickplay),
    )


def _previews(previews: Trickplay) -> TrickplayShape | None:
    grid = previews.grid
    if grid is None:
        return None
    address = f"/api/media/{previews.media_id}/trickplay/"
    return TrickplayShape(
        grid.interval_ms / 1000,
        grid.width,
        grid.height,
        grid.columns,
        grid.rows,
        grid.count,
        tuple(f"{address}{number}.webp?tag={previews.file_tag}" for number in range(1, grid.sheets + 1)),
    )
