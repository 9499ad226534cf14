"""The queue: claims, moves, progress, recovery."""

import threading

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict, NotFound
from media_library.models.disc import Disc, DiscNames
from media_library.models.drive import DiscKind, DriveKind, DriveState, DriveStatus
from media_library.models.job import ACTIVE, LEGAL_PREDECESSORS, Job, JobProgress, JobStage, JobStatus, NewRip


def disc(state: AppState, fingerprint: str = "dvd:1") -> Disc:
    return state.see_disc(fingerprint, DiscKind.DVD, "FILM", DiscNames("Film"))


def insert(state: AppState, fingerprint: str, drive: str) -> None:
    """Put a disc into a drive."""
    disc_id = disc(state, fingerprint).id
    state.save_drive(DriveStatus(drive, DriveKind.IMAGE, drive, DriveState.READY, None, disc_id, "/x.iso", 0))


def queued(state: AppState, fingerprint: str = "dvd:1", drive: str = "drive") -> Job:
    insert(state, fingerprint, drive)
    return state.queue_rip(NewRip("Film", disc(state, fingerprint).id, drive, (1, 3)))


def running(state: AppState) -> Job:
    queued(state)
    job = state.claim_rip("worker")
    assert job is not None
    return job


def test_two_workers_never_share_a_job(state: AppState) -> None:
    for number in range(20):
        queued(state, f"dvd:{number}", f"drive {number}")
    claimed: list[str] = []

    def claim() -> None:
        while (job := state.claim_rip("worker")) is not None:
            claimed.append(job.id)

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 20


def test_a_drive_rips_one_disc_at_a_time_and_two_drives_rip_at_once(state: AppState) -> None:
    first = queued(state, "dvd:1", "left")
    assert state.claim_rip("worker") is not None
    second = queued(state, "dvd:2", "left")
    queued(state, "dvd:3", "right")
    claimed = state.claim_rip("worker")
    assert claimed is not None and claimed.drive_id == "right"
    assert state.claim_rip("worker") is None
    state.cancel_job(first.id)
    claimed = state.claim_rip("worker")
    assert claimed is not None and claimed.id == second.id


def test_a_rip_waits_until_its_disc_is_in_the_drive(state: AppState) -> None:
    job = queued(state)
    state.forget_all_drives()
    assert state.claim_rip("worker") is None
    insert(state, "dvd:2", "drive")
    assert state.claim_rip("worker") is None
    insert(state, "dvd:1", "drive")
    claimed = state.claim_rip("worker")
    assert claimed is not None and claimed.id == job.id


def test_a_disc_is_queued_only_once(state: AppState) -> None:
    queued(state)
    with pytest.raises(Conflict, match="already"):
        queued(state)


def test_progress_never_goes_back_and_stays_between_0_and_100(state: AppState) -> None:
    job = running(state)
    seen = []
    for percent in (10.0, 50.0, 20.0, -5.0, 1e308, float("inf")):
        state.update_job_progress(job.id, job.token, JobProgress(JobStage.RIP, percent))
        seen.append(state.get_job(job.id).percent)
    assert seen == [10, 50, 50, 50, 100, 100]


def test_a_cancelled_job_stays_cancelled(state: AppState) -> None:
    job = running(state)
    state.cancel_job(job.id)
    for report in (
        lambda: state.update_job_progress(job.id, job.token, JobProgress(JobStage.RIP, 1)),
        lambda: state.require_running(job.id, job.token),
        lambda: state.finish_job(job.id, job.token),
        lambda: state.fail_job(job.id, job.token, "x"),
        lambda: state.give_back_job(job.id, job.token),
        lambda: state.cancel_job(job.id),
    ):
        with pytest.raises(Conflict):
            report()
    assert state.get_job(job.id).status is JobStatus.CANCELLED


def test_a_worker_that_lost_its_lease_is_shut_out(state: AppState) -> None:
    late = running(state)
    assert state.recover_jobs(all_of_them=True) == [late.id]
    current = state.claim_rip("another")
    assert current is not None and current.id == late.id and current.token > late.token
    with pytest.raises(Conflict):
        state.finish_job(late.id, late.token)
    state.finish_job(current.id, current.token)
    assert state.get_job(current.id).status is JobStatus.DONE


def test_only_an_expired_lease_returns_a_job(state: AppState) -> None:
    queued(state)
    job = state.claim_rip("worker", lease_seconds=60)
    assert job is not None
    assert state.recover_jobs(all_of_them=False) == []
    state.give_back_job(job.id, job.token)
    job = state.claim_rip("worker", lease_seconds=-1)
    assert job is not None
    assert state.recover_jobs(all_of_them=False) == [job.id]


def test_a_job_that_took_three_workers_down_is_quarantined(state: AppState) -> None:
    queued(state)
    for _ in range(2):
        job = state.claim_rip("worker")
        assert job is not None and state.recover_jobs(all_of_them=True) == [job.id]
    job = state.claim_rip("worker")
    assert job is not None and state.recover_jobs(all_of_them=True) == []
    failed = state.get_job(job.id)
    assert failed.status is JobStatus.FAILED and failed.error is not None and "3 times" in failed.error


def test_a_job_given_back_at_a_stop_has_not_failed(state: AppState) -> None:
    job = running(state)
    state.give_back_job(job.id, job.token)
    assert (state.get_job(job.id).status, state.get_job(job.id).attempts) == (JobStatus.QUEUED, 0)


def test_a_retry_keeps_what_was_asked_for(state: AppState) -> None:
    job = running(state)
    state.fail_job(job.id, job.token, "no good", ["last line"])
    failed = state.get_job(job.id)
    assert (failed.error, failed.tool_output) == ("no good", ("last line",))
    again = state.retry_job(job.id)
    assert (again.status, again.titles, again.disc_id, again.drive_id) == (
        JobStatus.QUEUED,
        job.titles,
        job.disc_id,
        job.drive_id,
    )
    assert (again.error, again.tool_output, again.finished_at) == (None, (), None)


def test_a_running_job_cannot_be_retried(state: AppState) -> None:
    job = running(state)
    with pytest.raises(Conflict):
        state.retry_job(job.id)


def test_what_ended_can_only_be_queued_again(state: AppState) -> None:
    for status, before in LEGAL_PREDECESSORS.items():
        assert JobStatus.DONE not in before, status
        if status is not JobStatus.QUEUED:
            assert before <= ACTIVE


def test_a_job_that_is_not_there_is_not_found(state: AppState) -> None:
    with pytest.raises(NotFound):
        state.cancel_job("nope")


def test_every_move_is_announced(state: AppState) -> None:
    job = running(state)
    state.update_job_progress(job.id, job.token, JobProgress(JobStage.RIP, 5))
    state.finish_job(job.id, job.token)
    names = [event.name for event in state.events_after(0) if event.name != "disc_detected"]
    assert names == [
        "job_created",
        "job_update",
        "rip_progress",
        "job_update",
    ]
