"""The queue: jobs are rows, a claim is one statement, a move counts the rows that it changed."""

from media_library.repositories.job_repo.content import ContentJobs
from media_library.repositories.job_repo.queue import JobQueue
from media_library.repositories.job_repo.rips import RipJobs

__all__ = ["JobRepo"]


class JobRepo(ContentJobs, RipJobs, JobQueue):
    """Reads and writes ``jobs`` and ``content_jobs``."""
