"""Compares the episodes of a season by their sound: what they share at the beginning and at the end."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from statistics import median

from media_library.models.timeline import Marker, MarkerKind, MarkerSource, SoundPrint
from media_library.services.markers.fingerprints import Stretch, shared_stretch

OPENING_SECONDS = (15.0, 120.0)
CREDITS_SECONDS = (15.0, 300.0)
_NEIGHBOURS = 5
"""An episode is compared with so many that follow it: openings change within a season, but not from week to week."""

_NEAR_SECONDS = 4.0
_MANY = 5
_SNAP_MS = 1_500
_REST_MS = 12_000
"""Less than this behind the credits is the logo of a studio, and belongs to them."""


def compare_season(
    prints: Sequence[SoundPrint], durations_ms: Mapping[str, int], check: Callable[[], None]
) -> dict[str, tuple[Marker, ...]]:
    """The markers of each episode, by its id; ``check`` is called now and then and may raise.

    Of five episodes and more, two others must agree where the opening of one is.
    """
    openings = _common([(one.media_id, one.opening) for one in prints], OPENING_SECONDS, check)
    endings = _common([(one.media_id, one.ending) for one in prints], CREDITS_SECONDS, check)
    found = {}
    for one in prints:
        duration_ms = durations_ms[one.media_id]
        markers = []
        if one.media_id in openings:
            start, end = (round(seconds * 1000) for seconds in openings[one.media_id])
            # what begins within a moment of the first picture begins with it
            markers.append(Marker(MarkerKind.INTRO, 0 if start < _SNAP_MS else start, end, MarkerSource.SOUND))
        if one.media_id in endings:
            start, end = (one.ending_start_ms + round(seconds * 1000) for seconds in endings[one.media_id])
            end = duration_ms if duration_ms - end < _REST_MS else end
            markers.append(Marker(MarkerKind.CREDITS, start, end, MarkerSource.SOUND))
        found[one.media_id] = tuple(markers)
    return found


def _common(
    sounds: Sequence[tuple[str, tuple[int, ...]]], limits: tuple[float, float], check: Callable[[], None]
) -> dict[str, tuple[float, float]]:
    """Where each recording has what it shares with others, in seconds."""
    heard = [one for one in sounds if one[1]]
    shared: dict[str, list[Stretch]] = defaultdict(list)
    for (place, (one, mine)), (other_place, (other, theirs)) in combinations(enumerate(heard), 2):
        if other_place - place > _NEIGHBOURS:
            continue
        check()
        stretch = shared_stretch(mine, theirs, shortest=limits[0], longest=limits[1])
        if stretch is not None:
            shared[one].append(stretch)
            shared[other].append(stretch.turned())
    needed = 2 if len(heard) >= _MANY else 1
    agreed = {media_id: _agreed(stretches) for media_id, stretches in shared.items()}
    return {
        media_id: (median(one.start for one in stretches), median(one.end for one in stretches))
        for media_id, stretches in agreed.items()
        if len(stretches) >= needed
    }


def _agreed(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The largest group that lies at the same place; of two as large, the longer."""
    groups = [
        [other for other in stretches if abs(other.start - one.start) + abs(other.end - one.end) <= _NEAR_SECONDS]
        for one in stretches
    ]
    return max(groups, key=lambda group: (len(group), max(one.seconds for one in group)))
