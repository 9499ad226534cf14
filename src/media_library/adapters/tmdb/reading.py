"""From the answers of TMDb to records: texts shortened and freed of control characters, odd values left out."""

from collections.abc import Sequence

from media_library.adapters.tmdb import bounds, wire
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
)

_MOST_LISTED = 100
_MOST_CAST = 40
_MOST_TITLES = 80
_MOST_EPISODES = 2_000
_MOST_SEASONS = 200
_JOBS = ("Director", "Creator", "Writer", "Screenplay", "Story", "Novel", "Original Music Composer", "Producer")
_MOST_OF_A_JOB = 4


def films(answer: Sequence[wire.Listed]) -> tuple[FoundTitle, ...]:
    """The films of a list."""
    return tuple(_film_of_list(one) for one in answer[:_MOST_LISTED] if bounds.is_id(one.id) and bounds.name(one.title))


def shows(answer: Sequence[wire.ListedShow]) -> tuple[FoundTitle, ...]:
    """The shows of a list."""
    return tuple(_show_of_list(one) for one in answer[:_MOST_LISTED] if bounds.is_id(one.id) and bounds.name(one.name))


def film(answer: wire.Film, country: str) -> FilmFacts:
    """A film; ``country`` is whose certification counts."""
    listed = _film_of_list(answer)
    releases = (answer.release_dates.results if answer.release_dates else None) or []
    credits = answer.credits or wire.Credits()
    others = (answer.alternative_titles.titles if answer.alternative_titles else None) or []
    days = (bounds.day(one.release_date) for here in releases for one in here.release_dates or ())
    return FilmFacts(
        id=answer.id,
        title=listed.title,
        original_title=listed.original_title,
        titles=_titles(listed, others),
        overview=listed.overview,
        tagline=bounds.name(answer.tagline),
        released_on=listed.released_on,
        rating=bounds.rating(answer.vote_average, answer.vote_count),
        votes=listed.votes,
        certification=_certification(releases, country),
        language=listed.language,
        countries=bounds.countries(one.iso_3166_1 for one in answer.production_countries or ()),
        genres=bounds.names(answer.genres),
        tags=bounds.names(answer.keywords.keywords if answer.keywords else None),
        studios=bounds.names(answer.production_companies),
        cast=_cast(credits.cast or ()),
        crew=_crew(credits.crew or ()),
        poster=bounds.picture_path(answer.poster_path),
        backdrop=bounds.picture_path(answer.backdrop_path),
        imdb_id=bounds.imdb_id(answer.imdb_id)
        or bounds.imdb_id(answer.external_ids.imdb_id if answer.external_ids else None),
        runtime_minutes=bounds.minutes(answer.runtime),
        saga_id=answer.belongs_to_collection.id
        if answer.belongs_to_collection and bounds.is_id(answer.belongs_to_collection.id)
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
        tagline=bounds.name(answer.tagline),
        released_on=listed.released_on,
        rating=bounds.rating(answer.vote_average, answer.vote_count),
        votes=listed.votes,
        certification=_first_of({one.iso_3166_1: one.rating for one in ratings if one.iso_3166_1}, country),
        language=listed.language,
        countries=listed.countries,
        genres=bounds.names(answer.genres),
        tags=bounds.names(answer.keywords.results if answer.keywords else None),
        studios=bounds.names(answer.networks),
        cast=_show_cast((answer.aggregate_credits.cast if answer.aggregate_credits else None) or ()),
        crew=tuple(
            CrewMember(one.id, bounds.name(one.name), "Creator", bounds.picture_path(one.profile_path))
            for one in (answer.created_by or ())[:_MOST_OF_A_JOB]
            if bounds.is_id(one.id) and bounds.name(one.name)
        ),
        poster=bounds.picture_path(answer.poster_path),
        backdrop=bounds.picture_path(answer.backdrop_path),
        imdb_id=bounds.imdb_id(ids.imdb_id),
        runtimes=tuple(minutes for one in (answer.episode_run_time or ())[:10] if (minutes := bounds.minutes(one))),
        seasons=tuple(
            SeasonCount(
                one.season_number,
                min(max(0, one.episode_count or 0), _MOST_EPISODES),
                bounds.day(one.air_date),
                bounds.picture_path(one.poster_path),
            )
            for one in sorted(answer.seasons or (), key=lambda season: season.season_number)[:_MOST_SEASONS]
            if 0 <= one.season_number < 10_000
        ),
        tvdb_id=ids.tvdb_id if ids.tvdb_id and bounds.is_id(ids.tvdb_id) else None,
    )


