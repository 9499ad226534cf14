"""The table of contents of an audio CD and the ids that name a CD by it."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from media_library.errors import InvalidInput

LEAD_IN_FRAMES: Final = 150
"""Two seconds before the first track; the offsets of a ``Toc`` include them."""

FRAMES_PER_SECOND: Final = 75
SAMPLES_PER_FRAME: Final = 588
_SESSION_GAP_FRAMES: Final = 11_400
_MOST_TRACKS: Final = 99
_LONGEST_FRAMES: Final = 100 * 60 * FRAMES_PER_SECOND


@dataclass(frozen=True, slots=True)
class TocTrack:
    """One entry of a table of contents: number, first frame (lead-in included), whether it holds data."""

    number: int
    start: int
    is_data: bool = False


@dataclass(frozen=True, slots=True)
class Toc:
    """The audio tracks of a CD: number of the first, start of each and of the lead-out in frames (1/75 s)."""

    first: int
    offsets: tuple[int, ...]
    leadout: int

    @classmethod
    def of(cls, tracks: Sequence[TocTrack], leadout: int) -> Self:
        """The audio part of a CD; raises ``InvalidInput`` if the entries are not those of a CD.

        A data track behind the music lies in a second session; the music ends 11 400 frames before it.
        """
        ordered = sorted(tracks, key=lambda track: track.number)
        if ordered and ordered[0].start < LEAD_IN_FRAMES:
            shift = LEAD_IN_FRAMES
            ordered = [TocTrack(track.number, track.start + shift, track.is_data) for track in ordered]
            leadout += shift
        audio = [track for track in ordered if not track.is_data]
        last = audio[-1].number if audio else _MOST_TRACKS
        behind = [track.start for track in ordered if track.is_data and track.number > last]
        toc = cls(
            audio[0].number if audio else 0,
            tuple(track.start for track in audio),
            min(behind) - _SESSION_GAP_FRAMES if behind else leadout,
        )
        toc._check([track.number for track in audio])
        return toc

    @property
    def last(self) -> int:
        """Number of the last audio track."""
        return self.first + len(self.offsets) - 1

    @property
    def lengths(self) -> tuple[int, ...]:
        """Length of each track in frames."""
        ends = (*self.offsets[1:], self.leadout)
        return tuple(end - start for start, end in zip(self.offsets, ends, strict=True))

    @property
    def durations_ms(self) -> tuple[int, ...]:
        """Length of each track in milliseconds."""
        return tuple(round(length * 1000 / FRAMES_PER_SECOND) for length in self.lengths)

    @property
    def musicbrainz_id(self) -> str:
        """The disc id of https://musicbrainz.org/doc/Disc_ID_Calculation: 28 characters."""
        slots = [self.leadout, *(0,) * _MOST_TRACKS]
        slots[self.first : self.first + len(self.offsets)] = self.offsets
        text = f"{self.first:02X}{self.last:02X}" + "".join(f"{offset:08X}" for offset in slots)
        digest = hashlib.sha1(text.encode("ascii"), usedforsecurity=False).digest()
        return base64.b64encode(digest, b"._").decode().replace("=", "-")

    @property
    def musicbrainz_toc(self) -> str:
        """The ``toc`` argument of a MusicBrainz lookup: first, last, lead-out and offsets joined by "+"."""
        return "+".join(str(number) for number in (self.first, self.last, self.leadout, *self.offsets))

    @property
    def freedb_id(self) -> str:
        """The older id: 8 hexadecimal digits of a checksum, the playing time and the number of tracks."""
        digits = sum(int(digit) for offset in self.offsets for digit in str(offset // FRAMES_PER_SECOND))
        seconds = self.leadout // FRAMES_PER_SECOND - self.offsets[0] // FRAMES_PER_SECOND
        return f"{(digits % 255) << 24 | seconds << 8 | len(self.offsets):08x}"

    def _check(self, numbers: Sequence[int]) -> None:
        if not numbers or list(numbers) != list(range(self.first, self.first + len(numbers))):
            raise InvalidInput("The table of contents of the CD lists no audio tracks, or leaves some out.")
        rising = all(length > 0 for length in self.lengths)
        if not (self.first >= 1 and self.last <= _MOST_TRACKS and rising and self.leadout <= _LONGEST_FRAMES):
            raise InvalidInput("The table of contents of the CD contradicts itself.")
