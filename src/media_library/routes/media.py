"""One media item: what is known of it, editing its names, the bin."""

from dataclasses import replace
from pathlib import PurePosixPath

import msgspec
from msgspec import UNSET, UnsetType

from media_library.constants import MIME_TYPES
from media_library.errors import InvalidInput
from media_library.models.language import language_name
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.user import Viewer
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json, Services
from media_library.routes.shapes import Card, Number, Shape, ShortText, Year, join_objects

api = Api("media")

_EDITABLE: dict[MediaType, frozenset[str]] = {
    MediaType.MOVIE: frozenset({"title", "year", "edition"}),
    MediaType.EPISODE: frozenset({"title", "year", "show_title", "season", "episode", "episode_end"}),
    MediaType.TRACK: frozenset({"title", "year", "artist", "album", "track_number"}),
    MediaType.VIDEO: frozenset({"title", "year", "show_title"}),
    MediaType.PODCAST: frozenset({"title", "season", "episode"}),
    MediaType.ARTICLE: frozenset({"title", "artist", "show_title"}),
    MediaType.BOOK: frozenset({"title", "year", "artist", "show_title", "episode"}),
    MediaType.PHOTO: frozenset({"title"}),
    MediaType.HOME_VIDEO: frozenset({"title"}),
    MediaType.EXTRA: frozenset({"title"}),
}
_NOUNS = {
    MediaType.MOVIE: "A film",
    MediaType.EPISODE: "An episode",
    MediaType.TRACK: "A track",
    MediaType.VIDEO: "A web video",
    MediaType.PODCAST: "A podcast episode",
    MediaType.ARTICLE: "An article",
    MediaType.BOOK: "A book",
    MediaType.PHOTO: "A photo",
    MediaType.HOME_VIDEO: "A home video",
    MediaType.EXTRA: "An extra",
}


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


class MediaEdit(Shape):
    """New names; what is not named stays. ``None`` takes a name away."""

    title: ShortText | UnsetType = UNSET
    year: Year | UnsetType | None = UNSET
    show_title: ShortText | UnsetType = UNSET
    season: Number | UnsetType | None = UNSET
    episode: Number | UnsetType | None = UNSET
    episode_end: Number | UnsetType | None = UNSET
    edition: ShortText | UnsetType | None = UNSET
    artist: ShortText | UnsetType | None = UNSET
    album: ShortText | UnsetType | None = UNSET
    track_number: Number | UnsetType | None = UNSET


@api.route("GET", "/api/media/<media_id>", access=Access.WATCH, returns=MediaItem, summary="What is known of an item")
def get_media(call: Call[None, None], media_id: str) -> Json:
    return _item(call.services, call.viewer, media_id)


@api.route(
    "PATCH",
    "/api/media/<media_id>/metadata",
    access=Access.MANAGE,
    body=MediaEdit,
    returns=MediaItem,
    summary="Correct the names of an item; corrected names are never changed by the program",
)
def edit_media(call: Call[MediaEdit, None], media_id: str) -> Json:
    state = call.services.state
    with state.transaction():
        media = state.media_for(call.viewer, media_id)
        names, edited = _edited(media, call.body)
        if edited:
            state.edit_media(media.id, names, media.locked | edited)
    return _item(call.services, call.viewer, media_id)


@api.route("DELETE", "/api/media/<media_id>", access=Access.ADMIN, status=204, summary="Put an item into the bin")
def delete_media(call: Call[None, None], media_id: str) -> None:
    call.services.bin.throw_away(call.identity, media_id)


@api.route(
    "POST",
    "/api/media/<media_id>/restore",
    access=Access.ADMIN,
    returns=MediaItem,
    summary="Bring an item back from the bin",
)
def restore_media(call: Call[None, None], media_id: str) -> Json:
    call.services.bin.restore(call.identity, media_id)
    return _item(call.services, call.viewer, media_id)


def _edited(media: Media, edit: MediaEdit) -> tuple[MediaNames, frozenset[str]]:
    """The names after an edit, and which of them it touches."""
    values = {name: value for name in edit.__struct_fields__ if (value := getattr(edit, name)) is not UNSET}
    for name, value in values.items():
        if name not in _EDITABLE[media.media_type]:
            raise InvalidInput(f"{_NOUNS[media.media_type]} has no such name.", name)
        if isinstance(value, str) and not value.strip():
            raise InvalidInput("This name is empty.", name)
        values[name] = value.strip() if isinstance(value, str) else value
    return replace(media.names, **values), frozenset(values)


def _item(services: Services, viewer: Viewer, media_id: str) -> Json:
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
