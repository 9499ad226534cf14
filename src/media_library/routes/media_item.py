"""A media item with all that its page shows, as several routes answer with it."""

from pathlib import PurePosixPath

import msgspec

from media_library.constants import MIME_TYPES
from media_library.models.language import language_name
from media_library.models.media import Media
from media_library.models.user import Viewer
from media_library.routes.helpers import Json
from media_library.routes.services import Services
from media_library.routes.shapes import Card, Shape, join_objects


class LibraryRef(Shape):
    """The library of an item."""

    id: str
    name: str


class VideoShape(Shape):
    """The picture, in pixels and frames a second."""

    codec: str
    width: int
    height: int
    frame_rate: float | None


class AudioShape(Shape):
    """An audio track."""

    index: int
    language: str
    language_name: str
    codec: str
    channels: int
    default: bool


class SubtitleShape(Shape):
    """A subtitle track."""

    index: int
    language: str
    language_name: str
    codec: str
    forced: bool


class ChapterShape(Shape):
    """A chapter, in seconds from the start."""

    title: str
    start: float
    end: float


class Source(Shape):
    """The disc that an item came from."""

    kind: str
    label: str
    disc_id: str


class Neighbours(Shape):
    """What comes before and after it in its show or on its album."""

    previous: str | None
    next: str | None


class _Details(Shape):
    """What the page of an item shows beyond its card. ``locked`` are the names that were edited by hand."""

    path: str
    size_bytes: int
    container: str
    mime: str
    overview: str | None
    library: LibraryRef
    video: VideoShape | None
    audio: tuple[AudioShape, ...]
    subtitles: tuple[SubtitleShape, ...]
    chapters: tuple[ChapterShape, ...]
    source: Source | None
    source_url: str | None
    neighbours: Neighbours
    locked: tuple[str, ...]
    review_reason: str | None
    min_age: int | None


class MediaItem(Card):
    """A media item with all that is known of it. ``locked`` are the names that were edited by hand."""

    path: str
    size_bytes: int
    container: str
    mime: str
    overview: str | None
    library: LibraryRef
    video: VideoShape | None
    audio: tuple[AudioShape, ...]
    subtitles: tuple[SubtitleShape, ...]
    chapters: tuple[ChapterShape, ...]
    source: Source | None
    source_url: str | None
    neighbours: Neighbours
    locked: tuple[str, ...]
    review_reason: str | None
    min_age: int | None


def item_answer(services: Services, viewer: Viewer, media_id: str) -> Json:
    """An item as its page shows it; raises ``NotFound``."""
    media = services.state.media_for(viewer, media_id)
    card = services.state.card_for(viewer, media_id, offline=not services.media_root.is_online())
    return Json(join_objects(card, msgspec.json.encode(_details(services, viewer, media))))


def _details(services: Services, viewer: Viewer, media: Media) -> _Details:
    streams, file = media.streams, media.file
    path = "" if file is None else file.path
    names = {library.id: library.name for library in services.state.list_libraries()}
    video = streams.video
    return _Details(
        path=path,
        size_bytes=0 if file is None else file.size_bytes,
        container="" if file is None else file.container,
        mime=MIME_TYPES.get(PurePosixPath(path).suffix.lower(), "application/octet-stream"),
        source_url=_source_url(services, media),
        overview=media.overview,
        library=LibraryRef(media.library_id, names[media.library_id]),
        video=None if video is None else VideoShape(video.codec, video.width, video.height, video.frame_rate),
        audio=tuple(
            AudioShape(one.index, one.language, language_name(one.language), one.codec, one.channels, one.default)
            for one in streams.audio
        ),
        subtitles=tuple(
            SubtitleShape(one.index, one.language, language_name(one.language), one.codec, one.forced)
            for one in streams.subtitles
        ),
        chapters=tuple(ChapterShape(one.title, one.start_ms / 1000, one.end_ms / 1000) for one in streams.chapters),
        source=_source(services, media),
        neighbours=Neighbours(*services.state.neighbours(viewer, media.id)),
        locked=tuple(sorted(media.locked)),
        review_reason=media.review_reason,
        min_age=media.min_age,
    )


def _source_url(services: Services, media: Media) -> str | None:
    """The address that an item came from."""
    return next(
        (key.removeprefix("url:") for key in services.state.origins_of(media.id) if key.startswith("url:")), None
    )


def _source(services: Services, media: Media) -> Source | None:
    if media.disc_id is None:
        return None
    return Source("disc", services.state.get_disc(media.disc_id).label, media.disc_id)
