"""Makes the previews of the seek bar, one film after the other, behind everything else that the machine has to do."""

import logging
import shutil
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from media_library.adapters import ffmpeg, process
from media_library.app_state import AppState
from media_library.errors import MediaLibraryError, StorageError, ToolFailed
from media_library.models.media import Media
from media_library.models.preferences import LibraryPreferences
from media_library.models.timeline import Trickplay, TrickplayGrid, TrickplayState, file_tag
from media_library.services.media_root import MediaRoot
from media_library.services.quiet_work import followed, quietly, seconds_to_next_round
from media_library.services.trickplay_sheets import TrickplaySheets

log = logging.getLogger(__name__)

_ROUND_SECONDS = 60.0
_SIDE = 10
_MOST_PICTURES = 4000
_WHOLE_SECONDS = 180.0
"""What is this short is decoded as a whole: its keyframes would be too few."""

_INTERVALS_MS = ((120, 1_000), (600, 2_000), (1_800, 5_000))
_LONG_INTERVAL_MS = 10_000


class TrickplayMaker:
    """Takes one video at a time, the newest first; what lies in a folder that is offline has its turn later."""

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        sheets: TrickplaySheets,
        preferences: Callable[[], LibraryPreferences],
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._sheets = sheets
        self._preferences = preferences
        self._before = sys.maxsize
        self._missed = 0

    def step(self, stop: threading.Event) -> None:
        """Make the previews of the next film; with none left, tidy up and wait."""
        wanted = self._preferences().trickplay and process.find("ffmpeg") is not None
        found = self._state.video_without_trickplay(self._before) if wanted else None
        if found is None:
            seconds = seconds_to_next_round(self._missed)
            self._before, self._missed = sys.maxsize, 0
            self._sheets.remove_all_but(self._state.media_with_trickplay())
            stop.wait(seconds)
            return
        self._before, media_id = found
        media = self._state.media(media_id)
        if media.file is None:
            return
        try:
            file = self._media_root.path(media.file.path)
        except StorageError as error:
            log.debug("The previews of %s wait: %s", media_id, error)
            self._missed += 1
            return
        if file.is_file():
            quietly(lambda: self._make(media, file, stop))
        else:
            self._missed += 1

    def _make(self, media: Media, file: Path, stop: threading.Event) -> None:
        """Make the sheets, and note it, or why there are none: then the same file is not tried again."""
        assert media.file is not None
        made = Trickplay(media.id, file_tag(media.file), TrickplayState.FAILED, None, None, 0)
        try:
            folder = self._sheets.workplace()
        except StorageError as error:
            log.warning("The previews of %s wait: %s", media.id, error)
            stop.wait(_ROUND_SECONDS)
            return
        try:
            grid = self._write(media, file, folder, stop)
            size = self._sheets.keep(media.id, folder, grid.sheets)
            made = replace(made, state=TrickplayState.READY, grid=grid, size_bytes=size)
        except ToolFailed as error:
            self._sheets.remove(media.id)
            made = replace(made, reason=str(error))
        except (MediaLibraryError, OSError) as error:  # nothing of it is the fault of the file
            log.warning("The previews of %s wait: %s", media.id, error)
            return
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        self._state.put_trickplay(made)

    def _write(self, media: Media, file: Path, folder: Path, stop: threading.Event) -> TrickplayGrid:
        plan = plan_of(media.duration_ms)
        is_short = media.duration_ms <= _WHOLE_SECONDS * 1000
        for keyframes_only in (False,) if is_short else (True, False):
            run = ffmpeg.write_sheets(
                file,
                folder,
                interval_ms=plan.interval_ms,
                columns=plan.columns,
                rows=plan.rows,
                count=plan.count,
                keyframes_only=keyframes_only,
            )
            try:
                return followed(run, stop)
            except ToolFailed:
                if not keyframes_only:
                    raise
        raise AssertionError("the last attempt returns or raises")


def plan_of(duration_ms: int) -> TrickplayGrid:
    """How many previews a film of this length gets, and how they lie; their size is not known yet (0)."""
    seconds = duration_ms / 1000
    interval = next((interval for longest, interval in _INTERVALS_MS if seconds <= longest), _LONG_INTERVAL_MS)
    interval = max(interval, -(-duration_ms // _MOST_PICTURES))
    count = max(1, -(-duration_ms // interval))
    return TrickplayGrid(interval, 0, 0, min(_SIDE, count), min(_SIDE, -(-count // _SIDE)), count)
