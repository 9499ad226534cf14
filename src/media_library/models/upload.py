"""A file that a person sends: how much of it is here, and what becomes of it."""

from dataclasses import dataclass
from enum import StrEnum


class UploadState(StrEnum):
    """Where an upload stands: its bytes arrive, it waits for its turn, it is looked into, it is over."""

    RECEIVING = "receiving"
    QUEUED = "queued"
    CHECKING = "checking"
    DONE = "done"
    FAILED = "failed"


UNDER_WAY = frozenset({UploadState.RECEIVING, UploadState.QUEUED, UploadState.CHECKING})
"""The states of an upload that is not over."""

LEGAL_PREDECESSORS: dict[UploadState, frozenset[UploadState]] = {
    UploadState.RECEIVING: frozenset(),
    UploadState.QUEUED: frozenset({UploadState.RECEIVING, UploadState.QUEUED, UploadState.CHECKING}),
    UploadState.CHECKING: frozenset({UploadState.QUEUED, UploadState.CHECKING, UploadState.FAILED}),
    UploadState.DONE: frozenset({UploadState.CHECKING}),
    UploadState.FAILED: frozenset({UploadState.QUEUED, UploadState.CHECKING}),
}
"""From which states an upload may move into a state."""


@dataclass(frozen=True, slots=True)
class NewUpload:
    """An upload about to begin. ``folder`` is the path of the dropped folder that the file lay in, for its context.

    ``sha256`` is what the sender says the whole file has, in hexadecimal digits.
    """

    user_id: str
    name: str
    size_bytes: int
    folder: str = ""
    library_id: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way. ``received_bytes`` are on the medium for good; what came after them may not be.

    ``name`` and ``folder`` are only to be shown and to tell what the file is: it is stored under its id. Times are
    milliseconds.
    """

    id: str
    user_id: str
    name: str
    folder: str
    library_id: str | None
    size_bytes: int
    received_bytes: int
    sha256: str | None
    state: UploadState
    reason: str | None
    media_id: str | None
    job_id: str | None
    created_at: int
    updated_at: int
    expires_at: int

    @property
    def is_complete(self) -> bool:
        """Whether every byte is here."""
        return self.received_bytes == self.size_bytes


@dataclass(frozen=True, slots=True)
class UploadTotals:
    """What a person has under way: how many files and how many bytes once they are complete."""

    count: int
    size_bytes: int
