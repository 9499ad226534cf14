"""Rows of collections as records, and the SQL of what a viewer may see of them."""

import msgspec

from media_library.models.collection import (
    Candidate,
    Collection,
    CollectionKind,
    Entry,
    EntryState,
    LocalTrack,
    Match,
    MatchState,
    PlaylistTrack,
    Rules,
    Subscription,
)
from media_library.models.smart import SmartRule
from media_library.models.user import Viewer
from media_library.repositories.base import Row, Value
from media_library.repositories.viewing import MAY_SEE, UNLIMITED, sight

COLLECTION = """
    c.id, c.kind, c.title, c.overview, c.url, c.origin, c.hue, c.has_poster, c.created_by, c.created_at, c.updated_at,
    c.matched_at, c.rule
"""

ENTRY = """
    id, collection_id, position, entry_key, title, url, duration_ms, published_at, media_id, state, queued_at, linked_at
"""

SUBSCRIPTION = "collection_id, rules, checked_at, next_check_at, failures, error"

TRACK = """
    position, track_key, title, artist, album, isrc, duration_ms, is_gone, state, media_id, score, candidates
"""

MEDIUM = f"m.deleted_at IS NULL AND {MAY_SEE}"
"""Whether the viewer may see a media item."""

VISIBLE = f"""
    c.deleted_at IS NULL AND (
        {UNLIMITED} OR c.created_by = :user OR c.kind = 'smart'
        OR EXISTS (
            SELECT 1 FROM collection_items AS i JOIN media AS m ON m.id = i.media_id
            WHERE i.collection_id = c.id AND i.state <> 'removed' AND {MEDIUM}
        )
        OR EXISTS (
            SELECT 1 FROM playlist_tracks AS t JOIN media AS m ON m.id = t.media_id
            WHERE t.collection_id = c.id AND NOT t.is_gone AND {MEDIUM}
        )
    )
"""
"""Whether the viewer may see a collection: their own, or one of which they may see something.

What a smart one holds for a viewer is found elsewhere, and whether they may know of it.
"""

OPEN_ENTRY = f"({UNLIMITED} OR (c.created_by = :user AND i.media_id IS NULL))"
"""Whether an entry without a media item that can be seen is shown: to who sees all, and to who made the list."""


def eyes(viewer: Viewer) -> dict[str, Value]:
    """What ``VISIBLE`` and ``MEDIUM`` are bound to."""
    return {"user": viewer.user_id, **sight(viewer)}


def collection_of(row: Row) -> Collection:
    """The record of a row of ``COLLECTION``."""
    (identifier, kind, title, overview, url, origin, hue, has_poster, created_by, created, updated, matched, rule) = row
    return Collection(
        str(identifier),
        CollectionKind(str(kind)),
        str(title),
        text_of(overview),
        text_of(url),
        text_of(origin),
        int(hue or 0),
        bool(has_poster),
        text_of(created_by),
        int(created or 0),
        int(updated or 0),
        int(matched or 0),
        None if rule is None else msgspec.json.decode(str(rule), type=SmartRule),
    )


def entry_of(row: Row) -> Entry:
    """The record of a row of ``ENTRY``."""
    (identifier, collection_id, position, key, title, url, duration, published, media_id, state, queued, linked) = row
    return Entry(
        str(identifier),
        str(collection_id),
        int(position or 0),
        str(key),
        str(title),
        text_of(url),
        number_of(duration),
        number_of(published),
        text_of(media_id),
        EntryState(str(state)),
        number_of(queued),
        number_of(linked),
    )


def subscription_of(row: Row) -> Subscription:
    """The record of a row of ``SUBSCRIPTION``."""
    collection_id, rules, checked, next_check, failures, error = row
    return Subscription(
        str(collection_id),
        msgspec.json.decode(str(rules), type=Rules),
        number_of(checked),
        int(next_check or 0),
        int(failures or 0),
        text_of(error),
    )


def track_of(row: Row) -> PlaylistTrack:
    """The record of a row of ``TRACK``."""
    (position, key, title, artist, album, isrc, duration, is_gone, state, media_id, score, candidates) = row
    return PlaylistTrack(
        int(position or 0),
        str(key),
        str(title),
        text_of(artist),
        text_of(album),
        text_of(isrc),
        number_of(duration),
        bool(is_gone),
        Match(
            MatchState(str(state)),
            text_of(media_id),
            None if score is None else float(score),
            msgspec.json.decode(str(candidates), type=tuple[Candidate, ...]),
        ),
    )


def local_track_of(row: Row) -> LocalTrack:
    """The record of a row (id, title, artist, album, album_artist, isrc, duration_ms) of a track of the library."""
    media_id, title, artist, album, album_artist, isrc, duration = row
    return LocalTrack(
        str(media_id),
        str(title),
        text_of(artist),
        text_of(album),
        text_of(album_artist),
        text_of(isrc),
        number_of(duration) or None,
    )


def text_of(value: Value) -> str | None:
    """A text column that may be NULL."""
    return None if value is None else str(value)


def number_of(value: Value) -> int | None:
    """A whole-number column that may be NULL."""
    return None if value is None else int(value)
