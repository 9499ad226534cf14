"""Books that try everything, opened in a real browser: nothing of them runs, and nothing of them leaves the house."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.appliance import Appliance
from tests.browser.visitor import Visitor
from tests.fixtures import books
from tests.fixtures.scripts import PAYLOADS

Visit = Callable[..., Visitor]
_PER_CHAPTER = 12
_SEND = """async (bytes) => {
    const answer = await fetch("/api/books/file?name=scripted.epub", {
        method: "POST", headers: {"Content-Type": "application/octet-stream"}, body: new Uint8Array(bytes)});
    return await answer.json();
}"""
_FRAME = """async (address) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    const loaded = new Promise((done) => frame.addEventListener("load", done, {once: true}));
    document.body.append(frame);
    await loaded;
    for (const link of frame.contentDocument.querySelectorAll("a, h1")) {
        link.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
        if (link.getAttribute("href")?.startsWith("http") !== true) link.click();
    }
    const text = frame.contentDocument.body.textContent;
    frame.remove();
    return text;
}"""


def scripted_chapters() -> dict[str, tuple[str, str]]:
    """Chapters with every known trick, a few in each, and one that holds what a publisher would never write."""
    pieces = [PAYLOADS[start : start + _PER_CHAPTER] for start in range(0, len(PAYLOADS), _PER_CHAPTER)]
    tricks = {
        f"text/{number}.xhtml": ("<title>x</title>", "".join(f"<p>Begin.</p>{one}" for one in piece) + "<p>End.</p>")
        for number, piece in enumerate(pieces)
    }
    return {"text/all.xhtml": ("<title>x</title>", books.SCRIPTS), **tricks}


class Alarm:
    """Hears whatever a script of a book calls, and every dialog."""

    def __init__(self, visitor: Visitor) -> None:
        self.heard: list[str] = []
        for name in ("pwned", "hit"):
            visitor.page.expose_function(name, lambda *what: self.heard.append(str(what)))
        visitor.page.on("dialog", self._refuse)

    def _refuse(self, dialog: Any) -> None:
        self.heard.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scripted")
    return books.pack(folder / "scripted.epub", books.epub_members(chapters=scripted_chapters()), stored=["mimetype"])


@pytest.mark.timeout(240)
def test_threat_116_a_scripted_book_runs_nothing(appliance: Appliance, visit: Visit, scripted: Path) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/")
    alarm = Alarm(visitor)
    page = visitor.page
    job = page.evaluate(_SEND, list(scripted.read_bytes()))["job"]["id"]

    def done() -> Any:
        told = page.evaluate(f"fetch('/api/jobs/{job}').then((answer) => answer.json())")["job"]
        assert told["status"] != "failed", told["error"]
        return told["media_ids"] if told["status"] == "done" else None

    (media_id,) = visitor.wait(done, "the book is read", seconds=60)
    parts = page.evaluate(f"fetch('/api/books/{media_id}').then((answer) => answer.json())")["parts"]
    assert parts == len(scripted_chapters())
    for part in range(parts):
        text = page.evaluate(_FRAME, f"/api/books/{media_id}/parts/{part}?frame=1")
        assert "Begin." in text or "Chapter of tricks" in text
    for part in range(parts):
        for query in ("", "?frame=1"):
            page.goto(f"{appliance.address}/api/books/{media_id}/parts/{part}{query}")
            page.locator("p, h1").first.wait_for()
            assert page.title() != "", "it is the chapter that is open"
    assert alarm.heard == []
    # other tests count what is on the shelf of this appliance
    ours = {"Origin": appliance.address, "Content-Type": "application/json"}
    assert page.request.delete(f"{appliance.address}/api/media/{media_id}", headers=ours).status == 204
    visitor.forgive("Refused to load the image")
    visitor.forgive("violates the following Content Security Policy directive")


def test_the_alarm_hears_a_script_that_runs(chromium: Browser) -> None:
    """The same tricks in a page without our care: then they do run."""
    context = chromium.new_context()
    page = context.new_page()
    heard: list[str] = []
    for name in ("pwned", "hit"):
        page.expose_function(name, lambda *what: heard.append(str(what)))
    page.route("**/*", lambda route: route.abort())
    for payload in (*PAYLOADS[:20], books.SCRIPTS):
        page.set_content(f"<!doctype html><body>{payload}</body>", wait_until="domcontentloaded")
    page.wait_for_timeout(200)
    context.close()
    assert len(heard) > 5
