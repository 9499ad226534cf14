"""Makes the versions that were asked for, one after the other and with the lowest priority."""

import logging
import shutil
import threading

from media_library.adapters import durable, ffmpeg
from media_library.app_state import AppState
from media_library.errors import MediaLibraryError, NotFound, Stopped, StorageError
from media_library.models.prepared import Prepared
from media_library.models.tool import ToolRun
from media_library.services.media_root import MediaRoot
from media_library.services.prepared.shelf import PreparedShelf, file_tag
from media_library.services.quiet_work import quietly

log = logging.getLogger(__name__)

_WAIT_SECONDS = 3.0
_TELL_PERCENT = 1.0
_LEAST_FREE_BYTES = 2 << 30


class Preparing:
    """One loop. What was cut off is begun anew."""

    def __init__(self, state: AppState, media_root: MediaRoot, shelf: PreparedShelf) -> None:
        self._state = state
        self._media_root = media_root
        self._shelf = shelf
        self._is_settled = False

    def step(self, stop: threading.Event) -> None:
        """Make the next version, or wait until there may be one."""
        if not self._is_settled:
            self._state.restart_prepared()
            self._shelf.tidy()
            self._is_settled = True
        version = self._state.next_prepared()
        if version is None:
            self._state.wait_for_change(stop, _WAIT_SECONDS)
            return
        try:
            self._make(version, stop)
        except Stopped:
            self._state.restart_prepared()
            raise
        except MediaLibraryError as error:
            log.warning("The %s version of %s cannot be made: %s", version.quality, version.media_id, error)
            self._state.prepared_failed(version, str(error))

    def _make(self, version: Prepared, stop: threading.Event) -> None:
        media = self._state.media(version.media_id)
        if media.file is None or media.deleted_at is not None or file_tag(media.file) != version.file_tag:
            raise NotFound("The file of this item is another one now. Ask for the version again.")
        source = self._media_root.path(media.file.path)
        target = self._shelf.place(version.media_id, version.quality)
        self._shelf.make_room()
        if shutil.disk_usage(target.parent).free < _LEAST_FREE_BYTES:
            raise StorageError("There is no room for a version to take along. Make room, then ask again.")
        folder = target.parent / f".{version.media_id}-{version.quality}"
        durable.remove(folder)
        folder.mkdir(mode=0o700)
        try:
            draft = folder / target.name
            video = media.streams.video
            run = ffmpeg.make_portable(
                source,
                draft,
                height=version.quality.height,
                seconds=media.duration_ms / 1000,
                is_hdr=video is not None and bool(video.hdr),
            )
            quietly(lambda: self._follow(run, version, stop))
            size = draft.stat().st_size
            draft.replace(target)
            if not self._state.prepared_ready(version, size):
                durable.remove(target)
        finally:
            durable.remove(folder)
        self._shelf.make_room()

    def _follow(self, run: ToolRun[None], version: Prepared, stop: threading.Event) -> None:
        told = 0.0
        try:
            for progress in run:
                if stop.is_set():
                    raise Stopped("The program is being stopped.")
                percent = 0.0 if progress is None else progress.fraction * 100
                if percent - told >= _TELL_PERCENT:
                    told = percent
                    if not self._state.prepared_progress(version, percent):
                        return
        finally:
            run.close()
