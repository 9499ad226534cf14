"""The cards of media items that somebody else picked, such as the entries of a collection."""

import json
from collections.abc import Iterable

from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.media_repo.cards import CARD, FROM, VISIBLE, eyes


class PickedMedia(Repository):
    """Reads ``media`` by ids."""

    def picked_cards(self, viewer: Viewer, media_ids: Iterable[str], *, offline: bool) -> str:
        """The cards of those that the viewer may see, as one JSON object by id."""
        row = self._row(
            f"""
            SELECT json_group_object(m.id, json({CARD}))
            {FROM} WHERE m.id IN (SELECT value FROM json_each(:ids)) AND {VISIBLE}
            """,
            {**eyes(viewer, offline), "ids": json.dumps(sorted(set(media_ids)))},
        )
        assert row is not None
        return str(row[0])
