"""From a click or a key until the page shows that it was heard, everywhere in the app, in a library of 100,000."""

import subprocess
import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from bench.appliance import Appliance, ApplianceError
from bench.browser import SLOWDOWN, as_telephone, context, launch, sign_in
from bench.report import Goal, Report, median
from bench.workbench import Workbench, add_many
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia, Streams, VideoTrack
from media_library.services import state_file

_MEDIA = 100_000
_ROUNDS = 3
_SECONDS = 60
_AT_ONCE_MS, _ON_A_PHONE_MS = 100, 200
_REST_MS = 700
_PATIENCE_SECONDS = 20.0

_WATCH = """
    window.answers = { begun: 0, shown: 0 };
    {
        const begin = (event) => { if (event.isTrusted) answers.begun ||= event.timeStamp; };
        for (const type of ["click", "keydown"]) addEventListener(type, begin, { capture: true });
        new MutationObserver(() => {
            if (!answers.begun || answers.drawn) return;
            answers.drawn = true;
            requestAnimationFrame(() => setTimeout(() => (answers.shown = performance.now())));
        }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    }
"""
"""What changes first after a click is the answer; it counts when it is on the screen."""

_PLACE = """
    (selector) => {
        const there = [...document.querySelectorAll(selector)].filter((one) => one.getBoundingClientRect().width > 0);
        const isSeen = ({ top, right, bottom, left }) =>
            top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
        const found = there.find((one) => isSeen(one.getBoundingClientRect())) ?? there[0];
        if (!found) return null;
        if (!isSeen(found.getBoundingClientRect())) found.scrollIntoView({ block: "center", inline: "center" });
        const box = found.getBoundingClientRect();
        return [box.left + box.width / 2, box.top + box.height / 2];
    }
"""


@dataclass(frozen=True, slots=True)
class _Act:
    """One thing that people do: a click on what ``selector`` finds, or a ``key``; ``path`` is gone to before it.

    What is not ``counted`` only leads to the next one.
    """

    what: str
    selector: str = ""
    key: str = ""
    path: str = ""
    counted: bool = True


def _acts(film: str) -> tuple[_Act, ...]:
    item = f"/item/{film}"
    return (
        _Act("home → library", "a[href='/library'], .side a[href='/films']", path="/"),
        _Act("library → films", "a[href='/films']", path="/library"),
        _Act("films → a film", ".grid a.card"),
        _Act("a film → home", "a[href='/']"),
        _Act("home → a film", ".shelf a.card"),
        _Act("films: another look", "[aria-label='Lines']", path="/films?sort=title"),
        _Act("films: back to pictures", "[aria-label='Grid'], [aria-label='Pictures']"),
        _Act("films: the other way round", "[aria-label^='Ascending']"),
        _Act("films: the filter", ".narrow__open"),
        _Act("films: the filter closes", key="Escape"),
        _Act("films: a letter", ".rail__letter:nth-child(6)", path="/films?sort=title"),
        _Act("films: choose one", ".choosable__button"),
        _Act("films: choose another", ".grid__item:has([aria-checked='false']) a.card"),
        _Act("films: choose nothing", key="Escape"),
        _Act("search: the box", ".search__input", path="/", counted=False),
        _Act("search: a letter", key="b"),
        _Act("search: another letter", key="a"),
        _Act("search: a hit", ".results a.card, .result"),
        _Act("activity: open", ".bar [aria-label^='Activity']", path="/"),
        _Act("activity: close", key="Escape"),
        _Act("keys", key="?"),
        _Act("keys: close", key="Escape"),
        _Act("you", ".bar__you, .tabs a[href='/settings']"),
        _Act("settings: libraries", "a[href='/settings/libraries']"),
        _Act("settings: playback", "a[href='/settings/playback']"),
        _Act("a film: more", ".detail .popover > button, [aria-haspopup]", path=item),
        _Act("a film: more closes", key="Escape"),
        _Act("a film: edit", "button:has([href$='#pencil'])"),
        _Act("a film: edit closes", key="Escape"),
        _Act("a film: seen", "button[data-hotkey='w']"),
        _Act("a film: play", ".detail a[href^='/play/']", path=item),
        _Act("player: pause", key="k"),
        _Act("player: the menu", ".player [aria-label^='Quality']"),
        _Act("player: the menu closes", key="Escape"),
        _Act("player: forwards", key="ArrowRight"),
        _Act("player: on", key="k"),
        _Act("player: back", ".player [aria-label='Back']"),
        _Act("small player: away", ".stage__close"),
        *(_Act(path[1:], f".side a[href='{path}'], .places a[href='{path}']", path="/library") for path in _SHELVES),
    )


