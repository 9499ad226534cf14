"""Which work an item is or belongs to."""

from media_library.errors import NotFound
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.work import (
    Work,
    WorkFacts,
    WorkIds,
    WorkKind,
    WorkState,
    album_work_key,
    movie_key,
    show_work_key,
)
from media_library.repositories.media_repo import album_key, show_key


def key_of(media: Media) -> str:
    """The key of the work that an item is or belongs to; raises ``NotFound`` for what belongs to none."""
    key: str | None = None
    match media.media_type:
        case MediaType.MOVIE:
            return movie_key(media.id)
        case MediaType.EXTRA if media.parent_id is not None:
            return movie_key(media.parent_id)
        case MediaType.EPISODE | MediaType.EXTRA:
            key = show_key(MediaNames("", show_title=media.names.show_title))
            work = None if key is None else show_work_key(key)
        case MediaType.TRACK:
            key = album_key(media.names)
            work = None if key is None else album_work_key(key)
        case _:
            work = None
    if work is None:
        raise NotFound("This belongs to no film, show or album.")
    return work


def unasked(key: str) -> Work:
    """A work that nobody asked about."""
    kind = WorkKind(key.partition(":")[0])
    return Work(key, kind, WorkState.PENDING, None, None, (), WorkIds(), WorkFacts(), False, False, 0, 0, 0, 0)
