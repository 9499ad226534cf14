"""Drives and discs: what is shown, naming, ripping, ejecting."""

from typing import Any

import pytest

from media_library.models.disc import Disc, DiscAudio, DiscContent, DiscNames, DiscTitle, TitleRole
from media_library.models.drive import DiscKind, DriveKind, DriveState, DriveStatus
from tests.routes.house import House, error_of

TITLES = (
    DiscTitle(1, 3_661_000, (60_000, 60_000), (DiscAudio(1, "eng", "AC3", 6),), role=TitleRole.FEATURE, chosen=True),
    DiscTitle(2, 60_000, role=TitleRole.EXTRA),
)


def insert(house: House, *, kind: DiscKind = DiscKind.DVD, planned: bool = True) -> Disc:
    """A disc in the first drive."""
    disc = house.state.see_disc(f"fingerprint {kind}", kind, "SALT_ROAD", DiscNames("Salt Road"))
    if planned:
        house.state.plan_disc(disc.id, DiscContent.FILM, TITLES, "Which one?")
    house.state.save_drive(DriveStatus("sr0", DriveKind.LINUX, "Drive", DriveState.READY, None, disc.id, "/dev/sr0", 0))
    return house.state.get_disc(disc.id)


def first_drive(house: House) -> Any:
    answer: Any = house.member.get("/api/discs").json
    return answer["drives"][0]


def test_an_empty_drive(house: House) -> None:
    house.state.save_drive(DriveStatus("sr0", DriveKind.LINUX, "Drive", DriveState.EMPTY, None, None, None, 0))
    drive = first_drive(house)
    assert (drive["name"], drive["state"], drive["disc"], drive["job"]) == ("Drive", "empty", None, None)


def test_a_disc_is_shown_with_its_titles_and_its_plan(house: House) -> None:
    disc = insert(house)
    shown = first_drive(house)["disc"]
    assert (shown["id"], shown["label"], shown["title"], shown["content"]) == (
        disc.id,
        "SALT_ROAD",
        "Salt Road",
        "film",
    )
    assert shown["plan"] == "Will be ripped: the film (1:01:01)."
    assert shown["titles"][0] == {
        "index": 1, "duration": 3661.0, "chapters": 2, "audio": ["eng"], "subtitles": [], "role": "feature",
        "chosen": True, "name": None,
    }  # fmt: skip
    answer: Any = house.member.get("/api/discs").json
    assert [one["id"] for one in answer["recent"]] == [disc.id]


def test_a_rip_is_queued_as_planned_or_with_chosen_titles(house: House) -> None:
    disc = insert(house)
    answer = house.member.send("POST", f"/api/discs/{disc.id}/rip", {})
    assert answer.status_code == 202 and answer.json is not None
    job = house.state.get_job(answer.json["job"]["id"])
    assert (job.status, job.titles, job.drive_id, job.title) == ("queued", (), "sr0", "Salt Road")
    assert first_drive(house)["job"]["id"] == job.id
    assert error_of(house.member.send("POST", f"/api/discs/{disc.id}/rip", {})) == (409, "conflict")
    house.state.cancel_job(job.id)
    answer = house.member.send("POST", f"/api/discs/{disc.id}/rip", {"titles": [2, 1, 2]})
    assert answer.json is not None
    assert house.state.get_job(answer.json["job"]["id"]).titles == (1, 2)


@pytest.mark.parametrize("titles", [[], [0], [3], [-1], ["1"], [1.5], [True], "1", [1] * 300, {"a": 1}])
def test_titles_that_the_disc_does_not_have_are_refused(house: House, titles: object) -> None:
    disc = insert(house)
    answer = house.member.send("POST", f"/api/discs/{disc.id}/rip", {"titles": titles})
    assert error_of(answer) == (400, "bad_request")
    assert answer.json is not None and answer.json["error"]["field"].startswith("titles")


def test_a_disc_that_is_in_no_drive_cannot_be_ripped(house: House) -> None:
    disc = insert(house)
    house.state.forget_all_drives()
    answer = house.member.send("POST", f"/api/discs/{disc.id}/rip", {})
    assert error_of(answer) == (409, "conflict") and "Put it in" in answer.text


def test_there_is_nothing_to_rip_on_a_data_disc(house: House) -> None:
    disc = insert(house, kind=DiscKind.DATA, planned=False)
    assert error_of(house.member.send("POST", f"/api/discs/{disc.id}/rip", {})) == (409, "conflict")
    assert first_drive(house)["disc"]["plan"] == "This disc holds data: there is nothing to rip."


def test_a_disc_is_called_what_a_person_says_and_so_is_its_running_rip(house: House) -> None:
    disc = insert(house)
    house.member.send("POST", f"/api/discs/{disc.id}/rip", {})
    body = {"title": "The Salt Road", "season": 2, "disc_number": 1, "content": "show"}
    named: Any = house.member.send("PATCH", f"/api/discs/{disc.id}", body).json
    assert (named["title"], named["season"], named["disc_number"], named["content"]) == ("The Salt Road", 2, 1, "show")
    assert named["review_reason"] is None
    assert house.state.get_disc(disc.id).names.by_hand
    assert first_drive(house)["job"]["title"] == "The Salt Road"
    named = house.member.send("PATCH", f"/api/discs/{disc.id}", {"season": None}).json
    assert (named["title"], named["season"]) == ("The Salt Road", None)


@pytest.mark.parametrize(
    "edit", [{"title": ""}, {"title": None}, {"title": "a\n"}, {"season": -1}, {"season": 10**6}, {"content": "game"},
             {"content": None}, {"ripped_at": 1}, {"titles": []}],
)  # fmt: skip
def test_a_name_that_makes_no_sense_is_refused(house: House, edit: dict[str, object]) -> None:
    disc = insert(house)
    assert error_of(house.member.send("PATCH", f"/api/discs/{disc.id}", edit)) == (400, "bad_request")
    assert house.state.get_disc(disc.id) == disc


def test_an_eject_is_asked_for_unless_the_disc_is_being_ripped(house: House) -> None:
    disc = insert(house)
    assert house.member.send("POST", "/api/drives/sr0/eject", {}).status_code == 204
    assert house.state.take_wanted_ejects() == ["sr0"]
    house.member.send("POST", f"/api/discs/{disc.id}/rip", {})
    assert house.state.claim_rip("worker") is not None
    answer = house.member.send("POST", "/api/drives/sr0/eject", {})
    assert error_of(answer) == (409, "conflict") and house.state.take_wanted_ejects() == []
    assert error_of(house.member.send("POST", "/api/drives/sr1/eject", {})) == (404, "not_found")
