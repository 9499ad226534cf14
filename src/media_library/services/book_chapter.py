"""Makes of a chapter of an EPUB a page that can be shown: nothing in it runs, nothing leads out of the house by itself.

What may stand in it is what may stand in an article, and the few elements more that books are made of. Links to other
chapters lead to the page of that chapter; pictures are those of the book.
"""

import html
import re
from collections.abc import Callable

from media_library.adapters.article_page.sanitiser import ATTRIBUTES, DROPPED_WITH_CONTENT, ELEMENTS, SCHEMES
from media_library.adapters.book_files import as_html

_MORE_ELEMENTS = frozenset(
    {
        *("article", "aside", "footer", "header", "main", "nav", "center", "big", "tt", "col", "colgroup"),
        *("bdi", "bdo", "rb", "rp", "rt", "rtc", "ruby", "wbr"),
    }
)
_LINK = re.compile(r"https?://[^\s\\\x00-\x1f\x7f]+", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,5}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_NUMBERS = frozenset({"colspan", "rowspan", "height", "start", "width"})
_DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
_PLACE = re.compile(r"""[^\s<>"'&]{1,200}""")
_REL = "noopener noreferrer"
_STYLE = (
    "body{margin:2em auto;max-width:36em;padding:0 1.2em;font:1.1em/1.6 serif}img{max-width:100%;height:auto}"
    "pre{white-space:pre-wrap}@media(prefers-color-scheme:dark){body{background:#161616;color:#ddd}a{color:#9bf}}"
)
"""Enough to read a chapter that is opened by itself; the reader of the web app brings its own look."""


def chapter_page(
    text: str,
    *,
    title: str,
    language: str | None,
    link: Callable[[str], str | None],
    picture: Callable[[str], str | None],
) -> str:
    """A whole HTML page of the XHTML of a chapter.

    ``link`` and ``picture`` get what stands in ``href`` and ``src``, and give the address of ours that stands there
    instead, or ``None`` for what leads nowhere; links to web addresses stay.
    """
    lang = f' lang="{html.escape(language)}"' if language and _LANGUAGE.fullmatch(language) else ""
    return (
        f'<!DOCTYPE html>\n<html{lang}><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f'<body dir="auto">{sanitise(text, link, picture)}</body></html>\n'
    )


def sanitise(text: str, link: Callable[[str], str | None], picture: Callable[[str], str | None]) -> str:
    """Only what may stand in a book, as well-formed HTML."""
    import nh3  # needed by the first reader only

    def judge(element: str, attribute: str, value: str) -> str | None:
        if attribute == "src":
            return picture(value) if element == "img" else None
        if attribute == "href":
            return value if _LINK.fullmatch(value) else link(value)
        return value if _is_harmless(attribute, value) else None

    attributes = {element: set(names) for element, names in ATTRIBUTES.items()}
    attributes["*"].add("id")
    cleaned: str = nh3.clean(
        as_html(text),
        tags=set(ELEMENTS | _MORE_ELEMENTS),
        clean_content_tags=set(DROPPED_WITH_CONTENT - _MORE_ELEMENTS),
        attributes=attributes,
        attribute_filter=judge,
        strip_comments=True,
        link_rel=_REL,
        url_schemes=set(SCHEMES),
    )
    return cleaned


def _is_harmless(attribute: str, value: str) -> bool:
    if attribute == "id":
        return _PLACE.fullmatch(value) is not None
    if attribute in _NUMBERS:
        return _NUMBER.fullmatch(value) is not None
    if attribute == "lang":
        return _LANGUAGE.fullmatch(value) is not None
    if attribute == "dir":
        return value in _DIRECTIONS
    return attribute in ("alt", "title") or (attribute, value) == ("rel", _REL)
