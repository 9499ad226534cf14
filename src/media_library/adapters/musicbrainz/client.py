"""The questions that MusicBrainz is asked, at most one in 1.1 s by the whole program."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Self

from media_library.adapters.http import HttpClient
from media_library.adapters.musicbrainz import wire
from media_library.adapters.musicbrainz.records import DiscRelease, FoundRelease, Release
from media_library.adapters.service_client import ServiceClient
from media_library.errors import NotFound

_PER_SECOND = 1 / 1.1  # https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting
_MOST_BYTES = 8 << 20
_DAY_SECONDS = 24 * 3600.0
_RELEASE_SECONDS = 30 * _DAY_SECONDS
_LIST_SECONDS = 7 * _DAY_SECONDS
_DISC_INC = "artist-credits+recordings+release-groups+isrcs"
_RELEASE_INC = "artist-credits+labels+recordings+release-groups+isrcs+media+genres"
_LIST_INC = "artist-credits+media+release-groups"
_MOST_LISTED = 100
_MOST_FOUND = 25
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SPECIAL = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')


def _nothing() -> None:
    """What is done while nobody has to be asked whether to go on."""


class MusicBrainz:
    """Asks MusicBrainz; safe to use from any thread. Every method raises what ``ServiceClient`` raises."""

    def __init__(self, service: ServiceClient) -> None:
        self._service = service

    @classmethod
    def connect(cls, http: HttpClient, cache_folder: Path, *, url: str, patience_seconds: float = 10.0) -> Self:
        """MusicBrainz at its address; an empty one is never asked."""
        return cls(
            ServiceClient(
                http,
                cache_folder / "musicbrainz",
                name="MusicBrainz",
                base_url=url,
                per_second=_PER_SECOND,
                patience_seconds=patience_seconds,
            )
        )

    @property
    def is_configured(self) -> bool:
        """Whether there is an address to ask."""
        return self._service.is_configured

    def release(self, release_id: str, *, while_waiting: Callable[[], None] = _nothing) -> Release | None:
        """An album with all its tracks; ``None`` if there is none with this id."""
        if not _ID.fullmatch(release_id):
            return None
        try:
            answer = self._service.json(
                f"ws/2/release/{release_id}",
                {"fmt": "json", "inc": _RELEASE_INC},
                wire.ReleaseShape,
                fresh_seconds=_RELEASE_SECONDS,
                max_bytes=_MOST_BYTES,
                while_waiting=while_waiting,
            )
        except NotFound:
            return None
        return wire.release_of(answer)

    def releases(self, disc_id: str, *, while_waiting: Callable[[], None] = _nothing) -> tuple[DiscRelease, ...]:
        """The releases with this very disc, the oldest official one first; empty if it is not known."""
        if not self.is_configured:
            return ()
        try:
            answer = self._service.json(
                f"ws/2/discid/{disc_id}",
                {"fmt": "json", "cdstubs": "no", "inc": _DISC_INC},
                wire.ReleaseList,
                fresh_seconds=0.0,  # a person may just have entered it there
                max_bytes=_MOST_BYTES,
                while_waiting=while_waiting,
            )
        except NotFound:
            return ()
        found = sorted(answer.releases, key=lambda one: (one.status != "Official", one.date or "9999", one.id))
        return tuple(release for one in found if (release := wire.disc_release_of(one, disc_id)) is not None)

    def releases_of_recording(
        self, recording_id: str, *, while_waiting: Callable[[], None] = _nothing
    ) -> tuple[FoundRelease, ...]:
        """The releases that a recording is on, at most 100."""
        return self._listed({"recording": recording_id}, while_waiting) if _ID.fullmatch(recording_id) else ()

    def releases_of_group(
        self, group_id: str, *, while_waiting: Callable[[], None] = _nothing
    ) -> tuple[FoundRelease, ...]:
        """All forms in which an album was published, at most 100."""
        return self._listed({"release-group": group_id}, while_waiting) if _ID.fullmatch(group_id) else ()

    def search(
        self,
        title: str,
        *,
        artist: str = "",
        count: int = 0,
        while_waiting: Callable[[], None] = _nothing,
    ) -> tuple[FoundRelease, ...]:
        """Releases by their name, best first; ``count`` is how many tracks they should have, 0 = any."""
        parts = [f'release:"{_quoted(title)}"']
        if artist:
            parts.append(f'artist:"{_quoted(artist)}"')
        if count:
            parts.append(f"tracks:{count:d}")
        answer = self._service.json(
            "ws/2/release",
            {"fmt": "json", "query": " AND ".join(parts), "limit": _MOST_FOUND},
            wire.ReleaseList,
            fresh_seconds=_LIST_SECONDS,
            max_bytes=_MOST_BYTES,
            while_waiting=while_waiting,
        )
        return tuple(wire.found_release_of(one) for one in answer.releases)

    def _listed(self, which: dict[str, str | int], while_waiting: Callable[[], None]) -> tuple[FoundRelease, ...]:
        try:
            answer = self._service.json(
                "ws/2/release",
                {"fmt": "json", "inc": _LIST_INC, "limit": _MOST_LISTED, **which},
                wire.ReleaseList,
                fresh_seconds=_LIST_SECONDS,
                max_bytes=_MOST_BYTES,
                while_waiting=while_waiting,
            )
        except NotFound:
            return ()
        return tuple(wire.found_release_of(one) for one in answer.releases)


def _quoted(text: str) -> str:
    """A name inside quotes of the search language; its signs mean nothing there."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())[:200])
