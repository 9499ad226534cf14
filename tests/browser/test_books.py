"""The way of a book: its file is dropped into the page, it stands on the shelf, it is read, and the place is kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.browser.appliance import Appliance
from tests.browser.test_every_page import check
from tests.browser.visitor import Visitor
from tests.fixtures import books

Visit = Callable[..., Visitor]
SECONDS = 60.0
WHERE = "document.querySelector('iframe').contentDocument.scrollingElement.scrollTop"
PARAGRAPH = "<p>" + "The apple fell into the snow and nobody heard it. " * 20 + "</p>"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A novel of three chapters, a manual of nine pages and a comic of eleven."""
    folder = tmp_path_factory.mktemp("shelf")
    chapters = {
        f"text/c{number}.xhtml": (
            f"<title>{title}</title>",
            f"<h1>{title}</h1>{PARAGRAPH * 12}<p><a href='c3.xhtml#deep'>Onward</a></p>"
            f"<h2 id='deep'>Deep</h2>{PARAGRAPH * 4}",
        )
        for number, title in enumerate(("Frost", "Thaw", "Bloom"), 1)
    }
    members = books.epub_members(chapters=chapters)
    members["OEBPS/nav.xhtml"] = books.NAVIGATION.replace("one.xhtml", "c1.xhtml").replace("two.xhtml", "c2.xhtml")
    books.pack(folder / "orchard.epub", members, stored=["mimetype"])
    books.pdf(folder / "manual.pdf", pages=9)
    books.cbz(folder / "comic.cbz", pages=11)
    return folder


@pytest.fixture(scope="module")
def added(appliance: Appliance, chromium: Any, shelf: Path) -> dict[str, str]:
    """The ids of the books by their format, after all three were dropped into the page."""
    context = chromium.new_context(reduced_motion="reduce")
    visitor = Visitor(context.new_page(), appliance)
    visitor.sign_in("/books")
    for name in ("orchard.epub", "manual.pdf", "comic.cbz"):
        visitor.page.get_by_role("button", name="Add a book").first.click()
        visitor.page.get_by_label("Drop a file, or choose one").set_input_files(shelf / name)
        expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    expect(visitor.page.locator(".grid a.card")).to_have_count(3, timeout=SECONDS * 1000)
    cards = visitor.page.evaluate("fetch('/api/library?type=book').then((answer) => answer.json())")["items"]
    found = {
        visitor.page.evaluate(f"fetch('/api/books/{card['id']}').then((answer) => answer.json())")["format"]: card["id"]
        for card in cards
    }
    complaints = visitor.complaints
    context.close()
    assert complaints == []
    assert set(found) == {"epub", "pdf", "cbz"}
    return found


@pytest.mark.timeout(240)
def test_a_book_stands_on_the_shelf_and_tells_what_its_file_says(
    appliance: Appliance, visit: Visit, added: dict[str, str]
) -> None:
    visitor = visit(appliance, axe=True)
    visitor.sign_in("/books")
    visitor.page.get_by_role("link", name="The Winter Orchard").click()
    page = visitor.page
    expect(page.get_by_role("heading", name="The Winter Orchard", level=1)).to_be_visible()
    expect(page.locator(".detail__meta")).to_contain_text("Ada Applewood")
    expect(page.locator(".facts")).to_contain_text("Orchard & Sons")
    assert check(visitor, "a book") == []
    page.get_by_role("link", name="Read", exact=True).click()
    visitor.wait_for(f"location.pathname === '/read/{added['epub']}'")


def test_an_epub_is_read_on_at_the_line_where_it_was_left(
    appliance: Appliance, visit: Visit, added: dict[str, str]
) -> None:
    visitor = visit(appliance)
    visitor.sign_in(f"/read/{added['epub']}")
    page, text = visitor.page, _text(visitor)
    expect(text.get_by_role("heading", name="Frost")).to_be_visible()
    page.get_by_role("button", name="Next chapter").click()
    expect(text.get_by_role("heading", name="Thaw")).to_be_visible()
    visitor.wait_for("document.querySelector('.reader__frame--waiting') === null")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.evaluate(f"{WHERE} = 900")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Read on")).to_be_visible()

    page.get_by_role("link", name="Read on").click()
    expect(text.get_by_role("heading", name="Thaw")).to_be_attached()
    assert abs(float(str(visitor.wait_for(WHERE))) - 900) < 3


def test_a_link_inside_an_epub_leads_to_its_place_in_another_chapter(
    appliance: Appliance, visit: Visit, added: dict[str, str]
) -> None:
    visitor = visit(appliance)
    visitor.sign_in(f"/read/{added['epub']}?from=start")
    text = _text(visitor)
    text.get_by_role("link", name="Onward").click()
    expect(text.get_by_role("heading", name="Bloom")).to_be_attached()
    expect(text.get_by_role("heading", name="Deep")).to_be_in_viewport()
    assert visitor.page.url.startswith(f"{appliance.address}/read/")


def test_type_and_paper_are_changed_and_remembered(appliance: Appliance, visit: Visit, added: dict[str, str]) -> None:
    visitor = visit(appliance)
    visitor.sign_in(f"/read/{added['epub']}?from=start")
    page = visitor.page
    _text(visitor).get_by_role("heading", name="Frost").wait_for()
    page.get_by_role("button", name="Type and paper").click()
    page.get_by_role("radio", name="Sepia").check()
    page.get_by_role("button", name="Larger").click()
    visitor.wait_for("getComputedStyle(document.querySelector('iframe').contentDocument.body).fontSize === '20px'")
    sepia = page.evaluate("getComputedStyle(document.querySelector('iframe').contentDocument.body).backgroundColor")

    visitor.go(f"/read/{added['epub']}?from=start")
    _text(visitor).get_by_role("heading", name="Frost").wait_for()
    ground = "getComputedStyle(document.querySelector('iframe').contentDocument.body).backgroundColor"
    visitor.wait_for(f"document.querySelector('.reader__frame--waiting') === null && {ground} === '{sepia}'")


