"""Lists the subtitles of a file and hands out those that are text as WebVTT, made once and kept."""

import hashlib
import logging
import os
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from media_library.adapters.ffmpeg.subtitles import extract_subtitles
from media_library.adapters.subtitle_files import MOST_BYTES, read_subtitles, webvtt_of
from media_library.app_state import AppState
from media_library.errors import NotFound, Stopped, ToolFailed
from media_library.models.library_file import PLAYABLE, LibraryFile
from media_library.models.media import Media, MediaFile
from media_library.models.subtitle import Cue, SubtitleChoice
from media_library.services.media_files import open_below, open_media
from media_library.services.media_root import MediaRoot
from media_library.services.subtitles.cache import SubtitleCache
from media_library.services.subtitles.choices import beside, embedded

log = logging.getLogger(__name__)

_FORM = 1
"""Counts up when the same file would give another text, so that what was kept is made again."""

_NONE = "There are no such subtitles."


class Subtitles:
    """What a player may show below a film. Safe to use from any thread."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root
        self.cache = SubtitleCache(media_root.state_folder / "cache" / "subtitles")

    def of(self, media: Media, file: LibraryFile | None = None) -> tuple[SubtitleChoice, ...]:
        """The subtitles in the main file of an item, or in another ``file`` of it, then those that lie beside it."""
        path = file.path if file is not None else media.file.path if media.file is not None else ""
        streams = media.streams if file is None else file.streams
        return embedded(streams) + beside(self._state.files_of_media(media.id), path)

    def file(self, media: Media, file_id: str | None) -> LibraryFile | None:
        """The version or part of an item with this id, ``None`` for its main file; raises ``NotFound``."""
        if file_id is None:
            return None
        for file in self._state.files_of_media(media.id):
            if file.id == file_id and file.role in PLAYABLE:
                return file
        raise NotFound("This item has no such file.")

    def webvtt(
        self, media: Media, file: LibraryFile | None, subtitle_id: str, stop: threading.Event | None = None
    ) -> bytes:
        """Subtitles that are text, as WebVTT.

        Raises ``NotFound`` if there are none of this id, if they are pictures or cannot be read, ``StorageError``
        when the folder is offline, and ``Stopped`` soon after ``stop`` is set.
        """
        choices = self.of(media, file)
        choice = next((one for one in choices if one.id == subtitle_id and one.is_text), None)
        if choice is None:
            raise NotFound(_NONE)
        if choice.stream_index is None:
            return self._beside(media, choice)
        return self._inside(media, file, choices, choice, stop)

    def cues(self, media: Media, subtitle_id: str, stop: threading.Event) -> tuple[Cue, ...]:
        """The same of the main file, as cues."""
        return read_subtitles(self.webvtt(media, None, subtitle_id, stop))

    def _beside(self, media: Media, choice: SubtitleChoice) -> bytes:
        assert choice.path is not None
        rate = media.streams.video.frame_rate if media.streams.video is not None else None
        with open_below(self._media_root, choice.path) as source:
            facts = os.fstat(source.fileno())
            tag = _tag(choice.id, facts.st_ino, facts.st_mtime_ns, facts.st_size, choice.language, rate)
            made = self.cache.get(tag, choice.id)
            if made is None:
                # a raw file may give less than it was asked for
                content = b"".join(iter(lambda: source.read(1 << 20), b"")) if facts.st_size <= MOST_BYTES else b""
                cues = read_subtitles(content, language=choice.language, frame_rate=rate)
                if not cues:
                    raise NotFound("This file holds no subtitles that can be read.")
                made = webvtt_of(cues).encode()
                self.cache.put(tag, choice.id, made)
        return made

    def _inside(
        self,
        media: Media,
        file: LibraryFile | None,
        choices: Sequence[SubtitleChoice],
        choice: SubtitleChoice,
        stop: threading.Event | None,
    ) -> bytes:
        played = media if file is None else replace(media, file=_as_media_file(file))
        opened = open_media(self._media_root, played)
        opened.file.close()
        tag = _tag(opened.tag)
        made = self.cache.get(tag, choice.id)
        if made is None:
            with self.cache.making(tag) as place:
                made = self.cache.get(tag, choice.id)
                if made is None:
                    wanted = [one for one in choices if one.is_text and one.path is None]
                    self._extract(played, wanted, place, tag, stop)
                    made = self.cache.get(tag, choice.id)
        if made is None:
            raise NotFound(_NONE)
        return made

    def _extract(
        self, media: Media, wanted: Sequence[SubtitleChoice], place: Path, tag: str, stop: threading.Event | None
    ) -> None:
        """All text subtitles in the file of an item at once: reading it through takes as long for one of them."""
        assert media.file is not None
        source = self._media_root.path(media.file.path)
        # scripts as they are: what is drawn in them is told from text here only
        raw = {one: place / f"{one.id}.{'ass' if one.format == 'ass' else 'vtt'}" for one in wanted}
        try:
            run = extract_subtitles(source, {one.stream_index or 0: file for one, file in raw.items()})
            with closing(run):
                for _ in run:
                    if stop is not None and stop.is_set():
                        raise Stopped("The program is shutting down.")
        except ToolFailed as error:
            log.info("The subtitles in %s cannot be read: %s", media.id, error.output)
        for one, file in raw.items():
            cues = read_subtitles(file.read_bytes()) if file.is_file() else ()
            # an empty one is kept as well, so that it is not tried again and again
            self.cache.put(tag, one.id, webvtt_of(cues).encode())


def _as_media_file(file: LibraryFile) -> MediaFile:
    return MediaFile(file.path, file.size_bytes, file.mtime_ns, file.inode, file.container, file.duration_ms)


def _tag(*facts: object) -> str:
    return hashlib.sha256(" ".join(map(str, (_FORM, *facts))).encode()).hexdigest()[:32]
