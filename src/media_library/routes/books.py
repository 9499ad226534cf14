"""Books: bringing one, what is known of it, and reading it part by part or page by page."""

import socket
from typing import Annotated, Literal, cast

import flask
import msgspec
from msgspec import Meta
from werkzeug.exceptions import NotFound as NoSuchAddress

from media_library.errors import InvalidInput, NotFound
from media_library.models.book import Book, BookFacts, BookFormat
from media_library.models.media import Media
from media_library.routes.auth import Access
from media_library.routes.documents import Framed, is_framed, sandboxed
from media_library.routes.errors import error_answer
from media_library.routes.helpers import Api, Call, Json, Raw
from media_library.routes.shapes import (
    AddedShape,
    Card,
    MediaId,
    Shape,
    ShortText,
    Year,
    added_answer,
    join_objects,
)
from media_library.services.book_pages import Served
from media_library.services.books import isbn_of
from media_library.services.web_addresses import parse_address

api = Api("books")

_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
_CACHE = "private, max-age=3600, stale-while-revalidate=604800"
_MOST_DIGITS = 6
_STALLED_SECONDS = 60.0


class NewBook(Shape):
    """A book at an address, or the record of one without a file, which needs a title."""

    url: Annotated[str, Meta(max_length=4096)] | None = None
    title: ShortText | None = None
    author: ShortText | None = None
    year: Year | None = None
    isbn: Annotated[str, Meta(max_length=40)] | None = None
    publisher: ShortText | None = None
    series: ShortText | None = None
    series_number: Annotated[float, Meta(ge=0, le=9999)] | None = None


class BookUpload(Shape):
    """The name of the file that is sent, and the book without a file that it belongs to, if there is one."""

    name: Annotated[str, Meta(min_length=1, max_length=1024)]
    media_id: MediaId | None = None


class PageQuery(Shape):
    """How wide at most, in pixels; without it the picture is sent as it is in the file."""

    width: Literal[480, 960, 1440] | None = None


class HeadingShape(Shape):
    """A line of the contents: a part of an EPUB or a page of a PDF, counted from 0, and the id of the place there."""

    title: str
    part: int
    anchor: str | None
    depth: int


class _Edition(Shape):
    format: BookFormat | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    isbn: str | None
    series: str | None
    series_number: float | None
    overview: str | None
    url: str | None
    size_bytes: int
    parts: int
    pages: int
    right_to_left: bool
    contents: tuple[HeadingShape, ...]


class BookItem(Card):
    """A book with what is known of its edition, and how it is read: an EPUB in parts, a PDF and a CBZ in pages."""

    format: BookFormat | None
    authors: tuple[str, ...]
    publisher: str | None
    published: str | None
    isbn: str | None
    series: str | None
    series_number: float | None
    overview: str | None
    url: str | None
    size_bytes: int
    parts: int
    pages: int
    right_to_left: bool
    contents: tuple[HeadingShape, ...]


@api.route(
    "POST",
    "/api/books",
    access=Access.MANAGE,
    body=NewBook,
    returns=AddedShape,
    status=202,
    summary="Fetch a book from an address, or keep the record of one without a file",
)
def add_book(call: Call[NewBook, None]) -> Json:
    books, body = call.services.books, call.body
    if body.url is not None:
        return added_answer(books.add_address(call.identity, parse_address(body.url)))
    if body.isbn and isbn_of(body.isbn) is None:
        raise InvalidInput("This is not an ISBN: its digits do not agree with each other.", "isbn")
    facts = BookFacts(
        title=None if body.title is None else body.title.strip() or None,
        authors=() if body.author is None else tuple(filter(None, [body.author.strip()])),
        published=None if body.year is None else f"{body.year:04d}",
        isbn=isbn_of(body.isbn),
        publisher=body.publisher,
        series=body.series,
        series_number=body.series_number,
    )
    return added_answer(books.add_record(call.identity, facts))


