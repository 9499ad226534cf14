"""The queue as people see it."""

from typing import Any

import pytest

from media_library.models.disc import DiscNames
from media_library.models.drive import DiscKind, DriveKind, DriveState, DriveStatus
from media_library.models.job import Job, JobProgress, JobStage, NewRip
from tests.routes.house import House, error_of


def queue(house: House, name: str) -> Job:
    disc = house.state.see_disc(name, DiscKind.DVD, name, DiscNames(name))
    house.state.save_drive(DriveStatus(name, DriveKind.IMAGE, name, DriveState.READY, None, disc.id, "/x", 0))
    return house.state.queue_rip(NewRip(name, disc.id, name))


def listed(house: House, query: str = "") -> list[Any]:
    answer: Any = house.member.get(f"/api/jobs{query}").json
    return [job["title"] for job in answer["jobs"]]


def test_jobs_are_listed_by_what_became_of_them_newest_first(house: House) -> None:
    done, failed, cancelled = (queue(house, name) for name in ("done", "failed", "cancelled"))
    for job in (done, failed):
        claimed = house.state.claim_rip("worker")
        assert claimed is not None and claimed.id == job.id
        if job is done:
            house.state.finish_job(job.id, claimed.token)
        else:
            house.state.fail_job(job.id, claimed.token, "The disc cannot be read.", ["line 1", "line 2"])
    house.state.cancel_job(cancelled.id)
    queue(house, "waiting")
    assert listed(house) == ["waiting", "cancelled", "failed", "done"]
    assert listed(house, "?limit=1") == ["waiting"]
    assert listed(house, "?status=active") == ["waiting"]
    assert listed(house, "?status=done") == ["done"]
    assert listed(house, "?status=failed") == ["cancelled", "failed"]
    one: Any = house.member.get(f"/api/jobs/{failed.id}").json
    assert (one["job"]["error"], one["job"]["tool_output"]) == ("The disc cannot be read.", ["line 1", "line 2"])


def test_progress_is_told_as_it_is(house: House) -> None:
    job = queue(house, "film")
    claimed = house.state.claim_rip("worker")
    assert claimed is not None
    house.state.update_job_progress(job.id, claimed.token, JobProgress(JobStage.RIP, 42.5, 90, "148 fps", 2, 3))
    answer: Any = house.member.get(f"/api/jobs/{job.id}").json
    shown = answer["job"]
    assert (shown["status"], shown["stage"], shown["progress"]) == ("encoding", "rip", 42.5)
    assert (shown["eta_seconds"], shown["speed"], shown["step"]) == (90, "148 fps", {"current": 2, "total": 3})


def test_a_job_is_cancelled_once_and_can_be_retried(house: House) -> None:
    job = queue(house, "film")
    answer: Any = house.member.send("DELETE", f"/api/jobs/{job.id}").json
    assert answer["job"]["status"] == "cancelled"
    assert error_of(house.member.send("DELETE", f"/api/jobs/{job.id}")) == (409, "conflict")
    retried = house.member.send("POST", f"/api/jobs/{job.id}/retry", {})
    assert retried.status_code == 202 and retried.json is not None and retried.json["job"]["status"] == "queued"
    assert error_of(house.member.send("POST", f"/api/jobs/{job.id}/retry", {})) == (409, "conflict")


@pytest.mark.parametrize("query", ["?status=queued", "?status=", "?limit=0", "?limit=1000", "?worker=x"])
def test_a_list_that_does_not_exist_is_refused(house: House, query: str) -> None:
    assert error_of(house.member.get(f"/api/jobs{query}")) == (400, "bad_request")


def test_a_job_that_does_not_exist(house: House) -> None:
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/retry")):
        answer = house.member.send(method, f"/api/jobs/x{path}", {} if method == "POST" else None)
        assert error_of(answer) == (404, "not_found")
