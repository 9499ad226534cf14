"""Collections that fill themselves: by every condition, for whoever looks, and by nothing but conditions."""

from typing import Any

import msgspec
import pytest

from media_library.models.media import AudioTrack, Streams, VideoTrack
from media_library.models.smart import OPERATORS
from tests.routes.house import House, Somebody, error_of


def rule(*conditions: tuple[str, str, object], match: str = "all", **more: object) -> dict[str, object]:
    found = [{"field": field, "op": op, "value": value} for field, op, value in conditions]
    return {"match": match, "conditions": found, "sort": "title", "descending": False, **more}


def finds(somebody: Somebody, wanted: dict[str, object]) -> list[str]:
    answer: Any = somebody.send("POST", "/api/collections/count", {"rule": wanted}).json
    assert answer["count"] >= len(answer["sample"]), answer
    return [one["title"] for one in answer["sample"]]


@pytest.fixture
def full(house: House) -> House:
    wide = Streams(VideoTrack("hevc", 3840, 1600, 24.0, "HDR10"), (AudioTrack(1, "deu", "aac", 2, True),), (), ())
    for title, year in (("Alpha", 1994), ("Beta", 2003), ("Gamma 100%_'", 2020)):
        house.film(title, year=year)
    ids = identities(house)
    house.state._change(
        "UPDATE media SET streams = ?, min_age = 16, duration_ms = 7200000 WHERE id = ?",
        (msgspec.json.encode(wide).decode(), ids["Alpha"]),
    )
    house.state._change("UPDATE media SET min_age = 6, added_at = added_at - 864000000 WHERE id = ?", (ids["Beta"],))
    house.member.send("PUT", f"/api/works/movie:{ids['Beta']}/tags", {"tags": ["Rain"]})
    house.member.send("POST", "/api/bulk/watched", {"ids": [ids["Beta"]], "seen": True})
    house.member.send("PUT", f"/api/media/{ids['Alpha']}/progress", {"position": 60, "duration": 7200})
    house.track("Ada Lovelace", "Waves", 1)
    house.episode("Harbour Lights", 1, 1)
    return house


def identities(house: House) -> dict[str, str]:
    page: Any = house.admin.get("/api/library?type=movie").json
    return {one["title"]: one["id"] for one in page["items"]}


def test_what_is_kept_of_many_is_the_first_in_each_order(full: House) -> None:
    """Whether few fit or more than are kept says by which way they are found; the order is the same."""
    films = ("type", "is", "movie")
    for sort, whole in (
        ("title", ["Alpha", "Beta", "Gamma 100%_'"]),
        ("year", ["Alpha", "Beta", "Gamma 100%_'"]),
        ("added", ["Beta", "Alpha", "Gamma 100%_'"]),
        ("duration", ["Beta", "Gamma 100%_'", "Alpha"]),
    ):
        for limit in (1, 2, 3, 4, None):
            for descending in (False, True):
                order = whole[::-1] if descending else whole
                if sort == "duration" and descending:
                    order = ["Alpha", "Gamma 100%_'", "Beta"]  # the last two are as long as each other
                found = finds(full.member, rule(films, sort=sort, descending=descending, limit=limit))
                assert found == order[:limit], (sort, limit, descending)


def test_every_condition_finds_what_it_says(full: House) -> None:
    films = ("type", "is", "movie")
    for condition, found in (
        (films, ["Alpha", "Beta", "Gamma 100%_'"]), (("type", "is_not", "movie"), ["Episode 1", "Track 1"]),
        (("title", "contains", "AMMA 100%_'"), ["Gamma 100%_'"]), (("tag", "is", "rain"), ["Beta"]),
        (("year", "is", 2003), ["Beta"]), (("year", "at_least", 2003), ["Beta", "Gamma 100%_'"]),
        (("year", "at_most", 2000), ["Alpha"]), (("added", "at_least", 5), ["Beta"]),
        (("hdr", "is", "true"), ["Alpha"]),
        (("min_age", "at_least", 12), ["Alpha"]), (("min_age", "at_most", 12), ["Beta"]),
        (("language", "is", "deu"), ["Alpha", "Beta", "Episode 1", "Gamma 100%_'", "Track 1"]),
        (("resolution", "is", "uhd"), ["Alpha"]), (("duration", "at_least", 100), ["Alpha"]),
        (("watched", "is", "watched"), ["Beta"]), (("watched", "is", "began"), ["Alpha"]),
        (("artist", "is", "ada lovelace"), ["Track 1"]), (("artist", "contains", "LOVE"), ["Track 1"]),
        (("show", "is", "harbour lights"), ["Episode 1"]), (("person", "is", "Nobody"), []),
        (("genre", "is", "Drama"), []), (("rating", "at_least", 7.5), []), (("rating", "at_most", 10), []),
    ):  # fmt: skip
        assert finds(full.member, rule(condition)) == found, condition
    assert finds(full.member, rule(films, ("tag", "is_not", "Rain"))) == ["Alpha", "Gamma 100%_'"]
    assert finds(full.member, rule(("tag", "is", "Rain"), ("year", "at_most", 2000), match="any")) == ["Alpha", "Beta"]
    assert finds(full.member, rule(films, limit=2)) == ["Alpha", "Beta"]
    assert finds(full.member, rule(films, limit=1, sort="year", descending=True)) == ["Gamma 100%_'"]
    assert finds(full.member, rule(films, ("added", "at_most", 5))) == ["Alpha", "Gamma 100%_'"]


