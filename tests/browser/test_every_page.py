"""What must be true of each page: reachable by everyone, at home on a narrow phone, silent in the console."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/",
    "/films",
    "/shows",
    "/music",
    "/podcasts",
    "/videos",
    "/articles",
    "/books",
    "/home-media",
    "/artists",
    "/collections",
    "/review",
    "/bin",
    "/library",
    "/add",
    "/search?q=nothing",
    "/activity",
    "/settings/account",
    "/settings/keys",
    "/settings/libraries",
    "/settings/names",
    "/settings/discs",
    "/settings/playback",
    "/settings/downloads",
    "/settings/podcasts",
    "/settings/sites",
    "/settings/people",
    "/link",
    "/settings/notifications",
    "/settings/storage",
    "/highlights",
    "/settings/about",
    "/offline",
)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_no_page_has_a_serious_barrier(appliance: Appliance, visit: Visit, theme: str) -> None:
    visitor = visit(appliance, theme=theme, axe=True)
    barriers = _barriers(visitor, "/login")
    visitor.sign_in("/")
    for path in PAGES:
        barriers += _barriers(visitor, path)
    assert barriers == []


def test_the_drawer_has_no_serious_barrier(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance, axe=True)
    visitor.sign_in("/")
    visitor.page.get_by_role("button", name="Activity").click()
    expect(visitor.page.get_by_role("dialog", name="Activity")).to_be_visible()
    assert check(visitor, "the drawer") == []


def test_an_unknown_address_says_so_and_leads_home(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance, axe=True)
    visitor.sign_in("/no/such/page")
    expect(visitor.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    assert check(visitor, "an unknown address") == []
    visitor.page.get_by_role("link", name="Go home").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 820])
def test_no_page_scrolls_sideways(appliance: Appliance, visit: Visit, width: int) -> None:
    visitor = visit(appliance, width=width)
    visitor.sign_in("/")
    for path in PAGES:
        _settle(visitor, path)
        assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_dialog_keeps_the_focus_and_escape_gives_it_back(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/")
    page = visitor.page
    button = page.get_by_role("button", name="Activity")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Activity")
    expect(dialog).to_be_visible()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_the_first_page_comes_quickly_over_a_thin_line(appliance: Appliance, visit: Visit) -> None:
    """What comes before the app asks its first question, scripts and styles, as many bytes as cross the wire."""
    visitor = visit(appliance)
    visitor.sign_in("/films")
    visitor.go("/")
    parts = visitor.page.evaluate(
        """() => {
            const all = performance.getEntriesByType("resource").map((one) => [new URL(one.name).pathname, one]);
            const asked = all.find(([path]) => path === "/api/me")[1].startTime;
            return all
                .filter(([path, one]) => /[.](js|css)$/.test(path) && one.startTime <= asked)
                .map(([path, one]) => [path.split("/").slice(4).join("/"), one.encodedBodySize]);
        }"""
    )
    weights = dict(parts)
    live = len(gzip.compress((Path(__file__).resolve().parents[2] / "static/vendor/socket.io.js").read_bytes()))
    assert len(weights) > 40 and min(weights.values()) > 0
    assert sum(weights.values()) + live < 120_000, weights


def test_scripts_and_styles_cross_the_wire_packed(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    answers: dict[str, str | None] = {}
    visitor.page.on("response", lambda one: answers.update({one.url: one.headers.get("content-encoding")}))
    visitor.sign_in()
    visitor.wait_for("performance.getEntriesByType('resource').length > 40")
    text = {url: packing for url, packing in answers.items() if url.endswith((".js", ".css"))}
    assert text and set(text.values()) == {"gzip"}


def test_the_chosen_theme_is_there_from_the_first_paint(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance, theme="dark")
    visitor.sign_in("/settings/account")
    visitor.page.get_by_role("radio", name="Light").check()
    assert visitor.page.evaluate("document.documentElement.dataset.theme") == "light"
    visitor.page.goto(f"{appliance.address}/films", wait_until="commit")
    visitor.wait_for("document.body !== null")
    assert visitor.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_a_key_is_shown_once_and_ends_when_it_is_revoked(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/settings/keys")
    page = visitor.page
    page.get_by_label("Name").fill("Home automation")
    page.locator(".checks .check").first.check()
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator(".secret")).to_contain_text("mlk_")
    page.get_by_role("button", name="I have it").click()
    expect(page.locator(".secret")).to_have_count(0)
    page.get_by_role("button", name="Revoke Home automation").click()
    expect(page.get_by_text("You have no keys.")).to_be_visible()


def test_a_setting_of_the_discs_is_kept(appliance: Appliance, visit: Visit) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/settings/discs")
    switch = visitor.page.get_by_role("switch", name="Keep extras")
    before = switch.is_checked()
    with visitor.page.expect_response(lambda answer: answer.request.method == "PATCH" and answer.ok):
        switch.click()
    visitor.go("/settings/discs")
    expect(visitor.page.get_by_role("switch", name="Keep extras")).to_be_checked(checked=not before)


def _settle(visitor: Visitor, path: str) -> None:
    """Go to a page by a link and wait until nothing on it is an outline any more."""
    visitor.follow(path)
    visitor.wait_for("document.querySelector('h1') !== null && document.querySelector('.bone, .bones') === null")


def _barriers(visitor: Visitor, path: str) -> list[str]:
    if path == "/login":
        visitor.go(path)
    else:
        _settle(visitor, path)
    return check(visitor, path)


def check(visitor: Visitor, where: str) -> list[str]:
    visitor.page.evaluate(AXE.read_text())
    found: dict[str, Any] = visitor.page.evaluate("axe.run()")
    return [
        f"{where}: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]
