"""Chapters of strangers become pages in which nothing runs and nothing phones home."""

import re
from html.parser import HTMLParser

import pytest

from media_library.adapters.article_page.sanitiser import DROPPED_WITH_CONTENT
from media_library.services import book_chapter
from media_library.services.book_chapter import chapter_page, sanitise
from tests.fixtures import books
from tests.fixtures.scripts import PAYLOADS

_NEVER = DROPPED_WITH_CONTENT | {"body", "html", "title", "xml"}
_HARMLESS = {"id", "lang", "dir", "rel", "alt", "title", "href", "start", "width", "height", "colspan", "rowspan"}


class Elements(HTMLParser):
    """The elements of a text with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def shown(text: str) -> str:
    return sanitise(text, lambda href: "/part" if href == "two.xhtml" else None, lambda src: None)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("wrap", ["{}", "<p>{}</p>", books.page_document("<title/>", "{}")])
def test_threat_116_no_known_way_leads_past(payload: str, wrap: str) -> None:
    for element, attributes in Elements(shown(wrap.replace("{}", payload))).found:
        assert element not in _NEVER
        assert attributes.keys() <= _HARMLESS
        assert re.match(r"https?://", attributes.get("href") or "https://")


def test_the_same_elements_are_noticed_without_our_care() -> None:
    found = [one for payload in PAYLOADS for one in Elements(payload).found]
    assert sum(element in _NEVER or not attributes.keys() <= _HARMLESS for element, attributes in found) > 80


def test_threat_114_elements_that_hide_scripts_are_never_allowed() -> None:
    never = {"svg", "math", "annotation-xml", "style", "noscript", "title", "script", "iframe", "form", "object"}
    assert not never & book_chapter._MORE_ELEMENTS
    assert not DROPPED_WITH_CONTENT & book_chapter._MORE_ELEMENTS


def test_links_lead_to_parts_of_the_book_or_to_the_web() -> None:
    text = (
        '<a href="two.xhtml">a</a><a href="three.xhtml">b</a><a href="http://e.org/x">c</a><a href="mailto:a@b.c">d</a>'
    )
    assert re.findall(r'href="([^"]*)"', shown(text)) == ["/part", "http://e.org/x"]


def test_places_within_a_chapter_keep_their_names() -> None:
    assert 'id="p1"' in shown('<a id="p1"/>text')
    assert "name=" not in shown('<img id="x" name="body"/><form name="y"></form>')
    assert "id=" not in shown(f'<p id="{"x" * 300}">x</p>')


def test_a_page_is_whole_and_says_its_language() -> None:
    page = chapter_page("<p>x</p>", title='<script>"', language="de-AT", link=lambda _: None, picture=lambda _: None)
    assert page.startswith('<!DOCTYPE html>\n<html lang="de-AT">')
    assert "<title>&lt;script&gt;&quot;</title>" in page
    odd = chapter_page("x", title="x", language='"><script>', link=lambda _: None, picture=lambda _: None)
    assert "<script>" not in odd


def test_text_is_not_lost_with_its_markup() -> None:
    text = (
        "<article><header>Head</header><ruby>漢<rt>kan</rt></ruby><unknown>kept</unknown><center>mid</center></article>"
    )
    clean = shown(text)
    assert all(word in clean for word in ("Head", "漢", "<rt>kan</rt>", "kept", "mid"))
