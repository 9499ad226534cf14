"""People: a kid who sees nothing they should not, a screen signed in by a phone, and who is watching."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from media_library.app_state import AppState
from media_library.models.library import LibraryKind
from media_library.models.media import MediaNames, MediaType, NewMedia
from tests.browser.appliance import PASSWORD, USERNAME, Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]

ALLOWED, FORBIDDEN = "Otter Meadow", "Razor Night"


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A house with a film for everybody and one that is not for children."""
    box = Appliance(tmp_path_factory.mktemp("people"))
    try:
        box.wait_until_it_serves()
        state = AppState.open(box.folder / "state" / "media-library.db")
        library = state.library_of_kind(LibraryKind.MOVIES)
        for title, age in ((ALLOWED, 0), (FORBIDDEN, 18)):
            media = state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames(title, 2001), None))
            state.rate_media([(media.id, age)])
        state.close()
        yield box
    finally:
        box.stop()


def call(visitor: Visitor, method: str, path: str, body: object = None) -> Any:
    """Ask the API as the page does."""
    answer = visitor.page.evaluate(
        """async ([method, path, body]) => {
            const answer = await fetch(path, body === null ? { method } : {
                method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
            });
            return [answer.status, await answer.text()];
        }""",
        [method, path, body],
    )
    assert answer[0] < 300, answer
    return json.loads(answer[1]) if answer[1] else None


def make_shared(visitor: Visitor) -> None:
    """Sign in on a shared screen, which then asks who is watching."""
    page = visitor.page
    page.goto(f"{visitor.appliance.address}/login")
    page.get_by_label("Name").fill(USERNAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("This is a shared screen").check()
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Who is watching?")).to_be_visible()


def test_a_kid_on_a_shared_screen_sees_what_is_for_children_and_nothing_else(
    household: Appliance, visit: Visit
) -> None:
    admin = visit(household)
    admin.sign_in()
    people = call(admin, "GET", "/api/users")["users"]
    if not any(one["username"] == "mia" for one in people):
        new = {"username": "mia", "display_name": "Mia", "role": "kid", "max_age": 6, "all_libraries": True}
        call(admin, "POST", "/api/users", new)
    forbidden = next(one for one in call(admin, "GET", "/api/library?type=movie")["items"] if one["title"] == FORBIDDEN)

    screen = visit(household)
    make_shared(screen)
    page = screen.page
    page.get_by_role("button", name="Mia").click()
    expect(page.get_by_text(ALLOWED).first).to_be_visible()
    expect(page.get_by_text(FORBIDDEN)).to_have_count(0)
    for name in ("Add something", "Settings", "Review"):
        expect(page.get_by_role("link", name=name)).to_have_count(0)

    screen.follow("/search?q=razor")
    expect(page.get_by_text("Nothing").or_(page.locator(".empty")).first).to_be_visible()
    expect(page.get_by_text(FORBIDDEN)).to_have_count(0)
    screen.follow("/search?q=otter")
    expect(page.get_by_text(ALLOWED).first).to_be_visible()

    screen.go(f"/item/{forbidden['id']}")
    expect(page.get_by_text(FORBIDDEN)).to_have_count(0)
    expect(
        page.get_by_role("alert").or_(page.get_by_role("heading", name="There is nothing here")).first
    ).to_be_visible()
    screen.forgive("404")
    pages = ["people", "storage", "discs", "downloads", "sites", "podcasts", "libraries", "names", "keys", "account"]
    for path in ("/add", "/review", "/bin", "/activity", "/link", *(f"/settings/{name}" for name in pages)):
        screen.follow(path)
        expect(page.get_by_role("heading", name="There is nothing here"), path).to_be_visible()


def test_somebody_with_a_pin_is_asked_for_it_and_a_wrong_one_opens_nothing(household: Appliance, visit: Visit) -> None:
    admin = visit(household)
    admin.sign_in()
    call(admin, "PUT", "/api/me/pin", {"pin": "2580", "password": PASSWORD})
    call(admin, "PATCH", "/api/me", {"display_name": "Anna"})

    screen = visit(household)
    make_shared(screen)
    page = screen.page
    page.get_by_role("button", name=re.compile("Anna.*with a PIN")).click()
    expect(page.get_by_role("button", name="Digit 1")).to_be_focused()
    page.keyboard.type("1111")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("not the PIN")
    screen.forgive("403")
    for digit in "2580":
        page.get_by_role("button", name=f"Digit {digit}").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text(FORBIDDEN).first).to_be_visible()
    # whoever it is: on a shared screen nothing is managed
    expect(page.get_by_role("link", name="Add something")).to_have_count(0)
    page.get_by_role("link", name="Who is watching?").first.click()
    expect(page.get_by_role("heading", name="Who is watching?")).to_be_visible()


def test_a_television_is_signed_in_by_the_code_that_a_phone_approves(household: Appliance, visit: Visit) -> None:
    screen, phone = visit(household), visit(household)
    screen.page.goto(f"{household.address}/login")
    screen.page.get_by_role("button", name="Use your phone instead").click()
    letters = screen.page.locator("[data-code-letters]")
    expect(letters).to_have_text(re.compile("^[0-9A-Z]{4}-[0-9A-Z]{4}$"))
    expect(screen.page.get_by_alt_text("Code to point a camera at")).to_be_visible()

    phone.sign_in("/link")
    page = phone.page
    page.get_by_label("Code on the screen").fill(letters.inner_text().lower())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Is this your screen?")).to_be_visible()
    expect(page.get_by_text("127.0.0.1").or_(page.get_by_text("::1")).first).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="The screen is signed in")).to_be_visible()
    expect(screen.page.get_by_role("heading", name="Who is watching?")).to_be_visible()


