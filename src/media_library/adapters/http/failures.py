"""What can come of a request besides an answer."""

import email.utils
from collections.abc import Mapping
from datetime import UTC, datetime

from media_library.errors import MediaLibraryError, NotFound

_LONGEST_PAUSE_SECONDS = 7 * 24 * 3600.0
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 529, 530})


class RequestFailed(MediaLibraryError):
    """A host did not answer, or not as it should.

    ``status`` is that of its answer, if there was one; ``retry_after_seconds`` is what it asked for (at most a week);
    ``is_transient`` says whether the same request may succeed later.
    """

    code = "request_failed"

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after_seconds: float | None = None,
        is_transient: bool = False,
    ) -> None:
        super().__init__(message)
        self._status = status
        self.retry_after_seconds = retry_after_seconds
        self.is_transient = is_transient

    @property
    def status(self) -> int | None:
        """The status that the host answered with."""
        return self._status


class RequestRefused(RequestFailed):
    """We do not make this request: it is no web address, or it leads where nothing may be fetched."""

    code = "request_refused"


class PageMissing(NotFound):
    """There is nothing at this address (404), or never will be again (410, ``gone``)."""

    def __init__(self, message: str, *, gone: bool) -> None:
        super().__init__(message)
        self.gone = gone


def failure_of(host: str, status: int, headers: Mapping[str, str]) -> RequestFailed | PageMissing:
    """The error that an answer with this status is."""
    if status in (404, 410):
        return PageMissing(
            f"{host} has nothing at this address (status {status}). Check the address.", gone=status == 410
        )
    advice = {
        401: "It asks for a name and a password.",
        403: "It does not let us in.",
        429: "It asks us to come less often.",
    }.get(status, "Try again later." if status >= 500 else "Check the address.")
    return RequestFailed(
        f"{host} answered with status {status}. {advice}",
        status=status,
        retry_after_seconds=retry_after(headers.get("retry-after", "")),
        is_transient=status in _TRANSIENT,
    )


def retry_after(value: str) -> float | None:
    """The seconds that a Retry-After header asks for, as a number or as a date (RFC 9110, 10.2.3)."""
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:9]), _LONGEST_PAUSE_SECONDS)
    try:
        until = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    seconds = (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp()
    return min(max(0.0, seconds), _LONGEST_PAUSE_SECONDS)
