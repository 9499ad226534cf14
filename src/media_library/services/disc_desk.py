"""What the disc monitor reports becomes rows: the drive, the disc, and the rip that starts by itself."""

import logging

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import Conflict
from media_library.models.disc import Disc
from media_library.models.disc_structure import DiscStructure
from media_library.models.drive import DiscKind, Drive, DriveState, DriveStatus
from media_library.models.job import JobStatus, NewRip
from media_library.models.preferences import DiscPreferences
from media_library.services.disc_labels import UNKNOWN_TITLE, parse_label
from media_library.services.notices import disc_unreadable

log = logging.getLogger(__name__)

RIPPABLE = frozenset({DiscKind.DVD, DiscKind.BLURAY, DiscKind.AUDIO_CD})
"""The kinds of disc that can become media."""

_NOTHING_TO_RIP = {
    DiscKind.DATA: "This disc holds data, no film and no music.",
    DiscKind.BLANK: "This disc is blank.",
    DiscKind.UNKNOWN: "This disc is of a kind that cannot be read here.",
}


_NAMELESS = {DiscKind.DVD: "DVD", DiscKind.BLURAY: "Blu-ray", DiscKind.AUDIO_CD: "Audio CD"}


def first_preferences(settings: Settings) -> DiscPreferences:
    """How discs are treated until somebody changes it in the web app."""
    automation = settings.automation
    return DiscPreferences(
        auto_rip=automation.auto_detect_disc,
        auto_eject=automation.auto_eject_after_rip,
        notify=automation.notification_enabled,
    )


class StateDiscDesk:
    """The disc monitor's counterpart over the state."""

    def __init__(self, settings: Settings, state: AppState) -> None:
        self._settings = settings
        self._state = state
        self._seen_before: set[str] = set()
        state.forget_all_drives()

    def drive_seen(self, drive: Drive, state: DriveState, message: str | None) -> None:
        """A drive is there and holds no disc that was examined."""
        self._save(drive, state, message, None)
        disc_unreadable(self._state, drive, message if state is DriveState.UNREADABLE else None)
        if state is DriveState.EMPTY:
            self._seen_before.add(drive.id)
            self._give_up_waiting(drive.id)

    def drive_gone(self, drive_id: str) -> None:
        """A drive was disconnected."""
        self._seen_before.discard(drive_id)
        self._give_up_waiting(drive_id)
        self._state.forget_drive(drive_id)

    def disc_inserted(self, drive: Drive, structure: DiscStructure) -> None:
        """A disc was examined: remember it, announce it, and rip it unless it was ripped before."""
        label = (drive.medium.label if drive.medium else "") or structure.label or ""
        disc = self._state.see_disc(structure.fingerprint, structure.kind, label, parse_label(label).names)
        self._save(drive, DriveState.READY, _NOTHING_TO_RIP.get(disc.kind), disc.id)
        just_inserted = drive.id in self._seen_before
        self._seen_before.add(drive.id)
        if disc.kind in RIPPABLE and self._is_wanted(disc, just_inserted=just_inserted):
            try:
                self._state.queue_rip(NewRip(_job_title(disc), disc.id, drive.id))
            except Conflict:
                log.info("Disc %s is already queued", disc.id)

    def disc_moved(self, drive: Drive, structure: DiscStructure) -> None:
        """The disc is the same, but the system renamed it or mounted it elsewhere."""
        known = self._state.find_drive(drive.id)
        if known is not None:
            self._save(drive, known.state, known.message, known.disc_id)

    def disc_removed(self, drive_id: str) -> None:
        """The disc was taken out; the monitor tells next what the drive is now."""
        log.info("The disc in %s was removed", drive_id)

    def _give_up_waiting(self, drive_id: str) -> None:
        """A rip that still waits for a disc that is gone fails with a sentence instead of waiting for ever."""
        job = self._state.active_job_of_drive(drive_id)
        if job is not None and job.status is JobStatus.QUEUED:
            try:
                self._state.fail_waiting_job(
                    job.id, "The disc was taken out before its turn. Put it back in and retry."
                )
            except Conflict:
                log.info("Job %s began just now", job.id)

    def _is_wanted(self, disc: Disc, *, just_inserted: bool) -> bool:
        """Whether a disc is ripped by itself: not twice, and after a failure only when it is put in anew."""
        preferences = self._state.disc_preferences(first_preferences(self._settings))
        if not preferences.auto_rip or disc.ripped_at is not None:
            return False
        last = self._state.last_job_of_disc(disc.id)
        return last is None or (just_inserted and last.status in (JobStatus.FAILED, JobStatus.CANCELLED))

    def _save(self, drive: Drive, state: DriveState, message: str | None, disc_id: str | None) -> None:
        source = drive.medium.source if drive.medium else None
        self._state.save_drive(DriveStatus(drive.id, drive.kind, drive.name, state, message, disc_id, source, 0))


def _job_title(disc: Disc) -> str:
    """What a rip is called: the title, or what kind of disc it is while nobody knows more."""
    return disc.names.title if disc.names.title != UNKNOWN_TITLE else _NAMELESS[disc.kind]
