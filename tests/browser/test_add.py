"""The way of an address: it is pasted, recognised, fetched, and stands in the library."""

import gzip
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import internet
from tests.browser.appliance import Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.fixtures import books
from tests.internet import shapes

Visit = Callable[..., Visitor]
SOON = 60_000
"""How long a job may take here, ms; the machine has other things to do, too."""

ARTICLE = "".join(
    f"<p>Paragraph {number} tells how the harbour works at night, when the cranes stand still and the pilots wait "
    "for the tide, and why nobody has ever written down what they say to each other on the radio.</p>"
    for number in range(8)
)


@pytest.fixture(scope="module")
def web() -> Iterator[internet.Site]:
    with internet.serve() as site:
        yield site


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Appliance]:
    """A program of its own, because what is added stays."""
    box = Appliance(tmp_path_factory.mktemp("add") / "house")
    try:
        box.wait_until_it_serves()
        yield box
    finally:
        box.stop()


@pytest.fixture
def guest(house: Appliance, web: internet.Site, visit: Visit) -> Visitor:
    """Somebody at the add page of a house that may reach the site of the test."""
    visitor = visit(house)
    visitor.sign_in("/add")
    allow(visitor, web)
    return visitor


def allow(visitor: Visitor, web: internet.Site) -> None:
    """Let downloads reach the site, as an admin does in the settings."""
    status = visitor.page.evaluate(
        """async (host) => (await fetch("/api/settings", {
            method: "PATCH",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ downloads: { allowed_hosts: [host] } }),
        })).status""",
        web.authority,
    )
    assert status == 200


def ask(page: Page, address: str) -> Locator:
    """Put an address into the box; what was found there."""
    page.get_by_label("Link").fill(address)
    page.keyboard.press("Enter")
    return page.locator(".finding")


@pytest.mark.timeout(240)
def test_a_pasted_video_is_recognised_fetched_and_plays(guest: Visitor, web: internet.Site) -> None:
    page = guest.page
    address = shapes.video_page(web, "/watch/sea", title="A walk by the sea", channel="Sea Channel")
    found = ask(page, address)
    expect(found.get_by_role("heading", name="A walk by the sea")).to_be_visible(timeout=SOON)
    found.get_by_role("button", name="Download the video").click()
    expect(page.locator(".landed")).to_have_text("“A walk by the sea” is on its way.")

    lately = page.get_by_role("region", name="Lately")
    expect(lately.get_by_text("Done, in your library")).to_be_visible(timeout=2 * SOON)
    lately.get_by_role("link", name="A walk by the sea").click()
    page.get_by_role("link", name="Play", exact=True).first.click()
    guest.wait_for("document.querySelector('video')?.currentTime > 0.2", seconds=30)

    guest.go("/videos")
    page.get_by_role("link", name="Sea Channel").click()
    expect(page.get_by_role("heading", name="Sea Channel", level=1)).to_be_visible()
    expect(page.locator(".grid a.card")).to_have_count(1)

    guest.go("/add")
    ask(page, address)
    expect(page.get_by_text("You have this already")).to_be_visible(timeout=SOON)


@pytest.mark.timeout(240)
def test_a_podcast_is_followed_fetched_heard_and_left(guest: Visitor, web: internet.Site) -> None:
    page = guest.page
    found = ask(page, feed(web))
    expect(found.get_by_role("heading", name="Night Signals")).to_be_visible(timeout=SOON)
    found.get_by_role("radio", name="Fetch none").check()
    found.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Night Signals", level=1)).to_be_visible(timeout=SOON)

    expect(page.locator(".ep")).to_have_count(2, timeout=SOON)
    page.get_by_role("button", name="Download The ice").click()
    play = page.get_by_role("button", name="Play The ice")
    expect(play).to_be_visible(timeout=2 * SOON)
    play.click()
    bar = page.get_by_role("region", name="Listening")
    expect(bar.get_by_role("button", name="Pause")).to_be_visible(timeout=SOON)
    bar.get_by_role("button", name="1×").click()
    bar.get_by_role("button", name="1.5×").click()
    page.keyboard.press("Escape")
    expect(bar.get_by_role("button", name="1.5×")).to_be_visible()
    bar.get_by_role("button", name="Sleep timer").click()
    bar.get_by_role("button", name="5 min", exact=True).click()
    expect(bar.get_by_text(re.compile("^4:5"))).to_be_visible()
    bar.get_by_role("button", name="Stop and close").click()

    page.get_by_role("link", name="The ice").click()
    page.get_by_role("button", name="Show the transcript").click()
    expect(page.locator(".line")).to_have_count(2)
    expect(page.locator(".line").nth(1)).to_have_text(re.compile("0:02Mara:? Listen."))
    expect(page.locator(".prose a")).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(page.locator(".prose script, .prose img")).to_have_count(0)
    page.get_by_role("button", name="Star").click()
    expect(page.get_by_role("button", name="Starred")).to_be_visible()
    page.get_by_role("button", name="Mark as heard").click()
    page.get_by_role("link", name="Night Signals").click()
    expect(page.get_by_text("1 unheard")).to_be_visible()
    play.click()
    expect(bar.get_by_role("button", name="1.5×")).to_be_visible()
    bar.get_by_role("button", name="Stop and close").click()

    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", name="No podcasts yet")).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    expect(page.get_by_role("link", name="Night Signals")).to_be_visible()


