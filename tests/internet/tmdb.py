"""A loopback stand-in for TMDb and its pictures: answers in the documented shapes, from a catalogue that tests fill.

``with tmdb_service() as tmdb:`` gives a ``TmdbService``; ``tmdb.add(Film(…))`` and ``tmdb.add(Show(…))`` fill it,
``tmdb.faults[path]`` replaces the answer at a path, ``tmdb.asked`` tells what was asked, ``tmdb.draw`` makes a picture
of its name.
"""

import io
import json
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from PIL import Image

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiIwMTIzNDU2Nzg5In0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"

_PAGE = 20

Fault = tuple[int, Mapping[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part: ``job`` is "cast" or TMDb's word for a job."""

    person: int
    name: str
    job: str = "cast"
    character: str = ""
    portrait: str | None = None


@dataclass(frozen=True, slots=True)
class Film:
    """A film of the catalogue; ``other_titles`` are alternative and translated ones."""

    id: int
    title: str
    released: str = ""
    runtime: int = 100
    original_title: str = ""
    other_titles: tuple[str, ...] = ()
    votes: int = 100
    overview: str = "What happens."
    tagline: str = ""
    genres: tuple[str, ...] = ("Drama",)
    keywords: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    saga: int | None = None
    certification: str = ""
    imdb: str = ""
    language: str = "en"
    poster: str | None = None
    backdrop: str | None = None
    more_releases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode of a season."""

    number: int
    title: str
    aired: str = ""
    runtime: int | None = 45
    overview: str = ""
    still: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What the service says of a season."""

    title: str = ""
    overview: str = ""
    poster: str | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """A show of the catalogue, its episodes by season, and what is said of seasons."""

    id: int
    title: str
    first_aired: str = ""
    seasons: Mapping[int, tuple[Episode, ...]] = field(default_factory=dict)
    about: Mapping[int, About] = field(default_factory=dict, kw_only=True)
    original_title: str = ""
    other_titles: tuple[str, ...] = ()
    votes: int = 100
    overview: str = "What happens."
    genres: tuple[str, ...] = ("Drama",)
    parts: tuple[Part, ...] = ()
    countries: tuple[str, ...] = ("US",)
    rating: str = ""
    imdb: str = ""
    tvdb: int | None = None
    poster: str | None = None
    backdrop: str | None = None
    language: str = "en"


@dataclass(slots=True)
class TmdbService:
    """The catalogue, and what was asked: paths below the version, with their parameters."""

    url: str = ""
    films: dict[int, Film] = field(default_factory=dict)
    shows: dict[int, Show] = field(default_factory=dict)
    sagas: dict[int, str] = field(default_factory=dict)
    people: dict[int, Mapping[str, object]] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    picture: bytes = b""
    draw: Callable[[str], bytes] | None = None
    is_open: bool = True
    _words: dict[int, list[tuple[str, ...]]] = field(default_factory=dict)

    @property
    def api_url(self) -> str:
        """Where questions go."""
        return f"{self.url}/3"

    @property
    def images_url(self) -> str:
        """Where pictures lie."""
        return f"{self.url}/t/p"

    def add(self, *entries: Film | Show) -> None:
        """Put films and shows into the catalogue."""
        for entry in entries:
            if isinstance(entry, Film):
                self.films[entry.id] = entry
            else:
                self.shows[entry.id] = entry

    def paths(self) -> list[str]:
        """The paths that were asked for."""
        return [path for path, _ in self.asked]

    def answer(self, path: str, params: dict[str, str], authorization: str) -> Fault:
        """Status, headers and body for a request."""
        if path.startswith("/t/p/"):
            self.asked.append((path, params))
            picture = self.picture if self.draw is None else self.draw(path.rpartition("/")[2])
            return self.faults.get(path) or (200, {"Content-Type": "image/jpeg"}, picture)
        path = path.removeprefix("/3/")
        self.asked.append((path, params))
        if not self.is_open:
            return 503, {}, b""
        fault = self.faults.get(path) or self.faults.get("*")
        if fault is not None:
            return fault
        if params.get("api_key") != KEY and authorization != f"Bearer {TOKEN}":
            return _error(401, 7, "Invalid API key: You must be granted a valid key.")
        for pattern, handler in _ROUTES:
            if match := pattern.fullmatch(path):
                found = handler(self, params, *match.groups())
                if found is not None:
                    return 200, {"Content-Type": "application/json;charset=utf-8"}, json.dumps(found).encode()
        return _error(404, 34, "The resource you requested could not be found.")

    def words(self, entry: Film | Show) -> list[tuple[str, ...]]:
        """The words of every title of an entry."""
        if id(entry) not in self._words:
            titles = (entry.title, entry.original_title, *entry.other_titles)
            self._words[id(entry)] = [_folded(title) for title in titles if title]
        return self._words[id(entry)]


def _error(status: int, code: int, message: str) -> Fault:
    body = {"success": False, "status_code": code, "status_message": message}
    return status, {"Content-Type": "application/json;charset=utf-8"}, json.dumps(body).encode()


def _folded(text: str) -> tuple[str, ...]:
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return tuple(re.sub(r"[^\w]+", " ", plain.replace("'", "").replace("’", "").replace("&", "and")).split())


def _matches(service: TmdbService, entry: Film | Show, query: tuple[str, ...]) -> bool:
    return any(all(any(word.startswith(asked) for word in title) for asked in query) for title in service.words(entry))


def _page(found: list[dict[str, object]], params: dict[str, str]) -> dict[str, object]:
    page = int(params.get("page", "1"))
    return {
        "page": page,
        "results": found[(page - 1) * _PAGE : page * _PAGE],
        "total_pages": -(-len(found) // _PAGE),
        "total_results": len(found),
    }


def _search_films(service: TmdbService, params: dict[str, str]) -> dict[str, object]:
    query, year = _folded(params.get("query", "")), params.get("year", "")
    found = [
        one
        for one in service.films.values()
        if query
        and _matches(service, one, query)
        and (not year or year in {one.released[:4], *(day[:4] for day in one.more_releases)})
    ]
    found.sort(key=lambda one: (-one.votes, one.id))
    return _page([_listed(one) for one in found], params)


def _search_shows(service: TmdbService, params: dict[str, str]) -> dict[str, object]:
    query, year = _folded(params.get("query", "")), params.get("first_air_date_year", "")
    found = [
        one
        for one in service.shows.values()
        if query and _matches(service, one, query) and year in ("", one.first_aired[:4])
    ]
    found.sort(key=lambda one: (-one.votes, one.id))
    return _page([_listed_show(one) for one in found], params)


def _listed(one: Film) -> dict[str, object]:
    return {
        "adult": False,
        "backdrop_path": one.backdrop,
        "genre_ids": [18],
        "id": one.id,
        "original_language": one.language,
        "original_title": one.original_title or one.title,
        "overview": one.overview,
        "popularity": one.votes / 10,
        "poster_path": one.poster,
        "release_date": one.released,
        "title": one.title,
        "video": False,
        "vote_average": 7.25,
        "vote_count": one.votes,
    }


def _listed_show(one: Show) -> dict[str, object]:
    return {
        "adult": False,
        "backdrop_path": one.backdrop,
        "genre_ids": [18],
        "id": one.id,
        "origin_country": list(one.countries),
        "original_language": one.language,
        "original_name": one.original_title or one.title,
        "overview": one.overview,
        "popularity": one.votes / 10,
        "poster_path": one.poster,
        "first_air_date": one.first_aired,
        "name": one.title,
        "vote_average": 8.0,
        "vote_count": one.votes,
    }


def _film(service: TmdbService, params: dict[str, str], film_id: str) -> dict[str, object] | None:
    one = service.films.get(int(film_id))
    if one is None:
        return None
    saga: dict[str, object] | None = None
    if one.saga is not None:
        saga = {"id": one.saga, "name": service.sagas.get(one.saga, "Saga"), "poster_path": None}
    cast = [part for part in one.parts if part.job == "cast"]
    appended: dict[str, object] = {
        "credits": {
            "cast": [
                {**_person(part), "character": part.character, "order": order, "credit_id": "x"}
                for order, part in enumerate(cast)
            ],
            "crew": [
                {**_person(part), "job": part.job, "department": "Crew"} for part in one.parts if part.job != "cast"
            ],
        },
        "external_ids": {"imdb_id": one.imdb or None, "wikidata_id": None},
        "release_dates": {
            "results": [
                {
                    "iso_3166_1": "US",
                    "release_dates": [
                        {"certification": one.certification, "release_date": f"{day}T00:00:00.000Z", "type": 3}
                        for day in (one.released, *one.more_releases)
                        if day
                    ],
                }
            ]
        },
        "keywords": {"keywords": [{"id": 1, "name": name} for name in one.keywords]},
        "alternative_titles": {"titles": [{"iso_3166_1": "DE", "title": t, "type": ""} for t in one.other_titles]},
    }
    return {
        **_listed(one),
        "belongs_to_collection": saga,
        "budget": 0,
        "genres": [{"id": 1, "name": name} for name in one.genres],
        "imdb_id": one.imdb or None,
        "production_companies": [{"id": 1, "name": "Studio"}],
        "production_countries": [{"iso_3166_1": "US", "name": "United States of America"}],
        "runtime": one.runtime,
        "status": "Released",
        "tagline": one.tagline,
        **{name: appended[name] for name in params.get("append_to_response", "").split(",") if name in appended},
    }


def _show(service: TmdbService, params: dict[str, str], show_id: str) -> dict[str, object] | None:
    one = service.shows.get(int(show_id))
    if one is None:
        return None
    appended: dict[str, object] = {
        "aggregate_credits": {
            "cast": [
                {
                    **_person(part),
                    "roles": [{"character": part.character, "episode_count": 3}],
                    "order": order,
                    "total_episode_count": 3,
                }
                for order, part in enumerate(part for part in one.parts if part.job == "cast")
            ],
            "crew": [],
        },
        "external_ids": {"imdb_id": one.imdb or None, "tvdb_id": one.tvdb},
        "content_ratings": {"results": [{"iso_3166_1": "US", "rating": one.rating, "descriptors": []}]},
        "keywords": {"results": []},
        "alternative_titles": {"results": [{"iso_3166_1": "DE", "title": t, "type": ""} for t in one.other_titles]},
    }
    return {
        **_listed_show(one),
        "created_by": [_person(part) for part in one.parts if part.job == "Creator"],
        "episode_run_time": [45],
        "genres": [{"id": 1, "name": name} for name in one.genres],
        "networks": [{"id": 1, "name": "Network"}],
        "number_of_seasons": len([number for number in one.seasons if number]),
        "number_of_episodes": sum(len(episodes) for number, episodes in one.seasons.items() if number),
        "seasons": [
            {
                "air_date": episodes[0].aired or None if episodes else None,
                "episode_count": len(episodes),
                "id": number,
                "name": f"Season {number}" if number else "Specials",
                "overview": "",
                "poster_path": one.about.get(number, About()).poster,
                "season_number": number,
            }
            for number, episodes in one.seasons.items()
        ],
        "status": "Ended",
        "tagline": "",
        **{name: appended[name] for name in params.get("append_to_response", "").split(",") if name in appended},
    }


def _season(service: TmdbService, params: dict[str, str], show_id: str, number: str) -> dict[str, object] | None:
    show = service.shows.get(int(show_id))
    episodes = None if show is None else show.seasons.get(int(number))
    if show is None or episodes is None:
        return None
    about = show.about.get(int(number), About())
    return {
        "air_date": episodes[0].aired or None if episodes else None,
        "episodes": [
            {
                "air_date": one.aired or None,
                "episode_number": one.number,
                "episode_type": "standard",
                "id": int(show_id) * 100_000 + int(number) * 1000 + one.number,
                "name": one.title,
                "overview": one.overview,
                "runtime": one.runtime,
                "season_number": int(number),
                "show_id": int(show_id),
                "still_path": one.still,
                "crew": [],
                "guest_stars": [],
            }
            for one in episodes
        ],
        "id": int(number) + 1,
        "name": about.title or f"Season {number}",
        "overview": about.overview,
        "poster_path": about.poster,
        "season_number": int(number),
    }


def _saga(service: TmdbService, params: dict[str, str], saga_id: str) -> dict[str, object] | None:
    name = service.sagas.get(int(saga_id))
    films = [one for one in service.films.values() if one.saga == int(saga_id)]
    if name is None:
        return None
    return {
        "id": int(saga_id),
        "name": name,
        "overview": "All of it.",
        "poster_path": "/saga.jpg",
        "backdrop_path": None,
        "parts": [_listed(one) | {"media_type": "movie"} for one in films],
    }


def _life(service: TmdbService, params: dict[str, str], person_id: str) -> Mapping[str, object] | None:
    return service.people.get(int(person_id))


def _find(service: TmdbService, params: dict[str, str], external: str) -> dict[str, object]:
    source = params.get("external_source")
    films = [one for one in service.films.values() if source == "imdb_id" and one.imdb == external]
    shows = [
        one
        for one in service.shows.values()
        if external == (one.imdb if source == "imdb_id" else str(one.tvdb) if source == "tvdb_id" else "")
    ]
    empty: dict[str, object] = {"person_results": [], "tv_episode_results": [], "tv_season_results": []}
    return empty | {
        "movie_results": [_listed(one) for one in films],
        "tv_results": [_listed_show(one) for one in shows],
    }


def _person(part: Part) -> dict[str, object]:
    return {
        "adult": False,
        "gender": 0,
        "id": part.person,
        "known_for_department": "Acting",
        "name": part.name,
        "original_name": part.name,
        "popularity": 1.0,
        "profile_path": part.portrait,
    }


_ROUTES: tuple[tuple[re.Pattern[str], Callable[..., Mapping[str, object] | None]], ...] = (
    (re.compile(r"search/movie"), _search_films),
    (re.compile(r"search/tv"), _search_shows),
    (re.compile(r"movie/(\d+)"), _film),
    (re.compile(r"tv/(\d+)"), _show),
    (re.compile(r"tv/(\d+)/season/(\d+)"), _season),
    (re.compile(r"collection/(\d+)"), _saga),
    (re.compile(r"person/(\d+)"), _life),
    (re.compile(r"find/([a-z0-9]+)"), _find),
)


@contextmanager
def tmdb_service() -> Iterator[TmdbService]:
    """Run the stand-in on a free port of this machine, until the end."""
    drawn = io.BytesIO()
    Image.new("RGB", (200, 300), "teal").save(drawn, "JPEG")
    service = TmdbService(picture=drawn.getvalue())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            params = dict(parse_qsl(parts.query, keep_blank_values=True))
            status, headers, body = service.answer(parts.path, params, self.headers.get("Authorization", ""))
            with suppress(ConnectionError):  # whoever asked may be gone by now
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
