"""Searches among media by their names and their texts, each through the eyes of a viewer."""

import json

from media_library.models.search import SearchText
from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.media_repo.cards import CARD, FROM, GROUP_KEYS, GROUP_TYPES, VISIBLE, eyes, group_sql
from media_library.repositories.media_repo.keys import sort_title
from media_library.repositories.media_repo.snippets import snippet

_CANDIDATES = 1_000
_GROUP_CANDIDATES = 4_000
_MOST_KEYS = 200
_SAME_BEGINNING = 200
_OF_GROUPS = {"show": "show_title", "channel": "show_title", "album": "artist album"}
_AFTER = "\U0010ffff"


class MediaSearch(Repository):
    """Reads ``media``."""

    def search_media(self, viewer: Viewer, text: str, limit: int, *, offline: bool) -> str:
        """Cards whose titles, names or descriptions hold every word of ``text``, as a beginning, as a JSON array.

        First what is called exactly that, then what is called something that begins with it, then the best of the rest.
        What only belongs to a show, a channel or an album of that name is left out: those are found themselves.
        """
        words = SearchText.of(text)
        if words.names is None:
            return "[]"
        title = sort_title(text)
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FROM (
                SELECT {CARD} AS card
                {FROM}
                JOIN (
                    SELECT rid, min(rank) AS rank, max(is_own) AS is_own FROM (
                        SELECT rid, -1000.0 AS rank, 1 AS is_own FROM (
                            SELECT rid FROM media
                            WHERE sort_title >= :title AND sort_title < :beyond AND deleted_at IS NULL
                            ORDER BY sort_title, rid LIMIT {_SAME_BEGINNING:d}
                        )
                        UNION ALL
                        SELECT rowid AS rid, rank, 1 AS is_own FROM (
                            SELECT rowid, bm25(media_search, 10, 6, 4, 4, 1) AS rank
                            FROM media_search WHERE media_search MATCH :own LIMIT {_CANDIDATES:d}
                        )
                        UNION ALL
                        SELECT rowid AS rid, rank, 0 AS is_own FROM (
                            SELECT rowid, bm25(media_search, 10, 6, 4, 4, 1) AS rank
                            FROM media_search WHERE media_search MATCH :match LIMIT {_CANDIDATES:d}
                        )
                    ) GROUP BY rid
                ) AS hit ON hit.rid = m.rid
                WHERE {VISIBLE} AND (hit.is_own OR m.media_type NOT IN ('episode', 'track', 'video'))
                ORDER BY m.sort_title <> :title, hit.rank, m.sort_title, m.rid
                LIMIT :limit
            )
            """,
            {
                **eyes(viewer, offline),
                "match": words.names,
                "own": words.own_names,
                "title": title,
                "beyond": title + _AFTER,
                "limit": limit,
            },
        )
        assert row is not None
        return str(row[0])

    def search_groups(self, viewer: Viewer, kind: str, text: str, limit: int, *, offline: bool) -> str:
        """Shows, channels or albums (also by the artist) whose names hold every word of ``text``, as a JSON array."""
        match = SearchText.of(text).names
        if match is None:
            return "[]"
        key = GROUP_KEYS[kind]
        bindings = {
            **eyes(viewer, offline),
            "match": f"{{{_OF_GROUPS[kind]}}} : ({match})",
            "type": GROUP_TYPES[kind],
            "title": text.strip().lower(),
            "limit": limit,
        }
        rows = self._rows(
            f"""
            SELECT DISTINCT m.{key}
            FROM (SELECT rowid AS rid FROM media_search WHERE media_search MATCH :match LIMIT {_GROUP_CANDIDATES:d})
                AS hit CROSS JOIN media AS m ON m.rid = hit.rid
            WHERE m.media_type = :type AND m.{key} IS NOT NULL AND {VISIBLE}
            LIMIT {_MOST_KEYS:d}
            """,
            bindings,
        )
        if not rows:
            return "[]"
        # by row number, for else all items of the type would be looked at
        condition = f"""
            AND m.rid IN (
                SELECT k.rid FROM media AS k
                WHERE k.{key} IN (SELECT value FROM json_each(:keys)) AND k.deleted_at IS NULL
            )
        """
        row = self._row(
            f"""
            SELECT json_group_array(json(item)) FROM (
                SELECT item FROM ({group_sql(kind, condition)})
                ORDER BY title_key <> :title, substr(title_key, 1, length(:title)) <> :title, title_key, key
                LIMIT :limit
            )
            """,
            {**bindings, "keys": json.dumps([found for (found,) in rows])},
        )
        assert row is not None
        return str(row[0])

    def search_texts(self, viewer: Viewer, text: str, limit: int, *, offline: bool) -> str:
        """Cards of articles, episodes, books and videos whose long text holds every word of ``text``, best first.

        Each has a ``snippet`` more: the words around the first hit, hits between U+0002 and U+0003.
        """
        match = SearchText.of(text).names
        if match is None:
            return "[]"
        rows = self._rows(
            f"""
            SELECT {CARD}, media_texts.body
            FROM (
                SELECT m.rid AS rid, hit.rank AS rank
                FROM (
                    SELECT rowid AS rid, bm25(media_text_search) AS rank
                    FROM media_text_search WHERE media_text_search MATCH :match LIMIT {_CANDIDATES:d}
                ) AS hit JOIN media AS m ON m.rid = hit.rid
                WHERE {VISIBLE}
                ORDER BY hit.rank
                LIMIT :limit
            ) AS best
            JOIN media AS m ON m.rid = best.rid
            JOIN media_texts ON media_texts.rid = best.rid
            LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = m.id
            ORDER BY best.rank
            """,
            {**eyes(viewer, offline), "match": match, "limit": limit},
        )
        # the index makes snippets too, but at twenty times the cost: it looks up each hit in all of its lists
        cards = (f'{str(card)[:-1]},"snippet":{json.dumps(snippet(str(body), text))}}}' for card, body in rows)
        return f"[{','.join(cards)}]"
