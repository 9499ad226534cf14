"""The content worker: how a job ends in the queue, whatever its downloader meets."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.content_downloader import Work
from media_library.errors import Conflict, InvalidInput, Stopped, ToolFailed, TransientFailure
from media_library.models.content_job import BookOrder, ContentOrder, DownloadOrder
from media_library.models.job import Job, JobKind, JobStage, JobStatus
from media_library.models.notice import Topic
from media_library.models.preferences import DownloadPreferences
from media_library.repositories.base import now_ms
from media_library.services.media_root import MediaRoot
from media_library.workers.content_worker import ContentWorker
from tests.conftest import wait_for

Doing = Callable[[Work, threading.Event], None]


class Scripted:
    """A downloader that does what the test says."""

    def __init__(self, doing: Doing) -> None:
        self._doing = doing

    def run(self, work: Work, stop: threading.Event) -> None:
        self._doing(work, stop)


@pytest.fixture
def media_root(state: AppState, tmp_path: Path) -> MediaRoot:
    root = MediaRoot(Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data"))), state)
    root.prepare()
    return root


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    stop = threading.Event()
    yield stop
    stop.set()


def worker(
    state: AppState, media_root: MediaRoot, doing: Doing, number: int = 0, simultaneous: int = 3
) -> ContentWorker:
    downloader = Scripted(doing)
    preferences = DownloadPreferences(simultaneous=simultaneous)
    return ContentWorker(number, state, media_root, dict.fromkeys(JobKind, downloader), lambda: preferences)


def queued(state: AppState, order: ContentOrder | None = None) -> Job:
    return state.queue_content(order or DownloadOrder("https://a.example/"), title="A", origin="url:a")


def leave_a_file(work: Work) -> None:
    (work.staging / "half.part").write_bytes(b"half")


def failing(error: Exception) -> Doing:
    def do(work: Work, stop: threading.Event) -> None:
        leave_a_file(work)
        raise error

    return do


def test_a_job_that_went_well_is_done_and_its_folder_is_gone(
    state: AppState, media_root: MediaRoot, stop: threading.Event
) -> None:
    job = queued(state)
    worker(state, media_root, lambda work, stop: leave_a_file(work)).step(stop)
    assert state.get_job(job.id).status is JobStatus.DONE
    assert media_root.staging_jobs() == []


def test_a_job_that_cannot_work_fails_with_its_sentence_and_the_tools_last_lines(
    state: AppState, media_root: MediaRoot, stop: threading.Event
) -> None:
    job = queued(state)
    worker(state, media_root, failing(ToolFailed("The video is private.", ("ERROR: private",)))).step(stop)
    failed = state.get_job(job.id)
    assert (failed.status, failed.error, failed.tool_output) == (
        JobStatus.FAILED, "The video is private.", ("ERROR: private",),
    )  # fmt: skip
    (notice,) = state.notices_after(0, 10)
    assert (notice.topic, notice.facts.text, notice.facts.page) == (
        Topic.JOB_FAILED, "The video is private.", f"/activity/{job.id}",
    )  # fmt: skip
    assert media_root.staging_jobs() == []


def test_a_transient_failure_is_tried_again_with_growing_pauses_and_keeps_what_it_has(
    state: AppState, media_root: MediaRoot, stop: threading.Event
) -> None:
    job = queued(state)
    one = worker(state, media_root, failing(TransientFailure("The site is busy.")))
    pauses = []
    for _ in range(4):
        before = now_ms()
        one.step(stop)
        waiting = state.get_job(job.id)
        assert (waiting.status, waiting.error) == (JobStatus.QUEUED, "The site is busy.")
        assert waiting.retry_at is not None
        pauses.append(round((waiting.retry_at - before) / 1000))
        assert [path.name for path in media_root.staging_jobs()] == [job.id]
        due(state, job)
    assert pauses == [30, 120, 600, 3600]
    one.step(stop)
    failed = state.get_job(job.id)
    assert (failed.status, failed.error) == (JobStatus.FAILED, "The site is busy. It was tried 5 times.")
    assert media_root.staging_jobs() == []


def due(state: AppState, job: Job) -> None:
    """Let the pause of a job pass."""
    state._change("UPDATE content_jobs SET not_before = 0 WHERE job_id = ?", (job.id,))


@pytest.mark.parametrize(("asked", "pause"), [(500.0, 500), (1.0, 30), (10**9, 6 * 3600)])
def test_the_pause_that_a_site_asks_for_counts_within_reason(
    state: AppState, media_root: MediaRoot, stop: threading.Event, asked: float, pause: int
) -> None:
    job = queued(state)
    before = now_ms()
    worker(state, media_root, failing(TransientFailure("Come later.", asked))).step(stop)
    retry_at = state.get_job(job.id).retry_at
    assert retry_at is not None and round((retry_at - before) / 1000) == pause


def test_a_stop_gives_the_job_back_and_keeps_what_it_has(
    state: AppState, media_root: MediaRoot, stop: threading.Event
) -> None:
    job = queued(state)
    worker(state, media_root, failing(Stopped("stopping"))).step(stop)
    assert (state.get_job(job.id).status, state.get_job(job.id).attempts) == (JobStatus.QUEUED, 0)
    assert [path.name for path in media_root.staging_jobs()] == [job.id]


def test_a_cancel_is_noticed_and_leaves_nothing(state: AppState, media_root: MediaRoot, stop: threading.Event) -> None:
    job = queued(state)
    began = threading.Event()

    def download(work: Work, stop: threading.Event) -> None:
        leave_a_file(work)
        began.set()
        while True:
            work.report(JobStage.DOWNLOAD, 10)
            stop.wait(0.02)

    thread = threading.Thread(target=worker(state, media_root, download).step, args=(stop,))
    thread.start()
    assert began.wait(10)
    state.cancel_job(job.id)
    thread.join(2)
    assert not thread.is_alive() and media_root.staging_jobs() == []


def test_what_a_person_sent_stays_while_its_failed_job_can_be_retried(
    state: AppState, media_root: MediaRoot, stop: threading.Event
) -> None:
    job = queued(state, BookOrder(upload="book.epub", file_name="book.epub"))
    worker(state, media_root, failing(InvalidInput("This is no book."))).step(stop)
    assert state.get_job(job.id).status is JobStatus.FAILED
    assert (media_root.staging(job.id) / "half.part").exists()


def test_a_conflict_that_is_no_cancel_fails_the_job(
    state: AppState, media_root: MediaRoot, stop: threading.Event
) -> None:
    job = queued(state)
    worker(state, media_root, failing(Conflict("The name is taken."))).step(stop)
    assert (state.get_job(job.id).status, state.get_job(job.id).error) == (JobStatus.FAILED, "The name is taken.")


def test_only_as_many_workers_take_jobs_as_people_want(
    state: AppState, media_root: MediaRoot, stop: threading.Event
) -> None:
    job = queued(state)
    threading.Timer(0.2, stop.set).start()
    worker(state, media_root, lambda work, stop: None, number=1, simultaneous=1).step(stop)
    assert state.get_job(job.id).status is JobStatus.QUEUED


def test_nothing_is_taken_while_the_media_folder_is_offline(
    state: AppState, media_root: MediaRoot, stop: threading.Event
) -> None:
    job = queued(state)
    media_root.folder.rename(media_root.folder.with_name("elsewhere"))
    threading.Timer(0.2, stop.set).start()
    worker(state, MediaRoot(Settings(paths=Paths(str(media_root.folder))), state), lambda work, stop: None).step(stop)
    assert state.get_job(job.id).status is JobStatus.QUEUED


def test_a_new_job_wakes_the_worker_at_once(state: AppState, media_root: MediaRoot, stop: threading.Event) -> None:
    one = worker(state, media_root, lambda work, stop: None)

    def run() -> None:
        while not stop.is_set():
            one.step(stop)

    thread = threading.Thread(target=run)
    thread.start()
    one_job = queued(state)
    wait_for(lambda: state.get_job(one_job.id).status is JobStatus.DONE or None, seconds=2)
    stop.set()
    thread.join(5)