def test_the_bookmark_packs_the_page_that_somebody_looks_at(guest: Visitor, web: internet.Site) -> None:
    page = guest.page
    page.get_by_text("Add from any page").click()
    code = page.get_by_role("link", name="Send this page").get_attribute("href")
    assert code is not None and code.startswith("javascript:")

    hidden = "<script>document.title = document.title</script><style>p { color: red }</style>"
    body = f"<!doctype html><title>Behind a sign-in</title>{hidden}<article onclick='x()'>{ARTICLE}</article>"
    reading = guest.page.context.new_page()
    reading.goto(web.put("/behind", internet.Page(body.encode())))
    reading.evaluate("document.querySelector('p').textContent = 'Only this reader sees it.'")
    with reading.expect_popup() as opened:
        reading.evaluate(unquote(code.removeprefix("javascript:")))
    arrived = opened.value
    expect(arrived.locator(".finding").get_by_role("heading", name="Behind a sign-in")).to_be_visible(timeout=SOON)
    sent = gzip.decompress(urlsafe_b64decode(arrived.evaluate("location.hash").removeprefix("#page=") + "==")).decode()
    assert "Only this reader sees it." in sent
    assert "<script" not in sent and "<style" not in sent and "onclick" not in sent


@pytest.mark.timeout(240)
def test_a_channel_becomes_a_collection_that_fills_by_itself(guest: Visitor, web: internet.Site) -> None:
    page = guest.page
    found = ask(page, shapes.channel(web, ["The pier", "The beach"], "/channel", name="Harbour Films"))
    expect(found.get_by_role("heading", name="Harbour Films")).to_be_visible(timeout=SOON)
    found.get_by_role("radio", name="Playlist or channel").check()
    found.get_by_role("radio", name="Follow").check()
    found.get_by_text("Only some of them").click()
    found.get_by_label("Title does not contain").fill("beach")
    found.get_by_role("button", name="Follow", exact=True).click()
    page.locator(".landed").get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", name="Harbour Films", level=1)).to_be_visible(timeout=SOON)
    guest.wait(
        lambda: (
            page.evaluate("async () => (await (await fetch('/api/library?type=video&limit=200')).json()).items")
            and "pier" in page.evaluate("async () => await (await fetch('/api/library?type=video&limit=200')).text()")
        ),
        "the pier",
        seconds=120,
    )
    assert "beach" not in page.evaluate("async () => await (await fetch('/api/library?type=video&limit=200')).text()")


@pytest.mark.timeout(120)
def test_a_page_that_a_bookmark_sends_is_kept_only_when_somebody_says_so(guest: Visitor, web: internet.Site) -> None:
    page = guest.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    body = f"<html><head><title>The quiet harbour</title></head><body><article><h1>The quiet harbour</h1>{ARTICLE}"
    packed = urlsafe_b64encode(gzip.compress(body.encode())).decode().rstrip("=")
    guest.go("/podcasts")
    guest.go(f"/add?url={quote(web.url('/paywall'), safe='')}#page={packed}")
    offer = page.locator(".finding")
    expect(offer.get_by_role("heading", name="The quiet harbour")).to_be_visible()
    assert not [url for url in asked if "/api/" in url]
    offer.get_by_role("button", name="Save the article").click()
    page.get_by_role("region", name="Lately").get_by_role("link", name="The quiet harbour").click(timeout=SOON)
    expect(page.get_by_role("heading", name="The quiet harbour", level=1)).to_be_visible()


def test_a_link_that_a_phone_shares_is_found_in_its_text(guest: Visitor, web: internet.Site) -> None:
    address = shapes.video_page(web, "/watch/shared", title="Shared from a phone")
    guest.go(f"/add?title=Look&text={quote('Look at this: ' + address, safe='')}&url=")
    found = guest.page.locator(".finding")
    expect(found.get_by_role("heading", name="Shared from a phone")).to_be_visible(timeout=SOON)


