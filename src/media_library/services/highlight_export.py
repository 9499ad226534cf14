"""Writes highlights as Markdown, for note-books of other programs."""

import re
from collections.abc import Iterable

from media_library.models.highlight import Highlight, MarkedText

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_BREAK = re.compile(r"\s*[\r\n]\s*")
_WEB = re.compile(r"https?://[^\s<>()\[\]\"\\]+", re.IGNORECASE)


def markdown(texts: Iterable[MarkedText]) -> str:
    """Each text with its passages as quotations, and what was written beside them; nothing in it is taken as markup."""
    return "\n".join(_text(one) for one in texts)


def _text(text: MarkedText) -> str:
    title = f"# {_plain(text.title)}\n"
    byline = f"\n{_plain(text.author)}\n" if text.author else ""
    source = f"\n<{text.source_url}>\n" if text.source_url and _WEB.fullmatch(text.source_url) else ""
    return title + byline + source + "".join(f"\n{_passage(one)}" for one in text.highlights)


def _passage(highlight: Highlight) -> str:
    lines = [line for line in _BREAK.split(highlight.passage.quote.strip()) if line]
    quote = "\n>\n".join(f"> {_plain(line)}" for line in lines)
    note = f"\n{_plain(highlight.note)}\n" if highlight.note else ""
    return f"{quote}\n{note}"


def _plain(text: str) -> str:
    line = _SPECIAL.sub(r"\\\1", _BREAK.sub(" ", text.strip()))
    return re.sub(r"^([-+]|\d+[.)])(?=\s)", r"\\\1", line)
