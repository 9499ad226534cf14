"""The player on bad days: a server or a line that is slow, words that are pictures, files without an index."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.known_house import ask, id_of
from tests.browser.test_player import POSITION, RUNS, TONES, _end_conversions, _make, _open, _send
from tests.browser.visitor import Visitor
from tests.fixtures.vobsub import dark_dvd_film

Visit = Callable[..., Visitor]
BRIGHT_BELOW = """(() => {
    const video = document.querySelector("video"), canvas = new OffscreenCanvas(32, 32);
    const pen = canvas.getContext("2d");
    if (!video?.videoWidth) return -1;
    pen.drawImage(video, 0, 0, 32, 32);
    return Math.max(...pen.getImageData(0, 24, 32, 8).data.filter((_, index) => index % 4 === 0));
})()"""
"""How bright the brightest spot is in the lowest quarter of the picture."""
LINES = "(document.querySelector('video')?.videoHeight ?? 0)"


SLOW_SERVER = """(() => {
    const of = XMLHttpRequest.prototype, { open, send, getResponseHeader } = of;
    const isSlow = (request) => globalThis.madeIn && request.from.includes("/480p/");
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
        const said = getResponseHeader.call(this, name);
        return name === "Server-Timing" && isSlow(this) ? said.replace(/\\d+/, (real) => Number(real) + madeIn) : said;
    };
})()"""
"""Every piece of 480 lines takes ``madeIn`` ms longer to be made, and the server says so."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, chromium: object) -> Iterator[Appliance]:
    """A house with a film that Chromium cannot decode."""
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
    visitor.wait_for(f"{POSITION} > 10", seconds=60)
    assert int(page.evaluate(LINES)) == 480, "the line is as fast as ever"
    assert page.evaluate("asked.every((url) => url.includes('/480p/'))")

    page.evaluate("globalThis.madeIn = 3500")
    page.keyboard.press("6")
    expect(page.get_by_text("The server cannot convert this film as fast as it plays, so it goes on in")).to_be_visible(
        timeout=60_000
    )
    visitor.wait_for(f"{LINES} < 480 && {RUNS} && {POSITION} > 60", seconds=40)


@pytest.mark.timeout(240)
def test_words_that_are_pictures_convert_a_film_while_they_are_on(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    page = visitor.page
    visitor.follow(f"/play/{id_of(visitor, 'Silent Film')}?t=0")
    visitor.wait_for(f"{POSITION} > 0.3", seconds=30)
    assert ask(visitor, "/api/playback")["sessions"] == [], "its picture and sound are sent as they are"

    _open(visitor, "Sound and subtitles")
    subtitles = page.get_by_role("radiogroup", name="Subtitles")
    subtitles.get_by_role("radio", name="English").click()
    visitor.wait(lambda: ask(visitor, "/api/playback")["sessions"], "a session that draws them", seconds=30)
    (session,) = ask(visitor, "/api/playback")["sessions"]
    assert [one["code"] for one in session["reasons"]] == ["subtitle_burned"]
    here = float(page.evaluate(POSITION))
    visitor.wait_for(f"{POSITION} > {here} + 0.3 && {RUNS}", seconds=30)
    visitor.wait_for(f"{BRIGHT_BELOW} > 100", seconds=30)

    subtitles.get_by_role("radio", name="Off").click()
    visitor.wait(lambda: not ask(visitor, "/api/playback")["sessions"], "an end of the session", seconds=30)
    visitor.wait_for(f"{RUNS} && {POSITION} > {here} && document.querySelector('video')?.src.includes('/api/stream/')")
    visitor.wait_for(f"{BRIGHT_BELOW} < 60", seconds=30)


@pytest.mark.timeout(240)
def test_a_film_that_was_opened_without_a_network_begins_when_it_is_back(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    page, film = visitor.page, id_of(visitor, "Silent Film")
    visitor.follow(f"/play/{film}?t=0")
    visitor.wait_for(f"{POSITION} > 0.3", seconds=30)
    visitor.follow("/films")
    page.get_by_role("button", name="Stop and close").click()
    page.context.set_offline(True)
    visitor.follow(f"/play/{film}?t=5")
    expect(page.get_by_role("alert")).to_contain_text("as soon as it is back, this goes on from here")
    page.context.set_offline(False)
    visitor.wait_for(f"{RUNS} && {POSITION} > 5.3", seconds=40)
    expect(page.get_by_role("alert")).to_have_count(0)
    for part in ("INTERNET_DISCONNECTED", "WebSocket"):
        visitor.forgive(part)


@pytest.mark.timeout(240)
def test_a_file_that_goes_while_it_plays_is_named_and_played_when_it_is_back(house: Appliance, visit: Visit) -> None:
    visitor = _enter(visit, house)
    page = visitor.page
    file = house.folder / "media" / "movies" / "Large Film (1963)" / "Large Film (1963).mkv"
    visitor.follow(f"/play/{id_of(visitor, 'Large Film')}?t=0")
    visitor.wait_for(f"{POSITION} > 0.3", seconds=40)
    file.rename(house.folder / "away.mkv")
    try:
        page.keyboard.press("9")
        expect(page.get_by_role("alert")).to_contain_text("Put it back, then try again", timeout=40_000)
    finally:
        (house.folder / "away.mkv").rename(file)
    page.get_by_role("button", name="Try again").click()
    visitor.wait_for(f"{RUNS} && {POSITION} > 90.2", seconds=60)
    for part in ("404", "409", "503"):
        visitor.forgive(part)


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
    _end_conversions(visitor)
    visitor.go("/")
    return visitor


def _fill(movies: Path) -> None:
    silent = movies / "Silent Film (1924)" / "Silent Film (1924).mp4"
    silent.parent.mkdir(parents=True)
    words = dark_dvd_film(movies.parent.parent / "dark.mp4", seconds=60, cues=((2, 58, 0.1),))
    words.rename(silent)
    large = movies / "Large Film (1963)" / "Large Film (1963).mkv"
    large.parent.mkdir(parents=True)
    _make(
        movies.parent.parent,
        *("-f", "lavfi", "-i", "testsrc2=size=640x480:rate=12:duration=100", *TONES[:4]),
        *("-c:v", "mpeg2video", "-r", "24", "-g", "12", "-c:a", "mp2", str(large)),
    )
