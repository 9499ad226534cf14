"""Carries out whole batches, and takes them back."""

from collections.abc import Callable, Collection
from functools import partial

from media_library.app_state import AppState
from media_library.errors import Conflict
from media_library.models.rename import RenameState, RenameStep, StepState
from media_library.services.media_root import MediaRoot
from media_library.services.renaming.carrying_out import Carrier
from media_library.services.renaming.order import is_parking

_CANCELLED = "The batch was cancelled before its turn came."


class Batches:
    """Does the steps of batches, in their order or backwards."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._carrier = Carrier(state, media_root)

    def apply(self, batch_id: str, tell: Callable[[int, int], None]) -> None:
        """Carry out what is planned. ``tell`` gets how many are done of how many; its ``Conflict`` cancels the rest."""
        self._carrier.recover()
        self._state.move_rename(batch_id, RenameState.RUNNING)
        waiting = self._state.steps_in(batch_id, StepState.PLANNED)
        total = len(waiting) + len(self._state.steps_in(batch_id, StepState.DONE))
        aside = self._state.parked_in(batch_id)
        stuck: set[str] = set()
        cancelled = False
        for done, position in enumerate(waiting, start=total - len(waiting)):
            step = self._state.rename_step(batch_id, position)
            if not aside:  # what waits under a hidden name gets its own name first
                cancelled = cancelled or _asks_to_stop(partial(tell, done, total))
            if cancelled:
                self._state.move_step(step, StepState.SKIPPED, problem=_CANCELLED)
            elif self._carrier.carry_out(step):
                _note(step, aside)
            elif is_parking(step.old_path):
                stuck.add(step.old_path)
        self._bring_back(batch_id, stuck)
        states = {state: len(self._state.steps_in(batch_id, state)) for state in (StepState.DONE, StepState.FAILED)}
        is_failed = states[StepState.FAILED] and not states[StepState.DONE]
        self._state.move_rename(batch_id, RenameState.FAILED if is_failed else RenameState.DONE)
        if cancelled:
            tell(total, total)  # raises, for the job was cancelled

    def undo(self, batch_id: str, tell: Callable[[int, int], None]) -> None:
        """Take back what was done, the last step first; what cannot be taken back is told with its step."""
        self._carrier.recover()
        if self._state.rename(batch_id).state is RenameState.UNDONE:
            return  # only the end of the job was not noted
        self._state.move_rename(batch_id, RenameState.RUNNING)
        waiting = self._state.steps_in(batch_id, StepState.DONE)[::-1]
        aside: set[str] = set()
        for done, position in enumerate(waiting):
            step = self._state.rename_step(batch_id, position)
            if not aside and _asks_to_stop(partial(tell, done, len(waiting))):
                self._state.move_rename(batch_id, RenameState.DONE)
                tell(done, len(waiting))
                return
            if self._carrier.take_back(step):
                _note(step, aside, backwards=True)
        self._bring_forth(batch_id, aside)
        self._state.move_rename(batch_id, RenameState.UNDONE)

    def recover(self) -> None:
        """Settle what a crash left half done; called at the start of the program."""
        self._carrier.recover()

    def _bring_back(self, batch_id: str, stuck: Collection[str]) -> None:
        """What was put aside for a name that it did not get gets its own name back."""
        for position in self._state.steps_in(batch_id, StepState.DONE) if stuck else ():
            step = self._state.rename_step(batch_id, position)
            if step.new_path in stuck and is_parking(step.new_path):
                self._carrier.take_back(step)

    def _bring_forth(self, batch_id: str, aside: Collection[str]) -> None:
        """What was put aside on the way back, and did not get further, gets its new name again."""
        for position in self._state.steps_in(batch_id, StepState.UNDONE) if aside else ():
            step = self._state.rename_step(batch_id, position)
            if step.old_path in aside:
                self._carrier.carry_out(step)


def _note(step: RenameStep, aside: set[str], *, backwards: bool = False) -> None:
    start, end = (step.new_path, step.old_path) if backwards else (step.old_path, step.new_path)
    aside.discard(start)
    if is_parking(end):
        aside.add(end)


def _asks_to_stop(tell: Callable[[], None]) -> bool:
    """Whether the job was cancelled; ``Stopped`` goes through, for then the job goes on after the next start."""
    try:
        tell()
    except Conflict:
        return True
    return False
