"""Makes the pictures of what was ripped: a still of a film or an episode, the cover of an album."""

import logging
import shutil
from pathlib import Path

from media_library.adapters import ffmpeg
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import MediaLibraryError
from media_library.models.media import Media, MediaType
from media_library.models.tool import result_of

log = logging.getLogger(__name__)

_STILL_AT = 0.2
_STILL_WIDTH = 1280


class Artwork:
    """The folder of pictures: ``<media id>.still.jpg`` and ``<media id>.poster.jpg`` below the data folder."""

    def __init__(self, settings: Settings, state: AppState) -> None:
        self._folder = settings.data_directory / "artwork"
        self._state = state

    def make(self, media: Media, file: Path, cover: Path | None) -> None:
        """Make the pictures of a new item; without success it is shown without, for a rip never fails by a picture."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            has_poster = cover is not None and self._poster(media, cover)
            has_still = media.media_type is not MediaType.TRACK and self._still(media, file)
        except (MediaLibraryError, OSError) as error:
            log.warning("There is no picture of %s: %s", media.id, error)
            return
        if has_poster or has_still:
            self._state.mark_artwork(
                media.id, poster=has_poster or media.has_poster, still=has_still or media.has_still
            )

    def _still(self, media: Media, file: Path) -> bool:
        target = self._folder / f"{media.id}.still.jpg"
        partial = self._folder / f"{media.id}.still.part"
        seconds = media.duration_ms / 1000
        try:
            result_of(ffmpeg.write_still(file, partial, at_seconds=seconds * _STILL_AT, width=_STILL_WIDTH))
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        return True

    def _poster(self, media: Media, cover: Path) -> bool:
        target = self._folder / f"{media.id}.poster.jpg"
        partial = self._folder / f"{media.id}.poster.part"
        try:
            shutil.copyfile(cover, partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        return True
