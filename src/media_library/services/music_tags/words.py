"""Texts of tags and names, made fit to be kept, and those that say nothing."""

import re
import unicodedata

_LONGEST = 500
_SPACES = re.compile(r"\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_NOTHING = re.compile(
    r"(?:unknown(?: ?(?:artist|album|title|interpret))?|<unknown>|no ?(?:artist|title|album)|n/?a|none|null|untitled|"
    r"new (?:artist|album|title)|(?:audio)?\s?(?:track|titel|piste|pista|traccia|faixa|spur)\s*\d+|"
    r"(?:audio|cd|disc|track|artist|album|title|interpret)|[-_.\s]+|(?:https?://|www\.)\S+|\d+ ?kbps|"
    r"unbekannter? (?:interpret|künstler|titel)|unbekanntes album|artiste inconnu|album inconnu)",
    re.IGNORECASE,
)
_VARIOUS = re.compile(
    r"(?:v\.?\s?/?a\.?|various(?: artists?| performers)?|verschiedene(?: interpreten| künstler)?|diverse|"
    r"diverse interpreten|artistes? divers|varios(?: artistas)?|vários artistas|artisti vari|multi[- ]?interpr[eè]tes|"
    r"compilations?|samplers?)",
    re.IGNORECASE,
)
_FEATURING = re.compile(r"\s*[\(\[]?\s*\b(?:feat\.?|featuring|ft\.?)\s.*$", re.IGNORECASE)


def cleaned(text: str) -> str:
    """The text on one line, in NFC, without control, direction and other invisible signs, at most 500 characters."""
    text = unicodedata.normalize("NFC", text[: 4 * _LONGEST])
    text = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or char in _JOINERS or unicodedata.category(char) not in _INVISIBLE
    )
    return _SPACES.sub(" ", text).strip()[:_LONGEST].strip()


def says_nothing(text: str) -> bool:
    """Whether a program wrote a text where nobody knew one: "Track 03", "Unknown Artist", an advertisement."""
    return not text or bool(_NOTHING.fullmatch(text))


def is_various(artist: str) -> bool:
    """Whether an artist stands for many: "Various Artists", "VA", "Verschiedene Interpreten"."""
    return bool(_VARIOUS.fullmatch(artist))


def without_guests(artist: str) -> str:
    """The artist without those who are featured."""
    return _FEATURING.sub("", artist).strip() or artist


def folded(text: str) -> str:
    """The text as it is compared: without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in plain if char.isalnum())
    return kept or text.casefold().strip()
