"""Bytes: streaming and downloading with ranges, posters and stills."""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

import flask
from msgspec import UNSET, Meta, UnsetType

from media_library.constants import MIME_TYPES
from media_library.errors import NotFound
from media_library.models.artwork import ArtworkKind
from media_library.models.library_file import PLAYABLE
from media_library.models.media import Media, MediaFile
from media_library.routes.auth import Access
from media_library.routes.documents import content_disposition
from media_library.routes.helpers import Api, Call
from media_library.routes.ranges import bytes_answer
from media_library.routes.shapes import Shape
from media_library.services.media_files import open_media

api = Api("stream")

_OTHER = "application/octet-stream"
_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
_PICTURE_CACHE = "private, max-age=86400, stale-while-revalidate=604800"


class PosterQuery(Shape):
    """Which picture, and how wide at most, in pixels."""

    kind: ArtworkKind = ArtworkKind.POSTER
    w: Literal[342, 780, 1280, 1920, 3840] = 342


class StillQuery(Shape):
    """How wide at most, in pixels."""

    w: Literal[342, 780, 1280] = 780


Id = Annotated[str, Meta(pattern="^[0-9a-f]{32}(?![\\s\\S])")]


class FileQuery(Shape):
    """Which file of the item, if not its main one: the id of a version or a part."""

    file: Id | UnsetType = UNSET


@api.route(
    "GET",
    "/api/stream/<media_id>",
    access=Access.WATCH,
    query=FileQuery,
    returns="video/*, audio/*",
    summary="The bytes to play",
)
def stream(call: Call[None, FileQuery], media_id: str) -> flask.Response:
    return _bytes(call, media_id, call.query.file, as_download=False)


@api.route(
    "GET",
    "/api/download/<media_id>",
    access=Access.WATCH,
    query=FileQuery,
    returns="video/*, audio/*",
    summary="The file to keep",
)
def download(call: Call[None, FileQuery], media_id: str) -> flask.Response:
    return _bytes(call, media_id, call.query.file, as_download=True)


@api.route(
    "GET",
    "/api/poster/<media_id>",
    access=Access.WATCH,
    query=PosterQuery,
    returns="image/webp",
    summary="The poster or cover, or another picture of an item",
)
def poster(call: Call[None, PosterQuery], media_id: str) -> flask.Response:
    media = call.services.state.media_for(call.viewer, media_id)
    kind = call.query.kind
    there = {
        ArtworkKind.POSTER: media.has_poster,
        ArtworkKind.STILL: media.has_still,
        ArtworkKind.BACKDROP: media.has_backdrop,
    }
    return _picture(call, media, kind, call.query.w, there=there[kind])


@api.route(
    "GET",
    "/api/still/<media_id>",
    access=Access.WATCH,
    query=StillQuery,
    returns="image/webp",
    summary="A picture out of the film",
)
def still(call: Call[None, StillQuery], media_id: str) -> flask.Response:
    media = call.services.state.media_for(call.viewer, media_id)
    return _picture(call, media, "still", call.query.w, there=media.has_still)


@api.route(
    "GET",
    "/api/books/<media_id>/file",
    access=Access.WATCH,
    returns="application/pdf, application/epub+zip",
    summary="The file of a book, for readers that read it themselves",
)
def book_file(call: Call[None, None], media_id: str) -> flask.Response:
    return _bytes(call, media_id, UNSET, as_download=False)


def _bytes(call: Call[None, Any], media_id: str, file_id: str | UnsetType, *, as_download: bool) -> flask.Response:
    media = call.services.state.media_for(call.viewer, media_id)
    if not isinstance(file_id, UnsetType):
        media = _with_file(call, media, file_id)
    opened = open_media(call.services.media_root, media)
    name = PurePosixPath("" if media.file is None else media.file.path)
    headers = {
        "Content-Type": MIME_TYPES.get(name.suffix.lower(), _OTHER),
        "Content-Security-Policy": _CONTENT_CSP,
    }
    if as_download:
        headers["Content-Disposition"] = content_disposition(name.name)
    return bytes_answer(call.request, opened, headers)


def _with_file(call: Call[None, Any], media: Media, file_id: str) -> Media:
    """The item with another of its files in the place of its main one; raises ``NotFound``."""
    files = call.services.state.files_of_media(media.id)
    file = next((file for file in files if file.id == file_id and file.role in PLAYABLE), None)
    if file is None:
        raise NotFound("This item has no such file.")
    facts = (file.path, file.size_bytes, file.mtime_ns, file.inode, file.container, file.duration_ms)
    return replace(media, file=MediaFile(*facts))


def _picture(call: Call[None, Any], media: Media, kind: str, width: int, *, there: bool) -> flask.Response:
    if not there:
        raise NotFound("There is no such picture.")
    file = call.services.pictures.sized(media.id, kind, width)
    facts = file.stat()
    tag = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": _PICTURE_CACHE, "Content-Security-Policy": _CONTENT_CSP}
    if call.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(file.read_bytes(), headers=headers, mimetype="image/webp")
