"""Search: a line of dialogue, half remembered, opens the film at that second."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.known_house import ask
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.fixtures.tools import run

Visit = Callable[..., Visitor]
pytestmark = pytest.mark.timeout(300)

LINES = (
    (4, "The harbour was silent that night."),
    (12, "Nobody rows to the copper lighthouse in November."),
    (20, "Then who is keeping the light?"),
)
GERMAN = ((12, "Niemand rudert im November zum kupfernen Leuchtturm."), (20, "Wer hält dann das Licht am Brennen?"))
FILMS = {"The Copper Lighthouse (2011)": "teal", "Paper Moons (1999)": "purple", "The Long Ferry (2004)": "navy"}


@pytest.fixture(scope="module")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """Three films, one of which speaks."""
    box = Appliance(tmp_path_factory.mktemp("search") / "house")
    try:
        for name, colour in FILMS.items():
            write_film(box.folder / "media" / "movies" / name / f"{name}.mp4", colour)
        place = box.folder / "media" / "movies" / "The Copper Lighthouse (2011)"
        (place / "The Copper Lighthouse (2011).en.srt").write_text(srt(LINES))
        (place / "The Copper Lighthouse (2011).de.srt").write_bytes(srt(GERMAN).encode("cp1252"))
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


def test_a_line_of_dialogue_with_a_typo_opens_the_film_at_that_second(cinema: Appliance, visit: Visit) -> None:
    visitor = visit(cinema, width=1440, axe=True)
    page = visitor.page
    visitor.sign_in("/")
    have_it_read(visitor)
    # the words are learnt after the lines
    visitor.wait(lambda: ask(visitor, "/api/search?q=lighthuose")["is_corrected"], "words that are known", seconds=90)

    page.keyboard.press("/")
    box = page.get_by_role("searchbox", name="Search")
    expect(box).to_be_focused()
    box.press_sequentially("rows to the coper ligthouse")
    said = page.get_by_role("region", name="Said in films and episodes")
    expect(said.get_by_role("link")).to_have_count(1)
    expect(page.get_by_text("Nothing was found for “rows to the coper ligthouse”.")).to_be_visible()
    expect(said.get_by_role("link")).to_contain_text("Nobody rows to the copper lighthouse in November.")
    expect(said.locator("mark").first).to_have_text("rows")
    assert check(visitor, "a search") == []

    page.keyboard.press("ArrowDown")
    expect(page.locator(".results a").first).to_be_focused()
    said.get_by_role("link").focus()
    page.keyboard.press("Enter")
    visitor.wait_for("location.pathname.startsWith('/play/') && location.search === '?t=12'")
    visitor.wait_for("document.querySelector('video')?.currentTime >= 11.9", seconds=30)
    assert float(str(page.evaluate("document.querySelector('video')?.currentTime"))) < 20

    visitor.go("/search")
    expect(page.get_by_role("heading", name="What are you looking for?", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="rows to the coper ligthouse")).to_be_visible()
    page.get_by_role("button", name="Forget all").click()
    expect(page.get_by_role("link", name="rows to the coper ligthouse")).to_have_count(0)
    assert check(visitor, "a search that begins") == []
    assert visitor.complaints == []


def test_an_address_holds_a_search_and_names_come_before_what_is_said(cinema: Appliance, visit: Visit) -> None:
    visitor = visit(cinema, width=390, theme="light")
    page = visitor.page
    visitor.sign_in("/search?q=copper%20light")
    expect(page.get_by_role("searchbox", name="Search")).to_have_value("copper light")
    have_it_read(visitor)
    films = page.get_by_role("region", name="Films", exact=True)
    expect(films.get_by_role("listitem")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visitor.go("/search?q=xqzwvk")
    expect(page.get_by_role("heading", name="Nothing found for “xqzwvk”")).to_be_visible()
    assert visitor.complaints == []


def have_it_read(visitor: Visitor) -> None:
    """Have the house scanned, and return when what is said in it is found, in both languages."""
    visitor.page.evaluate(
        "fetch('/api/scan', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })"
    )
    visitor.wait(lambda: ask(visitor, "/api/search?q=leuchtturm")["lines"], "lines that are found", seconds=150)


def srt(lines: tuple[tuple[int, str], ...]) -> str:
    """A file of subtitles: each line for three seconds."""
    blocks = (f"{n}\n00:00:{at:02},000 --> 00:00:{at + 3:02},000\n{text}\n" for n, (at, text) in enumerate(lines, 1))
    return "\n".join(blocks)


def write_film(path: Path, colour: str) -> None:
    """Thirty seconds of a colour, which browsers play as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    inputs = ("-f", "lavfi", "-i", f"color=c={colour}:s=320x180:r=10:d=30", "-f", "lavfi", "-i", "sine=f=440:d=30")
    codecs = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10", "-c:a", "aac")
    run(["ffmpeg", "-v", "error", "-y", *inputs, *codecs, "-shortest", str(path)], cwd=path.parent)
