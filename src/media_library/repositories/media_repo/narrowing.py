"""How a list is narrowed: each wish of a query as one fixed condition with bound values."""

from media_library.constants import CONTINUE_FROM_MS
from media_library.repositories.base import Value
from media_library.repositories.media_repo.paging import MediaQuery, Resolution

WORK_KEY = """
    CASE m.media_type
        WHEN 'movie' THEN 'movie:' || m.id
        WHEN 'episode' THEN 'show:' || m.show_key
        WHEN 'track' THEN 'album:' || m.album_key
    END
"""
"""The key of the film, show or album that an item is or belongs to."""

OF_GENRE = f"{WORK_KEY} IN (SELECT work_key FROM work_tags WHERE kind = 'genre' AND name = :genre)"
OF_TAG = f"{WORK_KEY} IN (SELECT work_key FROM work_tags WHERE kind = 'tag' AND name = :tag)"

UNFINISHED = """
    NOT EXISTS (SELECT 1 FROM playback_progress AS seen
                WHERE seen.user_id = :user AND seen.media_id = m.id AND seen.finished)
"""
FINISHED = """
    EXISTS (SELECT 1 FROM playback_progress AS seen
            WHERE seen.user_id = :user AND seen.media_id = m.id AND seen.finished)
"""
BEGUN = """
    EXISTS (SELECT 1 FROM playback_progress AS seen
            WHERE seen.user_id = :user AND seen.media_id = m.id AND NOT seen.finished AND seen.position_ms > :least)
"""

# what is spoken in it, or the language that it is written in
IN_LANGUAGE = """
    (m.language = :language OR EXISTS (
        SELECT 1 FROM json_each(m.streams, '$.audio') AS track WHERE track.value ->> '$.language' = :language))
"""

HEIGHT = "CAST(m.streams ->> '$.video.height' AS INTEGER)"
WIDTH = "CAST(m.streams ->> '$.video.width' AS INTEGER)"

# a film in a wide format has fewer lines than its name says, so either side counts
RESOLUTIONS = {
    Resolution.SD: (0, 0, 1_200, 700),
    Resolution.HD: (1_200, 700, 1_800, 1_000),
    Resolution.FULL_HD: (1_800, 1_000, 3_000, 1_700),
    Resolution.UHD: (3_000, 1_700, 10**6, 10**6),
}
"""The least width or height in pixels of each class, and those of the class above."""

SIZED = f"""
    (({WIDTH} >= :least_width OR {HEIGHT} >= :least_height) AND {WIDTH} < :width AND {HEIGHT} < :height)
"""
IN_HDR = "m.streams ->> '$.video.hdr' IS NOT NULL"


def narrowed(query: MediaQuery) -> tuple[list[str], dict[str, Value]]:
    """The conditions of a query beyond what the viewer may see, and what they are bound to."""
    conditions: list[str] = []
    bindings: dict[str, Value] = {}
    for name, condition, value in (
        ("media_type", "m.media_type = :media_type", query.media_type),
        ("library_id", "m.library_id = :library_id", query.library_id),
        ("show_key", "m.show_key = :show_key", query.show_key),
        ("album_key", "m.album_key = :album_key", query.album_key),
        ("genre", OF_GENRE, query.genre),
        ("tag", OF_TAG, query.tag),
        ("language", IN_LANGUAGE, query.language),
        ("added_after", "m.added_at >= :added_after", query.added_after),
        ("decade", "m.year BETWEEN :decade AND :decade + 9", query.decade),
        ("year", "m.year = :year", query.year),
    ):
        if value is not None:
            conditions.append(condition)
            bindings[name] = value
    if query.unfinished:
        conditions.append(UNFINISHED)
    if query.finished:
        conditions.append(FINISHED)
    if query.began:
        conditions.append(BEGUN)
        bindings["least"] = CONTINUE_FROM_MS
    if query.needs_review:
        conditions.append("m.review_reason IS NOT NULL")
    if query.hdr:
        conditions.append(IN_HDR)
    if query.resolution is not None:
        conditions.append(SIZED)
        names = ("least_width", "least_height", "width", "height")
        bindings |= dict(zip(names, RESOLUTIONS[query.resolution], strict=True))
    return conditions, bindings
