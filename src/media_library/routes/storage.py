"""What takes the room: the whole picture, the largest items of a part of it, and the program's own folder.

These records hold nothing but what is shown, so they are the answers as they are.
"""

from typing import Annotated

from msgspec import Meta

from media_library.models.storage import LargeItem, Slice, StorageReport, Which
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape

api = Api("storage")

_MOST_LARGEST = 100
_MOST_OFFSET = 100_000


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
    items: tuple[LargeItem, ...]


class OwnRoomShape(Shape):
    """What the program keeps for itself."""

    parts: tuple[Slice, ...]


@api.route("GET", "/api/storage", access=Access.ADMIN, returns=StorageReport, summary="What takes the room")
def get_storage(call: Call[None, None]) -> StorageReport:
    return call.services.storage.report()


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
    return LargestShape(whole.count, whole.size_bytes, items)


@api.route(
    "GET",
    "/api/storage/own",
    access=Access.ADMIN,
    returns=OwnRoomShape,
    summary="What the program keeps for itself",
)
def get_own_room(call: Call[None, None]) -> OwnRoomShape:
    return OwnRoomShape(call.services.storage.own_room())
