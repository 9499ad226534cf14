"""The lists of the library: pages of media, shelves, shows and albums, figures."""

from dataclasses import replace
from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.errors import StorageError
from media_library.models.media import MediaType
from media_library.repositories.media_repo import MediaQuery, Page
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.list_shapes import IndexShape, ListQuery, MediaIds, index_answer
from media_library.routes.services import Services
from media_library.routes.shapes import (
    CardPage,
    MediaId,
    Shape,
    page_answer,
)

api = Api("library")

_SHELF = 20


_CARDS_OR_GROUPS = {"items": {"anyOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Group"}]}}


class LibraryQuery(ListQuery):
    """Which media; ``show`` and ``album`` are the keys of a show (or a channel) and an album."""

    type: MediaType | None = None
    library: MediaId | None = None
    show: MediaId | None = None
    album: MediaId | None = None


class IndexQuery(LibraryQuery):
    """Of which list; with ``months`` those of one by day are told."""

    months: bool = False


class FacetsQuery(Shape):
    """Of what type."""

    type: MediaType


class NamedCount(Shape):
    """A language (a code) or a resolution, and how many items have it."""

    name: str
    count: int


class DecadeCount(Shape):
    """A decade by its first year, and how many items are of it."""

    decade: int
    count: int


class FacetsShape(Shape):
    """What a shelf can be narrowed by. ``hdr`` and ``review`` are how many are in HDR, and how many are doubtful."""

    languages: tuple[NamedCount, ...]
    decades: tuple[DecadeCount, ...]
    resolutions: tuple[NamedCount, ...]
    hdr: int
    review: int


class Shelf(Shape):
    """What was added last of one kind, and how much there is of it."""

    key: str
    title: str
    items: Annotated[tuple[msgspec.Raw, ...], Meta(extra_json_schema=_CARDS_OR_GROUPS)]
    total: int


class Shelves(Shape):
    """The shelves of the home page."""

    shelves: tuple[Shelf, ...]


class Counts(Shape):
    """How much there is of each kind."""

    movie: int
    episode: int
    show: int
    track: int
    album: int
    video: int
    channel: int
    podcast: int
    article: int
    book: int
    photo: int
    home_video: int
    extra: int


class Stats(Shape):
    """Figures of what the viewer may see, and of the volume that holds it. Bytes and seconds."""

    counts: Counts
    total_bytes: int
    total_duration: float
    free_bytes: int
    capacity_bytes: int
    offline: bool


@api.route(
    "GET",
    "/api/library",
    access=Access.WATCH,
    query=LibraryQuery,
    returns=CardPage,
    summary="A page of media",
)
def list_media(call: Call[None, LibraryQuery]) -> Json:
    page = call.services.state.media_page(call.viewer, _query(call.query), offline=_is_offline(call.services))
    return _page(page)


@api.route(
    "GET",
    "/api/library/letters",
    access=Access.WATCH,
    query=IndexQuery,
    returns=IndexShape,
    summary="Where a list of media can be entered: its letters or months, and its pages",
)
def list_letters(call: Call[None, IndexQuery]) -> IndexShape:
    query = call.query
    return index_answer(call.services.state.media_index(call.viewer, _query(query), query.limit, months=query.months))


@api.route(
    "GET",
    "/api/library/ids",
    access=Access.WATCH,
    query=LibraryQuery,
    returns=MediaIds,
    summary="The ids of a whole list, to select all of it",
)
def list_ids(call: Call[None, LibraryQuery]) -> MediaIds:
    return MediaIds(tuple(call.services.state.media_ids(call.viewer, _query(call.query))))


@api.route(
    "GET",
    "/api/library/facets",
    access=Access.WATCH,
    query=FacetsQuery,
    returns=FacetsShape,
    summary="What the items of a type can be narrowed by",
)
def list_facets(call: Call[None, FacetsQuery]) -> FacetsShape:
    facets = call.services.state.facets(call.viewer, call.query.type)
    return FacetsShape(
        tuple(NamedCount(name, count) for name, count in facets.languages),
        tuple(DecadeCount(decade, count) for decade, count in facets.decades),
        tuple(NamedCount(name, count) for name, count in facets.resolutions),
        facets.hdr,
        facets.review,
    )


@api.route(
    "GET", "/api/library/shelves", access=Access.WATCH, returns=Shelves, summary="What was added last, of each kind"
)
def list_shelves(call: Call[None, None]) -> Json:
    state, viewer = call.services.state, call.viewer
    counts, offline = state.media_count(viewer), _is_offline(call.services)

    def newest(kind: MediaType) -> str:
        return state.media_page(viewer, MediaQuery(kind, limit=_SHELF), offline=offline).items if counts[kind] else "[]"

    shelves = (
        ("movie", "Films", newest(MediaType.MOVIE)),
        ("show", "Shows", state.newest_groups(viewer, "show", _SHELF)),
        ("album", "Albums", state.newest_groups(viewer, "album", _SHELF)),
        ("podcast", "Podcast episodes", newest(MediaType.PODCAST)),
        ("video", "Web videos", newest(MediaType.VIDEO)),
        ("article", "Articles", newest(MediaType.ARTICLE)),
        ("book", "Books", newest(MediaType.BOOK)),
        ("photo", "Photos", newest(MediaType.PHOTO)),
    )
    texts = (
        f'{{"key":"{key}","title":"{title}","items":{items},"total":{counts[key]:d}}}' for key, title, items in shelves
    )
    return Json(f'{{"shelves":[{",".join(texts)}]}}')


@api.route("GET", "/api/stats", access=Access.WATCH, returns=Stats, summary="How much there is, and how much room")
def get_stats(call: Call[None, None]) -> Stats:
    state, viewer = call.services.state, call.viewer
    size, duration_ms = state.media_size(viewer)
    try:
        free, capacity, is_offline = *call.services.media_root.space(), False
    except StorageError:
        free, capacity, is_offline = 0, 0, True
    return Stats(Counts(**state.media_count(viewer)), size, duration_ms / 1000, free, capacity, is_offline)


def _query(query: LibraryQuery) -> MediaQuery:
    return replace(
        query.media_query(),
        media_type=query.type,
        library_id=query.library,
        show_key=query.show,
        album_key=query.album,
    )


def _is_offline(services: Services) -> bool:
    return not services.media_root.is_online()


def _page(page: Page) -> Json:
    return page_answer(page.count, page.items, page.next)
