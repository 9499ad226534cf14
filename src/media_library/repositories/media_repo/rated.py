"""From which age on media may be seen: films and shows as they are certified, anything as somebody said."""

import json
from collections.abc import Iterable, Mapping, Sequence

from media_library.errors import NotFound
from media_library.events import LibraryChanged, library_room
from media_library.repositories.base import Repository, now_ms

_AT_ONCE = 500

_AGE = "coalesce(w.min_age, (SELECT value FROM json_each(:ages) WHERE key = w.certification))"
_OF_FILM = f"(SELECT {_AGE} FROM works AS w WHERE w.key = 'movie:' || m.id)"
_OF_SHOW = f"(SELECT {_AGE} FROM works AS w WHERE w.key = 'show:' || m.show_key)"
_OF_ALBUM = "(SELECT w.min_age FROM works AS w WHERE w.key = 'album:' || m.album_key)"
_OF_PODCAST = """
    (SELECT f.min_age FROM podcasts AS f JOIN podcast_episodes AS e ON e.podcast_id = f.id WHERE e.media_id = m.id)
"""
_DUE = f"""
    CASE m.media_type
        WHEN 'movie' THEN {_OF_FILM}
        WHEN 'episode' THEN {_OF_SHOW}
        WHEN 'extra' THEN
            iif(m.parent_id IS NULL, {_OF_SHOW}, (SELECT of.min_age FROM media AS of WHERE of.id = m.parent_id))
        WHEN 'track' THEN {_OF_ALBUM}
        WHEN 'podcast' THEN {_OF_PODCAST}
    END
"""
# what may have an age that nobody gave the item itself: few albums and podcasts have one
_MAY_BE_RATED = """
    (m.media_type IN ('movie', 'episode', 'extra') OR m.min_age IS NOT NULL
     OR (m.media_type = 'track' AND m.album_key IN (
         SELECT substr(key, 7) FROM works WHERE kind = 'album' AND min_age IS NOT NULL))
     OR (m.media_type = 'podcast' AND m.id IN (
         SELECT e.media_id FROM podcast_episodes AS e JOIN podcasts AS f ON f.id = e.podcast_id
         WHERE f.min_age IS NOT NULL)))
"""
_WRONG = f"""
    SELECT id, age FROM (
        SELECT m.id AS id, m.min_age AS now, {_DUE} AS age FROM media AS m
        WHERE {_MAY_BE_RATED} AND instr(m.locked, '"min_age"') = 0
            AND (:only IS NULL OR m.id IN (SELECT value FROM json_each(:only))
                 OR m.parent_id IN (SELECT value FROM json_each(:only)))
    ) WHERE now IS NOT age
"""


class RatedMedia(Repository):
    """Writes the ages of ``media``."""

    def wrongly_rated(
        self, ages: Mapping[str, int], media_ids: Iterable[str] | None = None
    ) -> list[tuple[str, int | None]]:
        """Items, and the age that they should have by what is known of their film, show, album or podcast.

        ``ages`` are those of certifications. Of ``media_ids`` and their extras only, if they are named. What was set by
        hand is right. An extra follows its film, which may be wrong itself: ask again once that is right.
        """
        only = None if media_ids is None else json.dumps(list(media_ids))
        rows = self._rows(_WRONG, {"ages": json.dumps(dict(ages)), "only": only})
        return [(str(media_id), None if age is None else int(age)) for media_id, age in rows]

    def rate_media(self, rated: Sequence[tuple[str, int | None]]) -> None:
        """Note from which age on (years) items may be seen, ``None`` where nobody knows."""
        for start in range(0, len(rated), _AT_ONCE):
            some = json.dumps(rated[start : start + _AT_ONCE])
            with self.transaction():
                self._change(
                    """
                    UPDATE media SET min_age = age.value ->> 1, updated_at = :now
                    FROM json_each(:rated) AS age WHERE media.id = age.value ->> 0
                    """,
                    {"rated": some, "now": now_ms()},
                )
                libraries = self._rows(
                    """
                    SELECT DISTINCT library_id FROM media
                    WHERE id IN (SELECT value ->> 0 FROM json_each(?)) ORDER BY library_id
                    """,
                    (some,),
                )
                for row in libraries:
                    self.broadcast(LibraryChanged(str(row[0])), library_room(str(row[0])))

    def rate_by_hand(self, media_id: str, min_age: int | None, locked: frozenset[str]) -> None:
        """Note what a person says of an item; ``locked`` are the fields that nothing may change any more."""
        changed = self._change(
            "UPDATE media SET min_age = ?, locked = ?, updated_at = ? WHERE id = ?",
            (min_age, json.dumps(sorted(locked)), now_ms(), media_id),
        )
        if not changed:
            raise NotFound("There is no such item in the library.")
