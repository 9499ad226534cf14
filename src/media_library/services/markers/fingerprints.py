"""Finds the longest stretch of sound that two recordings share, in their Chromaprint fingerprints.

The method: numbers that both contain vote for how far one recording is shifted against the other, as in Chromaprint's
own matcher (github.com/acoustid/chromaprint, src/fingerprint_matcher.cpp), and along the best shifts runs of small bit
errors are looked for, as the Intro Skipper plugin for Jellyfin does with episodes (github.com/intro-skipper).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

SECONDS_PER_NUMBER = 1365 / 11025
"""A number stands for 1,365 samples at 11,025 Hz (4,096 samples a frame, of which a third is new)."""

_LATE_START, _LATE_END = 0.85, 1.1
"""A number is made of 2.3 s of sound. The first that is alike still holds something of what was before, the last
something of what comes behind: so much later, in seconds, than their beginnings the shared sound begins and ends
(measured on tunes whose places are known)."""

_MOST_BITS = 6
_LONGEST_GAP = 24
"""Numbers, so three seconds: a noise, or a word over the tune."""

_NEAR = 4
_MOST_SHIFTS = 16
_COMMON = 40
"""A number that a fingerprint has more often is silence or a tone, and says nothing of where it is."""

_FEWEST_DIFFERENT = 0.3
_ALL = 0.9
"""Who shares more than this is a copy of the other."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The same sound in two recordings; seconds from the start of each."""

    start: float
    end: float
    other_start: float
    other_end: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start

    def turned(self) -> "Stretch":
        """The same, seen from the other recording."""
        return Stretch(self.other_start, self.other_end, self.start, self.end)


def shared_stretch(one: Sequence[int], other: Sequence[int], *, shortest: float, longest: float) -> Stretch | None:
    """The longest stretch of ``shortest`` to ``longest`` seconds that sounds the same; ``None`` if there is none."""
    best: Stretch | None = None
    for shift in _likely_shifts(one, other):
        for start, end in _runs(one, other, shift):
            stretch = _stretch(start, end, shift)
            is_copy = end - start > _ALL * min(len(one), len(other))
            is_best = best is None or stretch.seconds > best.seconds
            if is_best and not is_copy and shortest <= stretch.seconds <= longest and _says_something(one[start:end]):
                best = stretch
    return best


def _likely_shifts(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """By how many numbers ``other`` may be behind ``one``, the likeliest first: halves of numbers vote."""
    votes: Counter[int] = Counter()
    for half in (0, 16):
        places: dict[int, list[int]] = {}
        for place, number in enumerate(other):
            places.setdefault(number >> half & 0xFFFF, []).append(place)
        for place, number in enumerate(one):
            found = places.get(number >> half & 0xFFFF, ())
            if len(found) <= _COMMON:
                votes.update([place - there for there in found])
    return [shift for shift, _ in votes.most_common(_MOST_SHIFTS)]


def _runs(one: Sequence[int], other: Sequence[int], shift: int) -> list[tuple[int, int]]:
    """Where the numbers differ in few bits, in places of ``one``: [start, end), short gaps bridged."""
    first = max(0, shift)
    alike = [
        (mine ^ theirs).bit_count() <= _MOST_BITS
        for mine, theirs in zip(one[first:], other[first - shift :], strict=False)
    ]
    runs: list[tuple[int, int]] = []
    for place, is_alike in enumerate(alike):
        # a number that is alike by chance has no company
        if not is_alike or sum(alike[max(0, place - _NEAR) : place + _NEAR + 1]) <= _NEAR:
            continue
        if runs and place - runs[-1][1] <= _LONGEST_GAP:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return [(first + start, first + end) for start, end in runs]


def _stretch(start: int, end: int, shift: int) -> Stretch:
    begin, over = start * SECONDS_PER_NUMBER + _LATE_START, end * SECONDS_PER_NUMBER + _LATE_END
    # what begins with the recording has nothing before it
    begin = 0.0 if start == 0 else begin
    behind = shift * SECONDS_PER_NUMBER
    return Stretch(begin, over, begin - behind, over - behind)


def _says_something(numbers: Sequence[int]) -> bool:
    """Silence and tones are the same number again and again; every film has them."""
    return len(set(numbers)) >= _FEWEST_DIFFERENT * len(numbers)
