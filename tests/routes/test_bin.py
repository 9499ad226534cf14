"""The bin as people see it."""

from typing import Any

from media_library.models.library import LibraryKind
from media_library.models.media import MediaNames, MediaType
from media_library.models.user import Role
from tests.routes.house import House, Somebody, error_of


def count(somebody: Somebody, path: str) -> int:
    page: Any = somebody.get(path).json
    return int(page["count"])


def test_the_bin_lists_what_was_removed_the_last_first_page_by_page(house: House) -> None:
    films = [house.film(f"Film {number}", b"x" * (number + 1)) for number in range(5)]
    for film in films[:4]:
        house.admin.send("DELETE", f"/api/media/{film.id}")
    found: list[str] = []
    cursor = ""
    while True:
        page: Any = house.admin.get(f"/api/bin?limit=3{cursor}").json
        assert (page["count"], page["size_bytes"], page["days"]) == (4, 10, 30)
        found += [one["title"] for one in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert found == ["Film 3", "Film 2", "Film 1", "Film 0"]
    assert page["items"][-1]["path"] == "movies/Film 0/Film 0.mp4" and page["items"][-1]["removed_at"] > 0


def test_the_bin_is_emptied_of_some_or_of_everything(house: House) -> None:
    films = [house.film(f"Film {number}") for number in range(3)]
    ids = [one.id for one in films]
    house.admin.send("POST", "/api/bulk/remove", {"ids": ids})
    assert house.admin.send("POST", "/api/bin/empty", {"ids": [ids[0], "unknown"]}).json == {"done": 1}
    assert [path.stem for path in house.services.media_root.bin().iterdir() if path.suffix == ".mp4"] != []
    assert house.admin.send("POST", "/api/bin/empty", {}).json == {"done": 2}
    assert count(house.admin, "/api/bin") == 0
    assert not any(path.suffix == ".mp4" for path in house.services.media_root.bin().rglob("*"))
    assert error_of(house.admin.send("POST", f"/api/media/{ids[1]}/restore", {}))[0] == 404


def test_what_is_not_in_the_bin_is_never_emptied(house: House) -> None:
    film = house.film("One")
    assert house.admin.send("POST", "/api/bin/empty", {"ids": [film.id]}).json == {"done": 0}
    assert house.admin.get(f"/api/media/{film.id}").status_code == 200


def test_a_collection_that_was_taken_away_comes_back(house: House) -> None:
    film = house.film("One")
    made: Any = house.member.send("POST", "/api/collections", {"title": "Rain"}).json
    house.member.send("POST", f"/api/collections/{made['id']}/items", {"media_id": film.id})
    house.member.send("DELETE", f"/api/collections/{made['id']}")
    removed: Any = house.member.get("/api/bin/collections").json
    assert [(one["id"], one["title"]) for one in removed["collections"]] == [(made["id"], "Rain")]
    back: Any = house.member.send("POST", f"/api/collections/{made['id']}/restore", {}).json
    assert (back["title"], back["count"]) == ("Rain", 1)
    assert error_of(house.member.send("POST", f"/api/collections/{made['id']}/restore", {}))[0] == 404


def test_threat_52_the_bin_of_somebody_else_is_not_seen(house: House) -> None:
    dora = house.person("dora", Role.MEMBER, [LibraryKind.MOVIES])
    made: Any = house.admin.send("POST", "/api/collections", {"title": "Canary"}).json
    house.admin.send("DELETE", f"/api/collections/{made['id']}")
    assert dora.get("/api/bin/collections").json == {"collections": []}
    assert error_of(dora.send("POST", f"/api/collections/{made['id']}/restore", {}))[0] == 404
    names = MediaNames("Canary", show_title="Canary", season=1, episode=1)
    canary = house.add(MediaType.EPISODE, names, "canary.mkv", b"x")
    house.admin.send("DELETE", f"/api/media/{canary.id}")
    eve = house.person("eve", Role.ADMIN, [LibraryKind.MOVIES])
    assert "Canary" not in eve.get("/api/bin").text and count(eve, "/api/bin") == 0
    assert eve.send("POST", "/api/bin/empty", {}).json == {"done": 0}
    assert count(house.admin, "/api/bin") == 1
