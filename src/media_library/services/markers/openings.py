"""Listens to the episodes of a season, one after the other, and finds the openings and credits that they share."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from media_library.adapters import ffmpeg, fpcalc, process
from media_library.app_state import AppState
from media_library.errors import MediaLibraryError, Stopped, StorageError, ToolFailed
from media_library.models.media import Media
from media_library.models.preferences import LibraryPreferences
from media_library.models.timeline import SoundPrint, file_tag
from media_library.services.markers.season import compare_season
from media_library.services.media_root import MediaRoot
from media_library.services.quiet_work import followed, quietly, seconds_to_next_round

log = logging.getLogger(__name__)

_ROUND_SECONDS = 60.0
_OPENING_SECONDS = 480.0
_ENDING_SECONDS = 300.0
_PART = 1 / 3
"""Of a short episode not more than its first and its last third is listened to."""

_START = ("", -1, -1)


class Openings:
    """Goes through the shows season by season; a season is compared as soon as all of it was listened to."""

    def __init__(self, state: AppState, media_root: MediaRoot, preferences: Callable[[], LibraryPreferences]) -> None:
        self._state = state
        self._media_root = media_root
        self._preferences = preferences
        self._after = _START
        self._season: tuple[str, int] | None = None
        self._missed = 0

    def step(self, stop: threading.Event) -> None:
        """Listen to the next episode, or compare a season, or wait."""
        if not self._preferences().openings or not all(map(process.find, ("ffmpeg", "fpcalc"))):
            stop.wait(_ROUND_SECONDS)
            return
        found = self._state.episode_without_print(self._after)
        if self._season is not None and (found is None or found[0][:2] != self._season):
            season, self._season = self._season, None
            self._compare(season, stop)
        elif found is not None:
            self._after, media_id = found
            self._season = self._after[:2]
            self._listen(media_id, stop)
        else:
            self._after = _START
            waiting = self._state.season_to_compare()
            if waiting is None:
                missed, self._missed = self._missed, 0
                stop.wait(seconds_to_next_round(missed))
            else:
                self._compare(waiting, stop)

    def _listen(self, media_id: str, stop: threading.Event) -> None:
        media = self._state.media(media_id)
        if media.file is None:
            return
        try:
            file = self._media_root.path(media.file.path)
        except StorageError as error:
            log.debug("The sound of %s waits: %s", media_id, error)
            self._missed += 1
            return
        if not file.is_file():
            self._missed += 1
            return
        try:
            heard = quietly(lambda: _heard(media, file, stop))
        except ToolFailed as error:
            log.info("%s cannot be compared by its sound: %s", media_id, error)
            heard = SoundPrint(media.id, file_tag(media.file), (), (), 0)
        except (MediaLibraryError, OSError) as error:  # nothing of it is the fault of the file
            log.warning("The sound of %s waits: %s", media_id, error)
            return
        self._state.put_sound_print(heard)

    def _compare(self, season: tuple[str, int], stop: threading.Event) -> None:
        prints = self._state.prints_of_season(*season)
        durations = {one.media_id: self._state.media(one.media_id).duration_ms for one in prints}

        def check() -> None:
            # the interpreter is shared with the other loops
            if stop.wait(0.001):
                raise Stopped("The program is being stopped.")

        found = quietly(lambda: compare_season(prints, durations, check))
        with self._state.transaction():
            for media_id, markers in found.items():
                self._state.put_markers_by_sound(media_id, markers)
            self._state.note_compared(one.media_id for one in prints)


def _heard(media: Media, file: Path, stop: threading.Event) -> SoundPrint:
    assert media.file is not None
    seconds = media.duration_ms / 1000
    opening, ending = min(_OPENING_SECONDS, seconds * _PART), min(_ENDING_SECONDS, seconds * _PART)
    numbers = []
    for at_seconds, part in ((0.0, opening), (seconds - ending, ending)):
        with TemporaryDirectory(prefix="sound-") as folder:
            excerpt = Path(folder) / "sound.wav"
            followed(ffmpeg.write_excerpt(file, excerpt, at_seconds=at_seconds, seconds=part), stop)
            numbers.append(followed(fpcalc.raw_print(excerpt, seconds=part), stop))
    return SoundPrint(media.id, file_tag(media.file), numbers[0], numbers[1], round((seconds - ending) * 1000))
