"""Names on disk through the web: templates, their effect, plans, and who may do what."""

import threading
from pathlib import Path
from typing import Any

import pytest

from media_library.models.job import JobKind
from media_library.models.library import LibraryKind
from media_library.models.rename import RenameState
from media_library.models.user import Role
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences
from media_library.services.renaming import Batches, RenameJobs
from media_library.workers.library_worker import LibraryWorker
from tests.conftest import file_of
from tests.routes.house import House, Somebody, error_of


def plan(house: House, body: object = None, by: Somebody | None = None) -> Any:
    """A plan that was asked for, and made as the worker makes it."""
    answer: Any = (by or house.member).send("POST", "/api/renames", {} if body is None else body)
    assert answer.status_code == 202, answer.text
    assert answer.json["rename"]["state"] == RenameState.PLANNING and answer.json["job"]["kind"] == JobKind.RENAME
    naming = Naming(house.settings.file_naming, Preferences(house.state, house.settings).naming)
    jobs = RenameJobs(house.state, MediaRoot(house.settings, house.state), naming)
    worker = LibraryWorker("library", house.state, house.services.media_root, {JobKind.RENAME: jobs})
    worker.step(threading.Event())
    return (by or house.member).get(f"/api/renames/{answer.json['rename']['id']}").json


def test_the_templates_are_shown_with_their_fields_and_defaults(house: House) -> None:
    shown: Any = house.member.get("/api/naming").json
    assert shown["templates"]["movie"] == ""
    assert shown["defaults"]["movie"].startswith("{title} ({year})")
    assert {"name": "title", "example": "Arrival"} in shown["fields"]["movie"]
    assert shown["id_style"] == "plex" and shown["write_nfo"] is True


def test_an_admin_changes_a_template_and_a_bad_one_is_refused_with_its_place(house: House) -> None:
    changed: Any = house.admin.send(
        "PATCH", "/api/naming", {"templates": {"movie": "{year}/{title}"}, "id_style": "none", "rename_new": True}
    ).json
    assert (changed["templates"]["movie"], changed["id_style"], changed["rename_new"]) == (
        "{year}/{title}",
        "none",
        True,
    )
    refused = house.admin.send("PATCH", "/api/naming", {"templates": {"movie": "{title} {nope}"}})
    assert error_of(refused) == (400, "bad_request")
    answer: Any = refused.json
    assert answer["error"]["field"] == "templates.movie"
    assert "At character 9" in answer["error"]["message"] and "{nope}" in answer["error"]["message"]
    assert error_of(house.member.send("PATCH", "/api/naming", {"templates": {"movie": "{title}"}}))[0] == 403
    back: Any = house.admin.send("PATCH", "/api/naming", {"templates": {"movie": ""}}).json
    assert back["templates"]["movie"] == "" and back["id_style"] == "none"


def test_a_preview_shows_real_items_and_made_up_ones_and_keeps_nothing(house: House) -> None:
    film = house.film("The Salt Road", b"film")
    answer: Any = house.member.send(
        "POST",
        "/api/naming/preview",
        {"templates": {"movie": "Films/{title}", "track": "{artist}/{nope}"}, "id_style": "jellyfin"},
    ).json
    by_kind = {example["kind"]: example for example in answer["examples"]}
    assert set(by_kind) == {"movie", "episode", "daily_episode", "track", "podcast", "video", "book", "photo"}
    assert by_kind["movie"]["media_id"] == film.id and by_kind["movie"]["to"].startswith("Films/The Salt Road.")
    assert by_kind["movie"]["from"] == file_of(film).path.partition("/")[2]
    assert "{nope}" in by_kind["track"]["error"] and by_kind["track"]["to"] == ""
    assert "[tmdbid-95396]" in by_kind["episode"]["to"] and by_kind["episode"]["media_id"] is None
    shown: Any = house.member.get("/api/naming").json
    assert shown["templates"]["movie"] == "" and shown["id_style"] == "plex"


def test_a_plan_is_looked_at_carried_out_and_taken_back(house: House) -> None:
    film = house.film("The Salt Road", b"film")
    before = file_of(film).path
    house.admin.send("PATCH", "/api/naming", {"templates": {"movie": "{title}"}})
    batch = plan(house, {"media_ids": [film.id]})
    assert (batch["state"], batch["count"], batch["unchanged"], batch["problems"]) == ("planned", 1, 0, 0)
    [step] = batch["steps"]
    assert (step["from"], step["media_id"], step["state"]) == (before, film.id, "planned")
    assert Path(step["to"]).name.startswith("The Salt Road")
    listed: Any = house.member.get("/api/renames").json
    assert [one["id"] for one in listed["renames"]] == [batch["id"]]
    job: Any = house.member.send("POST", f"/api/renames/{batch['id']}/apply", {})
    assert job.status_code == 202 and job.json["job"]["kind"] == JobKind.RENAME
    batches = Batches(house.state, MediaRoot(house.settings, house.state))
    batches.apply(batch["id"], lambda done, count: None)
    done: Any = house.member.get(f"/api/renames/{batch['id']}").json
    assert done["state"] == RenameState.DONE and done["steps"][0]["state"] == "done"
    assert file_of(house.state.media(film.id)).path == step["to"]
    assert error_of(house.member.send("POST", f"/api/renames/{batch['id']}/apply", {})) == (409, "conflict")
    assert error_of(house.member.send("DELETE", f"/api/renames/{batch['id']}")) == (409, "conflict")
    claimed = house.state.claim_content("library", per_host=1, kinds=frozenset({JobKind.RENAME}))
    assert claimed is not None
    house.state.finish_job(claimed.id, claimed.token)
    assert house.member.send("POST", f"/api/renames/{batch['id']}/undo", {}).status_code == 202
    batches.undo(batch["id"], lambda done, count: None)
    assert file_of(house.state.media(film.id)).path == before


