"""Reads the subtitles of films one after the other, while nothing else is to be done, so that what is said is found."""

import logging
import threading

from media_library.adapters.subtitle_files import plain_of
from media_library.app_state import AppState
from media_library.errors import MediaLibraryError, NotFound, Stopped, StorageError, ToolMissing
from media_library.models.job import RUNNING
from media_library.models.media import Media
from media_library.models.subtitle import Cue, SpokenLine, SpokenTrack
from media_library.repositories.subtitle_repo import Unindexed
from media_library.services.quiet_work import be_nice, seconds_to_next_round
from media_library.services.subtitles import Subtitles, one_of_each_language

log = logging.getLogger(__name__)

_BUSY_SECONDS = 5.0
_MOST_LANGUAGES = 40
_LONGEST_LINE = 500
_SAME_LINE_MS = 100


class SubtitleIndex:
    """Takes one film at a time; what lies in a folder that is offline has its turn later."""

    def __init__(self, state: AppState, subtitles: Subtitles) -> None:
        self._state = state
        self._subtitles = subtitles
        self._after = 0
        self._words_of = -1
        self._is_nice = False
        self._missed = 0

    def step(self, stop: threading.Event) -> None:
        """Read the subtitles of the next film, or compare the known words with the indexes, or wait."""
        if not self._is_nice:
            be_nice()
            self._is_nice = True
        if self._state.list_jobs(RUNNING, 1):
            stop.wait(_BUSY_SECONDS)
        elif not self.read_next(stop) and not self.learn_words():
            missed, self._missed = self._missed, 0
            stop.wait(seconds_to_next_round(missed))

    def read_next(self, stop: threading.Event) -> bool:
        """Whether there was a film to read; false once after the last one, then it begins anew."""
        found = self._state.next_unindexed(self._after)
        if found is None:
            self._after = 0
            self._subtitles.cache.prune()
            return False
        self._after = found.rid
        self._read(found, stop)
        return True

    def learn_words(self) -> bool:
        """Whether the words that are searched changed since they were looked at; the first look always counts."""
        newest = self._state.newest_searched()
        if newest == self._words_of:
            return False
        changed = self._state.refresh_words()
        if not changed:
            self._words_of = newest
        return changed > 0

    def _read(self, found: Unindexed, stop: threading.Event) -> None:
        try:
            media = self._state.media(found.media_id)
            tracks = [] if found.tag == "" else self._tracks_of(media, stop)
            count = self._state.put_spoken(media.id, found.tag, tracks)
            log.info("Indexed %d lines of the subtitles of %s", count, media.id)
        except NotFound as error:
            log.info("The subtitles of %s cannot be read: %s", found.media_id, error)
            self._note_failure(found, str(error))
        except Stopped:
            return
        except (StorageError, ToolMissing) as error:
            log.debug("The subtitles of %s wait: %s", found.media_id, error)
            self._missed += 1
        except MediaLibraryError as error:
            self._note_failure(found, str(error))

    def _tracks_of(self, media: Media, stop: threading.Event) -> list[SpokenTrack]:
        tracks = []
        for choice in one_of_each_language(self._subtitles.of(media))[:_MOST_LANGUAGES]:
            try:
                cues = self._subtitles.cues(media, choice.id, stop)
            except NotFound:
                continue  # one file that is no text does not hide the others
            lines = _lines_of(cues)
            if lines:
                tracks.append(SpokenTrack(choice.id, choice.language, lines))
        return tracks

    def _note_failure(self, found: Unindexed, reason: str) -> None:
        """Noted, so that it is not tried again and again; an item that is gone meanwhile needs no note."""
        try:
            self._state.media(found.media_id)
        except NotFound:
            return
        self._state.put_spoken(found.media_id, found.tag, [], reason)


def _lines_of(cues: tuple[Cue, ...]) -> tuple[SpokenLine, ...]:
    """What is said, each line once: some subtitles repeat it for every letter that lights up."""
    lines: list[SpokenLine] = []
    last, last_end = "", -1
    for cue in cues:
        text = plain_of(cue.payload)[:_LONGEST_LINE]
        if text and not (text == last and cue.start_ms <= last_end + _SAME_LINE_MS):
            lines.append(SpokenLine(cue.start_ms, text))
        last, last_end = text, cue.end_ms
    return tuple(lines)
