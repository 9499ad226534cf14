"""Versions of films and videos that are made to be taken along on a device."""

from dataclasses import dataclass
from enum import StrEnum


class PreparedQuality(StrEnum):
    """How high the picture of such a version is at most."""

    HD = "720p"
    SD = "480p"

    @property
    def height(self) -> int:
        """In pixels."""
        return int(self.removesuffix("p"))


class PreparedState(StrEnum):
    """Where the making stands."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A version made of an item's main file, or to be made. ``file_tag`` tells what it is made from.

    ``reason`` says why it failed, ``percent`` how far it is; times are milliseconds.
    """

    media_id: str
    quality: PreparedQuality
    file_tag: str
    state: PreparedState
    reason: str | None
    percent: float
    size_bytes: int
    asked_at: int
    used_at: int
