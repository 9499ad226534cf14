"""Single media: entering the library, edits, moves, the bin."""

import json
from collections.abc import Iterable

import apsw
import msgspec

from media_library.errors import Conflict, NotFound
from media_library.events import LibraryUpdated, library_room
from media_library.models.library import folder_of
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, new_id, now_ms
from media_library.repositories.media_repo.cards import VISIBLE
from media_library.repositories.media_repo.keys import album_key, hue_of, name_values, show_key
from media_library.repositories.media_repo.records import COLUMNS, media_of
from media_library.repositories.viewing import sight

_MOST_TEXT = 2_000_000


class MediaRows(Repository):
    """Reads and writes ``media``, one row at a time."""

    def add_media(self, new: NewMedia, job_id: str | None = None, *, added_by: str | None = None) -> Media:
        """Put an item into the library; raises ``Conflict`` if its path or one of its origins is already there.

        Whoever asked for the job has brought it, or else ``added_by``, the id of a person. The age that somebody gave
        its album or podcast is its own from the first moment; what is certified is hidden until that is known.
        """
        names, now = new.names, now_ms()
        file = new.file or MediaFile("", 0, 0, 0, "", new.duration_ms)
        media_id = new_id()
        with self.transaction():
            try:
                self._change(
                    """
                    INSERT INTO media (
                        id, media_type, library_id, title, year, show_title, season, episode, artist, album,
                        album_artist, disc_number, track_number, sort_title, show_key, album_key, path, size_bytes,
                        mtime_ns, inode, container, duration_ms, streams, overview, published_at, language, isrc, hue,
                        has_poster, has_still, disc_id, disc_title, job_id, review_reason, added_at, updated_at,
                        episode_end, edition, folder_id, parent_id, extra_kind, added_by, min_age
                    ) VALUES (
                        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                        ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(
                            (SELECT requested_by FROM jobs WHERE id = ?),
                            (SELECT requested_by FROM content_jobs WHERE job_id = ?),
                            (SELECT user_id FROM uploads WHERE job_id = ?),
                            ?
                        ),
                        coalesce(
                            (SELECT min_age FROM works WHERE key = 'album:' || ?),
                            (SELECT f.min_age FROM content_jobs AS c
                             JOIN podcast_episodes AS e ON e.id = substr(c.origin, length('episode:') + 1)
                             JOIN podcasts AS f ON f.id = e.podcast_id
                             WHERE c.job_id = ?)
                        )
                    )
                    """,
                    (
                        media_id,
                        new.media_type,
                        new.library_id,
                        *name_values(names),
                        file.path or None,
                        file.size_bytes,
                        file.mtime_ns,
                        file.inode,
                        file.container,
                        file.duration_ms,
                        msgspec.json.encode(new.streams).decode(),
                        new.overview,
                        new.published_at,
                        new.language,
                        new.isrc,
                        hue_of(new.media_type, names),
                        new.has_poster,
                        new.has_still,
                        new.disc_id,
                        new.disc_title,
                        job_id,
                        new.review_reason,
                        now,
                        now,
                        names.episode_end,
                        names.edition,
                        folder_of(file.path),
                        new.parent_id,
                        new.extra_kind,
                        job_id,
                        job_id,
                        job_id,
                        added_by,
                        album_key(names),
                        job_id,
                    ),
                )
            except apsw.ConstraintError as error:
                raise Conflict(f"{file.path} is already in the library.") from error
            self._remember(media_id, new.origins)
            self.broadcast(LibraryUpdated(media_id), library_room(new.library_id))
        return self.media(media_id)

    def remember_origins(self, media_id: str, keys: Iterable[str]) -> None:
        """Note where an item came from; an origin that leads to another item stays with that one."""
        self._change(
            """
            INSERT INTO media_origins (key, media_id) SELECT value, ? FROM json_each(?) WHERE true
            ON CONFLICT (key) DO NOTHING
            """,
            (media_id, json.dumps(list(keys))),
        )

    def media_by_origin(self, keys: Iterable[str]) -> Media | None:
        """The item that came from any of these, in the bin or not."""
        row = self._row(
            f"""
            SELECT {COLUMNS} FROM media WHERE id IN (
                SELECT media_id FROM media_origins WHERE key IN (SELECT value FROM json_each(?))
            ) ORDER BY rid LIMIT 1
            """,
            (json.dumps(list(keys)),),
        )
        return None if row is None else media_of(row)

    def origins_of(self, media_id: str) -> list[str]:
        """Where an item came from."""
        return [
            str(row[0])
            for row in self._rows("SELECT key FROM media_origins WHERE media_id = ? ORDER BY key", (media_id,))
        ]

    def put_media_text(self, media_id: str, text: str) -> None:
        """Make a long text of an item searchable, such as an article or show notes; its first two million characters.

        An empty text takes away what was searched before.
        """
        with self.transaction():
            row = self._row("SELECT rid FROM media WHERE id = ?", (media_id,))
            if row is None:
                raise NotFound("There is no such item in the library.")
            if text.strip():
                self._change(
                    """
                    INSERT INTO media_texts (rid, body) VALUES (?, ?)
                    ON CONFLICT (rid) DO UPDATE SET body = excluded.body
                    """,
                    (row[0], text[:_MOST_TEXT]),
                )
            else:
                self._change("DELETE FROM media_texts WHERE rid = ?", (row[0],))

    def describe_media(
        self, media_id: str, *, overview: str | None, published_at: int | None, language: str | None
    ) -> Media:
        """What the item is about, when it was published (milliseconds) and in which language (BCP 47)."""
        self._change(
            "UPDATE media SET overview = ?, published_at = ?, language = ?, updated_at = ? WHERE id = ?",
            (overview, published_at, language, now_ms(), media_id),
        )
        return self._announced(media_id)

    def release_media_file(self, media_id: str) -> None:
        """The file was removed for good; the item is no longer listed, but keeps its id and everybody's history."""
        with self.transaction():
            self._announced(media_id)
            self._change(
                """
                UPDATE media SET path = NULL, size_bytes = 0, deleted_at = coalesce(deleted_at, ?), updated_at = ?
                WHERE id = ?
                """,
                (now_ms(), now_ms(), media_id),
            )

    def media(self, media_id: str) -> Media:
        """A media item, seen by the program itself, in the bin or not; raises ``NotFound``."""
        row = self._row(f"SELECT {COLUMNS} FROM media WHERE id = ?", (media_id,))
        if row is None:
            raise NotFound("There is no such item in the library.")
        return media_of(row)

    def media_for(self, viewer: Viewer, media_id: str) -> Media:
        """A media item that the viewer may see; raises ``NotFound`` otherwise."""
        row = self._row(
            f"SELECT {', '.join('m.' + name.strip() for name in COLUMNS.split(','))} FROM media AS m "
            f"WHERE m.id = :id AND {VISIBLE}",
            {"id": media_id, **sight(viewer)},
        )
        if row is None:
            raise NotFound("There is no such item in the library.")
        return media_of(row)

    def media_of_job(self, job_id: str) -> list[str]:
        """The ids of what a job put into the library."""
        rows = self._rows("SELECT id FROM media WHERE job_id = ? AND deleted_at IS NULL ORDER BY rid", (job_id,))
        return [str(row[0]) for row in rows]

    def media_of_disc(self, disc_id: str) -> list[Media]:
        """What came from a disc and is still there."""
        rows = self._rows(
            f"SELECT {COLUMNS} FROM media WHERE disc_id = ? AND deleted_at IS NULL ORDER BY rid", (disc_id,)
        )
        return [media_of(row) for row in rows]

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
                    episode_end = ?, edition = ?, locked = ?, review_reason = NULL, updated_at = ?
                WHERE id = ?
                """,
                (
                    *name_values(names),
                    names.episode_end,
                    names.edition,
                    json.dumps(sorted(locked)),
                    now_ms(),
                    media_id,
                ),
            )
            if not changed:
                raise NotFound("There is no such item in the library.")
            return self._announced(media_id)

    def note_isrc(self, media_id: str, isrc: str) -> None:
        """Note the code of the recording of a track (ISO 3901), for music playlists to find it."""
        self._change("UPDATE media SET isrc = ? WHERE id = ?", (isrc, media_id))

    def mark_artwork(
        self,
        media_id: str,
        *,
        poster: bool,
        still: bool,
        backdrop: bool | None = None,
        placeholder: str | None = None,
    ) -> None:
        """Note which pictures of a media item there are; ``None`` leaves a thing as it is, "" is no placeholder."""
        self._change(
            """
            UPDATE media
            SET has_poster = ?, has_still = ?, has_backdrop = coalesce(?, has_backdrop),
                placeholder = nullif(coalesce(?, placeholder, ''), ''), updated_at = ?
            WHERE id = ?
            """,
            (poster, still, backdrop, placeholder, now_ms(), media_id),
        )

    def move_media(self, media_id: str, file: MediaFile) -> Media:
        """The file lies elsewhere now; id, history and edits stay. Raises ``Conflict`` if the path is taken."""
        with self.transaction():
            try:
                self._change(
                    "UPDATE media SET path = ?, folder_id = ?, size_bytes = ?, mtime_ns = ?, inode = ?, updated_at = ?"
                    " WHERE id = ?",
                    (file.path, folder_of(file.path), file.size_bytes, file.mtime_ns, file.inode, now_ms(), media_id),
                )
            except apsw.ConstraintError as error:
                raise Conflict(f"{file.path} is already in the library.") from error
            return self._announced(media_id)

    def replace_media_file(self, media_id: str, new: NewMedia, job_id: str) -> Media:
        """The item was fetched anew: it gets the new file and is out of the bin; id, names, history and edits stay.

        Raises ``Conflict`` if the path is taken.
        """
        file = new.file
        assert file is not None
        with self.transaction():
            try:
                self._change(
                    """
                    UPDATE media
                    SET path = ?, folder_id = ?, size_bytes = ?, mtime_ns = ?, inode = ?, container = ?,
                        duration_ms = ?, streams = ?, job_id = ?, deleted_at = NULL, missing_since = NULL,
                        updated_at = ?
                    WHERE id = ?
                    """,
                    (
                        file.path,
                        folder_of(file.path),
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
            self._remember(media_id, new.origins)
            return self._announced(media_id)

    def bin_media(self, media_id: str) -> Media:
        """Put a media item into the bin."""
        self._change("UPDATE media SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL", (now_ms(), media_id))
        return self._announced(media_id)

    def unbin_media(self, media_id: str) -> Media:
        """Take a media item out of the bin."""
        self._change("UPDATE media SET deleted_at = NULL, missing_since = NULL WHERE id = ?", (media_id,))
        return self._announced(media_id)

    def media_in_bin(self, before_ms: int) -> list[Media]:
        """What was put into the bin before a time. An episode whose file is gone for good stays, with its history.

        What is missing was put there by nobody, and stays.
        """
        rows = self._rows(
            f"SELECT {COLUMNS} FROM media WHERE deleted_at < ? AND missing_since IS NULL"
            " AND (path IS NOT NULL OR media_type <> ?)",
            (before_ms, MediaType.PODCAST),
        )
        return [media_of(row) for row in rows]

    def remove_media(self, media_id: str) -> None:
        """Forget a media item whose file is gone for good."""
        self._change("DELETE FROM media WHERE id = ?", (media_id,))

    def _remember(self, media_id: str, origins: Iterable[str]) -> None:
        for key in origins:
            row = self._change_returning(
                """
                INSERT INTO media_origins (key, media_id) VALUES (?, ?)
                ON CONFLICT (key) DO UPDATE SET key = key RETURNING media_id
                """,
                (key, media_id),
            )
            if row is None or row[0] != media_id:
                raise Conflict("This is already in the library.")

    def _announced(self, media_id: str) -> Media:
        media = self.media(media_id)
        self.broadcast(LibraryUpdated(media_id), library_room(media.library_id))
        return media
