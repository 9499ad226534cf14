"""Without a network: articles and books that were taken along are read and marked; the server hears of it later."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, FrameLocator, expect

from tests.browser.appliance import Appliance
from tests.browser.test_articles import page_of
from tests.browser.test_highlights import SELECT
from tests.browser.test_offline import WHOLE_SHELL, ask
from tests.browser.visitor import Visitor
from tests.fixtures import books

Visit = Callable[..., Visitor]
SECONDS = 60.0
READY = "document.querySelector('iframe') !== null && document.querySelector('.reader__frame--waiting') === null"
INSIDE = "document.querySelector('iframe')?.contentDocument"
PARAGRAPH = "<p>" + "The apple fell into the snow and nobody heard it. " * 20 + "</p>"
SEND = """async ([name, bytes]) => {
    await fetch(`/api/books/file?name=${name}`, {
        method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: new Uint8Array(bytes) });
}"""
RECORDS = """new Promise((done) => { const open = indexedDB.open("on-this-device"); open.onsuccess = () => {
    const all = open.result.transaction("STORE").objectStore("STORE").getAll();
    all.onsuccess = () => { open.result.close(); done(all.result); }; }; })"""
NOTED = RECORDS.replace("STORE", "items") + ".then((all) => all.some((one) => one.media === 'ID'))"
POISON = """async (id) => {
    const cache = await caches.open("on-this-device");
    const page = (await cache.keys()).find(({ url }) => url.endsWith(`:${id}/page`) || url.endsWith(`:${id}/parts/0`));
    const text = await (await cache.match(page)).text();
    const picture = "<img src=x onerror=\\"parent.hit = 'image'\\">";
    const hostile = `<script>parent.hit = "script"</script>${picture}<form action=/api></form>`;
    const type = "text/html; charset=utf-8";
    await cache.put(page, new Response(new Blob([text.replace("<body", hostile + "<body")], { type })));
}"""


@pytest.fixture(scope="module")
def appliance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A program of its own, because other tests count what stands on the shelves."""
    box = Appliance(tmp_path_factory.mktemp("texts") / "house")
    try:
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.fixture(scope="module")
def texts(appliance: Appliance, chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The ids of an article and of a book of each format."""
    folder = tmp_path_factory.mktemp("texts")
    chapters = {
        f"text/c{number}.xhtml": (
            f"<title>{title}</title>",
            f"<h1>{title}</h1><p><img src='../images/tree.png' alt='A tree'/></p>{PARAGRAPH * 12}"
            f"<p><a href='c2.xhtml#deep'>Onward</a></p><h2 id='deep'>Deep</h2>{PARAGRAPH * 4}",
        )
        for number, title in enumerate(("Rime", "Melt"), 1)
    }
    members = books.epub_members(chapters=chapters)
    members["OEBPS/nav.xhtml"] = books.NAVIGATION.replace("one.xhtml", "c1.xhtml").replace("two.xhtml", "c2.xhtml")
    books.pack(folder / "rime.epub", members, stored=["mimetype"])
    books.pdf(folder / "handbook.pdf", pages=4)
    books.cbz(folder / "strip.cbz", pages=3)
    context = chromium.new_context(reduced_motion="reduce")
    visitor = Visitor(context.new_page(), appliance)
    visitor.sign_in("/")
    before = {card["id"] for card in listed(visitor, "article") + listed(visitor, "book")}
    body = {"url": "https://lagoon.example/still", "html": page_of("What the lagoon hides", word="stillwater")}
    ask(visitor, "POST", "/api/articles", body)
    for file in sorted(folder.iterdir()):
        visitor.page.evaluate(SEND, [file.name, list(file.read_bytes())])

    def all_here() -> dict[str, str] | None:
        fresh = [one["id"] for one in listed(visitor, "book") if one["id"] not in before]
        answers = [visitor.page.request.get(f"{appliance.address}/api/books/{one}") for one in fresh]
        found = {answer.json()["format"]: answer.json()["id"] for answer in answers if answer.ok}
        articles = [one["id"] for one in listed(visitor, "article") if one["id"] not in before]
        found |= {"article": articles[0]} if articles else {}
        return found if set(found) == {"article", "epub", "pdf", "cbz"} else None

    found = visitor.wait(all_here, "an article and three books", seconds=SECONDS) or {}
    complaints = visitor.complaints
    context.close()
    assert complaints == []
    return found


def listed(visitor: Visitor, kind: str) -> Any:
    return ask(visitor, "GET", f"/api/library?type={kind}")["items"]


def take(visitor: Visitor, texts: dict[str, str], *formats: str) -> None:
    """Take texts along, and wait until they and what reads them are here."""
    page = visitor.page
    for kind in formats:
        if kind == "article":
            visitor.go(f"/articles/{texts[kind]}")
            page.get_by_role("button", name="More").click()
        else:
            visitor.go(f"/books/{texts[kind]}")
        page.get_by_role("button", name="Take along").click()
        visitor.wait_for(NOTED.replace("ID", texts[kind]))
    visitor.go("/offline")
    expect(page.get_by_role("button", name=re.compile("^Remove "))).to_have_count(len(formats), timeout=60_000)
    visitor.wait_for(WHOLE_SHELL, seconds=60)


def inside(visitor: Visitor) -> FrameLocator:
    return visitor.page.frame_locator("iframe")


@pytest.mark.timeout(300)
def test_texts_that_were_taken_along_are_read_without_a_network_and_what_was_done_is_told_afterwards(
    appliance: Appliance, visit: Visit, texts: dict[str, str]
) -> None:
    visitor = visit(appliance)
    page = visitor.page
    visitor.sign_in("/")
    take(visitor, texts, "article", "epub", "pdf", "cbz")
    expect(page.get_by_role("heading", name="To read")).to_be_visible()

    # The network goes while the app is open, then the app is opened without one.
    page.context.set_offline(True)
    page.get_by_role("link", name="Read What the lagoon hides").click()
    expect(inside(visitor).get_by_role("heading", name="What the lagoon hides")).to_be_visible()
    visitor.wait_for(READY)
    assert page.evaluate(SELECT, "twice a day it goes")
    page.get_by_role("button", name="Pink").click()
    visitor.wait_for(RECORDS.replace("STORE", "marks") + ".then((all) => all.length === 1)")
    page.goto(f"{appliance.address}/books")
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.get_by_role("link", name="Read What the lagoon hides").click()
    expect(inside(visitor).get_by_role("heading", name="What the lagoon hides")).to_be_visible()
    visitor.wait_for(READY)
    assert page.evaluate(SELECT, "centuries nobody could say")
    page.get_by_role("button", name="Green").click()
    page.get_by_role("button", name="What you marked").click()
    expect(page.get_by_role("dialog").get_by_text("centuries nobody could say")).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate(f"{INSIDE.replace('?.', '.')}.scrollingElement.scrollTop = 700")
    visitor.wait_for(RECORDS.replace("STORE", "places") + ".then((all) => all.length > 0)")
    page.reload()
    visitor.wait_for(READY)
    visitor.wait_for(f"Math.abs({INSIDE}?.scrollingElement?.scrollTop - 700) < 5")

    page.goto(f"{appliance.address}/read/{texts['epub']}")
    expect(inside(visitor).get_by_role("heading", name="Rime")).to_be_visible()
    visitor.wait_for(f"{INSIDE}?.querySelector('img')?.naturalWidth > 0")
    inside(visitor).get_by_role("link", name="Onward").click()
    expect(inside(visitor).get_by_role("heading", name="Melt")).to_be_attached()
    page.goto(f"{appliance.address}/read/{texts['pdf']}")
    expect(page.get_by_text("Pruning page 1", exact=True)).to_be_visible()
    page.goto(f"{appliance.address}/read/{texts['cbz']}")
    expect(page.get_by_role("img", name="Page 1 of 3")).to_be_visible()
    visitor.wait_for("document.querySelector('.comic__page')?.naturalWidth > 0")

    page.context.set_offline(False)

    def told() -> bool:
        article = ask(visitor, "GET", f"/api/media/{texts['article']}")
        marked = ask(visitor, "GET", f"/api/media/{texts['article']}/highlights")["highlights"]
        is_placed = article["progress"] is not None and article["progress"]["position"] > 0
        told = {(one["quote"], one["colour"]) for one in marked}
        return is_placed and told == {("twice a day it goes", "pink"), ("centuries nobody could say", "green")}

    visitor.wait(told, "the place and the mark were told", seconds=40)

    visitor.follow("/offline") if page.locator(".app__page").count() else page.goto(f"{appliance.address}/offline")
    for kind in ("The Winter Orchard", "What the lagoon hides"):
        page.get_by_role("button", name=f"Remove {kind} from this device").click()
    expect(page.get_by_role("link", name="Read What the lagoon hides")).to_have_count(0)
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_role("link", name="Read What the lagoon hides")).to_be_visible()
    visitor.forgive("ERR_INTERNET_DISCONNECTED")


@pytest.mark.timeout(240)
def test_threat_116_a_text_on_this_device_runs_nothing_whatever_it_became(
    appliance: Appliance, visit: Visit, texts: dict[str, str]
) -> None:
    visitor = visit(appliance)
    page = visitor.page
    visitor.sign_in("/")
    take(visitor, texts, "article", "epub")
    for kind, there, here in (("article", "articles", "page"), ("epub", "books", "parts/0")):
        policies = page.evaluate(
            """(paths) => Promise.all(paths.map(async (path) =>
                (await fetch(path)).headers.get("Content-Security-Policy")))""",
            [f"/api/{there}/{texts[kind]}/{here}?frame=1", f"/offline-media/{texts[kind]}/{here}"],
        )
        assert policies[0] == policies[1], "what the server says about a text holds here, too"
        assert "sandbox" in policies[1]
        page.evaluate(POISON, texts[kind])
    page.context.set_offline(True)
    for kind, path in (("article", "articles"), ("epub", "read")):
        page.goto(f"{appliance.address}/{path}/{texts[kind]}")
        visitor.wait_for(READY)
        assert page.evaluate(f"{INSIDE}.querySelector('form, script') !== null"), "the hostile words are shown"
        assert page.evaluate("window.hit ?? null") is None
    for part in ("page", "parts/0"):
        kind = "article" if part == "page" else "epub"
        with pytest.raises(Error, match="RESPONSE_CODE_FAILURE"):  # it opens in a frame of the app only
            page.goto(f"{appliance.address}/offline-media/{texts[kind]}/{part}")
    visitor.forgive("")  # the console says each time why


@pytest.mark.timeout(240)
def test_the_reader_speaks_the_language_of_its_person_without_a_network_too(
    appliance: Appliance, visit: Visit, texts: dict[str, str]
) -> None:
    visitor = visit(appliance)
    page = visitor.page
    visitor.sign_in("/")
    take(visitor, texts, "article")
    ask(visitor, "PATCH", "/api/me/choices", {"language": "de"})
    try:
        visitor.go("/offline")
        german = WHOLE_SHELL.replace('.match("/"))', '.match("/"))?.headers.get("Content-Language") === "de"')
        visitor.wait_for(german, seconds=60)
        page.context.set_offline(True)
        page.goto(f"{appliance.address}/")
        expect(page.get_by_role("heading", name="Du bist offline")).to_be_visible()
        page.get_by_role("link", name="What the lagoon hides lesen").click()
        visitor.wait_for(READY)
        expect(page.get_by_role("button", name="Zurück")).to_be_visible()
    finally:
        page.context.set_offline(False)
        ask(visitor, "PATCH", "/api/me/choices", {"language": ""})
    visitor.forgive("ERR_INTERNET_DISCONNECTED")
