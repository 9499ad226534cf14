"""Sending files in parts, by the tus protocol 1.0 (https://tus.io/protocols/resumable-upload), and what became of them.

Core with the extensions creation, creation-with-upload, expiration, checksum and termination.
"""

import logging
import socket
from collections.abc import Callable
from email.utils import formatdate
from typing import cast

import flask
from werkzeug.exceptions import BadRequest

from media_library.errors import InvalidInput, MediaLibraryError, TooLarge
from media_library.models.library import LibraryKind
from media_library.models.upload import NewUpload, Upload, UploadState
from media_library.routes.auth import Access
from media_library.routes.errors import answer_our_error, error_answer
from media_library.routes.helpers import Api, Call, Raw
from media_library.routes.shapes import Shape
from media_library.services.uploads import (
    ALGORITHMS,
    CHUNK_BYTES,
    Connection,
    Part,
    Refusal,
    UploadRefused,
    read_checksum,
    read_description,
    read_number,
)

log = logging.getLogger(__name__)

api = Api("uploads")

_TUS = "1.0.0"
_EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination"
_STALLED_SECONDS = 60.0
_RETRY_SECONDS = 60
_PART = Raw("application/offset+octet-stream", CHUNK_BYTES)
_STATUS = {
    Refusal.EXPIRED: 410,
    Refusal.LOCKED: 423,
    Refusal.MISPLACED: 409,
    Refusal.TOO_LARGE: 413,
    Refusal.WRONG_CHECKSUM: 460,
    Refusal.NO_ROOM: 507,
    Refusal.TOO_MANY: 429,
}


class UploadShape(Shape):
    """A file on its way: ``offset`` bytes of it are here. ``reason`` says why it waits, or why it was refused."""

    id: str
    name: str
    folder: str
    size_bytes: int
    offset: int
    state: UploadState
    reason: str | None
    media_id: str | None
    job_id: str | None
    created_at: int


class UploadLimits(Shape):
    """What the person may send now: a file, a request, what the disk and the person's quota still take."""

    max_bytes: int
    chunk_bytes: int
    free_bytes: int
    quota_left_bytes: int


class OpenLibrary(Shape):
    """A library into which the person may send files now; the usual one of its kind gets what names none."""

    id: str
    name: str
    kind: LibraryKind
    is_primary: bool


class UploadList(Shape):
    """The person's uploads, what is under way first, and where more may go."""

    uploads: tuple[UploadShape, ...]
    limits: UploadLimits
    libraries: tuple[OpenLibrary, ...]


@api.route("OPTIONS", "/api/upload", access=Access.MANAGE, status=204, summary="What of tus is understood (headers)")
def upload_options(call: Call[None, None]) -> flask.Response:
    return flask.Response(
        status=204,
        headers={
            "Tus-Resumable": _TUS,
            "Tus-Version": _TUS,
            "Tus-Extension": _EXTENSIONS,
            "Tus-Max-Size": str(call.services.uploads.most_bytes),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        },
    )


@api.route(
    "POST",
    "/api/upload",
    access=Access.MANAGE,
    status=201,
    raw=Raw(_PART.content_type, CHUNK_BYTES, may_be_empty=True),
    summary="Begin an upload (tus); its first part may come along",
)
def begin_upload(call: Call[None, None]) -> flask.Response:
    def answer() -> flask.Response:
        uploads, request = call.services.uploads, call.request
        new = _new_upload(call)
        if (request.content_length or 0) > new.size_bytes:
            raise TooLarge("More is sent than the file is said to have.")
        upload = uploads.begin(call.identity, new)
        headers = {"Location": f"/api/upload/{upload.id}"}
        if request.mimetype == _PART.content_type:
            try:
                upload = uploads.receive(call.identity, upload.id, _part(request, 0))
            except (InvalidInput, UploadRefused) as error:
                log.info("The first part of upload %s did not arrive: %s", upload.id, error)
                upload = uploads.look(call.identity, upload.id)  # it goes on from what is here
            headers["Upload-Offset"] = str(upload.received_bytes)
        return flask.Response(status=201, headers={**headers, **_expiry(upload)})

    return _by_protocol(call.request, answer)


@api.route(
    "HEAD", "/api/upload/<upload_id>", access=Access.MANAGE, status=200, summary="How much of an upload is here (tus)"
)
def look_at_upload(call: Call[None, None], upload_id: str) -> flask.Response:
    def answer() -> flask.Response:
        upload = call.services.uploads.look(call.identity, upload_id)
        headers = {"Upload-Length": str(upload.size_bytes), "Cache-Control": "no-store", **_offset(upload)}
        return flask.Response(status=200, headers=headers)

    return _by_protocol(call.request, answer)


