"""The episodes of a podcast through the eyes of a viewer: page by page, by month, and those that somebody selected."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass

from media_library.errors import InvalidInput
from media_library.models.list_index import Letter, ListIndex
from media_library.models.podcast import EpisodeQuery, SelectedEpisode
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Value
from media_library.repositories.podcast_repo.lists import EPISODE, FROM, HEARD, VISIBLE, eyes

_WANTED = f"""
    e.podcast_id = :podcast AND {VISIBLE} AND (NOT :unheard OR NOT {HEARD}) AND (NOT :starred OR k.starred)
    AND (NOT :here OR (m.path IS NOT NULL AND m.deleted_at IS NULL))
"""
_MARKED = """
    FROM podcast_episodes AS e
    JOIN podcasts AS f ON f.id = e.podcast_id AND f.deleted_at IS NULL
    LEFT JOIN media AS m ON m.id = e.media_id
    LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = e.media_id
    LEFT JOIN episode_marks AS k ON k.user_id = :user AND k.episode_id = e.id
"""


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """A page of episodes: the count of the whole list, the items as a JSON array, the cursor of the next page."""

    count: int
    items: str
    next: str | None


class EpisodeLists(Repository):
    """Reads ``podcast_episodes`` for people."""

    def episode_page(self, viewer: Viewer, query: EpisodeQuery) -> EpisodePage:
        """A page of the episodes of a podcast. Raises ``InvalidInput`` for a cursor that is not ours."""
        direction, beyond = ("DESC", "<") if query.descending else ("ASC", ">")
        edge = 2**62 if query.descending else -(2**62)
        published_at, rid = (edge, edge) if query.cursor is None else _read_cursor(query.cursor)
        bindings = {**_asked(viewer, query), "limit": query.limit + 1, "after": published_at, "after_rid": rid}
        count = self._row(f"SELECT count(*) {_MARKED} WHERE {_WANTED}", bindings)
        row = self._row(
            f"""
            SELECT json_group_array(json(item)) FILTER (WHERE place < :limit),
                max(iif(place = :limit - 1, published_at, NULL)), max(iif(place = :limit - 1, rid, NULL)), count(*)
            FROM (
                SELECT {EPISODE} AS item, e.published_at AS published_at, e.rid AS rid,
                    row_number() OVER (ORDER BY e.published_at {direction}, e.rid {direction}) AS place
                {FROM}
                WHERE {_WANTED} AND (e.published_at, e.rid) {beyond} (:after, :after_rid)
                ORDER BY e.published_at {direction}, e.rid {direction}
                LIMIT :limit
            )
            """,
            bindings,
        )
        assert row is not None and count is not None
        items, after, last, found = row
        more = int(found or 0) > query.limit
        return EpisodePage(int(count[0] or 0), str(items), _write_cursor(after, last) if more else None)

    def episode_index(self, viewer: Viewer, query: EpisodeQuery) -> ListIndex:
        """Where the pages and the months of that list begin."""
        direction = "DESC" if query.descending else "ASC"
        rows = self._rows(
            f"""
            SELECT e.published_at, e.rid,
                iif(e.published_at > 0, strftime('%Y-%m', e.published_at / 1000, 'unixepoch'), '')
            {_MARKED} WHERE {_WANTED} ORDER BY e.published_at {direction}, e.rid {direction}
            """,
            _asked(viewer, query),
        )
        marks = tuple(
            _write_cursor(rows[place][0], rows[place][1])
            for place in range(query.limit - 1, len(rows) - 1, query.limit)
        )
        months = list[Letter]()
        for place, (published_at, rid, month) in enumerate(rows):
            if not months or months[-1].letter != (month or ""):
                # the place before the first of a month is the one row away from it
                step = 1 if query.descending else -1
                months.append(Letter(str(month or ""), place, _write_cursor(published_at, int(rid or 0) + step)))
        return ListIndex(len(rows), marks, tuple(months))

    def selected_episodes(self, viewer: Viewer, episode_ids: Iterable[str]) -> list[SelectedEpisode]:
        """Those of some episodes that the viewer may see, with what they said of them."""
        rows = self._rows(
            f"""
            SELECT e.id, iif(m.deleted_at IS NULL, m.id, NULL), m.duration_ms, {HEARD}, coalesce(k.starred, 0)
            {_MARKED} WHERE e.id IN (SELECT value FROM json_each(:ids)) AND {VISIBLE}
            """,
            {**eyes(viewer), "ids": json.dumps(list(episode_ids))},
        )
        return [
            SelectedEpisode(
                str(row[0]), None if row[1] is None else str(row[1]), int(row[2] or 0), bool(row[3]), bool(row[4])
            )
            for row in rows
        ]


def _asked(viewer: Viewer, query: EpisodeQuery) -> dict[str, Value]:
    return {
        **eyes(viewer),
        "podcast": query.podcast_id,
        "unheard": query.unheard,
        "starred": query.starred,
        "here": query.here,
    }


def _write_cursor(published_at: Value, rid: Value) -> str:
    return base64.urlsafe_b64encode(json.dumps([published_at, rid]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[int, int]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise InvalidInput("This cursor is not one of ours.", "cursor") from error
    if not (
        isinstance(values, list)
        and len(values) == 2
        and all(type(value) is int and -(2**62) <= value <= 2**62 for value in values)
    ):
        raise InvalidInput("This cursor belongs to another list.", "cursor")
    return values[0], values[1]
