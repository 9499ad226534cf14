"""The films, episodes and tracks of the library."""

import base64
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import apsw
import msgspec

from media_library.constants import CONTINUE_FROM_MS
from media_library.errors import Conflict, InvalidInput, NotFound
from media_library.events import LibraryUpdated, library_room
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia, Streams
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Row, Value, new_id, now_ms

_NAMES = "title, year, show_title, season, episode, artist, album, album_artist, disc_number, track_number"
_COLUMNS = f"""
    id, media_type, library_id, {_NAMES}, path, size_bytes, mtime_ns, inode, container, duration_ms, streams, overview,
    hue, has_poster, has_still, disc_id, disc_title, review_reason, locked, added_at, updated_at, deleted_at
"""
_SEARCH_CANDIDATES = 1_000
_ARTICLES = re.compile(r"^(the|a|an|der|die|das|le|la|les|l'|el|il)\s+", re.IGNORECASE)

_CARD = """
    json_object(
        'id', m.id, 'media_type', m.media_type, 'title', m.title, 'year', m.year, 'show_title', m.show_title,
        'season', m.season, 'episode', m.episode, 'artist', coalesce(m.artist, m.album_artist), 'album', m.album,
        'show_key', m.show_key, 'album_key', m.album_key,
        'disc_number', m.disc_number, 'track_number', m.track_number, 'duration', m.duration_ms / 1000.0,
        'added_at', m.added_at, 'hue', m.hue,
        'artwork', json_object('poster', json(iif(m.has_poster, 'true', 'false')),
                               'still', json(iif(m.has_still, 'true', 'false'))),
        'offline', json(iif(:offline, 'true', 'false')),
        'needs_review', json(iif(m.review_reason IS NULL, 'false', 'true')),
        'progress', CASE WHEN p.media_id IS NULL THEN NULL ELSE json_object(
            'position', p.position_ms / 1000.0, 'duration', p.duration_ms / 1000.0,
            'finished', json(iif(p.finished, 'true', 'false')), 'updated_at', p.updated_at) END
    )
"""
_FROM = "FROM media AS m LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = m.id"
_VISIBLE = """
    m.deleted_at IS NULL AND (:libraries IS NULL OR m.library_id IN (SELECT value FROM json_each(:libraries)))
"""


class MediaSort(StrEnum):
    """In which order a list of media comes."""

    ADDED = "added"
    TITLE = "title"
    YEAR = "year"


_GROUP_SORT_COLUMNS = {MediaSort.ADDED: "newest_at", MediaSort.TITLE: "title_key", MediaSort.YEAR: "first_year"}
_SORT_COLUMNS = {MediaSort.ADDED: "added_at", MediaSort.TITLE: "sort_title", MediaSort.YEAR: "year"}


