"""A row of ``media`` as a record."""

import json

import msgspec

from media_library.models.media import Media, MediaFile, MediaNames, MediaType, Streams
from media_library.repositories.base import Row, Value

_NAMES = "title, year, show_title, season, episode, artist, album, album_artist, disc_number, track_number"
_MORE = "episode_end, edition, folder_id, missing_since, parent_id, extra_kind, placeholder, has_backdrop, min_age"
COLUMNS = f"""
    id, media_type, library_id, {_NAMES}, path, size_bytes, mtime_ns, inode, container, duration_ms, streams, overview,
    published_at, language, hue, has_poster, has_still, disc_id, disc_title, review_reason, locked, added_at,
    updated_at, deleted_at, {_MORE}
"""


def media_of(row: Row) -> Media:
    """The record of a row that has ``COLUMNS``."""
    (
        media_id,
        media_type,
        library_id,
        title,
        year,
        show,
        season,
        episode,
        artist,
        album,
        album_artist,
        disc_number,
        track_number,
        path,
        size,
        mtime,
        inode,
        container,
        duration,
        streams,
        overview,
        published_at,
        language,
        hue,
        has_poster,
        has_still,
        disc_id,
        disc_title,
        review_reason,
        locked,
        added_at,
        updated_at,
        deleted_at,
        episode_end,
        edition,
        folder_id,
        missing_since,
        parent_id,
        extra_kind,
        placeholder,
        has_backdrop,
        min_age,
    ) = row
    return Media(
        id=str(media_id),
        media_type=MediaType(str(media_type)),
        library_id=str(library_id),
        names=MediaNames(
            str(title),
            number_of(year),
            text_of(show),
            number_of(season),
            number_of(episode),
            text_of(artist),
            text_of(album),
            text_of(album_artist),
            number_of(disc_number),
            number_of(track_number),
            number_of(episode_end),
            text_of(edition),
        ),
        file=None
        if path is None
        else MediaFile(
            str(path),
            number_of(size) or 0,
            number_of(mtime) or 0,
            number_of(inode) or 0,
            str(container),
            number_of(duration) or 0,
        ),
        duration_ms=number_of(duration) or 0,
        streams=msgspec.json.decode(str(streams), type=Streams),
        overview=text_of(overview),
        published_at=number_of(published_at),
        language=text_of(language),
        hue=number_of(hue) or 0,
        has_poster=bool(has_poster),
        has_still=bool(has_still),
        disc_id=text_of(disc_id),
        disc_title=number_of(disc_title),
        review_reason=text_of(review_reason),
        locked=frozenset(json.loads(str(locked))),
        added_at=number_of(added_at) or 0,
        updated_at=number_of(updated_at) or 0,
        deleted_at=number_of(deleted_at),
        folder_id=text_of(folder_id),
        missing_since=number_of(missing_since),
        parent_id=text_of(parent_id),
        extra_kind=text_of(extra_kind),
        placeholder=text_of(placeholder),
        has_backdrop=bool(has_backdrop),
        min_age=number_of(min_age),
    )


def number_of(value: Value) -> int | None:
    """A whole number or nothing."""
    return None if value is None else int(value)


def text_of(value: Value) -> str | None:
    """A text or nothing."""
    return None if value is None else str(value)