def test_a_smart_collection_is_made_looked_into_changed_and_told_for_each_viewer(full: House) -> None:
    wanted = rule(("watched", "is", "unwatched"), ("type", "is", "movie"))
    made: Any = full.member.send("POST", "/api/collections", {"title": "To see", "kind": "smart", "rule": wanted}).json
    assert (made["kind"], made["count"], made["here_count"], len(made["covers"])) == ("smart", 2, 2, 2)
    assert made["rule"]["conditions"][0] == {"field": "watched", "op": "is", "value": "unwatched"}
    path = f"/api/collections/{made['id']}"
    for somebody, found in ((full.member, ["Alpha", "Gamma 100%_'"]), (full.admin, ["Alpha", "Beta", "Gamma 100%_'"])):
        entries: Any = somebody.get(f"{path}/items").json
        assert [one["media"]["title"] for one in entries["items"]] == found and entries["count"] == len(found)
        first: Any = somebody.get(f"{path}/items?limit=1").json
        second: Any = somebody.get(f"{path}/items?limit=1&cursor={first['next']}").json
        assert [one["items"][0]["title"] for one in (first, second)] == found[:2]
    changed: Any = full.member.send("PATCH", path, {"rule": rule(("tag", "is", "Rain")), "title": "Rainy"}).json
    assert (changed["title"], changed["count"]) == ("Rainy", 1)
    for method, where, body in (
        ("POST", f"{path}/items", {"media_id": identities(full)["Alpha"]}),
        ("PUT", f"{path}/items", {"order": []}),
        ("POST", "/api/bulk/collect", {"collection": made["id"], "ids": [identities(full)["Alpha"]]}),
    ):
        assert error_of(full.member.send(method, where, body))[0] == 409
    plain: Any = full.member.send("POST", "/api/collections", {"title": "By hand"}).json
    assert plain["rule"] is None
    assert error_of(full.member.send("PATCH", f"/api/collections/{plain['id']}", {"rule": wanted}))[0] == 409
    inside = rule(("collection", "is", plain["id"]))
    assert finds(full.member, inside) == []
    nested = rule(("collection", "is", made["id"]))
    assert error_of(full.member.send("POST", "/api/collections/count", {"rule": nested}))[0] == 400


def test_threat_52_a_rule_finds_nothing_that_its_viewer_may_not_see(full: House) -> None:
    episodes = rule(("type", "is", "episode"))
    hidden: Any = full.admin.send(
        "POST", "/api/collections", {"title": "Canary", "kind": "smart", "rule": episodes}
    ).json
    assert hidden["count"] == 1
    assert "Canary" not in full.kid.get("/api/collections").text
    for path in ("", "/items"):
        assert error_of(full.kid.get(f"/api/collections/{hidden['id']}{path}")) == (404, "not_found")
    everything = rule(("year", "at_least", 0), ("type", "is", "episode"), match="any")
    open_to_kids: Any = full.admin.send(
        "POST", "/api/collections", {"title": "All", "kind": "smart", "rule": everything}
    ).json
    assert open_to_kids["count"] == 4
    seen: Any = full.kid.get(f"/api/collections/{open_to_kids['id']}").json
    assert seen["count"] == 3
    items: Any = full.kid.get(f"/api/collections/{open_to_kids['id']}/items").json
    assert {one["media"]["media_type"] for one in items["items"]} == {"movie"}


def test_threat_123_a_rule_is_made_of_words_from_lists_and_bound_values(full: House) -> None:
    for text in (
        "' OR 1=1 --",
        '"; DROP TABLE media; --',
        "%",
        "_",
        ":user",
        ":value0",
        "?",
        "\\",
        "*",
        "NULL",
        "1e400",
    ):
        for field in ("genre", "tag", "artist", "show", "person", "language"):
            assert finds(full.member, rule((field, "is", text))) == [], (field, text)
        if text not in ("%", "_"):
            assert finds(full.member, rule(("title", "contains", text))) == []
    for field, ops in OPERATORS.items():
        for op in ("is", "is_not", "contains", "at_least", "at_most"):
            answer = full.member.send("POST", "/api/collections/count", {"rule": rule((field, op, "x"))})
            assert answer.status_code in (200, 400, 404), (field, op)
            assert op in ops or answer.status_code == 400
    wrong: list[dict[str, object]] = [
        rule(("password_hash", "is", "x")), rule(("title", "LIKE", "x")), rule(("title", "contains", "")),
        rule(("title", "contains", "x" * 201)), rule(("title", "contains", "a\0b")), rule(("year", "is", "1994")),
        rule(("year", "is", 10**9)), rule(("year", "is", -1)), rule(("year", "is", 1.5)), rule(("year", "is", True)),
        rule(("watched", "is", "ever")), rule(("type", "is", "extra")), rule(), rule(*[("year", "is", 1)] * 21),
        rule(("year", "is", 1), match="none"), rule(("year", "is", 1), sort="password_hash"),
        rule(("year", "is", 1), limit=0), rule(("year", "is", 1), limit=1_001), rule(("year", "is", 1), where="1=1"),
    ]  # fmt: skip
    for one in wrong:
        assert error_of(full.member.send("POST", "/api/collections/count", {"rule": one}))[0] == 400, one
    for body in (
        {"title": "x", "kind": "smart"},
        {"title": "x", "rule": rule(("year", "is", 1))},
        {"title": "x", "kind": "saga"},
    ):
        assert error_of(full.member.send("POST", "/api/collections", body))[0] == 400
