"""A row of ``jobs`` as a record."""

import json

from media_library.models.job import Job, JobKind, JobStage, JobStatus
from media_library.repositories.base import Row

COLUMNS = """
    id, kind, status, title, disc_id, drive_id, titles, stage, percent, eta_seconds, speed, step, steps, error,
    tool_output, attempts, token, created_at, started_at, finished_at,
    (SELECT url FROM content_jobs WHERE job_id = jobs.id),
    (SELECT nullif(not_before, 0) FROM content_jobs WHERE job_id = jobs.id AND jobs.status = 'queued'),
    (SELECT media_id FROM content_jobs WHERE job_id = jobs.id)
"""


def job_of(row: Row) -> Job:
    """The record of a row of ``COLUMNS``."""
    (
        job_id,
        kind,
        status,
        title,
        disc_id,
        drive_id,
        titles,
        stage,
        percent,
        eta,
        speed,
        step,
        steps,
        error,
        tool_output,
        attempts,
        token,
        created_at,
        started_at,
        finished_at,
        url,
        retry_at,
        media_id,
    ) = row
    return Job(
        str(job_id),
        JobKind(str(kind)),
        JobStatus(str(status)),
        str(title),
        None if disc_id is None else str(disc_id),
        None if drive_id is None else str(drive_id),
        tuple(json.loads(str(titles))),
        None if stage is None else JobStage(str(stage)),
        float(percent or 0),
        None if eta is None else int(eta),
        None if speed is None else str(speed),
        int(step or 1),
        int(steps or 1),
        None if error is None else str(error),
        tuple(json.loads(str(tool_output))),
        int(attempts or 0),
        int(token or 0),
        int(created_at or 0),
        None if started_at is None else int(started_at),
        None if finished_at is None else int(finished_at),
        None if url is None else str(url),
        None if retry_at is None else int(retry_at),
        None if media_id is None else str(media_id),
    )
