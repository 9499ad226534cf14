"""The words around what was found in a long text."""

import re
import unicodedata

_BEFORE = 60
_LENGTH = 220
_SPACES = re.compile(r"\s+")


def snippet(body: str, searched: str) -> str:
    """A piece of ``body`` around the first word that begins like one of those ``searched``, on one line.

    Case never counts, accents only where nothing is found with them. Hits are put between U+0002 and U+0003; without
    any, it is the beginning.
    """
    words = [re.escape(word) for word in searched.replace("\0", " ").split()[:16]]
    hits = re.compile(rf"\b(?:{'|'.join(words)})\w*", re.IGNORECASE) if words else None
    found = None if hits is None else hits.search(body)
    if found is None and hits is not None:
        plain = _plain(body)
        hits = re.compile(rf"\b(?:{'|'.join(_plain(word) for word in words)})\w*", re.IGNORECASE)
        found = hits.search(plain) if len(plain) == len(body) else None
    start = 0 if found is None else _word_start(body, found.start() - _BEFORE)
    piece = _SPACES.sub(" ", body[start : start + _LENGTH]).strip()
    piece = piece.replace("\2", "").replace("\3", "")
    if hits is not None:
        marked = _plain(piece) if found is not None and hits.search(piece) is None else piece
        marks = [(hit.start(), hit.end()) for hit in hits.finditer(marked)] if len(marked) == len(piece) else []
        for begin, end in reversed(marks):
            piece = f"{piece[:begin]}\2{piece[begin:end]}\3{piece[end:]}"
    return f"{'…' if start else ''}{piece}{'…' if start + _LENGTH < len(body) else ''}"


def _word_start(body: str, at: int) -> int:
    """The beginning of the first whole word from ``at`` on."""
    if at <= 0:
        return 0
    space = body.find(" ", at, at + _BEFORE)
    return at if space < 0 else space + 1


def _plain(text: str) -> str:
    """The text without accents; as long as before where each accented letter is one character."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
