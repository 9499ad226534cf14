"""Entering a long list anywhere: by letter, by page, narrowed in every way."""

import itertools
import json
from datetime import date
from typing import Any

import msgspec
import pytest

from media_library.models.media import AudioTrack, Streams, VideoTrack
from media_library.repositories.base import now_ms
from tests.routes.house import House, Somebody, error_of

TITLES = ("The Zebra", "[Rec]", "12 Monkeys", "Alpha", "apple", "Élan", "Echo", "Ωmega", "zoo", "Mary & Max")


def listed(somebody: Somebody, path: str, query: str) -> list[str]:
    found: list[str] = []
    cursor = ""
    while True:
        page: Any = somebody.get(f"{path}?limit=3&{query}{cursor}").json
        found += [item["title"] for item in page["items"]]
        if page["next"] is None:
            return found
        cursor = f"&cursor={page['next']}"


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("path", ["library", "shows", "albums"])
def test_every_letter_leads_to_its_first_title(house: House, path: str, direction: str) -> None:
    for number, title in enumerate(TITLES):
        if path == "library":
            house.film(title)
        elif path == "shows":
            house.episode(title, 1, number)
        else:
            house.track("Ada", title, 1)
    query = f"sort=title&direction={direction}"
    whole = listed(house.member, f"/api/{path}", query)
    index: Any = house.member.get(f"/api/{path}/letters?{query}").json
    assert index["count"] == len(whole) == len(TITLES)
    assert len({one["letter"] for one in index["letters"]}) == len(index["letters"])
    for one in index["letters"]:
        page: Any = house.member.get(f"/api/{path}?{query}&limit=1&cursor={one['cursor']}").json
        assert page["items"][0]["title"] == whole[one["index"]], one


