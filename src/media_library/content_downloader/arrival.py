"""Brings what was fetched from the web into the library, with its picture, its subtitles and its place in lists."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from media_library.adapters import durable, ffmpeg
from media_library.app_state import AppState
from media_library.content_downloader.foreign_media import ForeignMedia, follow
from media_library.content_downloader.work import Work
from media_library.errors import MediaLibraryError, StorageError
from media_library.models.job import JobStage
from media_library.models.library import LibraryKind
from media_library.models.media import Chapter, Media, MediaFile, MediaNames, MediaType, NewMedia, Streams
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot

log = logging.getLogger(__name__)

_MOST_OVERVIEW = 4_000
_STILL_AT = 0.2
_STILL_WIDTH = 1280
_GIB = 2**30


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is known of a video or sound that was fetched. ``published_at`` is in milliseconds."""

    title: str
    channel: str
    origins: tuple[str, ...]
    description: str | None = None
    published_at: int | None = None
    language: str | None = None
    chapters: tuple[Chapter, ...] = ()
    picture: Path | None = None
    subtitles: tuple[tuple[str, Path], ...] = ()


class Arrivals:
    """The way into the library of web videos."""

    def __init__(self, state: AppState, media_root: MediaRoot, covers: Covers, naming: Naming) -> None:
        self._state = state
        self._media_root = media_root
        self._covers = covers
        self._naming = naming

    def known(self, work: Work, origins: Sequence[str]) -> Media | None:
        """The item that came from any of these already; it becomes the result of the job."""
        media = work.known(origins)
        if media is None:
            return None
        self._state.remember_origins(media.id, origins)
        self.stand_for(media, origins)
        work.lead_to(media)
        return media

    def enter(self, work: Work, media_file: ForeignMedia, arrived: Arrived) -> Media:
        """Publish a file; raises what ``Work.publish`` raises."""
        names = MediaNames(arrived.title, year=_year(arrived.published_at), show_title=arrived.channel)
        found = media_file.found
        streams = Streams(
            found.streams.video,
            found.streams.audio,
            found.streams.subtitles,
            arrived.chapters or found.streams.chapters,
        )
        path = self._path(names, arrived.published_at, media_file.file.suffix)
        library = self._state.library_of_kind(LibraryKind.VIDEOS)
        new = NewMedia(
            MediaType.VIDEO,
            library.id,
            names,
            MediaFile(f"{library.folder}/{path}", 0, 0, 0, media_file.container, found.duration_ms),
            streams,
            overview=arrived.description[:_MOST_OVERVIEW] if arrived.description else None,
            published_at=arrived.published_at,
            language=arrived.language,
            origins=arrived.origins,
        )
        still = self._still(work, media_file, arrived.picture)
        media = work.publish(media_file.file, new)
        if arrived.description:
            self._state.put_media_text(media.id, arrived.description)
        if still is not None:
            self._covers.put(media.id, still, "still")
        self._put_subtitles(media, arrived.subtitles)
        self.stand_for(media, arrived.origins)
        return media

    def stand_for(self, media: Media, origins: Sequence[str]) -> None:
        """Let the entries of lists that wait for these origins stand for an item."""
        self._state.link_entries(origins, media.id)

    def require_space(self, needed_bytes: int = 0) -> None:
        """Raise ``StorageError`` if the volume has not ``needed_bytes`` and the reserve left."""
        free, _ = self._media_root.space()
        reserve = self._media_root.reserve_bytes()
        if free < reserve + needed_bytes:
            wanted = f"about {needed_bytes / _GIB:.1f} GiB are needed" if needed_bytes else "some must stay free"
            raise StorageError(
                f"The volume of the media folder has only {free / _GIB:.1f} GiB left, and {wanted}. Make room, then"
                " retry."
            )

    def _path(self, names: MediaNames, published_at: int | None, suffix: str) -> PurePosixPath:
        """The place of a video: of those of its channel on its day it has the first free number."""
        place = self._naming.web_video(names, published_at)
        if published_at is not None:
            folder = self._media_root.path(
                f"{self._state.library_of_kind(LibraryKind.VIDEOS).folder}/{place.path.parent}"
            )
            taken = {file.name.partition(" ")[0] for file in folder.iterdir()} if folder.is_dir() else set()
            number = 1
            while place.path.name.partition(" ")[0] in taken and number < 99:
                number += 1
                place = self._naming.web_video(names, published_at, number=number)
        return place.path.with_name(f"{place.path.name}{suffix}")

    def _still(self, work: Work, media_file: ForeignMedia, picture: Path | None) -> Path | None:
        """The picture of the site, or one out of the video."""
        if picture is not None:
            return picture
        if media_file.found.streams.video is None:
            return None
        target = work.staging / "still.jpg"
        run = ffmpeg.write_still(
            media_file.file,
            target,
            at_seconds=media_file.found.duration_ms / 1000 * _STILL_AT,
            width=_STILL_WIDTH,
            is_foreign=True,
        )
        try:
            follow(work, run, JobStage.VERIFY, 98)
        except MediaLibraryError as error:
            work.check()
            log.info("There is no still of %s: %s", work.job.title, error)
            return None
        return target

    def _put_subtitles(self, media: Media, subtitles: Sequence[tuple[str, Path]]) -> None:
        """Lay subtitles beside their video, where other players look for them too."""
        if media.file is None:
            return
        video = self._media_root.path(media.file.path)
        for language, file in subtitles:
            try:
                durable.move(file, video.with_name(f"{video.stem}.{language}{file.suffix}"))
            except OSError as error:
                log.warning("The subtitles %s of %s stay out: %s", language, media.id, error.strerror)


def _year(published_at: int | None) -> int | None:
    return None if published_at is None else datetime.fromtimestamp(published_at / 1000, UTC).year
