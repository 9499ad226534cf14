"""Keeps the pictures that come with content from the web: decoded by a child process, stored as JPEG.

They lie where the pictures of rips lie: ``<id>.poster.jpg`` and ``<id>.still.jpg`` below the data folder; the id is
that of a media item, a podcast or a collection.
"""

import logging
from pathlib import Path
from typing import Literal

from media_library.adapters import pictures
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import MediaLibraryError
from media_library.repositories.base import new_id

log = logging.getLogger(__name__)

_LONGEST_SIDE = 1600


class Covers:
    """The folder of pictures, for writing."""

    def __init__(self, settings: Settings, state: AppState) -> None:
        self._folder = settings.data_directory / "artwork"
        self._state = state

    def put(self, media_id: str, picture: bytes | Path, kind: Literal["poster", "still"] = "poster") -> bool:
        """Give a media item a picture, whatever it is made of; false if it is none, which is never an error."""
        if not self.put_named(media_id, picture, kind):
            return False
        media = self._state.media(media_id)
        self._state.mark_artwork(
            media_id, poster=media.has_poster or kind == "poster", still=media.has_still or kind == "still"
        )
        return True

    def put_named(self, name: str, picture: bytes | Path, kind: Literal["poster", "still"] = "poster") -> bool:
        """Keep a picture for what is no media item, such as a podcast; ``name`` is its id."""
        made = self._folder / f".{new_id()}.part"
        source = picture if isinstance(picture, Path) else self._folder / f".{new_id()}.source"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if isinstance(picture, bytes):
                source.write_bytes(picture)
            # the child may write one folder only: its own
            made.mkdir(mode=0o700)
            pictures.write_jpeg(source, made / "picture.jpg", longest_side=_LONGEST_SIDE)
            (made / "picture.jpg").replace(self._folder / f"{name}.{kind}.jpg")
        except (MediaLibraryError, OSError) as error:
            log.info("There is no %s for %s: %s", kind, name, error)
            return False
        finally:
            if isinstance(picture, bytes):
                source.unlink(missing_ok=True)
            if made.is_dir():
                for left in made.iterdir():
                    left.unlink()
                made.rmdir()
        return True

    def copy(self, name: str, target: Path) -> bool:
        """Write the poster of something to ``target``; false if it has none."""
        source = self._folder / f"{name}.poster.jpg"
        if not source.is_file():
            return False
        target.write_bytes(source.read_bytes())
        return True

    def share(self, source_id: str, media_id: str) -> bool:
        """Give a media item the poster of something else, such as an episode that of its podcast."""
        source, target = self._folder / f"{source_id}.poster.jpg", self._folder / f"{media_id}.poster.jpg"
        if not source.is_file():
            return False
        partial = self._folder / f".{new_id()}.part"
        partial.write_bytes(source.read_bytes())
        partial.replace(target)
        media = self._state.media(media_id)
        self._state.mark_artwork(media_id, poster=True, still=media.has_still)
        return True
