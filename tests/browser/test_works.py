"""What is known of films, shows, persons and albums: seen, followed from page to page, and corrected."""

import io
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.known_house import id_of, known_house, look_through
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.internet.tmdb import TmdbService

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Appliance, TmdbService]]:
    with known_house(tmp_path_factory.mktemp("works") / "house") as started:
        yield started


@pytest.fixture
def guest(house: tuple[Appliance, TmdbService], visit: Visit) -> Visitor:
    """Somebody who is signed in, in a house that was looked through."""
    visitor = visit(house[0], width=1440, axe=True)
    visitor.sign_in("/")
    look_through(visitor, house[1])
    return visitor


def test_the_page_of_a_film_leads_to_its_people_genres_and_saga(guest: Visitor) -> None:
    page = guest.page
    film = id_of(guest, "The Copper Lighthouse")
    guest.follow(f"/item/{film}")
    expect(page.get_by_role("heading", name="The Copper Lighthouse", level=1)).to_be_visible()
    expect(page.get_by_text("Somebody is still out there.")).to_be_visible()
    expect(page.locator(".certificate")).to_contain_text("PG")
    expect(page.get_by_role("heading", name="Extras")).to_be_visible()
    expect(page.get_by_role("region", name="The Lighthouse Collection").locator(".card--missing")).to_have_count(1)
    assert check(guest, "a film") == []

    page.get_by_role("link", name="Mara Lindqvist").click()
    expect(page.get_by_role("heading", name="Mara Lindqvist", level=1)).to_be_visible()
    expect(page.get_by_text("Born 12 Mar 1961")).to_be_visible()
    expect(page.get_by_role("link", name="The Copper Lighthouse")).to_contain_text("as Ada")
    assert check(guest, "a person") == []

    guest.follow(f"/item/{film}")
    page.get_by_role("link", name="Mystery").click()
    expect(page.get_by_role("heading", name="Films", level=1)).to_be_visible()
    narrowed = page.get_by_role("button", name="Without “Mystery”")
    expect(narrowed).to_be_visible()
    expect(page.locator(".grid__item")).to_have_count(1)
    narrowed.click()
    expect(page.locator(".grid__item")).to_have_count(3)

    guest.follow(f"/item/{film}")
    page.get_by_role("link", name="See all: The Lighthouse Collection").click()
    expect(page.get_by_role("heading", name="The Lighthouse Collection", level=1)).to_be_visible()
    expect(page.get_by_text("1 of 2 here")).to_be_visible()
    assert check(guest, "a saga") == []


def test_a_tag_is_added_finds_the_film_and_is_taken_off(guest: Visitor) -> None:
    page = guest.page
    guest.follow(f"/item/{id_of(guest, 'The Copper Lighthouse')}")
    page.get_by_role("button", name="Add a tag").click()
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.get_by_role("textbox", name="Add a tag").fill("For a rainy day")
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="For a rainy day").click()
    expect(page.locator(".grid__item")).to_have_count(1)
    page.locator(".grid__item a").click()
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.get_by_role("button", name="Remove the tag For a rainy day").click()
    guest.follow("/films?tag=For+a+rainy+day")
    expect(page.get_by_role("heading", name="Nothing here fits the filter")).to_be_visible()
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".grid__item")).to_have_count(3)


def test_a_name_that_was_set_by_hand_is_let_go_of(guest: Visitor) -> None:
    page = guest.page
    guest.follow(f"/item/{id_of(guest, 'The Copper Lighthouse')}")
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Edition").fill("Final Cut")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".detail__meta")).to_contain_text("Final Cut")
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_text("Set by hand").first).to_be_visible()
    page.get_by_role("button", name="Let it be found again").click()
    assert check(guest, "the details") == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_role("button", name="Let it be found again")).to_have_count(0)
    page.get_by_label("Edition").fill("")
    page.get_by_role("button", name="Save").click()


