"""Fetches the file of an episode, with its chapters, its transcript and its picture."""

import hashlib
import logging
import threading
import time
from collections.abc import Mapping
from pathlib import PurePosixPath

from media_library.adapters import durable, feeds
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import FileNaming
from media_library.content_downloader.fetching import FetchProgress, fetch
from media_library.content_downloader.foreign_media import ForeignMedia, prove
from media_library.content_downloader.side_threads import side_by_side
from media_library.content_downloader.work import Work
from media_library.errors import Conflict, MediaLibraryError, StorageError, VerificationFailed
from media_library.models.content_job import PodcastOrder
from media_library.models.job import JobStage
from media_library.models.library import LibraryKind
from media_library.models.media import Chapter, Media, MediaFile, MediaNames, MediaType, NewMedia, Streams
from media_library.models.podcast import Episode, Podcast, Transcript
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.services.notices import episode_arrived
from media_library.services.podcasts import FeedReader
from media_library.services.podcasts.notes import plain_text

log = logging.getLogger(__name__)

_MOST_BYTES = 16 << 30
_DOWNLOAD_SIZE = 90.0
_VERIFY_BEGIN = 92.0
_BESIDE_BEGIN = 95.0
_LOOK_AT_SPACE_SECONDS = 2.0
_SECONDS = 30.0
_MOST_CHAPTER_BYTES = 1024 * 1024
_MOST_TRANSCRIPT_BYTES = 8 * 1024 * 1024
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_PAGE_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")
_NO_SOUND = (
    "The podcast's server sent a web page instead of the episode. It may be gone or ask for a subscription: look at the"
    " podcast's site, then retry."
)


