"""Spells a title that a disc shouts in capitals the way it is written on the cover."""

import re
from collections.abc import Sequence


def words_of(text: str) -> frozenset[str]:
    """The set of the words of ``text``."""
    return frozenset(text.split())


_SMALL = words_of("a an and as at but by for from in into nor of on or the to vs with von und der des du et della")
_ACRONYMS = words_of(
    """
    abba acdc ai bbc bfg cia csi dc et fbi hbo jfk lotr mi5 nasa nba ncis nfl nhl nypd rv swat tv uefa ufc ufo uk
    usa usb ww2 wwe wwi wwii
    """
)
_SHORT_WORDS = words_of("dr jr mr mrs ms pt sr st vs vol")
_ROMAN = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")
_CONTRACTED = re.compile(r"(?:ai|ca|could|did|do|does|has|have|is|should|was|wo|would)n", re.IGNORECASE)


def as_title(tokens: Sequence[str]) -> str:
    """Join the words of a title; words in one case get capitals where a title has them, mixed case stays."""
    words = _with_apostrophes(_with_initials(list(tokens)))
    if any(re.search(r"[a-z]", word) and re.search(r"[A-Z]", word) for word in words):
        return " ".join(words)
    last = len(words) - 1
    return " ".join(
        _word(word, inner=0 < place < last and [words[place - 1].casefold(), word.casefold()] != ["the", "a"])
        for place, word in enumerate(words)
    )


def split_camel(token: str) -> list[str]:
    """Split "TheMatrix2" into its words; a name like "McQueen" or "iRobot" stays whole."""
    words = re.findall(r"[A-Z]?[^A-Z\d]+|[A-Z]+(?![a-z])|\d+|[A-Z]", token)
    glued = any((len(word) < 2 and not word.isdigit()) or word in {"Mc", "Mac"} for word in words)
    return [token] if glued or "".join(words) != token else words


def _word(word: str, *, inner: bool) -> str:
    folded = word.casefold()
    if inner and folded in _SMALL:
        return folded
    if "-" in word.strip("-"):
        return "-".join(_word(part, inner=False) for part in word.split("-"))
    no_vowel = re.fullmatch(r"[bcdfghjklmnpqrstvwxz]{2,5}", folded) is not None and folded not in _SHORT_WORDS
    if folded in _ACRONYMS or no_vowel or "." in word or _ROMAN.fullmatch(folded):
        return word.upper()
    return word[:1].upper() + word[1:].lower() if word.isascii() else word.capitalize()


def _with_initials(words: list[str]) -> list[str]:
    """S H I E L D → S.H.I.E.L.D."""
    joined: list[str] = []
    place = 0
    while place < len(words):
        end = place
        while end < len(words) and re.fullmatch("[A-Za-z]", words[end]):
            end += 1
        if end - place >= 3:
            joined.append(".".join(words[place:end]) + ".")
            place = end
        else:
            joined.append(words[place])
            place += 1
    return joined


def _with_apostrophes(words: list[str]) -> list[str]:
    """OCEAN S ELEVEN → OCEAN'S ELEVEN, DON T LOOK UP → DON'T LOOK UP."""
    joined: list[str] = []
    for word in words:
        before = joined[-1] if joined else ""
        possessive = word in {"S", "s"} and len(before) > 2 and before.isalpha()
        if possessive or (word in {"T", "t"} and _CONTRACTED.fullmatch(before)):
            joined[-1] = f"{before}'{word}"
        else:
            joined.append(word)
    return joined
