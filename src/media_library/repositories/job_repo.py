"""The queue: jobs are rows, a claim is one statement, a move counts the rows that it changed."""

import json
from collections.abc import Iterable

import apsw

from media_library.constants import LEASE_SECONDS, MAX_ATTEMPTS
from media_library.errors import Conflict, NotFound
from media_library.events import JOBS_ROOM, JobCreated, JobUpdate, RipProgress
from media_library.models.job import (
    ACTIVE,
    LEGAL_PREDECESSORS,
    RUNNING,
    Job,
    JobKind,
    JobProgress,
    JobStage,
    JobStatus,
    NewRip,
)
from media_library.repositories.base import Repository, Row, Value, new_id, now_ms

_COLUMNS = """
    id, kind, status, title, disc_id, drive_id, titles, stage, percent, eta_seconds, speed, step, steps, error,
    tool_output, attempts, token, created_at, started_at, finished_at
"""
_QUARANTINED = "The program went down {} times while working on this. Look at the disc, then retry."


class JobRepo(Repository):
    """Reads and writes ``jobs``."""

    def queue_rip(self, rip: NewRip) -> Job:
        """Queue a rip; raises ``Conflict`` if the disc is already queued or being ripped."""
        with self.transaction():
            try:
                row = self._change_returning(
                    f"""
                    INSERT INTO jobs (id, kind, status, title, disc_id, drive_id, titles, created_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    RETURNING {_COLUMNS}
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
                    ),
                )
            except apsw.ConstraintError as error:
                raise Conflict("This disc is already being ripped.") from error
            assert row is not None
            job = _job(row)
            self.broadcast(JobCreated(job.id), JOBS_ROOM)
        return job

    def get_job(self, job_id: str) -> Job:
        """The job; raises ``NotFound``."""
        row = self._row(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (job_id,))
        if row is None:
            raise NotFound("There is no such job.")
        return _job(row)

    def list_jobs(self, statuses: Iterable[JobStatus], limit: int) -> list[Job]:
        """Jobs in any of these states, newest first."""
        rows = self._rows(
            f"""
            SELECT {_COLUMNS} FROM jobs
            WHERE status IN (SELECT value FROM json_each(?))
            ORDER BY created_at DESC, id DESC
            LIMIT ?
            """,
            (json.dumps(sorted(statuses)), limit),
        )
        return [_job(row) for row in rows]

    def job_count(self) -> dict[JobStatus, int]:
        """How many jobs are in each state."""
        rows = self._rows("SELECT status, count(*) FROM jobs GROUP BY status")
        return dict.fromkeys(JobStatus, 0) | {JobStatus(str(status)): int(count or 0) for status, count in rows}

    def active_job_of_drive(self, drive_id: str) -> Job | None:
        """What is queued or running for the disc in a drive."""
        row = self._row(
            f"""
            SELECT {_COLUMNS} FROM jobs
            WHERE drive_id = ? AND status IN ('queued', 'encoding', 'downloading')
            ORDER BY created_at LIMIT 1
            """,
            (drive_id,),
        )
        return None if row is None else _job(row)

    def last_job_of_disc(self, disc_id: str) -> Job | None:
        """The newest job that was ever made for a disc."""
        row = self._row(
            f"SELECT {_COLUMNS} FROM jobs WHERE disc_id = ? ORDER BY created_at DESC, id DESC LIMIT 1",
            (disc_id,),
        )
        return None if row is None else _job(row)

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
                    ORDER BY created_at, id
                    LIMIT 1
                ) AND status = 'queued'
                RETURNING {_COLUMNS}
                """,
                (worker, now + lease_seconds * 1000, now),
            )
            if row is None:
                return None
            job = _job(row)
            self.broadcast(JobUpdate(job.id, job.status), JOBS_ROOM)
        return job

    def update_job_progress(self, job_id: str, token: int, progress: JobProgress) -> None:
        """Note how far a job is and renew its lease. Raises ``Conflict`` if it no longer runs under this token.

        The percentage never goes back, whatever the tool says.
        """
        with self.transaction():
            row = self._change_returning(
                """
                UPDATE jobs
                SET stage = ?, percent = max(percent, min(max(?, 0), 100)), eta_seconds = ?, speed = ?, step = ?,
                    steps = ?, lease_until = ?
                WHERE id = ? AND token = ? AND status IN ('encoding', 'downloading')
                RETURNING percent
                """,
                (
                    progress.stage,
                    progress.percent,
                    progress.eta_seconds,
                    progress.speed,
                    progress.step,
                    progress.steps,
                    now_ms() + LEASE_SECONDS * 1000,
                    job_id,
                    token,
                ),
            )
            if row is None:
                raise Conflict("This job no longer runs here.")
            self.broadcast(
                RipProgress(
                    job_id,
                    float(row[0] or 0),
                    progress.eta_seconds,
                    progress.speed,
                    progress.stage,
                    progress.step,
                    progress.steps,
                ),
                JOBS_ROOM,
            )

    def require_running(self, job_id: str, token: int) -> None:
        """Raise ``Conflict`` if the job no longer runs under this token, for example because it was cancelled."""
        row = self._row(
            "SELECT 1 FROM jobs WHERE id = ? AND token = ? AND status IN ('encoding', 'downloading')",
            (job_id, token),
        )
        if row is None:
            raise Conflict("This job no longer runs here.")

    def rename_job(self, job_id: str, title: str) -> None:
        """Change how a job is called."""
        with self.transaction():
            row = self._change_returning("UPDATE jobs SET title = ? WHERE id = ? RETURNING status", (title, job_id))
            if row is not None:
                self.broadcast(JobUpdate(job_id, str(row[0])), JOBS_ROOM)

    def finish_job(self, job_id: str, token: int) -> None:
        """The job did all it should."""
        self._move(
            job_id,
            JobStatus.DONE,
            token=token,
            also="percent = 100, eta_seconds = NULL, speed = NULL, stage = NULL, lease_until = NULL",
        )

    def fail_job(self, job_id: str, token: int, error: str, tool_output: Iterable[str] = ()) -> None:
        """The job failed; ``error`` says what happened and what to do, ``tool_output`` is what the tool said last."""
        self._move(
            job_id,
            JobStatus.FAILED,
            token=token,
            also="error = ?, tool_output = ?, eta_seconds = NULL, speed = NULL",
            values=(error, json.dumps(list(tool_output), ensure_ascii=False)),
        )

    def fail_waiting_job(self, job_id: str, error: str) -> None:
        """A queued job can no longer be done; raises ``Conflict`` if it is not queued any more."""
        self._move(
            job_id, JobStatus.FAILED, predecessors=frozenset({JobStatus.QUEUED}), also="error = ?", values=(error,)
        )

    def cancel_job(self, job_id: str) -> Job:
        """Cancel a queued or running job; raises ``Conflict`` once it ended."""
        self._move(job_id, JobStatus.CANCELLED, also="eta_seconds = NULL, speed = NULL")
        return self.get_job(job_id)

    def retry_job(self, job_id: str) -> Job:
        """Queue a failed or cancelled job again with all its fields; raises ``Conflict`` otherwise."""
        try:
            self._move(
                job_id,
                JobStatus.QUEUED,
                predecessors=LEGAL_PREDECESSORS[JobStatus.QUEUED] - RUNNING,
                also="attempts = 0, error = NULL, tool_output = '[]', percent = 0, stage = NULL",
            )
        except apsw.ConstraintError as error:
            raise Conflict("This disc is already being ripped.") from error
        return self.get_job(job_id)

    def give_back_job(self, job_id: str, token: int) -> None:
        """Return a job to the queue because the program stops; that is no failed attempt."""
        self._move(
            job_id,
            JobStatus.QUEUED,
            token=token,
            predecessors=RUNNING,
            also="attempts = attempts - 1, stage = NULL, percent = 0, lease_until = NULL, worker = NULL",
        )

    def recover_jobs(self, *, all_of_them: bool) -> list[str]:
        """Return jobs that their worker left behind to the queue; three such losses quarantine a job.

        With ``all_of_them`` every running job counts as left behind (the start of the only worker), else those whose
        lease ran out. Returns the ids of the jobs that were queued again.
        """
        with self.transaction():
            rows = self._rows(
                """
                SELECT id, attempts FROM jobs
                WHERE status IN ('encoding', 'downloading') AND (? OR lease_until < ?)
                """,
                (all_of_them, now_ms()),
            )
            queued = []
            for job_id, attempts in rows:
                if int(attempts or 0) >= MAX_ATTEMPTS:
                    self._move(
                        str(job_id),
                        JobStatus.FAILED,
                        also="error = ?, token = token + 1",
                        values=(_QUARANTINED.format(attempts),),
                    )
                else:
                    self._move(
                        str(job_id),
                        JobStatus.QUEUED,
                        predecessors=RUNNING,
                        also="token = token + 1, stage = NULL, percent = 0, lease_until = NULL, worker = NULL",
                    )
                    queued.append(str(job_id))
        return queued

    def _move(
        self,
        job_id: str,
        status: JobStatus,
        *,
        token: int | None = None,
        predecessors: frozenset[JobStatus] | None = None,
        also: str = "",
        values: tuple[Value, ...] = (),
    ) -> None:
        """The only place where a status changes: one conditional statement; zero rows raise ``Conflict``."""
        legal = LEGAL_PREDECESSORS[status] if predecessors is None else predecessors
        finished_at = None if status in ACTIVE else now_ms()
        with self.transaction():
            changed = self._change(
                f"""
                UPDATE jobs
                SET status = ?, finished_at = ?{", " + also if also else ""}
                WHERE id = ? AND status IN (SELECT value FROM json_each(?)) AND (? IS NULL OR token = ?)
                """,
                (status, finished_at, *values, job_id, json.dumps(sorted(legal)), token, token),
            )
            if not changed:
                raise Conflict(f"This job is {self.get_job(job_id).status} and cannot become {status}.")
            self.broadcast(JobUpdate(job_id, status), JOBS_ROOM)


def _job(row: Row) -> Job:
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
    )
