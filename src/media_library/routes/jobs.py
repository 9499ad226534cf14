"""The queue: what is being ripped, cancel and retry."""

from enum import StrEnum

from media_library.models.job import ACTIVE, JobStatus
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import JobShape, Limit, OneJob, Shape, job_shape

api = Api("jobs")


class Wanted(StrEnum):
    """Which jobs are listed."""

    ACTIVE = "active"
    DONE = "done"
    FAILED = "failed"
    ALL = "all"


_STATUSES: dict[Wanted, frozenset[JobStatus]] = {
    Wanted.ACTIVE: ACTIVE,
    Wanted.DONE: frozenset({JobStatus.DONE}),
    Wanted.FAILED: frozenset({JobStatus.FAILED, JobStatus.CANCELLED}),
    Wanted.ALL: frozenset(JobStatus),
}


class JobsQuery(Shape):
    """Which jobs; the cancelled are among the failed."""

    status: Wanted = Wanted.ALL
    limit: Limit = 50


class JobList(Shape):
    """Jobs, newest first."""

    jobs: tuple[JobShape, ...]


@api.route("GET", "/api/jobs", access=Access.MANAGE, query=JobsQuery, returns=JobList, summary="Jobs, newest first")
def list_jobs(call: Call[None, JobsQuery]) -> JobList:
    state = call.services.state
    jobs = state.list_jobs(_STATUSES[call.query.status], call.query.limit)
    return JobList(tuple(job_shape(job, state.media_of_job(job.id)) for job in jobs))


@api.route(
    "GET", "/api/jobs/<job_id>", access=Access.MANAGE, returns=OneJob, summary="A job and what its tool said last"
)
def get_job(call: Call[None, None], job_id: str) -> OneJob:
    return _one(call, job_id)


@api.route(
    "DELETE", "/api/jobs/<job_id>", access=Access.MANAGE, returns=OneJob, summary="Cancel a job that has not ended"
)
def cancel_job(call: Call[None, None], job_id: str) -> OneJob:
    call.services.state.cancel_job(job_id)
    return _one(call, job_id)


@api.route(
    "POST",
    "/api/jobs/<job_id>/retry",
    access=Access.MANAGE,
    returns=OneJob,
    status=202,
    summary="Queue a failed or cancelled job again",
)
def retry_job(call: Call[None, None], job_id: str) -> OneJob:
    call.services.state.retry_job(job_id)
    return _one(call, job_id)


def _one(call: Call[None, None], job_id: str) -> OneJob:
    state = call.services.state
    return OneJob(job_shape(state.get_job(job_id), state.media_of_job(job_id), with_output=True))