@api.route(
    "POST",
    "/api/books/file",
    access=Access.MANAGE,
    query=BookUpload,
    returns=AddedShape,
    status=202,
    raw=Raw(),
    summary="Send an EPUB, PDF or CBZ file",
)
def add_book_file(call: Call[None, BookUpload]) -> Json | flask.Response:
    books, length = call.services.books, call.request.content_length
    if length is not None and length > books.most_bytes:
        message = f"The file is larger than {books.most_bytes >> 20} MB, which is the limit here."
        return error_answer(413, "too_large", message)
    connection = cast("socket.socket | None", call.request.environ.get("gunicorn.socket"))
    if connection is not None:
        connection.settimeout(_STALLED_SECONDS)  # whoever sends nothing for so long holds no thread for ever
    added = books.receive(call.identity, call.request.stream, length, call.query.name, call.query.media_id)
    return added_answer(added)


@api.route("GET", "/api/books/<media_id>", access=Access.WATCH, returns=BookItem, summary="What is known of a book")
def get_book(call: Call[None, None], media_id: str) -> Json:
    media, book = _book(call, media_id)
    state, structure = call.services.state, book.structure
    names, locked = media.names, media.locked
    by_hand = names.episode is not None and "episode" in locked
    edition = _Edition(
        format=book.format,
        authors=tuple(filter(None, [names.artist])) if "artist" in locked else book.authors,
        publisher=book.publisher,
        published=book.published,
        isbn=book.isbn,
        series=names.show_title,
        series_number=names.episode if by_hand else book.series_number,
        overview=media.overview,
        url=next((key[4:] for key in state.origins_of(media.id) if key.startswith("url:")), None),
        size_bytes=0 if media.file is None else media.file.size_bytes,
        parts=len(structure.parts),
        pages=structure.page_count,
        right_to_left=structure.is_right_to_left,
        contents=tuple(HeadingShape(one.title, one.part, one.anchor, one.depth) for one in structure.contents),
    )
    card = state.card_for(call.viewer, media.id, offline=not call.services.media_root.is_online())
    return Json(join_objects(card, msgspec.json.encode(edition)))


@api.route(
    "GET",
    "/api/books/<media_id>/parts/<number>",
    access=Access.WATCH,
    query=Framed,
    returns="text/html",
    summary="A part of an EPUB, counted from 0, in a sandbox",
)
def book_part(call: Call[None, Framed], media_id: str, number: str) -> flask.Response:
    media, book = _book(call, media_id)
    framed = is_framed(call.request, call.query)
    served = call.services.book_pages.chapter(media, book, _number(number))
    return sandboxed(served.content.decode(), framed=framed)


@api.route(
    "GET",
    "/api/books/<media_id>/files/<path:name>",
    access=Access.WATCH,
    returns="image/*",
    summary="A picture of an EPUB, by its name in the file",
)
def book_picture(call: Call[None, None], media_id: str, name: str) -> flask.Response:
    media, book = _book(call, media_id)
    return _answer(call.request, call.services.book_pages.picture(media, book, name))


@api.route(
    "GET",
    "/api/books/<media_id>/pages/<number>",
    access=Access.WATCH,
    query=PageQuery,
    returns="image/*",
    summary="A page of a comic, counted from 0",
)
def book_page(call: Call[None, PageQuery], media_id: str, number: str) -> flask.Response:
    media, book = _book(call, media_id)
    return _answer(call.request, call.services.book_pages.page(media, book, _number(number), call.query.width))


def _book(call: Call[None, Framed] | Call[None, PageQuery] | Call[None, None], media_id: str) -> tuple[Media, Book]:
    media = call.services.state.media_for(call.viewer, media_id)
    book = call.services.state.book(media.id)
    if book is None:
        raise NotFound("There is no such book in the library.")
    return media, book


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise NoSuchAddress
    return int(text)


def _answer(request: flask.Request, served: Served) -> flask.Response:
    headers = {"ETag": f'"{served.tag}"', "Cache-Control": _CACHE, "Content-Security-Policy": _CONTENT_CSP}
    if request.if_none_match.contains_weak(served.tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(served.content, headers=headers, mimetype=served.content_type)