@dataclass(frozen=True, slots=True)
class MediaQuery:
    """Which media, in which order, from where on. ``cursor`` is what the page before gave as ``next``."""

    media_type: MediaType | None = None
    library_id: str | None = None
    show_key: str | None = None
    album_key: str | None = None
    sort: MediaSort = MediaSort.ADDED
    descending: bool = True
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: the count of the whole list, the items as a JSON array made by SQLite, where it goes on."""

    count: int
    items: str
    next: str | None


class MediaRepo(Repository):
    """Reads and writes ``media``. Every list and look-up takes the viewer, so that nothing is seen sideways."""

    def add_media(self, new: NewMedia, job_id: str | None = None) -> Media:
        """Put a file into the library; raises ``Conflict`` if its path is already there."""
        names, file, now = new.names, new.file, now_ms()
        media_id = new_id()
        with self.transaction():
            try:
                self._change(
                    """
                    INSERT INTO media (
                        id, media_type, library_id, title, year, show_title, season, episode, artist, album,
                        album_artist, disc_number, track_number, sort_title, show_key, album_key, path, size_bytes,
                        mtime_ns, inode, container, duration_ms, streams, hue, has_poster, has_still, disc_id,
                        disc_title, job_id, review_reason, added_at, updated_at
                    ) VALUES (
                        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                    )
                    """,
                    (
                        media_id,
                        new.media_type,
                        new.library_id,
                        names.title,
                        names.year,
                        names.show_title,
                        names.season,
                        names.episode,
                        names.artist,
                        names.album,
                        names.album_artist,
                        names.disc_number,
                        names.track_number,
                        sort_title(names.title),
                        show_key(names),
                        album_key(names),
                        file.path,
                        file.size_bytes,
                        file.mtime_ns,
                        file.inode,
                        file.container,
                        file.duration_ms,
                        msgspec.json.encode(new.streams).decode(),
                        _hue(names),
                        new.has_poster,
                        new.has_still,
                        new.disc_id,
                        new.disc_title,
                        job_id,
                        new.review_reason,
                        now,
                        now,
                    ),
                )
            except apsw.ConstraintError as error:
                raise Conflict(f"{file.path} is already in the library.") from error
            self.broadcast(LibraryUpdated(media_id), library_room(new.library_id))
        return self.media(media_id)

    def media(self, media_id: str) -> Media:
        """A media item, seen by the program itself, in the bin or not; raises ``NotFound``."""
        row = self._row(f"SELECT {_COLUMNS} FROM media WHERE id = ?", (media_id,))
        if row is None:
            raise NotFound("There is no such item in the library.")
        return _media(row)

    def media_for(self, viewer: Viewer, media_id: str) -> Media:
        """A media item that the viewer may see; raises ``NotFound`` otherwise."""
        row = self._row(
            f"SELECT {', '.join('m.' + name.strip() for name in _COLUMNS.split(','))} FROM media AS m "
            f"WHERE m.id = :id AND {_VISIBLE}",
            {"id": media_id, "libraries": _libraries(viewer)},
        )
        if row is None:
            raise NotFound("There is no such item in the library.")
        return _media(row)

    def card_for(self, viewer: Viewer, media_id: str, *, offline: bool) -> str:
        """The card of one media item as a JSON object; raises ``NotFound``."""
        row = self._row(
            f"SELECT {_CARD} {_FROM} WHERE m.id = :id AND {_VISIBLE}",
            {**_eyes(viewer, offline), "id": media_id},
        )
        if row is None:
            raise NotFound("There is no such item in the library.")
        return str(row[0])

    def media_page(self, viewer: Viewer, query: MediaQuery, *, offline: bool) -> Page:
        """One page of cards. Raises ``InvalidInput`` for a cursor that is not ours."""
        column = _SORT_COLUMNS[query.sort]
        direction, beyond = ("DESC", "<") if query.descending else ("ASC", ">")
        key = f"coalesce(m.{column}, 0)" if query.sort is MediaSort.YEAR else f"m.{column}"
        conditions = [_VISIBLE]
        bindings: dict[str, Value] = {**_eyes(viewer, offline), "limit": query.limit + 1}
        for name, value in (
            ("media_type", query.media_type),
            ("library_id", query.library_id),
            ("show_key", query.show_key),
            ("album_key", query.album_key),
        ):
            if value is not None:
                conditions.append(f"m.{name} = :{name}")
                bindings[name] = value
        count = self._row(f"SELECT count(*) FROM media AS m WHERE {' AND '.join(conditions)}", bindings)
        if query.cursor is not None:
            bindings["after"], bindings["after_rid"] = _decode_cursor(query.cursor, query.sort)
            conditions.append(f"({key}, m.rid) {beyond} (:after, :after_rid)")
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FILTER (WHERE place <= :limit - 1),
                   max(iif(place = :limit - 1, after, NULL)), max(iif(place = :limit - 1, rid, NULL)), count(*)
            FROM (
                SELECT {_CARD} AS card, {key} AS after, m.rid AS rid,
                       row_number() OVER (ORDER BY {key} {direction}, m.rid {direction}) AS place
                {_FROM}
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
        return Page(int(count[0] or 0), str(items), _encode_cursor(query.sort, after, rid) if more else None)

    def search_media(self, viewer: Viewer, text: str, limit: int, *, offline: bool) -> str:
        """Cards whose titles, names or text hold every word of ``text`` (the last as a beginning), best first."""
        words = [word.replace('"', '""') for word in text.replace("\0", " ").split()][:16]
        if not words:
            return "[]"
        match = " ".join(f'"{word}"*' for word in words)
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FROM (
                SELECT {_CARD} AS card
                {_FROM}
                JOIN (
                    SELECT rowid AS rid, rank FROM (
                        SELECT rowid, bm25(media_search, 10, 6, 4, 4, 1) AS rank
                        FROM media_search WHERE media_search MATCH :match LIMIT {_SEARCH_CANDIDATES:d}
                    )
                ) AS hit ON hit.rid = m.rid
                WHERE {_VISIBLE}
                ORDER BY hit.rank, m.sort_title
                LIMIT :limit
            )
            """,
            {**_eyes(viewer, offline), "match": match, "limit": limit},
        )
        assert row is not None
        return str(row[0])

    def continue_watching(self, viewer: Viewer, limit: int, *, offline: bool) -> str:
        """Cards of what the viewer started and did not finish, newest first, as a JSON array."""
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FROM (
                SELECT {_CARD} AS card
                FROM playback_progress AS p JOIN media AS m ON m.id = p.media_id
                WHERE p.user_id = :user AND NOT p.finished AND p.position_ms > :least AND {_VISIBLE}
                ORDER BY p.updated_at DESC
                LIMIT :limit
            )
            """,
            {**_eyes(viewer, offline), "least": CONTINUE_FROM_MS, "limit": limit},
        )
        assert row is not None
        return str(row[0])

    def shows(
        self,
        viewer: Viewer,
        limit: int,
        after: str | None = None,
        *,
        sort: MediaSort = MediaSort.TITLE,
        descending: bool = False,
    ) -> Page:
        """Shows; ``after`` is the cursor of the page before. A show was added when its newest episode was."""
        return self._groups(viewer, "show", limit, after, sort, descending=descending)

    def albums(
        self,
        viewer: Viewer,
        limit: int,
        after: str | None = None,
        *,
        sort: MediaSort = MediaSort.TITLE,
        descending: bool = False,
    ) -> Page:
        """Albums, in the same way."""
        return self._groups(viewer, "album", limit, after, sort, descending=descending)

    def newest_groups(self, viewer: Viewer, kind: str, limit: int) -> str:
        """The shows or albums ("show", "album") that got something last, as a JSON array."""
        row = self._row(
            f"SELECT json_group_array(json(item)) FROM ({_group_sql(kind)} ORDER BY max(m.added_at) DESC LIMIT :limit)",
            {"libraries": _libraries(viewer), "limit": limit},
        )
        assert row is not None
        return str(row[0])

    def episodes(self, viewer: Viewer, key: str, *, offline: bool) -> str:
        """Cards of a show in the order of watching, as a JSON array."""
        return self._ordered(viewer, "m.show_key = :key", "m.season, m.episode, m.rid", key, offline=offline)

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
                WHERE self.id = :id AND {_VISIBLE}
                WINDOW place AS (ORDER BY m.season, m.episode, m.disc_number, m.track_number, m.rid)
            ) WHERE id = :id
            """,
            {"id": media_id, "libraries": _libraries(viewer)},
        )
        return (None, None) if row is None else (_str(row[0]), _str(row[1]))

    def group(self, viewer: Viewer, kind: str, key: str) -> str:
        """One show or album as a JSON object; raises ``NotFound``."""
        row = self._row(
            f"SELECT item FROM ({_group_sql(kind, 'AND m.' + kind + '_key = :key')})",
            {"libraries": _libraries(viewer), "key": key},
        )
        if row is None:
            raise NotFound("There is no such item in the library.")
        return str(row[0])

    def media_count(self, viewer: Viewer) -> dict[str, int]:
        """How many films, episodes, tracks, shows and albums the viewer may see."""
        rows = self._rows(
            f"""
            SELECT m.media_type, count(*), count(DISTINCT m.show_key), count(DISTINCT m.album_key)
            FROM media AS m WHERE {_VISIBLE} GROUP BY m.media_type
            """,
            {"libraries": _libraries(viewer)},
        )
        counts = {str(kind): int(number or 0) for kind, number, _, _ in rows}
        counts["show"] = sum(int(shows or 0) for _, _, shows, _ in rows)
        counts["album"] = sum(int(albums or 0) for _, _, _, albums in rows)
        return {name: counts.get(name, 0) for name in ("movie", "episode", "track", "show", "album")}

    def media_size(self, viewer: Viewer) -> tuple[int, int]:
        """Bytes and milliseconds of all that the viewer may see."""
        row = self._row(
            f"SELECT coalesce(sum(m.size_bytes), 0), coalesce(sum(m.duration_ms), 0) FROM media AS m WHERE {_VISIBLE}",
            {"libraries": _libraries(viewer)},
        )
        assert row is not None
        return int(row[0] or 0), int(row[1] or 0)

    def media_of_job(self, job_id: str) -> list[str]:
        """The ids of what a job put into the library."""
        rows = self._rows("SELECT id FROM media WHERE job_id = ? AND deleted_at IS NULL ORDER BY rid", (job_id,))
        return [str(row[0]) for row in rows]

    def media_of_disc(self, disc_id: str) -> list[Media]:
        """What came from a disc and is still there."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM media WHERE disc_id = ? AND deleted_at IS NULL ORDER BY rid", (disc_id,)
        )
        return [_media(row) for row in rows]

    def is_path_taken(self, path: str) -> bool:
        """Whether a row, in the bin or not, has this path; case and Unicode form do not distinguish paths."""
        row = self._row("SELECT 1 FROM media WHERE path = ? COLLATE NOCASE LIMIT 1", (path,))
        return row is not None

    def last_episode(self, show: str, season: int) -> int:
        """The highest episode number of a season of a show, 0 if there is none."""
        key = show_key(MediaNames(show, show_title=show))
        row = self._row(
            "SELECT max(episode) FROM media WHERE show_key = ? AND season = ? AND deleted_at IS NULL",
            (key, season),
        )
        return 0 if row is None else int(row[0] or 0)

    def edit_media(self, media_id: str, names: MediaNames, locked: frozenset[str]) -> Media:
        """Give a media item its names; ``locked`` are the fields that no identification may change any more."""
        with self.transaction():
            changed = self._change(
                """
                UPDATE media
                SET title = ?, year = ?, show_title = ?, season = ?, episode = ?, artist = ?, album = ?,
                    album_artist = ?, disc_number = ?, track_number = ?, sort_title = ?, show_key = ?, album_key = ?,
                    locked = ?, review_reason = NULL, updated_at = ?
                WHERE id = ?
                """,
                (
                    names.title,
                    names.year,
                    names.show_title,
                    names.season,
                    names.episode,
                    names.artist,
                    names.album,
                    names.album_artist,
                    names.disc_number,
                    names.track_number,
                    sort_title(names.title),
                    show_key(names),
                    album_key(names),
                    json.dumps(sorted(locked)),
                    now_ms(),
                    media_id,
                ),
            )
            if not changed:
                raise NotFound("There is no such item in the library.")
            return self._announced(media_id)

    def mark_artwork(self, media_id: str, *, poster: bool, still: bool) -> None:
        """Note which pictures of a media item there are."""
        self._change(
            "UPDATE media SET has_poster = ?, has_still = ?, updated_at = ? WHERE id = ?",
            (poster, still, now_ms(), media_id),
        )

    def move_media(self, media_id: str, file: MediaFile) -> Media:
        """The file lies elsewhere now; id, history and edits stay. Raises ``Conflict`` if the path is taken."""
        with self.transaction():
            try:
                self._change(
                    "UPDATE media SET path = ?, size_bytes = ?, mtime_ns = ?, inode = ?, updated_at = ? WHERE id = ?",
                    (file.path, file.size_bytes, file.mtime_ns, file.inode, now_ms(), media_id),
                )
            except apsw.ConstraintError as error:
                raise Conflict(f"{file.path} is already in the library.") from error
            return self._announced(media_id)

    def replace_media_file(self, media_id: str, new: NewMedia, job_id: str) -> Media:
        """The item was ripped anew: it gets the new file; id, names, history and edits stay.

        Raises ``Conflict`` if the path is taken.
        """
        file = new.file
        with self.transaction():
            try:
                self._change(
                    """
                    UPDATE media
                    SET path = ?, size_bytes = ?, mtime_ns = ?, inode = ?, container = ?, duration_ms = ?, streams = ?,
                        job_id = ?, updated_at = ?
                    WHERE id = ?
                    """,
                    (
                        file.path,
                        file.size_bytes,
                        file.mtime_ns,
                        file.inode,
                        file.container,
                        file.duration_ms,
                        msgspec.json.encode(new.streams).decode(),
                        job_id,
                        now_ms(),
                        media_id,
                    ),
                )
            except apsw.ConstraintError as error:
                raise Conflict(f"{file.path} is already in the library.") from error
            return self._announced(media_id)

    def bin_media(self, media_id: str) -> Media:
        """Put a media item into the bin."""
        self._change("UPDATE media SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL", (now_ms(), media_id))
        return self._announced(media_id)

    def unbin_media(self, media_id: str) -> Media:
        """Take a media item out of the bin."""
        self._change("UPDATE media SET deleted_at = NULL WHERE id = ?", (media_id,))
        return self._announced(media_id)

    def media_in_bin(self, before_ms: int) -> list[Media]:
        """What was put into the bin before a time."""
        return [_media(row) for row in self._rows(f"SELECT {_COLUMNS} FROM media WHERE deleted_at < ?", (before_ms,))]

    def remove_media(self, media_id: str) -> None:
        """Forget a media item whose file is gone for good."""
        self._change("DELETE FROM media WHERE id = ?", (media_id,))

    def _announced(self, media_id: str) -> Media:
        media = self.media(media_id)
        self.broadcast(LibraryUpdated(media_id), library_room(media.library_id))
        return media

    def _ordered(self, viewer: Viewer, condition: str, order: str, key: str, *, offline: bool) -> str:
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FROM (
                SELECT {_CARD} AS card {_FROM} WHERE {condition} AND {_VISIBLE} ORDER BY {order}
            )
            """,
            {**_eyes(viewer, offline), "key": key},
        )
        assert row is not None
        return str(row[0])

    def _groups(
        self, viewer: Viewer, kind: str, limit: int, cursor: str | None, sort: MediaSort, *, descending: bool
    ) -> Page:
        eyes = {"libraries": _libraries(viewer)}
        count = self._row(f"SELECT count(DISTINCT m.{kind}_key) FROM media AS m WHERE {_VISIBLE}", eyes)
        column = _GROUP_SORT_COLUMNS[sort]
        direction, beyond = ("DESC", "<") if descending else ("ASC", ">")
        after, after_key = (None, None) if cursor is None else _decode_group_cursor(cursor, sort)
        row = self._row(
            f"""
            SELECT json_group_array(json(item)) FILTER (WHERE place <= :limit - 1),
                   max(iif(place = :limit - 1, {column}, NULL)), max(iif(place = :limit - 1, key, NULL)), count(*)
            FROM (
                SELECT item, {column}, key, row_number() OVER (ORDER BY {column} {direction}, key {direction}) AS place
                FROM ({_group_sql(kind)})
                WHERE :after IS NULL OR ({column}, key) {beyond} (:after, :after_key)
                ORDER BY {column} {direction}, key {direction}
                LIMIT :limit
            )
            """,
            {**eyes, "after": after, "after_key": after_key, "limit": limit + 1},
        )
        assert row is not None and count is not None
        items, last, key, found = row
        more = int(found or 0) > limit
        return Page(int(count[0] or 0), str(items), _encode_cursor(sort, last, key) if more else None)


