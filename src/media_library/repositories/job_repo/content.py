"""Content jobs in the queue: what the content worker is to fetch, and taking the next."""

import json

import msgspec

from media_library.constants import LEASE_SECONDS
from media_library.events import JOBS_ROOM, JobCreated, JobUpdate
from media_library.models.content_job import ORDERS, ContentJob, ContentOrder
from media_library.models.job import CONTENT_KINDS, Job, JobKind, JobStatus
from media_library.repositories.base import Repository, new_id, now_ms
from media_library.repositories.job_repo.records import COLUMNS, job_of


class ContentJobs(Repository):
    """Reads and writes ``content_jobs``, and the ``jobs`` that they belong to."""

    def queue_content(
        self,
        order: ContentOrder,
        *,
        title: str,
        origin: str,
        host: str = "",
        url: str | None = None,
        requested_by: str | None = None,
        job_id: str | None = None,
    ) -> Job:
        """Queue a content job; if one of the same origin is queued or running already, that one is the answer.

        Of one ``host`` only so many run at a time; an empty one is not counted. With ``job_id`` the job gets that id,
        for a caller that has put something into its staging folder already.
        """
        with self.transaction():
            active = self.active_content(origin) if origin else None
            if active is not None:
                return active
            job_id = job_id or new_id()
            self._change(
                "INSERT INTO jobs (id, kind, status, title, created_at) VALUES (?, ?, ?, ?, ?)",
                (job_id, order.kind, JobStatus.QUEUED, title, now_ms()),
            )
            self._change(
                """
                INSERT INTO content_jobs (job_id, content_order, url, host, origin, requested_by)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                (job_id, msgspec.json.encode(order).decode(), url, host, origin, requested_by),
            )
            self.broadcast(JobCreated(job_id), JOBS_ROOM)
            row = self._row(f"SELECT {COLUMNS} FROM jobs WHERE id = ?", (job_id,))
            assert row is not None
            return job_of(row)

    def active_content(self, origin: str) -> Job | None:
        """The queued or running job for an origin."""
        row = self._row(
            f"""
            SELECT {COLUMNS} FROM jobs
            WHERE id IN (SELECT job_id FROM content_jobs WHERE origin = ?)
                AND status IN ('queued', 'encoding', 'downloading', 'working')
            ORDER BY created_at LIMIT 1
            """,
            (origin,),
        )
        return None if row is None else job_of(row)

    def claim_content(
        self,
        worker: str,
        *,
        per_host: int,
        kinds: frozenset[JobKind] = CONTENT_KINDS,
        lease_seconds: int = LEASE_SECONDS,
    ) -> ContentJob | None:
        """Take the oldest job of some kinds that is due and whose host is not busy with ``per_host`` others already."""
        now = now_ms()
        status = JobStatus.DOWNLOADING if kinds <= CONTENT_KINDS else JobStatus.WORKING
        with self.transaction():
            row = self._change_returning(
                """
                UPDATE jobs
                SET status = ?, worker = ?, lease_until = ?, token = token + 1, attempts = attempts + 1,
                    started_at = ?, percent = 0, step = 1, steps = 1, stage = NULL, eta_seconds = NULL, speed = NULL,
                    error = NULL, tool_output = '[]'
                WHERE id = (
                    SELECT waiting.id FROM jobs AS waiting JOIN content_jobs AS content ON content.job_id = waiting.id
                    WHERE waiting.status = 'queued' AND waiting.kind IN (SELECT value FROM json_each(?))
                        AND content.not_before <= ? AND (content.host = '' OR (
                        SELECT count(*) FROM jobs AS running JOIN content_jobs AS busy ON busy.job_id = running.id
                        WHERE running.status = 'downloading' AND busy.host = content.host
                    ) < ?)
                    ORDER BY waiting.created_at, waiting.rowid
                    LIMIT 1
                ) AND status = 'queued'
                RETURNING id, token, title, kind
                """,
                (
                    status,
                    worker,
                    now + lease_seconds * 1000,
                    now,
                    json.dumps(sorted(kinds)),
                    now,
                    per_host,
                ),
            )
            if row is None:
                return None
            job_id, token, title, kind = row
            self.broadcast(JobUpdate(str(job_id), status), JOBS_ROOM)
            asked = self._row(
                "SELECT content_order, requested_by, failures FROM content_jobs WHERE job_id = ?", (job_id,)
            )
        assert asked is not None
        order, requested_by, failures = asked
        return ContentJob(
            str(job_id),
            int(token or 0),
            str(title),
            msgspec.json.decode(str(order), type=ORDERS[JobKind(str(kind))]),
            None if requested_by is None else str(requested_by),
            int(failures or 0),
        )

    def note_content(self, job_id: str, media_id: str) -> None:
        """The job led to this item, which may have been in the library before."""
        self._change("UPDATE content_jobs SET media_id = ? WHERE job_id = ?", (media_id, job_id))

    def content_jobs_waiting(self) -> frozenset[str]:
        """The ids of the content jobs that are not over: their staging folders are kept."""
        rows = self._rows(
            """
            SELECT id FROM jobs JOIN content_jobs ON job_id = id
            WHERE status IN ('queued', 'encoding', 'downloading', 'working')
            """
        )
        return frozenset(str(row[0]) for row in rows)
