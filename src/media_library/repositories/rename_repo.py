"""Batches of renames and the journal of their steps."""

import json
from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from media_library.errors import Conflict, NotFound
from media_library.models.media import MediaType
from media_library.models.rename import Move, NewStep, RenameBatch, RenameState, RenameStep, StepState
from media_library.repositories.base import Repository, Row, new_id, now_ms

_BATCH = """
    r.id, r.state, r.title, r.requested_by, r.unchanged,
    (SELECT count(*) FROM rename_steps AS s WHERE s.rename_id = r.id AND s.title <> ''),
    (SELECT count(*) FROM rename_steps AS s WHERE s.rename_id = r.id AND s.title <> '' AND s.problem IS NOT NULL),
    r.created_at, r.updated_at
"""
_STEP = "rename_id, position, media_id, title, old_path, new_path, companions, state, problem, moved_at"
_moves = msgspec.json.Decoder(tuple[Move, ...])

_BEFORE = {
    RenameState.RUNNING: (RenameState.PLANNED, RenameState.RUNNING, RenameState.DONE, RenameState.FAILED),
    RenameState.PLANNED: (RenameState.RUNNING,),
    RenameState.DONE: (RenameState.RUNNING,),
    RenameState.FAILED: (RenameState.RUNNING,),
    RenameState.UNDONE: (RenameState.RUNNING,),
}
"""From which states a batch may move into a state."""


class ItemPath(NamedTuple):
    """An item and where its file lies, or lay before it went into the bin."""

    media_id: str
    path: str
    is_extra: bool
    is_deleted: bool


