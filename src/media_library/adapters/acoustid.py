"""AcoustID: which recordings sound like a fingerprint (https://acoustid.org/webservice)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from media_library.adapters.http import HttpClient, RequestFailed
from media_library.adapters.service_client import ServiceClient, ServiceFailed, ServiceRefused

_PER_SECOND = 3.0
_MOST_BYTES = 4 << 20
_FRESH_SECONDS = 30 * 24 * 3600.0
_META = "recordings releases"
_BAD_REQUEST = 400
_KEY_CODES = frozenset({4, 6})
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class HeardRelease:
    """A release that a recording is on; ``count`` is how many tracks it has, 0 = not told."""

    id: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording that sounds alike: ``score`` is 0 to 1, ``acoustid`` names the sound, other ids are MusicBrainz's."""

    score: float
    acoustid: str
    recording_id: str
    title: str = ""
    artist: str = ""
    releases: tuple[HeardRelease, ...] = ()


def _nothing() -> None:
    """What is done while nobody has to be asked whether to go on."""


class AcoustId:
    """Asks AcoustID; safe to use from any thread. Raises what ``ServiceClient`` raises."""

    def __init__(self, service: ServiceClient, *, has_key: bool) -> None:
        self._service = service
        self._has_key = has_key

    @classmethod
    def connect(cls, http: HttpClient, cache_folder: Path, *, url: str, key: str) -> Self:
        """AcoustID at its address; without address or key it is never asked."""
        service = ServiceClient(
            http,
            cache_folder / "acoustid",
            name="AcoustID",
            base_url=url,
            per_second=_PER_SECOND,
            secrets={"client": key} if key else None,
        )
        return cls(service, has_key=bool(key))

    @property
    def why_not(self) -> str | None:
        """Why AcoustID is not asked at all, for people; ``None`` if it is."""
        if not self._has_key:
            return "There is no key for AcoustID; set ACOUSTID_API_KEY to have music recognised by its sound."
        if not self._service.is_configured:
            return "The configuration has no address for AcoustID."
        return None

    def lookup(
        self, fingerprint: str, duration_seconds: float, *, while_waiting: Callable[[], None] = _nothing
    ) -> tuple[Heard, ...]:
        """What sounds like this, best first; empty if nothing is known."""
        try:
            answer = self._service.json(
                "v2/lookup",
                {"format": "json", "meta": _META, "duration": int(duration_seconds), "fingerprint": fingerprint},
                _Answer,
                fresh_seconds=_FRESH_SECONDS,
                max_bytes=_MOST_BYTES,
                while_waiting=while_waiting,
            )
        except ServiceFailed as error:
            if isinstance(error.__cause__, RequestFailed) and error.__cause__.status == _BAD_REQUEST:
                raise ServiceRefused(
                    "AcoustID refuses the question. Check ACOUSTID_API_KEY: it is the key of an application, not of a"
                    " person."
                ) from error
            raise
        if answer.status != "ok":
            if answer.error.code in _KEY_CODES:
                raise ServiceRefused("AcoustID does not accept our key. Check ACOUSTID_API_KEY.")
            raise ServiceFailed("AcoustID answered with an error instead of results. Try again later.")
        return tuple(sorted(_heard(answer), key=lambda one: -one.score))


def _heard(answer: "_Answer") -> list[Heard]:
    return [
        Heard(
            min(max(result.score, 0.0), 1.0),
            result.id,
            recording.id,
            recording.title or "",
            "".join(artist.name + artist.joinphrase for artist in recording.artists),
            tuple(HeardRelease(one.id, max(one.track_count, 0)) for one in recording.releases if _ID.fullmatch(one.id)),
        )
        for result in answer.results
        for recording in result.recordings
        if _ID.fullmatch(recording.id)
    ]


class _Artist(msgspec.Struct):
    name: str = ""
    joinphrase: str = ""


class _Release(msgspec.Struct):
    id: str
    track_count: int = 0


class _Recording(msgspec.Struct):
    id: str
    title: str | None = None
    artists: list[_Artist] = msgspec.field(default_factory=list)
    releases: list[_Release] = msgspec.field(default_factory=list)


class _Result(msgspec.Struct):
    id: str
    score: float
    recordings: list[_Recording] = msgspec.field(default_factory=list)


class _Error(msgspec.Struct):
    code: int = 0


class _Answer(msgspec.Struct):
    status: str
    results: list[_Result] = msgspec.field(default_factory=list)
    error: _Error = msgspec.field(default_factory=_Error)
