"""Does the import jobs of a house, as the work process would."""

import threading

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.content_downloader.upload import upload_importer
from media_library.models.job import Job, JobKind, JobStatus
from media_library.models.library_job import ScanOrder
from media_library.services.book_shelf import BookShelf
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.home_media import HomeMedia
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner import LibraryScanner
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences
from media_library.workers.library_worker import LibraryWorker


def do_imports(state: AppState, settings: Settings, *, turns: int = 100) -> list[Job]:
    """Do the import jobs that are queued, and those that these queue; returns all import jobs, the newest first."""
    media_root = MediaRoot(settings, state)
    worker = LibraryWorker("imports", state, media_root, {JobKind.IMPORT: upload_importer(settings, state, media_root)})
    stop = threading.Event()
    for _ in range(turns):
        if not any(job.kind is JobKind.IMPORT for job in state.list_jobs([JobStatus.QUEUED], 1_000)):
            break
        worker.step(stop)
    return [job for job in state.list_jobs(JobStatus, 1_000) if job.kind is JobKind.IMPORT]


def do_scans(state: AppState, settings: Settings) -> None:
    """Look through everything, as after a change that somebody noticed."""
    media_root = MediaRoot(settings, state)
    preferences, covers = Preferences(state, settings), Covers(settings, state)
    scanner = LibraryScanner(
        state,
        media_root,
        LibraryPlaces(state, media_root),
        covers,
        BookShelf(state, media_root, Naming(settings.file_naming, preferences.naming), covers),
        HomeMedia(settings, state, media_root),
        preferences.library,
        settle_seconds=0,
    )
    state.queue_content(ScanOrder(full=True), title="Look through everything", origin="")
    worker = LibraryWorker("library", state, media_root, {JobKind.SCAN: scanner})
    stop = threading.Event()
    while any(job.kind is JobKind.SCAN for job in state.list_jobs([JobStatus.QUEUED], 100)):
        worker.step(stop)
    assert all(job.status is not JobStatus.FAILED for job in state.list_jobs(JobStatus, 50) if job.kind is JobKind.SCAN)