def test_a_profile_gets_a_picture_and_shows_it(household: Appliance, visit: Visit, tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "me.png"
    Image.new("RGB", (64, 64), "teal").save(picture)
    visitor = visit(household)
    visitor.sign_in("/settings/account")
    page = visitor.page
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_role("button", name="Remove the picture")).to_be_visible()
    visitor.wait_for("document.querySelector('.me-face .face__picture')?.naturalWidth > 0")
    page.get_by_role("button", name="Remove the picture").click()
    expect(page.locator(".me-face .face__letter")).to_be_visible()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_no_page_on_people_has_a_serious_barrier_or_scrolls_sideways(
    household: Appliance, visit: Visit, theme: str
) -> None:
    visitor = visit(household, theme=theme, axe=True, width=390)
    page, found = visitor.page, []
    page.goto(f"{household.address}/login")
    page.get_by_role("button", name="Use your phone instead").click()
    expect(page.locator("[data-code-letters]")).not_to_be_empty()
    found += check(visitor, "the code")
    visitor.sign_in("/link")
    expect(page.get_by_label("Code on the screen")).to_be_visible()
    found += check(visitor, "/link")
    visitor.follow("/settings/account")
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    found += check(visitor, "/settings/account")
    visitor.follow("/settings/people")
    page.get_by_role("button", name="Add somebody").click()
    page.get_by_role("radio", name="Child").check()
    expect(page.get_by_text("Sees films and shows")).to_be_visible()
    found += check(visitor, "a child about to be added")
    page.keyboard.press("Escape")
    call(visitor, "PUT", "/api/me/pin", {"pin": "2580", "password": PASSWORD})
    visitor.follow("/settings/account")
    page.get_by_role("switch", name="This browser is a shared screen").click()
    expect(page.get_by_role("heading", name="Who is watching?")).to_be_visible()
    found += check(visitor, "/who")
    page.locator(".who__one").first.click()
    expect(page.locator(".pad")).to_be_visible()
    found += check(visitor, "the PIN")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_screen_that_was_left_alone_asks_again_who_is_watching(household: Appliance, visit: Visit) -> None:
    admin = visit(household)
    admin.sign_in()
    if not any(one["username"] == "noa" for one in call(admin, "GET", "/api/users")["users"]):
        new = {"username": "noa", "display_name": "Noa", "role": "kid", "pin": "1357", "all_libraries": True}
        call(admin, "POST", "/api/users", new)
    admin.page.goto(f"{household.address}/settings/people")
    admin.page.get_by_label("All screens ask").select_option("30")
    expect(admin.page.get_by_text("Saved.")).to_be_visible()

    screen = visit(household)
    make_shared(screen)
    page = screen.page
    page.clock.install()
    page.get_by_role("button", name="Noa").click()
    screen.wait_for("document.activeElement?.matches('[data-first]')")
    page.keyboard.type("1357")
    with page.expect_response(re.compile(r"/screen_watch\.js$")):
        page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Home").first).to_be_visible()
    page.wait_for_timeout(500)  # the script is there, and begins
    page.clock.fast_forward("31:00")
    expect(page.get_by_role("heading", name="Who is watching?")).to_be_visible()

    # the page may sleep, or be loaded again: the server knows by itself
    state = AppState.open(household.folder / "state" / "media-library.db")
    state._change("UPDATE sessions SET touched_at = touched_at - 31 * 60000 WHERE is_shared")
    state.close()
    page.goto(f"{household.address}/films")
    expect(page.get_by_role("heading", name="Who is watching?")).to_be_visible()
    assert page.evaluate("fetch('/api/library').then((answer) => answer.json())")["error"]["code"] == "nobody_chosen"
    screen.forgive("401")
    page.get_by_role("button", name="Noa").click()
    screen.wait_for("document.activeElement?.matches('[data-first]')")
    page.keyboard.type("1357")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/films$"))
    expect(page.get_by_role("heading", name="Films", exact=True)).to_be_visible()


def test_a_remote_control_reaches_everything_before_a_television(household: Appliance, visit: Visit) -> None:
    admin = visit(household)
    admin.sign_in()
    call(admin, "PUT", "/api/me/pin", {"pin": "2580", "password": PASSWORD})

    def reached(visitor: Visitor) -> tuple[int, int]:
        """How many things the arrows lead to, each with a focus that is seen, and how many there are."""
        page, seen = visitor.page, set()
        row = [*["Right"] * 3, *["Left"] * 3, "Down"]
        for key in (*row * 7, *["Up"] * 7):
            page.keyboard.press(f"Arrow{key}")
            name, shown = page.evaluate(
                """() => {
                    const one = document.activeElement, style = getComputedStyle(one);
                    const things = [...document.querySelectorAll("a[href], button:enabled, input, select")];
                    return [things.indexOf(one), style.outlineStyle !== "none" || style.boxShadow !== "none"];
                }"""
            )
            assert shown, "the focus is seen"
            seen.add(name)
        count = page.evaluate(
            """() => [...document.querySelectorAll("main a[href], main button:enabled, main input, main select")]
                .filter((one) => one.checkVisibility()).length"""
        )
        return len(seen), count

    screen = visit(household)
    page = screen.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{household.address}/login")
    page.get_by_label("Name").focus()
    found, count = reached(screen)
    assert found == count
    page.get_by_role("button", name="Use your phone instead").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Use the password instead")).to_be_focused()
    expect(page.locator("[data-code-letters]")).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), "the code is seen without scrolling"

    make_shared(screen)
    found, count = reached(screen)
    assert found == count
    page.get_by_role("button", name=re.compile("with a PIN")).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Digit 1")).to_be_focused()
    found, count = reached(screen)
    assert found == count, "every key, and the ways out"
