"""Articles in a real browser: nothing of a page runs or asks for anything, in a frame of the app and by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Request, Route, expect

from media_library.app_state import AppState
from media_library.models.article import ArticleFacts
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.services.article_folder import write_snapshot
from tests.article_worker import picture
from tests.browser.appliance import Appliance
from tests.browser.visitor import Visitor
from tests.fixtures.scripts import PAYLOADS

PLAIN = '<h2>One</h2><p>A text with a <a href="https://e.org/x">link</a>.</p><img src="images/1.jpg" alt="A tree">'
LONG = PLAIN + "".join(f"<p>Line {number} of many.</p>" for number in range(200))
FRAMES = """async ([addresses, sandbox, check]) => {
    const frames = addresses.map((address) => {
        const frame = document.createElement("iframe");
        if (sandbox) frame.setAttribute("sandbox", sandbox);
        frame.style.setProperty("height", "400px");
        const loaded = new Promise((done) => frame.addEventListener("load", () => done(frame), { once: true }));
        frame.src = address;
        document.body.append(frame);
        return loaded;
    });
    for (const loading of frames) {
        const frame = await loading;
        if (check && !frame.contentDocument.body.textContent.includes(check)) throw new Error(frame.src);
    }
    await new Promise((done) => setTimeout(done, 200));
    for (const frame of document.querySelectorAll("iframe")) frame.remove();
}"""
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
CONTROL = "http://control.example/"


@dataclass
class Watch:
    """What must not happen while pages are open: scripts that run, dialogs, requests that leave the house."""

    home: str
    calls: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> Page:
        """A page of a context, watched."""
        context.expose_binding("pwned", lambda source, *_: self.calls.append(source["frame"].url))
        context.on("requestfinished", self._see)
        context.on("requestfailed", self._see)
        page = context.new_page()
        page.on("dialog", self._hear)
        return page

    def quiet(self) -> bool:
        """Whether nothing happened."""
        return self.calls == self.dialogs == self.strangers == []

    def _hear(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _see(self, request: Request) -> None:
        is_blocked = "csp" in (request.failure or "").lower()
        if not is_blocked and not request.url.startswith((self.home, "data:", "blob:", "about:", "file:")):
            self.strangers.append(request.url)


@dataclass
class Shelf:
    """A program with articles that lie in its folders."""

    appliance: Appliance
    folder: Path
    state: AppState

    def put(self, content: str, title: str) -> str:
        """Put an article whose text on the disk is ``content``, sanitised or not; returns its id."""
        path = f"articles/Site/{title}"
        place = self.folder / "media" / path
        (place / "images").mkdir(parents=True)
        (place / "images" / "1.jpg").write_bytes(picture(kind="JPEG"))
        facts = ArticleFacts("https://e.org/", "https://e.org/", 1000, "0", 500, 2, title, "Site", language="en")
        status = write_snapshot(place, facts, content, "words", b"").stat()
        file = MediaFile(f"{path}/article.html", status.st_size, status.st_mtime_ns, status.st_ino, "html", 120_000)
        library = self.state.library_of_kind(LibraryKind.ARTICLES)
        names = MediaNames(title, show_title="Site")
        return self.state.add_media(NewMedia(MediaType.ARTICLE, library.id, names, file)).id

    def page(self, media_id: str, query: str = "") -> str:
        """The address of its page."""
        return f"{self.appliance.address}/api/articles/{media_id}/page{query}"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("articles") / "house"
    box = Appliance(folder)
    try:
        box.wait_until_it_serves()
        state = AppState.open(folder / "state" / "media-library.db")
        yield Shelf(box, folder, state)
        state.close()
    finally:
        box.stop()


@pytest.fixture
def watched(chromium: Browser, shelf: Shelf) -> Iterator[tuple[Watch, Page]]:
    """A signed-in page on which nothing may happen."""
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    watch = Watch(shelf.appliance.address)
    page = watch.over(context)
    Visitor(page, shelf.appliance).sign_in("/")
    yield watch, page
    context.close()


@pytest.mark.timeout(300)
def test_threat_111_no_payload_runs_in_a_frame_of_the_app_or_by_itself(
    shelf: Shelf, watched: tuple[Watch, Page]
) -> None:
    watch, page = watched
    ids = [shelf.put(f"<p>before</p>{payload}<p>after</p>", f"payload {n}") for n, payload in enumerate(PAYLOADS)]
    for start in range(0, len(ids), 20):
        addresses = [shelf.page(media_id, "?frame=1") for media_id in ids[start : start + 20]]
        page.evaluate(FRAMES, [addresses, SANDBOX, "before"])
    for start in range(0, len(PAYLOADS), 10):
        several = "".join(f"<div>before{payload}</div>" for payload in PAYLOADS[start : start + 10])
        page.goto(shelf.page(shelf.put(several, f"payloads from {start}")))
        assert "before" in page.content()
    assert watch.quiet(), watch


@pytest.mark.timeout(180)
def test_the_payloads_are_alive_where_nothing_stops_them(chromium: Browser) -> None:
    assert len(_succeeding(chromium, {})) >= 30


@pytest.mark.timeout(180)
def test_threat_112_the_policy_stops_them_even_if_the_page_were_not_sanitised(
    chromium: Browser, shelf: Shelf, watched: tuple[Watch, Page]
) -> None:
    _, page = watched
    answer = page.request.get(shelf.page(shelf.put(PLAIN, "with its policy"), "?frame=1"))
    assert "allow-same-origin" in answer.headers["content-security-policy"]
    policy = {"content-security-policy": answer.headers["content-security-policy"]}
    assert _succeeding(chromium, policy) == set()


def test_threat_112_a_page_by_itself_is_of_no_origin_and_sees_no_cookie(
    shelf: Shelf, watched: tuple[Watch, Page]
) -> None:
    watch, page = watched
    media_id = shelf.put(PLAIN, "by itself")
    for query in ("", "?frame=1"):
        page.goto(shelf.page(media_id, query))
        assert page.evaluate("self.origin") == "null"
        assert page.evaluate("() => { try { return document.cookie } catch { return '' } }") == ""
        assert page.evaluate("document.images[0].naturalWidth") == 640
    assert watch.quiet()


def test_the_app_sees_how_far_a_framed_page_was_scrolled_and_its_pictures_load(
    shelf: Shelf, watched: tuple[Watch, Page]
) -> None:
    watch, page = watched
    media_id = shelf.put(LONG, "in a frame")
    seen = page.evaluate(
        """async ([address, sandbox]) => {
            const frame = document.createElement("iframe");
            frame.setAttribute("sandbox", sandbox);
            frame.style.setProperty("height", "400px");
            const loaded = new Promise((done) => frame.addEventListener("load", done));
            frame.src = address;
            document.body.append(frame);
            await loaded;
            const inside = frame.contentDocument;
            inside.images[0].loading = "eager";
            await inside.images[0].decode();
            frame.contentWindow.scrollTo(0, 500);
            await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
            return [inside.images[0].naturalWidth, Math.round(frame.contentWindow.scrollY), inside.title];
        }""",
        [shelf.page(media_id, "?frame=1"), SANDBOX],
    )
    assert seen == [640, 500, "in a frame"]
    assert watch.quiet()


def test_another_site_cannot_put_an_article_into_a_frame(shelf: Shelf, watched: tuple[Watch, Page]) -> None:
    _, page = watched
    frame = f'<iframe src="{shelf.page(shelf.put(PLAIN, "elsewhere"), "?frame=1")}"></iframe>'
    page.route(CONTROL, lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.goto(CONTROL)
    assert "A text with" not in "".join(one.content() for one in page.frames)


def test_a_link_of_an_article_opens_beside_it_and_takes_nothing_along(
    shelf: Shelf, watched: tuple[Watch, Page]
) -> None:
    watch, page = watched
    seen: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        seen.append(route.request.headers)
        text = "<title>There</title><script>document.title += ' ' + (opener === null)</script>"
        route.fulfill(body=text, content_type="text/html")

    page.context.route("https://e.org/x", answer)
    page.goto(shelf.page(shelf.put(PLAIN, "with a link")))
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="link").click()
    opened.value.wait_for_load_state()
    assert opened.value.title() == "There true"
    assert "referer" not in seen[0]
    assert watch.strangers == ["https://e.org/x"]


def test_the_file_on_the_disk_reads_in_any_browser_and_asks_for_nothing(shelf: Shelf, chromium: Browser) -> None:
    shelf.put(PLAIN + "<script>pwned()</script><img src='https://evil.example/x.png'>", "on the disk")
    context = chromium.new_context()
    watch = Watch(shelf.appliance.address)
    page = watch.over(context)
    page.goto((shelf.folder / "media" / "articles" / "Site" / "on the disk" / "article.html").as_uri())
    expect(page.get_by_role("heading", name="on the disk")).to_be_visible()
    assert page.evaluate("document.images[0].naturalWidth") == 640
    assert watch.quiet()
    context.close()


def _succeeding(chromium: Browser, headers: dict[str, str]) -> set[int]:
    """The numbers of the payloads that run a script, each in a frame of a site that serves it with these headers."""
    context = chromium.new_context()
    watch = Watch(CONTROL)
    page = watch.over(context)

    def answer(route: Route) -> None:
        number = route.request.url.removeprefix(CONTROL)
        is_payload = number.isdigit()
        body = f"<!doctype html><meta charset=utf-8><p>x</p>{PAYLOADS[int(number)] if is_payload else ''}"
        route.fulfill(body=body, content_type="text/html", headers=headers if is_payload else {})

    page.route(f"{CONTROL}*", answer)
    page.goto(CONTROL)
    for start in range(0, len(PAYLOADS), 20):
        numbers = range(start, min(start + 20, len(PAYLOADS)))
        page.evaluate(FRAMES, [[f"{CONTROL}{number}" for number in numbers], None, None])
    context.close()
    called = {url.removeprefix(CONTROL) for url in watch.calls}
    return {int(number) for number in called if number.isdigit()}
