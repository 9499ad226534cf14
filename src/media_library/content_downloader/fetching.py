"""Loads one file over HTTP into a folder, from where an earlier attempt broke off (RFC 9110, 13.1.5 and 14)."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from media_library.adapters.http import HttpClient, RequestFailed, RequestRefused
from media_library.errors import InvalidInput, TransientFailure

_NAME = "file.part"
_NOTES = "file.part.json"
_SECONDS = 30.0
_TRIES = 8
_PAUSE_SECONDS = 0.2
_TELL_SECONDS = 0.25
_RESTARTS = 1
_DATE = re.compile(r"[A-Z][a-z]{2}, .{8,}")
_CONTENT_RANGE = re.compile(r"bytes (?:(\d{1,19})-\d{1,19}|\*)/(\d{1,19}|\*)")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that is there whole: where, and what its host calls it; header names are in lower case."""

    file: Path
    url: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a file is; ``total`` is what the host promises, if it does."""

    loaded: int
    total: int | None
    bytes_per_second: float

    @property
    def fraction(self) -> float:
        """0 to 1, and 0 where nothing was promised."""
        return min(self.loaded / self.total, 1.0) if self.total else 0.0

    @property
    def eta_seconds(self) -> int | None:
        """The seconds that are left at this speed."""
        if not self.total or self.bytes_per_second < 1:
            return None
        return int(max(self.total - self.loaded, 0) / self.bytes_per_second)


def fetch(
    http: HttpClient,
    url: str,
    folder: Path,
    *,
    max_bytes: int,
    tell: Callable[[FetchProgress], None],
    judge: Callable[[Mapping[str, str], int | None], None],
    auth: tuple[str, str] | None = None,
) -> Fetched:
    """Load a file; what ``folder`` holds of it already is not loaded again, unless it changed meanwhile.

    ``judge`` sees the headers and the promised length before the first byte, and raises if it is not to be loaded;
    ``tell`` is called at least twice a second, and raises to break off. Raises
    ``TransientFailure``, and other errors that another try would not change.
    """
    transfer = _Transfer(http, url, folder, max_bytes, tell, judge, auth)
    tries = _TRIES
    while True:
        before = transfer.loaded
        try:
            return transfer.attempt()
        except RequestRefused:
            raise
        except RequestFailed as error:
            # as long as every try brings something, a host that hangs up again and again is read to its end
            tries = tries - 1 if transfer.loaded <= before else _TRIES
            if not error.is_transient:
                raise
            if not transfer.has_begun or not tries:
                raise TransientFailure(str(error), error.retry_after_seconds) from error
        transfer.pause()


class _Notes(msgspec.Struct, frozen=True):
    """What is known of the file of which the beginning is there."""

    url: str
    validator: str
    total: int | None


class _Transfer:
    def __init__(
        self,
        http: HttpClient,
        url: str,
        folder: Path,
        max_bytes: int,
        tell: Callable[[FetchProgress], None],
        judge: Callable[[Mapping[str, str], int | None], None],
        auth: tuple[str, str] | None,
    ) -> None:
        self._http, self._url, self._auth = http, url, auth
        self._part, self._notes_file = folder / _NAME, folder / _NOTES
        self._max_bytes, self._tell, self._judge = max_bytes, tell, judge
        self._notes = self._read_notes()
        self._started, self._at_start = time.monotonic(), self.loaded
        self.has_begun = False
        self._restarts = 0

    @property
    def loaded(self) -> int:
        """The bytes that are there."""
        return self._part.stat().st_size if self._part.is_file() else 0

    def pause(self) -> None:
        """Wait a moment before the next try; breaks off when it is to."""
        self._wait()
        time.sleep(_PAUSE_SECONDS)

    def _wait(self) -> None:
        """Tell that nothing comes; breaks off when it is to."""
        self._tell(self._progress())

    def attempt(self) -> Fetched:
        """Ask once, for the rest or for all of it."""
        asked: dict[str, str] = {}
        begin = self.loaded
        if begin and self._notes is not None and self._notes.validator:
            asked = {"Range": f"bytes={begin}-", "If-Range": self._notes.validator}
        else:
            begin = 0
        with self._http.stream(
            self._url, timeout_seconds=_SECONDS, headers=asked, auth=self._auth, while_waiting=self._wait
        ) as stream:
            start, total = _place(stream.status, stream.headers, begin)
            if stream.status == 416:
                if total is not None and total == begin:
                    return Fetched(self._part, stream.url, stream.headers)
                self._part.unlink()
                raise RequestFailed("The file changed while it was loaded.", is_transient=True)
            if start and self._is_another(stream.headers, total):
                self._start_anew()
            if start not in (0, begin):
                raise RequestFailed("The host sent another part of the file than it was asked for.", is_transient=False)
            self._judge(stream.headers, total)
            self._note(stream.headers, total)
            self.has_begun = True
            if total is not None and total > self._max_bytes:
                raise InvalidInput("This file is larger than what may be fetched.")
            with self._part.open("r+b" if start else "wb") as target:
                target.seek(start)
                target.truncate()
                told_at = 0.0
                for piece in stream.chunks(self._max_bytes - start):
                    target.write(piece)
                    if time.monotonic() - told_at >= _TELL_SECONDS:
                        told_at = time.monotonic()
                        target.flush()
                        self._tell(self._progress())
            if total is not None and self.loaded != total:
                raise RequestFailed(
                    f"The host promised {total} bytes and sent {self.loaded}. Try again later.", is_transient=True
                )
            return Fetched(self._part, stream.url, stream.headers)

    def _is_another(self, headers: Mapping[str, str], total: int | None) -> bool:
        """Whether the rest that comes is not of the file whose beginning is here; not every host heeds If-Range."""
        known = self._notes
        if known is None:
            return True
        told = headers.get("last-modified" if _DATE.fullmatch(known.validator) else "etag", known.validator)
        return told != known.validator or (None not in (known.total, total) and known.total != total)

    def _start_anew(self) -> None:
        """Once in a job: a file that changes again and again would never be whole."""
        self._part.unlink()
        self._restarts += 1
        if self._restarts > _RESTARTS:
            raise TransientFailure("The file changes while it is loaded. Retry later.")
        raise RequestFailed("The file changed while it was loaded.", is_transient=True)

    def _progress(self) -> FetchProgress:
        loaded = self.loaded
        seconds = max(time.monotonic() - self._started, 0.001)
        total = None if self._notes is None else self._notes.total
        return FetchProgress(loaded, total, max(loaded - self._at_start, 0) / seconds)

    def _read_notes(self) -> _Notes | None:
        try:
            notes = msgspec.json.decode(self._notes_file.read_bytes(), type=_Notes)
        except (OSError, msgspec.MsgspecError):
            return None
        return notes if notes.url == self._url else None

    def _note(self, headers: Mapping[str, str], total: int | None) -> None:
        etag = headers.get("etag", "")
        # a weak tag does not promise the same bytes
        validator = (
            headers.get("last-modified", "") if etag.startswith("W/") else etag or headers.get("last-modified", "")
        )
        self._notes = _Notes(self._url, validator, total)
        self._notes_file.write_bytes(msgspec.json.encode(self._notes))


def _place(status: int, headers: Mapping[str, str], asked: int) -> tuple[int, int | None]:
    """Where the body begins in the file, and how long the whole is."""
    if status in (206, 416):
        found = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
        if found is None:
            return (-1 if status == 206 else asked), None
        return int(found[1] or asked), None if found[2] == "*" else int(found[2])
    length = headers.get("content-length", "")
    plain = headers.get("content-encoding", "identity").strip().lower() in ("", "identity")
    return 0, int(length) if plain and length.isascii() and length.isdigit() and len(length) < 19 else None
