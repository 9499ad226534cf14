"""What people and other services do with names on disk: plan, look, carry out, take back."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from media_library.app_state import AppState
from media_library.errors import Conflict, MediaLibraryError, NotFound
from media_library.models.identity import Identity
from media_library.models.job import Job
from media_library.models.library import below_folder, folder_of
from media_library.models.library_job import RenameOrder
from media_library.models.rename import NewStep, RenameBatch, RenameScope, RenameState, RenameStep
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences
from media_library.services.renaming.batches import Batches
from media_library.services.renaming.order import is_parking
from media_library.services.renaming.planning import Planner

log = logging.getLogger(__name__)


class Renaming:
    """Batches of renames."""

    def __init__(self, state: AppState, media_root: MediaRoot, naming: Naming, preferences: Preferences) -> None:
        self._state = state
        self._media_root = media_root
        self._naming = naming
        self._preferences = preferences

    def plan(
        self,
        actor: Identity,
        *,
        library_id: str | None = None,
        media_ids: Collection[str] = (),
        keys: Collection[str] = (),
    ) -> tuple[RenameBatch, Job]:
        """Queue a plan for the items of a library, with these ids, of these works, or for all; nothing is moved.

        Raises ``NotFound`` for an unknown library or item.
        """
        granted = actor.viewer.library_ids
        scope = RenameScope(
            library_id, tuple(media_ids), tuple(keys), None if granted is None else tuple(sorted(granted))
        )
        with self._state.transaction():
            batch = self._state.begin_rename(self._title(scope), actor.user.id)
            job = self._state.queue_content(
                RenameOrder(batch.id, plan=scope),
                title=f"Plan the names: {batch.title}",
                origin=f"rename-plan:{batch.id}",
                requested_by=actor.user.id,
            )
        return batch, job

    def _title(self, scope: RenameScope) -> str:
        if scope.library_id is not None:
            if scope.granted is not None and scope.library_id not in scope.granted:
                raise NotFound("There is no such library.")
            return self._state.library(scope.library_id).name
        if scope.is_everything:
            return "The whole library"
        count = self._state.count_to_rename(scope)
        if count != 1:
            return f"{count:,} items"
        [media_id] = next(self._state.media_to_rename(scope))
        return self._state.media(media_id).names.title

    def offer(self, media_ids: Sequence[str], title: str) -> RenameBatch | None:
        """Keep a plan that nobody asked for, for people to look at; ``None`` if there is nothing to rename."""
        plan = Planner(self._state, self._media_root, self._naming).plan(media_ids)
        if not plan.steps:
            return None
        return self._state.add_rename(title, plan.steps, unchanged=plan.unchanged, user_id=None)

    def apply(self, actor: Identity, batch_id: str) -> Job:
        """Queue the job that carries a plan out; raises ``NotFound``, and ``Conflict`` if that was done already."""
        batch = self.batch(actor, batch_id)
        if batch.state is not RenameState.PLANNED:
            raise Conflict(f"This batch of renames is {batch.state}. Make a new plan.")
        if batch.count == batch.problems:
            raise Conflict("There is nothing in this plan that can be renamed.")
        return self._queue(actor, batch, undo=False)

    def undo(self, actor: Identity, batch_id: str) -> Job:
        """Queue the job that takes a batch back; raises ``NotFound``, and ``Conflict`` if there is nothing to undo."""
        batch = self.batch(actor, batch_id)
        if batch.state not in (RenameState.DONE, RenameState.FAILED):
            raise Conflict(f"This batch of renames is {batch.state}: there is nothing to be undone.")
        return self._queue(actor, batch, undo=True)

    def batch(self, actor: Identity, batch_id: str) -> RenameBatch:
        """A batch; who does not see every library sees only their own. Raises ``NotFound``."""
        batch = self._state.rename(batch_id)
        if actor.viewer.library_ids is not None and batch.requested_by != actor.user.id:
            raise NotFound("There is no such batch of renames.")
        return batch

    def batches(self, actor: Identity, limit: int) -> list[RenameBatch]:
        """The newest batches that somebody may see."""
        return self._state.renames(limit, None if actor.viewer.library_ids is None else actor.user.id)

    def remove(self, actor: Identity, batch_id: str) -> None:
        """Forget a plan, also one that is being made; raises ``NotFound``, and ``Conflict`` if it was carried out."""
        with self._state.transaction():
            self._state.remove_rename(self.batch(actor, batch_id).id)
            job = self._state.active_content(f"rename-plan:{batch_id}")
            if job is not None:
                self._state.cancel_job(job.id)

    def steps(
        self, batch_id: str, *, after: int, limit: int, problems: bool = False
    ) -> tuple[list[RenameStep], int | None]:
        """A page of what a batch does, as people see it, and where the next one begins.

        With ``problems`` only what cannot be done. What goes out of another's way for a moment is told as what it is:
        one rename.
        """
        steps = self._state.rename_steps(batch_id, after=after, limit=limit, problems=problems)
        cursor = steps[-1].position if len(steps) == limit else None
        folders = {folder.id: folder.path for folder in self._state.list_folders(removed=True)}
        return [self._as_seen(step, folders) for step in steps if step.title], cursor

    def rename_identified(self, media_ids: Sequence[str], *, provisional: bool = False) -> RenameBatch | None:
        """Give items that were identified their names on disk at once, if people want that.

        With ``provisional`` the files have no proper names yet, such as those of an upload, and get them anyway. Only
        files in our own folders are touched. Returns the batch, ``None`` if nothing was renamed.
        """
        if not provisional and not self._preferences.library().rename_new:
            return None
        own = [media_id for media_id in media_ids if self._is_ours(media_id)]
        plan = Planner(self._state, self._media_root, self._naming).plan(own)
        possible: list[NewStep] = [step for step in plan.steps if step.problem is None]
        for step in plan.steps:
            if step.problem is not None:
                log.info("%s keeps its name: %s", step.old_path, step.problem)
        if not possible:
            return None
        title = possible[-1].title if len(possible) == 1 else f"{len(possible):,} identified items"
        batch = self._state.add_rename(title, possible, unchanged=plan.unchanged, user_id=None)
        try:
            Batches(self._state, self._media_root).apply(batch.id, lambda done, count: None)
        except MediaLibraryError as error:  # what a thing is does not depend on what its file is called
            log.warning("%s keeps its names: %s", title, error)
        return self._state.rename(batch.id)

    def _is_ours(self, media_id: str) -> bool:
        try:
            media = self._state.media(media_id)
            return media.file is not None and not media.file.path.startswith("@")
        except MediaLibraryError:
            return False

    def _as_seen(self, step: RenameStep, folders: Mapping[str, str]) -> RenameStep:
        before = self._state.path_before(step) if is_parking(step.old_path) else step.old_path
        return replace(step, old_path=_spoken(before, folders), new_path=_spoken(step.new_path, folders))

    def _queue(self, actor: Identity, batch: RenameBatch, *, undo: bool) -> Job:
        verb = "Undo the renames" if undo else "Rename"
        with self._state.transaction():
            job = self._state.queue_content(
                RenameOrder(batch.id, undo),
                title=f"{verb}: {batch.title}",
                origin=f"renames:{batch.id}",
                requested_by=actor.user.id,
            )
            action = "undo_renames" if undo else "apply_renames"
            self._state.record_audit(actor.user.username, action, batch.id, batch.title)
        return job


def _spoken(path: str, folders: Mapping[str, str]) -> str:
    """A path in the library as people know it: of a folder elsewhere with the path of that."""
    folder_id = folder_of(path)
    return path if folder_id is None else f"{folders.get(folder_id, folder_id)}/{below_folder(path)}"
