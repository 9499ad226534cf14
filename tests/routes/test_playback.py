"""Where each person stopped."""

from typing import Any

from media_library.models.api_key import Scope
from tests.routes.house import House


def progress(house: House, media_id: str, position: float) -> Any:
    body = {"position": position, "duration": 100}
    answer = house.member.send("PUT", f"/api/media/{media_id}/progress", body)
    assert answer.status_code == 200
    return answer.json


def test_a_position_is_kept_for_one_person_only(house: House) -> None:
    media = house.film("The Salt Road")
    kept = progress(house, media.id, 12.5)
    assert (kept["position"], kept["duration"], kept["finished"]) == (12.5, 100.0, False)
    item: Any = house.member.get(f"/api/media/{media.id}").json
    assert item["progress"] == kept
    other: Any = house.admin.get(f"/api/media/{media.id}").json
    assert other["progress"] is None


def test_an_item_is_finished_from_95_percent_on(house: House) -> None:
    media = house.film("The Salt Road")
    assert not progress(house, media.id, 94.9)["finished"]
    assert progress(house, media.id, 95)["finished"]


def test_continue_watching_lists_what_was_begun_newest_first(house: House) -> None:
    first, second, barely, done = (house.film(name) for name in ("One", "Two", "Three", "Four"))
    for media, position in ((first, 10), (done, 99), (second, 20), (barely, 4)):
        progress(house, media.id, position)
    answer: Any = house.member.get("/api/continue-watching").json
    assert [item["id"] for item in answer["items"]] == [second.id, first.id]
    assert house.member.send("DELETE", f"/api/media/{second.id}/progress").status_code == 204
    answer = house.member.get("/api/continue-watching").json
    assert [item["id"] for item in answer["items"]] == [first.id]
    others: Any = house.admin.get("/api/continue-watching").json
    assert others["items"] == []


def test_a_program_keeps_the_position_of_its_owner(house: House) -> None:
    media = house.film("The Salt Road")
    body = {"position": 30, "duration": 100}
    key = house.key(Scope.READ, owner="ben")
    assert key.send("PUT", f"/api/media/{media.id}/progress", body).status_code == 200
    item: Any = house.member.get(f"/api/media/{media.id}").json
    assert item["progress"]["position"] == 30.0


def test_a_place_that_a_device_tells_of_later_does_not_undo_a_newer_one(house: House) -> None:
    media = house.film("The Salt Road")
    path = f"/api/media/{media.id}/progress"

    def tell(position: float, **more: int) -> Any:
        return house.member.send("PUT", path, {"position": position, "duration": 100, **more}).json

    now = tell(40)
    assert tell(20, at=now["updated_at"] - 60_000)["position"] == 40
    offline = tell(60, at=now["updated_at"] + 1)
    assert (offline["position"], offline["updated_at"]) == (60, now["updated_at"] + 1)
    assert tell(50, at=now["updated_at"])["position"] == 60
    ahead = tell(70, at=now["updated_at"] + 10_000_000)  # its clock is wrong
    assert ahead["position"] == 70
    assert ahead["updated_at"] < now["updated_at"] + 10_000_000
