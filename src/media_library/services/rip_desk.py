"""Gives the rip workers of this machine their jobs and puts what they made into the library."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import Conflict
from media_library.models.disc import DiscContent
from media_library.models.job import RUNNING, JobProgress
from media_library.models.media import MediaFile, NewMedia
from media_library.ripper import RipOrder, Ripped, RipPlan
from media_library.services.artwork import Artwork
from media_library.services.disc_desk import first_preferences
from media_library.services.file_naming import Naming
from media_library.services.media_names import Placement
from media_library.services.media_root import MediaRoot
from media_library.services.notices import disc_failed, disc_ripped
from media_library.services.preferences import Preferences
from media_library.services.publishing import Publishing

_WAIT_SECONDS = 5.0
_MOST_JOBS = 1_000
_TRIES = 20
_TOOL_LINES = 40


class StateRipDesk:
    """The rip desk over the state. Safe to use from several workers at once."""

    def __init__(
        self, settings: Settings, state: AppState, media_root: MediaRoot, notify: Callable[[str, str], None]
    ) -> None:
        """``notify`` shows a person a title and a text."""
        self._settings = settings
        self._state = state
        self._media_root = media_root
        self._notify = notify
        self._placement = Placement(
            Naming(settings.file_naming, Preferences(state, settings).naming), state, media_root
        )
        self._publishing = Publishing(state, media_root)
        self._artwork = Artwork(settings, state)

    def claim(self, worker: str) -> RipOrder | None:
        """Take the oldest waiting rip, unless as many run already as the preferences allow."""
        preferences = self._state.disc_preferences(first_preferences(self._settings))
        with self._state.transaction():
            if len(self._state.list_jobs(RUNNING, _MOST_JOBS)) >= preferences.simultaneous_rips:
                return None
            job = self._state.claim_rip(worker)
            if job is None:
                return None
            drive = self._state.find_drive(job.drive_id) if job.drive_id else None
            if job.disc_id is None or drive is None or drive.disc_id != job.disc_id or drive.source is None:
                self._state.fail_job(job.id, job.token, "The disc is not in its drive any more. Put it in and retry.")
                return None
            disc = self._state.get_disc(job.disc_id)
            earlier = [self._state.media(media_id) for media_id in self._state.media_of_job(job.id)]
        published = frozenset(media.disc_title for media in earlier if media.disc_title is not None)
        return RipOrder(job.id, job.token, disc, drive.source, job.titles, preferences, published)

    def wait(self, stop: threading.Event) -> None:
        """Wait until something in the state changes."""
        self._state.wait_for_change(stop, _WAIT_SECONDS)

    def require_running(self, order: RipOrder) -> None:
        """Raise ``Conflict`` if the job no longer runs under the order's token."""
        self._state.require_running(order.job_id, order.token)

    def source(self, order: RipOrder) -> str | None:
        """Where the drive that holds the disc has it now."""
        drive = self._state.drive_with_disc(order.disc.id)
        return None if drive is None else drive.source

    def progress(self, order: RipOrder, progress: JobProgress) -> None:
        """Note how far the job is and renew its lease."""
        self._state.update_job_progress(order.job_id, order.token, progress)

    def planned(self, order: RipOrder, plan: RipPlan) -> None:
        """Remember what is on the disc, and what it is called unless a person said so."""
        with self._state.transaction():
            self._state.require_running(order.job_id, order.token)
            self._state.plan_disc(order.disc.id, plan.content, plan.titles, plan.review_reason)
            if plan.names is not None and not self._state.get_disc(order.disc.id).names.by_hand:
                self._state.name_disc(order.disc.id, plan.names)
                self._state.rename_job(order.job_id, plan.names.title)

    def publish(self, order: RipOrder, ripped: Ripped) -> None:
        """Name the file as the disc is called by now, put it into the library and make its pictures."""
        disc = self._state.get_disc(order.disc.id)
        media_type, names, reason = self._placement.names(disc, ripped)
        file = MediaFile("", 0, 0, 0, ripped.container, ripped.duration_ms)
        new = NewMedia(
            media_type,
            self._placement.library(media_type).id,
            names,
            file,
            ripped.streams,
            disc.id,
            ripped.title.index,
            reason,
            isrc=None if ripped.track is None else ripped.track.isrc,
        )
        for attempt in range(_TRIES):
            path = self._path(order, ripped, new)
            try:
                media = self._publishing.publish(
                    order.job_id, order.token, ripped.file, replace(new, file=replace(file, path=path))
                )
                break
            except Conflict:
                # either the job was cancelled, or the name was taken in this very moment
                self._state.require_running(order.job_id, order.token)
                if attempt == _TRIES - 1 or not ripped.file.exists():
                    raise
        self._artwork.make(media, self._media_root.path(path), ripped.cover)

    def finish(self, order: RipOrder) -> None:
        """The job is done: the disc is not ripped again by itself, and leaves the drive if that is wanted."""
        with self._state.transaction():
            self._state.finish_job(order.job_id, order.token)
            self._state.mark_disc_ripped(order.disc.id)
            disc_ripped(self._state, order.job_id, self._state.get_disc(order.disc.id))
            drive = self._state.drive_with_disc(order.disc.id)
            if order.preferences.auto_eject and drive is not None:
                self._state.want_eject(drive.id)
        if order.preferences.notify:
            disc = self._state.get_disc(order.disc.id)
            self._notify(disc.names.title, _what_came(disc.content, len(self._state.media_of_job(order.job_id))))

    def fail(self, order: RipOrder, error: str, lines: tuple[str, ...]) -> None:
        """Note why the job failed; the disc stays in its drive."""
        title = self._state.get_disc(order.disc.id).names.title
        with self._state.transaction():
            self._state.fail_job(order.job_id, order.token, error, lines[-_TOOL_LINES:])
            disc_failed(self._state, order.job_id, order.token, title, error)
        if order.preferences.notify:
            self._notify(f"{order.disc.names.title} was not ripped", error)

    def give_back(self, order: RipOrder) -> None:
        """Return the job to the queue."""
        self._state.give_back_job(order.job_id, order.token)

    def _path(self, order: RipOrder, ripped: Ripped, new: NewMedia) -> str:
        """Where the file goes: the place of the item that an earlier rip of the title made, or a new one."""
        disc = self._state.get_disc(order.disc.id)
        suffix = ripped.file.suffix
        earlier = next(
            (media for media in self._state.media_of_disc(disc.id) if media.disc_title == ripped.title.index), None
        )
        if earlier is not None and earlier.file is not None:
            there = PurePosixPath(earlier.file.path).with_suffix(suffix)
            if str(there) == earlier.file.path or not self._state.is_path_taken(str(there)):
                return str(there)
        return self._placement.path(disc, ripped, new.media_type, new.names, suffix)


def _what_came(content: DiscContent | None, count: int) -> str:
    match content:
        case DiscContent.SHOW:
            return f"{count} episodes are in the library." if count != 1 else "One episode is in the library."
        case DiscContent.MUSIC:
            return f"{count} tracks are in the library."
        case _:
            return "The film is in the library."
