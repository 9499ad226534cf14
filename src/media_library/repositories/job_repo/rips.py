"""Rips in the queue: which may run, and taking the next."""

import json

import apsw

from media_library.constants import LEASE_SECONDS
from media_library.errors import Conflict
from media_library.events import JOBS_ROOM, JobCreated, JobUpdate
from media_library.models.job import Job, JobKind, JobStatus, NewRip
from media_library.repositories.base import Repository, new_id, now_ms
from media_library.repositories.job_repo.records import COLUMNS, job_of


class RipJobs(Repository):
    """Reads and writes the rips among ``jobs``."""

    def queue_rip(self, rip: NewRip) -> Job:
        """Queue a rip; raises ``Conflict`` if the disc is already queued or being ripped."""
        with self.transaction():
            try:
                row = self._change_returning(
                    f"""
                    INSERT INTO jobs (id, kind, status, title, disc_id, drive_id, titles, created_at, requested_by)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    RETURNING {COLUMNS}
                    """,
                    (
                        new_id(),
                        JobKind.RIP,
                        JobStatus.QUEUED,
                        rip.title,
                        rip.disc_id,
                        rip.drive_id,
                        json.dumps(rip.titles),
                        now_ms(),
                        rip.requested_by,
                    ),
                )
            except apsw.ConstraintError as error:
                raise Conflict("This disc is already being ripped.") from error
            assert row is not None
            job = job_of(row)
            self.broadcast(JobCreated(job.id), JOBS_ROOM)
        return job

    def active_job_of_drive(self, drive_id: str) -> Job | None:
        """What is queued or running for the disc in a drive."""
        row = self._row(
            f"""
            SELECT {COLUMNS} FROM jobs
            WHERE drive_id = ? AND status IN ('queued', 'encoding', 'downloading', 'working')
            ORDER BY created_at LIMIT 1
            """,
            (drive_id,),
        )
        return None if row is None else job_of(row)

    def last_job_of_disc(self, disc_id: str) -> Job | None:
        """The newest job that was ever made for a disc."""
        row = self._row(
            f"SELECT {COLUMNS} FROM jobs WHERE disc_id = ? ORDER BY created_at DESC, rowid DESC LIMIT 1",
            (disc_id,),
        )
        return None if row is None else job_of(row)

    def claim_rip(self, worker: str, *, lease_seconds: int = LEASE_SECONDS) -> Job | None:
        """Take the oldest queued rip whose disc is in its drive and whose drive is free; ``None`` if there is none.

        The claim is one statement, so that two workers cannot share a job; the new token shuts out whoever held
        the job before.
        """
        now = now_ms()
        with self.transaction():
            row = self._change_returning(
                f"""
                UPDATE jobs
                SET status = 'encoding', worker = ?, lease_until = ?, token = token + 1, attempts = attempts + 1,
                    started_at = ?, percent = 0, step = 1, steps = 1, stage = NULL, eta_seconds = NULL, speed = NULL,
                    error = NULL, tool_output = '[]'
                WHERE id = (
                    SELECT id FROM jobs AS waiting
                    WHERE status = 'queued' AND kind = 'rip' AND EXISTS (
                        SELECT 1 FROM drives
                        WHERE drives.id = waiting.drive_id AND drives.disc_id = waiting.disc_id
                    ) AND NOT EXISTS (
                        SELECT 1 FROM jobs AS running
                        WHERE running.status = 'encoding' AND running.drive_id = waiting.drive_id
                    )
                    ORDER BY created_at, rowid
                    LIMIT 1
                ) AND status = 'queued'
                RETURNING {COLUMNS}
                """,
                (worker, now + lease_seconds * 1000, now),
            )
            if row is None:
                return None
            job = job_of(row)
            self.broadcast(JobUpdate(job.id, job.status), JOBS_ROOM)
        return job
