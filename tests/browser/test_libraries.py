"""The way of a folder: chosen, looked through, taken out and back; its photos by day; its names before and after."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Page, expect

from tests.browser.appliance import PASSWORD, Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.fixtures import old_drive
from tests.fixtures.tools import run

Visit = Callable[..., Visitor]
SOON = 60_000
"""How long something may take here, ms; the machine has other things to do, too."""


@dataclass(frozen=True, slots=True)
class House:
    """A program, and folders of somebody beside it."""

    box: Appliance
    films: Path
    photos: Path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("libraries")
    films, photos = folder / "drive" / "Old films", folder / "drive" / "Family"
    films.mkdir(parents=True)
    film(films / "The.Salt.Road.2019.1080p.mkv")
    film(films / "Paper Moons (1999)" / "Paper Moons (1999).mkv")
    (films / "Torn.mkv").write_bytes(b"\x1aE\xdf\xa3" + b"\0" * 3000)
    for number in range(6):
        photo(photos / f"IMG_{number:04}.jpg", datetime(2024, 8, 17 - number // 3, 10, tzinfo=UTC), number)
    film(photos / "Swimming.mp4")
    box = Appliance(folder / "house")
    try:
        box.wait_until_it_serves()
        yield House(box, films, photos)
    finally:
        box.stop()


def film(path: Path) -> None:
    """A film of a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture, sound = "testsrc2=s=160x120:r=10:d=1", "sine=d=1"
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"]
    run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, *codecs, str(path)],
        cwd=path.parent,
    )


