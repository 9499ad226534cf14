"""The jobs of the queue that have to do with renames: make a plan, carry it out, take it back."""

import threading

from media_library.app_state import AppState
from media_library.content_downloader import Work
from media_library.models.job import JobStage
from media_library.models.library_job import RenameOrder
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.services.renaming.batches import Batches
from media_library.services.renaming.plans import Plans


class RenameJobs:
    """Does what a ``RenameOrder`` says."""

    def __init__(self, state: AppState, media_root: MediaRoot, naming: Naming) -> None:
        self._batches = Batches(state, media_root)
        self._plans = Plans(state, media_root, naming)

    def run(self, work: Work, stop: threading.Event) -> None:
        """Do the job; a cancel of what moves files stops between two steps, and what was done stays done."""
        order = work.job.order
        assert isinstance(order, RenameOrder)
        stage = JobStage.MOVE if order.plan is None else JobStage.PLAN

        def tell(done: int, count: int) -> None:
            work.report(stage, 100 * done / max(count, 1), speed=f"{done:,} of {count:,}")

        if order.plan is not None:
            self._plans.make(order.batch_id, order.plan, tell)
        elif order.undo:
            self._batches.undo(order.batch_id, tell)
        else:
            self._batches.apply(order.batch_id, tell)
