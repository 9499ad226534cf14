"""What comes next, and what one does not want to be reminded of."""

from typing import Any

from tests.routes.house import House, Somebody


def upcoming(somebody: Somebody) -> list[tuple[str, int, int]]:
    answer: Any = somebody.get("/api/up-next").json
    return [(one["show_title"], one["season"], one["episode"]) for one in answer["items"]]


def going_on(somebody: Somebody) -> list[str]:
    answer: Any = somebody.get("/api/continue-watching").json
    return [one["title"] for one in answer["items"]]


def see(somebody: Somebody, media_id: str, position: float = 60) -> None:
    somebody.send("PUT", f"/api/media/{media_id}/progress", {"position": position, "duration": 60})


def test_the_next_unseen_episode_of_each_show_comes_the_last_watched_show_first(house: House) -> None:
    harbour = {
        (season, number): house.episode("Harbour Lights", season, number) for season in (1, 2) for number in (1, 2, 3)
    }
    salt = [house.episode("Salt", 1, number) for number in (1, 2)]
    house.episode("Never begun", 1, 1)
    assert upcoming(house.member) == []
    see(house.member, harbour[1, 1].id)
    assert upcoming(house.member) == [("Harbour Lights", 1, 2)]
    see(house.member, salt[0].id)
    assert upcoming(house.member) == [("Salt", 1, 2), ("Harbour Lights", 1, 2)]
    see(house.member, harbour[1, 3].id)
    assert upcoming(house.member) == [("Harbour Lights", 2, 1), ("Salt", 1, 2)]
    see(house.member, salt[1].id)
    assert upcoming(house.member) == [("Harbour Lights", 2, 1)]
    see(house.member, harbour[2, 1].id, position=40)
    assert upcoming(house.member) == [] and going_on(house.member) == ["Episode 1"]
    assert upcoming(house.admin) == []


def test_what_is_hidden_comes_back_when_it_is_played_or_the_hiding_is_taken_back(house: House) -> None:
    episodes = [house.episode("Harbour Lights", 1, number) for number in (1, 2, 3)]
    film = house.film("The Salt Road")
    see(house.member, episodes[0].id)
    see(house.member, film.id, position=40)
    for media_id in (film.id, episodes[1].id):
        assert house.member.send("PUT", f"/api/media/{media_id}/hidden", {"hidden": True}).status_code == 204
    assert upcoming(house.member) == [] and going_on(house.member) == []
    house.member.send("PUT", f"/api/media/{film.id}/hidden", {"hidden": False})
    assert going_on(house.member) == ["The Salt Road"]
    house.state._change("UPDATE playback_progress SET hidden_at = hidden_at - 1000")
    see(house.member, episodes[1].id)
    assert upcoming(house.member) == [("Harbour Lights", 1, 3)]


def test_threat_52_nothing_comes_next_that_one_may_not_see(house: House) -> None:
    episodes = [house.episode("Canary", 1, number) for number in (1, 2)]
    house.state.save_playback(house.people["cleo"].id, episodes[0].id, 60_000, 60_000)
    assert upcoming(house.kid) == []
    assert house.kid.send("PUT", f"/api/media/{episodes[0].id}/hidden", {"hidden": True}).status_code == 404
