"""Cuts the article out of a page with its markup whole; runs in the child process only.

Trafilatura finds out which text of a page is the article, but gives it back with little of its markup: captions,
numbered lists, code and cells that span others are lost. So its text serves as the measure: the elements of the page
whose text it holds are kept as they are, together with the pictures that stand among them.
"""

import re
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree, html


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER = _names(
    "script style noscript template iframe object embed applet form input button select textarea option label canvas"
    " audio video source track svg nav dialog menu link meta base head title area map frame frameset param"
)
_WHOLE = frozenset({"pre", "table", "dl", "ul", "ol", "blockquote", "details"})
_BLOCKS = _names(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5"
    " h6 header hgroup hr li main ol p pre section summary table tbody td tfoot th thead tr ul caption"
)
_LONG_CELL = 500
_FOR_OTHERS = re.compile(r"\b(?:mw-editsection|sr-only|screen-reader-text|visually-hidden|visuallyhidden)\b")
_ASIDES = frozenset({"aside", "footer"})
_SQUEEZE = re.compile(r"[\W_]+")
_GRAM = 12
_STEP = 5
_MOST_TEXT = 1_000_000
_ENOUGH = 0.6
_MOST_OF_IT = 0.9
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Measure:
    """The text of the article without its blanks and signs: all of it in short pieces, and its short lines."""

    grams: frozenset[str]
    lines: frozenset[str]

    def share(self, text: str) -> float:
        """How much of a text, squeezed, is part of the article, 0 to 1."""
        if len(text) < _GRAM:
            return float(text in self.lines)
        grams = [text[at : at + _GRAM] for at in range(0, len(text) - _GRAM + 1, _STEP)]
        return sum(gram in self.grams for gram in grams) / len(grams)


def cut_out(page: html.HtmlElement, found: etree._Element) -> html.HtmlElement | None:
    """The article as a ``div`` out of a copy of ``page``; ``found`` is what trafilatura took for it.

    ``None`` if too little of that text stands in the page, as when it came out of a script, and for a text as long as
    a book.
    """
    whole_text = _squeeze(found)
    if len(whole_text) > _MOST_TEXT:
        return None
    body = page.find(".//body")
    tree = deepcopy(page if body is None else body)
    _strip(tree)
    measure = _measure_of(found, whole_text)
    for box in list(tree.iter("div", "section", "main", "article")):
        if box.getparent() is not None and not _squeeze(box) and box.find(".//img") is None:
            box.drop_tree()
    pictures = {image.get("src") for image in found.iter("graphic", "img")}
    _prune(tree, measure, pictures)
    top = _smallest_around(tree)
    text = _squeeze(top)
    if not text or len(text) < _ENOUGH * len(whole_text):
        return None
    _drop_pictures_behind(top, pictures)
    top.tag = "div"
    top.attrib.clear()
    top.tail = None
    return top


def _strip(tree: html.HtmlElement) -> None:
    for element in list(tree.iter()):
        if element.getparent() is None:
            continue
        is_hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
        is_hidden = is_hidden or _FOR_OTHERS.search(element.get("class", ""))
        if not isinstance(element.tag, str) or element.tag in _NEVER or is_hidden:
            element.drop_tree()


def _measure_of(found: etree._Element, text: str) -> _Measure:
    lines = set()
    for element in found.iter():
        if isinstance(element.tag, str):
            pieces = ("".join(element.itertext()), element.text, element.tail)
            lines |= {line for piece in pieces if piece and (line := _squeezed(piece[:200]))}
    return _Measure(frozenset(text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1)), frozenset(lines))


def _prune(tree: html.HtmlElement, measure: _Measure, pictures: set[str | None]) -> None:
    """Take away, from the leaves up, every block whose text is not part of the article."""
    elements = list(tree.iter())
    whole = {element for element in elements if element.tag == "figure" or _is_whole(element)}
    for element in reversed(elements):
        if element.getparent() is None or element.tag not in _BLOCKS:
            continue
        if any(one in whole for one in element.iterancestors()):
            continue
        blocks = [child for child in element if child.tag in _BLOCKS]
        text = _squeeze(element)
        if not text:
            continue
        if element.tag == "figcaption" or (element.tag == "figure" and element.find(".//img") is not None):
            continue
        if _is_whole(element) or not blocks:
            least = _MOST_OF_IT if element.tag in _ASIDES else _ENOUGH
            if measure.share(text) < least:
                _remove(element, pictures)
        else:
            _prune_runs(element, measure)


def _prune_runs(element: html.HtmlElement, measure: _Measure) -> None:
    """Text that stands between blocks, such as lines parted by ``br``."""
    run: list[html.HtmlElement] = []
    text = element.text or ""
    leading = True

    def settle(run: list[html.HtmlElement], text: str, leading: bool) -> None:
        squeezed = _squeezed(text)
        if squeezed and measure.share(squeezed) < _ENOUGH:
            if leading:
                element.text = None
            for one in run:
                if one.tag != "img" and one.find(".//img") is None:
                    one.tail = None
                    element.remove(one)

    for child in list(element):
        if child.tag in _BLOCKS:
            settle(run, text, leading)
            run, text, leading = [], child.tail or "", False
            if _squeezed(text) and measure.share(_squeezed(text)) < _ENOUGH:
                following = child.getnext()
                if following is None or following.tag in _BLOCKS:
                    child.tail, text = None, ""
        else:
            run.append(child)
            text += "".join(child.itertext()) + (child.tail or "")
    settle(run, text, leading)


def _remove(element: html.HtmlElement, pictures: set[str | None]) -> None:
    """Take a block away together with the boxes around it that held nothing else but pictures of no account."""
    parent = element.getparent()
    element.drop_tree()
    while parent is not None and parent.getparent() is not None and not _holds_something(parent, pictures):
        parent, empty = parent.getparent(), parent
        empty.drop_tree()


def _holds_something(box: html.HtmlElement, pictures: set[str | None]) -> bool:
    if any(image.get("src") in pictures for image in box.iter("img")):
        return True
    captions = sum(len(_squeeze(figure)) for figure in box.iter("figure"))
    return len(_squeeze(box)) > captions


def _smallest_around(tree: html.HtmlElement) -> html.HtmlElement:
    """The smallest element that holds (nearly) all of the text that is left."""
    total = len(_squeeze(tree))
    top = tree
    while True:
        inner = next((one for one in top if one.tag in _BLOCKS and len(_squeeze(one)) >= total * 0.98), None)
        if inner is None or _is_whole(inner) or inner.tag == "p":
            return top
        top = inner


def _drop_pictures_behind(top: html.HtmlElement, known: set[str | None]) -> None:
    """Pictures behind the last word are mostly advertisements, unless trafilatura counts them in."""
    last = None
    for element in top.iter():
        if (element.text or "").strip() or (element.tail or "").strip():
            last = element
    behind = False
    for element in list(top.iter()):
        if behind and element.tag == "img" and element.get("src") not in known:
            element.drop_tree()
        behind = behind or element is last


def _is_whole(element: html.HtmlElement) -> bool:
    """Whether an element is kept or left as one. A table with long cells is no table but the way a page is laid out."""
    if element.tag != "table":
        return element.tag in _WHOLE
    return all(len("".join(cell.itertext())) < _LONG_CELL for cell in element.iter("td"))


def _squeeze(element: etree._Element) -> str:
    return _squeezed("".join(element.itertext()))


def _squeezed(text: str) -> str:
    return _SQUEEZE.sub("", text).casefold()
