"""Many items at once: marks, the bin, collections, tags; each taken back, and nobody touches what is not theirs."""

from typing import Any

import pytest

from tests.routes.house import House, Somebody, error_of


def card(somebody: Somebody, media_id: str) -> Any:
    return somebody.get(f"/api/media/{media_id}").json


def count(somebody: Somebody, path: str) -> int:
    page: Any = somebody.get(path).json
    return int(page["count"])


def test_items_and_whole_shows_are_marked_and_the_marks_taken_back(house: House) -> None:
    films = [house.film(f"Film {number}") for number in range(3)]
    episodes = [house.episode("Harbour Lights", 1, number) for number in range(3)]
    key = card(house.member, episodes[0].id)["show_key"]
    half = {"position": 30, "duration": 60}
    assert house.member.send("PUT", f"/api/media/{films[0].id}/progress", half).status_code == 200
    before = [card(house.member, one.id)["progress"] for one in (*films, *episodes)]
    answer: Any = house.member.send(
        "POST", "/api/bulk/watched", {"ids": [one.id for one in films], "shows": [key], "seen": True}
    ).json
    assert answer["done"] == 6
    assert all(card(house.member, one.id)["progress"]["finished"] for one in (*films, *episodes))
    assert card(house.admin, films[0].id)["progress"] is None
    undone: Any = house.member.send("POST", "/api/bulk/watched/undo", answer["undo"]).json
    assert undone == {"done": 6}
    assert [card(house.member, one.id)["progress"] for one in (*films, *episodes)] == before


def test_what_is_marked_as_not_seen_is_as_if_never_begun(house: House) -> None:
    film = house.film("One")
    house.member.send("PUT", f"/api/media/{film.id}/progress", {"position": 30, "duration": 60})
    answer: Any = house.member.send("POST", "/api/bulk/watched", {"ids": [film.id], "seen": False}).json
    assert card(house.member, film.id)["progress"] is None
    house.member.send("POST", "/api/bulk/watched/undo", answer["undo"])
    assert card(house.member, film.id)["progress"]["position"] == 30


def test_items_go_into_the_bin_and_come_back_together(house: House) -> None:
    films = [house.film(f"Film {number}") for number in range(3)]
    ids = [one.id for one in films]
    gone: Any = house.admin.send("POST", "/api/bulk/remove", {"ids": [*ids, "unknown"]}).json
    assert (gone["done"], sorted(gone["ids"]), gone["failed"]) == (3, sorted(ids), [])
    assert count(house.admin, "/api/library") == 0
    back: Any = house.admin.send("POST", "/api/bin/restore", {"ids": [*ids, "unknown"]}).json
    assert back["done"] == 3 and [one["id"] for one in back["failed"]] == ["unknown"]
    assert back["failed"][0]["message"].endswith(".")
    assert count(house.admin, "/api/library") == 3


def test_items_go_into_a_collection_once_and_leave_it_again(house: House) -> None:
    films = [house.film(f"Film {number}") for number in range(3)]
    made: Any = house.member.send("POST", "/api/collections", {"title": "Rain"}).json
    body = {"collection": made["id"], "ids": [films[2].id, films[0].id]}
    first: Any = house.member.send("POST", "/api/bulk/collect", body).json
    assert first["done"] == 2
    second: Any = house.member.send("POST", "/api/bulk/collect", {**body, "ids": [one.id for one in films]}).json
    assert second["done"] == 1
    listed: Any = house.member.get(f"/api/collections/{made['id']}/items").json
    assert [one["title"] for one in listed["items"]] == ["Film 2", "Film 0", "Film 1"]
    undo = {"collection": first["collection"], "entries": first["entries"]}
    assert house.member.send("POST", "/api/bulk/collect/undo", undo).json == {"done": 2}
    listed = house.member.get(f"/api/collections/{made['id']}/items").json
    assert [one["title"] for one in listed["items"]] == ["Film 1"]


def test_a_tag_is_added_to_those_that_lack_it_and_taken_from_these_alone(house: House) -> None:
    films = [house.film(f"Film {number}") for number in range(2)]
    for key, tags in ((f"movie:{films[0].id}", ["rain"]), (f"movie:{films[1].id}", ["sun"])):
        assert house.member.send("PUT", f"/api/works/{key}/tags", {"tags": tags}).status_code == 200
    answer: Any = house.member.send("POST", "/api/bulk/tag", {"ids": [one.id for one in films], "tag": "rain"}).json
    assert answer == {"done": 1, "tag": "rain", "works": [f"movie:{films[1].id}"]}
    assert count(house.member, "/api/library?tag=rain") == 2
    assert house.member.send("POST", "/api/bulk/tag/undo", {"tag": "rain", "works": answer["works"]}).json == {
        "done": 1
    }
    left: Any = house.member.get("/api/library?tag=rain").json
    assert [one["id"] for one in left["items"]] == [films[0].id]
    work: Any = house.member.get(f"/api/media/{films[1].id}/work").json
    assert work["tags"] == ["sun"]


def test_threat_47_what_one_may_not_see_is_left_alone_among_what_one_may(house: House) -> None:
    own, foreign = house.film("One"), house.episode("Harbour Lights", 1, 1)
    key = card(house.admin, foreign.id)["show_key"]
    everything = {"ids": [own.id, foreign.id], "shows": [key]}
    answer: Any = house.kid.send("POST", "/api/bulk/watched", {**everything, "seen": True}).json
    assert answer["done"] == 1 and answer["undo"]["fresh"] == [own.id]
    kid = house.people["cleo"].id
    assert house.state.playback(kid, foreign.id) is None
    planted = {"media_id": foreign.id, "position": 1, "duration": 2, "finished": False, "updated_at": 1}
    assert house.kid.send("POST", "/api/bulk/watched/undo", {"before": [planted], "fresh": []}).json == {"done": 0}
    assert house.state.playback(kid, foreign.id) is None
    only_foreign = {"ids": [foreign.id], "seen": True}
    assert error_of(house.kid.send("POST", "/api/bulk/watched", only_foreign)) == (404, "not_found")


@pytest.mark.parametrize("path", ["remove", "collect", "tag", "watched"])
def test_threat_125_a_selection_has_a_size(house: House, path: str) -> None:
    more: dict[str, dict[str, object]] = {
        "collect": {"collection": "c"},
        "tag": {"tag": "t"},
        "watched": {"seen": True},
    }
    body: dict[str, object] = {"ids": ["x"] * 1001, **more.get(path, {})}
    assert error_of(house.admin.send("POST", f"/api/bulk/{path}", body))[0] == 400
    for wrong in ({"ids": [1]}, {"ids": "x"}, {"ids": None}, {"where": "1=1"}):
        assert error_of(house.admin.send("POST", f"/api/bulk/{path}", {**body, "ids": [], **wrong}))[0] == 400
