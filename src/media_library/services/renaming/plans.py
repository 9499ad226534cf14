"""Makes the plan of a batch, a piece at a time: what was planned is written down and no longer remembered."""

from collections.abc import Callable, Sequence

from media_library.app_state import AppState
from media_library.models.rename import RenameScope, RenameState
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.services.renaming.disk import Disk
from media_library.services.renaming.pieces import Pieces
from media_library.services.renaming.planning import Planner


class Plans:
    """Dry runs of any size."""

    def __init__(self, state: AppState, media_root: MediaRoot, naming: Naming) -> None:
        self._state = state
        self._media_root = media_root
        self._naming = naming

    def make(self, batch_id: str, scope: RenameScope, tell: Callable[[int, int], None]) -> None:
        """Plan what is asked for; nothing is moved.

        ``tell`` gets how many items were looked at of how many, for each is looked at twice; what it raises ends the
        planning, which can be begun anew. Raises ``Conflict`` if the plan was discarded.
        """
        self._state.restart_rename(batch_id)
        disk, pieces = Disk(self._media_root), Pieces()

        def planner() -> Planner:
            return Planner(self._state, self._media_root, self._naming, pieces=pieces, disk=disk)

        unchanged, first = 0, planner()
        total = self._state.count_to_rename(scope)
        for ids in self._state.media_to_rename(scope):
            unchanged += first.tell(ids)
            tell(len(pieces) + unchanged, 2 * total)
        self._state.add_rename_steps(batch_id, [], unchanged=unchanged)
        done = total
        for ids in pieces.in_turn():
            done = self._plan(batch_id, planner(), ids, done, lambda at: tell(at, 2 * total))
            disk.forget_but(pieces.is_split)
        self._state.move_rename(batch_id, RenameState.PLANNED)

    def _plan(self, batch_id: str, planner: Planner, ids: Sequence[str], done: int, tell: Callable[[int], None]) -> int:
        """Plan one piece; returns how many are done with it."""
        seen = done

        def check() -> None:
            nonlocal seen
            seen += 1
            tell(seen)

        plan = planner.plan(ids, check)
        self._state.add_rename_steps(batch_id, plan.steps, unchanged=plan.unchanged)
        return done + len(ids)
