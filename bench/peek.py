"""Looks into the state of a running appliance without taking part: its jobs, and when each stage of one began."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from bench.appliance import Appliance
from media_library.app_state import AppState
from media_library.models.job import Job, JobStatus
from media_library.repositories.base import Row
from media_library.services import state_file


@contextmanager
def state_of(appliance: Appliance) -> Iterator[AppState]:
    """The state of an appliance that was started at least once."""
    state = state_file.open_state(appliance.settings())
    try:
        yield state
    finally:
        state.close()


def newest_job(state: AppState) -> Job | None:
    """The job that was queued last."""
    return next(iter(state.list_jobs(JobStatus, 1)), None)


def wait_for_job(appliance: Appliance, *statuses: JobStatus, seconds: float = 300.0, poll_seconds: float = 0.01) -> Job:
    """Wait until the newest job is in one of these states; raises ``RuntimeError`` if it fails or time is up."""
    deadline = time.monotonic() + seconds
    job = None
    with state_of(appliance) as state:
        while time.monotonic() < deadline:
            job = newest_job(state)
            if job is not None and job.status in statuses:
                return job
            if (job is not None and job.status is JobStatus.FAILED) or not appliance.is_running():
                break
            time.sleep(poll_seconds)
    raise RuntimeError(f"The job did not become {' or '.join(statuses)}: {job}\n{appliance.last_words()}")


def stages(appliance: Appliance, job_id: str) -> dict[str, float]:
    """When each stage of a job was first announced, in seconds since the epoch."""
    sql = """
        SELECT json_extract(payload, '$.stage'), min(at) FROM events
        WHERE name = 'rip_progress' AND json_extract(payload, '$.job_id') = ?
        GROUP BY 1
    """
    return {str(stage): float(str(at)) / 1000 for stage, at in _read(appliance, sql, (job_id,))}


def commit_times(appliance: Appliance) -> dict[int, float]:
    """When each event of the jobs was written, by its sequence number, in seconds since the epoch."""
    sql = "SELECT seq, at FROM events WHERE room = 'jobs'"
    return {int(str(seq)): float(str(at)) / 1000 for seq, at in _read(appliance, sql)}


def library_files(appliance: Appliance) -> set[str]:
    """The video and music files in the folders of the library, relative to the media folder."""
    kinds = (".mp4", ".mkv", ".m4v", ".flac")
    found = (path.relative_to(appliance.media) for path in appliance.media.rglob("*") if path.suffix in kinds)
    return {path.as_posix() for path in found if not path.parts[0].startswith(".")}


def library_rows(appliance: Appliance) -> dict[str, int]:
    """What the library holds: the size in bytes by the path."""
    sql = "SELECT path, size_bytes FROM media WHERE deleted_at IS NULL"
    return {str(path): int(str(size)) for path, size in _read(appliance, sql)}


def _read(appliance: Appliance, sql: str, bindings: Row = ()) -> list[Row]:
    path: Path = state_file.state_path(appliance.settings())
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)  # a WAL is read through a shared file
    try:
        return list(connection.execute(sql, bindings))
    finally:
        connection.close()
