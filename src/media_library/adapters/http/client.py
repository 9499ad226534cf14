"""Requests, whole or as a stream; redirects of a GET are followed by us, each judged like the first address."""

import base64
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property

import certifi
import httpcore

from media_library.adapters.egress import Egress, EgressRefused
from media_library.adapters.http.address import WebPlace
from media_library.adapters.http.body import Garbled, content
from media_library.adapters.http.failures import PageMissing, RequestFailed, RequestRefused, failure_of
from media_library.adapters.http.wire import Budget, GuardedNetwork, TooManyBytes
from media_library.constants import PROGRAM, VERSION

_AGENT = f"{PROGRAM.replace(' ', '')}/{VERSION} ( home media appliance )"
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_HEAD_BYTES = 262_144
_NOT_SATISFIABLE = 416
_NOT_MODIFIED = 304
_LEAST_BYTES = 1024

_OURS = frozenset({"host", "connection", "user-agent", "accept-encoding", "content-length", "transfer-encoding"})
_FOR_EVERYBODY = frozenset(
    {"accept", "accept-language", "if-none-match", "if-modified-since", "if-range", "range", "icy-metadata"}
)
_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer with a status of 2xx, or 304 to a conditional request.

    ``url`` is where it came from in the end; ``permanent_url`` is the new address if permanent redirects led away from
    the one that was asked for; names of ``headers`` are in lower case; ``body`` is decompressed.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    permanent_url: str | None


class Stream:
    """An answer whose body is still to come: status 2xx, 304 to a conditional request, or 416 to a range."""

    def __init__(self, place: WebPlace, response: httpcore.Response, seconds: float) -> None:
        self.url = place.url
        self.headers = _headers(response)
        self._host = place.host
        self._response = response
        self._seconds = seconds

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self._response.status

    def chunks(self, max_bytes: int) -> Iterator[bytes]:
        """The body as it comes, at most ``max_bytes``. Raises ``RequestFailed``; what came before is good.

        A body that trickles, less than 1 kB in the time-out, counts as one that stopped.
        """
        encoding = self.headers.get("content-encoding", "")
        if self.status == 206 and encoding.strip().lower() not in ("", "identity"):
            raise RequestFailed(f"{self._host} compresses parts of a file. It cannot be continued; start anew.")
        pieces = content(self._steady(), encoding, max_bytes)
        while True:
            with _explained(self._host, self._seconds, max_bytes):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    def _steady(self) -> Iterator[bytes]:
        window_ends, came = time.monotonic() + self._seconds, 0
        for piece in self._response.iter_stream():
            came += len(piece)
            yield piece
            if came >= _LEAST_BYTES:
                window_ends, came = time.monotonic() + self._seconds, 0
            elif time.monotonic() > window_ends:
                raise TimeoutError("timed out")


class HttpClient:
    """Makes requests; safe to use from any thread. It keeps no cookies and no connections."""

    def __init__(self, egress: Egress) -> None:
        self._egress = egress

    def get(
        self,
        url: str,
        *,
        timeout_seconds: float,
        max_bytes: int,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        while_waiting: Callable[[], None] = lambda: None,
    ) -> Answer:
        """The answer to a GET request, read to its end.

        ``timeout_seconds`` is for all of it, with the redirects; ``max_bytes`` is for what comes over the wire and for
        what it decompresses to. ``auth`` is a name and a password; they, and headers that say who we are, never reach
        another origin. ``while_waiting`` is called at least twice a second, and raises to break off. Raises
        ``RequestRefused``, ``PageMissing`` (a ``NotFound``) or ``RequestFailed``.
        """
        budget = Budget(time.monotonic() + timeout_seconds, max_bytes + _HEAD_BYTES, while_waiting)
        with ExitStack() as stack:
            asked = _Request(url, headers or {}, auth, "gzip, deflate", timeout_seconds)
            place, response, permanent = self._follow(stack, asked, budget)
            answered = _headers(response)
            with _explained(place.host, timeout_seconds, max_bytes):
                if int(_digits(answered.get("content-length", "")) or 0) > max_bytes:
                    raise TooManyBytes
                encoding = answered.get("content-encoding", "")
                body = b"".join(content(response.iter_stream(), encoding, max_bytes))
        return Answer(place.url, response.status, answered, body, permanent)

    def post(self, url: str, body: bytes, *, headers: Mapping[str, str], timeout_seconds: float) -> int:
        """Hand ``body`` to a host; returns its status, 2xx. Nothing is followed, and nobody reads what it says.

        Raises like ``get``; a redirect is a ``RequestFailed``.
        """
        budget = Budget(time.monotonic() + timeout_seconds, _HEAD_BYTES, lambda: None)
        asked, place = _Request(url, headers, None, "identity", timeout_seconds), WebPlace.of(url)
        sent = {**asked.sent_to(place, is_home=True), "Content-Length": str(len(body))}
        with ExitStack() as stack, _explained(place.host, timeout_seconds, _HEAD_BYTES):
            response = self._ask(stack, place, sent, timeout_seconds, budget, body)
            _require_answer(place.host, response.status, _headers(response), asked)
            return response.status

    @contextmanager
    def stream(
        self,
        url: str,
        *,
        timeout_seconds: float,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        while_waiting: Callable[[], None] = lambda: None,
    ) -> Iterator[Stream]:
        """The answer to a GET request, to be read while it comes; ``timeout_seconds`` is for its head, then each read.

        Raises like ``get``. Nothing is compressed unless the host insists.
        """
        budget = Budget(time.monotonic() + timeout_seconds, _HEAD_BYTES, while_waiting)
        with ExitStack() as stack:
            asked = _Request(url, headers or {}, auth, "identity", timeout_seconds)
            place, response, _ = self._follow(stack, asked, budget)
            budget.deadline = budget.bytes_left = None
            yield Stream(place, response, timeout_seconds)

    def _follow(
        self, stack: ExitStack, asked: "_Request", budget: Budget
    ) -> tuple[WebPlace, httpcore.Response, str | None]:
        """The last place, its open answer (closed with ``stack``), and where permanent redirects led."""
        place = first = WebPlace.of(asked.url)
        is_home, is_permanent, permanent = True, True, None
        for _ in range(_MOST_REDIRECTS + 1):
            with ExitStack() as hop:
                with _explained(place.host, asked.seconds, _HEAD_BYTES):
                    response = self._ask(hop, place, asked.sent_to(place, is_home=is_home), asked.seconds, budget)
                answered = _headers(response)
                if response.status not in _REDIRECTS or "location" not in answered:
                    _require_answer(place.host, response.status, answered, asked)
                    stack.push(hop.pop_all())
                    return place, response, permanent
                is_permanent = is_permanent and response.status in _PERMANENT
                place = place.towards(answered["location"])
            # who was led away once stays a stranger, even if somebody leads back
            is_home = is_home and place.origin == first.origin
            permanent = place.url if is_permanent else permanent
        raise RequestFailed(f"{first.host} redirects more than {_MOST_REDIRECTS} times. Check the address.")

    def _ask(
        self,
        hop: ExitStack,
        place: WebPlace,
        headers: Mapping[str, str],
        seconds: float,
        budget: Budget,
        body: bytes | None = None,
    ) -> httpcore.Response:
        connection = hop.enter_context(
            httpcore.HTTPConnection(
                httpcore.Origin(place.scheme.encode(), place.host.encode(), place.port),
                ssl_context=self._trust if place.scheme == "https" else None,
                network_backend=GuardedNetwork(self._egress, budget),
            )
        )
        url = httpcore.URL(
            scheme=place.scheme.encode(), host=place.host.encode(), port=place.port, target=place.target.encode()
        )
        limits = {"timeout": {"connect": seconds, "read": seconds, "write": seconds}}
        method = "GET" if body is None else "POST"
        fields = list(headers.items())
        return hop.enter_context(connection.stream(method, url, headers=fields, content=body, extensions=limits))

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """Whom the system trusts, and whom browsers trust."""
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context


