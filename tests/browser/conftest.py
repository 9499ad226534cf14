"""A real Chromium before the real program; each page is watched for errors and for requests that leave the house."""

import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.appliance import Appliance
from tests.browser.visitor import Visitor
from tests.fixtures import dvd

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
)
"""A test browser runs as root in a container, talks to nobody and may play without a click."""


VISITORS = pytest.StashKey[list[Visitor]]()
"""Who is in front of the app during a test."""

expect.set_options(timeout=20_000)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell of a journey that failed what everybody saw at that moment, and what the program wrote last."""
    report = yield
    if report.when == "call" and report.failed:
        for visitor in item.stash.get(VISITORS, []):
            report.sections.append(("what the page showed", visitor.view()))
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    assert path is not None, "Chromium is missing: install the package chromium."
    browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def appliance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """One running program for all tests that need no fresh one; its admin is there already."""
    started = Appliance(tmp_path_factory.mktemp("house"))
    try:
        started.wait_until_it_serves()
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="session")
def film_disc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The image of a small DVD with a film."""
    return dvd.build_movie(tmp_path_factory.mktemp("film"), label="WINTER_ORCHARD", tiny=True)


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """Open the program in a fresh browser profile; whatever it complains about fails the test at its end."""
    contexts: list[BrowserContext] = []
    visitors = request.node.stash.setdefault(VISITORS, [])

    def start(appliance: Appliance, *, width: int = 1280, theme: str = "dark", axe: bool = False) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="light" if theme == "light" else "dark",
            reduced_motion="reduce",
            # The checker of axe is put into the page by hand, which the policy of the page rightly forbids.
            bypass_csp=axe,
        )
        contexts.append(context)
        page: Page = context.new_page()
        visitor = Visitor(page, appliance)
        visitors.append(visitor)
        return visitor

    yield start
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for context in contexts:
        context.close()
    assert complaints == []
