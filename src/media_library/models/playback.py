"""Where a person stopped in a media item."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaybackProgress:
    """Position and duration in milliseconds; ``finished`` once 95 % were played."""

    media_id: str
    position_ms: int
    duration_ms: int
    finished: bool
    updated_at: int
