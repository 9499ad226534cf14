"""How far an outside program is."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar


@dataclass(frozen=True, slots=True)
class ToolProgress:
    """``fraction`` is 0 to 1 of all that the program has to do; ``speed`` is its own word for it ("31 fps")."""

    fraction: float
    eta_seconds: int | None = None
    speed: str | None = None


T = TypeVar("T")

ToolRun: TypeAlias = Generator[ToolProgress | None, None, T]
"""A program at work: yields its progress, and ``None`` at least every half second, and returns its result.

Closing it ends the program.
"""


def result_of(run: ToolRun[T]) -> T:
    """Let a program run to its end and return its result."""
    while True:
        try:
            next(run)
        except StopIteration as end:
            result: T = end.value
            return result
