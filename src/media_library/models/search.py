"""What somebody searches for."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 12
_MOST_LETTERS = 40
_SHORTEST_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class SearchText:
    """The words that were typed, without all that stands between them; at most twelve count."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "SearchText":
        """Read what was typed; accents that stand for themselves are put together with their letters."""
        found = _WORD.findall(unicodedata.normalize("NFC", text))
        return cls(tuple(word[:_MOST_LETTERS] for word in found[:_MOST_WORDS]))

    @property
    def names(self) -> str | None:
        """What is asked of an index of names (FTS5): every word as a beginning, single letters as they are."""
        return " ".join(_quoted(word, _SHORTEST_BEGINNING) for word in self.words) or None

    @property
    def own_names(self) -> str | None:
        """The same, with one of the words in what an item is called itself, and not only its show or its album."""
        if not self.words:
            return None
        own = " OR ".join(_quoted(word, _SHORTEST_BEGINNING) for word in self.words)
        return f"({self.names}) AND {{title artist overview}} : ({own})"

    @property
    def sentence(self) -> str | None:
        """What is asked of an index of what is said: the words as they follow each other, the last as a beginning.

        ``None`` if there are not several. A single letter at the end is the beginning of anything, and does not count.
        """
        words = self._spoken
        return f'"{" ".join(words)}"{"*" if len(words[-1]) >= _SHORTEST_BEGINNING else ""}' if len(words) > 1 else None

    @property
    def speech(self) -> str | None:
        """The same, the words in any order and place; ``None`` where a single short word would find everything."""
        words = self._spoken
        if not words or (len(words) == 1 and len(words[0]) <= _SHORTEST_BEGINNING):
            return None
        *others, last = words
        return " ".join((*(f'"{word}"' for word in others), _quoted(last, _SHORTEST_BEGINNING)))

    @property
    def _spoken(self) -> tuple[str, ...]:
        return self.words[:-1] if len(self.words) > 1 and len(self.words[-1]) == 1 else self.words


def folded(word: str) -> str:
    """A word as the indexes keep it: small letters without accents."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


def _quoted(word: str, shortest: int) -> str:
    return f'"{word}"*' if len(word) >= shortest else f'"{word}"'
