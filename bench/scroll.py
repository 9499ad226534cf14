"""How a library of 100,000 films scrolls in a browser: frames, what each costs the page, memory before and after."""

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.appliance import Appliance
from bench.browser import DESKTOP, heap_bytes, launch, sign_in
from bench.report import Goal, Report, median
from bench.workbench import Workbench, add_many

_MEDIA = 100_000
_SECONDS = 6.0
_SPEEDS = {"as one reads": 1_500, "quickly": 6_000, "thrown": 30_000}
"""Pixels a second."""

_SCROLL = """
    ([speed, seconds]) => new Promise((done) => {
        const frames = [];
        const began = performance.now();
        let last = began, empty = 0;
        const step = (now) => {
            frames.push(now - last);
            scrollBy(0, (speed * (now - last)) / 1000);
            last = now;
            const list = document.querySelector(".grid");
            empty += list.querySelector("li:not([data-index])") ? 1 : 0;
            if (now - began < seconds * 1000) requestAnimationFrame(step);
            else done({ frames: frames.slice(1), empty });
        };
        requestAnimationFrame(step);
    })
"""


@dataclass(frozen=True, slots=True)
class _Ride:
    """One ride: frames a second, a frame's median and 95th percentile in ms, the share with empty places.

    ``work_ms`` is the processor time of script, style and layout for a frame, whatever else the machine does.
    """

    rate: float
    frame_ms: float
    slow_ms: float
    work_ms: float
    empty: float


def measure(workbench: Workbench) -> Report:
    """Scroll at three speeds, jump to letters, and look at the memory when the page is at rest again."""
    appliance = workbench.appliance("scroll")
    add_many(appliance, _MEDIA)
    with appliance, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_context(storage_state=sign_in(browser, appliance), viewport=DESKTOP).new_page()
        devtools = page.context.new_cdp_session(page)
        _enter(page, appliance)
        before = heap_bytes(devtools)
        devtools.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        devtools.send("Performance.enable")
        rides = {name: _ride(page, devtools, speed) for name, speed in _SPEEDS.items()}
        jumps = [_jump(page, number) for number in range(page.locator(".rail__letter").count())]
        page.wait_for_timeout(1_000)
        after = heap_bytes(devtools)
        items = page.locator(".grid__item").count()
        browser.close()
    reading = rides["as one reads"]
    return Report(
        "Scrolling",
        f"The shelf of {_MEDIA:,} films by title in headless Chromium without a graphics card, {DESKTOP['width']} ×"
        f" {DESKTOP['height']}, {_SECONDS:.0f} s at each speed. The work for a frame is the processor time of script,"
        f" style and layout. A jump lasts from the click on a letter until its films are there: {median(jumps):.0f} ms,"
        f" {max(jumps):.0f} ms at most. Memory of scripts: {before / 1e6:.1f} MB before, {after / 1e6:.1f} MB after;"
        f" {items} films stand on the page.",
        (
            "speed",
            "frames a second",
            "median frame",
            "95 % of frames within",
            "work for a frame",
            "with an empty place",
        ),
        tuple(
            (
                f"{name}, {_SPEEDS[name]:,} px/s",
                f"{ride.rate:.1f}",
                f"{ride.frame_ms:.1f} ms",
                f"{ride.slow_ms:.1f} ms",
                f"{ride.work_ms:.1f} ms",
                f"{ride.empty:.0%}",
            )
            for name, ride in rides.items()
        ),
        (
            Goal("frames a second while scrolling through 100,000 films", reading.rate, 58, at_least=True),
            Goal("frames a second while it is thrown", rides["thrown"].rate, 55, at_least=True),
            Goal("processor time of the page for a frame of it", reading.work_ms, 16.7, "ms"),
            Goal("memory that scrolling leaves behind", (after - before) / 1e6, 5, "MB"),
        ),
    )


def _enter(page: Page, appliance: Appliance) -> None:
    page.goto(f"{appliance.address}/films?sort=title")
    page.locator(".rail__letter").first.wait_for()
    page.evaluate(_SCROLL, [3_000, 2.0])  # what is compiled once is compiled


def _ride(page: Page, devtools: CDPSession, speed: int) -> _Ride:
    before = _worked(devtools)
    told = page.evaluate(_SCROLL, [speed, _SECONDS])
    worked = _worked(devtools) - before
    frames = sorted(told["frames"])
    return _Ride(
        1000 * len(frames) / sum(frames),
        frames[len(frames) // 2],
        frames[int(len(frames) * 0.95)],
        1000 * worked / len(frames),
        min(1.0, told["empty"] / len(frames)),
    )


def _worked(devtools: CDPSession) -> float:
    """Seconds of the page's own thread for script, style and layout until now."""
    figures = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    return sum(float(figures[name]) for name in ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration"))


def _jump(page: Page, number: int) -> float:
    """From a click on a letter until no place in the window is empty, ms."""
    told: float = page.evaluate(
        """(number) => new Promise((done) => {
            const began = performance.now();
            document.querySelectorAll(".rail__letter")[number].click();
            const look = () => {
                const seen = [...document.querySelectorAll(".grid__item")].filter((one) => {
                    const box = one.getBoundingClientRect();
                    return box.bottom > 0 && box.top < innerHeight;
                });
                if (seen.length && seen.every((one) => one.dataset.index)) done(performance.now() - began);
                else requestAnimationFrame(look);
            };
            requestAnimationFrame(() => requestAnimationFrame(look));
        })""",
        number,
    )
    return told
