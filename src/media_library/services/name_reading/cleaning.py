"""Takes from a name what is neither a title nor a number: ids of services, editions in braces, the names of sites."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final

from media_library.services.name_reading.vocabulary import ARTICLES

MOST_CHARACTERS: Final = 400

_ID = re.compile(r"[\[{(]\s*(tmdb|imdb|tvdb)(?:id)?\s*[-=: ]\s*(tt\d{5,10}|\d{1,9})\s*[\]})]", re.IGNORECASE)
_BARE_IMDB = re.compile(r"[\[{(]?\b(tt\d{7,10})\b[\]})]?")
_EDITION = re.compile(r"\{edition-([^{}]{1,80})\}", re.IGNORECASE)
_OTHER_BRACES = re.compile(r"\{[^{}]{0,80}\}")
_SITE = re.compile(
    r"""^[\[({【\s]*(?:www?\d*[ ._][\w.\- ]{2,40}?[ ._])(?:com|org|net|info|to|me|cc|tv|ws|li|re|in|is|se|ph|mx|eu|ru|
        xyz|lol|pw|cx|vip|club|top|site|online|fun|pl|es|io|biz|ag)\b[\])}】\s]*(?:[-–_ .]+(?=\S)|$)
      | ^[\[({【]\s*[\w\-]{2,30}\.(?:com|org|net|info|to|me|cc|tv|ws|li|mx|in|is|se|eu|ru)\s*[\])}】][\s\-–_.]*
      | ^www\.[\w.\-]{2,40}\.\w{2,6}\s+-\s+
      | ^[\w\-]{3,30}\.(?:com|org|net|info)\s+-\s+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SITE_AFTER = re.compile(
    r"[\s\-_.]*(?:[\[({【]\s*(?:www\.)?[\w\-]{2,30}\.(?:com|org|net|info|to|me|cc|tv|ws|li|mx|in|is|se|am|ag|gd|lt)\s*[\])}】]"
    r"|\[(?:rarbg|eztv|ettv|etrg|tgx|yts[^\]]*|vtv|rartv|cttv|phr0sty|prime|publichd|silence)\]"
    r"|[\s\-_.]+www\.[\w\-]+\.(?:com|org|net|to|cc|tv))\s*$",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_DOTS = re.compile(r"[._]+")
_SPACES = re.compile(r"\s{2,}")
_EDGES = " \t-–—_.,;:~+|/\\=&@#*"
_OPEN_END = re.compile(r"[\s\-–_.,]*[\[({]\s*$")


@dataclass(frozen=True, slots=True)
class Marks:
    """What was taken from a name."""

    tmdb_id: int | None = None
    imdb_id: str | None = None
    tvdb_id: int | None = None
    edition: str | None = None

    def over(self, other: "Marks") -> "Marks":
        """These, and those of ``other`` where there are none here."""
        return Marks(
            self.tmdb_id or other.tmdb_id,
            self.imdb_id or other.imdb_id,
            self.tvdb_id or other.tvdb_id,
            self.edition or other.edition,
        )


NO_MARKS: Final = Marks()


def clean(name: str) -> tuple[str, Marks]:
    """The name without what was taken from it, in NFC and without control characters, and what that was."""
    text = name[:MOST_CHARACTERS]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_WIDE)
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    marks = NO_MARKS
    if "{" in text or "[" in text or "(" in text or "tt" in text:
        text, marks = _take(text)
    if "." in text:
        text = _SITE.sub("", text, count=1) or text
        text = _SITE_AFTER.sub("", text) or text
    elif "[" in text:
        text = _SITE_AFTER.sub("", text) or text
    return text.strip(), marks


def title_of(text: str) -> str:
    """A title as people write it: spaces for dots and underscores, no brackets or dashes at its ends."""
    if "_" in text:
        text = text.replace("_", " ")
    if "." in text and (" " not in text.strip() or _is_dotted(text)):
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"\0{len(kept) - 1}\0 "

        text = _ACRONYM.sub(keep, text)
        text = _DOTS.sub(" ", text)
        for index, acronym in enumerate(kept):
            text = text.replace(f"\0{index}\0", acronym)
    text = _SPACES.sub(" ", text).strip(_EDGES)
    text = _balanced(_OPEN_END.sub("", text))
    if text.endswith(("The", "the", "A", "a")) or ", " in text:
        match = ARTICLES.fullmatch(text)
        if match is not None:
            text = f"{match[2]} {match[1]}"
    return text


def _take(text: str) -> tuple[str, Marks]:
    marks = NO_MARKS
    for match in _ID.finditer(text):
        service, value = match[1].lower(), match[2]
        if service == "imdb" and value.startswith("tt"):
            marks = replace(marks, imdb_id=value)
        elif service == "tmdb" and value.isdecimal():
            marks = replace(marks, tmdb_id=int(value))
        elif service == "tvdb" and value.isdecimal():
            marks = replace(marks, tvdb_id=int(value))
    text = _ID.sub(" ", text)
    if "tt" in text and (found := _BARE_IMDB.search(text)):
        marks = replace(marks, imdb_id=marks.imdb_id or found[1])
        text = text.replace(found[0], " ")
    if "{" in text:
        edition = _EDITION.search(text)
        if edition is not None:
            marks = replace(marks, edition=title_of(edition[1]) or None)
        text = _OTHER_BRACES.sub(" ", text)
    return text, marks


def _is_dotted(text: str) -> bool:
    return text.count(".") > 2 * text.count(" ")


def _balanced(text: str) -> str:
    """Without a bracket at the ends that has no partner."""
    for opening, closing in ("()", "[]"):
        if text.count(opening) > text.count(closing):
            text = text[: text.rindex(opening)] + text[text.rindex(opening) + 1 :]
        elif text.count(closing) > text.count(opening):
            text = text.replace(closing, "", 1)
    return text.strip(_EDGES)


_WIDE = str.maketrans(
    {
        "【": "[",
        "】": "]",
        "［": "[",
        "］": "]",
        "（": "(",
        "）": ")",
        "〈": "[",
        "〉": "]",
        "「": "[",
        "」": "]",
        "『": "[",
        "』": "]",
        "　": " ",
        "\N{NO-BREAK SPACE}": " ",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "：": ":",
        "０": "0",
        "１": "1",
        "２": "2",
        "３": "3",
        "４": "4",
        "５": "5",
        "６": "6",
        "７": "7",
        "８": "8",
        "９": "9",
    }
)