def photo(path: Path, taken: datetime, number: int) -> None:
    """A photo with its moment and its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Pinhole 2"
    taken_at = taken + timedelta(minutes=number)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (69.0, 30.0, 0.0)
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", (18.0, 15.0, 0.0)
    size = (320, 480) if number == 2 else (480, 320)
    old_drive.landscape(number, size=size).save(path, "JPEG", exif=exif)


def ask(page: Page, path: str) -> Any:
    """What the API answers to the page, which is signed in."""
    return page.evaluate("async (path) => (await fetch(path)).json()", path)


def add_folder(visitor: Visitor, folder: Path, kind: str, name: str, *, read_only: bool) -> None:
    """Point at a folder as a person does: through the folders of the machine."""
    page = visitor.page
    page.get_by_role("button", name="Add a folder").first.click()
    chooser = page.get_by_role("dialog", name="Choose the folder")
    chooser.get_by_role("textbox", name="Folder").fill(str(folder.parent))
    chooser.get_by_role("button", name="Open").click()
    chooser.get_by_role("button", name=folder.name, exact=True).click()
    expect(chooser.get_by_role("textbox", name="Folder")).to_have_value(str(folder))
    chooser.get_by_role("button", name="Take this folder").click()
    dialog = page.get_by_role("dialog", name="Add a folder")
    expect(dialog.get_by_label("Name")).to_have_value(folder.name)
    dialog.get_by_label("What is in it").select_option(label=kind)
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("switch", name="Read-only").set_checked(read_only)
    dialog.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("region", name=name)).to_be_visible()


@pytest.mark.timeout(240)
def test_a_folder_is_pointed_at_and_its_films_stand_on_the_shelf(house: House, visit: Visit) -> None:
    visitor = visit(house.box, axe=True)
    visitor.sign_in("/")
    page = visitor.page
    page.get_by_role("link", name="Or point me at a folder").click()
    chooser = page.get_by_role("dialog", name="Choose the folder")
    expect(chooser).to_be_visible()
    assert check(visitor, "the chooser") == []
    page.keyboard.press("Escape")
    add_folder(visitor, house.films, "Films", "Attic", read_only=False)
    attic = page.get_by_role("region", name="Attic")
    expect(attic).to_contain_text("2 entries", timeout=SOON)
    expect(attic).to_contain_text("scanned")
    attic.get_by_role("button", name="1 file cannot be read").click()
    problems = page.get_by_role("dialog", name="Files that cannot be read in Attic")
    expect(problems.get_by_text("Torn.mkv")).to_be_visible()
    assert len(problems.locator(".row__hint").inner_text()) > 20
    assert check(visitor, "the problems") == []
    page.keyboard.press("Escape")
    assert check(visitor, "the libraries") == []
    visitor.follow("/films")
    expect(page.get_by_role("link", name="The Salt Road")).to_be_visible()
    expect(page.get_by_role("link", name="Paper Moons")).to_be_visible()


@pytest.mark.timeout(240)
def test_a_folder_goes_out_and_comes_back_and_keeps_its_switch(house: House, visit: Visit) -> None:
    visitor = visit(house.box)
    visitor.sign_in("/settings/libraries")
    page = visitor.page
    attic = page.get_by_role("region", name="Attic")
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        attic.get_by_role("switch", name="Read-only").click()
    visitor.go("/settings/libraries")
    expect(attic.get_by_role("switch", name="Read-only")).to_be_checked()
    with page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        attic.get_by_role("switch", name="Read-only").click()
    attic.get_by_role("button", name="Take", exact=False).click()
    expect(page.get_by_text("is out of the library")).to_be_visible()
    visitor.wait(lambda: not ask(page, "/api/library?type=movie")["items"], "no films")
    page.get_by_role("button", name="Undo").last.click()
    visitor.wait(lambda: len(ask(page, "/api/library?type=movie")["items"]) == 2, "the films are back", seconds=60)


@pytest.mark.timeout(240)
def test_an_unplugged_folder_is_offline_and_loses_nothing(house: House, visit: Visit) -> None:
    visitor = visit(house.box)
    visitor.sign_in("/settings/libraries")
    page = visitor.page
    aside = house.films.with_name("unplugged")
    house.films.rename(aside)
    try:
        page.get_by_role("button", name="Look for changes everywhere").click()
        expect(page.get_by_role("region", name="Attic")).to_contain_text("Offline", timeout=SOON)
        assert len(ask(page, "/api/library?type=movie")["items"]) == 2
    finally:
        aside.rename(house.films)
    expect(page.get_by_role("button", name="Look for changes everywhere")).to_be_enabled(timeout=SOON)
    page.get_by_role("button", name="Look for changes everywhere").click()
    expect(page.get_by_role("region", name="Attic")).not_to_contain_text("Offline", timeout=SOON)


@pytest.mark.timeout(240)
def test_a_file_that_is_gone_is_missing_and_may_be_forgotten(house: House, visit: Visit) -> None:
    visitor = visit(house.box)
    visitor.sign_in("/settings/libraries")
    page = visitor.page
    shutil.rmtree(house.films / "Paper Moons (1999)")
    page.get_by_role("button", name="Look for changes everywhere").click()
    missing = page.get_by_role("region", name="Missing")
    expect(missing.get_by_text("Paper Moons", exact=True)).to_be_visible(timeout=SOON)
    missing.get_by_role("button", name="Forget Paper Moons").click()
    expect(missing).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(missing.get_by_text("Paper Moons", exact=True)).to_be_visible()
    missing.get_by_role("button", name="Forget Paper Moons").click()
    page.locator(".toast", has_text="is forgotten").get_by_role("button", name="Dismiss").click()
    visitor.wait(lambda: ask(page, "/api/missing")["count"] == 0, "it is forgotten")


@pytest.mark.timeout(240)
def test_names_are_tried_seen_carried_out_and_taken_back(house: House, visit: Visit) -> None:
    visitor = visit(house.box, axe=True)
    visitor.sign_in("/settings/names")
    page = visitor.page
    template = page.get_by_label("Film", exact=True)
    expect(page.locator(".template", has=template)).to_contain_text("The Salt Road")
    before = template.input_value()
    template.fill("{titel}")
    expect(page.get_by_role("alert")).to_contain_text("{titel}")
    expect(page.get_by_role("button", name="Save")).to_be_disabled()
    template.fill("{title} ({year})/{title}")
    expect(page.locator(".template", has=template)).to_contain_text("The Salt Road (2019)/The Salt Road.mkv")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("New names follow these templates")).to_be_visible()
    assert check(visitor, "the names") == []

    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("button", name="Rename 1 file")).to_be_visible(timeout=SOON)
    visitor.go("/settings/names")  # the plan is kept until it is carried out or discarded
    page.get_by_role("button", name="Rename 1 file").click(timeout=SOON)
    renamed = house.films / "The Salt Road (2019)" / "The Salt Road.mkv"
    visitor.wait(renamed.exists, "it is renamed", seconds=60)
    done = page.locator(".row", has_text="Renamed")
    expect(done).to_be_visible(timeout=SOON)
    done.get_by_role("button", name="Show").click()
    expect(page.get_by_role("dialog")).to_contain_text("The.Salt.Road.2019.1080p.mkv")
    assert check(visitor, "what was renamed") == []
    page.keyboard.press("Escape")
    done.get_by_role("button", name="Undo the renaming").click()
    visitor.wait((house.films / "The.Salt.Road.2019.1080p.mkv").exists, "the old name is back", seconds=60)
    expect(page.locator(".row", has_text="Undone")).to_be_visible(timeout=SOON)
    template.fill(before)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


@pytest.mark.timeout(240)
def test_photos_stand_by_their_days_and_are_turned_by_keys(house: House, visit: Visit) -> None:
    visitor = visit(house.box, axe=True)
    visitor.sign_in("/home-media")
    page = visitor.page
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    page.get_by_role("link", name="Point at a folder").click()
    page.get_by_role("dialog", name="Choose the folder").wait_for()
    page.keyboard.press("Escape")
    add_folder(visitor, house.photos, "Photos and home videos", "Family", read_only=True)
    expect(page.get_by_role("region", name="Family")).to_contain_text("7 entries", timeout=SOON)
    page.get_by_role("link", name="Home media").first.click()
    tiles = page.locator(".photo-tile")
    expect(tiles).to_have_count(7, timeout=SOON)
    expect(page.get_by_role("heading", name="Sat, 17 Aug 2024")).to_be_visible()
    expect(page.get_by_role("heading", name="Fri, 16 Aug 2024")).to_be_visible()
    visitor.wait_for(
        "[...document.querySelectorAll('.photo-tile img')].every((one) => one.complete && one.naturalWidth)"
    )
    assert check(visitor, "the wall") == []
    page.get_by_role("radio", name="Months").check()
    expect(page.get_by_role("heading", name="August 2024")).to_be_visible()

    page.get_by_role("link", name="IMG 0005").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("IMG 0005")
    visitor.wait_for("document.querySelector('.viewer__picture')?.naturalWidth > 0")
    page.keyboard.press("i")
    facts = page.get_by_role("complementary", name="Facts")
    expect(facts).to_contain_text("69.5° N, 18.25° W")
    expect(facts).to_contain_text("Pinhole 2")
    assert check(visitor, "the viewer") == []
    page.keyboard.press("ArrowLeft")
    expect(heading).not_to_have_text("IMG 0005")
    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text("IMG 0005")
    page.get_by_role("button", name="Remove").click()
    expect(heading).not_to_have_text("IMG 0005")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("is back")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Home media")).to_be_visible()
    expect(tiles).to_have_count(7, timeout=SOON)
    page.get_by_role("link", name="Swimming").click()
    visitor.wait_for("document.querySelector('video')?.currentTime > 0.2", seconds=30)


@pytest.mark.timeout(240)
def test_who_may_change_nothing_is_shown_no_way_to(house: House, visit: Visit) -> None:
    admin = visit(house.box)
    admin.sign_in("/")
    for name, role in (("ben", "member"), ("kim", "kid")):
        add_person(admin.page, name, role)
    member = visit(house.box)
    member.sign_in("/settings/names", name="ben")
    page = member.page
    expect(page.get_by_label("Film", exact=True)).not_to_be_editable()
    expect(page.get_by_role("switch", name="Write pictures")).to_be_disabled()
    expect(page.get_by_role("button", name="Show what would change")).to_be_visible()
    expect(page.get_by_role("link", name="Libraries")).to_have_count(0)
    member.follow("/settings/libraries")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    member.follow("/add")
    expect(page.get_by_role("button", name="Choose a folder")).to_be_visible()
    child = visit(house.box)
    child.sign_in("/home-media", name="kim")
    for path in ("/add", "/settings/names", "/settings/libraries"):
        child.follow(path)
        expect(child.page.get_by_role("heading", name="There is nothing here")).to_be_visible()


def add_person(page: Page, name: str, role: str) -> None:
    status = page.evaluate(
        """async (person) => (await fetch("/api/users", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(person),
        })).status""",
        {"username": name, "display_name": name, "password": PASSWORD, "role": role},
    )
    assert status == 201