@api.route(
    "PATCH",
    "/api/upload/<upload_id>",
    access=Access.MANAGE,
    status=204,
    raw=_PART,
    summary="Send the next part of an upload (tus)",
)
def receive_part(call: Call[None, None], upload_id: str) -> flask.Response:
    def answer() -> flask.Response:
        offset = _number(call.request, "Upload-Offset")
        upload = call.services.uploads.receive(call.identity, upload_id, _part(call.request, offset))
        return flask.Response(status=204, headers=_offset(upload))

    return _by_protocol(call.request, answer)


@api.route(
    "DELETE",
    "/api/upload/<upload_id>",
    access=Access.MANAGE,
    status=204,
    summary="Give an upload up, or forget it (tus)",
)
def give_up_upload(call: Call[None, None], upload_id: str) -> flask.Response:
    def answer() -> flask.Response:
        call.services.uploads.give_up(call.identity, upload_id)
        return flask.Response(status=204)

    return _by_protocol(call.request, answer)


@api.route(
    "GET", "/api/uploads", access=Access.MANAGE, returns=UploadList, summary="One's uploads, and what may be sent"
)
def list_uploads(call: Call[None, None]) -> UploadList:
    limits = call.services.uploads.limits(call.identity)
    libraries = call.services.uploads.destinations.open_to(call.viewer)
    return UploadList(
        tuple(_shape(upload) for upload in call.services.uploads.list(call.identity)),
        UploadLimits(limits.max_bytes, limits.chunk_bytes, limits.free_bytes, limits.quota_left_bytes),
        tuple(OpenLibrary(one.id, one.name, one.kind, one.is_primary) for one in libraries),
    )


@api.route(
    "DELETE",
    "/api/uploads/done",
    access=Access.MANAGE,
    status=204,
    summary="Forget one's uploads that are in the library",
)
def forget_done_uploads(call: Call[None, None]) -> None:
    call.services.uploads.forget_done(call.identity)


def _by_protocol(request: flask.Request, answer: Callable[[], flask.Response]) -> flask.Response:
    """An answer as tus has it: its version on every one, and its own statuses for what goes wrong."""
    version = request.headers.get("Tus-Resumable")
    if version != _TUS:
        response = error_answer(412, "precondition_failed", f"This needs the header Tus-Resumable: {_TUS}.")
        response.headers["Tus-Version"] = _TUS
    else:
        try:
            response = answer()
        except UploadRefused as error:
            response = error_answer(_STATUS[error.refusal], str(error.refusal), str(error))
            if error.offset is not None:
                response.headers["Upload-Offset"] = str(error.offset)
            if error.refusal is Refusal.TOO_MANY:
                response.headers["Retry-After"] = str(_RETRY_SECONDS)
        except MediaLibraryError as error:
            response = answer_our_error(error)
    response.headers["Tus-Resumable"] = _TUS
    return response


def _new_upload(call: Call[None, None]) -> NewUpload:
    headers = call.request.headers
    return read_description(
        call.identity.user.id, _number(call.request, "Upload-Length"), headers.get("Upload-Metadata", "")
    )


def _number(request: flask.Request, name: str) -> int:
    return read_number(name, request.headers.get(name, ""))


def _part(request: flask.Request, offset: int) -> Part:
    connection = cast("socket.socket | None", request.environ.get("gunicorn.socket"))
    if connection is not None:
        connection.settimeout(_STALLED_SECONDS)  # whoever sends nothing for so long holds no thread for ever
    checksum = read_checksum(request.headers.get("Upload-Checksum"))
    return Part(offset, _Stream(request), request.content_length, checksum, cast("Connection | None", connection))


def _offset(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.received_bytes), **_expiry(upload)}


def _expiry(upload: Upload) -> dict[str, str]:
    if upload.state is not UploadState.RECEIVING:
        return {}
    return {"Upload-Expires": formatdate(upload.expires_at / 1000, usegmt=True)}


def _shape(upload: Upload) -> UploadShape:
    return UploadShape(
        upload.id,
        upload.name,
        upload.folder,
        upload.size_bytes,
        upload.received_bytes,
        upload.state,
        upload.reason,
        upload.media_id,
        upload.job_id,
        upload.created_at,
    )


class _Stream:
    """The body of a request, in which a connection that broke is an error of the connection."""

    def __init__(self, request: flask.Request) -> None:
        self._stream = request.stream

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        try:
            return self._stream.read(size)
        except BadRequest as error:  # the server library takes a body that is too short for a bad request
            raise ConnectionError("The connection broke.") from error
