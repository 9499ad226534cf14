"""The lists of the library: pages of media, shelves, shows and albums, figures."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.errors import StorageError
from media_library.models.media import MediaType
from media_library.repositories.media_repo import MediaQuery, Page
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.services import Services
from media_library.routes.shapes import (
    CardPage,
    MediaId,
    PageQuery,
    Shape,
    ShortText,
    page_answer,
)

api = Api("library")

_SHELF = 20


_CARDS_OR_GROUPS = {"items": {"anyOf": [{"$ref": "#/components/schemas/Card"}, {"$ref": "#/components/schemas/Group"}]}}


class LibraryQuery(PageQuery):
    """Which media; ``show`` and ``album`` are the keys of a show (or a channel) and an album.

    ``unfinished`` leaves out what the asker has seen, heard or read; ``genre`` and ``tag`` are those of the film, show
    or album.
    """

    type: MediaType | None = None
    library: MediaId | None = None
    show: MediaId | None = None
    album: MediaId | None = None
    unfinished: bool = False
    genre: ShortText | None = None
    tag: ShortText | None = None


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
    query = call.query
    page = call.services.state.media_page(
        call.viewer,
        MediaQuery(
            query.type,
            query.library,
            query.show,
            query.album,
            query.sort,
            query.descending,
            query.cursor,
            query.limit,
            query.unfinished,
            query.genre,
            query.tag,
        ),
        offline=_is_offline(call.services),
    )
    return _page(page)


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


def _is_offline(services: Services) -> bool:
    return not services.media_root.is_online()


def _page(page: Page) -> Json:
    return page_answer(page.count, page.items, page.next)
