"""Content jobs in the queue: one for an origin, so many of a host, put off and tried again."""

import threading

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict
from media_library.models.content_job import ArticleOrder, ContentJob, DownloadOrder, PodcastOrder
from media_library.models.job import Job, JobKind, JobProgress, JobStage, JobStatus
from media_library.repositories.base import now_ms


def queued(state: AppState, origin: str = "url:https://a.example/1", host: str = "a.example") -> Job:
    order = DownloadOrder("https://a.example/1", audio_only=True)
    return state.queue_content(order, title="A video", origin=origin, host=host, url=order.url)


def claimed(state: AppState) -> ContentJob:
    job = state.claim_content("worker", per_host=2)
    assert job is not None
    return job


def test_a_job_carries_its_order_from_the_wish_to_the_worker(state: AppState) -> None:
    job = queued(state)
    assert (job.kind, job.status, job.url) == (JobKind.DOWNLOAD, JobStatus.QUEUED, "https://a.example/1")
    taken = claimed(state)
    assert (taken.id, taken.order) == (job.id, DownloadOrder("https://a.example/1", audio_only=True))
    assert state.get_job(job.id).status is JobStatus.DOWNLOADING
    other = state.queue_content(PodcastOrder("p", "e"), title="Episode", origin="guid:p:e")
    assert (claimed(state).order, other.kind) == (PodcastOrder("p", "e"), JobKind.PODCAST)


def test_one_origin_has_one_active_job(state: AppState) -> None:
    first = queued(state)
    assert queued(state).id == first.id
    state.cancel_job(first.id)
    assert queued(state).id != first.id


def test_of_one_host_only_so_many_run(state: AppState) -> None:
    for number in range(3):
        queued(state, f"url:{number}")
    other = queued(state, "url:b", "b.example")
    assert [claimed(state).id for _ in range(3)][-1] == other.id
    assert state.claim_content("worker", per_host=2) is None


def test_two_workers_never_share_a_job(state: AppState) -> None:
    for number in range(30):
        queued(state, f"url:{number}", "")
    found: list[str] = []

    def work() -> None:
        while (job := state.claim_content("worker", per_host=2)) is not None:
            found.append(job.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(set(found)) == 30


def test_a_job_that_is_put_off_waits_says_why_and_does_not_count_as_a_crash(state: AppState) -> None:
    job = queued(state)
    for failures in range(5):
        taken = claimed(state)
        assert taken.failures == failures
        state.postpone_job(taken.id, taken.token, "The site is busy.", now_ms() + (60_000 if failures == 4 else 0))
    waiting = state.get_job(job.id)
    assert (waiting.status, waiting.error, waiting.attempts) == (JobStatus.QUEUED, "The site is busy.", 0)
    assert waiting.retry_at is not None and waiting.retry_at > now_ms()
    assert state.claim_content("worker", per_host=2) is None
    state.cancel_job(job.id)
    again = state.retry_job(job.id)
    assert again.retry_at is None and claimed(state).failures == 0


def test_a_cancelled_job_takes_no_progress_and_cannot_be_put_off(state: AppState) -> None:
    queued(state)
    taken = claimed(state)
    state.cancel_job(taken.id)
    with pytest.raises(Conflict):
        state.update_job_progress(taken.id, taken.token, JobProgress(JobStage.DOWNLOAD, 10))
    with pytest.raises(Conflict):
        state.postpone_job(taken.id, taken.token, "x", 0)


def test_progress_of_a_download_is_announced_as_that_of_a_job(state: AppState) -> None:
    queued(state)
    taken = claimed(state)
    state.update_job_progress(taken.id, taken.token, JobProgress(JobStage.DOWNLOAD, 40, speed="2 MB/s"))
    assert state.events_after(0)[-1].name == "job_progress"


def test_a_rip_worker_never_takes_a_content_job_nor_the_other_way(state: AppState) -> None:
    queued(state)
    assert state.claim_rip("worker") is None


def test_the_jobs_that_are_not_over_are_known_by_their_ids(state: AppState) -> None:
    job = queued(state)
    own = state.queue_content(ArticleOrder("https://a.example/"), title="A", origin="url:a", job_id="f" * 32)
    assert own.id == "f" * 32 and state.content_jobs_waiting() == {job.id, own.id}
    state.cancel_job(job.id)
    assert state.content_jobs_waiting() == {own.id}


def test_jobs_of_the_same_millisecond_keep_their_order(state: AppState) -> None:
    with state.transaction():
        ids = [queued(state, f"url:{number}", "").id for number in range(50)]
    assert [job.id for job in state.list_jobs(JobStatus, 100)] == ids[::-1]
    assert [claimed(state).id for _ in ids] == ids
