"""Hands a message to the push service of a browser (RFC 8030). Its address came from the browser: nobody trusts it."""

from media_library.adapters.http import HttpClient, PageMissing, WebPlace
from media_library.adapters.web_push.base64url import decoded
from media_library.adapters.web_push.encryption import seal
from media_library.adapters.web_push.vapid import PushKey
from media_library.errors import InvalidInput, MediaLibraryError

_TIMEOUT_SECONDS = 15.0
_MOST_CHARACTERS = 2048
_DAY_SECONDS = 24 * 3600


class PushGone(MediaLibraryError):
    """This browser takes no messages any more."""

    code = "push_gone"


class WebPush:
    """Sends; safe to use from any thread."""

    def __init__(self, http: HttpClient, key: PushKey, contact: str) -> None:
        """``contact`` is where operators of push services find somebody: https: or mailto:."""
        self._http = http
        self._key = key
        self._contact = contact

    def send(self, endpoint: str, p256dh: str, auth: str, message: bytes, *, urgent: bool = False) -> None:
        """Have one browser told within a day. Raises ``PushGone``, or ``RequestFailed`` like any request."""
        place = require_push_address(endpoint)
        try:
            body = seal(message, decoded(p256dh), decoded(auth))
        except ValueError as error:
            raise PushGone("The key of this browser is none.") from error
        headers = {
            "Authorization": self._key.authorization(f"{place.scheme}://{place.authority}", self._contact),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(_DAY_SECONDS),
            "Urgency": "high" if urgent else "normal",
        }
        try:
            self._http.post(endpoint, body, headers=headers, timeout_seconds=_TIMEOUT_SECONDS)
        except PageMissing as error:
            raise PushGone("This browser takes no messages any more.") from error


def require_push_address(endpoint: str) -> WebPlace:
    """The address of a push service, taken apart; raises ``InvalidInput`` for what can be none."""
    if len(endpoint) > _MOST_CHARACTERS or not endpoint.startswith("https://"):
        raise InvalidInput("The address of a push service begins with https:// and is short.", "endpoint")
    try:
        return WebPlace.of(endpoint)
    except MediaLibraryError as error:
        raise InvalidInput(str(error), "endpoint") from error
