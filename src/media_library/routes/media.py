"""One media item: what is known of it, editing its names, the bin."""

from dataclasses import replace
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from media_library.errors import InvalidInput
from media_library.models.media import Media, MediaNames, MediaType
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.media_item import MediaItem, item_answer
from media_library.routes.shapes import MinAge, Number, Shape, ShortText, Year

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
_AGE = frozenset({"min_age"})
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


class MediaEdit(Shape):
    """New names; what is not named stays. ``None`` takes a name away. ``unlock`` names those that may be found anew.

    ``min_age`` is from which age on (years) it may be seen; ``None`` says that nobody knows.
    """

    title: ShortText | UnsetType = UNSET
    year: Year | UnsetType | None = UNSET
    show_title: ShortText | UnsetType | None = UNSET
    season: Number | UnsetType | None = UNSET
    episode: Number | UnsetType | None = UNSET
    episode_end: Number | UnsetType | None = UNSET
    edition: ShortText | UnsetType | None = UNSET
    artist: ShortText | UnsetType | None = UNSET
    album: ShortText | UnsetType | None = UNSET
    track_number: Number | UnsetType | None = UNSET
    min_age: MinAge | UnsetType | None = UNSET
    unlock: Annotated[tuple[ShortText, ...], Meta(max_length=20)] = ()


@api.route("GET", "/api/media/<media_id>", access=Access.WATCH, returns=MediaItem, summary="What is known of an item")
def get_media(call: Call[None, None], media_id: str) -> Json:
    return item_answer(call.services, call.viewer, media_id)


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
        unlocked = frozenset(call.body.unlock)
        rated = _AGE if call.body.min_age is not UNSET else frozenset()
        locked = (media.locked | edited | rated) - unlocked
        if edited or (locked ^ media.locked) - _AGE:
            state.edit_media(media.id, names, locked)
        if rated or unlocked & _AGE:
            age = media.min_age if call.body.min_age is UNSET else call.body.min_age
            state.rate_by_hand(media.id, age, locked)
            call.services.age_ratings.settle([media.id])
    return item_answer(call.services, call.viewer, media_id)


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
    return item_answer(call.services, call.viewer, media_id)


def _edited(media: Media, edit: MediaEdit) -> tuple[MediaNames, frozenset[str]]:
    """The names after an edit, and which of them it touches."""
    names = [name for name in edit.__struct_fields__ if name not in ("unlock", "min_age")]
    values = {name: value for name in names if (value := getattr(edit, name)) is not UNSET}
    for name in edit.unlock:
        if name not in _EDITABLE[media.media_type] | _AGE:
            raise InvalidInput(f"{_NOUNS[media.media_type]} has no such name.", "unlock")
    for name, value in values.items():
        if name not in _EDITABLE[media.media_type]:
            raise InvalidInput(f"{_NOUNS[media.media_type]} has no such name.", name)
        if isinstance(value, str) and not value.strip():
            raise InvalidInput("This name is empty.", name)
        if name == "show_title" and value is None and media.media_type is MediaType.EPISODE:
            raise InvalidInput("An episode belongs to a show. Say which.", name)
        values[name] = value.strip() if isinstance(value, str) else value
    return replace(media.names, **values), frozenset(values)
