"""The player on bad days: a server or a line that is slow, words that are pictures, files without an index."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.known_house import ask, id_of
from tests.browser.test_player import H264, PICTURE, POSITION, RUNS, TONES, _make, _send
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
LINES = "(document.querySelector('video')?.videoHeight ?? 0)"


SLOW_SERVER = """(() => {
    const of = XMLHttpRequest.prototype, { open, send, getResponseHeader } = of;
    const isSlow = (request) => globalThis.madeIn && request.from.includes("/720p/");
    globalThis.asked = [];
    of.open = function (method, url, ...others) {
        this.from = String(url);
        if (this.from.includes(".m4s")) asked.push(this.from);
        return open.call(this, method, url, ...others);
    };
    of.send = function (...body) {
        setTimeout(() => this.readyState === 1 && send.apply(this, body), isSlow(this) ? madeIn : 0);
    };
    of.getResponseHeader = function (name) {
        return name === "Server-Timing" && isSlow(this) ? `made;dur=${madeIn}` : getResponseHeader.call(this, name);
    };
})()"""
"""Every piece of 720 lines is made in ``madeIn`` ms, and the server says so."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: object) -> Iterator[Appliance]:
    """A house with a large film that Chromium cannot decode."""
    box = Appliance(tmp_path_factory.mktemp("bad-days") / "house")
    try:
        _fill(box.folder / "media" / "movies")
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.mark.timeout(240)
def test_a_slow_server_is_no_slow_line_and_a_film_goes_on_smaller_once(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house, script=SLOW_SERVER)
    page, film = visitor.page, id_of(visitor, "Large Film")

    page.evaluate("globalThis.madeIn = 1500")
    visitor.follow(f"/play/{film}?t=0")
    visitor.wait_for(f"{POSITION} > 12", seconds=60)
    assert int(page.evaluate(LINES)) == 720, "the line is as fast as ever"
    assert page.evaluate("asked.every((url) => url.includes('/720p/'))")

    page.evaluate("globalThis.madeIn = 3500")
    page.keyboard.press("6")
    expect(page.get_by_text("The server cannot convert this film as fast as it plays, so it goes on in")).to_be_visible(
        timeout=60_000
    )
    visitor.wait_for(f"{LINES} < 720 && {RUNS} && {POSITION} > 60", seconds=40)


def _enter(visit: Visit, house: Appliance, *, script: str = "") -> Visitor:
    """Somebody who has signed in, with all films known and nothing chosen before; ``script`` runs in every page."""
    visitor = visit(house)
    visitor.page.add_init_script(script)
    visitor.sign_in("/")
    _send(visitor, "PATCH", "/api/me/choices", {"audio_language": "", "subtitle_language": "", "subtitles": "auto"})
    wanted = len(list((house.folder / "media" / "movies").iterdir()))
    if ask(visitor, "/api/library?limit=10")["count"] < wanted:
        _send(visitor, "POST", "/api/scan", {})

    def is_known() -> bool:
        items = ask(visitor, "/api/library?limit=10")["items"]
        return len(items) == wanted and all(item["duration"] for item in items)

    visitor.wait(is_known, "a library that was looked through", seconds=60)
    visitor.go("/")
    return visitor


def _fill(movies: Path) -> None:
    large = movies / "Large Film (1963)" / "Large Film (1963).mkv"
    large.parent.mkdir(parents=True)
    _make(
        movies.parent.parent,
        *("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=12:duration=100", *TONES[:4]),
        *("-c:v", "mpeg2video", "-r", "24", "-b:v", "1M", "-g", "12", "-c:a", "mp2", str(large)),
    )
