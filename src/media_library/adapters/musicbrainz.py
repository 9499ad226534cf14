"""MusicBrainz and the Cover Art Archive: what an audio CD is, by the id of its table of contents."""

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import msgspec

from media_library.adapters.http import HttpClient, RequestFailed
from media_library.errors import NotFound

_INTERVAL_SECONDS = 1.1  # https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting
_TIMEOUT_SECONDS = 10.0
_MOST_BYTES = 4 * 1024 * 1024
_MOST_COVER_BYTES = 12 * 1024 * 1024
_COVER_SIZE = 1200
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")


@dataclass(frozen=True, slots=True)
class ReleaseTrack:
    """A track of a release. ``isrc`` is the code of its recording (ISO 3901), if one is known."""

    number: int
    title: str
    artist: str
    recording_id: str
    isrc: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """An album as it was published. ``disc_number`` of ``discs`` is the one that was asked for."""

    id: str
    group_id: str
    title: str
    artist: str
    artist_id: str
    date: str
    disc_number: int
    discs: int
    tracks: tuple[ReleaseTrack, ...]

    @property
    def year(self) -> int | None:
        """The year of publication, if it is known."""
        return int(self.date[:4]) if self.date[:4].isdigit() else None


class MusicBrainz:
    """Asks at most one question in 1.1 s, from whatever thread."""

    def __init__(self, service_url: str, cover_url: str, http: HttpClient) -> None:
        """Base addresses; an empty one is never asked."""
        self._http = http
        self._service_url = service_url.rstrip("/")
        self._cover_url = cover_url.rstrip("/")
        self._lock = threading.Lock()
        self._asked_at = -_INTERVAL_SECONDS

    def releases(self, disc_id: str) -> tuple[Release, ...]:
        """The releases with this very disc, the oldest official one first; empty if it is not known.

        Raises ``RequestFailed``.
        """
        if not self._service_url:
            return ()
        url = (
            f"{self._service_url}/ws/2/discid/{quote(disc_id, safe='')}"
            "?fmt=json&cdstubs=no&inc=artist-credits+recordings+release-groups+isrcs"
        )
        try:
            answer = msgspec.json.decode(self._ask(url, _MOST_BYTES), type=_Answer)
        except NotFound:
            return ()
        except msgspec.MsgspecError as error:
            raise RequestFailed(f"MusicBrainz answered in a way that is not understood: {error}.") from error
        found = sorted(answer.releases, key=lambda one: (one.status != "Official", one.date or "9999", one.id))
        return tuple(release for one in found if (release := _release(one, disc_id)) is not None)

    def cover(self, release_id: str) -> bytes | None:
        """The picture of the front, as the archive has it; raises ``RequestFailed``."""
        if not self._cover_url:
            return None
        url = f"{self._cover_url}/release/{quote(release_id, safe='')}/front-{_COVER_SIZE}"
        try:
            return self._http.get(url, timeout_seconds=_TIMEOUT_SECONDS, max_bytes=_MOST_COVER_BYTES).body
        except NotFound:
            return None

    def _ask(self, url: str, max_bytes: int) -> bytes:
        with self._lock:
            time.sleep(max(0.0, self._asked_at + _INTERVAL_SECONDS - time.monotonic()))
            self._asked_at = time.monotonic()
        return self._http.get(url, timeout_seconds=_TIMEOUT_SECONDS, max_bytes=max_bytes).body


def _release(one: "_Release", disc_id: str) -> Release | None:
    medium = next((medium for medium in one.media if any(disc.id == disc_id for disc in medium.discs)), None)
    if medium is None:
        return None
    return Release(
        one.id,
        one.release_group.id,
        one.title,
        _credit(one.artist_credit),
        one.artist_credit[0].artist.id if one.artist_credit else "",
        one.date or "",
        medium.position,
        len(one.media),
        tuple(
            ReleaseTrack(
                track.position,
                track.title,
                _credit(track.artist_credit),
                track.recording.id,
                min(filter(_ISRC.fullmatch, track.recording.isrcs), default=None),
            )
            for track in medium.tracks
        ),
    )


def _credit(credits: Sequence["_Credit"]) -> str:
    return "".join(credit.name + credit.joinphrase for credit in credits)


class _Id(msgspec.Struct):
    id: str = ""


class _Credit(msgspec.Struct):
    name: str = ""
    joinphrase: str = ""
    artist: _Id = msgspec.field(default_factory=_Id)


class _Recording(_Id):
    isrcs: list[str] = msgspec.field(default_factory=list)


class _Track(msgspec.Struct):
    position: int = 0
    title: str = ""
    artist_credit: list[_Credit] = msgspec.field(default_factory=list, name="artist-credit")
    recording: _Recording = msgspec.field(default_factory=_Recording)


class _Medium(msgspec.Struct):
    position: int = 1
    discs: list[_Id] = msgspec.field(default_factory=list)
    tracks: list[_Track] = msgspec.field(default_factory=list)


class _Release(msgspec.Struct):
    id: str
    title: str = ""
    status: str | None = None
    date: str | None = None
    artist_credit: list[_Credit] = msgspec.field(default_factory=list, name="artist-credit")
    release_group: _Id = msgspec.field(default_factory=_Id, name="release-group")
    media: list[_Medium] = msgspec.field(default_factory=list)


class _Answer(msgspec.Struct):
    releases: list[_Release] = msgspec.field(default_factory=list)
