"""Music that came is measured by itself, if people want that."""

import threading
from dataclasses import replace

from media_library.app_state import AppState
from media_library.models.job import JobKind, JobStatus
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.preferences import LibraryPreferences
from media_library.workers.loudness_watch import LoudnessWatch


def queued(state: AppState) -> int:
    jobs = state.list_jobs(frozenset({JobStatus.QUEUED}), 50)
    return sum(job.kind is JobKind.LOUDNESS for job in jobs)


def test_a_job_is_queued_once_for_what_was_not_measured(state: AppState) -> None:
    library = state.ensure_library(LibraryKind.MUSIC, "Music", "music")
    wanted = LibraryPreferences(loudness=True)
    watch = LoudnessWatch(state, lambda: wanted)
    stop = threading.Event()
    stop.set()
    watch.step(stop)
    assert queued(state) == 0
    new = NewMedia(MediaType.TRACK, library.id, MediaNames("Song"), MediaFile("music/1.flac", 1, 1, 1, "flac", 1000))
    state.add_media(new)
    LoudnessWatch(state, lambda: replace(wanted, loudness=False)).step(stop)
    assert queued(state) == 0
    watch.step(stop)
    watch.step(stop)
    assert queued(state) == 1
    job = state.claim_content("sound", per_host=1, kinds=frozenset({JobKind.LOUDNESS}))
    assert job is not None
    state.finish_job(job.id, job.token)
    assert not watch.look()  # it was tried, and could not be heard
