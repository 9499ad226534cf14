"""Makes the pictures of what was ripped: a still of a film or an episode, the cover of an album."""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from media_library.adapters import ffmpeg
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import MediaLibraryError
from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.media import Media, MediaType
from media_library.models.tool import result_of
from media_library.services.covers import Covers

log = logging.getLogger(__name__)

_STILL_AT = 0.2
_STILL_WIDTH = 1280


class Artwork:
    """The pictures of new items."""

    def __init__(self, settings: Settings, state: AppState) -> None:
        self._covers = Covers(settings, state)

    def make(self, media: Media, file: Path, cover: Path | None) -> None:
        """Make the pictures of a new item; without success it is shown without, for a rip never fails by a picture."""
        if cover is not None:
            self._covers.put(media.id, cover, ArtworkKind.POSTER, source=ArtworkSource.SERVICE)
        if media.media_type is not MediaType.TRACK:
            self.put_frame(media, file)

    def put_frame(self, media: Media, file: Path, *, is_foreign: bool = False) -> bool:
        """Give an item a picture out of its own video; false if none can be had."""
        for at_seconds in (media.duration_ms / 1000 * _STILL_AT, 0.0):  # a length that is told may be wrong
            try:
                with TemporaryDirectory(prefix="still-") as folder:
                    still = Path(folder) / "still.jpg"
                    run = ffmpeg.write_still(
                        file, still, at_seconds=at_seconds, width=_STILL_WIDTH, is_foreign=is_foreign
                    )
                    result_of(run)
                    return self._covers.put(media.id, still, ArtworkKind.STILL, source=ArtworkSource.FRAME)
            except (MediaLibraryError, OSError) as error:
                log.info("There is no picture of %s at %.0f s: %s", media.id, at_seconds, error)
        return False
