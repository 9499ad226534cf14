"""The way of an article: its page is handed over, it stands on the shelf, is read, found by its words, and removed."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.browser.appliance import Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
SECONDS = 60.0
WHERE = "document.querySelector('iframe').contentDocument.scrollingElement.scrollTop"
READY = "document.querySelector('iframe') !== null && document.querySelector('.reader__frame--waiting') === null"
PARAGRAPH = (
    "<p>Along this coast the water comes twice a day, and twice a day it goes. For centuries nobody could say by how "
    "much. The harbour masters kept <a href='https://example.org/notebooks'>notebooks</a>. It took a machine of brass "
    "pulleys to add up what the moon, the sun and the shape of the sea floor each contribute.</p>"
)


def page_of(title: str, *, word: str = "tide") -> str:
    """A page with an article long enough to be one."""
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title><meta name='author' content='Mara Lindqvist'>"
        "<meta property='og:site_name' content='The Harbour Review'></head>"
        f"<body><nav>Menu</nav><article><h1>{title}</h1>{PARAGRAPH * 10}<p>Here the {word} turns.</p>{PARAGRAPH * 12}"
        "</article><script>document.title = 'hit'</script></body></html>"
    )


@pytest.fixture(scope="module")
def articles(appliance: Appliance, chromium: Any) -> dict[str, str]:
    """The ids of two articles by their titles, handed over as a browser hands them over."""
    context = chromium.new_context(reduced_motion="reduce")
    visitor = Visitor(context.new_page(), appliance)
    visitor.sign_in("/articles")
    titles = {"How tides are predicted": "springtide", "Why old maps lie": "meridian"}
    for title, word in titles.items():
        visitor.page.evaluate(
            """(body) => fetch("/api/articles", {
                method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
            })""",
            {"url": f"https://harbour.example/{word}", "html": page_of(title, word=word)},
        )
    # Nobody loads the page again: it hears of what arrives.
    expect(visitor.page.locator(".card--story")).to_have_count(len(titles), timeout=SECONDS * 1000)
    answer = visitor.page.evaluate("fetch('/api/library?type=article').then((answer) => answer.json())")
    complaints = visitor.complaints
    context.close()
    assert complaints == []
    return {card["title"]: card["id"] for card in answer["items"]}


@pytest.mark.timeout(240)
def test_an_article_is_read_on_at_the_line_where_it_was_left(
    appliance: Appliance, visit: Visit, articles: dict[str, str]
) -> None:
    visitor = visit(appliance, axe=True)
    visitor.sign_in("/articles")
    page = visitor.page
    page.get_by_role("link", name="How tides are predicted").click()
    text = _text(visitor)
    expect(text.get_by_role("heading", name="How tides are predicted")).to_be_visible()
    expect(text.locator("header")).to_contain_text("Mara Lindqvist")
    assert page.title().startswith("How tides are predicted")
    visitor.wait_for(READY)
    assert check(visitor, "an article") == []

    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.evaluate(f"{WHERE} = 700")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("link", name="How tides are predicted")).to_contain_text("left")

    page.get_by_role("link", name="How tides are predicted").click()
    visitor.wait_for(READY)
    visitor.wait_for(f"Math.abs({WHERE} - 700) < 3")


def test_an_article_read_to_its_end_is_read_and_leads_to_the_next(
    appliance: Appliance, visit: Visit, articles: dict[str, str]
) -> None:
    visitor = visit(appliance)
    visitor.sign_in(f"/articles/{articles['Why old maps lie']}")
    page = visitor.page
    visitor.wait_for(READY)
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.evaluate(f"{WHERE} = 999999")
    expect(page.get_by_text("You have read it.")).to_be_visible()
    page.get_by_role("link", name="Next: How tides are predicted").click()
    expect(_text(visitor).get_by_role("heading", name="How tides are predicted")).to_be_attached()

    page.keyboard.press("Escape")
    visitor.follow("/articles?standing=unfinished")
    expect(page.locator(".card--story")).to_have_count(1)
    visitor.follow("/articles?standing=finished")
    expect(page.get_by_role("link", name="Why old maps lie")).to_be_visible()


def test_a_link_in_an_article_opens_beside_it_and_not_in_it(
    appliance: Appliance, visit: Visit, articles: dict[str, str]
) -> None:
    visitor = visit(appliance)
    visitor.page.context.route("https://example.org/**", lambda route: route.abort())
    visitor.sign_in(f"/articles/{articles['Why old maps lie']}")
    visitor.wait_for(READY)
    with visitor.page.context.expect_page() as opened:
        _text(visitor).get_by_role("link", name="notebooks").first.click()
    opened.value.close()
    assert visitor.page.url.endswith(articles["Why old maps lie"])
    expect(_text(visitor).get_by_role("heading", name="Why old maps lie")).to_be_attached()


def test_a_word_inside_an_article_finds_it_and_is_marked(
    appliance: Appliance, visit: Visit, articles: dict[str, str]
) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/")
    page = visitor.page
    page.get_by_role("searchbox", name="Search").fill("meridian")
    hit = page.get_by_role("region", name="In the text").get_by_role("link")
    expect(hit).to_have_count(1)
    expect(hit.locator("mark")).to_have_text("meridian")
    hit.click()
    visitor.wait_for(f"location.pathname === '/articles/{articles['Why old maps lie']}'")


def test_an_article_is_downloaded_as_an_epub(appliance: Appliance, visit: Visit, articles: dict[str, str]) -> None:
    visitor = visit(appliance)
    visitor.sign_in(f"/articles/{articles['Why old maps lie']}")
    visitor.page.get_by_role("button", name="More").click()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Download as EPUB").click()
    assert download.value.suggested_filename.endswith(".epub")
    assert download.value.path().read_bytes()[:2] == b"PK"


def test_a_removed_article_comes_back_from_the_undo_bar(
    appliance: Appliance, visit: Visit, articles: dict[str, str]
) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/articles")
    page = visitor.page
    page.get_by_role("link", name="Why old maps lie").click()
    visitor.wait_for(READY)
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Articles", level=1)).to_be_visible()
    expect(page.locator(".card--story")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".card--story")).to_have_count(2)


def _text(visitor: Visitor) -> FrameLocator:
    return visitor.page.frame_locator("iframe")
