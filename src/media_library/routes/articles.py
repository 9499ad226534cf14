"""Articles: keeping one, what is known of it, its text to read, its pictures, an EPUB of it."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Annotated

import flask
import msgspec
from msgspec import Meta

from media_library.models.media import Media
from media_library.routes.auth import Access
from media_library.routes.documents import Framed, content_disposition, is_framed, sandboxed
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.services import Services
from media_library.routes.shapes import AddedShape, Card, Shape, added_answer, join_objects
from media_library.services.article_document import Font, Look, Size, Theme, Width

api = Api("articles")

_MOST_PAGE_BYTES = 10 * 1024 * 1024
_BLOCK_BYTES = 1 << 18
_PICTURE_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
_PICTURE_CACHE = "private, max-age=31536000, immutable"
_EPUB = "application/epub+zip"


class NewArticle(Shape):
    """An address to keep; ``html`` is the page as a browser shows it, for one that does not show itself to us."""

    url: Annotated[str, Meta(min_length=1, max_length=4096)]
    html: str | None = None


class VersionShape(Shape):
    """A snapshot, taken at ``fetched_at`` (milliseconds)."""

    id: str
    fetched_at: int
    words: int


class _Details(Shape):
    url: str
    site: str | None
    author: str | None
    published_at: int | None
    language: str | None
    overview: str | None
    words: int
    minutes: int
    versions: tuple[VersionShape, ...]


class ArticleItem(Card):
    """An article; ``versions`` has its snapshots, the newest first."""

    url: str
    site: str | None
    author: str | None
    published_at: int | None
    language: str | None
    overview: str | None
    words: int
    minutes: int
    versions: tuple[VersionShape, ...]


class VersionQuery(Shape):
    """Which snapshot; the newest if none is named."""

    version: Annotated[str, Meta(max_length=20)] | None = None


class PageQuery(Framed):
    """Which snapshot, and how it looks: ``size`` in pixels."""

    version: Annotated[str, Meta(max_length=20)] | None = None
    theme: Theme = "auto"
    size: Size = 18
    width: Width = "medium"
    font: Font = "serif"


@api.route(
    "POST",
    "/api/articles",
    access=Access.MANAGE,
    body=NewArticle,
    returns=AddedShape,
    status=202,
    max_body=_MOST_PAGE_BYTES,
    summary="Keep an article; answers 200 if it is there already",
)
def add_article(call: Call[NewArticle, None]) -> Json:
    return added_answer(call.services.articles.add(call.identity, call.body.url, call.body.html))


@api.route("GET", "/api/articles/<media_id>", access=Access.WATCH, returns=ArticleItem, summary="What is known of it")
def get_article(call: Call[None, None], media_id: str) -> Json:
    services = call.services
    found = services.articles.open(call.viewer, media_id)
    card = services.state.card_for(call.viewer, media_id, offline=not services.media_root.is_online())
    media, newest = found.media, found.article.newest
    details = _Details(
        url=found.article.url,
        site=media.names.show_title,
        author=media.names.artist,
        published_at=media.published_at,
        language=media.language,
        overview=media.overview,
        words=newest.words,
        minutes=newest.minutes,
        versions=tuple(VersionShape(one.id, one.fetched_at, one.words) for one in found.article.versions),
    )
    return Json(join_objects(card, msgspec.json.encode(details)))


@api.route(
    "GET",
    "/api/articles/<media_id>/page",
    access=Access.WATCH,
    query=PageQuery,
    returns="text/html",
    summary="Its text as a document in a sandbox",
)
def article_page(call: Call[None, PageQuery], media_id: str) -> flask.Response:
    articles, query = call.services.articles, call.query
    found = articles.open(call.viewer, media_id)
    framed = is_framed(call.request, query)
    look = Look(query.theme, query.size, query.width, query.font)
    image_url = f"/api/articles/{media_id}/images" if framed else None
    return sandboxed(articles.page(found, query.version, look, image_url=image_url), framed=framed)


@api.route(
    "GET",
    "/api/articles/<media_id>/images/<name>",
    access=Access.WATCH,
    query=VersionQuery,
    returns="image/jpeg",
    summary="A picture of its text",
)
def article_image(call: Call[None, VersionQuery], media_id: str, name: str) -> flask.Response:
    articles = call.services.articles
    picture = articles.image(articles.open(call.viewer, media_id), call.query.version, name)
    headers = {"Cache-Control": _PICTURE_CACHE if call.query.version else "private, no-cache"}
    kind = "image/png" if name.endswith(".png") else "image/jpeg"
    return flask.Response(picture, headers={**headers, "Content-Security-Policy": _PICTURE_CSP}, mimetype=kind)


@api.route(
    "GET",
    "/api/articles/<media_id>/epub",
    access=Access.WATCH,
    query=VersionQuery,
    returns=_EPUB,
    summary="It as an EPUB to keep",
)
def article_epub(call: Call[None, VersionQuery], media_id: str) -> flask.Response:
    articles = call.services.articles
    found = articles.open(call.viewer, media_id)
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        articles.write_epub(found, call.query.version, _cover(call.services, found.media), file)
        file.seek(0)
        stack.pop_all()
    name = content_disposition(f"{found.media.names.title}.epub")
    return flask.Response(_blocks(file), mimetype=_EPUB, headers={"Content-Disposition": name})


@api.route(
    "POST",
    "/api/articles/<media_id>/refresh",
    access=Access.MANAGE,
    returns=AddedShape,
    status=202,
    summary="Fetch it anew; if its words changed, they become a new snapshot",
)
def refresh_article(call: Call[None, None], media_id: str) -> Json:
    return added_answer(call.services.articles.refresh(call.identity, media_id))


def _cover(services: Services, media: Media) -> bytes | None:
    return services.pictures.original(media.id, "poster").read_bytes() if media.has_poster else None


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK_BYTES):
            yield block
