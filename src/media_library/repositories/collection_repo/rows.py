"""Single collections: made, found by the address of their list, renamed, removed."""

import hashlib

import msgspec

from media_library.errors import NotFound
from media_library.events import JOBS_ROOM, CollectionUpdated
from media_library.models.collection import Collection, NewCollection
from media_library.models.smart import SmartRule
from media_library.repositories.base import Repository, new_id, now_ms
from media_library.repositories.collection_repo.records import COLLECTION, collection_of

_MISSING = "There is no such collection."


class CollectionRows(Repository):
    """Reads and writes ``collections``, seen by the program itself."""

    def add_collection(self, new: NewCollection) -> Collection:
        """Make a collection. If there is one of the same origin, that one is the answer; a removed one comes back."""
        now = now_ms()
        with self.transaction():
            row = self._change_returning(
                """
                INSERT INTO collections (
                    id, kind, title, sort_title, url, origin, hue, created_by, created_at, updated_at, rule
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (origin) DO UPDATE
                SET updated_at = excluded.updated_at,
                    created_by = iif(deleted_at IS NULL, created_by, excluded.created_by), deleted_at = NULL
                RETURNING id
                """,
                (
                    new_id(),
                    new.kind,
                    new.title,
                    new.title.casefold(),
                    new.url,
                    new.origin,
                    _hue(new.title),
                    new.created_by,
                    now,
                    now,
                    None if new.rule is None else msgspec.json.encode(new.rule).decode(),
                ),
            )
            assert row is not None
            self.broadcast(CollectionUpdated(str(row[0])), JOBS_ROOM)
            return self.collection(str(row[0]))

    def collection(self, collection_id: str) -> Collection:
        """A collection that was not removed; raises ``NotFound``."""
        row = self._row(
            f"SELECT {COLLECTION} FROM collections AS c WHERE c.id = ? AND c.deleted_at IS NULL", (collection_id,)
        )
        if row is None:
            raise NotFound(_MISSING)
        return collection_of(row)

    def collection_of_origin(self, origin: str) -> Collection | None:
        """The collection whose list is at an address, by the key of the address."""
        row = self._row(
            f"SELECT {COLLECTION} FROM collections AS c WHERE c.origin = ? AND c.deleted_at IS NULL", (origin,)
        )
        return None if row is None else collection_of(row)

    def rename_collection(self, collection_id: str, title: str) -> Collection:
        """Give a collection another title; raises ``NotFound``."""
        with self.transaction():
            changed = self._change(
                "UPDATE collections SET title = ?, sort_title = ?, updated_at = ? WHERE id = ? AND deleted_at IS NULL",
                (title, title.casefold(), now_ms(), collection_id),
            )
            if not changed:
                raise NotFound(_MISSING)
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)
            return self.collection(collection_id)

    def change_rule(self, collection_id: str, rule: SmartRule) -> None:
        """A smart collection holds something else from now on; raises ``NotFound``."""
        with self.transaction():
            changed = self._change(
                """
                UPDATE collections SET rule = ?, updated_at = ?
                WHERE id = ? AND kind = 'smart' AND deleted_at IS NULL
                """,
                (msgspec.json.encode(rule).decode(), now_ms(), collection_id),
            )
            if not changed:
                raise NotFound(_MISSING)
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)

    def describe_collection(self, collection_id: str, overview: str | None, *, has_poster: bool) -> None:
        """Note what the source says of its list, and whether there is a picture of it."""
        self._change(
            "UPDATE collections SET overview = ?, has_poster = ?, updated_at = ? WHERE id = ?",
            (overview, has_poster, now_ms(), collection_id),
        )

    def remove_collection(self, collection_id: str) -> None:
        """Take a collection away; its media stay, and its list can be imported again with all that was decided."""
        with self.transaction():
            changed = self._change(
                "UPDATE collections SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL", (now_ms(), collection_id)
            )
            if not changed:
                raise NotFound(_MISSING)
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)

    def restore_collection(self, collection_id: str) -> Collection:
        """Bring a removed collection back; raises ``NotFound``."""
        with self.transaction():
            self._change("UPDATE collections SET deleted_at = NULL WHERE id = ?", (collection_id,))
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)
            return self.collection(collection_id)

    def note_matched(self, collection_id: str, at_ms: int) -> None:
        """Note that the tracks of a music playlist were looked for in the library as it was at a time."""
        with self.transaction():
            self._change("UPDATE collections SET matched_at = ? WHERE id = ?", (at_ms, collection_id))
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)


def _hue(title: str) -> int:
    """The colour of the generated cover, 0 to 359."""
    return int.from_bytes(hashlib.sha256(title.casefold().encode()).digest()[:4], "big") % 360
