"""What belongs together as one: shows with their seasons, albums, channels."""

import itertools

import msgspec

from media_library.models.artwork import ArtworkSource
from media_library.repositories.media_repo import Page
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.list_shapes import IndexShape, ListQuery, index_answer
from media_library.routes.services import Services
from media_library.routes.shapes import (
    Artwork,
    Card,
    Group,
    GroupPage,
    Shape,
    page_answer,
)
from media_library.services.seasons import SeasonView

api = Api("groups")


class SeasonPoster(Shape):
    """The poster of a season; ``version`` changes with it."""

    source: ArtworkSource
    placeholder: str | None
    version: int


class Season(Shape):
    """A season and its episodes; specials without a season have ``None``."""

    season: int | None
    title: str | None
    overview: str | None
    aired_on: str | None
    poster: SeasonPoster | None
    episodes: tuple[Card, ...]


class GroupHead(Shape):
    """What the page of a group takes from its row in a list."""

    title: str
    key: str
    year: int | None
    hue: int
    artwork: Artwork
    cover_media_id: str | None


class Show(GroupHead):
    """A show with all its episodes."""

    has_poster: bool
    has_backdrop: bool
    seasons: tuple[Season, ...]


class Album(GroupHead):
    """An album with its tracks."""

    artist: str | None
    tracks: tuple[Card, ...]


class _SeasonOf(msgspec.Struct):
    season: int | None


@api.route("GET", "/api/shows", access=Access.WATCH, query=ListQuery, returns=GroupPage, summary="A page of shows")
def list_shows(call: Call[None, ListQuery]) -> Json:
    return _page(call.services.state.groups(call.viewer, "show", call.query.media_query()))


@api.route(
    "GET",
    "/api/shows/letters",
    access=Access.WATCH,
    query=ListQuery,
    returns=IndexShape,
    summary="Where the list of shows can be entered",
)
def show_letters(call: Call[None, ListQuery]) -> IndexShape:
    return _index(call, "show")


@api.route("GET", "/api/albums", access=Access.WATCH, query=ListQuery, returns=GroupPage, summary="A page of albums")
def list_albums(call: Call[None, ListQuery]) -> Json:
    return _page(call.services.state.groups(call.viewer, "album", call.query.media_query()))


@api.route(
    "GET",
    "/api/albums/letters",
    access=Access.WATCH,
    query=ListQuery,
    returns=IndexShape,
    summary="Where the list of albums can be entered",
)
def album_letters(call: Call[None, ListQuery]) -> IndexShape:
    return _index(call, "album")


@api.route(
    "GET", "/api/channels", access=Access.WATCH, query=ListQuery, returns=GroupPage, summary="A page of channels"
)
def list_channels(call: Call[None, ListQuery]) -> Json:
    return _page(call.services.state.groups(call.viewer, "channel", call.query.media_query()))


@api.route(
    "GET",
    "/api/channels/letters",
    access=Access.WATCH,
    query=ListQuery,
    returns=IndexShape,
    summary="Where the list of channels can be entered",
)
def channel_letters(call: Call[None, ListQuery]) -> IndexShape:
    return _index(call, "channel")


@api.route("GET", "/api/channels/<key>", access=Access.WATCH, returns=Group, summary="A channel of web videos")
def get_channel(call: Call[None, None], key: str) -> Json:
    return Json(call.services.state.group(call.viewer, "channel", key))


@api.route("GET", "/api/shows/<key>", access=Access.WATCH, returns=Show, summary="A show with its episodes")
def get_show(call: Call[None, None], key: str) -> Json:
    state = call.services.state
    head = msgspec.json.decode(state.group(call.viewer, "show", key), type=Group)
    cards = msgspec.json.decode(
        state.episodes(call.viewer, key, offline=_is_offline(call.services)), type=list[msgspec.Raw]
    )
    known = call.services.seasons.of_show(head.key)
    seasons = [
        {"season": season, **_season(known.get(-1 if season is None else season)), "episodes": list(episodes)}
        for season, episodes in itertools.groupby(
            cards, key=lambda card: msgspec.json.decode(card, type=_SeasonOf).season
        )
    ]
    seasons.sort(key=lambda season: season["season"] is None)  # specials come last
    return _encoded({**_shared(head, Show), "seasons": seasons})


@api.route("GET", "/api/albums/<key>", access=Access.WATCH, returns=Album, summary="An album with its tracks")
def get_album(call: Call[None, None], key: str) -> Json:
    state = call.services.state
    head = msgspec.json.decode(state.group(call.viewer, "album", key), type=Group)
    tracks = state.tracks(call.viewer, key, offline=_is_offline(call.services))
    return _encoded({**_shared(head, Album), "artist": head.subtitle, "tracks": msgspec.Raw(tracks.encode())})


def _shared(head: Group, page: type[GroupHead]) -> dict[str, object]:
    """What a page shows of what stands in its row."""
    return {name: getattr(head, name) for name in page.__struct_fields__ if hasattr(head, name)}


def _season(view: SeasonView | None) -> dict[str, object]:
    """What is known of a season; its name only where it says more than the number."""
    if view is None:
        return {"title": None, "overview": None, "aired_on": None, "poster": None}
    poster = None
    if view.poster_source is not None:
        poster = {"source": view.poster_source, "placeholder": view.placeholder, "version": view.updated_at}
    facts = view.facts
    return {"title": facts.title, "overview": facts.overview, "aired_on": facts.aired_on, "poster": poster}


def _index(call: Call[None, ListQuery], kind: str) -> IndexShape:
    return index_answer(call.services.state.group_index(call.viewer, kind, call.query.media_query(), call.query.limit))


def _is_offline(services: Services) -> bool:
    return not services.media_root.is_online()


def _page(page: Page) -> Json:
    return page_answer(page.count, page.items, page.next)


def _encoded(value: object) -> Json:
    return Json(msgspec.json.encode(value).decode())
