"""Sends a file, whole or a range of it.

The file is handed to the server as an open descriptor at the right place, which sends it without copying it through the
program (``sendfile``), from any offset. Flask's own ``send_file`` reads everything before the range first.
"""

import io
import re
import socket
from collections.abc import Iterator, Mapping
from email.utils import formatdate, parsedate_to_datetime
from typing import cast

import flask

from media_library.routes.errors import error_answer
from media_library.services.media_files import OpenMedia

STALLED_SECONDS = 60.0
"""A reader that takes nothing for so long is given up, so that it holds no thread for ever."""

_RANGE = re.compile(r"bytes=([0-9]{0,30})-([0-9]{0,30})")
_BLOCK_BYTES = 1 << 20


def bytes_answer(request: flask.Request, opened: OpenMedia, also: Mapping[str, str]) -> flask.Response:
    """The answer to a request for an open file, which is closed with it; ``also`` are further headers."""
    tag, modified = f'"{opened.tag}"', formatdate(int(opened.modified_at), usegmt=True)
    headers = {"Accept-Ranges": "bytes", "ETag": tag, "Last-Modified": modified, **also}
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
