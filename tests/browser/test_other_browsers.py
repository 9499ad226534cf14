"""The same app in Firefox and in WebKit, where they are installed: its pages come, and a film plays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.appliance import PASSWORD, USERNAME, Appliance
from tests.browser.engines import Engine, Firefox, WebKit, is_installed
from tests.conftest import wait_for
from tests.fixtures.tools import run

PAGES = (
    "/",
    "/films",
    "/shows",
    "/music",
    "/podcasts",
    "/videos",
    "/articles",
    "/books",
    "/collections",
    "/library",
    "/add",
    "/search?q=winter",
    "/activity",
    "/review",
    "/settings/account",
    "/settings/libraries",
)
_SIGN_IN = """fetch("/api/login", {{
    method: "POST",
    headers: {{ "Content-Type": "application/json" }},
    body: JSON.stringify({{ username: "{name}", password: "{password}" }}),
}}).then((answer) => answer.status)"""


_FILMS = {
    "As it is (2001)": ("-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart", "{}.mp4"),
    "Converted (2002)": ("-c:v", "mpeg2video", "-c:a", "ac3", "{}.mkv"),
}
_SECONDS = 30
_POSITION = "(document.querySelector('video')?.currentTime ?? 0)"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A house with a film that every browser plays and one that none does."""
    box = Appliance(tmp_path_factory.mktemp("browsers") / "house")
    try:
        for title, how in _FILMS.items():
            folder = box.folder / "media" / "movies" / title
            folder.mkdir(parents=True)
            sources = ("-f", "lavfi", "-i", f"testsrc2=size=320x240:rate=12:duration={_SECONDS}", "-f", "lavfi")
            sound = ("-i", f"sine=duration={_SECONDS}", "-r", "24", "-g", "24")
            run(
                ("ffmpeg", "-nostdin", "-v", "error", *sources, *sound, *(one.format(title) for one in how)), cwd=folder
            )
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.fixture(
    params=[
        pytest.param(
            engine,
            id=engine.__name__,
            marks=pytest.mark.skipif(not is_installed(engine), reason=f"{engine.__name__} is not installed"),
        )
        for engine in (Firefox, WebKit)
    ]
)
def browser(request: pytest.FixtureRequest, tmp_path: Path, house: Appliance) -> Iterator[Engine]:
    engine: Engine = request.param(tmp_path)
    try:
        engine.go(f"{house.address}/login")
        assert engine.evaluate(_SIGN_IN.format(name=USERNAME, password=PASSWORD)) == 200
        yield engine
    finally:
        engine.end()


@pytest.mark.timeout(300)
def test_every_page_comes(browser: Engine, house: Appliance) -> None:
    for page in PAGES:
        browser.go(house.address + page)
        wait_for(
            lambda: browser.evaluate(
                "document.querySelector('.app:not([aria-hidden]) h1, .app:not([aria-hidden]) h2') !== null"
            ),
            seconds=20,
        )
        assert browser.evaluate("document.querySelector('.empty__mark--bad') === null"), page
        wide = browser.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page} scrolls sideways by {wide} px"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("title", ["As it is", "Converted"])
def test_a_film_plays_and_is_sought_in(browser: Engine, house: Appliance, title: str) -> None:
    question = "fetch('/api/library?type=movie&limit=10').then((answer) => answer.json()).then((list) => list.items)"

    def found() -> str | None:
        items = browser.evaluate(question)
        return next((item["id"] for item in items if item["title"] == title and item["duration"]), None)

    if not browser.evaluate(question):
        browser.evaluate(
            "fetch('/api/scan', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })"
        )
    browser.go(f"{house.address}/play/{wait_for(found, seconds=60)}")
    wait_for(lambda: browser.evaluate(f"{_POSITION} > 0.5"), seconds=60)
    assert browser.evaluate("document.querySelector('video').videoWidth") > 0
    browser.evaluate("void (document.querySelector('video').currentTime = 20)")
    wait_for(lambda: browser.evaluate(f"{_POSITION} > 20.5"), seconds=60)
