"""The bin: what was removed, when it goes for ever, and emptying it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.models.collection import CollectionKind
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Card, Cursor, Limit, MediaId, Shape
from media_library.services.bin import KEPT_DAYS

api = Api("bin")


class BinQuery(Shape):
    """Which page."""

    cursor: Cursor | None = None
    limit: Limit = 100


class BinnedCard(Card):
    """An item in the bin: when it was put there (milliseconds), how large it is, where it lay."""

    removed_at: int
    size_bytes: int
    path: str


class BinPage(Shape):
    """What is in the bin, the last first; ``days`` is how long something stays there. ``size_bytes`` is that of all."""

    count: int
    size_bytes: int
    days: int
    items: tuple[BinnedCard, ...]
    next: str | None


class RemovedCollection(Shape):
    """A collection that was taken away, and when (milliseconds). It stays until it is brought back."""

    id: str
    kind: CollectionKind
    title: str
    hue: int
    removed_at: int


class RemovedCollections(Shape):
    """The collections that were taken away, the last first."""

    collections: tuple[RemovedCollection, ...]


class Empty(Shape):
    """What goes for ever; without ``ids`` everything that is in the bin."""

    ids: Annotated[tuple[MediaId, ...], Meta(max_length=1_000)] | None = None


class Emptied(Shape):
    """How many items went for ever."""

    done: int


@api.route(
    "GET",
    "/api/bin",
    access=Access.ADMIN,
    query=BinQuery,
    returns=BinPage,
    summary="What was removed and may come back",
)
def list_bin(call: Call[None, BinQuery]) -> Json:
    services, query = call.services, call.query
    offline = not services.media_root.is_online()
    page = services.state.bin_page(call.viewer, query.limit, query.cursor, offline=offline)
    size = services.state.bin_size(call.viewer)[1]
    following = msgspec.json.encode(page.next).decode()
    return Json(
        f'{{"count":{page.count:d},"size_bytes":{size:d},"days":{KEPT_DAYS:d},"items":{page.items},"next":{following}}}'
    )


@api.route(
    "GET",
    "/api/bin/collections",
    access=Access.MANAGE,
    returns=RemovedCollections,
    summary="The collections that were taken away",
)
def list_removed_collections(call: Call[None, None]) -> RemovedCollections:
    return RemovedCollections(
        tuple(
            RemovedCollection(one.id, one.kind, one.title, one.hue, removed_at)
            for one, removed_at in call.services.state.removed_collections(call.viewer)
        )
    )


@api.route(
    "POST",
    "/api/bin/empty",
    access=Access.ADMIN,
    body=Empty,
    returns=Emptied,
    summary="Remove for ever what is in the bin",
)
def empty_bin(call: Call[Empty, None]) -> Emptied:
    return Emptied(len(call.services.bin.empty(call.identity, call.body.ids)))
