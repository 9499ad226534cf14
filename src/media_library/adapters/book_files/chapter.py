"""The texts of an EPUB: their characters, their form as HTML, and their words for searching.

A chapter is XHTML, where ``<title/>`` is complete; read as HTML it would swallow what follows. So it is put into a form
that means the same as HTML. The result is as hostile as before: it is sanitised wherever it is shown.
"""

import codecs
import re

MOST_CHAPTER_BYTES = 8 << 20

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._-]{1,40})""")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_CLOSED = re.compile(r"<([A-Za-z][\w:.-]{0,40})((?:\s[^<>]*)?)/>")
_DRAWING = re.compile(r"</?(?:svg:)?svg\b[^<>]*>", re.IGNORECASE)
_DRAWN_PICTURE = re.compile(r"<(?:svg:)?image\b([^<>]*)>", re.IGNORECASE)
_LINK_ATTRIBUTE = re.compile(r"\b(?:xlink:)?href\s*=", re.IGNORECASE)
_DECLARATION = re.compile(r"<\?[^<>]*\?>")


def decode(content: bytes) -> str:
    """The characters of a chapter, in the encoding that it declares; without one it is UTF-8."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    declared = _DECLARED.search(content[:1024])
    try:
        encoding = codecs.lookup(declared[1].decode() if declared else "utf-8").name
        return content.decode("utf-8" if encoding.startswith("utf-16") else encoding, "replace")
    except (LookupError, UnicodeError, AssertionError):
        return content.decode("utf-8", "replace")


def as_html(text: str) -> str:
    """A chapter as HTML: elements that are closed at once are written out, drawn pictures become pictures."""
    text = _DECLARATION.sub("", text)
    text = _DRAWN_PICTURE.sub(lambda match: f"<img{_LINK_ATTRIBUTE.sub('src=', match[1]).rstrip('/')}>", text)
    return _CLOSED.sub(_written_out, _DRAWING.sub("", text))


def words_of(text: str) -> str:
    """What a reader reads of a chapter, a line for each block."""
    from lxml import etree, html  # only in the process that reads files, and slow to import

    try:
        root = html.document_fromstring(as_html(text), parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return ""
    for element in list(root.iter("head", "script", "style", "template", "noscript")):
        element.drop_tree()
    pieces: list[str] = []
    for action, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if action in ("comment", "pi"):
            pieces.append(element.tail or "")
            continue
        if element.tag not in _INLINE:
            pieces.append("\n")
        pieces.append((element.text if action == "start" else element.tail) or "")
    lines = (" ".join(line.split()) for line in "".join(pieces).splitlines())
    return "\n".join(line for line in lines if line)


_INLINE = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
        "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
        "wbr",
    )
)  # fmt: skip


def _written_out(match: re.Match[str]) -> str:
    name = match[1]
    return match[0] if name.lower() in _VOID else f"<{name}{match[2]}></{name}>"
