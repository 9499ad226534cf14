"""The way of a disc: it goes in, the page shows what becomes of it, the film stands in the library and plays."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.appliance import Appliance
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
POSITION = "document.querySelector('video').currentTime"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A program of its own, because the disc must be the first one."""
    box = Appliance(tmp_path_factory.mktemp("disc") / "house")
    try:
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.mark.timeout(300)
def test_a_disc_becomes_a_film_that_plays_without_a_touch_or_a_reload(
    house: Appliance, film_disc: Path, visit: Visit
) -> None:
    visitor = visit(house)
    visitor.sign_in("/")
    page = visitor.page
    expect(page.get_by_role("heading", name="Insert a disc")).to_be_visible()
    page.evaluate("() => { document.body.dataset.mark = 'same page'; }")

    _insert(film_disc, house)
    card = page.locator(".disc")
    expect(card).to_contain_text("Winter Orchard", timeout=60_000)
    widths = _watch_progress(visitor)
    assert len(widths) >= 2, "the card showed no progress"
    assert widths == sorted(widths), "progress went back"

    hero = page.locator(".hero")
    expect(hero.get_by_role("heading", name="Winter Orchard")).to_be_visible(timeout=120_000)
    assert page.evaluate("document.body.dataset.mark") == "same page"

    hero.get_by_role("link", name="Play").click()
    visitor.wait_for(f"{POSITION} > 1")
    assert page.evaluate("document.querySelector('video').videoWidth") > 0


def test_playing_goes_on_where_it_was_left(house: Appliance, visit: Visit) -> None:
    visitor = visit(house)
    film = _open_film(visitor)
    page = visitor.page
    page.get_by_role("link", name="Play", exact=True).or_(page.get_by_role("link", name="Start over")).first.click()
    visitor.wait_for(f"{POSITION} > 0.2")
    with page.expect_response(lambda answer: "/progress" in answer.url and answer.ok):
        page.keyboard.press("5")
    middle = float(page.evaluate(POSITION))
    visitor.wait_for(f"{POSITION} > {middle} + 0.5")
    with page.expect_response(lambda answer: "/progress" in answer.url and answer.ok):
        page.keyboard.press(" ")
    left_at = float(page.evaluate(POSITION))
    assert left_at > 5

    visitor.go(film)
    expect(page.locator(".detail__progress")).to_be_visible()
    page.get_by_role("link", name="Resume").click()
    visitor.wait_for(f"document.querySelector('video') && {POSITION} >= {left_at - 1}")
    expect(page.get_by_text("Resumed at")).to_be_visible()


def test_the_keyboard_drives_the_player(house: Appliance, visit: Visit) -> None:
    visitor = visit(house)
    film = _open_film(visitor)
    page = visitor.page
    visitor.go(f"{film.replace('/item/', '/play/')}?t=0")
    visitor.wait_for(f"{POSITION} > 0.2")
    page.keyboard.press("k")
    visitor.wait_for("document.querySelector('video')?.paused")
    page.keyboard.press("5")
    middle = visitor.wait(lambda: float(page.evaluate(POSITION)), "a position")
    page.keyboard.press("ArrowLeft")
    visitor.wait_for(f"{POSITION} < {middle} - 4")
    page.keyboard.press("m")
    visitor.wait_for("document.querySelector('video')?.muted")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("f")
    visitor.wait_for("document.fullscreenElement !== null")
    page.keyboard.press("f")
    visitor.wait_for("document.fullscreenElement === null")
    page.keyboard.press("Escape")
    expect(page.locator(".stage--full")).to_have_count(0)


def test_a_chapter_plays_from_where_it_begins(house: Appliance, visit: Visit) -> None:
    visitor = visit(house)
    _open_film(visitor)
    visitor.page.locator(".chapter").nth(2).click()
    visitor.wait_for(f"document.querySelector('video') && {POSITION} >= 7")


def test_a_new_name_is_shown_and_locked(house: Appliance, visit: Visit) -> None:
    visitor = visit(house)
    _open_film(visitor)
    page = visitor.page
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Year").fill("1998")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".detail__meta")).to_contain_text("1998")
    page.get_by_role("button", name="Edit").click()
    expect(page.locator(".field", has_text="Year").get_by_title("Set by hand")).to_be_visible()


def test_what_was_removed_comes_back_with_one_tap(house: Appliance, visit: Visit) -> None:
    visitor = visit(house)
    visitor.sign_in("/films")
    page = visitor.page
    page.locator(".grid a.card").first.click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="No films yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".grid a.card")).to_have_count(1)


def test_the_search_finds_the_film_while_it_is_typed(house: Appliance, visit: Visit) -> None:
    visitor = visit(house)
    visitor.sign_in("/")
    page = visitor.page
    page.keyboard.press("/")
    page.keyboard.type("orch", delay=30)
    expect(page.locator(".results a.card")).to_have_count(1)
    assert page.url.endswith("/search?q=orch")
    page.go_back()
    expect(page.locator(".hero")).to_be_visible()


def _insert(disc: Path, house: Appliance) -> None:
    """A copy takes its time; the name is the sign that it is whole."""
    part = house.disc_images / "part"
    shutil.copyfile(disc, part)
    part.rename(house.disc_images / disc.name)


def _watch_progress(visitor: Visitor) -> list[float]:
    """The different values that the bar of the disc card showed, until the film is there."""
    seen: list[float] = []

    def look() -> bool:
        if visitor.page.locator(".hero").count():
            return True
        value = visitor.page.evaluate(
            "() => document.querySelector('.disc .progress__fill')?.style.getPropertyValue('--value') ?? null"
        )
        if value is not None and (not seen or float(value) != seen[-1]):
            seen.append(float(value))
        return False

    visitor.wait(look, "the end of the rip", seconds=180)
    return seen


def _open_film(visitor: Visitor) -> str:
    """Sign in, open the only film, and return its address."""
    visitor.sign_in("/films")
    page: Page = visitor.page
    page.locator(".grid a.card").first.click()
    page.locator(".detail").wait_for()
    return page.url.removeprefix(visitor.appliance.address)
