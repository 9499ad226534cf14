"""What a measurement tells, and how it reads in bench/RESULTS.md."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure beside what it should be: below ``limit``, or with ``at_least`` not below it."""

    what: str
    figure: float
    limit: float
    unit: str = ""
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the figure is good enough."""
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    def cells(self) -> tuple[str, str, str, str]:
        """What it is, the figure, the goal, the verdict."""
        sign = "≥" if self.at_least else "≤"
        unit = f" {self.unit}" if self.unit else ""
        return (
            self.what,
            f"{self.figure:.3g}{unit}",
            f"{sign} {self.limit:g}{unit}",
            "met" if self.is_met else "**missed**",
        )


@dataclass(frozen=True, slots=True)
class Report:
    """One measurement: how it was taken, a table of figures, and those figures that have a goal."""

    title: str
    how: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    goals: tuple[Goal, ...] = ()

    def markdown(self) -> str:
        """The section of bench/RESULTS.md."""
        return f"## {self.title}\n\n{self.how}\n\n{table(self.header, self.rows)}\n"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns line up."""
    lines = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    padded = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([padded[0], rule, *padded[1:]])


def median(values: Iterable[float]) -> float:
    """The median."""
    return statistics.median(values)


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest value that at least ``part`` (0 to 1) of all values do not exceed."""
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]


def milliseconds(seconds: float) -> str:
    """A time for a table."""
    return f"{1000 * seconds:.2f} ms"


def seconds(value: float) -> str:
    """A longer time for a table."""
    return f"{value:.2f} s"
