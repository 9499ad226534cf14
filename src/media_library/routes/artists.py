"""Artists: whose albums there are, and what else they play on."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Group, GroupPage, Limit, Shape, page_answer

api = Api("artists")


class ArtistsQuery(Shape):
    """Which page of the artists, who come by their names."""

    cursor: Annotated[str, Meta(max_length=4096)] | None = None
    limit: Limit = 50


class Artist(Shape):
    """An artist with their albums, and those of others on which they play."""

    key: str
    name: str
    albums: tuple[Group, ...]
    appears_on: tuple[Group, ...]


@api.route(
    "GET", "/api/artists", access=Access.WATCH, query=ArtistsQuery, returns=GroupPage, summary="A page of artists"
)
def list_artists(call: Call[None, ArtistsQuery]) -> Json:
    page = call.services.state.artists(call.viewer, call.query.limit, call.query.cursor)
    return page_answer(page.count, page.items, page.next)


@api.route("GET", "/api/artists/<key>", access=Access.WATCH, returns=Artist, summary="An artist with their albums")
def get_artist(call: Call[None, None], key: str) -> Json:
    name, albums, others = call.services.state.artist(call.viewer, key)
    shown = {
        "key": key,
        "name": name,
        "albums": msgspec.Raw(albums.encode()),
        "appears_on": msgspec.Raw(others.encode()),
    }
    return Json(msgspec.json.encode(shown).decode())
