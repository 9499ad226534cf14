"""What the monitor stands between: those who know the drives, and the desk that is told what happens to discs."""

from typing import Protocol

from media_library.models.disc_structure import DiscStructure
from media_library.models.drive import Drive, DriveState


class DriveSource(Protocol):
    """Who knows drives: an operating system or a folder of images.

    ``confirmations`` is how many polls in a row must see a change before it is believed.
    """

    @property
    def confirmations(self) -> int: ...
    def list_drives(self) -> tuple[Drive, ...]:
        """All drives as they are now; raises ``MediaLibraryError`` when that cannot be told."""

    def eject(self, drive_id: str) -> None:
        """Let go of the disc; raises ``MediaLibraryError``."""


class DiscDesk(Protocol):
    """Who is told about drives and discs, always by the thread that polls."""

    def drive_seen(self, drive: Drive, state: DriveState, message: str | None) -> None:
        """A drive is there, without a disc that was examined: empty, reading, unreadable or with a blank disc."""

    def drive_gone(self, drive_id: str) -> None:
        """A drive was disconnected."""

    def disc_inserted(self, drive: Drive, structure: DiscStructure) -> None:
        """A disc was examined; the drive is ready."""

    def disc_moved(self, drive: Drive, structure: DiscStructure) -> None:
        """The disc is the same, but the system renamed it or mounted it elsewhere."""

    def disc_removed(self, drive_id: str) -> None:
        """The disc of ``disc_inserted`` is gone; what the drive is now is told next."""
