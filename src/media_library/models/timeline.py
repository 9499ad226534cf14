"""What players show along the time of a film: its previews, and where openings, credits and the like are."""

from dataclasses import dataclass
from enum import StrEnum

from media_library.models.media import MediaFile


class MarkerKind(StrEnum):
    """What a part is: title sequence, end titles, what happened so far, what comes next time, an advertisement."""

    INTRO = "intro"
    CREDITS = "credits"
    RECAP = "recap"
    PREVIEW = "preview"
    SPONSOR = "sponsor"


class MarkerSource(StrEnum):
    """Who said so: a chapter's name, SponsorBlock, the sound that episodes share, a person."""

    CHAPTER = "chapter"
    SPONSORBLOCK = "sponsorblock"
    SOUND = "sound"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Marker:
    """A part of a film that a viewer may want to skip; times are milliseconds from the start."""

    kind: MarkerKind
    start_ms: int
    end_ms: int
    source: MarkerSource


class TrickplayState(StrEnum):
    """Whether there are previews of a file, or why there are none is known."""

    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TrickplayGrid:
    """How previews lie on their sheets.

    A picture every ``interval_ms``, the first at 0, ``width`` × ``height`` pixels each, ``columns`` × ``rows`` on a
    sheet, left to right and top to bottom, ``count`` in all.
    """

    interval_ms: int
    width: int
    height: int
    columns: int
    rows: int
    count: int

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return -(-self.count // max(1, self.columns * self.rows))


@dataclass(frozen=True, slots=True)
class Trickplay:
    """The previews of a media item, or the ``reason`` why there are none; ``file_tag`` is that of the file they show.

    ``size_bytes`` is that of all sheets.
    """

    media_id: str
    file_tag: str
    state: TrickplayState
    reason: str | None
    grid: TrickplayGrid | None
    size_bytes: int


@dataclass(frozen=True, slots=True)
class SoundPrint:
    """How an episode sounds at its beginning and from ``ending_start_ms`` on; empty where nothing could be heard.

    The numbers are Chromaprint's, 32 bits each, one for every 0.124 s.
    """

    media_id: str
    file_tag: str
    opening: tuple[int, ...]
    ending: tuple[int, ...]
    ending_start_ms: int


def file_tag(file: MediaFile) -> str:
    """What changes whenever a file may have changed; ``sight_repo`` builds the same from its columns."""
    return f"{file.mtime_ns:x}-{file.size_bytes:x}"
