"""The library worker: jobs of its kinds only, one after the other, and no word of what went well by itself."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.content_downloader import Work
from media_library.errors import InvalidInput, NotFound
from media_library.models.content_job import DownloadOrder
from media_library.models.job import JobKind, JobStage, JobStatus
from media_library.models.library_job import IdentifyOrder, RenameOrder, ScanOrder
from media_library.models.user import Role
from media_library.services.media_root import MediaRoot
from media_library.workers.library_worker import LibraryWorker


class Doer:
    """Does what the test says."""

    def __init__(self, doing: Callable[[Work], None] = lambda work: None) -> None:
        self._doing = doing

    def run(self, work: Work, stop: threading.Event) -> None:
        self._doing(work)


@pytest.fixture
def media_root(state: AppState, tmp_path: Path) -> MediaRoot:
    root = MediaRoot(Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data"))), state)
    root.prepare()
    return root


def lane(
    state: AppState, media_root: MediaRoot, *kinds: JobKind, doing: Callable[[Work], None] | None = None
) -> LibraryWorker:
    return LibraryWorker("library", state, media_root, dict.fromkeys(kinds, Doer(doing) if doing else Doer()))


def test_a_lane_takes_jobs_of_its_kinds_only_and_says_that_it_works(state: AppState, media_root: MediaRoot) -> None:
    download = state.queue_content(DownloadOrder("https://a.example/"), title="A", origin="url:a")
    rename = state.queue_content(RenameOrder("batch"), title="Names", origin="rename")
    states = []

    def look(work: Work) -> None:
        work.report(JobStage.MOVE, 50)
        states.append(state.get_job(work.job.id).status)

    lane(state, media_root, JobKind.RENAME, doing=look).step(threading.Event())
    assert states == [JobStatus.WORKING]
    assert state.get_job(rename.id).status is JobStatus.DONE
    assert state.get_job(download.id).status is JobStatus.QUEUED


@pytest.mark.parametrize("order", [ScanOrder(), IdentifyOrder()])
def test_what_the_program_did_by_itself_is_forgotten_when_it_went_well(
    state: AppState, media_root: MediaRoot, order: ScanOrder | IdentifyOrder
) -> None:
    person = state.add_user("ann", "Ann", "", Role.ADMIN)
    quiet = state.queue_content(order, title="By itself", origin="a")
    asked = state.queue_content(order, title="Asked for", origin="b", requested_by=person.id)
    worker = lane(state, media_root, order.kind)
    worker.step(threading.Event())
    worker.step(threading.Event())
    with pytest.raises(NotFound):
        state.get_job(quiet.id)
    assert state.get_job(asked.id).status is JobStatus.DONE


def test_what_the_program_did_by_itself_stays_when_it_failed(state: AppState, media_root: MediaRoot) -> None:
    def fail(work: Work) -> None:
        raise InvalidInput("This cannot be done.")

    job = state.queue_content(ScanOrder(), title="By itself", origin="a")
    lane(state, media_root, JobKind.SCAN, doing=fail).step(threading.Event())
    assert (state.get_job(job.id).status, state.get_job(job.id).error) == (JobStatus.FAILED, "This cannot be done.")


def test_folders_elsewhere_are_looked_through_while_the_media_folder_is_offline(
    state: AppState, media_root: MediaRoot
) -> None:
    shutil.rmtree(media_root.folder)
    done: list[str] = []
    state.queue_content(ScanOrder(), title="By itself", origin="a")
    lane(state, media_root, JobKind.SCAN, doing=lambda work: done.append(work.job.id)).step(threading.Event())
    assert len(done) == 1 and not media_root.folder.exists()
