"""Batches of renames and the journal of their steps."""

import json
from collections.abc import Sequence

import msgspec

from media_library.errors import Conflict, NotFound
from media_library.models.rename import Move, NewStep, RenameBatch, RenameState, RenameStep, StepState
from media_library.repositories.base import Repository, Row, new_id, now_ms

_BATCH = """
    r.id, r.state, r.title, r.requested_by, r.unchanged, r.count,
    (SELECT count(*) FROM rename_steps AS s WHERE s.rename_id = r.id AND s.title <> '' AND s.problem IS NOT NULL),
    r.created_at, r.updated_at
"""
_STEP = "rename_id, position, media_id, title, old_path, new_path, companions, state, problem, moved_at"
_PLANS_KEPT_MS = 86_400_000
_moves = msgspec.json.Decoder(tuple[Move, ...])

_BEFORE = {
    RenameState.RUNNING: (RenameState.PLANNED, RenameState.RUNNING, RenameState.DONE, RenameState.FAILED),
    RenameState.PLANNED: (RenameState.PLANNING,),
    RenameState.DONE: (RenameState.RUNNING,),
    RenameState.FAILED: (RenameState.RUNNING,),
    RenameState.UNDONE: (RenameState.RUNNING,),
}
"""From which states a batch may move into a state."""


class RenameBatches(Repository):
    """Reads and writes ``renames`` and ``rename_steps``."""

    def add_rename(self, title: str, steps: Sequence[NewStep], *, unchanged: int, user_id: str | None) -> RenameBatch:
        """Keep a plan; ``unchanged`` is how many items are called as they should be."""
        with self.transaction():
            rename_id = self.begin_rename(title, user_id).id
            self.add_rename_steps(rename_id, steps, unchanged=unchanged)
            self.move_rename(rename_id, RenameState.PLANNED)
        return self.rename(rename_id)

    def begin_rename(self, title: str, user_id: str | None) -> RenameBatch:
        """A batch whose plan is still to be made; plans of that person that lie there for a day go for it."""
        rename_id, now = new_id(), now_ms()
        with self.transaction():
            self._change(
                """
                DELETE FROM renames
                WHERE requested_by = ? AND state IN ('planning', 'planned') AND updated_at < ?
                    AND NOT EXISTS (
                        SELECT 1 FROM content_jobs AS c JOIN jobs AS j ON j.id = c.job_id
                        WHERE c.origin IN ('renames:' || renames.id, 'rename-plan:' || renames.id)
                            AND j.status IN ('queued', 'working')
                    )
                """,
                (user_id, now - _PLANS_KEPT_MS),
            )
            self._change(
                """
                INSERT INTO renames (id, state, title, requested_by, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                (rename_id, RenameState.PLANNING, title, user_id, now, now),
            )
        return self.rename(rename_id)

    def restart_rename(self, rename_id: str) -> None:
        """Forget what was planned so far of a batch whose plan is being made; raises ``Conflict`` if there is none."""
        with self.transaction():
            changed = self._change(
                "UPDATE renames SET unchanged = 0, count = 0 WHERE id = ? AND state = 'planning'", (rename_id,)
            )
            if not changed:
                raise Conflict("This plan was discarded. Make a new one.")
            self._change("DELETE FROM rename_steps WHERE rename_id = ?", (rename_id,))

    def add_rename_steps(self, rename_id: str, steps: Sequence[NewStep], *, unchanged: int) -> None:
        """Put more into a plan that is being made; raises ``Conflict`` if it was discarded meanwhile."""
        with self.transaction():
            changed = self._change(
                """
                UPDATE renames SET count = count + ?, unchanged = unchanged + ?, updated_at = ?
                WHERE id = ? AND state = 'planning'
                """,
                (sum(bool(step.title) for step in steps), unchanged, now_ms(), rename_id),
            )
            if not changed:
                raise Conflict("This plan was discarded. Make a new one.")
            last = self._row("SELECT coalesce(max(position), 0) FROM rename_steps WHERE rename_id = ?", (rename_id,))
            start = 1 if last is None else int(last[0] or 0) + 1
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
                    for position, step in enumerate(steps, start)
                ],
            )

    def rename(self, rename_id: str) -> RenameBatch:
        """A batch; raises ``NotFound``."""
        row = self._row(f"SELECT {_BATCH} FROM renames AS r WHERE r.id = ?", (rename_id,))
        if row is None:
            raise NotFound("There is no such batch of renames.")
        return _batch(row)

    def renames(self, limit: int, user_id: str | None = None) -> list[RenameBatch]:
        """The newest batches, of all or those that one person asked for.

        Plans that are being made are not listed, nor what the program did by itself with single items as they were
        identified.
        """
        rows = self._rows(
            f"""
            SELECT {_BATCH} FROM renames AS r
            WHERE (?1 IS NULL OR r.requested_by = ?1) AND r.state <> 'planning'
                AND (r.requested_by IS NOT NULL OR r.state <> 'done'
                    OR EXISTS (SELECT 1 FROM rename_steps AS s WHERE s.rename_id = r.id AND s.position > 1))
            ORDER BY r.created_at DESC, r.rowid DESC LIMIT ?2
            """,
            (user_id, limit),
        )
        return [_batch(row) for row in rows]

    def rename_steps(
        self, rename_id: str, *, after: int = 0, limit: int = 500, problems: bool = False
    ) -> list[RenameStep]:
        """The steps of a batch in their order, those after a position. Those without a title serve others.

        With ``problems`` only those that cannot be done.
        """
        rows = self._rows(
            f"""
            SELECT {_STEP} FROM rename_steps
            WHERE rename_id = ?1 AND position > ?2 AND title <> '' AND problem IS NOT NULL
            ORDER BY position LIMIT ?3
            """
            if problems
            else f"SELECT {_STEP} FROM rename_steps WHERE rename_id = ?1 AND position > ?2 ORDER BY position LIMIT ?3",
            (rename_id, after, limit),
        )
        return [_step(row) for row in rows]

    def steps_in(self, rename_id: str, state: StepState) -> list[int]:
        """The positions of the steps of a batch that are in a state, in order."""
        rows = self._rows(
            "SELECT position FROM rename_steps WHERE rename_id = ? AND state = ? ORDER BY position", (rename_id, state)
        )
        return [int(row[0] or 0) for row in rows]

    def parked_in(self, rename_id: str) -> set[str]:
        """The hidden names under which something of a batch waits."""
        rows = self._rows(
            """
            SELECT new_path FROM rename_steps
            WHERE rename_id = ?1 AND state = 'done' AND title = ''
            EXCEPT SELECT old_path FROM rename_steps WHERE rename_id = ?1 AND state = 'done'
            """,
            (rename_id,),
        )
        return {str(row[0]) for row in rows}

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
        if not self._change("DELETE FROM renames WHERE id = ? AND state IN ('planning', 'planned')", (rename_id,)):
            batch = self.rename(rename_id)
            raise Conflict(f"This batch of renames is {batch.state}: only a plan can be removed.")


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
