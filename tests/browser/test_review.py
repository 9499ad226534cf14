"""What is in doubt is settled with one key or tap, and taken back as easily."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.appliance import Appliance
from tests.browser.known_house import ask, id_of, known_house, look_through
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.internet.tmdb import TmdbService

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Appliance, TmdbService]]:
    with known_house(tmp_path_factory.mktemp("review") / "house") as started:
        yield started


def test_an_empty_review_says_that_everything_is_known(house: tuple[Appliance, TmdbService], visit: Visit) -> None:
    visitor = visit(house[0], axe=True)
    visitor.sign_in("/review")
    expect(visitor.page.get_by_role("heading", name="Everything is known")).to_be_visible()
    assert check(visitor, "an empty review") == []


def test_doubtful_films_are_settled_with_one_key_each(house: tuple[Appliance, TmdbService], visit: Visit) -> None:
    visitor = visit(house[0], width=1440, axe=True)
    visitor.sign_in("/")
    look_through(visitor, house[1])
    page = visitor.page
    expect(page.get_by_role("link", name="Review 2")).to_be_visible()

    visitor.follow("/review")
    expect(page.get_by_text("2 to settle")).to_be_visible()
    first = page.locator(".subject__title").inner_text()
    expect(page.locator(".proposal")).to_have_count(2)
    expect(page.locator(".proposal").first).to_contain_text(first)
    assert check(visitor, "a review") == []

    with page.expect_response(lambda answer: answer.url.endswith("/apply") and answer.ok):
        page.keyboard.press("1")
    expect(page.locator(".subject__title")).not_to_have_text(first)
    expect(page.get_by_text("1 to settle")).to_be_visible()

    with page.expect_response(lambda answer: answer.url.endswith("/undo") and answer.ok):
        page.keyboard.press("u")
    expect(page.locator(".subject__title")).to_have_text(first)
    expect(page.get_by_text("2 to settle")).to_be_visible()

    page.keyboard.press("s")
    expect(page.locator(".subject__title")).not_to_have_text(first)
    with page.expect_response(lambda answer: answer.url.endswith("/dismiss") and answer.ok):
        page.keyboard.press("k")
    expect(page.locator(".subject__title")).to_have_text(first)
    with page.expect_response(lambda answer: answer.url.endswith("/apply") and answer.ok):
        page.keyboard.press("2")
    expect(page.get_by_text("You have settled all 2.")).to_be_visible()
    assert check(visitor, "a review that is done") == []
    visitor.go("/review")
    expect(page.get_by_role("heading", name="Everything is known")).to_be_visible()


def test_on_a_phone_one_tap_settles_what_other_words_found(house: tuple[Appliance, TmdbService], visit: Visit) -> None:
    visitor = visit(house[0], width=390, axe=True)
    visitor.sign_in("/")
    page = visitor.page
    film = id_of(visitor, "Paper Moons") if _has(visitor, "Paper Moons") else id_of(visitor, "The Long Ferry")
    visitor.follow(f"/item/{film}")
    expect(page.get_by_text("Identification")).to_be_visible()
    dialog = _look_up(page, "Copper Lighthouse Second Light")
    pick = dialog.get_by_role("button", name="The Copper Lighthouse: Second Light")
    expect(pick).to_be_visible()
    assert check(visitor, "the candidates") == []
    pick.click()
    expect(dialog.get_by_role("heading", name="What would change")).to_be_visible()
    expect(dialog.locator(".changes__row").first).to_be_visible()
    assert check(visitor, "what would change") == []
    dialog.get_by_role("button", name="That is it").click()
    second = page.get_by_role("heading", name="The Copper Lighthouse: Second Light", level=1)
    expect(second).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(second).to_have_count(0)

    _settle(page, "Copper Lighthouse Second Light", "The Copper Lighthouse: Second Light")
    expect(second).to_be_visible()
    _settle(page, "Long Ferry", "The Long Ferry")
    expect(page.get_by_role("heading", name="The Long Ferry", level=1)).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    expect(second).to_be_visible()  # a match that was settled is settled again
    assert ask(visitor, "/api/library?type=movie")["count"] == 3


def _look_up(page: Page, words: str) -> Locator:
    """Search in the dialog that mends what something was taken for."""
    page.get_by_role("button", name="More", exact=True).first.click()
    page.get_by_role("button", name="Fix identification").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").fill(words)
    dialog.get_by_label("Year").fill("")
    dialog.get_by_role("button", name="Search").click()
    return dialog


def _settle(page: Page, words: str, title: str) -> None:
    dialog = _look_up(page, words)
    dialog.get_by_role("button", name=title).first.click()
    dialog.get_by_role("button", name="That is it").click()
    expect(dialog).to_have_count(0)


def _has(visitor: Visitor, title: str) -> bool:
    return any(card["title"] == title for card in ask(visitor, "/api/library?type=movie")["items"])
