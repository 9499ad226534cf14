"""The questions that TMDb is asked, with a key of its version 3 or a token of its version 4."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self, TypeVar

import msgspec

from media_library.adapters.http import HttpClient
from media_library.adapters.service_client import ServiceClient, ServiceFailed
from media_library.adapters.tmdb import reading, wire
from media_library.adapters.tmdb.records import (
    FilmFacts,
    FoundTitle,
    PersonFacts,
    SagaFacts,
    SeasonFacts,
    ShowFacts,
    is_picture_path,
)

T = TypeVar("T")

_PER_SECOND = (
    30.0  # "somewhere in the 40 requests per second range": https://developer.themoviedb.org/docs/rate-limiting
)
_DAY = 24 * 3600.0
_SEARCH_SECONDS = 7 * _DAY
_FACTS_SECONDS = 14 * _DAY
_PICTURE_SECONDS = 30 * _DAY
_TOKEN = re.compile(r"[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")
_MOST_QUERY = 200
_EXTERNAL = {"imdb_id": re.compile(r"tt[0-9]{5,12}"), "tvdb_id": re.compile(r"[0-9]{1,10}")}
_FILM_PARTS = "credits,external_ids,release_dates,keywords,alternative_titles"
_SHOW_PARTS = "aggregate_credits,external_ids,content_ratings,keywords,alternative_titles"

PictureSize = Literal["w92", "w154", "w185", "w300", "w342", "w500", "w780", "w1280", "original"]


@dataclass(frozen=True, slots=True)
class Locale:
    """In which language texts are wanted, and whose certifications count."""

    language: str = "en"
    country: str = "US"


class Tmdb:
    """Asks TMDb; safe to use from any thread. Every method raises what ``ServiceClient`` raises."""

    def __init__(
        self,
        service: ServiceClient,
        pictures: ServiceClient,
        *,
        has_key: bool,
        while_waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """``while_waiting`` is called at least twice a second during a question, and raises to break off."""
        self._service = service
        self._pictures = pictures
        self._has_key = has_key
        self._while_waiting = while_waiting

    def watched(self, while_waiting: Callable[[], None]) -> "Tmdb":
        """The same, for a job that may be broken off."""
        return Tmdb(self._service, self._pictures, has_key=self._has_key, while_waiting=while_waiting)

    @classmethod
    def connect(
        cls,
        http: HttpClient,
        cache_folder: Path,
        *,
        url: str,
        images_url: str,
        key: str,
        per_second: float = _PER_SECOND,
    ) -> Self:
        """TMDb at its two addresses; an empty address or key means that it is not asked."""
        key = key.strip()
        is_token = _TOKEN.fullmatch(key) is not None
        service = ServiceClient(
            http,
            cache_folder / "tmdb",
            name="TMDb",
            base_url=url,
            per_second=per_second,
            headers={"Authorization": f"Bearer {key}"} if is_token else None,
            secrets=None if is_token or not key else {"api_key": key},
        )
        pictures = ServiceClient(
            http,
            cache_folder / "tmdb-pictures",
            name="TMDb",
            base_url=images_url,
            per_second=per_second,
            headers={"Accept": "image/*"},
            most_cache_bytes=128 << 20,
        )
        return cls(service, pictures, has_key=bool(key))

    @property
    def why_not(self) -> str | None:
        """Why TMDb is not asked at all, for people; ``None`` if it is."""
        if not self._service.is_configured:
            return "TMDb is not asked, because the configuration has no address for it."
        if not self._has_key:
            return (
                "TMDb is not asked, because there is no key. Get a free one at themoviedb.org and set TMDB_API_KEY in"
                " the environment of the program."
            )
        return None

    def search_films(self, title: str, year: int | None, locale: Locale) -> tuple[FoundTitle, ...]:
        """Films of this name in TMDb's order; ``year`` is that of any showing."""
        params = {"query": _query(title), "include_adult": "false", **_language(locale), "region": locale.country}
        if year is not None:
            params["year"] = str(year)
        return reading.films(self._ask("search/movie", params, wire.Films, _SEARCH_SECONDS).results)

    def search_shows(self, title: str, year: int | None, locale: Locale) -> tuple[FoundTitle, ...]:
        """Shows of this name in TMDb's order; ``year`` is that of the first episode."""
        params = {"query": _query(title), "include_adult": "false", **_language(locale)}
        if year is not None:
            params["first_air_date_year"] = str(year)
        return reading.shows(self._ask("search/tv", params, wire.Shows, _SEARCH_SECONDS).results)

    def find(
        self, external_id: str, source: Literal["imdb_id", "tvdb_id"], locale: Locale
    ) -> tuple[tuple[FoundTitle, ...], tuple[FoundTitle, ...]]:
        """The films and the shows that IMDb or TheTVDB know by this id; none for what is no id of theirs."""
        if not _EXTERNAL[source].fullmatch(external_id):
            return (), ()
        params = {"external_source": source, **_language(locale)}
        answer = self._ask(f"find/{external_id}", params, wire.Found, _FACTS_SECONDS)
        return reading.films(answer.movie_results), reading.shows(answer.tv_results)

    def film(self, film_id: int, locale: Locale) -> FilmFacts:
        """All about a film; an overview that there is not in this language comes in English."""
        params = {"append_to_response": _FILM_PARTS}
        answer = self._ask(f"movie/{film_id:d}", params | _language(locale), wire.Film, _FACTS_SECONDS)
        if not answer.overview and locale.language != "en":
            english = self._ask(f"movie/{film_id:d}", params | {"language": "en"}, wire.Film, _FACTS_SECONDS)
            answer = msgspec.structs.replace(answer, overview=english.overview, tagline=english.tagline)
        return reading.film(answer, locale.country)

    def show(self, show_id: int, locale: Locale) -> ShowFacts:
        """All about a show but its episodes; an overview that there is not in this language comes in English."""
        params = {"append_to_response": _SHOW_PARTS}
        answer = self._ask(f"tv/{show_id:d}", params | _language(locale), wire.Show, _FACTS_SECONDS)
        if not answer.overview and locale.language != "en":
            english = self._ask(f"tv/{show_id:d}", params | {"language": "en"}, wire.Show, _FACTS_SECONDS)
            answer = msgspec.structs.replace(answer, overview=english.overview, tagline=english.tagline)
        return reading.show(answer, locale.country)

    def season(self, show_id: int, season: int, locale: Locale) -> SeasonFacts:
        """A season with its episodes; 0 are the specials."""
        path = f"tv/{show_id:d}/season/{season:d}"
        return reading.season(self._ask(path, _language(locale), wire.Season, 2 * _DAY))

    def saga(self, saga_id: int, locale: Locale) -> SagaFacts:
        """A collection of films."""
        return reading.saga(self._ask(f"collection/{saga_id:d}", _language(locale), wire.Collection, _FACTS_SECONDS))

    def person(self, person_id: int, locale: Locale) -> PersonFacts:
        """Somebody of the cast or crew."""
        return reading.person(self._ask(f"person/{person_id:d}", _language(locale), wire.Person, 2 * _FACTS_SECONDS))

    def picture(self, path: str, size: PictureSize, *, keep: bool = False) -> bytes:
        """The bytes of a picture; ``keep`` it in the cache if it is small and asked for again."""
        if not is_picture_path(path):
            raise ServiceFailed("TMDb has no picture at this address.")
        return self._pictures.picture(
            f"{size}{path}",
            fresh_seconds=_PICTURE_SECONDS if keep else 0.0,
            while_waiting=self._while_waiting,
        )

    def _ask(self, path: str, params: dict[str, str], shape: type[T], fresh_seconds: float) -> T:
        if (reason := self.why_not) is not None:
            raise ServiceFailed(reason)
        return self._service.json(path, params, shape, fresh_seconds=fresh_seconds, while_waiting=self._while_waiting)


def _language(locale: Locale) -> dict[str, str]:
    return {"language": locale.language}


def _query(title: str) -> str:
    return " ".join(title.split())[:_MOST_QUERY]
