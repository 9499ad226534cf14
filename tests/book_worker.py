"""Does the book jobs of a house, as the work process would."""

import threading

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.content_downloader.book import BookDownloader
from media_library.models.job import Job, JobKind, JobStatus
from media_library.models.preferences import DownloadPreferences
from media_library.services.book_shelf import BookShelf
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.workers.content_worker import ContentWorker


def downloader(state: AppState, settings: Settings, *, allowed: tuple[str, ...] = ()) -> BookDownloader:
    """A downloader that may reach the ``allowed`` hosts in the house."""
    media_root = MediaRoot(settings, state)
    shelf = BookShelf(state, media_root, Naming(settings.file_naming), Covers(settings, state))
    http = HttpClient(Egress(lambda: allowed))
    return BookDownloader(state, media_root, http, shelf, settings.uploads.max_upload_size_mb << 20)


def do_books(state: AppState, settings: Settings, *, allowed: tuple[str, ...] = ()) -> list[Job]:
    """Do the jobs that are queued, each once; returns all jobs, the newest first."""
    worker = ContentWorker(
        0,
        state,
        MediaRoot(settings, state),
        {JobKind.BOOK: downloader(state, settings, allowed=allowed)},
        DownloadPreferences,
    )
    stop = threading.Event()
    for _ in state.list_jobs([JobStatus.QUEUED], 100):
        worker.step(stop)
    return state.list_jobs(JobStatus, 100)
