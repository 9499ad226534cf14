"""Show notes of somebody else: as HTML that is safe to show, and as text that is searched."""

import html
import re

_MOST_OVERVIEW = 400
_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_WITHOUT_CONTENT = {"script", "style", "template", "iframe", "object", "svg", "math", "title", "noscript"}
_BLOCKS = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|blockquote|pre|dd|dt|hr)\b[^<>]{0,500}>", re.IGNORECASE)


def clean_notes(notes: str) -> str:
    """HTML with text, lists, tables and links to the web only: no pictures, styles, classes or ids.

    Links open elsewhere and tell nobody where they were clicked.
    """
    import nh3

    return nh3.clean(
        notes,
        tags=_TAGS,
        clean_content_tags=_WITHOUT_CONTENT,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def plain_text(notes: str) -> str:
    """The text of HTML, paragraphs on lines of their own."""
    import nh3

    marked = _BLOCKS.sub("\n", notes)
    text = html.unescape(nh3.clean(marked, tags=set(), clean_content_tags=_WITHOUT_CONTENT))
    lines = (
        " ".join("".join(char if char.isprintable() else " " for char in line).split()) for line in text.split("\n")
    )
    return "\n".join(line for line in lines if line)


def beginning(text: str) -> str:
    """The first words of a text, for a list."""
    words = " ".join(text.split())
    if len(words) <= _MOST_OVERVIEW:
        return words
    return words[:_MOST_OVERVIEW].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
