"""Rows of ``podcasts`` and ``podcast_episodes`` as records."""

from media_library.models.podcast import Episode, FeedState, Podcast, PodcastPolicy
from media_library.models.preferences import AutoDownload
from media_library.repositories.base import Row, Value

PODCAST = """
    id, url, title, author, overview, site_url, language, image_url, has_image, group_title, auto_download,
    latest_count, keep_count, delete_heard_days, credentials, etag, last_modified, digest, checked_at, next_check_at,
    failures, failing_since, error, is_dead, is_complete, moved_to, refused_move
"""
EPISODE = """
    id, podcast_id, guid, title, overview, notes, published_at, duration_ms, season, episode, enclosure_url,
    enclosure_key, image_url, chapters_url, transcript_url, transcript_type, transcript_path, media_id, by_hand
"""


def podcast_of(row: Row) -> Podcast:
    """The record of a row that has ``PODCAST``."""
    (
        podcast_id,
        url,
        title,
        author,
        overview,
        site_url,
        language,
        image_url,
        has_image,
        group,
        auto_download,
        latest_count,
        keep_count,
        delete_heard_days,
        credentials,
        etag,
        last_modified,
        digest,
        checked_at,
        next_check_at,
        failures,
        failing_since,
        error,
        is_dead,
        is_complete,
        moved_to,
        refused_move,
    ) = row
    return Podcast(
        id=str(podcast_id),
        url=str(url),
        title=str(title),
        author=text_of(author),
        overview=text_of(overview),
        site_url=text_of(site_url),
        language=text_of(language),
        image_url=text_of(image_url),
        has_image=bool(has_image),
        group=text_of(group),
        policy=PodcastPolicy(
            AutoDownload(str(auto_download)),
            number_of(latest_count) or 0,
            number_of(keep_count),
            number_of(delete_heard_days),
        ),
        credentials=text_of(credentials),
        state=FeedState(text_of(etag), text_of(last_modified), text_of(digest)),
        checked_at=number_of(checked_at),
        next_check_at=number_of(next_check_at) or 0,
        failures=number_of(failures) or 0,
        failing_since=number_of(failing_since),
        error=text_of(error),
        is_dead=bool(is_dead),
        is_complete=bool(is_complete),
        moved_to=text_of(moved_to),
        refused_move=text_of(refused_move),
    )


def episode_of(row: Row) -> Episode:
    """The record of a row that has ``EPISODE``."""
    (
        episode_id,
        podcast_id,
        guid,
        title,
        overview,
        notes,
        published_at,
        duration,
        season,
        number,
        enclosure_url,
        enclosure_key,
        image_url,
        chapters_url,
        transcript_url,
        transcript_type,
        transcript_path,
        media_id,
        by_hand,
    ) = row
    return Episode(
        id=str(episode_id),
        podcast_id=str(podcast_id),
        guid=str(guid),
        title=str(title),
        overview=str(overview),
        notes=str(notes),
        published_at=number_of(published_at) or 0,
        duration_ms=number_of(duration),
        season=number_of(season),
        episode=number_of(number),
        enclosure_url=str(enclosure_url),
        enclosure_key=str(enclosure_key),
        image_url=text_of(image_url),
        chapters_url=text_of(chapters_url),
        transcript_url=text_of(transcript_url),
        transcript_type=text_of(transcript_type),
        transcript_path=text_of(transcript_path),
        media_id=text_of(media_id),
        by_hand=bool(by_hand),
    )


def number_of(value: Value) -> int | None:
    """A whole number or nothing."""
    return None if value is None else int(value)


def text_of(value: Value) -> str | None:
    """A text or nothing."""
    return None if value is None else str(value)
