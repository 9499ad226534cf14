"""Collections: made, filled from the pages of things, put into order by drag and by key, taken apart and put back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from media_library.app_state import AppState
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from tests import internet
from tests.browser.appliance import Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.internet import shapes

Visit = Callable[..., Visitor]
BOOKS = ("Ash", "Birch", "Cedar", "Dogwood")
SOON = 60_000
"""How long a job may take here, ms; the machine has other things to do, too."""
TITLES = "[...document.querySelectorAll('.listed__title')].map((one) => one.textContent)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("collections") / "house"


@pytest.fixture(scope="module")
def house(folder: Path) -> Iterator[Appliance]:
    """A program of its own with four books of wood, so that the page of collections is empty at first."""
    box = Appliance(folder)
    try:
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.fixture
def guest(house: Appliance, visit: Visit) -> Visitor:
    """Somebody who is signed in, at home on the page of collections, with the books in the library."""
    visitor = visit(house, axe=True)
    visitor.sign_in("/collections")
    known = {card["title"] for card in _json(visitor, "/api/library?type=book")["items"]}
    for title in BOOKS:
        if title not in known:
            _post(visitor, "/api/books", {"title": title})
    return visitor


@pytest.fixture
def tracks(house: Appliance, folder: Path) -> None:
    """Two tracks in the library, as a rip leaves them there."""
    state = AppState(folder / "state" / "media-library.db")
    library = state.ensure_library(LibraryKind.MUSIC, "Music", "music")
    for title in ("Slack Tide", "Blue Door"):
        file = MediaFile(f"music/Harbour Band/{title}.flac", 1, 1, 1, "flac", 190_000)
        state.add_media(NewMedia(MediaType.TRACK, library.id, MediaNames(title, artist="Harbour Band"), file))
    state.close()


@pytest.mark.timeout(240)
def test_a_first_collection_is_made_and_filled_from_the_page_of_a_book(guest: Visitor) -> None:
    page = guest.page
    expect(page.get_by_role("heading", name="No collections yet")).to_be_visible()
    page.get_by_role("button", name="New collection").click()
    page.get_by_role("textbox", name="Title").fill("Trees")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", name="Trees", level=1)).to_be_visible()

    book = next(card for card in _json(guest, "/api/library?type=book")["items"] if card["title"] == "Ash")
    guest.follow(f"/books/{book['id']}")
    page.get_by_role("button", name="Collect").click()
    page.get_by_role("button", name="Trees").click()
    expect(page.get_by_text("“Ash” is in “Trees”.")).to_be_visible()
    guest.follow("/collections")
    expect(page.get_by_role("link", name="Trees")).to_contain_text("1 entry")
    assert check(guest, "the collections") == []


def test_a_collection_is_put_into_order_by_key_and_by_drag(guest: Visitor) -> None:
    page, collection = guest.page, _filled(guest, "In order")
    guest.follow(f"/collections/{collection}")
    expect(page.locator(".listed")).to_have_count(4)
    page.get_by_role("button", name="Move Dogwood").focus()
    for order in (["Ash", "Birch", "Dogwood", "Cedar"], ["Ash", "Dogwood", "Birch", "Cedar"]):
        with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
            page.keyboard.press("ArrowUp")
        assert page.evaluate(TITLES) == order
    expect(page.get_by_role("button", name="Move Dogwood")).to_be_focused()

    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        _drag(page, "Move Cedar", onto="Move Ash")
    assert page.evaluate(TITLES) == ["Cedar", "Ash", "Dogwood", "Birch"]
    guest.go(f"/collections/{collection}")
    expect(page.locator(".listed")).to_have_count(4)
    assert page.evaluate(TITLES) == ["Cedar", "Ash", "Dogwood", "Birch"]
    assert check(guest, "a collection") == []


def test_an_entry_that_was_taken_out_goes_back_to_its_place(guest: Visitor) -> None:
    page, collection = guest.page, _filled(guest, "Taken apart")
    guest.follow(f"/collections/{collection}")
    page.get_by_role("button", name="More to do with Birch").click()
    page.get_by_role("button", name="Take out of the collection").click()
    expect(page.locator(".listed")).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".listed")).to_have_count(4)
    assert page.evaluate(TITLES) == list(BOOKS)


def test_a_collection_is_renamed_and_removed_with_a_way_back(guest: Visitor) -> None:
    page, collection = guest.page, _filled(guest, "Wrong name")
    guest.follow(f"/collections/{collection}")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="Title").fill("Right name")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Right name", level=1)).to_be_visible()

    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Collections", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Right name")).to_have_count(0)
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_role("link", name="Right name")).to_be_visible()


def test_a_music_playlist_shows_what_the_library_lacks(guest: Visitor) -> None:
    page = guest.page
    text = "#EXTM3U\n#EXTINF:200,Harbour Band - Slack Tide\nslack.mp3\n#EXTINF:180,Harbour Band - Blue Door\nblue.mp3\n"
    added = _post(guest, "/api/import/playlist", {"name": "Road songs.m3u", "content": text})
    guest.follow(f"/collections/{added['collection_id']}")
    expect(page.get_by_role("heading", name="Road songs", level=1)).to_be_visible()
    page.get_by_role("link", name="Check the matches").click()
    expect(page.get_by_role("heading", name="Not in your library")).to_be_visible()
    expect(page.locator(".match-row")).to_have_count(2)
    assert check(guest, "the matches") == []


def test_a_match_in_doubt_is_settled_with_one_key(guest: Visitor, tracks: None) -> None:
    page = guest.page
    text = "#EXTM3U\n#EXTINF:200,Harbour Band - Slack Tyde\nslack.mp3\n#EXTINF:180,Harbour Band - Blue Door\nblue.mp3\n"
    added = _post(guest, "/api/import/playlist", {"name": "Drive.m3u", "content": text})
    guest.follow(f"/collections/{added['collection_id']}?view=match")
    expect(page.locator(".match")).to_have_count(1)
    expect(page.locator(".match__wanted")).to_contain_text("Slack Tyde")
    expect(page.locator(".candidate").first).to_contain_text("Slack Tide")
    assert check(guest, "a match in doubt") == []
    page.keyboard.press("j")
    expect(page.locator("[data-position]:focus-within")).to_have_count(1)
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.keyboard.press("1")
    expect(page.locator(".match")).to_have_count(0)
    expect(page.get_by_text("2 of 2 settled")).to_be_visible()
    page.get_by_role("link", name="The list").click()
    expect(page.locator(".listed__title")).to_have_text(["Slack Tide", "Blue Door"])


@pytest.mark.timeout(240)
def test_a_followed_list_fills_itself_by_its_rules_and_one_entry_is_fetched_all_the_same(guest: Visitor) -> None:
    page = guest.page
    with internet.serve() as web:
        _send(guest, "PATCH", "/api/settings", {"downloads": {"allowed_hosts": [web.authority]}})
        address = shapes.channel(web, ["First light", "Trailer of it"])
        added = _post(guest, "/api/import/playlist", {"url": address, "follow": {"title_exclude": "trailer"}})
        guest.follow(f"/collections/{added['collection_id']}")
        expect(page.get_by_role("heading", name="Sea Channel", level=1)).to_be_visible(timeout=SOON)
        expect(page.get_by_text("Left out by the rules")).to_be_visible(timeout=SOON)
        expect(page.locator(".listed--away")).to_have_count(1, timeout=SOON)

        page.get_by_role("button", name="Fetch Trailer of it").click()
        expect(page.locator(".listed--away")).to_have_count(0, timeout=SOON)
        expect(page.locator(".detail__meta")).to_contain_text("Following")
        page.get_by_role("button", name="Rules").click()
        expect(page.get_by_label("Title does not contain")).to_have_value("trailer")
        page.get_by_role("button", name="Stop following").click()
        expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()


def _drag(page: Page, handle: str, *, onto: str) -> None:
    start, end = (page.get_by_role("button", name=name).bounding_box() for name in (handle, onto))
    assert start is not None and end is not None
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(start["x"] + start["width"] / 2, (start["y"] + end["y"]) / 2)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"])
    page.mouse.up()


def _filled(visitor: Visitor, title: str) -> str:
    """The id of a new collection with all books in it, by their titles."""
    collection = str(_post(visitor, "/api/collections", {"title": title})["id"])
    cards = {card["title"]: card["id"] for card in _json(visitor, "/api/library?type=book")["items"]}
    for book in BOOKS:
        _post(visitor, f"/api/collections/{collection}/items", {"media_id": cards[book]})
    return collection


def _json(visitor: Visitor, path: str) -> dict[str, list[dict[str, str]]]:
    answer: dict[str, list[dict[str, str]]] = visitor.page.evaluate(
        "(path) => fetch(path).then((answer) => answer.json())", path
    )
    return answer


def _post(visitor: Visitor, path: str, body: dict[str, object]) -> dict[str, str]:
    return _send(visitor, "POST", path, body)


def _send(visitor: Visitor, method: str, path: str, body: dict[str, object]) -> dict[str, str]:
    answer: dict[str, str] = visitor.page.evaluate(
        """([method, path, body]) => fetch(path, {
            method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
        }).then((answer) => answer.json())""",
        [method, path, body],
    )
    return answer
