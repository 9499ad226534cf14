"""The app in German, and in a language that is written from right to left."""

import gzip
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.appliance import PASSWORD, ROOT, USERNAME, Appliance
from tests.browser.pseudo import pseudo, speak_backwards
from tests.browser.test_every_page import PAGES, _settle
from tests.browser.visitor import Visitor

ENGLISH = re.compile(r"\b(the|and|your|you|with|here|Settings|Search|Films|Nothing|yet|Add)\b")
Speak = Callable[..., Visitor]


@pytest.fixture
def speak(chromium: Browser, appliance: Appliance) -> Iterator[Speak]:
    """Somebody with a browser in a language; complaints fail the test at its end."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def start(locale: str, *, width: int = 1280, backwards: bool = False) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            locale=locale,
            reduced_motion="reduce",
            # What a worker fetches cannot be put into another language on the way.
            service_workers="block" if backwards else "allow",
        )
        if backwards:
            speak_backwards(context)
        contexts.append(context)
        visitors.append(Visitor(context.new_page(), appliance))
        return visitors[-1]

    yield start
    for visitor in visitors:
        visitor.forgive("Service Worker registration blocked")
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for context in contexts:
        context.close()
    assert complaints == []


def enter(visitor: Visitor, path: str = "/") -> None:
    """Sign in without a word that is read from the page."""
    visitor.page.goto(f"{visitor.appliance.address}/login?next={path}")
    visitor.page.locator("#username").fill(USERNAME)
    visitor.page.locator("#password").fill(PASSWORD)
    visitor.page.locator("button[type=submit]").click()
    visitor.page.locator(".app:not([aria-hidden]), .stage--full").first.wait_for()


def requests_of(visitor: Visitor) -> list[str]:
    """The addresses that the page asks for from now on; the list grows."""
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    return asked


def test_a_german_browser_is_spoken_to_in_german_from_the_first_paint(speak: Speak) -> None:
    visitor = speak("de-DE")
    requested = requests_of(visitor)
    enter(visitor)
    page = visitor.page
    expect(page.get_by_role("link", name="Filme").first).to_be_visible()
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["de", "ltr"]
    catalogues = {url.split("/js/")[1] for url in requested if re.search(r"/strings\w*\.js$", url)}
    assert "de/strings.js" in catalogues
    assert all(name.startswith("de/") for name in catalogues), catalogues
    assert [url for url in requested if "sentences" in url] == []


def test_what_the_server_says_is_said_in_the_language_of_the_reader(speak: Speak, appliance: Appliance) -> None:
    (appliance.disc_images / "Leer.iso").write_bytes(b"")
    try:
        for locale, title, refusal, card in (
            (
                "de-DE",
                "Namen",
                "Bei Zeichen 1 der Vorlage: „{“ wird nie geschlossen.",
                "Das Abbild „Leer.iso“ ist leer.",
            ),
            (
                "en-GB",
                "Names",
                "At character 1 of the template, “{” is never closed.",
                "The image “Leer.iso” is empty.",
            ),
        ):
            visitor = speak(locale)
            requested = requests_of(visitor)
            enter(visitor, "/settings/names")
            expect(visitor.page.get_by_role("heading", name=title, level=1)).to_be_visible()
            visitor.page.locator("textarea").first.fill("{title")
            expect(visitor.page.get_by_text(refusal).first).to_be_visible()
            visitor.go("/settings/discs")
            expect(visitor.page.get_by_text(card).first).to_be_visible()
            assert any("sentences" in url for url in requested) == (locale == "de-DE")
            visitor.forgive("400")
    finally:
        (appliance.disc_images / "Leer.iso").unlink()


def test_the_first_page_weighs_as_little_in_german(speak: Speak) -> None:
    """As many bytes as cross the wire before the app asks its first question."""
    visitor = speak("de-DE")
    enter(visitor, "/films")
    visitor.go("/")
    weights = visitor.page.evaluate(
        """() => {
            const all = performance.getEntriesByType("resource").map((one) => [new URL(one.name).pathname, one]);
            const asked = all.find(([path]) => path === "/api/me")[1].startTime;
            return all
                .filter(([path, one]) => /[.](js|css)$/.test(path) && one.startTime <= asked)
                .map(([path, one]) => [path, one.encodedBodySize]);
        }"""
    )
    assert any(path.endswith("/js/de/strings.js") for path, _ in weights)
    live = len(gzip.compress((ROOT / "static" / "vendor" / "socket.io.js").read_bytes()))
    assert sum(weight for _, weight in weights) + live < 120_000, weights


@pytest.mark.timeout(240)
def test_no_page_speaks_english_to_a_german(speak: Speak) -> None:
    visitor = speak("de-DE", width=390)
    enter(visitor)
    for path in PAGES:
        _settle(visitor, path)
        for label in visitor.page.evaluate(
            """() => [...document.querySelectorAll("h1, h2, nav a, button, .empty__text, label, legend")]
                .map((one) => one.textContent.trim()).filter(Boolean)"""
        ):
            assert not ENGLISH.search(label), (path, label)
        assert visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_a_language_that_is_chosen_goes_with_the_person_and_can_be_taken_back(speak: Speak) -> None:
    visitor = speak("en-GB")
    enter(visitor, "/settings/account")
    page = visitor.page
    page.get_by_label("Language").first.select_option("de")
    expect(page.get_by_role("heading", name="Konto", level=1)).to_be_visible()
    other = speak("en-GB")
    enter(other)
    expect(other.page.get_by_role("link", name="Filme").first).to_be_visible()
    page.get_by_label("Sprache").first.select_option("")
    expect(page.get_by_role("heading", name="Account", level=1)).to_be_visible()


def test_before_the_sign_in_the_device_chooses(speak: Speak, appliance: Appliance) -> None:
    visitor = speak("en-GB")
    visitor.page.goto(f"{appliance.address}/login")
    visitor.page.get_by_label("Language").select_option("de")
    expect(visitor.page.get_by_role("heading", name="Willkommen zurück")).to_be_visible()
    visitor.page.locator("#username").fill(USERNAME)
    visitor.page.locator("#password").fill("wrong")
    visitor.page.locator("button[type=submit]").first.click()
    expect(visitor.page.get_by_role("alert")).to_have_text("Der Name oder das Passwort stimmt nicht.")
    visitor.forgive("401")
    visitor.page.get_by_label("Sprache").select_option("en")
    expect(visitor.page.get_by_role("heading", name="Welcome back")).to_be_visible()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("width", [390, 1440])
def test_right_to_left_everything_is_mirrored_and_nothing_scrolls_sideways(speak: Speak, width: int) -> None:
    visitor = speak("en-GB", width=width, backwards=True)
    enter(visitor)
    page = visitor.page
    expect(page.get_by_text(pseudo("Films")).first).to_be_attached()
    for path in PAGES:
        _settle(visitor, path)
        # What lies beyond the beginning of the lines cannot be scrolled to, but is seen by where it is.
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        beyond = page.evaluate(
            """() => [...document.querySelectorAll("main h1, main .panel, main .page-head, .bar, .side, .tabs")]
                .map((one) => [one.className, one.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1))
                .map(([name]) => name)"""
        )
        assert beyond == [], path
    if width > 1000:
        side = page.evaluate("document.querySelector('.side').getBoundingClientRect().right - innerWidth")
        assert abs(side) < 2


def test_pointers_turn_round_and_players_do_not(speak: Speak) -> None:
    visitor = speak("en-GB", backwards=True)
    enter(visitor, "/settings/account")
    pointing = "getComputedStyle(document.querySelector('.glyph--pointing')).scale"
    assert visitor.wait_for("document.querySelector('.glyph--pointing') !== null")
    assert visitor.page.evaluate(pointing) == "-1 1"
    sheet = (ROOT / "static" / "css" / "components" / "seek.css").read_text("utf-8")
    assert "direction: ltr" in sheet
