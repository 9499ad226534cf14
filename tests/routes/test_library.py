"""The lists: pages, shelves, shows, albums, figures, and that nobody sees more than was granted."""

from typing import Any

import pytest

from media_library.models.media import MediaNames, MediaType
from tests.routes.house import House, Somebody, error_of

NOTHING = dict.fromkeys(
    (
        "movie",
        "episode",
        "show",
        "track",
        "album",
        "video",
        "channel",
        "podcast",
        "article",
        "book",
        "photo",
        "home_video",
        "extra",
    ),
    0,
)


def titles(items: list[dict[str, Any]]) -> list[str]:
    return [item["title"] for item in items]


def everything(somebody: Somebody, path: str, query: str = "") -> list[dict[str, Any]]:
    """All items of a list, page by page."""
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page: Any = somebody.get(f"{path}?limit=2{query}{cursor}").json
        found += page["items"]
        if page["next"] is None:
            assert page["count"] == len(found)
            return found
        cursor = f"&cursor={page['next']}"


def test_films_come_newest_first_and_by_title_from_a_to_z(house: House) -> None:
    for title in ("The Salt Road", "Élan", "A Quiet Harbour"):
        house.film(title)
    assert titles(everything(house.member, "/api/library")) == ["A Quiet Harbour", "Élan", "The Salt Road"]
    by_title = titles(everything(house.member, "/api/library", "&sort=title"))
    assert by_title == ["Élan", "A Quiet Harbour", "The Salt Road"]
    assert titles(everything(house.member, "/api/library", "&sort=title&direction=desc")) == by_title[::-1]


def test_a_list_holds_what_was_asked_for(house: House) -> None:
    film, episode, track = house.film("One"), house.episode("Harbour Lights", 1, 1), house.track("Ada", "Waves", 1)
    for query, expected in (
        ("type=movie", film), ("type=episode", episode), ("type=track", track), (f"library={film.library_id}", film),
    ):  # fmt: skip
        page: Any = house.member.get(f"/api/library?{query}").json
        assert [item["id"] for item in page["items"]] == [expected.id]
    card: Any = house.member.get("/api/library?type=episode").json
    key = card["items"][0]["show_key"]
    assert house.member.get(f"/api/library?show={key}").json == card


