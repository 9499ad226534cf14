"""Collections: made by hand, imported from sites and files, followed by rules."""

from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta

from media_library.adapters.playlist_files import MOST_CHARACTERS
from media_library.errors import InvalidInput
from media_library.models.collection import (
    CollectionKind,
    CollectionSummary,
    Subscription,
)
from media_library.models.user import Viewer
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.rule_shapes import RuleShape, RulesShape, rule_of, rules_of
from media_library.routes.services import Services
from media_library.routes.shapes import AddedShape, Card, Shape, ShortText, added_answer

api = Api("collections")

AnyCall: TypeAlias = Call[Any, None]

Address = Annotated[str, Meta(min_length=1, max_length=4096)]


class SubscriptionShape(Shape):
    """By what rules a collection is followed, and how the last check went. Times are milliseconds."""

    title_include: str | None
    title_exclude: str | None
    min_seconds: int | None
    max_seconds: int | None
    since: int | None
    keep_last: int | None
    audio_only: bool
    checked_at: int | None
    next_check_at: int
    failures: int
    error: str | None


class CollectionShape(Shape):
    """A collection: only what who asks may see is counted. ``duration`` (seconds) is that of what is here."""

    id: str
    kind: CollectionKind
    title: str
    overview: str | None
    url: str | None
    count: int
    here_count: int
    duration: float
    covers: tuple[Card, ...]
    has_poster: bool
    hue: int
    is_followed: bool
    created_at: int
    updated_at: int
    subscription: SubscriptionShape | None
    rule: RuleShape | None


class CollectionList(Shape):
    """The collections, by title."""

    collections: tuple[CollectionShape, ...]


class PlaylistImport(Shape):
    """A list on the web, with rules if it is to be followed; or the name and text of a playlist file."""

    url: Address | None = None
    name: ShortText | None = None
    content: Annotated[str, Meta(max_length=MOST_CHARACTERS)] | None = None
    follow: RulesShape | None = None


class CollectionEdit(Shape):
    """What changes: what it is called, or what a smart collection holds."""

    title: ShortText | None = None
    rule: RuleShape | None = None


class NewCollectionShape(Shape):
    """A collection made by hand, or one with a rule by which it fills itself."""

    title: ShortText
    kind: Literal["manual", "smart"] = "manual"
    rule: RuleShape | None = None


@api.route(
    "POST",
    "/api/import/playlist",
    access=Access.MANAGE,
    body=PlaylistImport,
    returns=AddedShape,
    status=202,
    max_body=4 * MOST_CHARACTERS,
    summary="Import a list of a site, a music playlist or a playlist file; what is known is brought up to date (200)",
)
def import_playlist(call: Call[PlaylistImport, None]) -> Json:
    body, services = call.body, call.services
    if body.url is not None and body.name is None and body.content is None:
        rules = None if body.follow is None else rules_of(body.follow)
        return added_answer(services.collections.import_list(call.identity, body.url, rules))
    if body.url is None and body.content is not None and body.follow is None:
        return added_answer(services.music_playlists.add_file(call.identity, body.name or "", body.content))
    raise InvalidInput("Give the address of a list, or the name and the content of a playlist file.", "url")


@api.route(
    "GET", "/api/collections", access=Access.WATCH, returns=CollectionList, summary="The collections with something in"
)
def list_collections(call: Call[None, None]) -> Json:
    found = [one for one in call.services.collections.summaries(call.viewer) if _is_worth_listing(one)]
    return _json({"collections": _collections(call.services, call.viewer, found)})


@api.route(
    "POST",
    "/api/collections",
    access=Access.MANAGE,
    body=NewCollectionShape,
    returns=CollectionShape,
    status=201,
    summary="Make a collection",
)
def add_collection(call: Call[NewCollectionShape, None]) -> Json:
    body, collections = call.body, call.services.collections
    if (body.kind == "smart") is not (body.rule is not None):
        raise InvalidInput("A smart collection has a rule, and no other one has.", "rule")
    if body.rule is not None:
        return _collection(call, collections.add_smart(call.identity, body.title, rule_of(body.rule)))
    return _collection(call, collections.add(call.identity, body.title))


