"""How long the room of a volume will do, by how it went so far: a line that a few odd days do not bend.

The slope is the median of the slopes between all pairs of days (Theil and Sen); the middle half of them says how sure
it is. See https://en.wikipedia.org/wiki/Theil%E2%80%93Sen_estimator
"""

import statistics
from collections.abc import Sequence
from datetime import date

from media_library.models.storage import Forecast, Outlook, RoomSample

FORECAST_DAYS = 90
"""How far back is looked: a library is not filled as it was years ago."""

_FEWEST_DAYS = 7
_FAR_DAYS = 3 * 365


def forecast(samples: Sequence[RoomSample], free_bytes: int) -> Forecast:
    """What is to be expected after these samples, the oldest first, of a volume that has ``free_bytes`` now.

    Too few days say nothing; what would last for more than three years counts as steady.
    """
    points = [(date.fromisoformat(one.day).toordinal(), one.free_bytes) for one in samples]
    days_seen = points[-1][0] - points[0][0] + 1 if points else 0
    if days_seen < _FEWEST_DAYS or len(points) < _FEWEST_DAYS:
        return Forecast(Outlook.UNKNOWN, days_seen)
    slopes = [
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for index, earlier in enumerate(points)
        for later in points[index + 1 :]
    ]
    fast, likely, slow = statistics.quantiles(slopes, n=4)
    if likely >= 0 or free_bytes / -likely > _FAR_DAYS:
        return Forecast(Outlook.STEADY, days_seen)
    latest = None if slow >= 0 or free_bytes / -slow > _FAR_DAYS else _days(free_bytes, slow)
    return Forecast(
        Outlook.FILLING, days_seen, round(-likely), _days(free_bytes, likely), _days(free_bytes, fast), latest
    )


def _days(free_bytes: int, slope: float) -> int:
    return round(free_bytes / -slope)