@pytest.mark.parametrize("sort", ["added", "title", "year"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("kind", ["shows", "albums"])
def test_groups_are_paged_in_every_order(house: House, sort: str, direction: str, kind: str) -> None:
    for number in range(5):
        year = 2000 + number % 2
        if kind == "shows":
            names = MediaNames("One", year, show_title=f"Show {number % 4}", season=1, episode=number)
            house.add(MediaType.EPISODE, names, f"{number}.mkv", b"x")
        else:
            names = MediaNames("One", year, artist="Ada", album=f"Album {number % 4}", track_number=number)
            house.add(MediaType.TRACK, names, f"{number}.flac", b"x")
    found = everything(house.member, f"/api/{kind}", f"&sort={sort}&direction={direction}")
    assert len({group["key"] for group in found}) == len(found) == 4
    value = {"added": "added_at", "title": "title", "year": "year"}[sort]
    values = [group[value] for group in found]
    assert values == sorted(values, reverse=direction == "desc")


def test_a_cursor_of_another_list_is_refused(house: House) -> None:
    for number in range(3):
        house.film(f"Film {number}")
        house.episode(f"Show {number}", 1, 1)
    film_page: Any = house.member.get("/api/library?limit=1").json
    show_page: Any = house.member.get("/api/shows?limit=1").json
    for path, cursor in (("/api/shows", film_page["next"]), ("/api/library", show_page["next"])):
        assert error_of(house.member.get(f"{path}?cursor={cursor}")) == (400, "bad_request")
    assert error_of(house.member.get(f"/api/shows?sort=title&cursor={show_page['next']}"))[0] == 400


def test_the_shelves_show_what_came_last(house: House) -> None:
    for number in range(25):
        house.film(f"Film {number}")
    house.episode("Harbour Lights", 1, 1)
    house.track("Ada", "Waves", 1)
    answer: Any = house.member.get("/api/library/shelves").json
    films, shows, albums, *others = answer["shelves"]
    assert [shelf["key"] for shelf in (films, shows, albums)] == ["movie", "show", "album"]
    assert [(shelf["key"], shelf["items"]) for shelf in others] == [
        ("podcast", []), ("video", []), ("article", []), ("book", []), ("photo", []),
    ]  # fmt: skip
    assert (films["total"], len(films["items"]), films["items"][0]["title"]) == (25, 20, "Film 24")
    assert (shows["items"][0]["kind"], shows["items"][0]["title"]) == ("show", "Harbour Lights")
    assert (albums["items"][0]["subtitle"], albums["total"]) == ("Ada", 1)


def test_a_show_has_its_seasons_in_order_and_specials_last(house: House) -> None:
    house.add(MediaType.EPISODE, MediaNames("Extra", show_title="Harbour Lights"), "extra.mkv", b"x")
    for season, episode in ((2, 1), (1, 2), (1, 1)):
        house.episode("Harbour Lights", season, episode)
    shows: Any = house.member.get("/api/shows").json
    show: Any = house.member.get(f"/api/shows/{shows['items'][0]['key']}").json
    seasons = [(season["season"], [one["episode"] for one in season["episodes"]]) for season in show["seasons"]]
    assert seasons == [(1, [1, 2]), (2, [1]), (None, [None])]


def test_an_album_has_its_tracks_in_order(house: House) -> None:
    for number in (2, 1):
        house.track("Ada", "Waves", number)
    albums: Any = house.member.get("/api/albums").json
    album: Any = house.member.get(f"/api/albums/{albums['items'][0]['key']}").json
    assert (album["title"], album["artist"]) == ("Waves", "Ada")
    assert [track["track_number"] for track in album["tracks"]] == [1, 2]


def test_the_figures_add_up(house: House) -> None:
    house.film("One", b"x" * 100)
    house.episode("Show", 1, 1, b"x" * 50)
    stats: Any = house.member.get("/api/stats").json
    assert stats["counts"] == {**NOTHING, "movie": 1, "episode": 1, "show": 1}
    assert (stats["total_bytes"], stats["total_duration"], stats["offline"]) == (150, 120.0, False)
    assert 0 < stats["free_bytes"] <= stats["capacity_bytes"]


def test_an_unplugged_library_is_offline_and_not_empty(house: House) -> None:
    house.film("One")
    house.settings.media_root.rename(house.settings.media_root.with_name("elsewhere"))
    house.services.media_root._checked_at = -10.0  # the look-up is kept for two seconds
    page: Any = house.member.get("/api/library").json
    assert page["count"] == 1 and page["items"][0]["offline"]
    stats: Any = house.member.get("/api/stats").json
    assert stats["offline"] and stats["counts"]["movie"] == 1


def test_threat_52_a_kid_finds_no_canary_by_any_way(house: House) -> None:
    canary = "Zyzzyva"
    film = house.film("Open to all")
    episode = house.episode(canary, 1, 1)
    house.episode(canary, 1, 2)
    track = house.track(canary, canary, 1)
    everyone: Any = house.member.get("/api/shows").json
    albums: Any = house.member.get("/api/albums").json
    show, album = everyone["items"][0]["key"], albums["items"][0]["key"]
    for path in (
        "/api/library", "/api/library?sort=title", "/api/library?type=episode", "/api/library?type=track",
        f"/api/library?show={show}", f"/api/library?album={album}", f"/api/library?library={episode.library_id}",
        "/api/library/shelves", "/api/shows", "/api/albums", "/api/shows?sort=year", "/api/stats",
        "/api/continue-watching", "/api/search?q=Z", "/api/search?q=Zyz", f"/api/search?q={canary}", "/api/me",
    ):  # fmt: skip
        answer = house.kid.get(path)
        assert answer.status_code == 200
        # the word that was looked for stands in the answer to a search
        assert canary not in answer.text.replace(f'"query":"{canary}"', ""), path
        assert episode.id not in answer.text and track.id not in answer.text
        found: Any = answer.json
        assert found.get("count", 0) in (0, 1), path
    for media in (episode, track):
        for path in ("media", "stream", "download", "poster", "still"):
            assert error_of(house.kid.get(f"/api/{path}/{media.id}")) == (404, "not_found")
        body = {"position": 10, "duration": 60}
        assert error_of(house.kid.send("PUT", f"/api/media/{media.id}/progress", body))[0] == 404
        assert error_of(house.kid.send("DELETE", f"/api/media/{media.id}/progress"))[0] == 404
    for path in (f"/api/shows/{show}", f"/api/albums/{album}"):
        assert error_of(house.kid.get(path)) == (404, "not_found")
    stats: Any = house.kid.get("/api/stats").json
    assert film.file is not None
    assert (stats["counts"], stats["total_bytes"]) == ({**NOTHING, "movie": 1}, film.file.size_bytes)


def test_threat_47_absent_and_denied_look_the_same(house: House) -> None:
    episode = house.episode("Harbour Lights", 1, 1)
    denied, absent = house.kid.get(f"/api/media/{episode.id}"), house.kid.get(f"/api/media/{'0' * 32}")
    assert (denied.status_code, denied.data) == (absent.status_code, absent.data)
