"""What takes the room: the whole picture, the largest items of a part of it, and the program's own folder."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.models.storage import Outlook, Which
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape

api = Api("storage")

_MOST_LARGEST = 100
_MOST_OFFSET = 100_000


class SliceShape(Shape):
    """A part of the library; ``key`` is empty for what is not known, ``name`` is that of a person."""

    key: str
    size_bytes: int
    count: int
    name: str | None


class LargeItemShape(Shape):
    """An item and what its file takes; ``added_at`` in milliseconds."""

    media_id: str
    media_type: str
    title: str
    show_title: str | None
    season: int | None
    episode: int | None
    year: int | None
    codec: str
    size_bytes: int
    added_at: int
    added_by: str | None


class ForecastShape(Shape):
    """How long the room will do, in days; ``latest_days`` is null if it may well never be full."""

    outlook: Outlook
    days_seen: int
    bytes_per_day: int
    full_in_days: int | None
    earliest_days: int | None
    latest_days: int | None


class VolumeShape(Shape):
    """A disk; its sizes are null while it is not connected."""

    key: str
    places: tuple[str, ...]
    is_online: bool
    holds_state: bool
    library_bytes: int
    total_bytes: int | None
    free_bytes: int | None
    forecast: ForecastShape


class StorageReportShape(Shape):
    """What takes the room."""

    volumes: tuple[VolumeShape, ...]
    by_kind: tuple[SliceShape, ...]
    by_codec: tuple[SliceShape, ...]
    by_year: tuple[SliceShape, ...]
    by_seen: tuple[SliceShape, ...]
    by_person: tuple[SliceShape, ...]
    beside: tuple[SliceShape, ...]
    bin: SliceShape
    largest: tuple[LargeItemShape, ...]


class LargestQuery(Shape):
    """Which items: an empty text is what is not known; ``unseen_since`` leaves out what was watched later (ms)."""

    kind: Annotated[str, Meta(max_length=32)] | None = None
    codec: Annotated[str, Meta(max_length=64)] | None = None
    year: Annotated[int, Meta(ge=1970, le=9999)] | None = None
    added_by: Annotated[str, Meta(max_length=64)] | None = None
    unseen_since: Annotated[int, Meta(ge=0, le=1 << 53)] | None = None
    offset: Annotated[int, Meta(ge=0, le=_MOST_OFFSET)] = 0
    limit: Annotated[int, Meta(ge=1, le=_MOST_LARGEST)] = 50


class LargestShape(Shape):
    """The largest of them, and what all of them take."""

    count: int
    size_bytes: int
    items: tuple[LargeItemShape, ...]


class OwnRoomShape(Shape):
    """What the program keeps for itself."""

    parts: tuple[SliceShape, ...]


@api.route("GET", "/api/storage", access=Access.ADMIN, returns=StorageReportShape, summary="What takes the room")
def get_storage(call: Call[None, None]) -> StorageReportShape:
    return msgspec.convert(call.services.storage.report(), StorageReportShape, from_attributes=True)


@api.route(
    "GET",
    "/api/storage/largest",
    access=Access.ADMIN,
    query=LargestQuery,
    returns=LargestShape,
    summary="The largest items of a part of the library",
)
def get_largest(call: Call[None, LargestQuery]) -> LargestShape:
    state, query = call.services.state, call.query
    which = Which(query.kind, query.codec, query.year, query.added_by, query.unseen_since)
    whole = state.weigh(which)
    items = state.largest_media(which, limit=query.limit, offset=query.offset)
    shapes = tuple(msgspec.convert(one, LargeItemShape, from_attributes=True) for one in items)
    return LargestShape(whole.count, whole.size_bytes, shapes)


@api.route(
    "GET",
    "/api/storage/own",
    access=Access.ADMIN,
    returns=OwnRoomShape,
    summary="What the program keeps for itself",
)
def get_own_room(call: Call[None, None]) -> OwnRoomShape:
    parts = call.services.storage.own_room()
    return OwnRoomShape(tuple(msgspec.convert(one, SliceShape, from_attributes=True) for one in parts))
