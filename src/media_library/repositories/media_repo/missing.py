"""Items whose files are gone: hidden, never removed, listed again when they come back."""

import json
from collections.abc import Iterable

from media_library.errors import InvalidInput
from media_library.events import LibraryChanged, library_room
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Row, Value, now_ms
from media_library.repositories.media_repo.cards import CARD, FROM, eyes
from media_library.repositories.media_repo.paging import Page
from media_library.repositories.viewing import MAY_SEE, sight


class MissingMedia(Repository):
    """Reads and writes ``media`` that is not there."""

    def miss_media(self, media_ids: Iterable[str]) -> None:
        """The files of items are gone: no list shows them until they come back, and nothing of them is removed."""
        ids = list(media_ids)
        with self.transaction():
            self._change(
                """
                UPDATE media SET deleted_at = ?, missing_since = ?, updated_at = ?
                WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL
                """,
                (now_ms(), now_ms(), now_ms(), json.dumps(ids)),
            )
            self._hint(ids)

    def find_media(self, media_ids: Iterable[str]) -> None:
        """The files of missing items are there again."""
        ids = list(media_ids)
        with self.transaction():
            self._change(
                """
                UPDATE media SET deleted_at = NULL, missing_since = NULL, updated_at = ?
                WHERE id IN (SELECT value FROM json_each(?)) AND missing_since IS NOT NULL
                """,
                (now_ms(), json.dumps(ids)),
            )
            self._hint(ids)

    def miss_folder(self, folder_id: str) -> None:
        """A library folder was taken out: its items are hidden as missing ones are."""
        with self.transaction():
            self._change(
                """
                UPDATE media SET deleted_at = ?, missing_since = ?, updated_at = ?
                WHERE folder_id = ? AND deleted_at IS NULL
                """,
                (now_ms(), now_ms(), now_ms(), folder_id),
            )
            self._hint_folder(folder_id)

    def find_folder(self, folder_id: str) -> None:
        """A library folder was taken back: its items are listed again, but those whose files are gone."""
        with self.transaction():
            self._change(
                """
                UPDATE media SET deleted_at = NULL, missing_since = NULL, updated_at = ?
                WHERE folder_id = ? AND missing_since IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM files WHERE files.path = media.path AND files.state = 'missing'
                )
                """,
                (now_ms(), folder_id),
            )
            self._hint_folder(folder_id)

    def missing_page(self, viewer: Viewer, limit: int, cursor: str | None, *, offline: bool) -> Page:
        """What is missing, that which went last first: cards with ``missing_since`` and ``path``."""
        eyed: dict[str, Value] = {**eyes(viewer, offline), "limit": limit, "since": None, "rid": None}
        if cursor is not None:
            eyed["since"], eyed["rid"] = _place(cursor)
        count = self._row(
            f"SELECT count(*) FROM media AS m WHERE m.missing_since IS NOT NULL AND {MAY_SEE}",
            sight(viewer),
        )
        row = self._row(
            f"""
            SELECT json_group_array(json(card)), count(*), min(printf('%020d.%020d', since, rid))
            FROM (
                SELECT json_set({CARD}, '$.missing_since', m.missing_since, '$.path', m.path) AS card,
                       m.missing_since AS since, m.rid AS rid
                {FROM} WHERE m.missing_since IS NOT NULL AND {MAY_SEE}
                    AND (:since IS NULL OR (m.missing_since, m.rid) < (:since, :rid))
                ORDER BY m.missing_since DESC, m.rid DESC LIMIT :limit
            )
            """,
            eyed,
        )
        assert row is not None and count is not None
        items, found, last = row
        is_full = int(found or 0) == limit
        return Page(int(count[0] or 0), str(items), str(last) if is_full else None)

    def _hint(self, media_ids: Iterable[str]) -> None:
        rows = self._rows(
            "SELECT DISTINCT library_id FROM media WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(media_ids)),),
        )
        self._hint_libraries(rows)

    def _hint_folder(self, folder_id: str) -> None:
        self._hint_libraries(self._rows("SELECT DISTINCT library_id FROM media WHERE folder_id = ?", (folder_id,)))

    def _hint_libraries(self, rows: Iterable[Row]) -> None:
        for library_id in sorted(str(row[0]) for row in rows):
            self.broadcast(LibraryChanged(library_id), library_room(library_id))


def _place(cursor: str) -> tuple[int, int]:
    since, _, rid = cursor.partition(".")
    if not (since.isascii() and since.isdigit() and rid.isascii() and rid.isdigit() and len(cursor) <= 50):
        raise InvalidInput("This cursor is not one of ours.", "cursor")
    return int(since), int(rid)
