"""Lists, searches and groups of media, each through the eyes of a viewer."""

import json

from media_library.constants import CONTINUE_FROM_MS
from media_library.errors import NotFound
from media_library.models.media import MediaType
from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.media_repo.cards import (
    CARD,
    FROM,
    GROUP_KEYS,
    GROUP_TYPES,
    VISIBLE,
    eyes,
    group_sql,
)
from media_library.repositories.media_repo.narrowing import narrowed
from media_library.repositories.media_repo.paging import (
    GROUP_SORT_COLUMNS,
    SORT_COLUMNS,
    UNKNOWN_IS_ZERO,
    MediaQuery,
    Page,
    decode_cursor,
    decode_group_cursor,
    encode_cursor,
    walk,
)
from media_library.repositories.media_repo.records import text_of
from media_library.repositories.viewing import sight

_NEWEST = 2_000
_NO_EXTRAS = "m.media_type <> 'extra'"


class MediaLists(Repository):
    """Reads ``media`` for people. Every method takes the viewer, so that nothing is seen sideways."""

    def card_for(self, viewer: Viewer, media_id: str, *, offline: bool) -> str:
        """The card of one media item as a JSON object; raises ``NotFound``."""
        row = self._row(
            f"SELECT {CARD} {FROM} WHERE m.id = :id AND {VISIBLE}",
            {**eyes(viewer, offline), "id": media_id},
        )
        if row is None:
            raise NotFound("There is no such item in the library.")
        return str(row[0])

    def media_page(self, viewer: Viewer, query: MediaQuery, *, offline: bool) -> Page:
        """One page of cards. Raises ``InvalidInput`` for a cursor that is not ours."""
        column = SORT_COLUMNS[query.sort]
        direction, beyond = ("DESC", "<") if query.descending else ("ASC", ">")
        key = f"coalesce(m.{column}, 0)" if query.sort in UNKNOWN_IS_ZERO else f"m.{column}"
        wishes, bindings = narrowed(query)
        conditions = [VISIBLE, *wishes]
        if query.media_type is None:
            conditions.append(_NO_EXTRAS)
        bindings |= {**eyes(viewer, offline), "limit": query.limit + 1}
        count = self._row(f"SELECT count(*) FROM media AS m WHERE {' AND '.join(conditions)}", bindings)
        if query.cursor is not None:
            bindings["after"], bindings["after_rid"] = decode_cursor(query.cursor, query.sort)
            conditions.append(f"({key}, m.rid) {beyond} (:after, :after_rid)")
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FILTER (WHERE place <= :limit - 1),
                   max(iif(place = :limit - 1, after, NULL)), max(iif(place = :limit - 1, rid, NULL)), count(*)
            FROM (
                SELECT {CARD} AS card, {key} AS after, m.rid AS rid,
                       row_number() OVER (ORDER BY {key} {direction}, m.rid {direction}) AS place
                FROM media AS m {walk(query)}
                LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = m.id
                WHERE {" AND ".join(conditions)}
                ORDER BY {key} {direction}, m.rid {direction}
                LIMIT :limit
            )
            """,
            bindings,
        )
        assert row is not None and count is not None
        items, after, rid, found = row
        more = int(found or 0) > query.limit
        return Page(int(count[0] or 0), str(items), encode_cursor(query.sort, after, rid) if more else None)

    def continue_watching(self, viewer: Viewer, limit: int, *, offline: bool) -> str:
        """Cards of what the viewer started and did not finish, newest first, as a JSON array."""
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FROM (
                SELECT {CARD} AS card
                FROM playback_progress AS p JOIN media AS m ON m.id = p.media_id
                WHERE p.user_id = :user AND NOT p.finished AND p.position_ms > :least AND {VISIBLE}
                    AND (p.hidden_at IS NULL OR p.hidden_at < p.updated_at)
                ORDER BY p.updated_at DESC
                LIMIT :limit
            )
            """,
            {**eyes(viewer, offline), "least": CONTINUE_FROM_MS, "limit": limit},
        )
        assert row is not None
        return str(row[0])

    def groups(self, viewer: Viewer, kind: str, query: MediaQuery) -> Page:
        """A page of shows, albums or channels ("show", "album", "channel") of which something fits the query.

        A group was added when the newest of its items was.
        """
        wishes, bindings = narrowed(query)
        group_key = GROUP_KEYS[kind]
        bindings |= {**eyes(viewer, False), "type": GROUP_TYPES[kind]}
        fitting = " AND ".join(wishes) or "true"
        condition = ""
        if wishes:
            # what fits says which groups come; what stands on their cards is counted of all that is in them
            condition = f"""AND m.{group_key} IN (
                SELECT m.{group_key} FROM media AS m WHERE m.media_type = :type AND {VISIBLE} AND {fitting})"""
        count = self._row(
            f"""
            SELECT count(DISTINCT m.{group_key}) FROM media AS m
            WHERE m.media_type = :type AND {VISIBLE} AND {fitting}
            """,
            bindings,
        )
        column = GROUP_SORT_COLUMNS[query.sort]
        direction, beyond = ("DESC", "<") if query.descending else ("ASC", ">")
        cursor = query.cursor
        after, after_key = (None, None) if cursor is None else decode_group_cursor(cursor, query.sort)
        title = "album" if kind == "album" else "show_title"
        # an index answers which groups come; only these are put together
        found = self._rows(
            f"""
            SELECT {column}, key FROM (
                SELECT m.{group_key} AS key, lower(m.{title}) AS title_key, max(m.added_at) AS newest_at,
                       coalesce(min(m.year), 0) AS first_year
                FROM media AS m
                WHERE m.media_type = :type AND m.{group_key} IS NOT NULL AND {VISIBLE} {condition}
                GROUP BY m.{group_key}
            )
            WHERE :after IS NULL OR ({column}, key) {beyond} (:after, :after_key)
            ORDER BY {column} {direction}, key {direction}
            LIMIT :limit
            """,
            {**bindings, "after": after, "after_key": after_key, "limit": query.limit + 1},
        )
        shown = found[: query.limit]
        chosen = f"AND m.{group_key} IN (SELECT value FROM json_each(:keys))"
        row = self._row(
            f"""
            SELECT json_group_array(json(item)) FROM (
                SELECT item FROM ({group_sql(kind, chosen)}) ORDER BY {column} {direction}, key {direction}
            )
            """,
            {**eyes(viewer, False), "keys": json.dumps([str(key) for _, key in shown])},
        )
        assert row is not None and count is not None
        following = encode_cursor(query.sort, *shown[-1]) if len(found) > query.limit else None
        return Page(int(count[0] or 0), str(row[0]), following)

    def newest_groups(self, viewer: Viewer, kind: str, limit: int) -> str:
        """The shows, albums or channels ("show", "album", "channel") that got something last, as a JSON array."""
        bindings = {**eyes(viewer, False), "limit": limit, "type": GROUP_TYPES[kind]}
        # what was added last names the groups; only these are put together
        keys = self._rows(
            f"""
            SELECT key FROM (
                SELECT m.{GROUP_KEYS[kind]} AS key, max(m.added_at) AS newest FROM media AS m
                WHERE m.rid IN (
                    SELECT m.rid FROM media AS m WHERE m.media_type = :type AND {VISIBLE}
                    ORDER BY m.added_at DESC, m.rid DESC LIMIT {_NEWEST:d}
                ) AND m.{GROUP_KEYS[kind]} IS NOT NULL
                GROUP BY key
            ) ORDER BY newest DESC LIMIT :limit
            """,
            bindings,
        )
        condition = ""
        if len(keys) == limit:  # else all of them may be few, or the last ones large
            condition = f"AND m.{GROUP_KEYS[kind]} IN (SELECT value FROM json_each(:keys))"
        row = self._row(
            f"""
            SELECT json_group_array(json(item))
            FROM ({group_sql(kind, condition)} ORDER BY max(m.added_at) DESC LIMIT :limit)
            """,
            {**bindings, "keys": json.dumps([str(row[0]) for row in keys])},
        )
        assert row is not None
        return str(row[0])

    def group(self, viewer: Viewer, kind: str, key: str) -> str:
        """One show, album or channel as a JSON object; raises ``NotFound``."""
        row = self._row(
            f"SELECT item FROM ({group_sql(kind, 'AND m.' + GROUP_KEYS[kind] + ' = :key')})",
            {**eyes(viewer, False), "key": key},
        )
        if row is None:
            raise NotFound("There is no such item in the library.")
        return str(row[0])

    def episodes(self, viewer: Viewer, key: str, *, offline: bool) -> str:
        """Cards of a show in the order of watching, as a JSON array."""
        condition = "m.show_key = :key AND m.media_type = 'episode'"
        return self._ordered(viewer, condition, "m.season, m.episode, m.rid", key, offline=offline)

    def tracks(self, viewer: Viewer, key: str, *, offline: bool) -> str:
        """Cards of an album in the order of listening, as a JSON array."""
        return self._ordered(viewer, "m.album_key = :key", "m.disc_number, m.track_number, m.rid", key, offline=offline)

    def neighbours(self, viewer: Viewer, media_id: str) -> tuple[str | None, str | None]:
        """The ids of what comes before and after an episode in its show, or a track on its album."""
        row = self._row(
            f"""
            SELECT before, after FROM (
                SELECT m.id AS id, lag(m.id) OVER place AS before, lead(m.id) OVER place AS after
                FROM media AS self JOIN media AS m
                    ON m.media_type = self.media_type AND (m.show_key = self.show_key OR m.album_key = self.album_key)
                WHERE self.id = :id AND {VISIBLE}
                WINDOW place AS (ORDER BY m.season, m.episode, m.disc_number, m.track_number, m.rid)
            ) WHERE id = :id
            """,
            {"id": media_id, **sight(viewer)},
        )
        return (None, None) if row is None else (text_of(row[0]), text_of(row[1]))

    def media_count(self, viewer: Viewer) -> dict[str, int]:
        """How many of each type, and how many shows, albums and channels the viewer may see."""
        rows = self._rows(
            f"""
            SELECT m.media_type, count(*), count(DISTINCT m.show_key), count(DISTINCT m.album_key)
            FROM media AS m WHERE {VISIBLE} GROUP BY m.media_type
            """,
            sight(viewer),
        )
        counts = {str(kind): int(number or 0) for kind, number, _, _ in rows}
        shows = {str(kind): int(number or 0) for kind, _, number, _ in rows}
        counts["show"], counts["channel"] = shows.get(MediaType.EPISODE, 0), shows.get(MediaType.VIDEO, 0)
        counts["album"] = sum(int(albums or 0) for _, _, _, albums in rows)
        return {name: counts.get(name, 0) for name in (*MediaType, "show", "album", "channel")}

    def media_size(self, viewer: Viewer) -> tuple[int, int]:
        """Bytes and milliseconds of all that the viewer may see."""
        row = self._row(
            f"SELECT coalesce(sum(m.size_bytes), 0), coalesce(sum(m.duration_ms), 0) FROM media AS m WHERE {VISIBLE}",
            sight(viewer),
        )
        assert row is not None
        return int(row[0] or 0), int(row[1] or 0)

    def _ordered(self, viewer: Viewer, condition: str, order: str, key: str, *, offline: bool) -> str:
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FROM (
                SELECT {CARD} AS card {FROM} WHERE {condition} AND {VISIBLE} ORDER BY {order}
            )
            """,
            {**eyes(viewer, offline), "key": key},
        )
        assert row is not None
        return str(row[0])
