"""Finds what somebody may have meant who mistyped a word."""

from itertools import islice, product

from media_library.models.search import SearchText, folded
from media_library.repositories.word_repo import KnownWord, WordRepo
from media_library.services.search.distance import slips

_SHORTEST = 4
_MOST_UNKNOWN = 3
_EACH = 3
_MOST_SUGGESTIONS = 4
_LONG = 6
"""From so many letters on two of them may be wrong, else one; two that changed places count as one."""


def suggestions(words: WordRepo, text: SearchText) -> tuple[str, ...]:
    """What may have been meant, the most likely first; nothing if every word is one that is known.

    They are made of words of the whole library: show one only to somebody who finds something by it.
    """
    typed = [folded(word) for word in text.words]
    last = len(typed) - 1
    unknown = [at for at, word in enumerate(typed) if _is_mistyped(words, word, as_beginning=at == last)]
    if not unknown or len(unknown) > _MOST_UNKNOWN:
        return ()
    alternatives = [
        _like(words, word, as_beginning=at == last) or [text.words[at]] if at in unknown else [text.words[at]]
        for at, word in enumerate(typed)
    ]
    choices = islice(product(*alternatives), _MOST_SUGGESTIONS)
    return tuple(" ".join(choice) for choice in choices if choice != text.words)


def _is_mistyped(words: WordRepo, word: str, *, as_beginning: bool) -> bool:
    return len(word) >= _SHORTEST and word.isalpha() and not words.is_word(word, as_beginning=as_beginning)


def _like(words: WordRepo, word: str, *, as_beginning: bool) -> list[str]:
    reach = 2 if len(word) >= _LONG else 1
    best = _nearest(words.words_like(word, reach), word, reach)
    if not best and as_beginning:
        best = _nearest(words.words_like(word, reach, is_open=True), word, 1, as_beginning=True)
    return best[:_EACH]


def _nearest(known: list[KnownWord], word: str, reach: int, *, as_beginning: bool = False) -> list[str]:
    found: list[tuple[int, int, str]] = []
    letters = frozenset(word)
    for one in known:
        meant = one.word[: len(word)] if as_beginning else one.word
        # each slip changes two of the letters that occur at most: this spares nearly all the tables
        if len(letters.symmetric_difference(meant)) > 2 * reach:
            continue
        distance = slips(word, meant, reach)
        if distance is not None:
            found.append((distance, -one.weight, one.word))
    return [name for _, _, name in sorted(found)]
