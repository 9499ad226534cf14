"""Artists: whose albums there are, as groups, and what else they play on.

An artist is the name on an album. Its key is that name in hexadecimal digits, so that nothing has to be kept for it.
"""

from media_library.errors import NotFound
from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.media_repo.cards import group_sql
from media_library.repositories.media_repo.paging import MediaSort, Page, decode_group_cursor, encode_cursor
from media_library.repositories.viewing import GRANTED, sight

_ARTIST = "lower(coalesce(m.album_artist, m.artist))"
_ON_ALBUMS = "m.media_type = 'track' AND m.album_key IS NOT NULL AND m.deleted_at IS NULL"
# music is rated for no age: without a look at it, counting needs an index alone
_HEARD = f"{_ON_ALBUMS} AND {GRANTED}"
_GUEST = f"""
    AND m.album_key IN (
        SELECT other.album_key FROM media AS other
        WHERE other.media_type = 'track' AND other.album_key IS NOT NULL AND other.deleted_at IS NULL
            AND lower(other.artist) = :artist
    ) AND {_ARTIST} <> :artist
"""
_LONGEST_KEY = 4_000


class MediaArtists(Repository):
    """Reads the artists of ``media``. Every method takes the viewer, so that nothing is seen sideways."""

    def artists(self, viewer: Viewer, limit: int, cursor: str | None = None) -> Page:
        """Artists as groups, by name; ``count`` is how many albums each has."""
        visible = sight(viewer)
        # left to itself, SQLite reads all tracks and sorts them, at twenty times the cost
        count = self._row(
            f"""
            SELECT count(*) FROM (
                SELECT 1 FROM media AS m INDEXED BY media_by_artist WHERE {_HEARD} GROUP BY {_ARTIST}
            )
            """,
            visible,
        )
        after = "" if cursor is None else decode_group_cursor(cursor, MediaSort.TITLE)[0]
        row = self._row(
            f"""
            SELECT json_group_array(json(item)) FILTER (WHERE place <= :limit - 1),
                   max(iif(place = :limit - 1, title_key, NULL)), count(*)
            FROM (
                SELECT item, title_key, row_number() OVER (ORDER BY title_key) AS place
                FROM (
                    SELECT {_ARTIST} AS title_key, json_object(
                        'kind', 'artist', 'key', lower(hex({_ARTIST})),
                        'title', min(coalesce(m.album_artist, m.artist)), 'subtitle', NULL, 'year', NULL,
                        'count', count(DISTINCT m.album_key), 'hue', min(m.hue), 'added_at', max(m.added_at),
                        'cover_media_id', coalesce(max(iif(m.has_poster, m.id, NULL)), max(m.id)),
                        'artwork', json_object(
                            'poster', json(iif(max(m.has_poster), 'true', 'false')), 'still', json('false'),
                            'backdrop', json('false'), 'placeholder', max(iif(m.has_poster, m.placeholder, NULL)))
                    ) AS item
                    FROM media AS m INDEXED BY media_by_artist
                    WHERE {_HEARD} AND {_ARTIST} > :after
                    GROUP BY {_ARTIST}
                    ORDER BY {_ARTIST}
                    LIMIT :limit
                )
            )
            """,
            {**visible, "after": after, "limit": limit + 1},
        )
        assert row is not None and count is not None
        items, last, found = row
        more = int(found or 0) > limit
        return Page(int(count[0] or 0), str(items), encode_cursor(MediaSort.TITLE, last, "") if more else None)

    def artist(self, viewer: Viewer, key: str) -> tuple[str, str, str]:
        """The name of an artist, their albums and those of others that they play on, both as JSON arrays of groups.

        Raises ``NotFound``.
        """
        bindings = {**sight(viewer), "artist": _name_of(key)}
        name = self._row(
            f"""
            SELECT coalesce(
                (SELECT min(coalesce(m.album_artist, m.artist)) FROM media AS m
                 WHERE {_HEARD} AND {_ARTIST} = :artist),
                (SELECT min(m.artist) FROM media AS m
                 WHERE {_HEARD} AND lower(m.artist) = :artist)
            )
            """,
            bindings,
        )
        if name is None or name[0] is None:
            raise NotFound("There is no such artist in the library.")
        own = self._row(
            f"""
            SELECT json_group_array(json(item) ORDER BY first_year, title_key)
            FROM ({group_sql("album", f"AND {_ARTIST} = :artist")})
            """,
            bindings,
        )
        others = self._row(
            f"""
            SELECT json_group_array(json(item) ORDER BY first_year, title_key) FROM ({group_sql("album", _GUEST)})
            """,
            bindings,
        )
        assert own is not None and others is not None
        return str(name[0]), str(own[0]), str(others[0])


def _name_of(key: str) -> str:
    """The name that a key stands for; raises ``NotFound`` for what is none."""
    try:
        if len(key) <= _LONGEST_KEY:
            return bytes.fromhex(key).decode()
    except ValueError:  # neither digits nor text
        pass
    raise NotFound("There is no such artist in the library.")
