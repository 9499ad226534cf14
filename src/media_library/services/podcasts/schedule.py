"""When a feed is asked again: at the house's interval, more and more seldom while it fails, spread so that not all
feeds are asked at once."""

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
_DEAD_AFTER_MS = 14 * DAY_MS
_DEAD_AFTER_FAILURES = 10
_LONGEST_MS = DAY_MS
_LONGEST_ASKED_MS = 7 * DAY_MS
_SPREAD = 0.1


def next_check(now: int, interval_hours: float, chance: float, *, is_complete: bool = False) -> int:
    """When a feed that answered is asked again, in milliseconds.

    ``chance`` from 0 to 1 moves it by up to a tenth to either side. A show that is complete is asked once a day.
    """
    interval = max(interval_hours * HOUR_MS, DAY_MS if is_complete else 0)
    return now + round(interval * (1 + _SPREAD * (2 * chance - 1)))


def next_try(
    now: int, interval_hours: float, failures: int, chance: float, *, retry_after_seconds: float | None = None
) -> int:
    """When a feed that failed for the ``failures``-th time in a row is asked again.

    The pause doubles up to a day, or the house's interval if that is longer; what the server asked for counts, up to a
    week.
    """
    interval = interval_hours * HOUR_MS
    pause = max(interval, min(interval * float(1 << min(failures, 30)), _LONGEST_MS))
    asked = min((retry_after_seconds or 0) * 1000, _LONGEST_ASKED_MS)
    return now + round(max(pause * (1 + _SPREAD * (2 * chance - 1)), asked))


def is_dead(now: int, failures: int, failing_since: int, *, is_gone: bool) -> bool:
    """Whether people should be told that a feed is dead: it says so itself, or has failed for two weeks."""
    return is_gone or (failures >= _DEAD_AFTER_FAILURES and now - failing_since >= _DEAD_AFTER_MS)