def sort_title(title: str) -> str:
    """The title as it is sorted: without accents, case and a leading article."""
    folded = "".join(char for char in unicodedata.normalize("NFKD", title) if not unicodedata.combining(char))
    return _ARTICLES.sub("", folded.strip()).casefold() or folded.casefold()


def show_key(names: MediaNames) -> str | None:
    """What the episodes of one show have in common; ``None`` for what is no episode."""
    return None if names.show_title is None else _key(names.show_title)


def album_key(names: MediaNames) -> str | None:
    """What the tracks of one album have in common; ``None`` for what is no track."""
    return None if names.album is None else _key(names.album_artist or names.artist or "", names.album)


def _key(*parts: str) -> str:
    text = "\0".join(unicodedata.normalize("NFC", part).casefold().strip() for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _hue(names: MediaNames) -> int:
    """The colour of the generated cover, 0 to 359: one for a show or an album, else one for the title."""
    subject = names.show_title or names.album or names.title
    return int.from_bytes(hashlib.sha256(subject.casefold().encode()).digest()[:2]) % 360


def _group_sql(kind: str, condition: str = "") -> str:
    """Rows (item, key, title_key, newest_at, first_year) of the groups of a kind, before ORDER BY."""
    title, subtitle = {
        "show": ("show_title", "NULL"),
        "album": ("album", "coalesce(m.album_artist, m.artist)"),
    }[kind]
    return f"""
        SELECT json_object(
            'kind', '{kind}', 'key', m.{kind}_key, 'title', m.{title}, 'subtitle', {subtitle}, 'year', min(m.year),
            'count', count(*), 'hue', m.hue, 'added_at', max(m.added_at),
            'cover_media_id', coalesce(max(iif(m.has_poster, m.id, NULL)), max(iif(m.has_still, m.id, NULL)), m.id),
            'artwork', json_object('poster', json(iif(max(m.has_poster), 'true', 'false')),
                                   'still', json(iif(max(m.has_still), 'true', 'false')))
        ) AS item, m.{kind}_key AS key, lower(m.{title}) AS title_key, max(m.added_at) AS newest_at,
            coalesce(min(m.year), 0) AS first_year
        FROM media AS m
        WHERE m.{kind}_key IS NOT NULL AND {_VISIBLE} {condition}
        GROUP BY m.{kind}_key
    """


def _libraries(viewer: Viewer) -> str | None:
    return None if viewer.library_ids is None else json.dumps(sorted(viewer.library_ids))


def _eyes(viewer: Viewer, offline: bool) -> dict[str, Value]:
    return {"user": viewer.user_id, "libraries": _libraries(viewer), "offline": offline}


def _encode_cursor(sort: MediaSort, after: Value, last: Value) -> str:
    return base64.urlsafe_b64encode(json.dumps([sort, after, last]).encode()).decode().rstrip("=")


def _decode_cursor(cursor: str, sort: MediaSort) -> tuple[str | int, int]:
    after, rid = _read_cursor(cursor, sort)
    if type(rid) is not int or not 0 <= rid < 2**63:
        raise InvalidInput("This cursor belongs to another list.", "cursor")
    return after, rid


def _decode_group_cursor(cursor: str, sort: MediaSort) -> tuple[str | int, str]:
    after, key = _read_cursor(cursor, sort)
    if type(key) is not str:
        raise InvalidInput("This cursor belongs to another list.", "cursor")
    return after, key


def _read_cursor(cursor: str, sort: MediaSort) -> tuple[str | int, object]:
    """Where a page ended: the value that the list is sorted by, and what tells equal ones apart."""
    try:
        made_for, after, last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if isinstance(after, str):
            after.encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidInput("This cursor is not one of ours.", "cursor") from error
    expected = str if sort is MediaSort.TITLE else int
    if made_for != sort or type(after) is not expected:
        raise InvalidInput("This cursor belongs to another list.", "cursor")
    if isinstance(after, int) and not -(2**63) <= after < 2**63:
        raise InvalidInput("This cursor is not one of ours.", "cursor")
    assert isinstance(after, (str, int))
    return after, last


def _media(row: Row) -> Media:
    (
        media_id,
        media_type,
        library_id,
        title,
        year,
        show,
        season,
        episode,
        artist,
        album,
        album_artist,
        disc_number,
        track_number,
        path,
        size,
        mtime,
        inode,
        container,
        duration,
        streams,
        overview,
        hue,
        has_poster,
        has_still,
        disc_id,
        disc_title,
        review_reason,
        locked,
        added_at,
        updated_at,
        deleted_at,
    ) = row
    return Media(
        id=str(media_id),
        media_type=MediaType(str(media_type)),
        library_id=str(library_id),
        names=MediaNames(
            str(title),
            _int(year),
            _str(show),
            _int(season),
            _int(episode),
            _str(artist),
            _str(album),
            _str(album_artist),
            _int(disc_number),
            _int(track_number),
        ),
        file=MediaFile(
            str(path),
            _int(size) or 0,
            _int(mtime) or 0,
            _int(inode) or 0,
            str(container),
            _int(duration) or 0,
        ),
        streams=msgspec.json.decode(str(streams), type=Streams),
        overview=_str(overview),
        hue=_int(hue) or 0,
        has_poster=bool(has_poster),
        has_still=bool(has_still),
        disc_id=_str(disc_id),
        disc_title=_int(disc_title),
        review_reason=_str(review_reason),
        locked=frozenset(json.loads(str(locked))),
        added_at=_int(added_at) or 0,
        updated_at=_int(updated_at) or 0,
        deleted_at=_int(deleted_at),
    )


def _int(value: Value) -> int | None:
    return None if value is None else int(value)


def _str(value: Value) -> str | None:
    return None if value is None else str(value)