def test_a_hostile_chapter_neither_runs_nor_leaves_the_house(
    appliance: Appliance, visit: Visit, tmp_path: Path
) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/books")
    page = visitor.page
    page.evaluate("() => { window.hits = []; window.hit = (what) => window.hits.push(what); }")
    page.get_by_role("button", name="Add a book").first.click()
    page.get_by_label("Drop a file, or choose one").set_input_files(books.scripted_epub(tmp_path / "tricks.epub"))
    ids = "fetch('/api/library?type=book').then((answer) => answer.json()).then((all) => all.items[0]?.id)"
    before = page.evaluate(ids)
    visitor.wait(lambda: page.evaluate(ids) != before, "the book", seconds=SECONDS)
    visitor.follow(f"/read/{page.evaluate(ids)}")
    expect(_text(visitor).get_by_text("Last words.")).to_be_visible()
    visitor.wait_for("document.querySelector('.reader__frame--waiting') === null")
    assert page.evaluate("window.hits") == []


def test_a_pdf_is_painted_page_by_page_and_read_on_where_it_was_left(
    appliance: Appliance, visit: Visit, added: dict[str, str]
) -> None:
    visitor = visit(appliance)
    visitor.sign_in(f"/read/{added['pdf']}")
    page = visitor.page
    expect(page.get_by_text("Pruning page 1", exact=True)).to_be_visible()
    visitor.wait_for(_painted("Page 1 of 9"))
    assert page.locator(".sheet").count() < 5, "pages far from the window are not painted"
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.get_by_role("slider", name="Page").fill("6")
    expect(page.get_by_text("Pruning page 6", exact=True)).to_be_visible()
    width = page.locator(".sheet").first.bounding_box()
    page.get_by_role("button", name="Larger").click()
    visitor.wait_for(
        f"document.querySelector('.sheet').getBoundingClientRect().width > {width['width'] if width else 0}"
    )
    expect(page.locator(".reader__page")).to_have_text("Page 6 of 9")

    visitor.go(f"/read/{added['pdf']}")
    expect(page.locator(".reader__page")).to_have_text("Page 6 of 9")
    visitor.wait_for(_painted("Page 6 of 9"))


def test_a_comic_is_turned_from_the_side_where_it_begins(
    appliance: Appliance, visit: Visit, added: dict[str, str]
) -> None:
    visitor = visit(appliance, width=390)
    visitor.sign_in(f"/read/{added['cbz']}")
    page = visitor.page
    expect(page.get_by_role("img", name="Page 1 of 11")).to_be_visible()
    # Its file says that it begins at the right.
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("img", name="Page 2 of 11")).to_be_visible()
    page.get_by_role("button", name="View").click()
    page.get_by_role("switch", name="Right to left").click()
    page.keyboard.press("Escape")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("img", name="Page 3 of 11")).to_be_visible()

    visitor.go(f"/read/{added['cbz']}")
    expect(page.get_by_role("img", name="Page 3 of 11")).to_be_visible()


def test_two_pages_of_a_comic_lie_side_by_side(appliance: Appliance, visit: Visit, added: dict[str, str]) -> None:
    visitor = visit(appliance, width=1440)
    visitor.sign_in(f"/read/{added['cbz']}?from=start")
    page = visitor.page
    expect(page.get_by_role("img", name="Page 1 of 11")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator(".reader__page")).to_have_text("Pages 2 and 3 of 11")
    left, right = (page.get_by_role("img", name=f"Page {number} of 11").bounding_box() for number in (3, 2))
    assert left is not None and right is not None and left["x"] < right["x"], "the right page comes first"


def test_a_book_of_wood_is_noted_down_and_gets_its_file_later(
    appliance: Appliance, visit: Visit, tmp_path: Path
) -> None:
    visitor = visit(appliance)
    visitor.sign_in("/books")
    page = visitor.page
    page.get_by_role("button", name="Add a book").first.click()
    page.get_by_role("radio", name="Without a file").check()
    page.get_by_role("textbox", name="Title").fill("The Pear Almanac")
    page.get_by_role("textbox", name="Author").fill("Paula Pear")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="The Pear Almanac", level=1)).to_be_visible()
    expect(page.get_by_text("There is no file of this book, only this record.")).to_be_visible()

    file = books.pdf(tmp_path / "pears.pdf", pages=2, info="/Title (Pears)")
    page.get_by_role("button", name="Add its file").click()
    page.get_by_label("Drop a file, or choose one").set_input_files(file)
    expect(page.get_by_role("link", name="Read", exact=True)).to_be_visible(timeout=SECONDS * 1000)
    expect(page.get_by_role("heading", name="The Pear Almanac", level=1)).to_be_visible()


def _text(visitor: Visitor) -> FrameLocator:
    return visitor.page.frame_locator("iframe")


def _painted(name: str) -> str:
    """Whether the page of a PDF has colour on it."""
    return f"""(() => {{
        const canvas = document.querySelector('[aria-label="{name}"] canvas');
        if (!(canvas?.width > 1)) return false;
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
        copy.drawImage(canvas, 0, 0);
        const {{ data }} = copy.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, index) => index % 4 === 0 && value < 128 && data[index + 3] > 0);
    }})()"""
