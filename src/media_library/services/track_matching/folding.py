"""Writes names in one way: no case, no accents, Latin letters, words without punctuation."""

import re
import unicodedata
from functools import lru_cache

# letters that no decomposition turns into plain ones
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss",
        "ŋ": "ng", "ə": "e", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "–": "-", "—": "-",
        "‐": "-", "‑": "-", "−": "-", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "×": "x",
    }
)  # fmt: skip

# how Cyrillic and Greek names are usually written in Latin letters
_SCRIPTS = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ж": "zh", "з": "z",
        "и": "i", "і": "i", "й": "y", "ј": "j", "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj",
        "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "џ": "dz", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k",
        "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t",
        "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip

_STYLED = re.compile(r"(?<=\w)[!$@](?=\w)|(?<!\w)[$](?=\w)")
_STYLED_LETTERS = {"!": "i", "$": "s", "@": "a"}
_APOSTROPHES = re.compile(r"(?<=\w)'(?=\w)|'")
_DOTTED = re.compile(r"\b(?:\w\.){2,}")
_WORD = re.compile(r"[^\W_]+")

_SAME = {
    "n": "and", "und": "and", "et": "and", "pt": "part", "vol": "volume", "mr": "mister", "feat": "featuring",
    "ft": "featuring", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
}  # fmt: skip
_NUMBERS_AFTER = frozenset({"part", "volume", "chapter", "book", "act", "no", "number", "movement"})
_ROMAN = {"i": "1", "v": "5", "x": "10"}
_SPELLED = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The text in lower case and Latin letters as far as these are known; punctuation stays."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS).translate(_SCRIPTS)
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", plain.translate(_SCRIPTS))


@lru_cache(maxsize=65_536)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a name, folded: "Rock 'n' Roll, Pt. II" is rock, and, roll, part, 2."""
    text = _STYLED.sub(lambda match: _STYLED_LETTERS[match[0]], fold(text))
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    text = _APOSTROPHES.sub("", text.replace("&", " and ").replace("+", " and ").replace("'n'", " and "))
    words: list[str] = []
    for word in _WORD.findall(text):
        word = _SPELLED.get(word, _SAME.get(word, word))
        if words and words[-1] in _NUMBERS_AFTER:
            word = _ROMAN.get(word, word)
        words.append(word.lstrip("0") or word)
    return tuple(words)
