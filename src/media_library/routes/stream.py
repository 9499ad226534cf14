"""Bytes: streaming and downloading with ranges, posters and stills.

The file is handed to the server as an open descriptor at the right place, which sends it without copying it through the
program (``sendfile``), from any offset. Flask's own ``send_file`` reads everything before the range first.
"""

import io
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate, parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, cast

import flask
from msgspec import UNSET, Meta, UnsetType

from media_library.constants import MIME_TYPES
from media_library.errors import NotFound
from media_library.models.artwork import ArtworkKind
from media_library.models.library_file import PLAYABLE
from media_library.models.media import Media, MediaFile
from media_library.routes.auth import Access
from media_library.routes.documents import content_disposition
from media_library.routes.errors import error_answer
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape
from media_library.services.media_files import OpenMedia, open_media

api = Api("stream")

STALLED_SECONDS = 60.0
"""A reader that takes nothing for so long is given up, so that it holds no thread for ever."""

_RANGE = re.compile(r"bytes=([0-9]{0,30})-([0-9]{0,30})")
_BLOCK_BYTES = 1 << 20
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
    tag, modified = f'"{opened.tag}"', formatdate(int(opened.modified_at), usegmt=True)
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": tag,
        "Last-Modified": modified,
        "Content-Type": MIME_TYPES.get(name.suffix.lower(), _OTHER),
        "Content-Security-Policy": _CONTENT_CSP,
    }
    if as_download:
        headers["Content-Disposition"] = content_disposition(name.name)
    request = call.request
    if is_unchanged(request, opened):
        opened.file.close()
        return flask.Response(status=304, headers=headers)
    wanted = None
    if request.method == "GET" and _range_applies(request, tag, modified):
        wanted = parse_range(request.headers.get("Range"), opened.size_bytes)
        if wanted is not None and wanted[0] >= wanted[1]:
            opened.file.close()
            answer = error_answer(416, "range_not_satisfiable", "The file has no such part.")
            answer.headers["Content-Range"] = f"bytes */{opened.size_bytes}"
            answer.headers["Accept-Ranges"] = "bytes"
            return answer
    start, end = wanted or (0, opened.size_bytes)
    headers["Content-Length"] = str(end - start)
    if wanted is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{opened.size_bytes}"
    return _file_answer(request, opened.file, start, end - start, 206 if wanted else 200, headers)


def _with_file(call: Call[None, Any], media: Media, file_id: str) -> Media:
    """The item with another of its files in the place of its main one; raises ``NotFound``."""
    files = call.services.state.files_of_media(media.id)
    file = next((file for file in files if file.id == file_id and file.role in PLAYABLE), None)
    if file is None:
        raise NotFound("This item has no such file.")
    facts = (file.path, file.size_bytes, file.mtime_ns, file.inode, file.container, file.duration_ms)
    return replace(media, file=MediaFile(*facts))


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """The asked part as [start, end); empty (start == end) if the file has none of it; ``None`` for the whole file.

    RFC 9110, section 14: only one range of bytes is served. Other units, several ranges and what is malformed are
    ignored, which means the whole file; a range that begins behind the end is answered with 416.
    """
    match = _RANGE.fullmatch(header or "")
    if match is None or match[1] == match[2] == "":
        return None
    if match[1] == "":
        length = min(int(match[2]), size)
        return (size - length, size)
    start = int(match[1])
    if match[2] and int(match[2]) < start:
        return None
    if start >= size:
        return (size, size)
    return (start, min(int(match[2]) + 1, size) if match[2] else size)


def is_unchanged(request: flask.Request, opened: OpenMedia) -> bool:
    """Whether the asker already has these bytes (RFC 9110, section 13.2.2)."""
    if request.if_none_match:
        return request.if_none_match.contains_weak(opened.tag)
    since = request.if_modified_since
    return since is not None and "Range" not in request.headers and int(opened.modified_at) <= since.timestamp()


def _range_applies(request: flask.Request, tag: str, modified: str) -> bool:
    """Whether If-Range, if there is one, still names these bytes; a weak tag never does."""
    condition = request.headers.get("If-Range")
    if condition is None or condition == tag:
        return True
    try:
        return parsedate_to_datetime(condition) == parsedate_to_datetime(modified)
    except (TypeError, ValueError):
        return False


def _file_answer(
    request: flask.Request, file: io.FileIO, start: int, length: int, status: int, headers: dict[str, str]
) -> flask.Response:
    """The file from ``start`` on; the server stops after ``length`` bytes, as Content-Length says."""
    if request.method == "HEAD":
        file.close()
        return flask.Response(status=status, headers=headers)
    file.seek(start)
    connection = cast("socket.socket | None", request.environ.get("gunicorn.socket"))
    wrap = request.environ.get("wsgi.file_wrapper")
    if connection is None or wrap is None:
        return flask.Response(_blocks(file, length), status, headers, direct_passthrough=True)
    connection.settimeout(STALLED_SECONDS)
    return flask.Response(wrap(file, _BLOCK_BYTES), status, headers, direct_passthrough=True)


def _blocks(file: io.FileIO, length: int) -> Iterator[bytes]:
    """For a server that cannot send files itself."""
    with file:
        while length > 0 and (block := file.read(min(length, _BLOCK_BYTES))):
            length -= len(block)
            yield block


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
