"""The way of a highlight: words are marked and stand marked on every device, in articles and books."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.appliance import Appliance
from tests.browser.test_articles import page_of
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.fixtures import books

Visit = Callable[..., Visitor]
SECONDS = 60.0
READY = "document.querySelector('iframe') !== null && document.querySelector('.reader__frame--waiting') === null"
INSIDE = "document.querySelector('iframe')?.contentWindow"
CHAPTER = "<h1>{0}</h1>" + ("<p>" + "The kelp {0} sways. " * 30 + "</p>") * 4
SELECT = """(words) => {
    const inside = document.querySelector("iframe").contentDocument;
    const walker = inside.createTreeWalker(inside.body, 4);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = inside.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        node.parentElement.scrollIntoView({ block: "center" });
        inside.getSelection().removeAllRanges();
        inside.getSelection().addRange(range);
        return true;
    }
    return false;
}"""


@pytest.fixture(scope="module")
def texts(appliance: Appliance, chromium: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The ids of an article and of an EPUB."""
    file = tmp_path_factory.mktemp("shelf") / "kelp.epub"
    chapters = {
        f"text/c{number}.xhtml": (
            f"<title>{title}</title>",
            CHAPTER.format(title),
        )
        for number, title in enumerate(("Holdfast", "Frond"), 1)
    }
    members = books.epub_members(chapters=chapters)
    members["OEBPS/nav.xhtml"] = books.NAVIGATION.replace("one.xhtml", "c1.xhtml").replace("two.xhtml", "c2.xhtml")
    books.pack(file, members, stored=["mimetype"])
    context = chromium.new_context(reduced_motion="reduce")
    visitor = Visitor(context.new_page(), appliance)
    visitor.sign_in("/books")
    page = visitor.page
    page.evaluate(
        """(body) => fetch("/api/articles", {
            method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
        })""",
        {"url": "https://kelp.example/neap", "html": page_of("What the kelp knows", word="neaptide")},
    )
    page.get_by_role("button", name="Add a book").first.click()
    page.get_by_label("Drop a file, or choose one").set_input_files(file)
    library = "fetch('/api/library?type={}').then((answer) => answer.json())"

    def arrived() -> dict[str, str]:
        found = {}
        for kind in ("article", "book"):
            for card in page.evaluate(library.format(kind))["items"]:
                if kind == "article" and card["title"] == "What the kelp knows":
                    found["article"] = card["id"]
                book = page.evaluate(f"fetch('/api/books/{card['id']}').then((one) => one.ok ? one.json() : {{}})")
                if kind == "book" and "Frond" in str(book.get("contents")) + str(book):
                    found["book"] = card["id"]
                elif kind == "book" and book.get("format") == "epub":
                    found.setdefault("book", card["id"])
        return found if len(found) == 2 else {}

    found = visitor.wait(arrived, "the article and the book are there", seconds=SECONDS)
    context.close()
    return found


@pytest.mark.timeout(240)
def test_marked_words_of_an_article_stand_on_every_device(
    appliance: Appliance, visit: Visit, texts: dict[str, str]
) -> None:
    visitor = visit(appliance, axe=True)
    visitor.sign_in(f"/articles/{texts['article']}")
    page = visitor.page
    visitor.wait_for(READY)
    assert page.evaluate(SELECT, "Here the neaptide turns")
    bar = page.get_by_role("toolbar", name="Mark the words")
    bar.get_by_role("button", name="Mark in green").click()
    bar = page.get_by_role("toolbar", name="Marked words")
    expect(bar.get_by_role("button", name="Mark in green")).to_have_attribute("aria-pressed", "true")
    visitor.wait_for(f"{INSIDE}?.CSS.highlights.get('mark-green')?.size === 1")
    bar.get_by_role("button", name="Note").click()
    page.get_by_role("textbox", name="Note").fill("Look this up")
    page.get_by_role("button", name="Save").click()
    expect(bar).to_contain_text("Look this up")
    assert check(visitor, "a marked article") == []

    page.reload()
    visitor.wait_for(READY)
    visitor.wait_for(f"{INSIDE}?.CSS.highlights.get('mark-green')?.size === 1")

    other = visit(appliance, width=390)
    other.sign_in("/highlights")
    link = other.page.get_by_role("link", name="Here the neaptide turns")
    expect(link).to_be_visible()
    expect(other.page.get_by_text("Look this up")).to_be_visible()
    link.click()
    other.wait_for(READY)
    other.wait_for(f"{INSIDE}?.CSS.highlights.get('mark-green')?.size === 1")
    other.wait_for(f"{INSIDE}?.document.scrollingElement.scrollTop > 200")
    other.page.get_by_role("button", name="What you marked").click()
    drawer = other.page.get_by_role("dialog", name="Marked")
    drawer.get_by_role("button", name="Remove the mark on").click()
    expect(drawer).to_contain_text("Nothing marked yet")
    drawer.get_by_role("button", name="Close").click()
    other.page.get_by_role("button", name="Undo").click()
    other.wait_for(f"{INSIDE}?.CSS.highlights.get('mark-green')?.size === 1")


@pytest.mark.timeout(240)
def test_marked_words_of_a_book_belong_to_their_chapter(
    appliance: Appliance, visit: Visit, texts: dict[str, str]
) -> None:
    visitor = visit(appliance, axe=True)
    visitor.sign_in(f"/read/{texts['book']}?part=1")
    page = visitor.page
    visitor.wait_for(READY)
    words = page.evaluate(
        "document.querySelector('iframe').contentDocument.querySelector('p').textContent.slice(0, 20).trim()"
    )
    assert page.evaluate(SELECT, words)
    page.get_by_role("button", name="Mark in pink").click()
    visitor.wait_for(f"{INSIDE}?.CSS.highlights.get('mark-pink')?.size === 1")
    page.get_by_role("button", name="Previous chapter").click()
    visitor.wait_for(READY)
    visitor.wait_for(f"{INSIDE}?.CSS.highlights.get('mark-pink')?.size === 0")

    other = visit(appliance, width=390, axe=True)
    other.sign_in("/highlights")
    assert check(other, "what was marked") == []
    other.page.get_by_role("link", name=words).first.click()
    other.wait_for(READY)
    other.wait_for("location.search.includes('part=1')")
    other.wait_for(f"{INSIDE}?.CSS.highlights.get('mark-pink')?.size === 1")