@dataclass(frozen=True, slots=True)
class _Request:
    url: str
    headers: Mapping[str, str]
    auth: tuple[str, str] | None
    encodings: str
    seconds: float

    @property
    def is_conditional(self) -> bool:
        return any(name.lower() in _CONDITIONS for name in self.headers)

    @property
    def is_partial(self) -> bool:
        return any(name.lower() == "range" for name in self.headers)

    def sent_to(self, place: WebPlace, *, is_home: bool) -> dict[str, str]:
        """The headers for a place; ``is_home`` if it is of the origin that was asked for."""
        sent = {
            "Host": place.authority,
            "User-Agent": _AGENT,
            "Accept": "*/*",
            "Accept-Encoding": self.encodings,
            "Connection": "close",
        }
        for name, value in self.headers.items():
            if name.lower() not in _OURS and (is_home or name.lower() in _FOR_EVERYBODY):
                sent[name.title()] = value
        if self.auth is not None and is_home:
            sent["Authorization"] = f"Basic {base64.b64encode(':'.join(self.auth).encode()).decode()}"
        return sent


def _require_answer(host: str, status: int, headers: Mapping[str, str], asked: _Request) -> None:
    """Let through what the caller can use: 2xx, and what it asked for with its headers."""
    if 200 <= status < 300 or (status == _NOT_MODIFIED and asked.is_conditional):
        return
    if status == _NOT_SATISFIABLE and asked.is_partial:
        return
    raise failure_of(host, status, headers)


@contextmanager
def _explained(host: str, seconds: float, max_bytes: int) -> Iterator[None]:
    """Turn what can go wrong underneath into one sentence for people."""
    try:
        yield
    except (RequestFailed, PageMissing):
        raise
    except EgressRefused as error:
        if error.is_transient:  # nobody knows the name now: the same words, but it is no refusal
            raise RequestFailed(str(error), is_transient=True) from error
        raise RequestRefused(str(error)) from error
    except TooManyBytes as error:
        raise RequestFailed(f"{host} answered with more than {max_bytes} bytes.") from error
    except Garbled as error:
        raise RequestFailed(f"The answer of {host} cannot be read: {error}.") from error
    except ssl.SSLCertVerificationError as error:
        raise RequestFailed(
            f"{host} does not prove who it is: {error.verify_message}. Check the address and the clock of this machine."
        ) from error
    except TimeoutError as error:
        raise RequestFailed(f"{host} did not answer within {seconds:g} s.", is_transient=True) from error
    except httpcore.ProtocolError as error:
        raise RequestFailed(f"{host} does not speak HTTP as it should: {error}.", is_transient=True) from error
    except (OSError, httpcore.NetworkError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        raise RequestFailed(f"{host} cannot be reached: {reason}.", is_transient=True) from error


def _headers(response: httpcore.Response) -> dict[str, str]:
    """The headers by their names in lower case; those of one name are joined."""
    named: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        named[name] = f"{named[name]}, {value}" if name in named else value
    return named


def _digits(text: str) -> str:
    return text.strip()[:18] if text.strip().isascii() and text.strip().isdecimal() else ""
