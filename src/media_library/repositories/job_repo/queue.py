"""Jobs of every kind: looking at them, and the moves from one state to the next."""

import json
from collections.abc import Iterable

import apsw

from media_library.constants import LEASE_SECONDS, MAX_ATTEMPTS
from media_library.errors import Conflict, NotFound
from media_library.events import JOBS_ROOM, JobProgressed, JobUpdate, RipProgress
from media_library.models.job import ACTIVE, LEGAL_PREDECESSORS, RUNNING, Job, JobKind, JobProgress, JobStatus
from media_library.repositories.base import Repository, Value, now_ms
from media_library.repositories.job_repo.records import COLUMNS, job_of

_QUARANTINED = "The program went down {} times while working on this. Look at the disc or the address, then retry."


class JobQueue(Repository):
    """Reads and writes ``jobs``."""

    def get_job(self, job_id: str) -> Job:
        """The job; raises ``NotFound``."""
        row = self._row(f"SELECT {COLUMNS} FROM jobs WHERE id = ?", (job_id,))
        if row is None:
            raise NotFound("There is no such job.")
        return job_of(row)

    def list_jobs(self, statuses: Iterable[JobStatus], limit: int) -> list[Job]:
        """Jobs in any of these states, newest first."""
        rows = self._rows(
            f"""
            SELECT {COLUMNS} FROM jobs
            WHERE status IN (SELECT value FROM json_each(?))
            ORDER BY created_at DESC, rowid DESC
            LIMIT ?
            """,
            (json.dumps(sorted(statuses)), limit),
        )
        return [job_of(row) for row in rows]

    def job_count(self) -> dict[JobStatus, int]:
        """How many jobs are in each state."""
        rows = self._rows("SELECT status, count(*) FROM jobs GROUP BY status")
        return dict.fromkeys(JobStatus, 0) | {JobStatus(str(status)): int(count or 0) for status, count in rows}

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
                WHERE id = ? AND token = ? AND status IN ('encoding', 'downloading', 'working')
                RETURNING percent, kind
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
            event = RipProgress if row[1] == JobKind.RIP else JobProgressed
            self.broadcast(
                event(
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
            "SELECT 1 FROM jobs WHERE id = ? AND token = ? AND status IN ('encoding', 'downloading', 'working')",
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

    def forget_job(self, job_id: str) -> None:
        """Remove a job that did all it should and that nobody needs to hear of."""
        self._change("DELETE FROM jobs WHERE id = ? AND status = 'done'", (job_id,))

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
            with self.transaction():
                self._move(
                    job_id,
                    JobStatus.QUEUED,
                    predecessors=LEGAL_PREDECESSORS[JobStatus.QUEUED] - RUNNING,
                    also="attempts = 0, error = NULL, tool_output = '[]', percent = 0, stage = NULL",
                )
                self._change("UPDATE content_jobs SET failures = 0, not_before = 0 WHERE job_id = ?", (job_id,))
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

    def postpone_job(self, job_id: str, token: int, reason: str, not_before_ms: int) -> None:
        """Something outside failed that may work later: back to the queue until then; no failed attempt of ours."""
        with self.transaction():
            self._move(
                job_id,
                JobStatus.QUEUED,
                token=token,
                predecessors=RUNNING,
                also="attempts = attempts - 1, error = ?, eta_seconds = NULL, speed = NULL, lease_until = NULL",
                values=(reason,),
            )
            self._change(
                "UPDATE content_jobs SET failures = failures + 1, not_before = ? WHERE job_id = ?",
                (not_before_ms, job_id),
            )

    def recover_jobs(self, *, all_of_them: bool, kinds: Iterable[JobKind] = tuple(JobKind)) -> list[str]:
        """Return jobs that their worker left behind to the queue; three such losses quarantine a job.

        With ``all_of_them`` every running job of these kinds counts as left behind (the start of the only worker), else
        those whose lease ran out. Returns the ids of the jobs that were queued again.
        """
        with self.transaction():
            rows = self._rows(
                """
                SELECT id, attempts FROM jobs
                WHERE status IN ('encoding', 'downloading', 'working') AND (? OR lease_until < ?)
                    AND kind IN (SELECT value FROM json_each(?))
                """,
                (all_of_them, now_ms(), json.dumps(sorted(kinds))),
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
