"""A browser beside the appliance: signed in, as a computer or as a telephone with a slower processor."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, StorageState, ViewportSize

from bench.appliance import Appliance
from bench.workbench import ADMIN, PASSWORD

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
SLOWDOWN = 4
"""How much slower than this machine's the processor of a telephone is, as Lighthouse assumes it."""


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Headless Chromium without a graphics card."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", *arguments]
    )


def sign_in(browser: Browser, appliance: Appliance) -> StorageState:
    """What a browser keeps that has signed in as the admin of the bench."""
    with context(browser, None) as fresh:
        page = fresh.new_page()
        page.goto(f"{appliance.address}/login")
        page.get_by_label("Name").fill(ADMIN)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.locator(".app:not([aria-hidden])").first.wait_for()
        return fresh.storage_state()


@contextmanager
def context(browser: Browser, signed_in: StorageState | None) -> Iterator[BrowserContext]:
    """A browser with an empty cache, which ends with the block."""
    fresh = browser.new_context(storage_state=signed_in, viewport=DESKTOP)
    try:
        yield fresh
    finally:
        fresh.close()


def as_telephone(page: Page) -> CDPSession:
    """Make the page that of a telephone: small, and with its processor. Its line stays the one of the house."""
    page.set_viewport_size(PHONE)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return devtools


def heap_bytes(devtools: CDPSession) -> float:
    """What scripts hold once everything that is not needed was thrown away."""
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
    return float(devtools.send("Runtime.getHeapUsage")["usedSize"])
