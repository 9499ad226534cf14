"""The SQL of cards: a media item, or a show or album as one, as a JSON object made by SQLite."""

from media_library.models.media import MediaType
from media_library.models.user import Viewer
from media_library.repositories.base import Value
from media_library.repositories.viewing import MAY_SEE, sight

CARD = """
    json_object(
        'id', m.id, 'media_type', m.media_type, 'title', m.title, 'year', m.year, 'show_title', m.show_title,
        'season', m.season, 'episode', m.episode, 'episode_end', m.episode_end, 'edition', m.edition,
        'artist', coalesce(m.artist, m.album_artist), 'album', m.album,
        'show_key', m.show_key, 'album_key', m.album_key,
        'disc_number', m.disc_number, 'track_number', m.track_number, 'duration', m.duration_ms / 1000.0,
        'added_at', m.added_at, 'published_at', m.published_at, 'language', m.language, 'hue', m.hue,
        'has_file', json(iif(m.path IS NULL, 'false', 'true')),
        'artwork', json_object('poster', json(iif(m.has_poster, 'true', 'false')),
                               'still', json(iif(m.has_still, 'true', 'false')),
                               'backdrop', json(iif(m.has_backdrop, 'true', 'false')),
                               'placeholder', m.placeholder),
        'offline', json(iif(iif(m.folder_id IS NULL, :offline, m.folder_id IN (
            SELECT id FROM library_folders WHERE NOT is_online)), 'true', 'false')),
        'needs_review', json(iif(m.review_reason IS NULL, 'false', 'true')),
        'progress', CASE WHEN p.media_id IS NULL THEN NULL ELSE json_object(
            'position', p.position_ms / 1000.0, 'duration', p.duration_ms / 1000.0,
            'finished', json(iif(p.finished, 'true', 'false')), 'updated_at', p.updated_at) END
    )
"""

FROM = "FROM media AS m LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = m.id"

VISIBLE = f"m.deleted_at IS NULL AND {MAY_SEE}"

GROUP_KEYS = {"show": "show_key", "album": "album_key", "channel": "show_key"}
GROUP_TYPES = {"show": MediaType.EPISODE, "album": MediaType.TRACK, "channel": MediaType.VIDEO}
"""By which column the groups of a kind are told apart, and what they are made of."""


_SEEN = """
    LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = m.id AND p.finished
"""


def group_sql(kind: str, condition: str = "") -> str:
    """Rows (item, key, title_key, newest_at, first_year) of the groups of a kind, before ORDER BY."""
    key, media_type = GROUP_KEYS[kind], GROUP_TYPES[kind]
    title, subtitle = {
        "show": ("show_title", "NULL"),
        "album": ("album", "coalesce(m.album_artist, m.artist)"),
        "channel": ("show_title", "NULL"),
    }[kind]
    # nobody ticks off tracks, and the albums of a large collection are many
    watched, seen = ("0", "") if kind == "album" else ("count(p.media_id)", _SEEN)
    return f"""
        SELECT json_object(
            'kind', '{kind}', 'key', m.{key}, 'title', m.{title}, 'subtitle', {subtitle}, 'year', min(m.year),
            'count', count(*), 'watched', {watched}, 'hue', m.hue, 'added_at', max(m.added_at),
            'cover_media_id', coalesce(max(iif(m.has_poster, m.id, NULL)), max(iif(m.has_still, m.id, NULL)), m.id),
            'artwork', json_object('poster', json(iif(max(m.has_poster), 'true', 'false')),
                                   'still', json(iif(max(m.has_still), 'true', 'false')),
                                   'backdrop', json(iif(max(m.has_backdrop), 'true', 'false')),
                                   'placeholder', max(iif(m.has_poster, m.placeholder, NULL))),
            'has_poster', json(iif({_own_picture(kind, key, "poster")}, 'true', 'false')),
            'has_backdrop', json(iif({_own_picture(kind, key, "backdrop")}, 'true', 'false'))
        ) AS item, m.{key} AS key, lower(m.{title}) AS title_key, max(m.added_at) AS newest_at,
            coalesce(min(m.year), 0) AS first_year
        FROM media AS m {seen}
        WHERE m.media_type = '{media_type}' AND m.{key} IS NOT NULL AND {VISIBLE} {condition}
        GROUP BY m.{key}
    """


def _own_picture(kind: str, key: str, picture: str) -> str:
    """Whether a group has a picture that is none of its items'; one of a match that was taken back does not count."""
    return f"""
        EXISTS (
            SELECT 1 FROM artwork AS a LEFT JOIN works AS w ON w.key = '{kind}:' || m.{key}
            WHERE a.owner = '{kind}-' || m.{key} AND a.kind = '{picture}' AND (a.source <> 'service' OR w.has_{picture})
        )
    """


def eyes(viewer: Viewer, offline: bool) -> dict[str, Value]:
    """What the SQL of a card is bound to: whose progress, what they may see, whether the folder is offline."""
    return {"user": viewer.user_id, "offline": offline, **sight(viewer)}
