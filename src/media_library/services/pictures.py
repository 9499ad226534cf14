"""Hands out the pictures of media in the few sizes that the web app asks for, made once and kept on disk."""

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

from media_library.config import Settings
from media_library.errors import NotFound
from media_library.repositories.base import new_id

_MOST_PIXELS = 50_000_000
_AT_ONCE = 2
_QUALITY = 80
_METHOD = 2
"""WebP's effort: half the time of the default, nearly the same size."""


class Pictures:
    """The folder of pictures: originals ``<media id>.<kind>.jpg``, sizes ``<media id>.<kind>.<width>.webp``."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data_directory / "artwork"
        self._locks: dict[str, threading.Lock] = {}
        self._locks_lock = threading.Lock()
        self._few = threading.BoundedSemaphore(_AT_ONCE)

    def sized(self, media_id: str, kind: str, width: int) -> Path:
        """The picture of a kind ("poster", "still"), at most ``width`` pixels wide, as a file; raises ``NotFound``.

        A size carries the time of its original and is made again when that changes.
        """
        original = self.original(media_id, kind)
        target = self._folder / f"{media_id}.{kind}.{width}.webp"
        if not _is_fresh(target, original):
            with self._only_one(target.name):
                if not _is_fresh(target, original):
                    self._make(original, target, width)
        return target

    def original(self, media_id: str, kind: str) -> Path:
        """The picture as it is kept, a JPEG; raises ``NotFound``."""
        original = self._folder / f"{media_id}.{kind}.jpg"
        if not original.is_file():
            raise NotFound("There is no such picture.")
        return original

    def _make(self, original: Path, target: Path, width: int) -> None:
        from PIL import Image  # needed for the first picture only, and slow to import

        partial = target.with_name(f".{new_id()}.part")
        made_at = original.stat().st_mtime_ns
        try:
            with self._few, Image.open(original, formats=("JPEG",)) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise NotFound("There is no such picture: the original is too large.")
                height = max(1, round(picture.height * min(1.0, width / picture.width)))
                size = (min(width, picture.width), height)
                picture.draft("RGB", size)
                picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0).save(
                    partial, "WEBP", quality=_QUALITY, method=_METHOD
                )
            os.utime(partial, ns=(made_at, made_at))
            partial.replace(target)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise NotFound("There is no such picture: the original cannot be read.") from error
        finally:
            with contextlib.suppress(FileNotFoundError):
                partial.unlink()

    @contextlib.contextmanager
    def _only_one(self, name: str) -> Iterator[None]:
        with self._locks_lock:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            yield
        with self._locks_lock:
            self._locks.pop(name, None)


def _is_fresh(target: Path, original: Path) -> bool:
    try:
        return target.stat().st_mtime_ns == original.stat().st_mtime_ns
    except FileNotFoundError:
        return False