_SHELVES = ("/shows", "/music", "/podcasts", "/articles", "/books", "/collections", "/review")


def measure(workbench: Workbench) -> Report:
    """Every kind of click in turn, on a computer and with the processor of a telephone."""
    appliance = workbench.appliance("clicks")
    add_many(appliance, _MEDIA)
    acts = _acts(add_playable(appliance))
    with appliance, sync_playwright() as playwright:
        browser = launch(playwright, "--autoplay-policy=no-user-gesture-required", "--mute-audio")
        signed_in = sign_in(browser, appliance)
        computer = _walk(browser, appliance, signed_in, acts, is_phone=False)
        phone = _walk(browser, appliance, signed_in, acts, is_phone=True)
        browser.close()
    counted = [act.what for act in acts if act.counted]
    return Report(
        "Clicks",
        f"A library of {_MEDIA:,} films in headless Chromium, from a click or a key until the first change of the page"
        f" that follows is on the screen, {_ROUNDS} rounds, medians; the telephone is {SLOWDOWN} × slower.",
        ("what", "computer", "telephone"),
        tuple((what, f"{computer[what]:.0f} ms", f"{phone[what]:.0f} ms") for what in counted),
        (
            Goal("a click is answered, slowest on a computer", max(computer.values()), _AT_ONCE_MS, "ms"),
            Goal("a click is answered, slowest on a telephone", max(phone.values()), _ON_A_PHONE_MS, "ms"),
        ),
    )


def _walk(
    browser: Browser, appliance: Appliance, signed_in: StorageState, acts: tuple[_Act, ...], *, is_phone: bool
) -> dict[str, float]:
    """The median of the ms of each; a first walk, which fetches every part of the app, does not count."""
    found: dict[str, list[float]] = {act.what: [] for act in acts if act.counted}
    with context(browser, signed_in) as fresh:
        page = fresh.new_page()
        if is_phone:
            as_telephone(page)
        page.add_init_script(_WATCH)
        for number in range(_ROUNDS + 1):
            for act in acts:
                took = _do(page, appliance, act)
                if act.counted and number:
                    found[act.what].append(took)
    return {what: median(times) for what, times in found.items()}


def _do(page: Page, appliance: Appliance, act: _Act) -> float:
    if act.path:
        page.goto(f"{appliance.address}{act.path}")
        page.wait_for_timeout(2 * _REST_MS)
    place = _find(page, act) if act.selector else None
    if place:
        page.mouse.move(*place)  # a hand comes before it presses, and what hides shows itself
        page.wait_for_timeout(_REST_MS)
    page.evaluate("Object.assign(answers, { begun: 0, shown: 0, drawn: false })")
    if place:
        page.mouse.click(*place)
    else:
        page.keyboard.press(act.key)
    if not act.counted:
        page.wait_for_timeout(_REST_MS)
        return 0.0
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        page.wait_for_timeout(_REST_MS)
        begun, shown = page.evaluate("[answers.begun, answers.shown]")
        if shown:
            return float(shown - begun)
    raise ApplianceError(f"Nothing changed: {act.what}, at {page.url}")


def _find(page: Page, act: _Act) -> tuple[float, float]:
    """The middle of the first in the window."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        place = page.evaluate(_PLACE, act.selector)
        if place:
            return place[0], place[1]
        page.wait_for_timeout(_REST_MS)
    raise ApplianceError(f"There is nothing to click: {act.what}, at {page.url}")


def add_playable(appliance: Appliance) -> str:
    """A film that plays, in a prepared library; its id."""
    relative = "movies/Aground/Aground.mp4"
    path = appliance.media / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = ("-f", "lavfi", "-i", f"testsrc2=s=640x360:r=24:d={_SECONDS}")
    codecs = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart")
    subprocess.run(("ffmpeg", "-v", "error", "-y", *picture, *codecs, path), check=True)
    status = path.stat()
    state = state_file.open_state(appliance.settings())
    try:
        library = state.library_of_kind(LibraryKind.MOVIES)
        file = MediaFile(relative, status.st_size, status.st_mtime_ns, status.st_ino, "mp4", _SECONDS * 1000)
        streams = Streams(VideoTrack("h264", 640, 360, 24.0))
        return state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames("Aground", 2020), file, streams)).id
    finally:
        state.close()
