"""The client itself: cache first, then the pace, then the question, asked again a few times if the service is busy."""

import hashlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlencode

from media_library.adapters.http import Answer, HttpClient, RequestFailed, RequestRefused
from media_library.adapters.service_client.answers import decoded, require_picture
from media_library.adapters.service_client.failures import ServiceFailed, ServiceRefused, ServiceUnavailable
from media_library.adapters.service_client.pace import Pace
from media_library.adapters.service_client.store import AnswerStore, StoredAnswer
from media_library.errors import NotFound

T = TypeVar("T")
Params = Mapping[str, str | int]

_MOST_CACHE_BYTES = 256 << 20
_MOST_JSON_BYTES = 2 << 20
_MOST_PICTURE_BYTES = 10 << 20
_NOT_MODIFIED = 304
_BACK_OFF_SECONDS = (1.0, 3.0)
_LONGEST_PAUSE_SECONDS = 300.0
_LEAST_PATIENCE_SECONDS = 2.0
_MISSING_SECONDS = 24 * 3600.0
_SAFE = "/-._~"


class ServiceClient:
    """Asks one service; safe to use from any thread. ``name`` is what people call it.

    ``secrets`` are parameters that go along with every question but stand in no file and in no message. ``per_second``
    is how often the service may be asked by all threads and processes together. ``patience_seconds`` is how long an
    answer of 429 or 503 may make us wait before we give up for now.
    """

    def __init__(
        self,
        http: HttpClient,
        cache_folder: Path,
        *,
        name: str,
        base_url: str,
        per_second: float,
        headers: Mapping[str, str] | None = None,
        secrets: Params | None = None,
        timeout_seconds: float = 15.0,
        patience_seconds: float = 10.0,
        most_cache_bytes: int = _MOST_CACHE_BYTES,
    ) -> None:
        self._http = http
        self._name = name
        self._base_url = base_url.rstrip("/")
        self._headers = {"Accept": "application/json", **(headers or {})}
        self._secrets = dict(secrets or {})
        self._timeout = timeout_seconds
        self._patience = patience_seconds
        cache_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._store = AnswerStore(cache_folder, most_cache_bytes)
        mark = hashlib.sha256(self._base_url.encode()).hexdigest()[:16]
        self._pace = Pace(cache_folder / f"{mark}.pace", 1.0 / per_second)

    @property
    def name(self) -> str:
        """What people call the service."""
        return self._name

    @property
    def is_configured(self) -> bool:
        """Whether there is an address to ask; without one every question raises ``ServiceFailed``."""
        return bool(self._base_url)

    def json(
        self,
        path: str,
        params: Params,
        shape: type[T],
        *,
        fresh_seconds: float,
        max_bytes: int = _MOST_JSON_BYTES,
        while_waiting: Callable[[], None] = lambda: None,
    ) -> T:
        """What the service answers, as a record of ``shape``.

        ``path`` is below the base address; an answer younger than ``fresh_seconds`` is not asked for again, an older
        one only if it changed, and it has to do when the service is not there. ``while_waiting`` is called at least
        twice a second, and raises to break off. Raises ``NotFound`` (404), ``ServiceUnavailable`` (try again later),
        ``ServiceRefused`` (our key) or ``ServiceFailed`` (HTML, too large, empty, cut off, another shape).
        """

        def read(body: bytes) -> T:
            return decoded(self._name, body, shape)

        return self._answer(path, params, read, fresh_seconds, max_bytes, while_waiting)

    def picture(
        self,
        path: str,
        *,
        max_bytes: int = _MOST_PICTURE_BYTES,
        fresh_seconds: float = 0.0,
        while_waiting: Callable[[], None] = lambda: None,
    ) -> bytes:
        """The bytes of a picture below the base address, kept only if ``fresh_seconds`` says so; raises as ``json``."""

        def read(body: bytes) -> bytes:
            return require_picture(self._name, body)

        return self._answer(path, {}, read, fresh_seconds, max_bytes, while_waiting)

    def _answer(
        self,
        path: str,
        params: Params,
        read: Callable[[bytes], T],
        fresh_seconds: float,
        max_bytes: int,
        while_waiting: Callable[[], None],
    ) -> T:
        if not self._base_url:
            raise ServiceFailed(f"{self._name} is not asked, because the configuration has no address for it.")
        question = f"{self._base_url}/{quote(path.lstrip('/'), safe=_SAFE)}"
        if params:
            question += "?" + urlencode(sorted(params.items()))
        kept = self._store.get(question)
        if kept is not None and _is_fresh(kept, fresh_seconds):
            try:
                return self._read_kept(kept, read)
            except ServiceFailed:  # an older version of the program understood it, this one asks again
                kept = None
        try:
            answer = self._ask(question, kept, max_bytes, while_waiting)
        except NotFound:
            if fresh_seconds:
                self._store.put(question, b"", is_missing=True)
            raise NotFound(f"{self._name} does not know this.") from None
        except ServiceUnavailable:
            if kept is not None:
                return self._read_kept(kept, read)
            raise
        if answer.status == _NOT_MODIFIED and kept is not None:
            self._store.put(question, kept.body, etag=kept.etag, last_modified=kept.last_modified)
            return read(kept.body)
        result = read(answer.body)  # only what can be used is kept
        if fresh_seconds:
            marks = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
            self._store.put(question, answer.body, etag=marks[0][:200], last_modified=marks[1][:80])
        return result

    def _read_kept(self, kept: StoredAnswer, read: Callable[[bytes], T]) -> T:
        if kept.is_missing:
            raise NotFound(f"{self._name} does not know this.")
        return read(kept.body)

    def _ask(
        self, question: str, kept: StoredAnswer | None, max_bytes: int, while_waiting: Callable[[], None]
    ) -> Answer:
        url = question
        if self._secrets:
            url += ("&" if "?" in question else "?") + urlencode(self._secrets)
        headers = {**self._headers, **_conditions(kept)}
        deadline = time.monotonic() + self._patience
        for pause in (*_BACK_OFF_SECONDS, None):
            left = self._pace.wait(max(_LEAST_PATIENCE_SECONDS, deadline - time.monotonic()), while_waiting)
            if left is not None:
                raise ServiceUnavailable(f"{self._name} asked us to come later. It is asked again then.", left)
            try:
                return self._http.get(
                    url,
                    timeout_seconds=self._timeout,
                    max_bytes=max_bytes,
                    headers=headers,
                    while_waiting=while_waiting,
                )
            except RequestFailed as error:
                failure = self._failure(error)
                wanted = error.retry_after_seconds if error.retry_after_seconds is not None else pause
                if not isinstance(failure, ServiceUnavailable) or wanted is None:
                    raise failure from error
                if error.status is not None:
                    self._pace.pause(min(wanted, _LONGEST_PAUSE_SECONDS))
                if pause is None or time.monotonic() + wanted > deadline:
                    raise failure from error
                _wait(wanted, while_waiting)
        raise AssertionError("the last try returns or raises")

    def _failure(self, error: RequestFailed) -> ServiceFailed | ServiceUnavailable:
        """What a failed request means, with the name of the service; addresses with our key never stand in it."""
        if isinstance(error, RequestRefused):
            return ServiceFailed(f"{self._name} is not asked: {error}")
        if error.status in (401, 403):
            return ServiceRefused(f"{self._name} does not accept our key. Check it in the environment of the program.")
        if error.status == 429:
            return ServiceUnavailable(
                f"{self._name} asks us to come less often. It is asked again later.", error.retry_after_seconds
            )
        if error.status is not None and error.is_transient:
            return ServiceUnavailable(
                f"{self._name} does not work right now (status {error.status}). It is asked again later.",
                error.retry_after_seconds,
            )
        if error.is_transient:
            return ServiceUnavailable(
                f"{self._name} cannot be reached. Check the connection to the internet; it is asked again later."
            )
        return ServiceFailed(f"{self._name} gave no answer that can be used: {error}")


def _is_fresh(kept: StoredAnswer, fresh_seconds: float) -> bool:
    limit = min(fresh_seconds, _MISSING_SECONDS) if kept.is_missing else fresh_seconds
    return 0 <= time.time() - kept.asked_at < limit


def _conditions(kept: StoredAnswer | None) -> dict[str, str]:
    if kept is None or kept.is_missing:
        return {}
    marks = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return {name: value for name, value in marks.items() if value}


def _wait(seconds: float, while_waiting: Callable[[], None]) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        while_waiting()
        time.sleep(min(left, 0.25))
