"""What templates are for, the fields that each of them knows, and the built-in ones.

The built-in tree is read alike by Kodi, Jellyfin, Plex, Emby, Navidrome and Audiobookshelf (docs/NAMING.md).
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from media_library.models.media import MediaNames
from media_library.models.preferences import IdStyle
from media_library.models.work import WorkIds
from media_library.services.file_naming.template import Template, Value, read_template


class NamedKind(StrEnum):
    """What has a template of its own."""

    MOVIE = "movie"
    EPISODE = "episode"
    DAILY_EPISODE = "daily_episode"
    TRACK = "track"
    PODCAST = "podcast"
    VIDEO = "video"
    BOOK = "book"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class NameFacts:
    """All that names are made of.

    ``show_year`` is when the show began, ``published_at`` in milliseconds (UTC), ``discs`` of the album, ``number`` the
    place among the videos of a channel on one day. ``resolution`` is such as "1080p".
    """

    names: MediaNames
    ids: WorkIds = field(default_factory=WorkIds)
    show_year: int | None = None
    original_title: str | None = None
    published_at: int | None = None
    discs: int = 1
    number: int = 1
    resolution: str | None = None


BUILT_IN = {
    NamedKind.MOVIE: "{title} ({year}) {id}/{title} ({year}) {id} {edition_tag}",
    NamedKind.EPISODE: (
        "{show} ({year}) {id}/Season {season:02}/{show} ({year}) - S{season:02}E{episode:02}<-E{episode_end:02}>"
        "< - {title}>"
    ),
    NamedKind.DAILY_EPISODE: "{show} ({year}) {id}/Season {air_year}/{show} ({year}) - {date}< - {title}>",
    NamedKind.TRACK: "{artist|Unknown artist}/{album|Unknown album} ({year})/<<{disc}->{track:02} - >{title}",
    NamedKind.PODCAST: "{show|Podcast}/<{date} - >{title}",
    NamedKind.VIDEO: (
        "{channel|Unknown channel}/<Season {year}/><s{year}e{month:02}{day:02}{number:02} - >{title|Untitled}"
    ),
    NamedKind.BOOK: "{author|Unknown author}/{title}/{title}< - {author}>",
    NamedKind.PHOTO: "{year|Undated}/<{date}/>{title}",
}
"""The tree for which nobody wrote a template."""

_DATES = {"date": "2024-05-31", "year": "2024", "month": "05", "day": "31"}
EXAMPLES: dict[NamedKind, dict[str, str]] = {
    NamedKind.MOVIE: {
        "title": "Arrival",
        "original_title": "Arrival",
        "year": "2016",
        "id": "{tmdb-329865}",
        "tmdb": "329865",
        "imdb": "tt2543164",
        "edition": "Final Cut",
        "edition_tag": "{edition-Final Cut}",
        "resolution": "1080p",
    },
    NamedKind.EPISODE: {
        "show": "Severance",
        "year": "2022",
        "season": "01",
        "episode": "02",
        "episode_end": "03",
        "title": "Half Loop",
        "id": "{tmdb-95396}",
        "tmdb": "95396",
        "tvdb": "371980",
        "imdb": "tt11280740",
        "resolution": "1080p",
    },
    NamedKind.DAILY_EPISODE: {
        "show": "The Late Show",
        "year": "2015",
        "date": "2024-05-31",
        "air_year": "2024",
        "month": "05",
        "day": "31",
        "title": "Somebody Calls",
        "id": "{tmdb-63770}",
        "tmdb": "63770",
        "tvdb": "289574",
        "imdb": "tt3697842",
        "resolution": "1080p",
    },
    NamedKind.TRACK: {
        "artist": "The Beatles",
        "track_artist": "The Beatles",
        "album": "Abbey Road",
        "year": "1969",
        "disc": "1",
        "track": "03",
        "title": "Maxwell's Silver Hammer",
    },
    NamedKind.PODCAST: {
        "show": "The History Hour",
        "title": "The First Flight",
        "season": "01",
        "episode": "02",
        **_DATES,
    },
    NamedKind.VIDEO: {"channel": "Sea Channel", "title": "A walk by the sea", "number": "01", **_DATES},
    NamedKind.BOOK: {
        "author": "Mary Shelley",
        "title": "Frankenstein",
        "year": "1818",
        "series": "Classics",
        "series_number": "4",
    },
    NamedKind.PHOTO: {"title": "IMG_0042", **_DATES},
}
"""The fields of each template, with an example of what each is filled with."""

_NEEDED = {
    NamedKind.EPISODE: ("episode", "title"),
    NamedKind.DAILY_EPISODE: ("date", "title"),
    NamedKind.TRACK: ("track", "title"),
}


def read(kind: NamedKind, template: str) -> Template:
    """The template of a kind, the built-in one for an empty text; raises ``BadTemplate``."""
    return read_template(template or BUILT_IN[kind], tuple(EXAMPLES[kind]), needed=_NEEDED.get(kind, ("title",)))


def values_of(kind: NamedKind, facts: NameFacts, style: IdStyle) -> dict[str, Value]:
    """What the fields of a template are filled with."""
    match kind:
        case NamedKind.MOVIE:
            return _film(facts, style)
        case NamedKind.EPISODE | NamedKind.DAILY_EPISODE:
            return _episode(facts, style)
        case NamedKind.TRACK:
            return _track(facts)
        case NamedKind.BOOK:
            return _book(facts)
        case _:
            return _dated(facts)


def _film(facts: NameFacts, style: IdStyle) -> dict[str, Value]:
    edition = facts.names.edition or ""
    tag = f"{{edition-{edition}}}" if style is IdStyle.PLEX else f"- {edition}"
    return {
        "title": Value(_without_year(facts.names.title, facts.names.year)),
        "original_title": Value(facts.original_title or facts.names.title),
        "year": _number(facts.names.year),
        "edition": Value(edition),
        "edition_tag": Value(tag if edition else ""),
        "resolution": Value(facts.resolution or ""),
        **_ids(facts.ids, style),
    }


def _episode(facts: NameFacts, style: IdStyle) -> dict[str, Value]:
    names = facts.names
    show = names.show_title or names.title
    last = names.episode_end
    return {
        "show": Value(_without_year(show, facts.show_year or names.year)),
        "year": _number(facts.show_year or names.year),
        # a number without a season counts from the first episode on, as the files of most anime do
        "season": _number(1 if names.season is None else names.season, digits=2),
        "episode": _number(names.episode, digits=2),
        "episode_end": _number(last if last is not None and last > (names.episode or 0) else None, digits=2),
        "title": Value("" if is_plain_title(names) or names.title == show else names.title),
        "resolution": Value(facts.resolution or ""),
        "air_year": _dates(facts.published_at)["year"],
        **{name: value for name, value in _dates(facts.published_at).items() if name != "year"},
        **_ids(facts.ids, style),
    }


def _track(facts: NameFacts) -> dict[str, Value]:
    names = facts.names
    return {
        "artist": Value(names.album_artist or names.artist or ""),
        "track_artist": Value(names.artist or names.album_artist or ""),
        "album": Value(names.album or ""),
        "year": _number(names.year),
        "disc": _number((names.disc_number or 1) if facts.discs > 1 else None),
        "track": _number(names.track_number, digits=2),
        "title": Value(names.title),
    }


def _book(facts: NameFacts) -> dict[str, Value]:
    names = facts.names
    return {
        "author": Value(names.artist or ""),
        "title": Value(names.title),
        "year": _number(names.year),
        "series": Value(names.show_title or ""),
        "series_number": _number(names.episode),
    }


def _dated(facts: NameFacts) -> dict[str, Value]:
    names = facts.names
    return {
        "show": Value(names.show_title or ""),
        "channel": Value(names.show_title or ""),
        "season": _number(names.season, digits=2),
        "episode": _number(names.episode, digits=2),
        "title": Value(names.title),
        "number": _number(min(facts.number, 99), digits=2),
        **_dates(facts.published_at),
    }


def is_plain_title(names: MediaNames) -> bool:
    """Whether an episode is called by its number alone, which stands in its name anyway."""
    return names.title in ("", f"Episode {names.episode}")


def _ids(ids: WorkIds, style: IdStyle) -> dict[str, Value]:
    known = [("tmdb", ids.tmdb), ("tvdb", ids.tvdb), ("imdb", ids.imdb)]
    service, number = next(((service, number) for service, number in known if number), ("", ""))
    shown = {IdStyle.PLEX: f"{{{service}-{number}}}", IdStyle.JELLYFIN: f"[{service}id-{number}]"}.get(style, "")
    return {
        "id": Value(shown if service else ""),
        **{service: Value("" if number is None else str(number)) for service, number in known},
    }


def _dates(published_at: int | None) -> dict[str, Value]:
    if published_at is None:
        return dict.fromkeys(("date", "year", "month", "day"), Value())
    day = datetime.fromtimestamp(published_at / 1000, UTC)
    return {
        "date": Value(f"{day:%Y-%m-%d}"),
        "year": _number(day.year, digits=4),
        "month": _number(day.month, digits=2),
        "day": _number(day.day, digits=2),
    }


def _without_year(title: str, year: int | None) -> str:
    """A title that tells two works apart by the year, which follows it in the name anyway."""
    return title if year is None else title.removesuffix(f" ({year})") or title


def _number(number: int | None, *, digits: int = 1) -> Value:
    return Value(number=number, digits=digits)
