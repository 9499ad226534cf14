"""Search."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Card, Group, Limit, Shape

api = Api("search")


class SearchQuery(Shape):
    """What is looked for; the last word may be a beginning."""

    q: Annotated[str, Meta(max_length=300)]
    limit: Limit = 50


class TextHit(Card):
    """An item in whose text something was found: ``snippet`` holds the words around it, hits in U+0002 … U+0003."""

    snippet: str


class LineHit(Card):
    """An item in which something is said: the line, from which second on, and the id of the subtitles it is from."""

    start: float
    snippet: str
    track: str


class PersonRef(Shape):
    """Somebody who had a part in something."""

    id: str
    name: str
    hue: int
    has_portrait: bool


class SearchResult(Shape):
    """What was found, the best first: by names, in long texts such as articles and books, and what is said in films.

    ``shows`` are also channels. ``corrected`` is what was probably meant, if that finds more; ``is_corrected`` says
    that nothing was found as it was typed, and all this by ``corrected``.
    """

    query: str
    items: tuple[Card, ...]
    texts: tuple[TextHit, ...]
    persons: tuple[PersonRef, ...]
    albums: tuple[Group, ...]
    shows: tuple[Group, ...]
    lines: tuple[LineHit, ...]
    corrected: str | None
    is_corrected: bool


class _Answer(Shape):
    query: str
    items: tuple[msgspec.Raw, ...]
    texts: tuple[msgspec.Raw, ...]
    persons: tuple[PersonRef, ...]
    albums: tuple[msgspec.Raw, ...]
    shows: tuple[msgspec.Raw, ...]
    lines: tuple[msgspec.Raw, ...]
    corrected: str | None
    is_corrected: bool


@api.route(
    "GET",
    "/api/search",
    access=Access.WATCH,
    query=SearchQuery,
    returns=SearchResult,
    summary="All whose names, text or subtitles hold every word",
)
def search(call: Call[None, SearchQuery]) -> Json:
    found = call.services.search.find(call.viewer, call.query.q, call.query.limit)
    answer = _Answer(
        query=call.query.q,
        items=found.items,
        texts=found.texts,
        persons=tuple(
            PersonRef(one.id, one.name, one.hue, one.has_portrait or one.portrait is not None) for one in found.persons
        ),
        albums=found.albums,
        shows=found.shows,
        lines=found.lines,
        corrected=found.corrected,
        is_corrected=found.is_corrected,
    )
    return Json(msgspec.json.encode(answer).decode())
