"""Libraries through the web: pointing at folders, looking through them, problems, what is missing."""

import threading
from pathlib import Path
from typing import Any

import pytest

from media_library.models.job import JobKind
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner import library_scanner
from media_library.services.media_root import MediaRoot
from media_library.workers.library_worker import LibraryWorker
from tests.fixtures.tools import run
from tests.routes.house import House, error_of


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a film of a second."""
    folder = tmp_path_factory.mktemp("film")
    picture = ("-f", "lavfi", "-i", "testsrc=s=64x36:d=1:r=10")
    run(["ffmpeg", "-v", "error", "-y", *picture, "-c:v", "mpeg4", "film.mkv"], cwd=folder)
    return (folder / "film.mkv").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, film: bytes) -> Path:
    """A folder with a film and something that is none."""
    folder = tmp_path / "drive" / "films"
    folder.mkdir(parents=True)
    (folder / "Alpine (2001).mkv").write_bytes(film)
    (folder / "Broken (2002).mkv").write_bytes(b"")
    return folder


def look_through(house: House) -> None:
    """Do all scans that are queued."""
    media_root = MediaRoot(house.settings, house.state)
    places = LibraryPlaces(house.state, media_root)
    scanner = library_scanner(house.settings, house.state, media_root, places, settle_seconds=0)
    worker = LibraryWorker("library", house.state, media_root, {JobKind.SCAN: scanner})
    while any(job.kind is JobKind.SCAN for job in house.state.list_jobs(["queued"], 100)):  # type: ignore[list-item]
        worker.step(threading.Event())


def added(house: House, folder: Path, **more: Any) -> Any:
    body = {"name": "Old films", "kind": "movies", "path": str(folder), **more}
    answer = house.admin.send("POST", "/api/libraries", body)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_folder_becomes_a_library_that_is_looked_through(house: House, folder: Path) -> None:
    library = added(house, folder)
    assert library["kind"] == "movies" and not library["is_primary"]
    look_through(house)
    shown: Any = house.admin.get("/api/libraries").json
    one = next(one for one in shown["libraries"] if one["id"] == library["id"])
    (place,) = one["folders"]
    assert (one["count"], place["files"], place["failed"], place["online"]) == (1, 2, 1, True)
    assert place["path"] == str(folder) and place["scanned_at"]
    page: Any = house.member.get(f"/api/library?library={library['id']}").json
    assert [card["title"] for card in page["items"]] == ["Alpine"]


def test_what_could_not_be_taken_in_is_listed_with_path_and_reason(house: House, folder: Path) -> None:
    for number in range(3):
        (folder / f"Empty {number} (2003).mkv").write_bytes(b"")
    library = added(house, folder)
    look_through(house)
    seen: list[str] = []
    cursor = ""
    while True:
        page: Any = house.member.get(f"/api/libraries/{library['id']}/problems?limit=2{cursor}").json
        assert page["count"] == 4
        seen += [item["path"] for item in page["items"]]
        assert all("empty" in item["reason"] for item in page["items"])
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert sorted(seen) == sorted(str(path) for path in folder.iterdir() if path.is_file() and not path.stat().st_size)
    assert error_of(house.member.get(f"/api/libraries/{library['id']}/problems?cursor=x"))[0] == 400
    assert error_of(house.member.get("/api/libraries/nothing/problems"))[0] == 404


def test_what_is_missing_is_listed_and_can_be_forgotten(house: House, folder: Path, film: bytes) -> None:
    (folder / "Stays (2000).mkv").write_bytes(film + b"\xec\x81x")
    added(house, folder)
    look_through(house)
    (folder / "Alpine (2001).mkv").unlink()
    house.member.send("POST", "/api/scan", {})
    look_through(house)
    page: Any = house.member.get("/api/missing").json
    assert page["count"] == 1
    (card,) = page["items"]
    assert card["title"] == "Alpine" and card["missing_since"] and card["path"].endswith("Alpine (2001).mkv")
    assert error_of(house.member.send("DELETE", f"/api/missing/{card['id']}"))[0] == 403
    assert house.admin.send("DELETE", f"/api/missing/{card['id']}").status_code == 204
    assert error_of(house.admin.send("DELETE", f"/api/missing/{card['id']}"))[0] == 404
    after: Any = house.member.get("/api/missing").json
    assert after == {"count": 0, "items": [], "next": None}


def test_a_folder_is_taken_out_and_comes_back_with_its_items(house: House, folder: Path) -> None:
    library = added(house, folder)
    look_through(house)
    (place,) = library["folders"]
    before: Any = house.member.get(f"/api/library?library={library['id']}").json
    assert house.admin.send("DELETE", f"/api/folders/{place['id']}").status_code == 204
    gone: Any = house.member.get(f"/api/library?library={library['id']}").json
    assert gone["items"] == [] and (folder / "Alpine (2001).mkv").is_file()
    back = house.admin.send("POST", f"/api/folders/{place['id']}/restore", {})
    assert back.status_code == 200
    after: Any = house.member.get(f"/api/library?library={library['id']}").json
    assert [card["id"] for card in after["items"]] == [card["id"] for card in before["items"]]


def test_a_folder_that_is_pointed_at_again_comes_back_too(house: House, folder: Path) -> None:
    library = added(house, folder)
    look_through(house)
    house.admin.send("DELETE", f"/api/folders/{library['folders'][0]['id']}")
    again = added(house, folder, name="Another name")
    shown: Any = house.member.get(f"/api/library?library={again['id']}").json
    assert [card["title"] for card in shown["items"]] == ["Alpine"]


def test_a_library_gets_one_more_folder_and_another_name(house: House, folder: Path, tmp_path: Path) -> None:
    library = added(house, folder)
    (tmp_path / "second").mkdir()
    more: Any = house.admin.send(
        "POST", f"/api/libraries/{library['id']}/folders", {"path": str(tmp_path / "second"), "read_only": True}
    ).json
    assert more["read_only"] and more["online"]
    edited: Any = house.admin.send("PATCH", f"/api/folders/{more['id']}", {"read_only": False}).json
    assert not edited["read_only"]
    renamed: Any = house.admin.send("PATCH", f"/api/libraries/{library['id']}", {"name": "Oldest films"}).json
    assert renamed["name"] == "Oldest films" and len(renamed["folders"]) == 2


def test_folders_of_the_program_stay(house: House) -> None:
    shown: Any = house.admin.get("/api/libraries").json
    built_in = next(one["folders"][0] for one in shown["libraries"] if one["folders"])
    assert built_in["built_in"]
    assert error_of(house.admin.send("DELETE", f"/api/folders/{built_in['id']}"))[0] == 409
    assert error_of(house.admin.send("PATCH", f"/api/folders/{built_in['id']}", {"read_only": True}))[0] == 409


def test_folders_are_offered_for_choosing_one(house: House, folder: Path) -> None:
    (folder / "Inner").mkdir()
    (folder / ".hidden").mkdir()
    (folder / "link").symlink_to("/etc")
    shown: Any = house.admin.get(f"/api/folders/choices?path={folder}").json
    assert [one["name"] for one in shown["folders"]] == ["Inner"]
    assert shown["parent"] == str(folder.parent)
    top: Any = house.admin.get("/api/folders/choices").json
    assert top["parent"] is None and not {"etc", "proc", "usr"} & {one["name"] for one in top["folders"]}
    for path in ("/etc", str(house.settings.data_directory), "/no/such/folder", "relative", str(folder / "link")):
        assert error_of(house.admin.get(f"/api/folders/choices?path={path}"))[0] == 400, path


@pytest.mark.parametrize("path", ["/", "/etc", "/proc", "nowhere", "/no/such/folder"])
def test_threat_64_a_folder_of_the_system_is_refused(house: House, path: str) -> None:
    answer = house.admin.send("POST", "/api/libraries", {"name": "X", "kind": "movies", "path": path})
    assert error_of(answer) == (400, "bad_request")


def test_the_folder_of_a_library_is_refused_a_second_time(house: House, folder: Path) -> None:
    added(house, folder)
    answer = house.admin.send("POST", "/api/libraries", {"name": "X", "kind": "movies", "path": str(folder)})
    assert error_of(answer)[0] == 400
    articles = {"name": "X", "kind": "articles", "path": str(folder.parent)}
    assert error_of(house.admin.send("POST", "/api/libraries", articles))[0] == 400


def test_a_scan_that_waits_already_is_the_answer(house: House, folder: Path) -> None:
    library = added(house, folder)
    look_through(house)
    first: Any = house.member.send("POST", "/api/scan", {"library_id": library["id"]}).json
    second: Any = house.member.send("POST", "/api/scan", {"library_id": library["id"]}).json
    assert first["job"]["id"] == second["job"]["id"] and first["job"]["kind"] == "scan"
    both = {"library_id": library["id"], "folder_id": library["folders"][0]["id"]}
    assert error_of(house.member.send("POST", "/api/scan", both))[0] == 400
    assert error_of(house.member.send("POST", "/api/scan", {"folder_id": "nothing"}))[0] == 404


def test_a_scan_of_what_is_offline_says_so(house: House, folder: Path) -> None:
    library = added(house, folder)
    look_through(house)
    folder.rename(folder.with_name("away"))
    answer = house.member.send("POST", "/api/scan", {"library_id": library["id"]})
    assert error_of(answer)[0] == 503
    shown: Any = house.admin.get("/api/libraries").json
    place = next(one["folders"][0] for one in shown["libraries"] if one["id"] == library["id"])
    assert not place["online"] and "not there" in place["problem"]


def test_who_may_not_see_a_library_learns_nothing_of_it(house: House, folder: Path) -> None:
    library = added(house, folder)
    assert error_of(house.kid.get("/api/libraries"))[0] == 403
    assert error_of(house.kid.get("/api/missing"))[0] == 403
    assert error_of(house.kid.send("POST", "/api/scan", {"library_id": library["id"]}))[0] == 403
    assert error_of(house.stranger.get("/api/folders/choices"))[0] == 401
