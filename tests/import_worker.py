"""Does the import jobs of a house, as the work process would."""

import threading

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.content_downloader.upload import upload_importer
from media_library.models.job import Job, JobKind, JobStatus
from media_library.services.media_root import MediaRoot
from media_library.workers.library_worker import LibraryWorker


def do_imports(state: AppState, settings: Settings) -> list[Job]:
    """Do the import jobs that are queued, and those that these queue; returns all import jobs, the newest first."""
    media_root = MediaRoot(settings, state)
    worker = LibraryWorker("imports", state, media_root, {JobKind.IMPORT: upload_importer(settings, state, media_root)})
    stop = threading.Event()
    for _ in range(100):
        if not any(job.kind is JobKind.IMPORT for job in state.list_jobs([JobStatus.QUEUED], 1_000)):
            break
        worker.step(stop)
    return [job for job in state.list_jobs(JobStatus, 1_000) if job.kind is JobKind.IMPORT]
