"""Errors as answers: one shape for all of them."""

import logging
import secrets

import flask
import msgspec
from werkzeug.exceptions import HTTPException

from media_library.adapters.service_client import ServiceFailed
from media_library.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    MediaLibraryError,
    NotFound,
    StorageError,
    TooLarge,
    TooManyRequests,
    TransientFailure,
    Unauthenticated,
)

log = logging.getLogger(__name__)

_STATUS: dict[type[MediaLibraryError], int] = {
    InvalidInput: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    TooManyRequests: 429,
    ServiceFailed: 502,
    StorageError: 503,
    TransientFailure: 503,
}
_HTTP_CODES = {
    400: ("bad_request", "The request is malformed."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This cannot be done at this address."),
    413: ("too_large", "The request is too large."),
    414: ("too_large", "The address is too long."),
    415: ("unsupported_media_type", "The request must be JSON: set Content-Type to application/json."),
}


def error_answer(status: int, code: str, message: str, field: str | None = None) -> flask.Response:
    """The one shape of an error."""
    error = {"code": code, "message": message}
    if field is not None:
        error["field"] = field
    return flask.Response(msgspec.json.encode({"error": error}), status, mimetype="application/json")


def answer_our_error(error: MediaLibraryError) -> flask.Response:
    """An error of our own: its message is written for the user, unless it is one that a user must not cause."""
    status = next((number for kind, number in _STATUS.items() if isinstance(error, kind)), None)
    if status is None:
        return answer_any_error(error)
    response = error_answer(status, error.code, str(error), getattr(error, "field", None))
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def answer_http_error(error: HTTPException) -> flask.Response:
    """An error that Flask found: no such address, a method that is not allowed, a body that is too large."""
    status = error.code or 500
    if status < 400:
        return flask.Response(error.get_body(), status, error.get_headers())
    code, message = _HTTP_CODES.get(status, ("error", "The request could not be answered."))
    response = error_answer(status, code, message)
    if status == 405 and (allowed := getattr(error, "valid_methods", None)):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def answer_any_error(error: Exception) -> flask.Response:
    """The last resort: the log gets everything, the asker a number by which it is found there."""
    number = secrets.token_hex(4)
    log.error("Request failed, error %s", number, exc_info=error)
    return error_answer(500, "internal", f"Something went wrong. The log of the server tells more: error {number}.")
