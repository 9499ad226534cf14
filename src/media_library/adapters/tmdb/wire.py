"""The answers of TMDb as it documents them (https://developer.themoviedb.org/reference), every field possibly null."""

import msgspec


class Named(msgspec.Struct):
    """Anything that has a name: a genre, a studio, a tag."""

    name: str | None = None


class Listed(msgspec.Struct):
    """A film of a list."""

    id: int
    title: str | None = None
    original_title: str | None = None
    release_date: str | None = None
    overview: str | None = None
    poster_path: str | None = None
    original_language: str | None = None
    vote_count: int | None = None
    popularity: float | None = None


class ListedShow(msgspec.Struct):
    """A show of a list."""

    id: int
    name: str | None = None
    original_name: str | None = None
    first_air_date: str | None = None
    overview: str | None = None
    poster_path: str | None = None
    original_language: str | None = None
    vote_count: int | None = None
    popularity: float | None = None
    origin_country: list[str] | None = None


class Films(msgspec.Struct):
    """``/search/movie``."""

    results: list[Listed]


class Shows(msgspec.Struct):
    """``/search/tv``."""

    results: list[ListedShow]


class Found(msgspec.Struct):
    """``/find/{external_id}``."""

    movie_results: list[Listed]
    tv_results: list[ListedShow]


class Image(msgspec.Struct):
    """A picture of ``images``."""

    file_path: str | None = None
    iso_639_1: str | None = None
    width: int | None = None
    height: int | None = None


class Images(msgspec.Struct):
    """``images``."""

    posters: list[Image] | None = None
    backdrops: list[Image] | None = None


class Cast(msgspec.Struct):
    """A role."""

    id: int
    name: str | None = None
    character: str | None = None
    profile_path: str | None = None
    order: int | None = None


class Crew(msgspec.Struct):
    """A job."""

    id: int
    name: str | None = None
    job: str | None = None
    profile_path: str | None = None


class Credits(msgspec.Struct):
    """``credits`` of a film."""

    cast: list[Cast] | None = None
    crew: list[Crew] | None = None


class Role(msgspec.Struct):
    """One of the roles of somebody in a show."""

    character: str | None = None


class ShowCast(msgspec.Struct):
    """Somebody in a show, over all episodes."""

    id: int
    name: str | None = None
    roles: list[Role] | None = None
    profile_path: str | None = None
    order: int | None = None
    total_episode_count: int | None = None


class ShowCredits(msgspec.Struct):
    """``aggregate_credits`` of a show."""

    cast: list[ShowCast] | None = None


class Ids(msgspec.Struct):
    """``external_ids``."""

    imdb_id: str | None = None
    tvdb_id: int | None = None


class Release(msgspec.Struct):
    """A showing of a film in a country."""

    certification: str | None = None
    release_date: str | None = None


class CountryReleases(msgspec.Struct):
    """The showings in a country."""

    iso_3166_1: str | None = None
    release_dates: list[Release] | None = None


class Releases(msgspec.Struct):
    """``release_dates``."""

    results: list[CountryReleases] | None = None


class Rating(msgspec.Struct):
    """For whom a show is, in a country."""

    iso_3166_1: str | None = None
    rating: str | None = None


class Ratings(msgspec.Struct):
    """``content_ratings``."""

    results: list[Rating] | None = None


class Keywords(msgspec.Struct):
    """``keywords``: films call them keywords, shows results."""

    keywords: list[Named] | None = None
    results: list[Named] | None = None


class OtherTitle(msgspec.Struct):
    """A title in a country."""

    title: str | None = None


class OtherTitles(msgspec.Struct):
    """``alternative_titles``: films call them titles, shows results."""

    titles: list[OtherTitle] | None = None
    results: list[OtherTitle] | None = None


class Country(msgspec.Struct):
    """A country of production."""

    iso_3166_1: str | None = None


class Saga(msgspec.Struct):
    """``belongs_to_collection``."""

    id: int


class Film(Listed):
    """``/movie/{id}`` with what is appended."""

    tagline: str | None = None
    runtime: int | None = None
    imdb_id: str | None = None
    backdrop_path: str | None = None
    vote_average: float | None = None
    genres: list[Named] | None = None
    production_companies: list[Named] | None = None
    production_countries: list[Country] | None = None
    belongs_to_collection: Saga | None = None
    credits: Credits | None = None
    external_ids: Ids | None = None
    release_dates: Releases | None = None
    keywords: Keywords | None = None
    alternative_titles: OtherTitles | None = None
    images: Images | None = None


class ListedSeason(msgspec.Struct):
    """A season of a show."""

    season_number: int
    episode_count: int | None = None
    air_date: str | None = None
    poster_path: str | None = None


class Creator(msgspec.Struct):
    """Who created a show."""

    id: int
    name: str | None = None
    profile_path: str | None = None


class Show(ListedShow):
    """``/tv/{id}`` with what is appended."""

    tagline: str | None = None
    episode_run_time: list[int] | None = None
    backdrop_path: str | None = None
    vote_average: float | None = None
    genres: list[Named] | None = None
    networks: list[Named] | None = None
    created_by: list[Creator] | None = None
    seasons: list[ListedSeason] | None = None
    aggregate_credits: ShowCredits | None = None
    external_ids: Ids | None = None
    content_ratings: Ratings | None = None
    keywords: Keywords | None = None
    alternative_titles: OtherTitles | None = None
    images: Images | None = None


class Episode(msgspec.Struct):
    """An episode of a season."""

    id: int
    season_number: int
    episode_number: int
    name: str | None = None
    overview: str | None = None
    air_date: str | None = None
    runtime: int | None = None
    still_path: str | None = None


class Season(msgspec.Struct):
    """``/tv/{id}/season/{number}``."""

    season_number: int
    episodes: list[Episode]
    name: str | None = None
    overview: str | None = None
    air_date: str | None = None
    poster_path: str | None = None


class Collection(msgspec.Struct):
    """``/collection/{id}``."""

    id: int
    parts: list[Listed]
    name: str | None = None
    overview: str | None = None
    poster_path: str | None = None
    backdrop_path: str | None = None


class Person(msgspec.Struct):
    """``/person/{id}``."""

    id: int
    name: str | None = None
    biography: str | None = None
    birthday: str | None = None
    deathday: str | None = None
    profile_path: str | None = None