class EpisodeDownloader:
    """Does the jobs of kind ``PODCAST``."""

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        http: HttpClient,
        reader: FeedReader,
        covers: Covers,
        naming: Naming | None = None,
    ) -> None:
        """Without ``naming`` files get their names of the built-in tree."""
        self._state = state
        self._media_root = media_root
        self._http = http
        self._reader = reader
        self._covers = covers
        self._naming = naming or Naming(FileNaming())

    def run(self, work: Work, stop: threading.Event) -> None:
        """Fetch the episode of the order, into the item that it was before if its file was removed meanwhile."""
        order = work.job.order
        assert isinstance(order, PodcastOrder)
        work.report(JobStage.EXAMINE, 0)
        podcast, episode = self._state.podcast(order.podcast_id), self._state.episode(order.episode_id)
        origins = (guid_key(episode), episode.enclosure_key)
        before = self._before(work, episode, origins)
        if before is not None and before.file is not None:
            self._state.link_episode(episode.id, before.id)
            work.lead_to(before)
            return
        media_file = self._fetched(work, podcast, episode)
        chapters_file, transcript_file, picture = side_by_side(
            (
                lambda: self._beside(podcast, episode.chapters_url, _MOST_CHAPTER_BYTES),
                lambda: self._beside(podcast, episode.transcript_url, _MOST_TRANSCRIPT_BYTES),
                lambda: self._picture(podcast, episode),
            ),
            at_once=3,
            tick=lambda done: work.report(JobStage.DOWNLOAD, _BESIDE_BEGIN + done),
        )
        chapters = feeds.read_chapters(chapters_file or b"", media_file.found.duration_ms)
        transcript = self._read(transcript_file, episode)
        media = work.publish(media_file.file, self._described(podcast, episode, media_file, chapters, origins, before))
        self._state.link_episode(episode.id, media.id, self._put_beside(work, media, transcript))
        spoken = "" if transcript is None else transcript.text
        self._state.put_media_text(media.id, f"{plain_text(episode.notes)}\n\n{spoken}")
        if picture is None or not self._covers.put(media.id, picture):
            self._covers.share(podcast.id, media.id)
        self._put_cover(work, podcast, media)
        if before is None and work.job.requested_by is None:
            episode_arrived(self._state, media)

    def _before(self, work: Work, episode: Episode, origins: tuple[str, ...]) -> Media | None:
        """The item that this episode is already, with its file or without."""
        found = work.known(origins) if episode.media_id is None else self._state.media(episode.media_id)
        if found is not None and found.file is not None and found.deleted_at is not None:
            raise Conflict("This episode is in the bin. Bring it back from there.")
        return found

    def _fetched(self, work: Work, podcast: Podcast, episode: Episode) -> ForeignMedia:
        looked_at = -_LOOK_AT_SPACE_SECONDS

        def tell(progress: FetchProgress) -> None:
            nonlocal looked_at
            work.report(
                JobStage.DOWNLOAD,
                1 + _DOWNLOAD_SIZE * progress.fraction,
                eta_seconds=progress.eta_seconds,
                speed=f"{progress.bytes_per_second / 1e6:.1f} MB/s",
            )
            if time.monotonic() - looked_at >= _LOOK_AT_SPACE_SECONDS:
                looked_at = time.monotonic()
                self._require_space(0)

        def judge(headers: Mapping[str, str], total: int | None) -> None:
            if headers.get("content-type", "").partition(";")[0].strip().lower() in _PAGES:
                raise VerificationFailed(_NO_SOUND)
            self._require_space(total or 0)

        url = episode.enclosure_url
        fetched = fetch(
            self._http,
            url,
            work.staging,
            max_bytes=_MOST_BYTES,
            tell=tell,
            judge=judge,
            auth=self._reader.credentials_for(podcast, url),
        )
        with fetched.file.open("rb") as file:
            if file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS):
                raise VerificationFailed(_NO_SOUND)
        return prove(work, fetched.file, announced_ms=None, begin=_VERIFY_BEGIN)

    def _described(
        self,
        podcast: Podcast,
        episode: Episode,
        media_file: ForeignMedia,
        chapters: tuple[Chapter, ...],
        origins: tuple[str, ...],
        before: Media | None,
    ) -> NewMedia:
        names = MediaNames(episode.title, show_title=podcast.title, season=episode.season, episode=episode.episode)
        library, found = self._state.library_of_kind(LibraryKind.PODCASTS), media_file.found
        path = PurePosixPath(library.folder) / self._naming.podcast_episode(names, episode.published_at).path
        file = MediaFile(f"{path}{media_file.file.suffix}", 0, 0, 0, media_file.container, found.duration_ms)
        streams = Streams(
            found.streams.video, found.streams.audio, found.streams.subtitles, chapters or found.streams.chapters
        )
        return NewMedia(
            MediaType.PODCAST,
            library.id,
            names,
            file,
            streams,
            overview=episode.overview or None,
            published_at=episode.published_at,
            language=podcast.language,
            origins=origins,
            replaces=None if before is None else before.id,
        )

    def _read(self, content: bytes | None, episode: Episode) -> Transcript | None:
        try:
            return feeds.read_transcript(content or b"", episode.transcript_type or "text/plain")
        except MediaLibraryError as error:
            log.info("The transcript of %s is left out: %s", episode.id, error)
            return None

    def _picture(self, podcast: Podcast, episode: Episode) -> bytes | None:
        """The picture of this episode alone."""
        if episode.image_url is None or episode.image_url == podcast.image_url:
            return None
        return self._reader.picture(podcast, episode.image_url)

    def _beside(self, podcast: Podcast, url: str | None, max_bytes: int) -> bytes | None:
        """Something small that belongs to an episode; an episode never fails by it."""
        if url is None:
            return None
        auth = self._reader.credentials_for(podcast, url)
        try:
            return self._http.get(url, timeout_seconds=_SECONDS, max_bytes=max_bytes, auth=auth).body
        except MediaLibraryError as error:
            log.info("%s of an episode cannot be fetched: %s", url, error)
            return None

    def _put_beside(self, work: Work, media: Media, transcript: Transcript | None) -> str | None:
        """Lay the transcript beside the sound; its path relative to the media folder."""
        if transcript is None or media.file is None:
            return None
        path = str(PurePosixPath(media.file.path).with_suffix(transcript.suffix))
        staged = work.staging / f"transcript{transcript.suffix}"
        try:
            staged.write_text(transcript.content, "utf-8")
            durable.flush_file(staged)
            staged.replace(self._media_root.path(path))
        except OSError as error:
            log.warning("The transcript of %s is not kept: %s", media.id, error)
            return None
        return path

    def _put_cover(self, work: Work, podcast: Podcast, media: Media) -> None:
        """Lay the podcast's picture where other programs look for it, once."""
        if media.file is None:
            return
        target = self._media_root.path(media.file.path).with_name("cover.jpg")
        staged = work.staging / "cover.jpg"
        if not target.exists() and self._covers.copy(podcast.id, staged):
            try:
                durable.move(staged, target)
            except OSError as error:
                log.info("There is no cover beside %s: %s", media.file.path, error)

    def _require_space(self, needed_bytes: int) -> None:
        free, _ = self._media_root.space()
        if free < self._media_root.reserve_bytes() + needed_bytes:
            raise StorageError("The media drive is nearly full. Make room, then retry.")


def guid_key(episode: Episode) -> str:
    """By what the item of an episode is known again."""
    return f"guid:{episode.podcast_id}:{hashlib.sha256(episode.guid.encode()).hexdigest()}"
