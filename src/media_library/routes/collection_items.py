"""The entries of collections: in order, added, taken out and put back."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.errors import InvalidInput
from media_library.models.collection import Entry, EntryState
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Card, MediaId, Shape
from media_library.services.collections import EntryStanding, SeenEntry

api = Api("collection_items")

_MOST_ENTRIES = 5_000

Position = Annotated[int, Meta(ge=0, le=10**9)]


class EntryShape(Shape):
    """An entry of a collection: how it stands, and the item once it is here.

    ``is_gone`` says that its list names it no longer; ``duration`` (seconds) is as the list says.
    """

    id: str
    position: int
    entry_key: str
    title: str
    url: str | None
    duration: float | None
    published_at: int | None
    state: EntryStanding
    is_gone: bool
    media: Card | None


class EntryPage(Shape):
    """A page of entries in order; ``next`` is where the page after it begins."""

    count: int
    items: tuple[EntryShape, ...]
    next: int | None


class EntriesQuery(Shape):
    """Which page of the entries."""

    cursor: Position | None = None
    limit: Annotated[int, Meta(ge=1, le=_MOST_ENTRIES)] = _MOST_ENTRIES


class EntryOrder(Shape):
    """The entries in their new order; those that are not named stay where they are."""

    order: Annotated[tuple[MediaId, ...], Meta(max_length=_MOST_ENTRIES)]


class NewEntryShape(Shape):
    """The item to put into a collection, or the removed entry to put back."""

    media_id: MediaId | None = None
    entry: MediaId | None = None


@api.route(
    "GET",
    "/api/collections/<collection_id>/items",
    access=Access.WATCH,
    query=EntriesQuery,
    returns=EntryPage,
    summary="The entries of a collection; of a music playlist the tracks that were found",
)
def list_entries(call: Call[None, EntriesQuery], collection_id: str) -> Json:
    query = call.query
    page = call.services.collections.entries(call.viewer, collection_id, after=query.cursor, limit=query.limit)
    subscription = call.services.state.subscription(collection_id)
    seen = call.services.collections.seen(page, None if subscription is None else subscription.rules)
    return _json({"count": page.count, "items": _entries(call, seen), "next": page.next})


@api.route(
    "PUT",
    "/api/collections/<collection_id>/items",
    access=Access.MANAGE,
    body=EntryOrder,
    max_body=64 * _MOST_ENTRIES,
    summary="Sort the entries of a collection",
)
def order_entries(call: Call[EntryOrder, None], collection_id: str) -> None:
    call.services.collections.order(call.viewer, collection_id, call.body.order)


@api.route(
    "POST",
    "/api/collections/<collection_id>/items",
    access=Access.MANAGE,
    body=NewEntryShape,
    returns=EntryShape,
    summary="Put an item into a collection, or a removed entry back to its place",
)
def add_entry(call: Call[NewEntryShape, None], collection_id: str) -> Json:
    collections, body = call.services.collections, call.body
    if body.entry is not None and body.media_id is None:
        return _entry(call, collections.put_entry_back(call.viewer, collection_id, body.entry))
    if body.media_id is not None and body.entry is None:
        return _entry(call, collections.add_entry(call.viewer, collection_id, body.media_id))
    raise InvalidInput("Name an item or an entry.", "media_id")


@api.route(
    "DELETE",
    "/api/collections/<collection_id>/items/<entry_id>",
    access=Access.MANAGE,
    returns=EntryShape,
    summary="Take an entry out of a collection; it can be put back",
)
def delete_entry(call: Call[None, None], collection_id: str, entry_id: str) -> Json:
    return _entry(call, call.services.collections.remove_entry(call.viewer, collection_id, entry_id))


def _entry(call: Call[NewEntryShape, None] | Call[None, None], entry: Entry) -> Json:
    state = EntryStanding.REMOTE if entry.media_id is None else EntryStanding.HERE
    return _json(_entries(call, [SeenEntry(entry, state)])[0])


def _entries(
    call: Call[NewEntryShape, None] | Call[None, None] | Call[None, EntriesQuery], found: list[SeenEntry]
) -> list[dict[str, object]]:
    cards = call.services.collections.cards(
        call.viewer, (one.entry.media_id for one in found if one.entry.media_id is not None)
    )
    return [
        {
            "id": one.entry.id,
            "position": one.entry.position,
            "entry_key": one.entry.key,
            "title": one.entry.title,
            "url": one.entry.url,
            "duration": _seconds(one.entry.duration_ms),
            "published_at": one.entry.published_at,
            "state": one.standing,
            "is_gone": one.entry.state is EntryState.GONE,
            "media": cards.get(one.entry.media_id or ""),
        }
        for one in found
    ]


def _seconds(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000


def _json(value: object) -> Json:
    return Json(msgspec.json.encode(value).decode())
