"""TMDb: what is asked of it, what its answers become, and what hostile values in them become."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient
from media_library.adapters.service_client import ServiceFailed, ServiceRefused, ServiceUnavailable
from media_library.adapters.service_client.answers import decoded
from media_library.adapters.tmdb import Locale, Tmdb, is_picture_path, reading, wire
from media_library.errors import NotFound
from tests.internet.tmdb import KEY, TOKEN, Episode, Film, Part, Show, TmdbService, tmdb_service

ENGLISH = Locale("en", "US")
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def service() -> Iterator[TmdbService]:
    with tmdb_service() as running:
        yield running


def asking(service: TmdbService, folder: Path, key: str = KEY) -> Tmdb:
    """The adapter as the program makes it, at the stand-in."""
    http = HttpClient(Egress(lambda: hosts_of(service.url)))
    urls = {"url": service.api_url, "images_url": service.images_url}
    return Tmdb.connect(http, folder / "cache", **urls, key=key, per_second=1000)


MATRIX = Film(
    603,
    "The Matrix",
    "1999-03-31",
    136,
    other_titles=("Matrix", "Матрица"),
    votes=24_000,
    tagline="Free your mind.",
    genres=("Action", "Science Fiction"),
    keywords=("simulation",),
    parts=(
        Part(6384, "Keanu Reeves", character="Neo", portrait="/neo.jpg"),
        Part(2975, "Laurence Fishburne", character="Morpheus"),
        Part(905, "Lana Wachowski", "Director"),
        Part(905, "Lana Wachowski", "Writer"),
        Part(1, "Somebody", "Gaffer"),
    ),
    saga=2344,
    certification="R",
    imdb="tt0133093",
    poster="/poster.jpg",
    backdrop="/backdrop.jpg",
)


def test_a_film_is_found_by_any_of_its_titles_and_told_with_all_that_is_known(
    service: TmdbService, tmp_path: Path
) -> None:
    service.sagas[2344] = "The Matrix Collection"
    service.add(MATRIX, Film(604, "The Matrix Reloaded", "2003-05-15", 138, saga=2344))
    tmdb = asking(service, tmp_path)
    [found] = tmdb.search_films("  Матрица ", 1999, ENGLISH)
    assert (found.id, found.title, found.year, found.votes) == (603, "The Matrix", 1999, 24_000)
    assert len(tmdb.search_films("matrix", None, ENGLISH)) == 2
    film = tmdb.film(603, ENGLISH)
    assert film.titles == ("The Matrix", "Matrix", "Матрица")
    assert (film.runtime_minutes, film.certification, film.imdb_id, film.saga_id) == (136, "R", "tt0133093", 2344)
    assert (film.genres, film.tags, film.studios) == (("Action", "Science Fiction"), ("simulation",), ("Studio",))
    assert [(one.name, one.character) for one in film.cast] == [
        ("Keanu Reeves", "Neo"),
        ("Laurence Fishburne", "Morpheus"),
    ]
    assert [(one.name, one.job) for one in film.crew] == [("Lana Wachowski", "Director"), ("Lana Wachowski", "Writer")]
    assert (film.poster, film.backdrop, film.cast[0].portrait) == ("/poster.jpg", "/backdrop.jpg", "/neo.jpg")
    saga = tmdb.saga(2344, ENGLISH)
    assert (saga.title, [one.id for one in saga.films]) == ("The Matrix Collection", [603, 604])
    assert tmdb.find("tt0133093", "imdb_id", ENGLISH)[0][0].id == 603
    assert all(params["api_key"] == KEY for _, params in service.asked)


def test_a_show_is_told_with_its_seasons_and_episodes(service: TmdbService, tmp_path: Path) -> None:
    episodes = (Episode(2, "Two", "2010-01-09"), Episode(1, "One", "2010-01-02", None, "First.", "/still.jpg"))
    service.add(
        Show(
            5,
            "Show",
            "2010-01-02",
            {1: episodes, 0: (Episode(1, "Special"),)},
            rating="TV-14",
            tvdb=77,
            parts=(Part(1, "Ann", "Creator"), Part(2, "Bo", character="Eve")),
        )
    )
    tmdb = asking(service, tmp_path)
    show = tmdb.show(5, ENGLISH)
    assert [(one.season, one.episodes) for one in show.seasons] == [(0, 1), (1, 2)]
    assert (show.certification, show.tvdb_id, show.runtimes) == ("TV-14", 77, (45,))
    assert ([one.name for one in show.crew], [one.character for one in show.cast]) == (["Ann"], ["Eve"])
    season = tmdb.season(5, 1, ENGLISH)
    assert [(one.episode, one.title, one.aired_on) for one in season.episodes] == [
        (1, "One", "2010-01-02"),
        (2, "Two", "2010-01-09"),
    ]
    assert (season.episodes[0].still, season.episodes[0].runtime_minutes) == ("/still.jpg", None)
    assert tmdb.find("77", "tvdb_id", ENGLISH)[1][0].id == 5
    with pytest.raises(NotFound):
        tmdb.season(5, 9, ENGLISH)


def test_texts_come_in_the_language_that_is_wanted_else_in_english(service: TmdbService, tmp_path: Path) -> None:
    service.add(MATRIX)
    german = json.loads(service.answer("/3/movie/603", {"api_key": KEY}, "")[2]) | {"title": "Matrix", "overview": ""}
    service.asked.clear()
    tmdb = asking(service, tmp_path)
    english = tmdb.film(603, ENGLISH)
    service.faults["movie/603"] = (200, JSON, json.dumps(german).encode())
    film = tmdb.film(603, Locale("de", "DE"))
    assert (film.title, film.overview) == ("Matrix", english.overview)
    assert film.certification is None  # an age rating of another country says nothing here
    assert [params["language"] for _, params in service.asked] == ["en", "de"]


def test_a_key_goes_into_the_address_and_a_token_into_a_header(service: TmdbService, tmp_path: Path) -> None:
    service.add(MATRIX)
    assert asking(service, tmp_path / "a", f" {KEY}\n").film(603, ENGLISH).id == 603
    assert service.asked[-1][1]["api_key"] == KEY
    assert asking(service, tmp_path / "b", TOKEN).film(603, ENGLISH).id == 603
    assert "api_key" not in service.asked[-1][1]
    for wrong in ("wrong", "eyJ" + "x" * 20 + "." + "y" * 20 + "." + "z" * 20):
        with pytest.raises(ServiceRefused, match="TMDb does not accept our key"):
            asking(service, tmp_path / wrong[:4], wrong).film(603, ENGLISH)


def test_without_a_key_or_an_address_nobody_is_asked(service: TmdbService, tmp_path: Path) -> None:
    http = HttpClient(Egress(lambda: hosts_of(service.url)))
    without_key = asking(service, tmp_path, "")
    nowhere = Tmdb.connect(http, tmp_path / "n", url="", images_url="", key=KEY)
    assert "TMDB_API_KEY" in (without_key.why_not or "")
    for tmdb in (without_key, nowhere):
        with pytest.raises(ServiceFailed, match="TMDb is not asked"):
            tmdb.film(603, ENGLISH)
    assert service.asked == []
    assert asking(service, tmp_path).why_not is None


@pytest.mark.parametrize(
    ("status", "headers", "body", "error"),
    [
        (503, {}, b"", ServiceUnavailable),
        (429, {"Retry-After": "3600"}, b'{"status_code": 25}', ServiceUnavailable),
        (200, JSON, b"", ServiceFailed),
        (200, {}, b"<html><body>Sign in to this network</body></html>", ServiceFailed),
        (200, JSON, b'{"page": 1}', ServiceFailed),
        (200, JSON, b'{"results": [{"id": "x"}]}', ServiceFailed),
        (200, JSON, b'{"results": [' + b'{"id": 1},' * (1 << 20) + b'{"id": 1}]}', ServiceFailed),
        (404, JSON, b"{}", NotFound),
    ],
)
def test_a_service_that_does_not_answer_well_is_one_clear_error(
    service: TmdbService, tmp_path: Path, status: int, headers: dict[str, str], body: bytes, error: type[Exception]
) -> None:
    service.faults["search/movie"] = (status, headers, body)
    with pytest.raises(error, match="TMDb"):
        asking(service, tmp_path).search_films("x", None, ENGLISH)


HOSTILE: dict[str, Any] = {
    "id": 7,
    "title": "A\u202e\x00\x1b[31m" + "x" * 5000,
    "original_title": None,
    "overview": "y" * 100_000 + "\x07",
    "release_date": "20xx-99-99",
    "runtime": -5,
    "vote_average": 1e300,
    "vote_count": -3,
    "popularity": -1.5,
    "poster_path": "/../../etc/passwd",
    "backdrop_path": "https://elsewhere.test/x.jpg",
    "imdb_id": "tt1/../../x",
    "belongs_to_collection": {"id": -4},
    "genres": [{"name": "g" * 500}, {"name": None}, {}] + [{"name": f"genre {n}"} for n in range(500)],
    "credits": {
        "cast": [{"id": n, "name": f"Actor {n}", "order": 1000 - n, "profile_path": "/x.svg"} for n in range(-5, 900)],
        "crew": [{"id": 2**70, "name": "Far", "job": "Director"}]
        + [{"id": n + 1, "name": f"D {n}", "job": "Director"} for n in range(90)],
    },
    "alternative_titles": {"titles": [{"title": f"other {n}"} for n in range(5000)]},
    "release_dates": {"results": [{"iso_3166_1": "US", "release_dates": [{"certification": "c" * 900}]}]},
    "original_language": "../../en",
    "unknown": {"anything": [1, {"a": None}]},
}


def test_hostile_values_are_shortened_or_left_out(service: TmdbService, tmp_path: Path) -> None:
    """Threat 97: what a service says is hostile until it is read."""
    service.faults["movie/7"] = (200, JSON, json.dumps(HOSTILE).encode())
    film = asking(service, tmp_path).film(7, ENGLISH)
    assert film.title.startswith("A ") and len(film.title) == 300 and film.title.isprintable()
    assert len(film.overview) == 10_000
    assert (film.released_on, film.year, film.runtime_minutes, film.rating, film.votes) == (None, None, None, None, 0)
    assert (film.poster, film.backdrop, film.imdb_id, film.saga_id, film.language) == (None, None, None, None, "")
    assert (len(film.genres), len(film.cast), len(film.titles), len(film.certification or "")) == (30, 40, 80, 20)
    assert all(len(genre) <= 80 for genre in film.genres)
    assert film.cast[0].name == "Actor 899" and all(one.portrait is None and one.person_id > 0 for one in film.cast)
    assert [one.name for one in film.crew] == ["D 0", "D 1", "D 2", "D 3"]
    assert len(json.dumps(asdict(film))) < 40_000


def test_only_paths_of_pictures_are_asked_for(service: TmdbService, tmp_path: Path) -> None:
    """Threats 57 and 97: a path that a service names leads to its pictures only."""
    tmdb = asking(service, tmp_path)
    assert tmdb.picture("/a-B_9.jpg", "w342").startswith(b"\xff\xd8")
    for path in ("/../x.jpg", "/a/b.jpg", "a.jpg", "//h/x.jpg", "/a.jpg?x", "/a.svg", "/a.jpg\n", "", "/%2e%2e.jpg"):
        assert not is_picture_path(path)
        with pytest.raises(ServiceFailed):
            tmdb.picture(path, "w342")
    assert service.paths() == ["/t/p/w342/a-B_9.jpg"]


def test_ten_thousand_twisted_answers_end_in_a_record_or_in_one_clear_error(service: TmdbService) -> None:
    """Threat 97: nothing else gets past the client, and no odd value gets through."""
    service.add(MATRIX, Show(5, "Show", "2010-01-02", {1: (Episode(1, "One"),)}, parts=(Part(1, "Ann", "Creator"),)))
    shapes: list[tuple[str, Any, Any]] = [
        ("movie/603", wire.Film, lambda answer: reading.film(answer, "US")),
        ("tv/5", wire.Show, lambda answer: reading.show(answer, "US")),
        ("tv/5/season/1", wire.Season, reading.season),
        ("search/movie", wire.Films, lambda answer: reading.films(answer.results)),
    ]
    parts = "credits,external_ids,release_dates,keywords,alternative_titles,aggregate_credits,content_ratings"
    asked = {"api_key": KEY, "append_to_response": parts, "query": "matrix"}
    chance = random.Random(97)
    records = failures = 0
    for path, shape, read in shapes:
        body = service.answer(f"/3/{path}", asked, "")[2]
        for _ in range(2500):
            tree = json.loads(body)
            for _ in range(chance.randint(1, 3)):
                tree = twisted(tree, chance)
            sent = json.dumps(tree).encode()
            if chance.random() < 0.1:
                sent = sent[: chance.randrange(len(sent))]
            try:
                record = read(decoded("TMDb", sent, shape))
            except ServiceFailed as error:
                failures += 1
                said = str(error)
                record = None
            if record is None:
                assert len(said) < 400 and "TMDb" in said
                continue
            records += 1
            told = json.dumps([asdict(one) for one in record] if isinstance(record, tuple) else asdict(record))
            assert not re.search(r'\\u0000|\\u202e|"(poster|backdrop|portrait|still)": "[^"]*\.\.', told), told
            assert len(told) < 60_000
    assert records > 1000 and failures > 1000


ODD_TITLE = "../../etc/passwd"
ODD: tuple[Any, ...] = (
    None, "", ODD_TITLE, "\x00\u202e", "x" * 20_000, -1, 0, 2**63, 2**70, 1e308, -0.0, True, [], {}, [[]], {"id": {}},
    "9999-99-99", "/a.jpg/../b", [None] * 2000,
)  # fmt: skip


def twisted(tree: Any, chance: random.Random) -> Any:
    """The tree with something odd at one of its places."""
    if isinstance(tree, dict) and tree and chance.random() < 0.9:
        key = chance.choice(list(tree))
        return {**tree, key: twisted(tree[key], chance)}
    if isinstance(tree, list) and tree and chance.random() < 0.9:
        place = chance.randrange(len(tree))
        return [*tree[:place], twisted(tree[place], chance), *tree[place + 1 :]]
    return chance.choice(ODD)
