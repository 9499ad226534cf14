"""Somebody in front of the web app: goes to pages, waits for what must come, notes every complaint."""

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import ConsoleMessage, Error, Page, Request

from tests.browser.appliance import PASSWORD, USERNAME, Appliance

T = TypeVar("T")
VIEW_CHARACTERS = 2000


class Visitor:
    """A page of a browser; what the console said and which requests left the house are its ``complaints``."""

    def __init__(self, page: Page, appliance: Appliance) -> None:
        self.page = page
        self.appliance = appliance
        self._heard: list[str] = []
        self._forgiven: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._heard.append(f"error: {error}"))
        page.on("request", self._see)

    @property
    def complaints(self) -> list[str]:
        """All that was heard so far and that the test did not cause on purpose."""
        return [heard for heard in self._heard if not any(part in heard for part in self._forgiven)]

    def go(self, path: str) -> None:
        """Open an address and wait until the app stands in place of its outline."""
        self.page.goto(self.appliance.address + path)
        self.page.locator(".app:not([aria-hidden]), .stage--full, .entry").first.wait_for()

    def follow(self, path: str) -> None:
        """Go to an address as a link of the app does, without loading the app again."""
        self.page.evaluate(
            """async (path) => {
                const link = document.createElement("a");
                link.href = path;
                document.body.append(link);
                link.click();
                link.remove();
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            }""",
            path,
        )
        self.wait_for(f"location.pathname + location.search === {path!r}")

    def sign_in(self, path: str = "/", *, name: str = USERNAME) -> None:
        """Sign in, as the admin unless somebody else is named, and land on ``path``; all have one password."""
        self.page.goto(f"{self.appliance.address}/login?next={path}")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.locator(".app:not([aria-hidden]), .stage--full").first.wait_for()

    def wait_for(self, expression: str, *, seconds: float = 15.0) -> object:
        """Wait until a JavaScript expression is true; the page's own policy forbids it to wait by itself."""
        return self.wait(lambda: self.page.evaluate(expression), expression, seconds=seconds)

    def wait(self, condition: Callable[[], T], what: str, *, seconds: float = 15.0) -> T:
        """Wait until ``condition`` answers something true."""
        deadline = time.monotonic() + seconds
        while not (answer := condition()):
            assert time.monotonic() < deadline, (
                f"{self.page.url}: {what} did not come true within {seconds} s\n{self.appliance.log()}"
            )
            self.page.wait_for_timeout(50)
        return answer

    def forgive(self, part: str) -> None:
        """Count no complaint with ``part`` in it, heard already or still under way: a test causes it on purpose."""
        self._forgiven.append(part)

    def view(self) -> str:
        """What stands on the page, with its address, the complaints so far and the last lines of the program."""
        try:
            text = str(self.page.evaluate("document.body.innerText"))
        except Error as error:
            text = f"It does not answer: {error}"
        complaints = "\n".join(self.complaints)
        return f"{self.page.url}\n{text[:VIEW_CHARACTERS]}\n{complaints}\n{self.appliance.log()[-VIEW_CHARACTERS:]}"

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location["url"].removeprefix(self.appliance.address)
            self._heard.append(f"{message.type}: {message.text} ({where})")

    def _see(self, request: Request) -> None:
        if not request.url.startswith((self.appliance.address, "data:", "blob:")):
            self._heard.append(f"left the house: {request.url}")
