"""The Cover Art Archive: the front of an album (https://musicbrainz.org/doc/Cover_Art_Archive/API)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Self

from media_library.adapters.http import HttpClient
from media_library.adapters.service_client import ServiceClient
from media_library.errors import NotFound

_PER_SECOND = 5.0
_MOST_BYTES = 12 << 20
_SIZE = 1200
_SMALL_SIZE = 250
_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")


def _nothing() -> None:
    """What is done while nobody has to be asked whether to go on."""


class CoverArtArchive:
    """Fetches pictures; safe to use from any thread. Raises what ``ServiceClient`` raises."""

    def __init__(self, service: ServiceClient) -> None:
        self._service = service

    @classmethod
    def connect(cls, http: HttpClient, cache_folder: Path, *, url: str) -> Self:
        """The archive at its address; an empty one is never asked."""
        return cls(
            ServiceClient(
                http,
                cache_folder / "cover-art",
                name="The Cover Art Archive",
                base_url=url,
                per_second=_PER_SECOND,
                headers={"Accept": "image/*"},
            )
        )

    def front(
        self,
        release_id: str,
        *,
        group_id: str = "",
        small: bool = False,
        while_waiting: Callable[[], None] = _nothing,
    ) -> bytes | None:
        """The front of a release, else of its release group, at most 1200 pixels (250 if ``small``); or ``None``."""
        if not self._service.is_configured:
            return None
        size = _SMALL_SIZE if small else _SIZE
        for kind, name in (("release", release_id), ("release-group", group_id)):
            if not _ID.fullmatch(name):
                continue
            try:
                return self._service.picture(
                    f"{kind}/{name}/front-{size}", max_bytes=_MOST_BYTES, while_waiting=while_waiting
                )
            except NotFound:
                continue
        return None