class RenameRepo(Repository):
    """Reads and writes ``renames`` and ``rename_steps``."""

    def add_rename(self, title: str, steps: Sequence[NewStep], *, unchanged: int, user_id: str | None) -> RenameBatch:
        """Keep a plan; ``unchanged`` is how many items are called as they should be."""
        rename_id, now = new_id(), now_ms()
        with self.transaction():
            self._change(
                """
                INSERT INTO renames (id, state, title, requested_by, unchanged, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                (rename_id, RenameState.PLANNED, title, user_id, unchanged, now, now),
            )
            self._connection().executemany(
                f"INSERT INTO rename_steps ({_STEP}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                [
                    (
                        rename_id,
                        position,
                        step.media_id,
                        step.title,
                        step.old_path,
                        step.new_path,
                        msgspec.json.encode(step.companions).decode(),
                        StepState.PLANNED if step.problem is None else StepState.SKIPPED,
                        step.problem,
                    )
                    for position, step in enumerate(steps, start=1)
                ],
            )
        return self.rename(rename_id)

    def rename(self, rename_id: str) -> RenameBatch:
        """A batch; raises ``NotFound``."""
        row = self._row(f"SELECT {_BATCH} FROM renames AS r WHERE r.id = ?", (rename_id,))
        if row is None:
            raise NotFound("There is no such batch of renames.")
        return _batch(row)

    def renames(self, limit: int, user_id: str | None = None) -> list[RenameBatch]:
        """The newest batches, of all or those that one person asked for.

        What the program did by itself with single items, as they were identified, is not listed.
        """
        rows = self._rows(
            f"""
            SELECT {_BATCH} FROM renames AS r
            WHERE (?1 IS NULL OR r.requested_by = ?1)
                AND (r.requested_by IS NOT NULL OR r.state <> 'done'
                    OR EXISTS (SELECT 1 FROM rename_steps AS s WHERE s.rename_id = r.id AND s.position > 1))
            ORDER BY r.created_at DESC, r.rowid DESC LIMIT ?2
            """,
            (user_id, limit),
        )
        return [_batch(row) for row in rows]

    def rename_steps(self, rename_id: str, *, after: int = 0, limit: int = 500) -> list[RenameStep]:
        """The steps of a batch in their order, those after a position. Those without a title serve others."""
        rows = self._rows(
            f"SELECT {_STEP} FROM rename_steps WHERE rename_id = ? AND position > ? ORDER BY position LIMIT ?",
            (rename_id, after, limit),
        )
        return [_step(row) for row in rows]

    def steps_in(self, rename_id: str, state: StepState) -> list[int]:
        """The positions of the steps of a batch that are in a state, in order."""
        rows = self._rows(
            "SELECT position FROM rename_steps WHERE rename_id = ? AND state = ? ORDER BY position", (rename_id, state)
        )
        return [int(row[0] or 0) for row in rows]

    def rename_step(self, rename_id: str, position: int) -> RenameStep:
        """One step; raises ``NotFound``."""
        row = self._row(f"SELECT {_STEP} FROM rename_steps WHERE rename_id = ? AND position = ?", (rename_id, position))
        if row is None:
            raise NotFound("There is no such step.")
        return _step(row)

    def path_before(self, step: RenameStep) -> str:
        """The path from which an earlier step of the batch brought what this one moves."""
        row = self._row(
            "SELECT old_path FROM rename_steps WHERE rename_id = ? AND new_path = ?", (step.rename_id, step.old_path)
        )
        return step.old_path if row is None else str(row[0])

    def half_rename_steps(self) -> list[RenameStep]:
        """The steps in the middle of which the program ended."""
        rows = self._rows(
            f"SELECT {_STEP} FROM rename_steps WHERE state IN ('moving', 'returning') ORDER BY rename_id, position"
        )
        return [_step(row) for row in rows]

    def move_rename(self, rename_id: str, state: RenameState) -> None:
        """Let a batch move into a state; raises ``Conflict`` if that is not possible from where it stands."""
        changed = self._change(
            "UPDATE renames SET state = ?, updated_at = ? WHERE id = ? AND state IN (SELECT value FROM json_each(?))",
            (state, now_ms(), rename_id, json.dumps(_BEFORE[state])),
        )
        if not changed:
            batch = self.rename(rename_id)
            raise Conflict(f"This batch of renames is {batch.state}; that cannot be done with it now.")

    def move_step(
        self,
        step: RenameStep,
        state: StepState,
        *,
        problem: str | None = None,
        companions: Sequence[Move] | None = None,
    ) -> None:
        """Let a step move into a state, from the one in which it was read; raises ``Conflict`` if it left that."""
        changed = self._change(
            """
            UPDATE rename_steps
            SET state = ?, problem = ?, companions = coalesce(?, companions), moved_at = iif(? = 'done', ?, moved_at)
            WHERE rename_id = ? AND position = ? AND state = ?
            """,
            (
                state,
                problem,
                None if companions is None else msgspec.json.encode(companions).decode(),
                state,
                now_ms(),
                step.rename_id,
                step.position,
                step.state,
            ),
        )
        if not changed:
            raise Conflict("This rename is being done already.")

    def remove_rename(self, rename_id: str) -> None:
        """Forget a plan that was not carried out; raises ``NotFound``, and ``Conflict`` if it was."""
        if not self._change("DELETE FROM renames WHERE id = ? AND state = 'planned'", (rename_id,)):
            batch = self.rename(rename_id)
            raise Conflict(f"This batch of renames is {batch.state}: only a plan can be removed.")

    def media_to_rename(
        self,
        *,
        library_id: str | None = None,
        media_ids: Collection[str] = (),
        keys: Collection[str] = (),
        granted: Collection[str] | None = None,
    ) -> list[str]:
        """The items with a file of a library, with these ids or of these works.

        Without any of these all but photos and home videos, which nobody wants to be moved by the way.

        Of libraries that are ``granted`` only, if that is said.

        Works are named by their keys: "movie:<media id>", "show:<show key>", "album:<album key>".
        """
        parts = [key.partition(":") for key in keys]
        films = [key for kind, _, key in parts if kind == "movie"]
        shows = [key for kind, _, key in parts if kind == "show"]
        albums = [key for kind, _, key in parts if kind == "album"]
        rows = self._rows(
            """
            SELECT id FROM media
            WHERE path IS NOT NULL AND deleted_at IS NULL
                AND (:granted IS NULL OR library_id IN (SELECT value FROM json_each(:granted))) AND (
                :all AND media_type NOT IN ('photo', 'home_video') OR library_id = :library
                OR id IN (SELECT value FROM json_each(:ids))
                OR show_key IN (SELECT value FROM json_each(:shows)) AND media_type = 'episode'
                OR album_key IN (SELECT value FROM json_each(:albums)) AND media_type = 'track'
            )
            ORDER BY rid
            """,
            {
                "all": not (library_id or media_ids or keys),
                "library": library_id,
                "granted": None if granted is None else json.dumps(sorted(granted)),
                "ids": json.dumps([*media_ids, *films]),
                "shows": json.dumps(shows),
                "albums": json.dumps(albums),
            },
        )
        return [str(row[0]) for row in rows]

    def newest_media(
        self, media_type: MediaType, *, is_daily: bool, limit: int, granted: Collection[str] | None = None
    ) -> list[str]:
        """The newest items of a type that have a file; of episodes those with a number, or without (``is_daily``).

        Of libraries that are ``granted`` only, if that is said.
        """
        rows = self._rows(
            """
            SELECT id FROM media
            WHERE media_type = ?1 AND path IS NOT NULL AND deleted_at IS NULL AND parent_id IS NULL
                AND (?1 <> 'episode' OR (episode IS NULL) = ?2)
                AND (?4 IS NULL OR library_id IN (SELECT value FROM json_each(?4)))
            ORDER BY added_at DESC, rid DESC LIMIT ?3
            """,
            (media_type, is_daily, limit, None if granted is None else json.dumps(sorted(granted))),
        )
        return [str(row[0]) for row in rows]

    def paths_below(self, folder: str) -> list[ItemPath]:
        """What lies below a folder, in the bin or not; ``folder`` is a path in the library."""
        rows = self._rows(
            """
            SELECT id, path, media_type = 'extra', deleted_at IS NOT NULL FROM media WHERE path >= ? AND path < ?
            """,
            (f"{folder}/", f"{folder}0"),  # "0" follows "/"
        )
        return [ItemPath(str(row[0]), str(row[1]), bool(row[2]), bool(row[3])) for row in rows]

    def discs_of_album(self, album_key: str) -> int:
        """How many discs an album has."""
        row = self._row(
            "SELECT max(disc_number) FROM media WHERE album_key = ? AND media_type = 'track' AND deleted_at IS NULL",
            (album_key,),
        )
        return 1 if row is None else int(row[0] or 1)


def _batch(row: Row) -> RenameBatch:
    rename_id, state, title, requested_by, unchanged, count, problems, created_at, updated_at = row
    return RenameBatch(
        str(rename_id),
        RenameState(str(state)),
        str(title),
        None if requested_by is None else str(requested_by),
        int(unchanged or 0),
        int(count or 0),
        int(problems or 0),
        int(created_at or 0),
        int(updated_at or 0),
    )


def _step(row: Row) -> RenameStep:
    rename_id, position, media_id, title, old_path, new_path, companions, state, problem, moved_at = row
    return RenameStep(
        str(rename_id),
        int(position or 0),
        None if media_id is None else str(media_id),
        str(title),
        str(old_path),
        str(new_path),
        _moves.decode(str(companions)),
        StepState(str(state)),
        None if problem is None else str(problem),
        None if moved_at is None else int(moved_at),
    )
