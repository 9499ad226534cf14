"""Where a long list can be entered: its letters or months, and its pages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the alphabet, "#" for what begins with none, or a month: how many come before it, the cursor to it.

    A month is "2026-08", UTC, and "" for what has no day.
    """

    letter: str
    index: int
    cursor: str


@dataclass(frozen=True, slots=True)
class ListIndex:
    """How long a list is, the cursors of its pages after the first, its letters by title or its months by day."""

    count: int
    marks: tuple[str, ...]
    letters: tuple[Letter, ...]