@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("sort", ["added", "published"])
def test_every_month_leads_to_its_first_item(house: House, sort: str, direction: str) -> None:
    days = ("2024-05-31", "2024-06-01", None, "2023-12-31", "2024-06-30", "1969-07-20", "9999-12-31")
    for number, day in enumerate(days):
        film = house.film(f"Film {number}")
        at = 0 if day is None else (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400_000
        column = {"added": "added_at", "published": "published_at"}[sort]
        house.state._change(f"UPDATE media SET {column} = ? WHERE id = ?", (at, film.id))
    query = f"sort={sort}&direction={direction}"
    whole = listed(house.member, "/api/library", query)
    index: Any = house.member.get(f"/api/library/letters?{query}&months=true").json
    months = [one["letter"] for one in index["letters"]]
    assert months == sorted({"", "2023-12", "2024-05", "2024-06", "9999-12"}, reverse=direction == "desc")
    for one in index["letters"]:
        page: Any = house.member.get(f"/api/library?{query}&limit=1&cursor={one['cursor']}").json
        assert page["items"][0]["title"] == whole[one["index"]], one
    unordered: Any = house.member.get(f"/api/library/letters?{query}").json
    assert unordered["letters"] == []


@pytest.mark.parametrize("sort", ["added", "title", "year", "published", "duration"])
@pytest.mark.parametrize("direction", ["asc", "desc"])
@pytest.mark.parametrize("many", [0, 1, 4, 5, 6, 12])
def test_every_mark_leads_to_its_page(house: House, sort: str, direction: str, many: int) -> None:
    for number in range(many):
        house.film(f"Film {number % 5} {number}", year=2000 + number % 3)
    query = f"sort={sort}&direction={direction}"
    whole = listed(house.member, "/api/library", query)
    index: Any = house.member.get(f"/api/library/letters?{query}&limit=4").json
    assert len(index["marks"]) == max(0, (many - 1) // 4)
    for number, mark in enumerate(index["marks"], 1):
        page: Any = house.member.get(f"/api/library?{query}&limit=4&cursor={mark}").json
        assert [one["title"] for one in page["items"]] == whole[4 * number : 4 * number + 4]
    assert [house.state.media(one).names.title for one in ids(house, query)] == whole


def ids(house: House, query: str) -> list[str]:
    answer: Any = house.member.get(f"/api/library/ids?{query}").json
    return list(answer["ids"])


def test_a_list_is_narrowed_by_what_people_ask_for(house: House) -> None:
    wide = Streams(VideoTrack("hevc", 3840, 1600, 24.0, "HDR10"), (AudioTrack(1, "deu", "aac", 2, True),), (), ())
    small = Streams(VideoTrack("h264", 720, 576, 25.0), (AudioTrack(1, "eng", "aac", 2, True),), (), ())
    for title, year, streams in (("Wide", 1994, wide), ("Small", 2003, small)):
        film = house.film(title, year=year)
        house.state._change("UPDATE media SET streams = ? WHERE id = ?", (encoded(streams), film.id))
    half = {"position": 30, "duration": 60}
    whole: Any = house.member.get("/api/library?sort=title").json
    small_id, wide_id = (one["id"] for one in whole["items"])
    house.member.send("PUT", f"/api/media/{wide_id}/progress", half)
    house.member.send("POST", "/api/bulk/watched", {"ids": [small_id], "seen": True})
    for query, found in (
        ("resolution=uhd", ["Wide"]), ("resolution=sd", ["Small"]), ("resolution=full_hd", []), ("hdr=true", ["Wide"]),
        ("language=deu", ["Wide"]), ("language=eng", ["Small"]), ("decade=1990", ["Wide"]), ("year=2003", ["Small"]),
        ("unfinished=true", ["Wide"]), ("finished=true", ["Small"]), ("began=true", ["Wide"]),
        ("days=1", ["Small", "Wide"]), ("review=true", []),
        ("decade=1990&language=eng", []),
    ):  # fmt: skip
        page: Any = house.member.get(f"/api/library?sort=title&{query}").json
        assert ([one["title"] for one in page["items"]], page["count"]) == (found, len(found)), query
        index: Any = house.member.get(f"/api/library/letters?sort=title&{query}").json
        assert index["count"] == len(found), query
    house.state._change("UPDATE media SET added_at = ? WHERE id = ?", (now_ms() - 3 * 86_400_000, wide_id))
    page = house.member.get("/api/library?days=2").json
    assert [one["title"] for one in page["items"]] == ["Small"]


def encoded(streams: Streams) -> str:
    return msgspec.json.encode(streams).decode()


def test_a_show_counts_what_one_has_seen_of_it_and_is_found_while_something_is_left(house: House) -> None:
    episodes = [house.episode("Harbour Lights", 1, number) for number in range(3)]
    other = house.episode("Salt", 1, 1)
    house.member.send("POST", "/api/bulk/watched", {"ids": [episodes[0].id, other.id], "seen": True})
    page: Any = house.member.get("/api/shows?sort=title").json
    assert [(one["title"], one["count"], one["watched"]) for one in page["items"]] == [
        ("Harbour Lights", 3, 1),
        ("Salt", 1, 1),
    ]
    left: Any = house.member.get("/api/shows?unfinished=true").json
    assert [(one["title"], one["count"]) for one in left["items"]] == [("Harbour Lights", 3)]
    mine: Any = house.admin.get("/api/shows?unfinished=true").json
    assert mine["count"] == 2


def test_threat_52_letters_and_counts_hold_nothing_that_one_may_not_see(house: House) -> None:
    house.film("Alpha")
    house.episode("Zulu", 1, 1)
    index: Any = house.kid.get("/api/library/letters?sort=title").json
    assert [one["letter"] for one in index["letters"]] == ["A"] and index["count"] == 1
    assert house.kid.get("/api/shows/letters?sort=title").json == {"count": 0, "letters": [], "marks": []}
    everything: Any = house.kid.get("/api/library/ids").json
    assert len(everything["ids"]) == 1


def test_threats_123_and_125_what_orders_and_narrows_a_list_comes_from_a_list(house: House) -> None:
    wrong = (
        "sort=password_hash", "sort=title%20DESC", "direction=up", "decade=1995", "decade=1e3", "year=-1", "year=99999",
        "days=0", "days=NaN", "resolution=8k", "hdr=maybe", "language=a'b", "language=" + "a" * 40, "limit=0",
        "limit=1000000000", "filter=x", "cursor=W10", "type=users", "genre=", "began=true&began=true",
    )  # fmt: skip
    for path, query in itertools.product(
        ("library", "library/letters", "library/ids", "shows", "shows/letters"), wrong
    ):
        response = house.member.get(f"/api/{path}?{query}")
        if query == "cursor=W10" and (path.endswith(("letters", "ids"))):
            continue  # these do not look at the cursor
        assert error_of(response)[0] == 400, (path, query, json.dumps(response.json))
