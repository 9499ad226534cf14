"""Taken back from the undo bar, and seen at the API each time: a film with its tags and picture, settings, cookies."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from media_library.app_state import AppState
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from tests.browser.appliance import Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
COOKIES = "# Netscape HTTP Cookie File\n.video.example\tTRUE\t/\tTRUE\t2145916800\tsession\tabc\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("undo") / "house"


@pytest.fixture(scope="module")
def house(folder: Path) -> Iterator[Appliance]:
    box = Appliance(folder)
    try:
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.fixture(scope="module")
def film(house: Appliance, folder: Path) -> str:
    """A film in the library, by its id."""
    state = AppState(folder / "state" / "media-library.db")
    library = state.ensure_library(LibraryKind.MOVIES, "Films", "movies")
    file = MediaFile("movies/Salt/Salt.mkv", 1, 1, 1, "mkv", 190_000)
    made = state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames("Salt", year=1999), file))
    state.close()
    return made.id


def asked(guest: Visitor, path: str) -> dict[str, Any]:
    """What the API says now."""
    answer: dict[str, Any] = guest.page.evaluate("(path) => fetch(path).then((answer) => answer.json())", path)
    return answer


def undo(guest: Visitor) -> None:
    """Press the button of the message that came last."""
    guest.page.get_by_role("button", name="Undo").last.click()
    expect(guest.page.get_by_text("It is as it was.").last).to_be_visible()


def red() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 90), "red").save(written, "PNG")
    return written.getvalue()


@pytest.mark.timeout(240)
def test_what_is_known_of_a_film_comes_back_with_its_locks_tags_and_picture(
    house: Appliance, film: str, visit: Visit
) -> None:
    guest = visit(house, axe=True)
    page = guest.page
    guest.sign_in(f"/item/{film}")
    item, artwork, work = f"/api/media/{film}", f"/api/media/{film}/artwork", f"/api/media/{film}/work"

    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Title", exact=True).fill("Pepper")
    page.get_by_label("Year").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Pepper", level=1)).to_be_visible()
    assert asked(guest, item)["locked"] == ["title", "year"]
    undo(guest)
    expect(page.get_by_role("heading", name="Salt", level=1)).to_be_visible()
    known = asked(guest, item)
    assert (known["title"], known["year"], known["locked"]) == ("Salt", 1999, [])

    page.get_by_role("button", name="Add a tag").click()
    page.get_by_role("textbox", name="Add a tag").fill("sea")
    page.get_by_role("button", name="Add", exact=True).click()
    guest.wait(lambda: asked(guest, work)["tags"] == ["sea"], "the tag is there")
    page.get_by_role("button", name="Remove the tag sea").click()
    guest.wait(lambda: asked(guest, work)["tags"] == [], "the tag is gone")
    undo(guest)
    assert asked(guest, work)["tags"] == ["sea"]

    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_text("Pictures").click()
    chosen = {"name": "red.png", "mimeType": "image/png", "buffer": red()}
    page.get_by_label("Choose a picture: Poster").set_input_files(chosen)  # type: ignore[arg-type]
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Undo")).to_be_visible()
    assert check(guest, "a message in a dialog") == []
    dialog.get_by_role("button", name="Remove the picture: Poster").click()
    guest.wait(lambda: asked(guest, artwork)["pictures"] == [], "the picture is gone")
    undo(guest)
    assert [one["source"] for one in asked(guest, artwork)["pictures"]] == ["own"]
    page.get_by_label("Choose a picture: Poster").set_input_files(chosen)  # type: ignore[arg-type]
    expect(dialog.get_by_role("button", name="Bring back the one before: Poster")).to_be_visible()
    assert check(guest, "two own pictures") == []


@pytest.mark.timeout(240)
def test_a_setting_comes_back_and_cookies_go_only_when_the_message_goes(house: Appliance, visit: Visit) -> None:
    guest = visit(house)
    page = guest.page
    guest.sign_in("/settings/downloads")
    before = asked(guest, "/api/settings")["downloads"]
    page.get_by_role("switch").first.click()
    guest.wait(lambda: asked(guest, "/api/settings")["downloads"] != before, "the switch is kept")
    undo(guest)
    assert asked(guest, "/api/settings")["downloads"] == before

    guest.follow("/settings/sites")
    page.get_by_role("textbox", name="Site").fill("video.example")
    page.get_by_role("textbox", name="Cookies").fill(COOKIES)
    page.get_by_role("button", name="Keep them").click()
    row = page.get_by_role("listitem").filter(has_text="video.example")
    remove = page.get_by_role("button", name="Forget the cookies of video.example")
    remove.click()
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").last.click()
    expect(row).to_have_count(1)
    assert kept(guest) == ["video.example"]
    remove.click()
    assert kept(guest) == ["video.example"], "not before the message goes"
    guest.go("/settings/sites")
    guest.wait(lambda: kept(guest) == [], "leaving the page throws them away")


@pytest.mark.timeout(240)
def test_a_key_is_shut_out_at_once(house: Appliance, visit: Visit) -> None:
    guest = visit(house)
    page = guest.page
    guest.sign_in("/settings/keys")
    page.get_by_role("textbox", name="Name").fill("Scale")
    page.get_by_role("checkbox", name="read Browse").check()
    page.get_by_role("button", name="Make the key").click()
    page.get_by_role("button", name="Revoke Scale").click()
    guest.wait(lambda: asked(guest, "/api/keys")["keys"] == [], "it has ended")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def kept(guest: Visitor) -> list[str]:
    """The sites whose cookies are kept."""
    return [site["host"] for site in asked(guest, "/api/sites")["sites"]]
