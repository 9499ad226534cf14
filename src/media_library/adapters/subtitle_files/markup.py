"""The text of a cue: of all markup that subtitles have, only bold, italic and underlined stays."""

import html
import re
from typing import Final

MOST_TEXT: Final = 2_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})?([^<>]{0,500})>")
_OVERRIDES = re.compile(r"\{(?:\\|[YyCcFfSsPp]:)[^{}]{0,300}\}")
_ENTITIES: Final = {"&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&lrm;": "\u200e", "&rlm;": "\u200f", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_KEPT: Final = frozenset({"b", "i", "u"})
_OURS = re.compile(r"</?[biu]>")
_DIRECTIONS: Final = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_SHOWN_BESIDE = frozenset("\n\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069")


def payload_of(text: str) -> str:
    """WebVTT for a cue out of text with tags such as SubRip and WebVTT have them; "" if nothing is left to be seen.

    Every tag but b, i and u goes, what it surrounds stays, and what stays open is closed.
    """
    text = _OVERRIDES.sub("", text[: 2 * MOST_TEXT])
    pieces: list[str] = []
    opened: list[str] = []
    end = 0
    for tag in _TAG.finditer(text):
        closing, name, rest = tag.groups()
        if name is None and not _is_mark(rest):
            continue  # "<3" and the like are text
        pieces.append(_text(text[end : tag.start()]))
        end = tag.end()
        kind = (name or "").lower()
        if kind not in _KEPT:
            continue
        if not closing:
            opened.append(kind)
            pieces.append(f"<{kind}>")
        elif kind in opened:
            while opened[-1] != kind:
                pieces.append(f"</{opened.pop()}>")
            pieces.append(f"</{opened.pop()}>")
    pieces.append(_text(text[end:]))
    pieces.extend(f"</{kind}>" for kind in reversed(opened))
    lines = (" ".join(line.split()) for line in "".join(pieces).splitlines())
    payload = "\n".join(line for line in lines if _OURS.sub("", line).strip() or _OURS.search(line))
    return payload if _OURS.sub("", payload).strip() else ""


def plain_of(payload: str) -> str:
    """The words of a cue of ours, on one line, without marks that turn the direction of what follows."""
    return " ".join(html.unescape(_OURS.sub("", payload)).translate(_DIRECTIONS).split())


def _is_mark(rest: str) -> bool:
    """Whether this is a time within a cue, or the end of a tag without its name."""
    return rest == "" or re.fullmatch(r"[\d:.,]{5,15}", rest) is not None


def _text(text: str) -> str:
    bare = _ENTITY.sub(lambda match: _ENTITIES[match[0]], text)
    shown = "".join(char if char.isprintable() or char in _SHOWN_BESIDE else " " for char in bare)
    return html.escape(shown, quote=False)