def test_an_address_pasted_on_any_page_is_looked_at(guest: Visitor, web: internet.Site) -> None:
    page = guest.page
    address = shapes.video_page(web, "/watch/pasted", title="Pasted at home")
    guest.go("/films")
    page.evaluate(
        """(text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const how = { clipboardData, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        address,
    )
    expect(page.locator(".finding").get_by_role("heading", name="Pasted at home")).to_be_visible(timeout=SOON)


def test_what_cannot_be_fetched_says_why_in_its_place(guest: Visitor, web: internet.Site) -> None:
    page = guest.page
    for address in ("nonsense", "http://192.168.1.1/", web.url("/nothing/here")):
        found = ask(page, address)
        expect(found.get_by_role("button", name="Try again")).to_be_visible(timeout=SOON)
        assert len(found.locator(".finding__error").inner_text()) > 20
    guest.forgive("Failed to load resource")


def test_a_file_of_no_use_is_refused_with_a_sentence(guest: Visitor, tmp_path: Path) -> None:
    page = guest.page
    photo = tmp_path / "holiday.jpg"
    photo.write_bytes(b"not looked at")
    page.locator(".dropzone input[type=file]").first.set_input_files(photo)
    arrivals = page.get_by_role("region", name="From this device")
    expect(arrivals.get_by_role("alert")).to_contain_text("It was kept out of the library", timeout=SOON)
    arrivals.get_by_role("button", name="Clear").click()
    expect(arrivals).to_have_count(0)


def test_a_list_of_podcasts_is_dropped_on_another_page_and_read(guest: Visitor, web: internet.Site) -> None:
    page = guest.page
    line = f'<outline type="rss" text="Dropped" xmlUrl="{feed(web, "/dropped.xml")}"/>'
    guest.go("/films")
    page.evaluate(
        """(text) => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([text], "podcasts.opml"));
            for (const type of ["dragenter", "dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        f'<opml version="2.0"><body>{line}</body></opml>',
    )
    expect(page.get_by_role("region", name="From this device")).to_contain_text("1 podcast was added", timeout=SOON)


@pytest.mark.timeout(120)
def test_a_book_of_this_device_is_on_the_shelf_when_it_has_arrived(guest: Visitor, tmp_path: Path) -> None:
    page = guest.page
    page.locator(".dropzone input[type=file]").first.set_input_files(books.epub(tmp_path / "orchard.epub"))
    page.get_by_role("region", name="From this device").get_by_role("link", name="orchard.epub").click(timeout=SOON)
    expect(page.get_by_role("heading", name="Winter Orchard", level=1)).to_be_visible()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_no_page_of_what_is_added_has_a_serious_barrier(
    house: Appliance, web: internet.Site, visit: Visit, theme: str
) -> None:
    visitor = visit(house, theme=theme, axe=True)
    visitor.sign_in("/add")
    allow(visitor, web)
    page = visitor.page
    barriers: list[str] = []
    for address in (shapes.video_page(web, "/watch/axe"), feed(web, "/axe.xml")):
        expect(ask(page, address).get_by_role("heading")).to_be_visible(timeout=SOON)
        barriers += check(visitor, address)
    page.get_by_role("button", name="Subscribe").click()
    expect(page.locator(".ep")).to_have_count(2, timeout=SOON)
    barriers += check(visitor, "a podcast")
    page.get_by_role("button", name="Rules").click()
    barriers += check(visitor, "its rules")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="The ice").click()
    expect(page.get_by_role("heading", name="Show notes")).to_be_visible()
    barriers += check(visitor, "an episode")
    assert barriers == []


def test_a_child_listens_and_adds_nothing(guest: Visitor, house: Appliance, web: internet.Site, visit: Visit) -> None:
    made = guest.page.evaluate(
        """async () => (await fetch("/api/users", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ username: "kim", password: "a horse of my own", role: "kid" }),
        })).status"""
    )
    assert made in (200, 201)
    child = visit(house)
    page = child.page
    page.goto(f"{house.address}/login?next=/podcasts")
    page.get_by_label("Name").fill("kim")
    page.get_by_label("Password").fill("a horse of my own")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Podcasts", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Add")).to_have_count(0)
    child.go("/add")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()


def feed(web: internet.Site, path: str = "/night.xml") -> str:
    """A feed of two episodes with sound and with transcripts; its address."""
    words = "WEBVTT\n\n00:00.000 --> 00:01.000\nTonight.\n\n00:02.000 --> 00:03.000\n<v Mara>Listen.\n"
    transcript = web.put(f"{path}.vtt", internet.Page(words.encode(), "text/vtt"))
    items = "".join(
        f'<item><title>{title}</title><guid isPermaLink="false">{path}{number}</guid>'
        f"<pubDate>Fri, 0{number} May 2026 10:00:00 +0000</pubDate>"
        f"<description><![CDATA[<p>More at <a href='https://example.org/x'>our page</a>.<script>alert(1)</script>"
        f"<img src='https://example.org/x.png'></p>]]></description>"
        f'<podcast:transcript url="{transcript}" type="text/vtt"/>'
        f'<enclosure url="{shapes.file(web, f"{path}.{number}.mp3", internet.media.sound(), "audio/mpeg")}" '
        f'length="{len(internet.media.sound())}" type="audio/mpeg"/></item>'
        for number, title in ((1, "The lighthouse"), (2, "The ice"))
    )
    head = "<title>Night Signals</title><description>Sounds.</description>"
    names = 'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    text = f'<rss version="2.0" {names}><channel>{head}{items}</channel></rss>'
    return web.put(path, internet.Page(text.encode(), "application/rss+xml"))
