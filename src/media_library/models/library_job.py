"""What the library worker is asked to do with files and knowledge that are here: one record for each kind of job."""

from dataclasses import dataclass
from typing import ClassVar

from media_library.models.job import JobKind
from media_library.models.rename import RenameScope


@dataclass(frozen=True, slots=True)
class ScanOrder:
    """Look through library folders; none named means all. ``full`` probes every file again, changed or not."""

    kind: ClassVar[JobKind] = JobKind.SCAN
    folder_ids: tuple[str, ...] = ()
    full: bool = False


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """Take an upload into the library."""

    kind: ClassVar[JobKind] = JobKind.IMPORT
    upload_id: str


@dataclass(frozen=True, slots=True)
class IdentifyOrder:
    """Find out what works are; none named means all that wait for it. ``everything`` asks anew for what is known."""

    kind: ClassVar[JobKind] = JobKind.IDENTIFY
    keys: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class RenameOrder:
    """Carry out the renames of a batch, or take them back; with ``plan`` find out first what they would be."""

    kind: ClassVar[JobKind] = JobKind.RENAME
    batch_id: str
    undo: bool = False
    plan: RenameScope | None = None


@dataclass(frozen=True, slots=True)
class TagsOrder:
    """Write what is known of tracks into their files."""

    kind: ClassVar[JobKind] = JobKind.TAGS
    media_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoudnessOrder:
    """Measure how loud tracks are; none named means all that were not measured."""

    kind: ClassVar[JobKind] = JobKind.LOUDNESS
    media_ids: tuple[str, ...] = ()


LibraryOrder = ScanOrder | ImportOrder | IdentifyOrder | RenameOrder | TagsOrder | LoudnessOrder
LIBRARY_ORDERS: tuple[type[LibraryOrder], ...] = (
    ScanOrder,
    ImportOrder,
    IdentifyOrder,
    RenameOrder,
    TagsOrder,
    LoudnessOrder,
)
