"""Compares the drives with the last poll and tells the desk what changed."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from media_library.adapters.disc_structure import examine as examine_disc
from media_library.disc_monitor.desk import DiscDesk, DriveSource
from media_library.disc_monitor.examination import Examination, Examine
from media_library.errors import MediaLibraryError, NotFound
from media_library.models.disc_structure import DiscStructure
from media_library.models.drive import DiscKind, Drive, DriveKind, DriveState

log = logging.getLogger(__name__)

_TRIES = 3
_BLANK = "This disc is blank."
_NOT_MOUNTED = "The system does not make this disc readable. Eject it and insert it again."
_SILENT = "The disc does not answer. Clean it, or try another drive."


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait: for the system to mount a disc, for an examination, between two tries, and within a poll."""

    mount_seconds: float = 60.0
    examine_seconds: float = 180.0
    retry_seconds: float = 15.0
    poll_seconds: float = 0.5


@dataclass(slots=True)
class _Slot:
    """What the desk was told of a drive."""

    source: DriveSource
    drive: Drive
    since: float
    told: tuple[DriveState, str | None] | None = None
    examination: Examination | None = None
    structure: DiscStructure | None = None
    tries: int = 0
    retry_at: float | None = None


class DiscMonitor:
    """The watch over all drives. ``poll`` is called by one thread again and again; ``eject`` by any."""

    def __init__(
        self,
        sources: Sequence[DriveSource],
        desk: DiscDesk,
        *,
        examine: Examine = examine_disc,
        patience: Patience | None = None,
    ) -> None:
        self._sources = tuple(sources)
        self._desk = desk
        self._examine = examine
        self._patience = patience or Patience()
        self._slots: dict[str, _Slot] = {}
        self._doubts: dict[str, tuple[str | None, int]] = {}
        self._complaints: dict[int, str] = {}

    def poll(self) -> None:
        """Look at all drives once. Returns within seconds, however long a disc takes to be examined.

        A source that cannot tell its drives is complained about in the log; its drives stay as they were.
        """
        for number, source in enumerate(self._sources):
            try:
                drives = source.list_drives()
            except MediaLibraryError as error:
                if self._complaints.get(number) != str(error):
                    log.warning("The drives cannot be seen: %s", error)
                self._complaints[number] = str(error)
                continue
            self._complaints.pop(number, None)
            self._compare(source, drives)
        self._collect(time.monotonic() + self._patience.poll_seconds)

    def eject(self, drive_id: str) -> None:
        """Let go of the disc in a drive; the next poll tells the desk. Raises what the drive says, or ``NotFound``."""
        slot = self._slots.get(drive_id)
        if slot is None:
            raise NotFound("There is no such drive.")
        slot.source.eject(drive_id)

    def _compare(self, source: DriveSource, drives: Sequence[Drive]) -> None:
        for drive in drives:
            slot = self._slots.get(drive.id)
            if slot is not None and _version(slot.drive) == _version(drive):
                self._doubts.pop(drive.id, None)
                self._refresh(slot, drive)
            elif self._is_certain(source, drive.id, _version(drive)):
                self._exchange(source, slot, drive)
        there = {drive.id for drive in drives}
        gone = [drive_id for drive_id, slot in self._slots.items() if slot.source is source and drive_id not in there]
        for drive_id in gone:
            if self._is_certain(source, drive_id, "gone"):
                if self._slots[drive_id].structure is not None:
                    self._desk.disc_removed(drive_id)
                self._desk.drive_gone(drive_id)
                del self._slots[drive_id]

    def _is_certain(self, source: DriveSource, drive_id: str, seen: str | None) -> bool:
        """Whether the same change was seen often enough in a row."""
        before, count = self._doubts.get(drive_id, (seen, 0))
        count = count + 1 if before == seen else 1
        self._doubts[drive_id] = (seen, count)
        if count < source.confirmations:
            return False
        del self._doubts[drive_id]
        return True

    def _exchange(self, source: DriveSource, slot: _Slot | None, drive: Drive) -> None:
        """The drive holds another medium, or none."""
        if slot is not None and slot.structure is not None:
            self._desk.disc_removed(drive.id)
        self._slots[drive.id] = fresh = _Slot(source, drive, time.monotonic())
        self._look(fresh)

    def _refresh(self, slot: _Slot, drive: Drive) -> None:
        """The medium is the same; the system may have mounted or renamed it meanwhile."""
        before, slot.drive = slot.drive, drive
        if slot.structure is not None:
            if before != drive:
                self._desk.disc_moved(drive, slot.structure)
        elif _source(before) != _source(drive) or (slot.retry_at is not None and time.monotonic() >= slot.retry_at):
            self._look(slot)
        elif slot.told is not None and before != drive:
            state, message = slot.told
            self._tell(slot, state, drive.message or message, again=True)
        elif slot.told == (DriveState.READING, None) and slot.examination is None and self._is_overdue(slot):
            self._tell(slot, DriveState.UNREADABLE, _NOT_MOUNTED)

    def _is_overdue(self, slot: _Slot) -> bool:
        """Whether the system should have mounted the disc by now; an image may be copied for hours."""
        is_real = slot.drive.kind is not DriveKind.IMAGE
        return is_real and time.monotonic() - slot.since > self._patience.mount_seconds

    def _look(self, slot: _Slot) -> None:
        """Begin with a medium: tell what the drive says of it, and examine it as soon as it can be read."""
        slot.examination, slot.retry_at = None, None
        medium, message = slot.drive.medium, slot.drive.message
        if medium is None:
            self._tell(slot, DriveState.EMPTY if message is None else DriveState.UNREADABLE, message)
        elif medium.kind is DiscKind.BLANK:
            self._tell(slot, DriveState.READY, _BLANK)
        else:
            if slot.tries == 0:
                self._tell(slot, DriveState.READING, message)
            if medium.source is not None:
                slot.tries += 1
                slot.examination = Examination(self._examine, medium.source, medium.kind)

    def _collect(self, deadline: float) -> None:
        """Take up the examinations that are over, waiting for them until ``deadline``."""
        for slot in self._slots.values():
            examination = slot.examination
            if examination is None:
                continue
            if examination.is_done(deadline - time.monotonic()):
                if examination.structure is not None:
                    self._desk.disc_inserted(slot.drive, examination.structure)
                    slot.structure, slot.told = examination.structure, None
                else:
                    self._tell(slot, DriveState.UNREADABLE, examination.error)
                    if slot.tries < _TRIES and slot.drive.kind is not DriveKind.IMAGE:
                        slot.retry_at = time.monotonic() + self._patience.retry_seconds
                slot.examination = None
            elif examination.seconds > self._patience.examine_seconds:
                self._tell(slot, DriveState.UNREADABLE, _SILENT)
                slot.examination = None

    def _tell(self, slot: _Slot, state: DriveState, message: str | None, *, again: bool = False) -> None:
        if again or slot.told != (state, message):
            self._desk.drive_seen(slot.drive, state, message)
            slot.told = (state, message)


def _version(drive: Drive) -> str | None:
    return None if drive.medium is None else drive.medium.version


def _source(drive: Drive) -> str | None:
    return None if drive.medium is None else drive.medium.source
