"""The entries of collections: as their lists say, in their order, linked to media as these arrive."""

import json
from collections.abc import Iterable, Sequence

from media_library.errors import Conflict, NotFound
from media_library.events import JOBS_ROOM, CollectionUpdated
from media_library.models.collection import Entry, EntryState, NewEntry
from media_library.repositories.base import Repository, Value, new_id, now_ms
from media_library.repositories.collection_repo.order import merge_order
from media_library.repositories.collection_repo.records import ENTRY, entry_of

_MISSING = "There is no such entry in this collection."


class CollectionEntries(Repository):
    """Reads and writes ``collection_items``."""

    def put_entries(
        self, collection_id: str, entries: Sequence[NewEntry], *, complete: bool = True
    ) -> tuple[Entry, ...]:
        """Make a collection what its list says now; the answer are the entries that are new in it.

        The order and the titles become those of the list. What it no longer names is kept beside its old neighbour and
        marked as gone, unless only the beginning of the list was read (not ``complete``). What a person removed stays
        removed; media stay linked, and what is in the library already is linked. A key that comes twice counts once.
        """
        fresh = {entry.key: entry for entry in reversed(entries)}
        now = now_ms()
        with self.transaction():
            known = {entry.key: entry for entry in self.entries(collection_id)}
            order = merge_order([entry.key for entry in entries], known, complete=complete)
            connection = self._connection()
            connection.executemany(
                """
                INSERT INTO collection_items (
                    id, collection_id, position, entry_key, title, url, duration_ms, published_at, state, added_at
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (collection_id, entry_key) DO UPDATE
                SET position = excluded.position, title = excluded.title, url = coalesce(excluded.url, url),
                    duration_ms = coalesce(excluded.duration_ms, duration_ms),
                    published_at = coalesce(excluded.published_at, published_at),
                    state = iif(state = 'removed', state, excluded.state)
                """,
                [
                    _row(collection_id, position, fresh[key], now)
                    for position, key in enumerate(order)
                    if key in fresh and not _is_same(known.get(key), fresh[key], position)
                ],
            )
            connection.executemany(
                "UPDATE collection_items SET position = ?, state = ? WHERE id = ?",
                [
                    (position, state, known[key].id)
                    for position, key in enumerate(order)
                    if key not in fresh
                    and (position, state := _left(known[key], complete=complete))
                    != (known[key].position, known[key].state)
                ],
            )
            self._link_known(collection_id, now)
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)
            return tuple(entry for entry in self.entries(collection_id) if entry.key not in known)

    def entries(self, collection_id: str) -> list[Entry]:
        """All entries of a collection in order, also those that are gone or were removed."""
        rows = self._rows(
            f"SELECT {ENTRY} FROM collection_items WHERE collection_id = ? ORDER BY position, id", (collection_id,)
        )
        return [entry_of(row) for row in rows]

    def wanted_entries(self, collection_id: str) -> list[Entry]:
        """The entries in the list whose download was never queued and that never had a media item, in order."""
        rows = self._rows(
            f"""
            SELECT {ENTRY} FROM collection_items
            WHERE collection_id = ? AND state = 'listed' AND media_id IS NULL AND linked_at IS NULL
                AND queued_at IS NULL
            ORDER BY position, id
            """,
            (collection_id,),
        )
        return [entry_of(row) for row in rows]

    def linked_entries(self, collection_id: str) -> list[Entry]:
        """The entries with a media item that is not in the bin, the newest first: published, or listed first."""
        rows = self._rows(
            f"""
            SELECT {ENTRY} FROM collection_items
            WHERE collection_id = ? AND media_id IN (SELECT id FROM media WHERE deleted_at IS NULL)
            ORDER BY published_at DESC NULLS LAST, position, id
            """,
            (collection_id,),
        )
        return [entry_of(row) for row in rows]

    def collections_of_media(self, media_id: str) -> frozenset[str]:
        """The ids of the collections in which a media item stands."""
        rows = self._rows(
            """
            SELECT DISTINCT collection_id FROM collection_items
            WHERE media_id = ? AND state = 'listed'
                AND collection_id IN (SELECT id FROM collections WHERE deleted_at IS NULL)
            """,
            (media_id,),
        )
        return frozenset(str(row[0]) for row in rows)

    def note_entries_queued(self, entry_ids: Iterable[str]) -> None:
        """Note that the downloads of entries were queued, so that the program does not queue them again."""
        self._change(
            "UPDATE collection_items SET queued_at = ? WHERE id IN (SELECT value FROM json_each(?))",
            (now_ms(), json.dumps(list(entry_ids))),
        )

    def link_entry(self, entry_key: str, media_id: str) -> None:
        """A media item arrived: the entries of that key, in whatever collection, stand for it from now on."""
        self.link_entries((entry_key,), media_id)

    def link_entries(self, entry_keys: Iterable[str], media_id: str) -> None:
        """The same for a media item with several keys."""
        with self.transaction():
            # the table is read to its end before anything is announced
            rows = list(
                self._connection().execute(
                    """
                    UPDATE collection_items
                    SET media_id = ?, linked_at = coalesce(linked_at, ?)
                    WHERE entry_key IN (SELECT value FROM json_each(?)) AND media_id IS NOT ?
                    RETURNING collection_id
                    """,
                    (media_id, now_ms(), json.dumps(list(entry_keys)), media_id),
                )
            )
            for collection_id in sorted({str(row[0]) for row in rows}):
                self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)

    def unlink_entry(self, entry_key: str, media_id: str) -> None:
        """The entries of a key stand for this media item no longer."""
        with self.transaction():
            rows = list(
                self._connection().execute(
                    """
                    UPDATE collection_items SET media_id = NULL, linked_at = NULL
                    WHERE entry_key = ? AND media_id = ? RETURNING collection_id
                    """,
                    (entry_key, media_id),
                )
            )
            for collection_id in sorted({str(row[0]) for row in rows}):
                self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)

    def add_entry(self, collection_id: str, media_id: str, title: str, duration_ms: int | None) -> Entry:
        """Put a media item at the end of a collection; where it was, if it was removed from there. Never twice."""
        key, now = f"media:{media_id}", now_ms()
        with self.transaction():
            row = self._change_returning(
                f"""
                INSERT INTO collection_items (
                    id, collection_id, position, entry_key, title, duration_ms, media_id, state, linked_at, added_at
                )
                SELECT :id, :collection, coalesce(max(position) + 1, 0), :key, :title, :duration, :media, 'listed',
                       :now, :now
                FROM collection_items WHERE collection_id = :collection
                ON CONFLICT (collection_id, entry_key) DO UPDATE SET state = 'listed', media_id = excluded.media_id
                RETURNING {ENTRY}
                """,
                {
                    "id": new_id(),
                    "collection": collection_id,
                    "key": key,
                    "title": title,
                    "duration": duration_ms,
                    "media": media_id,
                    "now": now,
                },
            )
            assert row is not None
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)
            return entry_of(row)

    def remove_entry(self, collection_id: str, entry_id: str) -> Entry:
        """Take an entry out of a collection; the answer is what it was. Raises ``NotFound``."""
        return self._set_state(collection_id, entry_id, EntryState.REMOVED)

    def put_entry_back(self, collection_id: str, entry_id: str) -> Entry:
        """Put a removed entry where it was. Raises ``NotFound``."""
        return self._set_state(collection_id, entry_id, EntryState.LISTED)

    def order_entries(self, collection_id: str, entry_ids: Sequence[str]) -> None:
        """Give entries a new order among themselves: they take the places that they have between them.

        Raises ``Conflict`` if one of them is not there or comes twice.
        """
        with self.transaction():
            places = {entry.id: entry.position for entry in self.entries(collection_id)}
            if len(set(entry_ids)) != len(entry_ids) or not places.keys() >= set(entry_ids):
                raise Conflict("The collection changed meanwhile. Load it again, then sort it.")
            taken = sorted(places[entry_id] for entry_id in entry_ids)
            self._connection().executemany(
                "UPDATE collection_items SET position = ? WHERE id = ?", list(zip(taken, entry_ids, strict=True))
            )
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)

    def _set_state(self, collection_id: str, entry_id: str, state: EntryState) -> Entry:
        with self.transaction():
            row = self._change_returning(
                f"UPDATE collection_items SET state = ? WHERE id = ? AND collection_id = ? RETURNING {ENTRY}",
                (state, entry_id, collection_id),
            )
            if row is None:
                raise NotFound(_MISSING)
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)
            return entry_of(row)

    def _link_known(self, collection_id: str, now: int) -> None:
        """Link the entries whose media are in the library already; what was removed from it stays unlinked."""
        self._change(
            """
            UPDATE collection_items
            SET media_id = origin.media_id, linked_at = ?
            FROM media_origins AS origin
            WHERE collection_id = ? AND collection_items.media_id IS NULL AND origin.key = entry_key
            """,
            (now, collection_id),
        )


def _row(collection_id: str, position: int, entry: NewEntry, now: int) -> tuple[Value, ...]:
    return (
        new_id(),
        collection_id,
        position,
        entry.key,
        entry.title,
        entry.url,
        entry.duration_ms,
        entry.published_at,
        EntryState.LISTED,
        now,
    )


def _is_same(known: Entry | None, fresh: NewEntry, position: int) -> bool:
    """Whether a row says already what the list says, so that a refresh writes what changed and nothing else."""
    return (
        known is not None
        and known.state is not EntryState.GONE
        and (known.position, known.title) == (position, fresh.title)
        and fresh.url in (None, known.url)
        and fresh.duration_ms in (None, known.duration_ms)
        and fresh.published_at in (None, known.published_at)
    )


def _left(known: Entry, *, complete: bool) -> EntryState:
    """The state of an entry that the list did not name."""
    return EntryState.GONE if complete and known.state is EntryState.LISTED else known.state
