"""That there are cookies of a site."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteCookieFile:
    """Of which site there are cookies. Times are milliseconds; ``used_at`` is ``None`` if they never were."""

    host: str
    added_at: int
    used_at: int | None
