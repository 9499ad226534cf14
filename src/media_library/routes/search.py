"""Search."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Card, Limit, Shape

api = Api("search")


class SearchQuery(Shape):
    """What is looked for; the last word may be a beginning."""

    q: Annotated[str, Meta(max_length=300)]
    limit: Limit = 50


class SearchResult(Shape):
    """What was found, the best first."""

    query: str
    items: tuple[Card, ...]


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
    items = services.state.search_media(call.viewer, query.q, query.limit, offline=not services.media_root.is_online())
    return Json(f'{{"query":{msgspec.json.encode(query.q).decode()},"items":{items}}}')
