"""What items are called by the names of their files: at once when they are found, and with more care later."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import PurePosixPath

from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.name_reading import NameReading

_NO_TITLE = "Untitled"
_MOST_CHARACTERS = 300
_EARLIEST = date(1800, 1, 1)


def names_of(reading: NameReading, path: PurePosixPath) -> MediaNames:
    """The names of an item by what was read of its path. It always has a title, and an episode a show."""
    show = reading.show_title
    title = reading.title
    season, episode = reading.season, reading.episode
    if reading.media_type is MediaType.EPISODE:
        show = show or (path.parent.name if path.parent.name else path.stem)
        if episode is None and reading.absolute is not None:
            season, episode = season or 1, reading.absolute
        if season is None and reading.air_date is not None:
            season = reading.air_date.year
        title = title or _of_episode(episode, reading.air_date)
    return MediaNames(
        _line(title) or _line(path.stem) or _NO_TITLE,
        reading.year,
        _line(show) or None,
        season,
        episode,
        _line(reading.artist) or None,
        _line(reading.album) or None,
        None,
        reading.disc_number,
        reading.track_number,
        episode_end=reading.episode_end,
        edition=_line(reading.edition) or None,
    )


def published_at(reading: NameReading) -> int | None:
    """The day that a name tells, in milliseconds."""
    day = reading.air_date
    if day is None or day < _EARLIEST:
        return None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def renamed(media: Media, names: MediaNames) -> MediaNames:
    """New names for an item; what a person gave it stays."""
    kept = {one.name: getattr(media.names, one.name) for one in fields(MediaNames) if one.name in media.locked}
    return replace(names, **kept)


def _of_episode(episode: int | None, day: date | None) -> str:
    if episode is not None:
        return f"Episode {episode}"
    return day.isoformat() if day is not None else ""


def _line(text: str | None) -> str:
    """A name without what cannot be shown, at a length that can."""
    if not text:
        return ""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())[:_MOST_CHARACTERS].strip()
