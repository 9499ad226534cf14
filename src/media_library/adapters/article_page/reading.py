"""Reads the article of a page: its text with markup, its pictures, what it says of itself; runs in the child only."""

import re
import unicodedata
from copy import deepcopy

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document

from media_library.adapters.article_page import content, facts, pictures
from media_library.adapters.article_page.decoding import decode
from media_library.adapters.article_page.result import PageArticle, PagePicture
from media_library.adapters.article_page.sanitiser import sanitise
from media_library.adapters.article_page.tree import parse

_LEAST_CHARACTERS = 140
_MOST_TEXT = 2_000_000
_WORDS_A_MINUTE = 230
_SIGNS_A_MINUTE = 500
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_BLANK = re.compile(r"[ \t\r\f\v\u00a0]+")


def read(body: bytes, url: str, content_type: str = "", content_language: str = "") -> PageArticle | None:
    """The article of the page that was answered at ``url``; ``None`` if it holds none."""
    tree = parse(decode(body, content_type))
    if tree is None:
        return None
    base = pictures.base_of(tree, url)
    head = facts.read_head(tree)
    known = {one.number: one for one in pictures.settle(tree, base)}
    _settle_links(tree, base)
    _settle_formulas(tree)
    document = trafilatura.bare_extraction(
        _for_trafilatura(tree),
        url=url,
        include_comments=False,
        include_images=True,
        include_links=True,
        include_tables=True,
        include_formatting=True,
        with_metadata=True,
        output_format="python",
    )
    if (
        not isinstance(document, Document)
        or document.body is None
        or len("".join(document.body.itertext())) < _LEAST_CHARACTERS
    ):
        return None
    _settle_sources(document.body)
    title = facts.line(document.title) or head.first("og:title", "title") or facts.line(tree.findtext(".//title"))
    cut = content.cut_out(tree, document.body)
    markup = _tidy(_html_of(document.body) if cut is None else cut, title)
    text = _plain(markup)
    words = len(_WORD.findall(_SIGN.sub(" ", text)))
    signs = len(_SIGN.findall(text))
    language = facts.language_of(tree, head, content_language)
    cleaned = sanitise(html.tostring(markup, encoding="unicode"))
    shown = dict.fromkeys(int(number, 16) for number in re.findall(r'src="images/([0-9a-f]+)"', cleaned))
    lead = head.first("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return PageArticle(
        title=title or url,
        author=facts.author_of(head) or facts.line(document.author).replace(";", ",") or None,
        site=head.first("og:site_name", "application-name") or facts.line(document.sitename) or None,
        published_at=facts.published_at(head, document.date),
        language=language,
        right_to_left=facts.is_right_to_left(tree, language),
        overview=head.first("og:description", "description", "twitter:description"),
        canonical_url=facts.canonical_url(tree, base),
        lead_picture=None if lead is None else pictures.resolve(base, lead),
        html=cleaned,
        text=text[:_MOST_TEXT],
        words=words + signs,
        minutes=max(1, round(words / _WORDS_A_MINUTE + signs / _SIGNS_A_MINUTE)),
        pictures=tuple(PagePicture(f"{one:x}", known[one].url) for one in shown if one in known),
    )


def _for_trafilatura(tree: html.HtmlElement) -> html.HtmlElement:
    """A copy in which the addresses of pictures look like those of pictures, or trafilatura would not see them."""
    copy = deepcopy(tree)
    for image in copy.iter("img"):
        image.set("src", f"https://{image.get('src')}.jpg")
    return copy


def _settle_sources(body: etree._Element) -> None:
    for image in body.iter("graphic"):
        image.set("src", (image.get("src") or "").removeprefix("https://").removesuffix(".jpg"))


def _settle_links(tree: html.HtmlElement, base: str) -> None:
    for link in list(tree.iter("a")):
        href = link.get("href")
        target = None if href is None or href.startswith("#") else pictures.resolve(base, href)
        if target is None:
            link.drop_tag()
        else:
            link.set("href", target)


def _settle_formulas(tree: html.HtmlElement) -> None:
    """A formula is kept as the TeX that it was made of, since its own markup may not stand in an article."""
    for formula in list(tree.iter("math")):
        source = next((one for one in formula.iter("annotation") if "tex" in (one.get("encoding") or "")), None)
        text = (formula.get("alttext") or "") if source is None else (source.text or "")
        tail = formula.tail or ""
        formula.clear()
        formula.tag, formula.text, formula.tail = "code", text.strip(), tail


def _html_of(found: etree._Element) -> html.HtmlElement:
    """The article as trafilatura gives it, for a page whose own markup holds none of it."""
    names = {
        "head": "h2",
        "quote": "blockquote",
        "list": "ul",
        "item": "li",
        "lb": "br",
        "row": "tr",
        "cell": "td",
        "graphic": "img",
        "ref": "a",
        "code": "code",
        "hi": "em",
        "p": "p",
        "table": "table",
        "del": "del",
    }
    top = html.Element("div")
    for element in list(found):
        top.append(element)
    for element in top.iter():
        if element.tag == "ref":
            element.set("href", element.get("target", ""))
        element.tag = names.get(str(element.tag), "div")
    parsed = html.fragment_fromstring(etree.tostring(top, encoding="unicode", method="html"))
    assert isinstance(parsed, html.HtmlElement)
    return parsed


def _tidy(top: html.HtmlElement, title: str) -> html.HtmlElement:
    """Without the title, which stands above the article anyway, and without what holds nothing."""
    for heading in list(top.iter("h1", "h2")):
        if facts.line(heading.text_content()).casefold() == title.casefold():
            heading.drop_tree()
            break
    for heading in list(top.iter("h1")):
        heading.tag = "h2"
    for element in reversed(list(top.iter("p", "div", "section", "figure", "ul", "ol", "li", "a", "h2", "h3", "span"))):
        if (
            element is not top
            and not element.text_content().strip()
            and element.find(".//img") is None
            and element.find(".//br") is None
        ):
            element.drop_tree()
    return top


def _plain(top: html.HtmlElement) -> str:
    """The words of an article for the index: a line for each block."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(top, events=("start", "end")):
        is_block = element.tag not in (
            "a",
            "abbr",
            "b",
            "cite",
            "code",
            "em",
            "i",
            "img",
            "q",
            "s",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "u",
            "mark",
            "kbd",
            "samp",
            "var",
            "del",
            "ins",
        )
        if event == "start":
            pieces.append("\n" if is_block else "")
            pieces.append(element.text or "")
        else:
            pieces.append("\n" if is_block else "")
            if element is not top:
                pieces.append(element.tail or "")
    lines = (_BLANK.sub(" ", one).strip() for one in "".join(pieces).split("\n"))
    return unicodedata.normalize("NFC", "\n".join(one for one in lines if one))