@api.route(
    "GET", "/api/collections/<collection_id>", access=Access.WATCH, returns=CollectionShape, summary="One of them"
)
def get_collection(call: Call[None, None], collection_id: str) -> Json:
    return _collection(call, call.services.collections.summary(call.viewer, collection_id))


@api.route(
    "PATCH",
    "/api/collections/<collection_id>",
    access=Access.MANAGE,
    body=CollectionEdit,
    returns=CollectionShape,
    summary="Rename a collection, or let a smart one hold something else",
)
def edit_collection(call: Call[CollectionEdit, None], collection_id: str) -> Json:
    collections, body = call.services.collections, call.body
    if body.rule is not None:
        collections.change_rule(call.viewer, collection_id, rule_of(body.rule))
    if body.title is not None:
        collections.rename(call.viewer, collection_id, body.title)
    return _collection(call, collections.summary(call.viewer, collection_id))


@api.route(
    "DELETE",
    "/api/collections/<collection_id>",
    access=Access.MANAGE,
    summary="Take a collection away; its items stay in the library",
)
def delete_collection(call: Call[None, None], collection_id: str) -> None:
    call.services.collections.remove(call.viewer, collection_id)


@api.route(
    "POST",
    "/api/collections/<collection_id>/restore",
    access=Access.MANAGE,
    returns=CollectionShape,
    summary="Bring back a collection that was taken away",
)
def restore_collection(call: Call[None, None], collection_id: str) -> Json:
    return _collection(call, call.services.collections.restore(call.viewer, collection_id))


@api.route(
    "PUT",
    "/api/collections/<collection_id>/subscription",
    access=Access.MANAGE,
    body=RulesShape,
    returns=SubscriptionShape,
    summary="Follow a list, or by other rules",
)
def follow_collection(call: Call[RulesShape, None], collection_id: str) -> SubscriptionShape:
    return _subscription(call.services.collections.follow(call.viewer, collection_id, rules_of(call.body)))


@api.route(
    "DELETE",
    "/api/collections/<collection_id>/subscription",
    access=Access.MANAGE,
    summary="Follow a list no longer; what was fetched stays",
)
def unfollow_collection(call: Call[None, None], collection_id: str) -> None:
    call.services.collections.unfollow(call.viewer, collection_id)


@api.route(
    "POST",
    "/api/collections/<collection_id>/refresh",
    access=Access.MANAGE,
    returns=AddedShape,
    status=202,
    summary="Read a list again",
)
def refresh_collection(call: Call[None, None], collection_id: str) -> Json:
    return added_answer(call.services.collections.refresh(call.identity, collection_id))


def _is_worth_listing(one: CollectionSummary) -> bool:
    """A saga of which one film is here is no collection yet; its film leads to it."""
    return one.collection.kind is not CollectionKind.SAGA or one.here_count > 1


def _collection(call: AnyCall, summary: CollectionSummary) -> Json:
    return _json(_collections(call.services, call.viewer, [summary])[0])


def _collections(services: Services, viewer: Viewer, found: list[CollectionSummary]) -> list[dict[str, object]]:
    cards = services.collections.cards(viewer, (media_id for one in found for media_id in one.covers))
    shapes: list[dict[str, object]] = []
    for summary in found:
        one = summary.collection
        subscription = services.state.subscription(one.id)
        shapes.append(
            {
                "id": one.id,
                "kind": one.kind,
                "title": one.title,
                "overview": one.overview,
                "url": one.url,
                "count": summary.count,
                "here_count": summary.here_count,
                "duration": summary.duration_ms / 1000,
                "covers": [cards[media_id] for media_id in summary.covers if media_id in cards],
                "has_poster": one.has_poster,
                "hue": one.hue,
                "is_followed": subscription is not None,
                "created_at": one.created_at,
                "updated_at": one.updated_at,
                "subscription": None if subscription is None else _subscription(subscription),
                "rule": one.rule,
            }
        )
    return shapes


def _subscription(one: Subscription) -> SubscriptionShape:
    rules = one.rules
    return SubscriptionShape(
        rules.title_include,
        rules.title_exclude,
        rules.min_seconds,
        rules.max_seconds,
        rules.since,
        rules.keep_last,
        rules.audio_only,
        one.checked_at,
        one.next_check_at,
        one.failures,
        one.error,
    )


def _json(value: object) -> Json:
    return Json(msgspec.json.encode(value).decode())
