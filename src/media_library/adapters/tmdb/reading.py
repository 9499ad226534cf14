"""From the answers of TMDb to records: texts shortened and freed of control characters, odd values left out."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from media_library.adapters.tmdb import wire
from media_library.adapters.tmdb.records import (
    CastMember,
    CrewMember,
    EpisodeFacts,
    FilmFacts,
    FoundPicture,
    FoundTitle,
    PersonFacts,
    SagaFacts,
    SeasonCount,
    SeasonFacts,
    ShowFacts,
    is_picture_path,
)

_MOST_NAME = 300
_MOST_TEXT = 10_000
_MOST_ID = 2**40
_MOST_LISTED = 100
_MOST_CAST = 40
_MOST_TAGS = 30
_MOST_TITLES = 80
_MOST_EPISODES = 2_000
_MOST_SEASONS = 200
_MOST_MINUTES = 6_000
_IMDB = re.compile(r"tt[0-9]{5,12}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_JOBS = ("Director", "Creator", "Writer", "Screenplay", "Story", "Novel", "Original Music Composer", "Producer")
_MOST_OF_A_JOB = 4


def films(answer: Sequence[wire.Listed]) -> tuple[FoundTitle, ...]:
    """The films of a list."""
    return tuple(_film_of_list(one) for one in answer[:_MOST_LISTED] if _is_id(one.id) and _name(one.title))


def shows(answer: Sequence[wire.ListedShow]) -> tuple[FoundTitle, ...]:
    """The shows of a list."""
    return tuple(_show_of_list(one) for one in answer[:_MOST_LISTED] if _is_id(one.id) and _name(one.name))


def film(answer: wire.Film, country: str) -> FilmFacts:
    """A film; ``country`` is whose certification counts."""
    listed = _film_of_list(answer)
    releases = (answer.release_dates.results if answer.release_dates else None) or []
    credits = answer.credits or wire.Credits()
    others = (answer.alternative_titles.titles if answer.alternative_titles else None) or []
    days = (_day(one.release_date) for here in releases for one in here.release_dates or ())
    return FilmFacts(
        id=answer.id,
        title=listed.title,
        original_title=listed.original_title,
        titles=_titles(listed, others),
        overview=listed.overview,
        tagline=_name(answer.tagline),
        released_on=listed.released_on,
        rating=_rating(answer.vote_average, answer.vote_count),
        votes=listed.votes,
        certification=_certification(releases, country),
        language=listed.language,
        countries=_countries(one.iso_3166_1 for one in answer.production_countries or ()),
        genres=_names(answer.genres),
        tags=_names(answer.keywords.keywords if answer.keywords else None),
        studios=_names(answer.production_companies),
        cast=_cast(credits.cast or ()),
        crew=_crew(credits.crew or ()),
        poster=_picture(answer.poster_path),
        backdrop=_picture(answer.backdrop_path),
        imdb_id=_imdb(answer.imdb_id) or _imdb(answer.external_ids.imdb_id if answer.external_ids else None),
        runtime_minutes=_minutes(answer.runtime),
        saga_id=answer.belongs_to_collection.id
        if answer.belongs_to_collection and _is_id(answer.belongs_to_collection.id)
        else None,
        years=tuple(sorted({int(day[:4]) for day in days if day is not None}))[:20],
    )


def show(answer: wire.Show, country: str) -> ShowFacts:
    """A show; ``country`` is whose certification counts."""
    listed = _show_of_list(answer)
    others = (answer.alternative_titles.results if answer.alternative_titles else None) or []
    ratings = (answer.content_ratings.results if answer.content_ratings else None) or []
    ids = answer.external_ids or wire.Ids()
    return ShowFacts(
        id=answer.id,
        title=listed.title,
        original_title=listed.original_title,
        titles=_titles(listed, others),
        overview=listed.overview,
        tagline=_name(answer.tagline),
        released_on=listed.released_on,
        rating=_rating(answer.vote_average, answer.vote_count),
        votes=listed.votes,
        certification=_first_of({one.iso_3166_1: one.rating for one in ratings if one.iso_3166_1}, country),
        language=listed.language,
        countries=listed.countries,
        genres=_names(answer.genres),
        tags=_names(answer.keywords.results if answer.keywords else None),
        studios=_names(answer.networks),
        cast=_show_cast((answer.aggregate_credits.cast if answer.aggregate_credits else None) or ()),
        crew=tuple(
            CrewMember(one.id, _name(one.name), "Creator", _picture(one.profile_path))
            for one in (answer.created_by or ())[:_MOST_OF_A_JOB]
            if _is_id(one.id) and _name(one.name)
        ),
        poster=_picture(answer.poster_path),
        backdrop=_picture(answer.backdrop_path),
        imdb_id=_imdb(ids.imdb_id),
        runtimes=tuple(minutes for one in (answer.episode_run_time or ())[:10] if (minutes := _minutes(one))),
        seasons=tuple(
            SeasonCount(
                one.season_number,
                min(max(0, one.episode_count or 0), _MOST_EPISODES),
                _day(one.air_date),
                _picture(one.poster_path),
            )
            for one in sorted(answer.seasons or (), key=lambda season: season.season_number)[:_MOST_SEASONS]
            if 0 <= one.season_number < 10_000
        ),
        tvdb_id=ids.tvdb_id if ids.tvdb_id and _is_id(ids.tvdb_id) else None,
    )


def season(answer: wire.Season) -> SeasonFacts:
    """A season with its episodes."""
    episodes = sorted(answer.episodes[:_MOST_EPISODES], key=lambda one: one.episode_number)
    return SeasonFacts(
        answer.season_number,
        _name(answer.name),
        _picture(answer.poster_path),
        tuple(
            EpisodeFacts(
                one.id,
                answer.season_number,
                one.episode_number,
                _name(one.name),
                _text(one.overview),
                _day(one.air_date),
                _minutes(one.runtime),
                _picture(one.still_path),
            )
            for one in episodes
            if _is_id(one.id) and 0 <= one.episode_number < 100_000
        ),
    )


def saga(answer: wire.Collection) -> SagaFacts:
    """A collection of films, the first shown first; those without a date come last."""
    parts = sorted(films(answer.parts), key=lambda one: (one.released_on or "9999", one.id))
    pictures = _picture(answer.poster_path), _picture(answer.backdrop_path)
    return SagaFacts(answer.id, _name(answer.name), _text(answer.overview), *pictures, tuple(parts))


def person(answer: wire.Person) -> PersonFacts:
    """Somebody of the cast or crew."""
    dates = _day(answer.birthday), _day(answer.deathday)
    return PersonFacts(answer.id, _name(answer.name), _text(answer.biography), *dates, _picture(answer.profile_path))


def pictures(answer: Sequence[wire.Image] | None) -> tuple[FoundPicture, ...]:
    """The pictures of a kind."""
    return tuple(
        FoundPicture(path, one.iso_639_1, max(0, one.width or 0), max(0, one.height or 0))
        for one in (answer or ())[:_MOST_LISTED]
        if (path := _picture(one.file_path)) is not None
    )


def _film_of_list(one: wire.Listed) -> FoundTitle:
    title = _name(one.title)
    return FoundTitle(
        one.id,
        title,
        _name(one.original_title) or title,
        _day(one.release_date),
        _text(one.overview),
        _picture(one.poster_path),
        _language(one.original_language),
        _count(one.vote_count),
        max(0.0, one.popularity or 0.0),
    )


def _show_of_list(one: wire.ListedShow) -> FoundTitle:
    title = _name(one.name)
    return FoundTitle(
        one.id,
        title,
        _name(one.original_name) or title,
        _day(one.first_air_date),
        _text(one.overview),
        _picture(one.poster_path),
        _language(one.original_language),
        _count(one.vote_count),
        max(0.0, one.popularity or 0.0),
        _countries(one.origin_country or ()),
    )


def _titles(listed: FoundTitle, others: Sequence[wire.OtherTitle]) -> tuple[str, ...]:
    found = dict.fromkeys([listed.title, listed.original_title, *(_name(one.title) for one in others)])
    return tuple(name for name in found if name)[:_MOST_TITLES]


def _cast(cast: Sequence[wire.Cast]) -> tuple[CastMember, ...]:
    ordered = sorted(cast, key=lambda one: one.order if one.order is not None else 10_000)
    return tuple(
        CastMember(one.id, _name(one.name), _name(one.character), _picture(one.profile_path))
        for one in ordered
        if _is_id(one.id) and _name(one.name)
    )[:_MOST_CAST]


def _show_cast(cast: Sequence[wire.ShowCast]) -> tuple[CastMember, ...]:
    ordered = sorted(cast, key=lambda one: (-(one.total_episode_count or 0), one.order or 0))
    return tuple(
        CastMember(
            one.id,
            _name(one.name),
            _name(one.roles[0].character) if one.roles else "",
            _picture(one.profile_path),
        )
        for one in ordered
        if _is_id(one.id) and _name(one.name)
    )[:_MOST_CAST]


def _crew(crew: Sequence[wire.Crew]) -> tuple[CrewMember, ...]:
    found = []
    for job in _JOBS:
        named = [one for one in crew if one.job == job and _is_id(one.id) and _name(one.name)]
        for one in named[:_MOST_OF_A_JOB]:
            found.append(CrewMember(one.id, _name(one.name), job, _picture(one.profile_path)))
    return tuple(dict.fromkeys(found))


def _certification(releases: Sequence[wire.CountryReleases], country: str) -> str | None:
    named: dict[str | None, str | None] = {
        here.iso_3166_1: next((one.certification for one in here.release_dates or () if one.certification), None)
        for here in releases
    }
    return _first_of(named, country)


def _first_of(named: dict[str | None, str | None] | dict[str, str | None], country: str) -> str | None:
    """The mark of a country alone: that of another one would mean something else."""
    mark = _name(dict(named).get(country))[:20]
    return mark or None


def _names(named: Iterable[wire.Named] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in named or () if (name := _name(one.name)[:80])))[:_MOST_TAGS]


def _countries(codes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code and _COUNTRY.fullmatch(code)))[:10]


def _rating(average: float | None, votes: int | None) -> float | None:
    return round(average, 1) if average is not None and votes and 0 < average <= 10 else None


def _count(number: int | None) -> int:
    return min(max(0, number or 0), _MOST_ID)


def _minutes(number: int | None) -> int | None:
    return number if number is not None and 0 < number <= _MOST_MINUTES else None


def _is_id(number: int) -> bool:
    return 0 < number < _MOST_ID


def _imdb(text: str | None) -> str | None:
    return text if text and _IMDB.fullmatch(text) else None


def _language(text: str | None) -> str:
    return text if text and _LANGUAGE.fullmatch(text) else ""


def _picture(path: str | None) -> str | None:
    return path if path and is_picture_path(path) else None


def _day(text: str | None) -> str | None:
    """The day of a date or a moment, if it is one."""
    try:
        return date.fromisoformat((text or "")[:10]).isoformat()
    except ValueError:
        return None


def _name(text: str | None) -> str:
    """A title or name on one line."""
    return " ".join("".join(char if char.isprintable() else " " for char in (text or "")[:2000]).split())[:_MOST_NAME]


def _text(text: str | None) -> str:
    """A text of several lines."""
    kept = "".join(char for char in (text or "")[: 2 * _MOST_TEXT] if char.isprintable() or char == "\n")
    return kept.strip()[:_MOST_TEXT]
