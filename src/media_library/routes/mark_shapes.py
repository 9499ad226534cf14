"""What is sent and sent back to take marks of items back: how it was before they were made."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from media_library.models.playback import PlaybackProgress
from media_library.routes.shapes import MediaId, Seconds, Shape

Moment = Annotated[int, Meta(ge=0, le=10**14)]


class Stand(Shape):
    """Where one was in an item, in seconds; ``updated_at`` in milliseconds."""

    media_id: MediaId
    position: Seconds
    duration: Seconds
    finished: bool
    updated_at: Moment


class MarkUndo(Shape):
    """How it was before: where one was in items, and which one had not begun."""

    before: Annotated[tuple[Stand, ...], Meta(max_length=20_000)]
    fresh: Annotated[tuple[MediaId, ...], Meta(max_length=20_000)]

    def progress(self) -> list[PlaybackProgress]:
        """``before`` as records."""
        return [
            PlaybackProgress(
                one.media_id, round(one.position * 1000), round(one.duration * 1000), one.finished, one.updated_at
            )
            for one in self.before
        ]


def mark_undo(before: Iterable[PlaybackProgress], fresh: tuple[str, ...]) -> MarkUndo:
    """How it was before marks were made, as it is told."""
    stands = (
        Stand(one.media_id, one.position_ms / 1000, one.duration_ms / 1000, one.finished, one.updated_at)
        for one in before
    )
    return MarkUndo(tuple(stands), fresh)
