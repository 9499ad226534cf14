"""Search."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Card, Limit, Shape

api = Api("search")

_MOST_TEXTS = 20
_MOST_PERSONS = 12


class SearchQuery(Shape):
    """What is looked for; the last word may be a beginning."""

    q: Annotated[str, Meta(max_length=300)]
    limit: Limit = 50


class TextHit(Card):
    """An item in whose text something was found: ``snippet`` holds the words around it, hits in U+0002 … U+0003."""

    snippet: str


class PersonRef(Shape):
    """Somebody who had a part in something."""

    id: str
    name: str
    hue: int
    has_portrait: bool


class SearchResult(Shape):
    """What was found, the best first: by its names, in long texts such as articles and show notes, and persons."""

    query: str
    items: tuple[Card, ...]
    texts: tuple[TextHit, ...]
    persons: tuple[PersonRef, ...]


@api.route(
    "GET",
    "/api/search",
    access=Access.WATCH,
    query=SearchQuery,
    returns=SearchResult,
    summary="Media whose names or text hold every word",
)
def search(call: Call[None, SearchQuery]) -> Json:
    services, query = call.services, call.query
    offline = not services.media_root.is_online()
    items = services.state.search_media(call.viewer, query.q, query.limit, offline=offline)
    texts = services.state.search_texts(call.viewer, query.q, min(query.limit, _MOST_TEXTS), offline=offline)
    persons = [
        PersonRef(one.id, one.name, one.hue, one.has_portrait or one.portrait is not None)
        for one in services.state.search_persons(call.viewer, query.q, min(query.limit, _MOST_PERSONS))
    ]
    found, asked = msgspec.json.encode(persons).decode(), msgspec.json.encode(query.q).decode()
    return Json(f'{{"query":{asked},"items":{items},"texts":{texts},"persons":{found}}}')
