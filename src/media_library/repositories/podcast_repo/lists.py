"""Podcasts and episodes through the eyes of a viewer, as JSON made by SQLite."""

import json

from media_library.errors import NotFound
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Value

HEARD = "(coalesce(p.finished, 0) OR k.heard_at IS NOT NULL)"

VISIBLE = """
    (:libraries IS NULL OR EXISTS (
        SELECT 1 FROM libraries AS l
        WHERE l.kind = 'podcasts' AND l.is_primary AND l.id IN (SELECT value FROM json_each(:libraries))
    )) AND (:max_age IS NULL OR coalesce(f.min_age, 0) <= :max_age)
"""

_PODCAST = f"""
    json_object(
        'id', f.id, 'title', f.title, 'author', f.author, 'overview', f.overview, 'site_url', f.site_url,
        'language', f.language, 'has_image', json(iif(f.has_image, 'true', 'false')), 'hue', f.hue,
        'group', f.group_title,
        'episode_count', (SELECT count(*) FROM podcast_episodes AS e WHERE e.podcast_id = f.id),
        'unheard_count', (
            SELECT count(*) FROM podcast_episodes AS e
            LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = e.media_id
            LEFT JOIN episode_marks AS k ON k.user_id = :user AND k.episode_id = e.id
            WHERE e.podcast_id = f.id AND NOT {HEARD}
        ),
        'newest_at', (SELECT max(e.published_at) FROM podcast_episodes AS e WHERE e.podcast_id = f.id),
        'auto_download', f.auto_download, 'latest_count', f.latest_count, 'keep_count', f.keep_count,
        'delete_heard_days', f.delete_heard_days, 'checked_at', f.checked_at, 'next_check_at', f.next_check_at,
        'error', f.error, 'is_dead', json(iif(f.is_dead, 'true', 'false')), 'moved_to', f.moved_to,
        'is_private', json(iif(f.credentials IS NULL, 'false', 'true')),
        'min_age', f.min_age
    )
"""

EPISODE = f"""
    json_object(
        'id', e.id, 'podcast_id', e.podcast_id, 'title', e.title, 'overview', e.overview,
        'published_at', e.published_at, 'duration', coalesce(nullif(m.duration_ms, 0), e.duration_ms) / 1000.0,
        'season', e.season, 'episode', e.episode, 'media_id', iif(m.deleted_at IS NULL, m.id, NULL),
        'state', CASE
            WHEN m.path IS NOT NULL AND m.deleted_at IS NULL THEN 'here'
            WHEN j.status = 'queued' THEN 'queued'
            WHEN j.status IN ('downloading', 'encoding') THEN 'downloading'
            WHEN m.id IS NOT NULL THEN 'removed'
            ELSE 'remote'
        END,
        'job_id', iif(j.status IN ('queued', 'downloading', 'encoding'), j.id, NULL),
        'error', iif(j.status = 'failed', j.error, NULL),
        'heard', json(iif({HEARD}, 'true', 'false')),
        'starred', json(iif(coalesce(k.starred, 0), 'true', 'false')),
        'progress', CASE WHEN p.media_id IS NULL THEN NULL ELSE json_object(
            'position', p.position_ms / 1000.0, 'duration', p.duration_ms / 1000.0,
            'finished', json(iif(p.finished, 'true', 'false')), 'updated_at', p.updated_at) END,
        'has_chapters', json(iif(
            e.chapters_url IS NOT NULL OR coalesce(json_array_length(m.streams, '$.chapters'), 0) > 0, 'true', 'false'
        )),
        'has_transcript', json(iif(e.transcript_path IS NULL, 'false', 'true')),
        'image', CASE
            WHEN m.has_poster AND m.deleted_at IS NULL THEN '/api/poster/' || m.id
            WHEN f.has_image THEN '/api/podcasts/' || f.id || '/image'
        END
    )
"""

FROM = """
    FROM podcast_episodes AS e
    JOIN podcasts AS f ON f.id = e.podcast_id AND f.deleted_at IS NULL
    LEFT JOIN media AS m ON m.id = e.media_id
    LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = e.media_id
    LEFT JOIN episode_marks AS k ON k.user_id = :user AND k.episode_id = e.id
    LEFT JOIN jobs AS j ON j.id = (
        SELECT work.id FROM content_jobs AS c JOIN jobs AS work ON work.id = c.job_id
        WHERE c.origin = 'episode:' || e.id
        ORDER BY work.created_at DESC LIMIT 1
    )
"""


class PodcastLists(Repository):
    """Reads podcasts for people. Every method takes the viewer, so that nothing is seen sideways."""

    def podcast_list(self, viewer: Viewer) -> str:
        """The podcasts by title, as a JSON array; empty for who may not see them."""
        row = self._row(
            f"""
            SELECT json_group_array(json(item)) FROM (
                SELECT {_PODCAST} AS item FROM podcasts AS f
                WHERE f.deleted_at IS NULL AND {VISIBLE}
                ORDER BY f.sort_title, f.id
            )
            """,
            eyes(viewer),
        )
        assert row is not None
        return str(row[0])

    def podcast_for(self, viewer: Viewer, podcast_id: str) -> str:
        """A podcast as a JSON object; raises ``NotFound``."""
        row = self._row(
            f"SELECT {_PODCAST} FROM podcasts AS f WHERE f.id = :id AND f.deleted_at IS NULL AND {VISIBLE}",
            {**eyes(viewer), "id": podcast_id},
        )
        if row is None:
            raise NotFound("There is no such podcast.")
        return str(row[0])

    def episode_for(self, viewer: Viewer, episode_id: str) -> str:
        """An episode as a JSON object; raises ``NotFound``."""
        row = self._row(f"SELECT {EPISODE} {FROM} WHERE e.id = :id AND {VISIBLE}", {**eyes(viewer), "id": episode_id})
        if row is None:
            raise NotFound("There is no such episode.")
        return str(row[0])


def eyes(viewer: Viewer) -> dict[str, Value]:
    """What the SQL is bound to: whose marks, what they may see."""
    granted = None if viewer.library_ids is None else json.dumps(sorted(viewer.library_ids))
    return {"user": viewer.user_id, "libraries": granted, "max_age": viewer.max_age}
