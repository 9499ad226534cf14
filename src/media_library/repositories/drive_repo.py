"""The drives that are connected and what is in them."""

from media_library.errors import NotFound
from media_library.events import JOBS_ROOM, DiscDetected, DriveUpdate
from media_library.models.drive import DriveKind, DriveState, DriveStatus
from media_library.repositories.base import Repository, Row, now_ms

_COLUMNS = "id, kind, name, state, message, disc_id, source, updated_at"


class DriveRepo(Repository):
    """Reads and writes ``drives``; what is in there is only as old as the last start of the monitor."""

    def save_drive(self, status: DriveStatus) -> None:
        """Remember how a drive is, and announce it if anything changed."""
        with self.transaction():
            before = self.find_drive(status.id)
            if before is not None and _facts(before) == _facts(status):
                return
            self._change(
                f"INSERT OR REPLACE INTO drives ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*_facts(status), now_ms()),
            )
            if status.disc_id is not None and (before is None or before.disc_id != status.disc_id):
                self.broadcast(DiscDetected(status.id, status.disc_id), JOBS_ROOM)
            else:
                self.broadcast(DriveUpdate(status.id), JOBS_ROOM)

    def want_eject(self, drive_id: str) -> None:
        """Ask the disc monitor to eject what is in a drive; raises ``NotFound``."""
        if not self._change("UPDATE drives SET eject_wanted = 1 WHERE id = ?", (drive_id,)):
            raise NotFound("There is no such drive.")

    def take_wanted_ejects(self) -> list[str]:
        """The ids of the drives that somebody asked to eject, each told once."""
        if self._row("SELECT 1 FROM drives WHERE eject_wanted LIMIT 1") is None:
            return []
        with self.transaction():
            rows = self._rows("SELECT id FROM drives WHERE eject_wanted ORDER BY id")
            self._change("UPDATE drives SET eject_wanted = 0 WHERE eject_wanted")
        return [str(row[0]) for row in rows]

    def forget_drive(self, drive_id: str) -> None:
        """A drive was disconnected."""
        with self.transaction():
            if self._change("DELETE FROM drives WHERE id = ?", (drive_id,)):
                self.broadcast(DriveUpdate(drive_id), JOBS_ROOM)

    def forget_all_drives(self) -> None:
        """Start over: the monitor will tell which drives there are."""
        self._change("DELETE FROM drives")

    def find_drive(self, drive_id: str) -> DriveStatus | None:
        """A drive, if it is connected."""
        row = self._row(f"SELECT {_COLUMNS} FROM drives WHERE id = ?", (drive_id,))
        return None if row is None else _drive(row)

    def get_drive(self, drive_id: str) -> DriveStatus:
        """A drive; raises ``NotFound`` if it is not connected."""
        drive = self.find_drive(drive_id)
        if drive is None:
            raise NotFound("There is no such drive.")
        return drive

    def drive_with_disc(self, disc_id: str) -> DriveStatus | None:
        """The drive that a disc is in now."""
        row = self._row(f"SELECT {_COLUMNS} FROM drives WHERE disc_id = ? ORDER BY id LIMIT 1", (disc_id,))
        return None if row is None else _drive(row)

    def list_drives(self) -> list[DriveStatus]:
        """All connected drives, by name."""
        return [_drive(row) for row in self._rows(f"SELECT {_COLUMNS} FROM drives ORDER BY name, id")]


def _facts(status: DriveStatus) -> tuple[str | None, ...]:
    return (status.id, status.kind, status.name, status.state, status.message, status.disc_id, status.source)


def _drive(row: Row) -> DriveStatus:
    drive_id, kind, name, state, message, disc_id, source, updated_at = row
    return DriveStatus(
        str(drive_id),
        DriveKind(str(kind)),
        str(name),
        DriveState(str(state)),
        None if message is None else str(message),
        None if disc_id is None else str(disc_id),
        None if source is None else str(source),
        int(updated_at or 0),
    )
