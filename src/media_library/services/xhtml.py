"""Writes sanitised HTML as XHTML, for the parts of an EPUB: every element closed, every character allowed in XML."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

from media_library.adapters.article_page.sanitiser import ATTRIBUTES, ELEMENTS

_VOID = frozenset({"br", "hr", "img"})
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def as_xhtml(html: str, image: Callable[[str], str | None]) -> str:
    """``html``, which was sanitised, as well-formed XML without a root.

    ``image`` says what stands in the place of each ``src``; a picture for which it says ``None`` is left out.
    """
    writer = _Writer(image)
    writer.feed(html)
    writer.close()
    return "".join(writer.pieces) + "".join(f"</{name}>" for name in reversed(writer.open))


class _Writer(HTMLParser):
    """Takes nothing over that is not in the lists, whatever it is fed."""

    def __init__(self, image: Callable[[str], str | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.open: list[str] = []
        self._image = image

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            return
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            src = self._image(values.get("src", ""))
            if src is None:
                return
            values = {"alt": "", **values, "src": src}
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset())
        kept = {name: value for name, value in values.items() if name in allowed}
        if lang := kept.get("lang"):
            kept["xml:lang"] = lang
        written = "".join(f' {name}="{escape(_clean(value))}"' for name, value in kept.items())
        if tag in _VOID:
            self.pieces.append(f"<{tag}{written}/>")
        else:
            self.pieces.append(f"<{tag}{written}>")
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open and tag not in _VOID:
            while (name := self.open.pop()) != tag:
                self.pieces.append(f"</{name}>")
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(escape(_clean(data), quote=False))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
