"""Fetches the pictures of an article and makes safe ones of them, beside the article."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from media_library.adapters import pictures
from media_library.adapters.article_page import PagePicture
from media_library.adapters.http import HttpClient
from media_library.content_downloader.side_threads import side_by_side
from media_library.errors import MediaLibraryError

_AT_ONCE = 4
_MOST = 100
_MOST_BYTES = 15 * 1024 * 1024
_MOST_BYTES_IN_ALL = 120 * 1024 * 1024
_SECONDS = 20.0
_SECONDS_IN_ALL = 180.0
_LONGEST_SIDE = 1600
_HEADERS = {"Accept": "image/avif,image/webp,image/*;q=0.8"}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of the pictures: the names of their files, by those that the text has for them; the cover's file."""

    names: dict[str, str]
    cover: Path | None


class PictureHunt:
    """The pictures of one article, written to ``<folder>/<name>.jpg``."""

    def __init__(self, http: HttpClient, folder: Path, scratch: Path) -> None:
        self._http = http
        self._folder = folder
        self._scratch = scratch
        self._bytes_left = _MOST_BYTES_IN_ALL
        self._until = time.monotonic() + _SECONDS_IN_ALL

    def gather(self, wanted: Sequence[PagePicture], lead: str | None, tick: Callable[[int, int], None]) -> Gathered:
        """Fetch what can be had; a picture that cannot is no error. ``tick`` gets how many of how many are done."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._scratch.mkdir(parents=True, exist_ok=True)
        wanted = wanted[:_MOST]
        calls = [partial(self._fetch, one.url, self._folder / f"{one.name}.jpg") for one in wanted]
        cover = None if lead is None else self._scratch / "cover.jpg"
        same = next((number for number, one in enumerate(wanted) if one.url == lead), None)
        if lead is not None and cover is not None and same is None:
            calls.append(partial(self._fetch, lead, cover))
        made = side_by_side(calls, at_once=_AT_ONCE, tick=lambda done: tick(done, len(calls)))
        names = {one.name: f"{one.name}.jpg" for one, there in zip(wanted, made, strict=False) if there}
        if same is not None:
            cover = self._folder / f"{wanted[same].name}.jpg"
        if cover is None or not cover.is_file():
            cover = self._largest(names)
        return Gathered(names, cover)

    def _fetch(self, url: str, target: Path) -> bool:
        if target.is_file():
            return True  # an earlier try had it
        most = min(_MOST_BYTES, self._bytes_left)
        seconds = min(_SECONDS, self._until - time.monotonic())
        if most <= 0 or seconds <= 0:
            return False
        room = self._scratch / target.stem
        try:
            answer = self._http.get(url, timeout_seconds=seconds, max_bytes=most, headers=_HEADERS)
            self._bytes_left -= len(answer.body)
            # the child that decodes it may write into this folder and no other
            room.mkdir(exist_ok=True)
            (self._scratch / f"{target.stem}.source").write_bytes(answer.body)
            pictures.write_jpeg(self._scratch / f"{target.stem}.source", room / "made.jpg", longest_side=_LONGEST_SIDE)
            (room / "made.jpg").replace(target)
        except (MediaLibraryError, OSError):
            return False
        return True

    def _largest(self, names: dict[str, str]) -> Path | None:
        """Without a picture that the page named, the one with most to see stands for the article."""
        files = [self._folder / name for name in names.values()]
        return max(files, key=lambda file: file.stat().st_size, default=None)