def test_an_own_picture_replaces_the_found_one_and_gives_way_again(guest: Visitor) -> None:
    page = guest.page
    film = id_of(guest, "The Copper Lighthouse")
    guest.follow(f"/item/{film}")
    page.get_by_role("button", name="More", exact=True).first.click()
    page.get_by_role("button", name="Pictures").click()
    dialog = page.get_by_role("dialog", name="Pictures")
    poster = dialog.get_by_role("region", name="Poster")
    expect(poster).to_contain_text("200 × 300")
    assert check(guest, "the pictures") == []
    before = _poster(guest, film)
    drawn = io.BytesIO()
    Image.new("RGB", (400, 600), "crimson").save(drawn, "PNG")
    poster.locator("input").set_input_files({"name": "own.png", "mimeType": "image/png", "buffer": drawn.getvalue()})
    expect(poster).to_contain_text("Your own")
    guest.wait(lambda: _poster(guest, film) != before, "another poster")
    poster.get_by_role("button", name="Remove the picture").click()
    expect(poster).not_to_contain_text("Your own")
    expect(poster).to_contain_text("200 × 300")

    poster.locator("input").set_input_files({"name": "no.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(poster.get_by_role("alert")).to_be_visible()
    guest.forgive("the server responded with a status of 4")


def test_a_show_says_which_episodes_are_missing(guest: Visitor) -> None:
    page = guest.page
    guest.follow("/shows")
    page.get_by_role("link", name="Harbour Lights").click()
    expect(page.get_by_role("heading", name="Harbour Lights", level=1)).to_be_visible()
    expect(page.get_by_text("A harbour keeps its secrets.")).to_be_visible()
    expect(page.locator(".episode")).to_have_count(2)
    page.get_by_text("1 episode is missing").click()
    expect(page.locator(".missing__one")).to_contain_text("3. Fog")
    page.locator("label", has=page.get_by_role("radio", name="Season 2")).click()
    expect(page.get_by_text("Nothing of this season is here.")).to_be_visible()
    expect(page.locator(".missing__one")).to_contain_text("1. Return")
    assert check(guest, "a show") == []


def test_a_season_has_its_poster_and_its_text_and_gets_one_of_ones_own(guest: Visitor) -> None:
    page = guest.page
    guest.follow("/shows")
    page.get_by_role("link", name="Harbour Lights").click()
    expect(page.get_by_role("heading", name="The First Tide")).to_be_visible()
    expect(page.get_by_text("A boat comes back without its crew.")).to_be_visible()
    guest.wait_for("document.querySelector('.season img')?.naturalWidth > 0")
    laid = guest.appliance.folder / "media" / "shows" / "Harbour Lights (2020)" / "season01-poster.jpg"
    guest.wait(laid.exists, "the poster beside the files")
    before, found = page.locator(".season img").get_attribute("src"), laid.read_bytes()
    page.get_by_role("button", name="What can be done with Season 1").click()
    assert check(guest, "a season") == []
    page.keyboard.press("Escape")
    drawn = io.BytesIO()
    Image.new("RGB", (400, 600), "crimson").save(drawn, "PNG")
    own = page.get_by_label("Own poster of Season 1")
    own.set_input_files({"name": "own.png", "mimeType": "image/png", "buffer": drawn.getvalue()})
    expect(page.locator(".season img")).not_to_have_attribute("src", before or "")
    guest.wait(lambda: laid.read_bytes() != found, "the own poster beside the files")
    page.get_by_role("button", name="Undo").click()
    guest.wait(lambda: laid.read_bytes() == found, "the poster of before")
    guest.wait_for("document.querySelector('.season img')?.naturalWidth > 0")


def test_the_search_finds_people(guest: Visitor) -> None:
    page = guest.page
    guest.follow("/search?q=lindqvist")
    people = page.get_by_role("region", name="People")
    people.get_by_role("link", name="Mara Lindqvist").click()
    expect(page.get_by_role("heading", name="Mara Lindqvist", level=1)).to_be_visible()


def test_an_artist_leads_to_an_album_that_can_be_corrected(guest: Visitor) -> None:
    page = guest.page
    guest.follow("/music")
    page.get_by_role("radio", name="Artists").check()
    page.get_by_role("link", name="Juniper Quartet").click()
    expect(page.get_by_role("heading", name="Juniper Quartet", level=1)).to_be_visible()
    assert check(guest, "an artist") == []
    page.get_by_role("link", name="Tidewater").click()
    expect(page.get_by_role("heading", name="Tidewater", level=1)).to_be_visible()
    expect(page.locator(".track")).to_have_count(3)

    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Title").fill("Tidewaters")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Tidewaters", level=1)).to_be_visible()
    page.get_by_role("button", name="More", exact=True).first.click()
    page.get_by_role("button", name="Write tags").click()
    dialog = page.get_by_role("dialog", name="Write tags into the files")
    expect(dialog.locator(".changes").first).to_contain_text("Tidewaters")
    assert check(guest, "the tags to be written") == []
    dialog.get_by_role("button", name="Write into 3 files").click()
    expect(page.get_by_text("The tags are being written.")).to_be_visible()
    page.get_by_role("link", name="Juniper Quartet").click()
    expect(page.get_by_role("link", name="Tidewaters")).to_be_visible()


def _poster(visitor: Visitor, film: str) -> object:
    """What the poster is made of, by the address that pages use."""
    return visitor.page.evaluate(
        """(film) => fetch(`/api/poster/${film}?w=342`, { cache: "no-cache" }).then((answer) => answer.arrayBuffer())
            .then((bytes) => Array.from(new Uint8Array(bytes)).join())""",
        film,
    )
