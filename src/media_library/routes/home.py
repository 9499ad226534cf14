"""Photos and home videos: the list by day, what is known of one, and its picture."""

from dataclasses import replace
from typing import Annotated, Literal

import flask
import msgspec
from msgspec import Meta

from media_library.models.media import MediaType
from media_library.models.photo import Photo, PhotoQuery
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.list_shapes import MediaIds
from media_library.routes.shapes import Card, Cursor, Limit, Shape, join_objects

api = Api("home")

_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
_MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])(?![\s\S])"
_PICTURE_CACHE = "private, max-age=86400, stale-while-revalidate=604800"


class HomeQuery(Shape):
    """Only photos or only videos, the newest or the oldest first."""

    type: Literal["photo", "home_video"] | None = None
    direction: Literal["asc", "desc"] = "desc"

    def photo_query(self) -> PhotoQuery:
        """The same as a record."""
        kind = None if self.type is None else MediaType(self.type)
        return PhotoQuery(kind, self.direction == "desc")


class HomePageQuery(HomeQuery):
    """Where the list begins and goes on, and how many at most."""

    month: Annotated[str, Meta(pattern=_MONTH)] | None = None
    cursor: Cursor | None = None
    limit: Limit = 100


class HomeMonth(Shape):
    """A month ("2026-08"), and how many come before it."""

    month: str
    index: int


class HomeMonths(Shape):
    """The months of the list, in its order."""

    months: tuple[HomeMonth, ...]


class PictureQuery(Shape):
    """How wide at most, in pixels."""

    width: Literal[320, 960, 1920, 3840] = 960


class _Taken(Shape):
    taken_on: str
    width: int
    height: int
    has_place: bool


class HomeCard(Card):
    """A photo or a home video: the day on which it was taken ("YYYY-MM-DD"), its size upright in pixels."""

    taken_on: str
    width: int
    height: int
    has_place: bool


class HomeList(Shape):
    """A page of photos and home videos; ``count`` is that of all."""

    count: int
    items: tuple[HomeCard, ...]
    next: str | None


class PhotoNeighbours(Shape):
    """The ids of what stands before and after it in the list: the next newer and the next older one."""

    previous: str | None
    next: str | None


class _Known(Shape):
    taken_at: int
    taken_on: str
    width: int
    height: int
    has_place: bool
    camera: str | None
    latitude: float | None
    longitude: float | None
    size_bytes: int
    neighbours: PhotoNeighbours


class PhotoItem(HomeCard):
    """What is known of one. ``taken_at`` is in milliseconds; degrees are WGS 84, north and east positive."""

    taken_at: int
    camera: str | None
    latitude: float | None
    longitude: float | None
    size_bytes: int
    neighbours: PhotoNeighbours


@api.route(
    "GET",
    "/api/home",
    access=Access.WATCH,
    query=HomePageQuery,
    returns=HomeList,
    summary="Photos and home videos by the day on which they were taken",
)
def list_home(call: Call[None, HomePageQuery]) -> Json:
    query = replace(call.query.photo_query(), month=call.query.month, cursor=call.query.cursor, limit=call.query.limit)
    page = call.services.home.page(call.viewer, query)
    items = [join_objects(_text(item.card), msgspec.json.encode(_taken(item.photo))) for item in page.items]
    head = msgspec.json.encode({"count": page.count, "next": page.next}).decode()
    return Json(f'{head[:-1]},"items":[{",".join(items)}]}}')


@api.route(
    "GET",
    "/api/home/months",
    access=Access.WATCH,
    query=HomeQuery,
    returns=HomeMonths,
    summary="The months of the photos and home videos, to jump there",
)
def list_months(call: Call[None, HomeQuery]) -> HomeMonths:
    months = call.services.state.photo_months(call.viewer, call.query.photo_query())
    return HomeMonths(tuple(HomeMonth(*one) for one in months))


@api.route(
    "GET",
    "/api/home/ids",
    access=Access.WATCH,
    query=HomeQuery,
    returns=MediaIds,
    summary="The ids of all photos and home videos, to select them",
)
def list_home_ids(call: Call[None, HomeQuery]) -> MediaIds:
    return MediaIds(tuple(call.services.state.photo_ids(call.viewer, call.query.photo_query())))


@api.route(
    "GET",
    "/api/photos/<media_id>",
    access=Access.WATCH,
    returns=PhotoItem,
    summary="What is known of a photo or a home video",
)
def photo(call: Call[None, None], media_id: str) -> Json:
    services = call.services
    media = services.state.media_for(call.viewer, media_id)
    found = services.home.view(media)
    newer, older = services.state.photo_neighbours(call.viewer, media.id)
    known = _Known(
        found.taken_at,
        found.taken_on,
        found.width,
        found.height,
        found.latitude is not None,
        found.camera,
        found.latitude,
        found.longitude,
        0 if media.file is None else media.file.size_bytes,
        PhotoNeighbours(newer, older),
    )
    return Json(join_objects(_text(services.home.card(call.viewer, media.id)), msgspec.json.encode(known)))


@api.route(
    "GET",
    "/api/photos/<media_id>/picture",
    access=Access.WATCH,
    query=PictureQuery,
    returns="image/webp",
    summary="The picture of a photo or a home video, without anything of where and when it was taken",
)
def photo_picture(call: Call[None, PictureQuery], media_id: str) -> flask.Response:
    media = call.services.state.media_for(call.viewer, media_id)
    file = call.services.home.picture(media, call.query.width)
    facts = file.stat()
    tag = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": _PICTURE_CACHE, "Content-Security-Policy": _CONTENT_CSP}
    if call.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(file.read_bytes(), headers=headers, mimetype="image/webp")


def _taken(photo: Photo) -> _Taken:
    return _Taken(photo.taken_on, photo.width, photo.height, photo.latitude is not None)


def _text(card: msgspec.Raw) -> str:
    return bytes(card).decode()
