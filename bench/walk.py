"""What walking through the app and playing leaves behind in the page: memory, nodes, listeners."""

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.browser import context, heap_bytes, launch, sign_in
from bench.clicks import add_playable
from bench.report import Goal, Report
from bench.workbench import Workbench, add_many

_MEDIA = 2_000
_WALKS = 6
_PLAYS = 10
_PAUSE_MS = 250
_PLAYED_MS = 1_500
_REST_MS = 3_000
_SETTINGS = (
    "account",
    "keys",
    "discs",
    "libraries",
    "names",
    "downloads",
    "podcasts",
    "sites",
    "playback",
    "people",
    "notifications",
    "storage",
    "about",
)
_PATHS = (
    "/",
    "/films",
    "/films?sort=title",
    "/shows",
    "/music",
    "/podcasts",
    "/videos",
    "/articles",
    "/books",
    "/home-media",
    "/collections",
    "/library",
    "/bin",
    "/review",
    "/add",
    "/search?q=ba",
    "/activity",
    "/offline",
    "/highlights",
    *(f"/settings/{name}" for name in _SETTINGS),
)

_GO = """
    (path) => {
        const link = document.createElement("a");
        link.href = path;
        document.body.append(link);
        link.click();
        link.remove();
    }
"""


@dataclass(frozen=True, slots=True)
class _Rest:
    """What the page holds at rest: megabytes of scripts, nodes, listeners."""

    heap: float
    nodes: float
    listeners: float


def measure(workbench: Workbench) -> Report:
    """Walk through every page and half the way back, again and again, then play and close a film again and again."""
    appliance = workbench.appliance("walk")
    add_many(appliance, _MEDIA)
    film = add_playable(appliance)
    found: list[tuple[str, _Rest]] = []
    with appliance, sync_playwright() as playwright:
        browser = launch(playwright, "--autoplay-policy=no-user-gesture-required", "--mute-audio")
        with context(browser, sign_in(browser, appliance)) as fresh:
            page = fresh.new_page()
            devtools = fresh.new_cdp_session(page)
            devtools.send("Performance.enable")
            page.goto(appliance.address)
            page.locator(".shelf a.card").first.wait_for()
            for number in range(_WALKS):
                _walk(page)
                found.append((f"after walk {number + 1}", _rest(page, devtools)))
            for number in range(2):
                for _ in range(_PLAYS):
                    _play(page, film)
                found.append((f"after {(number + 1) * _PLAYS} films", _rest(page, devtools)))
        browser.close()
    walked, played = found[_WALKS - 1][1], found[-1][1]
    early, first = found[_WALKS - 3][1], found[-2][1]
    return Report(
        "Walking",
        f"Every page of the app ({len(_PATHS)}), then {len(_PATHS) // 2} steps back, in a library of {_MEDIA:,} films"
        f" in headless Chromium; then a film is played for {_PLAYED_MS / 1000} s and closed. Each time all that is not"
        " needed was thrown away before it was measured.",
        ("when", "memory of scripts", "nodes", "listeners"),
        tuple((when, f"{one.heap:.2f} MB", f"{one.nodes:.0f}", f"{one.listeners:.0f}") for when, one in found),
        (
            Goal("memory that the last two walks leave behind", walked.heap - early.heap, 0.5, "MB"),
            Goal("listeners that the last two walks leave behind", walked.listeners - early.listeners, 10),
            Goal(f"memory that {_PLAYS} films leave behind", played.heap - first.heap, 0.5, "MB"),
            Goal(f"nodes that {_PLAYS} films leave behind", played.nodes - first.nodes, 100),
            Goal(f"listeners that {_PLAYS} films leave behind", played.listeners - first.listeners, 10),
        ),
    )


def _walk(page: Page) -> None:
    for path in _PATHS:
        page.evaluate(_GO, path)
        page.wait_for_timeout(_PAUSE_MS)
    for _ in range(len(_PATHS) // 2):
        page.evaluate("history.back()")
        page.wait_for_timeout(_PAUSE_MS)


def _play(page: Page, film: str) -> None:
    page.evaluate(_GO, f"/play/{film}")
    page.wait_for_timeout(_PLAYED_MS)
    page.keyboard.press("k")
    page.evaluate("history.back()")
    page.wait_for_timeout(_PAUSE_MS)


def _rest(page: Page, devtools: CDPSession) -> _Rest:
    page.evaluate(_GO, "/")
    page.wait_for_timeout(_REST_MS)
    heap = heap_bytes(devtools) / 1e6
    figures = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    return _Rest(heap, figures["Nodes"], figures["JSEventListeners"])
