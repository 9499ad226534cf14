"""The bin as people see it: what was removed, when, and what of it takes how much room."""

from media_library.errors import InvalidInput
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Value
from media_library.repositories.media_repo.cards import CARD, FROM, eyes
from media_library.repositories.media_repo.paging import Page

# what is missing was put there by nobody; an episode whose file is gone for good stays for its history alone
_REMOVED = """
    m.deleted_at IS NOT NULL AND m.missing_since IS NULL AND (m.path IS NOT NULL OR m.media_type <> 'podcast')
    AND (:libraries IS NULL OR m.library_id IN (SELECT value FROM json_each(:libraries)))
"""


class BinnedMedia(Repository):
    """Reads ``media`` in the bin."""

    def bin_page(self, viewer: Viewer, limit: int, cursor: str | None, *, offline: bool) -> Page:
        """What was removed, the last first: cards with ``removed_at`` (ms), ``size_bytes`` and ``path``."""
        bindings: dict[str, Value] = {**eyes(viewer, offline), "limit": limit, "at": None, "rid": None}
        if cursor is not None:
            bindings["at"], bindings["rid"] = _place(cursor)
        row = self._row(
            f"""
            SELECT json_group_array(json(card)), count(*), min(printf('%020d.%020d', at, rid))
            FROM (
                SELECT json_set({CARD}, '$.removed_at', m.deleted_at, '$.size_bytes', m.size_bytes,
                                '$.path', coalesce(m.path, '')) AS card,
                       m.deleted_at AS at, m.rid AS rid
                {FROM} WHERE {_REMOVED} AND (:at IS NULL OR (m.deleted_at, m.rid) < (:at, :rid))
                ORDER BY m.deleted_at DESC, m.rid DESC LIMIT :limit
            )
            """,
            bindings,
        )
        assert row is not None
        items, found, last = row
        return Page(self.bin_size(viewer)[0], str(items), str(last) if int(found or 0) == limit else None)

    def bin_size(self, viewer: Viewer) -> tuple[int, int]:
        """How many items are in the bin, and their bytes."""
        row = self._row(
            f"SELECT count(*), coalesce(sum(m.size_bytes), 0) FROM media AS m WHERE {_REMOVED}", eyes(viewer, False)
        )
        assert row is not None
        return int(row[0] or 0), int(row[1] or 0)


def _place(cursor: str) -> tuple[int, int]:
    at, _, rid = cursor.partition(".")
    if not (at.isascii() and at.isdigit() and rid.isascii() and rid.isdigit() and len(cursor) <= 50):
        raise InvalidInput("This cursor is not one of ours.", "cursor")
    return min(int(at), 2**62), min(int(rid), 2**62)
