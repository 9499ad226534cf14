"""Makes requests: with a time-out, a limit of size and our own name, to http and https addresses only."""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from media_library.constants import PROGRAM, VERSION
from media_library.errors import MediaLibraryError, NotFound

_CHUNK = 65_536


class RequestFailed(MediaLibraryError):
    """A service did not answer, or not as it should."""

    code = "request_failed"


def get(url: str, *, timeout_seconds: float, max_bytes: int, headers: Mapping[str, str] | None = None) -> bytes:
    """The body of the answer to a GET request.

    ``timeout_seconds`` is for all of it. Raises ``NotFound`` for 404 and ``RequestFailed`` for everything else.
    """
    if not url.startswith(("http://", "https://")):
        raise RequestFailed(f"{url} is not a web address.")
    deadline = time.monotonic() + timeout_seconds
    named = {"User-Agent": f"{PROGRAM.replace(' ', '')}/{VERSION} ( home media appliance )", **(headers or {})}
    request = urllib.request.Request(url, headers=named)  # noqa: S310  # the scheme was looked at above
    body = bytearray()
    try:
        with _OPENER.open(request, timeout=timeout_seconds) as answer:
            while chunk := answer.read1(_CHUNK):
                body += chunk
                if len(body) > max_bytes:
                    raise RequestFailed(f"{url} answered with more than {max_bytes} bytes.")
                if time.monotonic() > deadline:
                    raise RequestFailed(f"{url} did not answer within {timeout_seconds:g} s.")
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.client.NOT_FOUND:
            raise NotFound(f"{url} does not exist.") from error
        raise RequestFailed(f"{url} answered with status {error.code}.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise RequestFailed(f"{url} cannot be reached: {error}.") from error
    return bytes(body)


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses only; the standard one would follow them to FTP."""

    def redirect_request(  # type: ignore[no-untyped-def]  # the types of the standard library leave them open
        self, req: urllib.request.Request, fp, code: int, msg: str, headers, newurl: str
    ) -> urllib.request.Request | None:
        if not newurl.startswith(("http://", "https://")):
            raise urllib.error.HTTPError(req.full_url, code, "redirect to another protocol", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_WebOnly)
