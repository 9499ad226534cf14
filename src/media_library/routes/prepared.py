"""Versions of films to be taken along on a device."""

import flask

from media_library.models.prepared import Prepared, PreparedQuality, PreparedState
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.ranges import bytes_answer
from media_library.routes.shapes import Shape

api = Api("prepared")

_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"


class NewPrepared(Shape):
    """How high the picture is at most."""

    quality: PreparedQuality


class PreparedVersion(Shape):
    """How far the version is, in percent; ``reason`` says why it failed, ``url`` is there once it is ready."""

    state: PreparedState
    percent: float
    size_bytes: int
    reason: str | None
    url: str | None


@api.route(
    "POST",
    "/api/media/<media_id>/prepare",
    access=Access.WATCH,
    body=NewPrepared,
    returns=PreparedVersion,
    summary="Have a version made to be taken along, or ask how far it is",
)
def prepare(call: Call[NewPrepared, None], media_id: str) -> PreparedVersion:
    return _shape(call.services.prepared.ask(call.viewer, media_id, call.body.quality))


@api.route(
    "GET",
    "/api/prepared/<media_id>/<quality>",
    access=Access.WATCH,
    returns="video/mp4",
    summary="The bytes of a version that is ready",
)
def prepared_file(call: Call[None, None], media_id: str, quality: str) -> flask.Response:
    if quality not in set(PreparedQuality):
        flask.abort(404)
    opened = call.services.prepared.open(call.viewer, media_id, PreparedQuality(quality))
    headers = {"Content-Type": "video/mp4", "Content-Security-Policy": _CONTENT_CSP}
    return bytes_answer(call.request, opened, headers)


def _shape(version: Prepared) -> PreparedVersion:
    is_ready = version.state is PreparedState.READY
    url = f"/api/prepared/{version.media_id}/{version.quality}" if is_ready else None
    return PreparedVersion(version.state, version.percent, version.size_bytes, version.reason, url)
