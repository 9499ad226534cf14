"""A batch of renames: what is called how, what it is to be called, and how far that is."""

from dataclasses import dataclass
from enum import StrEnum


class RenameState(StrEnum):
    """Where a batch stands."""

    PLANNING = "planning"
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class RenameScope:
    """What a plan is about: a library, items, works (by their keys: "movie:<media id>", "show:<show key>",
    "album:<album key>"), or everything. ``granted`` are the libraries that the person sees, ``None`` for all.
    """

    library_id: str | None = None
    media_ids: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    granted: tuple[str, ...] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is named."""
        return not (self.library_id or self.media_ids or self.keys)


class StepState(StrEnum):
    """Where one item of a batch stands. ``SKIPPED`` stays as it is, its problem says why."""

    PLANNED = "planned"
    SKIPPED = "skipped"
    MOVING = "moving"
    DONE = "done"
    FAILED = "failed"
    RETURNING = "returning"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Move:
    """A file that goes along with an item; paths are paths in the library. ``media_id`` if it is an item itself."""

    old: str
    new: str
    media_id: str | None = None


@dataclass(frozen=True, slots=True)
class NewStep:
    """What is planned for an item. Without a ``problem`` it is carried out."""

    media_id: str
    title: str
    old_path: str
    new_path: str
    companions: tuple[Move, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class RenameStep:
    """What becomes of an item and the files that are its own. ``position`` counts from 1 in the order of the moves."""

    rename_id: str
    position: int
    media_id: str | None
    title: str
    old_path: str
    new_path: str
    companions: tuple[Move, ...]
    state: StepState
    problem: str | None
    moved_at: int | None


@dataclass(frozen=True, slots=True)
class RenameBatch:
    """A batch. ``count`` items change their names, ``unchanged`` keep theirs, ``problems`` cannot have theirs.

    ``requested_by`` is a person's id, ``None`` for what the program did by itself.
    """

    id: str
    state: RenameState
    title: str
    requested_by: str | None
    unchanged: int
    count: int
    problems: int
    created_at: int
    updated_at: int