def season(answer: wire.Season) -> SeasonFacts:
    """A season with its episodes."""
    episodes = sorted(answer.episodes[:_MOST_EPISODES], key=lambda one: one.episode_number)
    return SeasonFacts(
        answer.season_number,
        bounds.name(answer.name),
        bounds.text(answer.overview),
        bounds.day(answer.air_date),
        bounds.picture_path(answer.poster_path),
        tuple(
            EpisodeFacts(
                one.id,
                answer.season_number,
                one.episode_number,
                bounds.name(one.name),
                bounds.text(one.overview),
                bounds.day(one.air_date),
                bounds.minutes(one.runtime),
                bounds.picture_path(one.still_path),
            )
            for one in episodes
            if bounds.is_id(one.id) and 0 <= one.episode_number < 100_000
        ),
    )


def saga(answer: wire.Collection) -> SagaFacts:
    """A collection of films, the first shown first; those without a date come last."""
    parts = sorted(films(answer.parts), key=lambda one: (one.released_on or "9999", one.id))
    pictures = bounds.picture_path(answer.poster_path), bounds.picture_path(answer.backdrop_path)
    return SagaFacts(answer.id, bounds.name(answer.name), bounds.text(answer.overview), *pictures, tuple(parts))


def person(answer: wire.Person) -> PersonFacts:
    """Somebody of the cast or crew."""
    dates = bounds.day(answer.birthday), bounds.day(answer.deathday)
    return PersonFacts(
        answer.id,
        bounds.name(answer.name),
        bounds.text(answer.biography),
        *dates,
        bounds.picture_path(answer.profile_path),
    )


def pictures(answer: Sequence[wire.Image] | None) -> tuple[FoundPicture, ...]:
    """The pictures of a kind."""
    return tuple(
        FoundPicture(path, one.iso_639_1, max(0, one.width or 0), max(0, one.height or 0))
        for one in (answer or ())[:_MOST_LISTED]
        if (path := bounds.picture_path(one.file_path)) is not None
    )


def _film_of_list(one: wire.Listed) -> FoundTitle:
    title = bounds.name(one.title)
    return FoundTitle(
        one.id,
        title,
        bounds.name(one.original_title) or title,
        bounds.day(one.release_date),
        bounds.text(one.overview),
        bounds.picture_path(one.poster_path),
        bounds.language(one.original_language),
        bounds.count(one.vote_count),
        max(0.0, one.popularity or 0.0),
    )


def _show_of_list(one: wire.ListedShow) -> FoundTitle:
    title = bounds.name(one.name)
    return FoundTitle(
        one.id,
        title,
        bounds.name(one.original_name) or title,
        bounds.day(one.first_air_date),
        bounds.text(one.overview),
        bounds.picture_path(one.poster_path),
        bounds.language(one.original_language),
        bounds.count(one.vote_count),
        max(0.0, one.popularity or 0.0),
        bounds.countries(one.origin_country or ()),
    )


def _titles(listed: FoundTitle, others: Sequence[wire.OtherTitle]) -> tuple[str, ...]:
    found = dict.fromkeys([listed.title, listed.original_title, *(bounds.name(one.title) for one in others)])
    return tuple(name for name in found if name)[:_MOST_TITLES]


def _cast(cast: Sequence[wire.Cast]) -> tuple[CastMember, ...]:
    ordered = sorted(cast, key=lambda one: one.order if one.order is not None else 10_000)
    return tuple(
        CastMember(one.id, bounds.name(one.name), bounds.name(one.character), bounds.picture_path(one.profile_path))
        for one in ordered
        if bounds.is_id(one.id) and bounds.name(one.name)
    )[:_MOST_CAST]


def _show_cast(cast: Sequence[wire.ShowCast]) -> tuple[CastMember, ...]:
    ordered = sorted(cast, key=lambda one: (-(one.total_episode_count or 0), one.order or 0))
    return tuple(
        CastMember(
            one.id,
            bounds.name(one.name),
            bounds.name(one.roles[0].character) if one.roles else "",
            bounds.picture_path(one.profile_path),
        )
        for one in ordered
        if bounds.is_id(one.id) and bounds.name(one.name)
    )[:_MOST_CAST]


def _crew(crew: Sequence[wire.Crew]) -> tuple[CrewMember, ...]:
    found = []
    for job in _JOBS:
        named = [one for one in crew if one.job == job and bounds.is_id(one.id) and bounds.name(one.name)]
        for one in named[:_MOST_OF_A_JOB]:
            found.append(CrewMember(one.id, bounds.name(one.name), job, bounds.picture_path(one.profile_path)))
    return tuple(dict.fromkeys(found))


def _certification(releases: Sequence[wire.CountryReleases], country: str) -> str | None:
    named: dict[str | None, str | None] = {
        here.iso_3166_1: next((one.certification for one in here.release_dates or () if one.certification), None)
        for here in releases
    }
    return _first_of(named, country)


def _first_of(named: dict[str | None, str | None] | dict[str, str | None], country: str) -> str | None:
    """The mark of a country alone: that of another one would mean something else."""
    mark = bounds.name(dict(named).get(country))[:20]
    return mark or None