def test_the_steps_of_a_batch_come_in_pages(house: House) -> None:
    for number in range(5):
        house.film(f"Film {number}", b"film")
    house.admin.send("PATCH", "/api/naming", {"templates": {"movie": "All/{title}"}})
    batch = plan(house)
    page: Any = house.member.get(f"/api/renames/{batch['id']}?limit=2").json
    titles = [step["title"] for step in page["steps"]]
    while page["next"] is not None:
        page = house.member.get(f"/api/renames/{batch['id']}?limit=2&cursor={page['next']}").json
        titles += [step["title"] for step in page["steps"]]
    assert sorted(titles) == [f"Film {number}" for number in range(5)]
    assert error_of(house.member.get(f"/api/renames/{batch['id']}?cursor=x")) == (400, "bad_request")


def test_what_cannot_be_renamed_is_found_among_all_that_can(house: House) -> None:
    for number in range(4):
        house.film(f"Film {number}", b"film")
    house.film("film 2", b"film")
    house.admin.send("PATCH", "/api/naming", {"templates": {"movie": "All/{title}"}})
    batch = plan(house)
    assert (batch["count"], batch["problems"]) == (5, 1)
    page: Any = house.member.get(f"/api/renames/{batch['id']}?problems=true").json
    assert ["Another item of this batch" in step["problem"] for step in page["steps"]] == [True]


def test_a_plan_that_is_being_made_can_be_discarded_with_its_job(house: House) -> None:
    asked: Any = house.member.send("POST", "/api/renames", {}).json
    path = f"/api/renames/{asked['rename']['id']}"
    assert error_of(house.member.send("POST", f"{path}/apply", {})) == (409, "conflict")
    listed: Any = house.member.get("/api/renames").json
    assert listed["renames"] == []
    assert house.member.send("DELETE", path).status_code == 204
    job: Any = house.member.get(f"/api/jobs/{asked['job']['id']}").json
    assert job["job"]["status"] == "cancelled"
    assert error_of(house.member.get(path)) == (404, "not_found")


def test_a_plan_can_be_removed(house: House) -> None:
    batch = plan(house)
    assert house.member.send("DELETE", f"/api/renames/{batch['id']}").status_code == 204
    assert error_of(house.member.get(f"/api/renames/{batch['id']}")) == (404, "not_found")
    both = {"library_id": "x", "media_ids": ["y"]}
    assert error_of(house.member.send("POST", "/api/renames", both)) == (400, "bad_request")
    assert error_of(house.member.send("POST", "/api/renames", {"library_id": "x"})) == (404, "not_found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/naming"),
        ("POST", "/api/naming/preview"),
        ("GET", "/api/renames"),
        ("POST", "/api/renames"),
        ("GET", "/api/renames/x"),
        ("POST", "/api/renames/x/apply"),
        ("POST", "/api/renames/x/undo"),
        ("DELETE", "/api/renames/x"),
    ],
)
def test_neither_a_stranger_nor_a_kid_renames_anything(house: House, method: str, path: str) -> None:
    body: dict[str, str] | None = {} if method == "POST" else None
    assert error_of(house.stranger.send(method, path, body))[0] == 401
    assert error_of(house.kid.send(method, path, body))[0] == 403


def test_who_does_not_see_a_library_renames_nothing_in_it_and_sees_no_plan_of_others(house: House) -> None:
    film = house.film("The Salt Road", b"film")
    house.episode("Show", 1, 1)
    house.admin.send("PATCH", "/api/naming", {"templates": {"movie": "All/{title}", "episode": "All/{show} {episode}"}})
    everything = plan(house)
    narrow = house.person("narrow", Role.MEMBER, [LibraryKind.SHOWS])
    assert error_of(narrow.get(f"/api/renames/{everything['id']}")) == (404, "not_found")
    assert error_of(narrow.send("POST", f"/api/renames/{everything['id']}/apply", {})) == (404, "not_found")
    assert error_of(narrow.send("DELETE", f"/api/renames/{everything['id']}")) == (404, "not_found")
    listed: Any = narrow.get("/api/renames").json
    assert listed["renames"] == []
    own = plan(house, by=narrow)
    assert [step["title"] for step in own["steps"]] == ["Show - Episode 1"]
    named = plan(house, {"media_ids": [film.id]}, by=narrow)
    assert named["steps"] == []
    shown: Any = narrow.send("POST", "/api/naming/preview", {}).json
    assert {example["kind"] for example in shown["examples"] if example["media_id"]} == {"episode"}
    films = house.state.library_of_kind(LibraryKind.MOVIES)
    assert error_of(narrow.send("POST", "/api/renames", {"library_id": films.id})) == (404, "not_found")
