"""Asks guessit about a name that our own patterns are not sure of."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from media_library.models.media import MediaType
from media_library.models.name_reading import NameReading

_MOST_CHARACTERS = 240
_MOST_FOLDERS = 2


@dataclass(frozen=True, slots=True)
class Opinion:
    """What guessit reads; its lists are cut to their first value."""

    is_episode: bool
    title: str
    year: int | None
    season: int | None
    episode: int | None
    episode_end: int | None
    episode_title: str
    air_date: date | None


def opinion(path: PurePosixPath) -> Opinion | None:
    """What guessit reads of the last parts of a path; ``None`` if it reads nothing, or fails on a strange name."""
    from guessit import guessit  # slow to import, and few names need it
    from guessit.api import GuessitException

    text = "/".join(part[-_MOST_CHARACTERS:] for part in path.parts[-_MOST_FOLDERS - 1 :])
    try:
        found = guessit(text)
    except GuessitException:
        return None
    title = found.get("title")
    if not isinstance(title, str) or not title.strip():
        return None
    episodes = _numbers(found.get("episode"))
    seasons = _numbers(found.get("season"))
    years = _numbers(found.get("year"))
    episode_title = found.get("episode_title")
    day = found.get("date")
    return Opinion(
        found.get("type") == "episode",
        title,
        years[0] if years else None,
        seasons[0] if seasons else None,
        episodes[0] if episodes else None,
        episodes[-1] if len(episodes) > 1 else None,
        episode_title if isinstance(episode_title, str) else "",
        day if isinstance(day, date) else None,
    )


def completed(ours: NameReading, other: Opinion) -> NameReading:
    """Our reading with what only guessit saw; what we read ourselves stays."""
    if ours.media_type is MediaType.MOVIE:
        if other.is_episode:
            return ours
        if ours.year is None and other.year is not None:
            return replace(ours, title=other.title, year=other.year)
        return ours
    if ours.media_type is MediaType.EPISODE:
        return replace(
            ours,
            show_title=ours.show_title or other.title,
            season=other.season if ours.season is None and ours.absolute is None else ours.season,
            episode=other.episode
            if ours.episode is None and ours.absolute is None and ours.air_date is None
            else ours.episode,
            year=ours.year,
        )
    return ours


def _numbers(value: object) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return sorted(number for number in values if isinstance(number, int))
