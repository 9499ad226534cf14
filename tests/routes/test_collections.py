"""Collections over HTTP: made, sorted, imported and followed; who was granted nothing sees nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from media_library.models.collection import NewEntry
from media_library.models.content_job import PlaylistOrder
from media_library.models.library import LibraryKind
from media_library.models.user import Role
from media_library.repositories.base import now_ms
from tests.routes.house import House, Somebody, error_of

LIST = "https://videos.example/playlist?list=abc"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
def bare(house: House) -> Somebody:
    """A member to whom nothing was granted."""
    return house.person("dora", Role.MEMBER, [])


def said(response: TestResponse) -> Any:
    """The JSON of an answer."""
    return response.json


def made(house: House, title: str = "Mine", by: Somebody | None = None) -> str:
    response = (by or house.admin).send("POST", "/api/collections", {"title": title})
    assert response.status_code == 201, response.text
    found: str = said(response)["id"]
    return found


def put(house: House, collection: str, media_id: str, by: Somebody | None = None) -> dict[str, Any]:
    response = (by or house.admin).send("POST", f"/api/collections/{collection}/items", {"media_id": media_id})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = said(response)
    return found


def items(somebody: Somebody, collection: str, query: str = "") -> list[dict[str, Any]]:
    response = somebody.get(f"/api/collections/{collection}/items{query}")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = said(response)["items"]
    return found


def titles(somebody: Somebody, collection: str) -> list[str]:
    return [entry["title"] for entry in items(somebody, collection)]


def imported(house: House, url: str = LIST, by: Somebody | None = None, **more: object) -> Any:
    response = (by or house.admin).send("POST", "/api/import/playlist", {"url": url, **more})
    assert response.status_code in (200, 202), response.text
    return response.json


def test_a_collection_is_made_filled_sorted_and_renamed(house: House) -> None:
    mine = made(house)
    entries = [put(house, mine, house.film(title).id) for title in "ABC"]
    assert titles(house.admin, mine) == ["A", "B", "C"]
    order = [entries[2]["id"], entries[0]["id"]]
    assert house.admin.send("PUT", f"/api/collections/{mine}/items", {"order": order}).status_code == 204
    assert titles(house.admin, mine) == ["C", "B", "A"]
    assert said(house.admin.send("PATCH", f"/api/collections/{mine}", {"title": "Ours"}))["title"] == "Ours"
    found = said(house.admin.get("/api/collections"))["collections"]
    assert [(one["title"], one["count"], one["here_count"], one["duration"]) for one in found] == [
        ("Ours", 3, 3, 180.0)
    ]
    assert [card["title"] for card in found[0]["covers"]] == ["C", "B", "A"]


def test_what_was_taken_out_can_be_put_back_where_it_was(house: House) -> None:
    mine = made(house)
    entries = [put(house, mine, house.film(title).id) for title in "ABC"]
    path = f"/api/collections/{mine}/items"
    removed = said(house.admin.send("DELETE", f"{path}/{entries[1]['id']}"))
    assert removed["id"] == entries[1]["id"] and removed["title"] == "B"
    assert titles(house.admin, mine) == ["A", "C"]
    assert house.admin.send("POST", path, {"entry": removed["id"]}).status_code == 200
    assert titles(house.admin, mine) == ["A", "B", "C"]
    house.admin.send("DELETE", f"{path}/{entries[1]['id']}")
    put(house, mine, entries[1]["media"]["id"])
    put(house, mine, entries[0]["media"]["id"])
    assert titles(house.admin, mine) == ["A", "B", "C"]


@pytest.mark.parametrize("body", [{}, {"media_id": "x", "entry": "y"}, {"media_id": None}, {"entry": 1}])
def test_an_entry_is_an_item_or_an_entry(house: House, body: object) -> None:
    assert error_of(house.admin.send("POST", f"/api/collections/{made(house)}/items", body))[0] == 400


def test_a_removed_collection_is_gone_and_its_items_are_not(house: House) -> None:
    mine, film = made(house), house.film("A")
    put(house, mine, film.id)
    assert house.admin.send("DELETE", f"/api/collections/{mine}").status_code == 204
    assert error_of(house.admin.get(f"/api/collections/{mine}"))[0] == 404
    assert house.admin.get("/api/collections").json == {"collections": []}
    assert house.admin.get(f"/api/media/{film.id}").status_code == 200


def test_an_item_in_the_bin_stays_an_entry_and_is_not_played(house: House) -> None:
    mine, film = made(house), house.film("A")
    put(house, mine, film.id)
    house.admin.send("DELETE", f"/api/media/{film.id}")
    (entry,) = items(house.admin, mine)
    assert (entry["media"], entry["state"]) == (None, "removed")
    assert said(house.admin.get(f"/api/collections/{mine}"))["here_count"] == 0


def test_pages_of_entries_hold_each_once(house: House) -> None:
    mine = made(house)
    for number in range(5):
        put(house, mine, house.film(f"{number}").id)
    first = said(house.admin.get(f"/api/collections/{mine}/items?limit=3"))
    assert first["count"] == 5 and len(first["items"]) == 3
    second = said(house.admin.get(f"/api/collections/{mine}/items?limit=3&cursor={first['next']}"))
    assert [entry["title"] for entry in first["items"] + second["items"]] == list("01234") and second["next"] is None
    for query in ("?cursor=x", "?limit=0", "?limit=5001", "?cursor=-1"):
        assert error_of(house.admin.get(f"/api/collections/{mine}/items{query}"))[0] == 400


# ── what others may see ──


def test_a_kid_sees_a_collection_only_with_something_of_it(house: House) -> None:
    mine, film, song = made(house), house.film("A"), house.track("Queen", "Jazz", 1)
    put(house, mine, song.id)
    assert house.kid.get("/api/collections").json == {"collections": []}
    assert error_of(house.kid.get(f"/api/collections/{mine}"))[0] == 404
    assert error_of(house.kid.get(f"/api/collections/{mine}/items"))[0] == 404
    put(house, mine, film.id)
    (seen,) = said(house.kid.get("/api/collections"))["collections"]
    assert (seen["count"], seen["here_count"], [card["title"] for card in seen["covers"]]) == (1, 1, ["A"])
    page = said(house.kid.get(f"/api/collections/{mine}/items"))
    assert page["count"] == 1 and [entry["title"] for entry in page["items"]] == ["A"]
    house.admin.send("DELETE", f"/api/media/{film.id}")
    assert house.kid.get("/api/collections").json == {"collections": []}


def test_a_member_without_grants_can_neither_see_nor_change_what_others_have(house: House, bare: Somebody) -> None:
    mine, film = made(house), house.film("A")
    entry = put(house, mine, film.id)["id"]
    path = f"/api/collections/{mine}"
    assert bare.get("/api/collections").json == {"collections": []}
    for method, address, body in (
        ("GET", path, None),
        ("GET", f"{path}/items", None),
        ("GET", f"{path}/tracks", None),
        ("GET", f"{path}/export", None),
        ("PATCH", path, {"title": "x"}),
        ("DELETE", path, None),
        ("PUT", f"{path}/items", {"order": [entry]}),
        ("POST", f"{path}/items", {"entry": entry}),
        ("DELETE", f"{path}/items/{entry}", None),
        ("PUT", f"{path}/subscription", {}),
        ("DELETE", f"{path}/subscription", None),
        ("POST", f"{path}/refresh", {}),
        ("POST", f"{path}/match", {}),
        ("PUT", f"{path}/tracks/0", {"media_id": None}),
    ):
        assert error_of(bare.send(method, address, body))[0] == 404, (method, address)
        if method != "GET":
            assert error_of(house.kid.send(method, address, body))[0] == 403, (method, address)
        assert error_of(house.stranger.send(method, address, body))[0] == 401, (method, address)
    own = made(house, "Own", bare)
    assert error_of(bare.send("POST", f"/api/collections/{own}/items", {"media_id": film.id}))[0] == 404
    assert error_of(bare.send("POST", "/api/import/playlist", {"url": LIST}))[0] == 403
    assert titles(house.admin, mine) == ["A"]


def test_entries_that_one_may_not_see_keep_their_places_when_others_sort(house: House) -> None:
    some = house.person("emil", Role.MEMBER, [LibraryKind.MOVIES])
    mine = made(house)
    first, hidden, last = (
        put(house, mine, one.id)["id"] for one in (house.film("A"), house.track("Q", "J", 1), house.film("B"))
    )
    assert some.send("PUT", f"/api/collections/{mine}/items", {"order": [last, first]}).status_code == 204
    assert titles(house.admin, mine) == ["B", "Track 1", "A"]
    assert error_of(some.send("DELETE", f"/api/collections/{mine}/items/{hidden}"))[0] == 404
    assert error_of(house.admin.send("PUT", f"/api/collections/{mine}/items", {"order": ["x"]}))[0] == 409


# ── lists of sites ──


def test_a_list_is_imported_once_and_read_again(house: House) -> None:
    added = imported(house, f"{LIST}&utm_source=x#y")
    assert added["existing"] is False and added["job"]["kind"] == "playlist" and added["job"]["status"] == "queued"
    again = imported(house, LIST)
    assert (again["existing"], again["collection_id"]) == (True, added["collection_id"])
    assert again["job"]["id"] == added["job"]["id"]
    job = house.state.claim_content("test", per_host=2)
    assert job is not None and job.order == PlaylistOrder(added["collection_id"])
    refreshed = house.admin.send("POST", f"/api/collections/{added['collection_id']}/refresh", {})
    assert refreshed.status_code == 202 and said(refreshed)["job"]["id"] == job.id


@pytest.mark.parametrize(
    ("url", "kind"), [("https://v.example/@somebody/videos", "channel"), ("https://v.example/channel/x", "channel")]
)
def test_the_address_of_a_channel_is_a_channel(house: House, url: str, kind: str) -> None:
    found = imported(house, url)["collection_id"]
    assert said(house.admin.get(f"/api/collections/{found}"))["kind"] == kind


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": "file:///etc/passwd"},
        {"url": "-x"},
        {"url": "https://user:secret@v.example/l"},
        {"url": LIST, "content": "x"},
        {"name": "x.m3u"},
        {"content": "x", "follow": {}},
        {"url": LIST, "follow": {"min_seconds": 10, "max_seconds": 5}},
        {"url": LIST, "follow": {"keep_last": 0}},
        {"url": LIST, "follow": {"interval": 5}},
        {"url": "https://open.spotify.com/playlist/37i9dQZF1EVHGWrwldPRtj", "follow": {}},
    ],
)
def test_what_cannot_be_imported_is_refused(house: House, body: object) -> None:
    assert error_of(house.admin.send("POST", "/api/import/playlist", body))[0] == 400
    assert house.admin.get("/api/collections").json == {"collections": []}


def test_a_list_is_followed_by_rules_and_no_longer(house: House) -> None:
    rules = {"title_include": "talk", "min_seconds": 60, "since": 1_700_000_000_000, "keep_last": 5, "audio_only": True}
    found = imported(house, LIST, follow=rules)["collection_id"]
    path = f"/api/collections/{found}"
    seen = said(house.admin.get(path))
    assert seen["is_followed"] and rules.items() <= seen["subscription"].items()
    changed = said(house.admin.send("PUT", f"{path}/subscription", {"title_exclude": "short"}))
    kept = house.state.subscription(found)
    assert kept is not None and 10_000 < kept.next_check_at - now_ms() <= 30_000, "until then it can be taken back"
    assert (changed["title_include"], changed["title_exclude"], changed["audio_only"]) == (None, "short", False)
    assert house.admin.send("DELETE", f"{path}/subscription").status_code == 204
    seen = said(house.admin.get(path))
    assert (seen["is_followed"], seen["subscription"]) == (False, None)


def test_entries_of_a_list_say_how_they_stand(house: House) -> None:
    found = imported(house, LIST, follow={"title_exclude": "skip"})["collection_id"]
    media = house.film("H")
    house.state.put_entries(
        found, [NewEntry(f"key:{title}", title, f"https://v.example/{title}") for title in ("H", "W", "skip", "Q", "R")]
    )
    house.state.link_entry("key:H", media.id)
    ids = {entry["title"]: entry["id"] for entry in items(house.admin, found)}
    house.state.note_entries_queued([ids["Q"], ids["R"]])
    order = PlaylistOrder(found)
    job = house.state.queue_content(order, title="Q", origin="key:Q")
    standing = {entry["title"]: entry["state"] for entry in items(house.admin, found)}
    assert standing == {"H": "here", "W": "wanted", "skip": "skipped", "Q": "queued", "R": "remote"}
    house.state.cancel_job(job.id)
    assert {entry["title"]: entry["state"] for entry in items(house.admin, found)}["Q"] == "remote"


def test_the_list_of_a_site_says_what_is_in_it_and_in_which_order(house: House) -> None:
    found, film = imported(house)["collection_id"], house.film("A")
    house.state.put_entries(found, [NewEntry("a", "A"), NewEntry("b", "B")])
    house.state.link_entry("a", film.id)
    path = f"/api/collections/{found}/items"
    first = items(house.admin, found)[0]["id"]
    assert error_of(house.admin.send("PUT", path, {"order": [first]}))[0] == 409
    assert error_of(house.admin.send("POST", path, {"media_id": house.film("C").id}))[0] == 409
    house.admin.send("DELETE", f"{path}/{first}")
    assert titles(house.admin, found) == ["B"]
    assert put(house, found, film.id)["id"] == first
    assert titles(house.admin, found) == ["A", "B"]


def test_what_has_no_list_is_neither_followed_nor_read_again(house: House) -> None:
    path = f"/api/collections/{made(house)}"
    assert error_of(house.admin.send("PUT", f"{path}/subscription", {}))[0] == 409
    assert error_of(house.admin.send("POST", f"{path}/refresh", {}))[0] == 409
    assert error_of(house.admin.get(f"{path}/tracks"))[0] == 404
