"""What things are, through the web app: looking up, choosing, taking back, the queue, works, persons, genres."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from media_library.config import Secrets, Services
from media_library.models.job import JobStatus
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaNames, MediaType, NewMedia
from media_library.models.user import Role
from media_library.models.work import Settlement, WorkState, movie_key
from media_library.services.preferences import Preferences
from tests.internet.tmdb import KEY, Episode, Film, Part, Show, TmdbService, tmdb_service
from tests.routes.house import House, Somebody, error_of

HEAT = Film(
    949,
    "Heat",
    "1995-12-15",
    0,
    genres=("Crime", "Drama"),
    parts=(
        Part(1158, "Al Pacino", character="Vincent Hanna", portrait="/pacino.jpg"),
        Part(638, "Michael Mann", "Director"),
    ),
    saga=77,
    poster="/heat.jpg",
)
OTHER_HEAT = Film(9949, "Heat", "1986-11-14", 0, votes=5, poster="/other.jpg")


@dataclass
class Knowing:
    """A house that asks the stand-in."""

    house: House
    tmdb: TmdbService

    def review(self) -> list[dict[str, object]]:
        """What waits."""
        found = self.house.admin.get("/api/review").json
        assert found is not None
        items: list[dict[str, object]] = found["items"]
        return items

    def ask(self, media: Media, **wish: object) -> TestResponse:
        """Let the admin say or look up what something is."""
        return self.house.admin.send("POST", f"/api/media/{media.id}/identify", wish)


@pytest.fixture
def knowing(tmp_path: Path) -> Iterator[Knowing]:
    with tmdb_service() as tmdb:
        services = Services(
            musicbrainz_url="",
            cover_art_url="",
            acoustid_url="",
            tmdb_url=tmdb.api_url,
            tmdb_images_url=tmdb.images_url,
        )
        house = House(tmp_path, services=services, secrets=Secrets(tmdb_api_key=KEY))
        preferences = Preferences(house.state, house.settings).downloads()
        allowed = type(preferences)(allowed_hosts=(tmdb.url.removeprefix("http://"),))
        house.state.change_download_preferences(allowed)
        tmdb.sagas[77] = "Heat Collection"
        tmdb.add(HEAT, OTHER_HEAT)
        yield Knowing(house, tmdb)
        house.close()


def path_of(media: Media, more: str = "") -> str:
    return f"/api/works/{quote(movie_key(media.id), safe='')}{more}"


def test_a_film_is_looked_up_and_told_with_all_that_is_known(knowing: Knowing) -> None:
    media = knowing.house.film("heat", year=1995)
    answer = knowing.ask(media).json
    assert answer is not None
    assert (answer["state"], answer["media"]["title"], answer["media"]["artwork"]["poster"]) == (
        "applied",
        "Heat",
        True,
    )
    work = knowing.house.kid.get(f"/api/media/{media.id}/work").json
    assert work is not None
    assert (work["key"], work["title"], work["genres"]) == (movie_key(media.id), "Heat", ["Crime", "Drama"])
    assert [(one["name"], one["character"], one["has_portrait"]) for one in work["cast"]] == [
        ("Al Pacino", "Vincent Hanna", True)
    ]
    assert [(one["name"], one["job"]) for one in work["crew"]] == [("Michael Mann", "director")]
    assert (work["saga"]["title"], work["saga"]["count"]) == ("Heat Collection", 1)
    assert work["ids"]["tmdb"] == 949
    # a saga with one film here is not among the collections, but can be opened from its film
    assert knowing.house.admin.get("/api/collections").json == {"collections": []}
    saga = knowing.house.kid.get(f"/api/collections/{work['saga']['collection_id']}")
    assert saga.json is not None and saga.json["kind"] == "saga"


def test_a_doubt_is_shown_chosen_and_taken_back(knowing: Knowing) -> None:
    media = knowing.house.film("Heat")
    answer = knowing.ask(media).json
    assert answer is not None and answer["state"] == "review"
    [item] = knowing.review()
    assert (item["key"], item["title"], item["count"], item["kind"]) == (movie_key(media.id), "Heat", 1, "movie")
    candidates = item["candidates"]
    assert isinstance(candidates, list)
    assert [one["id"] for one in candidates] == ["949", "9949"]
    assert candidates[0]["picture"] == "/api/candidates/tmdb/heat.jpg/picture"
    picture = knowing.house.admin.get(candidates[0]["picture"])
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    choice = {"source": "tmdb", "id": "949"}
    preview = knowing.house.admin.send("POST", path_of(media, "/preview"), choice).json
    assert preview is not None
    assert preview["changes"] == [{"field": "year", "from": None, "to": 1995, "locked": False}]
    assert preview["paths"] == []
    state, preferences = knowing.house.state, knowing.house.services.preferences
    state.change_library_preferences(replace(preferences.library(), rename_new=True))
    renaming = knowing.house.admin.send("POST", path_of(media, "/preview"), choice).json
    assert renaming is not None
    new = "movies/Heat (1995) {tmdb-949}/Heat (1995) {tmdb-949}.mp4"
    assert renaming["paths"] == [{"from": "movies/Heat/Heat.mp4", "to": new}]
    still = state.work(movie_key(media.id))
    assert still is not None and (still.state, still.ids.tmdb) == (WorkState.REVIEW, None)
    assert state.media(media.id).names.year is None
    state.change_library_preferences(preferences.library())
    applied = knowing.house.member.send("POST", path_of(media, "/apply"), choice).json
    assert applied is not None
    assert (applied["work"]["state"], applied["work"]["year"]) == ("confirmed", 1995)
    assert knowing.review() == []
    undone = knowing.house.admin.send("POST", path_of(media, "/undo"), {}).json
    assert undone is not None and undone["work"]["state"] == "review"
    assert len(knowing.review()) == 1
    assert error_of(knowing.house.admin.send("POST", path_of(media, "/undo"), {})) == (409, "conflict")


def test_something_is_kept_as_it_is_and_put_back(knowing: Knowing) -> None:
    media = knowing.house.film("Heat")
    knowing.ask(media)
    key = quote(movie_key(media.id), safe="")
    assert knowing.house.admin.send("POST", f"/api/review/{key}/dismiss", {}).status_code == 204
    assert knowing.review() == []
    assert knowing.house.admin.send("POST", f"/api/review/{key}/restore", {}).status_code == 204
    assert len(knowing.review()) == 1
    assert error_of(knowing.house.admin.send("POST", f"/api/review/{key}/restore", {})) == (409, "conflict")
    assert error_of(knowing.house.admin.send("POST", "/api/review/movie%3Anone/dismiss", {})) == (404, "not_found")


def test_the_queue_is_read_page_by_page(knowing: Knowing) -> None:
    made = [knowing.house.film(f"Unheard of {number}") for number in range(5)]
    for media in made:
        knowing.ask(media)
    seen, cursor = [], ""
    while True:
        page = knowing.house.admin.get(f"/api/review?limit=2{cursor and '&cursor=' + cursor}").json
        assert page is not None and page["count"] == 5
        seen += [item["key"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert seen == [movie_key(media.id) for media in made]
    for wrong in ("x", "W10", "WzEsIDJd", "%00"):
        assert error_of(knowing.house.admin.get(f"/api/review?cursor={wrong}"))[0] == 400


def test_a_show_is_told_with_its_missing_episodes(knowing: Knowing) -> None:
    episodes = tuple(Episode(n, f"E{n}", f"2001-01-{n:02d}" if n < 5 else "2999-01-01") for n in range(1, 6))
    knowing.tmdb.add(Show(5, "Show", "2001-01-01", {0: (Episode(1, "S", "2001-01-01"),), 1: episodes}, poster="/s.jpg"))
    media = knowing.house.episode("show", 1, 2)
    answer = knowing.ask(media).json
    assert answer is not None and answer["state"] == "applied"
    key = answer["media"]["show_key"]
    work = knowing.house.admin.get(f"/api/shows/{key}/work").json
    assert work is not None
    assert [(one["season"], one["episode"], one["title"]) for one in work["missing"]] == [
        (1, 1, "E1"),
        (1, 3, "E3"),
        (1, 4, "E4"),
    ]
    [group] = (knowing.house.admin.get("/api/shows").json or {})["items"]
    assert group["artwork"]["poster"] and group["title"] == "Show"
    assert knowing.house.admin.get(f"/api/shows/{key}/image?width=342").mimetype == "image/webp"
    assert error_of(knowing.house.kid.get(f"/api/shows/{key}/work")) == (404, "not_found")
    assert error_of(knowing.house.kid.get(f"/api/media/{media.id}/work")) == (404, "not_found")


def test_a_person_is_told_with_their_portrait_and_works(knowing: Knowing) -> None:
    media = knowing.house.film("Heat", year=1995)
    knowing.ask(media)
    knowing.tmdb.people[1158] = {
        "id": 1158, "name": "Al Pacino", "biography": "An actor.", "birthday": "1940-04-25", "deathday": None,
        "profile_path": "/pacino.jpg",
    }  # fmt: skip
    [person] = (knowing.house.kid.get("/api/search?q=pacino").json or {})["persons"]
    assert person["name"] == "Al Pacino"
    page = knowing.house.kid.get(f"/api/persons/{person['id']}").json
    assert page is not None
    assert (page["overview"], page["born_on"], page["died_on"]) == ("An actor.", "1940-04-25", None)
    assert [(one["role"], one["character"], one["card"]["title"]) for one in page["works"]] == [
        ("cast", "Vincent Hanna", "Heat")
    ]
    knowing.tmdb.asked.clear()
    for _ in range(2):
        portrait = knowing.house.kid.get(f"/api/persons/{person['id']}/image?width=160")
        assert (portrait.status_code, portrait.mimetype) == (200, "image/webp")
        knowing.house.kid.get(f"/api/persons/{person['id']}")
    assert len(knowing.tmdb.asked) == 1
    for path in ("none", "..%2f..", "%00"):
        assert knowing.house.kid.get(f"/api/persons/{path}/image").status_code in (400, 404)
    assert error_of(knowing.house.kid.get("/api/persons/none")) == (404, "not_found")


def test_genres_and_tags_filter_the_library(knowing: Knowing) -> None:
    heat, plain = knowing.house.film("Heat", year=1995), knowing.house.film("Plain")
    knowing.ask(heat)
    genres = knowing.house.kid.get("/api/genres").json
    assert genres == {"genres": [{"name": "Crime", "count": 1}, {"name": "Drama", "count": 1}], "tags": []}
    tagged = knowing.house.admin.send("PUT", path_of(plain, "/tags"), {"tags": ["Sunday ", "Sunday", "rain"]}).json
    assert tagged is not None and tagged["work"]["tags"] == ["Sunday", "rain"]
    for query, found in (("genre=Crime", heat), ("tag=rain", plain), ("genre=Crime&type=movie", heat)):
        answer = knowing.house.kid.get(f"/api/library?{query}").json
        assert answer is not None
        assert (answer["count"], [one["id"] for one in answer["items"]]) == (1, [found.id])
    assert (knowing.house.kid.get("/api/library?genre=War").json or {})["count"] == 0
    for wrong in (["a\nb"], ["a,b"], [""], ["x" * 61], ["x"] * 51):
        assert error_of(knowing.house.admin.send("PUT", path_of(plain, "/tags"), {"tags": wrong}))[0] == 400


def test_looking_up_again_is_a_job(knowing: Knowing) -> None:
    heat = knowing.house.film("Heat", year=1995)
    episode = knowing.house.episode("Show", 1, 1)
    library = knowing.house.state.library_of_kind(LibraryKind.MOVIES).id
    for body in (
        {"keys": [movie_key(heat.id)]}, {"media_ids": [episode.id]}, {"everything": True}, {"library_id": library}
    ):  # fmt: skip
        answer = knowing.house.admin.send("POST", "/api/identify", body)
        assert (answer.status_code, (answer.json or {})["kind"]) == (202, "identify")
    assert len(knowing.house.state.list_jobs({JobStatus.QUEUED}, 9)) >= 3
    for body in ({}, {"keys": ["movie:none"]}, {"keys": ["x"]}, {"media_ids": ["none"]}, {"library_id": "none"}):
        assert error_of(knowing.house.admin.send("POST", "/api/identify", body))[0] in (400, 404)


@pytest.mark.parametrize("wrong", [{"tmdb_id": 0}, {"tmdb_id": "949"}, {"year": 0}, {"kind": "album"}, {"x": 1}])
def test_a_wish_that_makes_no_sense_is_refused(knowing: Knowing, wrong: dict[str, object]) -> None:
    assert error_of(knowing.ask(knowing.house.film("Heat"), **wrong))[0] == 400


def test_what_is_no_candidate_is_refused(knowing: Knowing) -> None:
    media = knowing.house.film("Heat")
    knowing.ask(media)
    for choice in (
        {"source": "tmdb", "id": "949x"}, {"source": "tmdb", "id": "../949"}, {"source": "musicbrainz", "id": "949"},
        {"source": "tmdb", "id": "9" * 30}, {"source": "else", "id": "949"}, {"source": "tmdb", "id": 949},
    ):  # fmt: skip
        for action in ("/preview", "/apply"):
            assert error_of(knowing.house.admin.send("POST", path_of(media, action), choice))[0] == 400
    assert error_of(knowing.house.admin.send("POST", path_of(media, "/apply"), {"source": "tmdb", "id": "404"})) == (
        404,
        "not_found",
    )


def test_only_pictures_of_the_services_are_fetched(knowing: Knowing) -> None:
    """Threats 57 and 97: a reference leads to a picture of the service and nowhere else."""
    wrong = (
        "tmdb/..%2fx.jpg",
        "tmdb/x",
        "tmdb/x.svg",
        "tmdb/%2e%2e%2fx.jpg",
        "musicbrainz/x",
        "else/x.jpg",
        "tmdb/a%0a.jpg",
    )
    for reference in wrong:
        assert knowing.house.admin.get(f"/api/candidates/{reference}/picture").status_code == 404
    assert knowing.tmdb.asked == []


def test_a_service_that_is_away_is_told_in_one_sentence(knowing: Knowing) -> None:
    media = knowing.house.film("Heat", year=1995)
    knowing.tmdb.faults["*"] = (200, {}, b"<html>Sign in</html>")
    answer = knowing.ask(media)
    assert answer.status_code == 502
    assert "a web page instead of data" in (answer.json or {})["error"]["message"]
    knowing.tmdb.faults["*"] = (503, {"Retry-After": "3600"}, b"")
    assert error_of(knowing.ask(media)) == (503, "service_unavailable")
    assert error_of(knowing.house.admin.get("/api/candidates?kind=movie&title=Heat"))[0] == 503


def test_without_a_key_people_are_told_how_to_get_one(tmp_path: Path) -> None:
    house = House(tmp_path)
    media = house.film("Heat")
    answer = house.admin.send("POST", f"/api/media/{media.id}/identify", {})
    assert answer.status_code == 502
    assert "TMDB_API_KEY" in (answer.json or {})["error"]["message"]
    work = house.admin.get(f"/api/media/{media.id}/work").json
    assert work is not None and work["state"] == "pending"
    house.close()


def test_strangers_and_those_without_the_library_learn_nothing(knowing: Knowing) -> None:
    media = knowing.house.episode("Show", 1, 1)
    knowing.house.state.put_work_pending(knowing.house.state.works_unasked(9))
    for who, status in ((knowing.house.stranger, 401), (knowing.house.kid, 403)):
        assert error_of(who.send("POST", f"/api/media/{media.id}/identify", {}))[0] == status
        assert error_of(who.get("/api/review"))[0] == status
    member: Somebody = knowing.house.person("dan", Role.MEMBER, [LibraryKind.MOVIES])
    other = NewMedia(
        MediaType.EPISODE, media.library_id, MediaNames("E", show_title="Other", season=1, episode=1), None
    )
    knowing.house.state.add_media(other)
    [key] = [key for key in knowing.house.state.work_keys() if key.startswith("show:")]
    knowing.house.state.settle_work(key, Settlement(WorkState.REVIEW, "Doubt"))
    assert (member.get("/api/review").json or {})["count"] == 0
    for action in ("preview", "apply"):
        sent = member.send("POST", f"/api/works/{quote(key, safe='')}/{action}", {"source": "tmdb", "id": "949"})
        assert error_of(sent) == (404, "not_found")
    assert error_of(member.send("POST", "/api/identify", {"keys": [key]})) == (404, "not_found")


def test_a_corrected_match_goes_back_to_the_one_before(knowing: Knowing) -> None:
    """The way back after somebody said that a film is another one: the match of before is applied once more."""
    media = knowing.house.film("Heat", year=1995)
    knowing.ask(media)
    known = ("title", "year", "locked")
    item = knowing.house.member.get(f"/api/media/{media.id}").json
    work = knowing.house.member.get(f"/api/media/{media.id}/work").json
    assert item is not None and work is not None and work["ids"]["tmdb"] == 949
    for tmdb_id, year in (("9949", 1986), ("949", 1995)):
        choice = {"source": "tmdb", "id": tmdb_id}
        assert knowing.house.member.send("POST", path_of(media, "/apply"), choice).status_code == 200
        now = knowing.house.member.get(f"/api/media/{media.id}").json
        assert now is not None and now["year"] == year
    again = knowing.house.member.get(f"/api/media/{media.id}/work").json
    assert again is not None and now is not None
    assert {name: now[name] for name in known} == {name: item[name] for name in known}
    assert again | {"state": ""} == work | {"state": ""} and again["state"] == "confirmed"
