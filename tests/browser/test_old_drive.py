"""The way of an old drive: looked through, shown on the right shelves, moved, renamed, unplugged and back."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.appliance import Appliance
from tests.browser.visitor import Visitor
from tests.fixtures import old_drive
from tests.fixtures.old_drive import OldDrive
from tests.internet.old_drive import old_drive_services

Visit = Callable[..., Visitor]
SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class House:
    """A program with an old drive."""

    box: Appliance
    drive: OldDrive


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[House]:
    """The drive is a library of its own, looked through and identified."""
    drive = old_drive.build(tmp_path_factory.mktemp("old") / "drive")
    with old_drive_services() as (films, key):
        services = {"tmdb_url": films.api_url, "tmdb_images_url": films.images_url}
        box = Appliance(tmp_path_factory.mktemp("house"), services=services, environment={"TMDB_API_KEY": key})
        try:
            box.wait_until_it_serves()
            context = chromium.new_context()
            visitor = Visitor(context.new_page(), box)
            visitor.sign_in("/")
            page = visitor.page
            allowed = {"downloads": {"allowed_hosts": [urlsplit(films.url).netloc]}}
            assert ask(page, "PATCH", "/api/settings", allowed)["downloads"]
            library = {"name": "Old drive", "kind": "mixed", "path": str(drive.folder), "read_only": False}
            assert ask(page, "POST", "/api/libraries", library)["name"] == "Old drive"
            # files that were written a moment ago are given some seconds to be complete
            shelves = {"movie": len(drive.films), "photo": len(drive.photos), "book": len(drive.books)}

            def has_all() -> bool:
                counts = ask(page, "GET", "/api/stats")["counts"]
                return {kind: counts[kind] for kind in shelves} == shelves

            visitor.wait(has_all, "everything on its shelf", seconds=SECONDS)
            look_through(visitor)
            context.close()
            yield House(box, drive)
        finally:
            box.stop()


def ask(page: Page, method: str, path: str, body: object = None) -> Any:
    """What the API answers to the page, which is signed in."""
    status, answer = page.evaluate(
        """async ([method, path, body]) => {
            const headers = body === null ? {} : { "Content-Type": "application/json" };
            const sent = await fetch(path, { method, headers, body: body === null ? undefined : JSON.stringify(body) });
            const text = await sent.text();
            return [sent.status, text ? JSON.parse(text) : null];
        }""",
        [method, path, body if body is not None or method == "GET" else {}],
    )
    assert status < 400, f"{method} {path}: {status} {answer}"
    return answer


def look_through(visitor: Visitor) -> None:
    """Have the folders looked through, and wait until nothing is left to be done."""
    page = visitor.page
    ask(page, "POST", "/api/scan", {})
    active = ("queued", "working", "downloading", "encoding")

    def is_quiet() -> bool:
        jobs = ask(page, "GET", "/api/jobs?status=all&limit=50")["jobs"]
        # a look at a drive that is not there fails, and says so
        failed = [job for job in jobs if job["status"] == "failed" and "is not there" not in job["error"]]
        assert not failed, [(job["title"], job["error"]) for job in failed]
        return not any(job["status"] in active for job in jobs)

    visitor.wait(is_quiet, "the end of all jobs", seconds=SECONDS)


def cards(page: Page, kind: str) -> list[dict[str, Any]]:
    """All of a type that the library lists."""
    found: list[dict[str, Any]] = ask(page, "GET", f"/api/library?type={kind}&limit=100")["items"]
    return found


@pytest.mark.timeout(300)
def test_everything_stands_on_its_shelf(house: House, visit: Visit) -> None:
    visitor = visit(house.box)
    visitor.sign_in("/films")
    page = visitor.page
    films = {(card["title"], card["year"]) for card in cards(page, "movie")}
    known = {"Nachtzug nach Süden": "Night Train South", "夏の終わり": "The End of Summer"}
    assert films == {(known.get(film.title, film.title), film.year) for film in house.drive.films}
    expect(page.get_by_role("link", name="The Copper Lighthouse").first).to_be_visible()

    episodes = {(card["show_title"], card["season"], card["episode"]) for card in cards(page, "episode")}
    assert episodes == {(show, *number) for show, numbers in house.drive.episodes.items() for number in numbers}
    tracks = {(card["artist"], card["album"], card["title"]) for card in cards(page, "track")}
    assert ("Juniper Quartet", "Tidewater", "Slack") in tracks and (
        "Mara Lind",
        "Harbour Sessions",
        "Quayside",
    ) in tracks
    assert ("Anton Ek", "Ropes", "Knots") in tracks, "an album without tags is named by its folder"
    assert len(cards(page, "photo")) == len(house.drive.photos)
    assert [card["title"] for card in cards(page, "book")] != []
    for path, name in {"/shows": "Harbour Lights", "/music": "Harbour Sessions"}.items():
        visitor.follow(path)
        expect(page.get_by_role("link", name=name).first).to_be_visible()


def test_extras_versions_and_parts_belong_to_their_films(house: House, visit: Visit) -> None:
    visitor = visit(house.box)
    visitor.sign_in("/films")
    page = visitor.page
    films = {card["title"]: card["id"] for card in cards(page, "movie")}
    works = {title: ask(page, "GET", f"/api/media/{media_id}/work") for title, media_id in films.items()}
    roles = {title: sorted(file["role"] for file in work["files"]) for title, work in works.items()}
    assert "version" in roles["Paper Moons"] and "part" in roles["The Long Ferry"]
    assert len(works["A Winter in Tromsø"]["extras"]) == 2
    assert works["The Copper Lighthouse"]["saga"]["title"] == "The Lighthouse Collection"
    assert [person["name"] for person in works["The Copper Lighthouse"]["cast"]][:1] == ["Mara Lindqvist"]


def test_what_could_not_be_read_is_listed_with_the_reason(house: House, visit: Visit) -> None:
    visitor = visit(house.box)
    visitor.sign_in("/")
    page = visitor.page
    libraries = ask(page, "GET", "/api/libraries")["libraries"]
    library = next(one for one in libraries if one["name"] == "Old drive")
    problems = ask(page, "GET", f"/api/libraries/{library['id']}/problems")["items"]
    assert {Path(problem["path"]).name for problem in problems} == {Path(name).name for name in house.drive.unreadable}
    assert all(problem["reason"] for problem in problems)


@pytest.mark.timeout(300)
def test_history_survives_renames_moves_and_unplugging(house: House, visit: Visit) -> None:
    visitor = visit(house.box)
    visitor.sign_in("/films")
    page = visitor.page
    film = next(card for card in cards(page, "movie") if card["title"] == "2047")
    ask(page, "PUT", f"/api/media/{film['id']}/progress", {"position": 7, "duration": 60})
    folder = house.drive.folder
    old = folder / "Films" / "2047.2015.WEB-DL.mkv"
    new = folder / "Elsewhere" / "2047 (2015)" / "2047 (2015).mkv"
    new.parent.mkdir(parents=True)
    old.rename(new)
    look_through(visitor)
    moved = next(card for card in cards(page, "movie") if card["title"] == "2047")
    assert (moved["id"], moved["progress"]["position"]) == (film["id"], 7)

    count = len(cards(page, "movie"))
    unplugged = folder.with_name("unplugged")
    folder.rename(unplugged)
    visitor.wait(lambda: cards(page, "movie")[0]["offline"], "the news that the drive is gone", seconds=60)
    ask(page, "POST", "/api/scan", {})
    assert len(cards(page, "movie")) == count
    folder.mkdir()  # the mount point of a drive that is not mounted
    ask(page, "POST", "/api/scan", {})
    visitor.page.wait_for_timeout(500)
    assert len(cards(page, "movie")) == count
    shutil.rmtree(folder)
    unplugged.rename(folder)
    visitor.wait(lambda: not cards(page, "movie")[0]["offline"], "the news that the drive is back", seconds=60)
    look_through(visitor)
    again = next(card for card in cards(page, "movie") if card["title"] == "2047")
    assert (again["id"], again["progress"]["position"], len(cards(page, "movie"))) == (film["id"], 7, count)
    visitor.forgive("503")
