"""What is known of the files that are played: from the library, from a closer look, and where they can be cut."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from media_library.adapters.ffmpeg.playback_probe import look_into
from media_library.adapters.keyframes import keyframes_of
from media_library.errors import Conflict, ToolFailed
from media_library.models.media import Media
from media_library.models.playback_plan import Source, SourceAudio, SourceSubtitle, SourceVideo
from media_library.services.media_files import open_media
from media_library.services.media_root import MediaRoot
from media_library.services.playback.borders import keyframe_borders, stream_borders
from media_library.services.playback.keyframe_shelf import KeyframeShelf
from media_library.services.playback.reasons import family_of

Found = TypeVar("Found")
_REMEMBERED = 200
_SURE = frozenset({"mp4", "webm", "mp3", "flac", "ogg", "wav", "aac"})
"""The containers of which the library knows all that decides whether they are played as they are."""


@dataclass(frozen=True, slots=True)
class Film:
    """A file to be played: where it is, and ``tag``, which changes with its bytes."""

    path: Path
    tag: str
    container: str


class Sources:
    """Remembers what it found. Safe to use from any thread."""

    def __init__(self, media_root: MediaRoot) -> None:
        self._media_root = media_root
        self._lock = threading.Lock()
        self._looked: OrderedDict[str, Source] = OrderedDict()
        self._borders: OrderedDict[str, tuple[float, ...]] = OrderedDict()
        self._distrusted: set[str] = set()
        self._shelf = KeyframeShelf(media_root.state_folder / "cache" / "keyframes")

    def film(self, media: Media) -> Film:
        """The file of an item; raises ``NotFound`` or ``StorageError`` if it is not there as the library knows it."""
        opened = open_media(self._media_root, media)
        opened.file.close()
        assert media.file is not None
        return Film(self._media_root.path(media.file.path), opened.tag, family_of(media.file.container))

    def known(self, media: Media, film: Film) -> Source | None:
        """What the library knows, if that is enough to play the file as it is; ``None`` if a closer look is needed."""
        video, container = media.streams.video, film.container
        tracks = media.streams.audio
        is_known = bool(tracks) if video is None else video.bit_depth is not None
        if container not in _SURE or media.file is None or not is_known:
            return None
        return Source(
            container,
            media.file.duration_ms / 1000,
            media.streams.bit_rate,
            None
            if video is None
            else SourceVideo(
                0,
                video.codec,
                video.width,
                video.height,
                video.frame_rate,
                bit_depth=video.bit_depth,
                hdr=video.hdr,
            ),
            tuple(SourceAudio(t.index, t.codec, t.channels, t.language, t.title, t.default) for t in tracks),
            tuple(SourceSubtitle(t.index, number, t.codec) for number, t in enumerate(media.streams.subtitles)),
            is_thorough=False,
        )

    def looked_into(self, media: Media, film: Film) -> Source:
        """What the file itself says; raises ``Conflict`` if it is no media."""
        with self._lock:
            found = self._looked.get(film.tag)
        if found is None:
            try:
                found = look_into(film.path, film.container)
            except ToolFailed as error:
                raise Conflict("This file cannot be played: it is damaged, or no film and no music.") from error
            found = _named_as_known(found, media)
            with self._lock:
                _remember(self._looked, film.tag, found)
        return found

    def borders(self, film: Film, source: Source) -> tuple[float, ...]:
        """Where the picture of a file can be cut without being encoded; none if that is not known.

        A file without an index, or with a wrong one, is read through behind what plays, for the next time.
        """
        with self._lock:
            known = self._borders.get(film.tag)
            is_trusted = film.tag not in self._distrusted
        if known is not None:
            return known
        keyframes = self._shelf.known(film.tag)
        if keyframes is None and is_trusted:
            with film.path.open("rb", buffering=0) as file:
                keyframes = keyframes_of(file, film.container) or None
        if keyframes is None:
            return self._without_index(film, source, is_trusted=is_trusted)
        found = keyframe_borders(keyframes, source.duration) if keyframes else ()
        with self._lock:
            _remember(self._borders, film.tag, found)
        return found

    def distrust(self, tag: str) -> None:
        """Do not cut a file again where it was cut: it has no keyframes there."""
        if self._shelf.known(tag) is not None:
            self._shelf.keep(tag, ())
        with self._lock:
            self._distrusted.add(tag)
            self._borders.pop(tag, None)

    def _without_index(self, film: Film, source: Source, *, is_trusted: bool) -> tuple[float, ...]:
        video = source.video
        # an AVI does not say in which order its pictures are shown
        if video is None or (film.container == "avi" and video.is_reordered):
            return ()
        self._shelf.look_for(film.tag, film.path, video.index)
        return stream_borders(source.duration) if film.container == "mpegts" and is_trusted else ()


def _named_as_known(source: Source, media: Media) -> Source:
    """With the length that the library knows where the file tells none, and languages as the library writes them."""
    languages = {track.index: track.language for track in media.streams.audio}
    audio = tuple(
        SourceAudio(
            *(track.index, track.codec, track.channels, languages.get(track.index, track.language), track.title),
            *(track.is_default, track.sample_rate, track.bit_rate, track.profile),
        )
        for track in source.audio
    )
    duration = source.duration or (media.file.duration_ms / 1000 if media.file is not None else 0.0)
    return Source(source.container, duration, source.bit_rate, source.video, audio, source.subtitles)


def _remember(shelf: OrderedDict[str, Found], tag: str, found: Found) -> None:
    shelf[tag] = found
    while len(shelf) > _REMEMBERED:
        shelf.popitem(last=False)
