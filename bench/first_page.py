"""How the first page comes in a browser on a telephone: first contentful paint, blocking time, layout shift."""

from dataclasses import dataclass

from playwright.sync_api import Browser, StorageState, sync_playwright

from bench.appliance import Appliance
from bench.browser import as_telephone, context, launch, sign_in
from bench.report import Goal, Report, median
from bench.workbench import Workbench, add_many

_MEDIA = 100_000
_ROUNDS = 5
_SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 768_000 / 8}
"""The line that Lighthouse assumes of a telephone (lighthouse/core/config/constants.js)."""

_UNNOTICED_MS = 50
_SETTLED_MS = 6_000
"""From the load event on. Nothing is asked of the page meanwhile: what a tool does inside it would count as its own."""

_WATCH = """
    window.figures = { shift: 0, tasks: [], paint: 0 };
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) figures.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) figures.tasks.push([entry.startTime, entry.duration]);
    }).observe({ type: "longtask", buffered: true });
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            if (entry.name === "first-contentful-paint") figures.paint = entry.startTime;
    }).observe({ type: "paint", buffered: true });
"""


@dataclass(frozen=True, slots=True)
class _Figures:
    """One look at the page: ms until something is painted, ms of blocking, the shift, bytes of scripts and styles."""

    paint: float
    blocked: float
    shift: float
    weight: float
    requests: int


def measure(workbench: Workbench) -> Report:
    """Home with nothing cached, as a telephone gets it, and as a computer in the house does."""
    appliance = workbench.appliance("first page")
    add_many(appliance, _MEDIA)
    found: dict[str, list[_Figures]] = {}
    with appliance, sync_playwright() as playwright:
        browser = launch(playwright)
        signed_in = sign_in(browser, appliance)
        for name, is_phone in (("telephone, slow 4G, processor 4 × slower", True), ("computer in the house", False)):
            found[name] = [_look(browser, appliance, signed_in, is_phone=is_phone) for _ in range(_ROUNDS)]
        browser.close()
    phone = next(iter(found.values()))
    return Report(
        "First page",
        f"Home of a library of {_MEDIA:,} films in headless Chromium with an empty cache, {_ROUNDS} rounds, medians."
        " Blocking is what tasks took beyond 50 ms each after the first paint; bytes are those of the wire, until the"
        " app asks its first question. The parts of the pages that one may go to next come when that is done.",
        ("browser", "first contentful paint", "blocking", "layout shift", "scripts and styles", "requests"),
        tuple(
            (
                name,
                f"{median(one.paint for one in looks):.0f} ms",
                f"{median(one.blocked for one in looks):.0f} ms",
                f"{median(one.shift for one in looks):.4f}",
                f"{median(one.weight for one in looks) / 1000:.1f} kB",
                f"{median(one.requests for one in looks):.0f}",
            )
            for name, looks in found.items()
        ),
        (
            Goal("first contentful paint on a telephone", median(one.paint for one in phone) / 1000, 1.0, "s"),
            Goal("blocking time on a telephone", median(one.blocked for one in phone), 100, "ms"),
            Goal("layout shift", median(one.shift for one in phone), 0.02),
            Goal("scripts and styles of the first page", median(one.weight for one in phone) / 1000, 120, "kB"),
        ),
    )


def _look(browser: Browser, appliance: Appliance, signed_in: StorageState, *, is_phone: bool) -> _Figures:
    with context(browser, signed_in) as fresh:
        page = fresh.new_page()
        if is_phone:
            devtools = as_telephone(page)
            devtools.send("Network.enable")
            devtools.send("Network.emulateNetworkConditions", _SLOW_4G)
        page.add_init_script(_WATCH)
        page.goto(appliance.address)
        page.wait_for_timeout(_SETTLED_MS)
        figures = page.evaluate("figures")
        page.locator(".shelf a.card").first.wait_for(timeout=_SETTLED_MS)
        weight, requests = page.evaluate(
            """() => {
                const all = performance.getEntriesByType("resource");
                const asked = all.find((one) => new URL(one.name).pathname === "/api/me").startTime;
                const first = all.filter((one) => one.startTime <= asked || one.name.endsWith("/socket.io.js"));
                const code = first.filter((one) => /\\.(js|css)$/.test(new URL(one.name).pathname));
                return [code.reduce((sum, one) => sum + one.encodedBodySize, 0), first.length + 1];
            }"""
        )
        paint = figures["paint"]
        blocked = sum(lasted - _UNNOTICED_MS for began, lasted in figures["tasks"] if began >= paint)
        return _Figures(paint, blocked, figures["shift"], weight, requests)
