"""The words that are searched, by which mistyped ones are put right."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter

from media_library.repositories.base import Repository

_BATCH = 500
_MOST_CHANGES = 50_000
_LENGTHS = range(3, 25)
_MOST_LIKE = 20_000


@dataclass(frozen=True, slots=True)
class KnownWord:
    """A word and how much it counts: the number of binary digits of how often it occurs, names above all."""

    word: str
    weight: int


class WordRepo(Repository):
    """Reads and writes ``search_words``."""

    def refresh_words(self) -> int:
        """Compare the known words with those in the indexes; returns how many changed, 0 when all are as they are.

        Both are read in order, side by side, so that this takes no memory; a great many changes are left to the next
        time.
        """
        added: list[KnownWord] = []
        removed: list[str] = []
        known = self._connection().execute("SELECT word, weight FROM search_words ORDER BY word")
        both = merge(
            ((str(word), 0, int(weight or 0)) for word, weight in known),
            ((one.word, 1, one.weight) for one in self._words_of_indexes()),
        )
        for word, found in groupby(both, itemgetter(0)):
            weights = {kind: weight for _, kind, weight in found}
            if 1 not in weights:
                removed.append(word)
            elif weights.get(0) != weights[1]:
                added.append(KnownWord(word, weights[1]))
            if len(added) + len(removed) >= _MOST_CHANGES:
                break
        known.close()
        for first in range(0, len(added), _BATCH):
            with self.transaction():
                self._connection().executemany(
                    """
                    INSERT INTO search_words (word, length, head, tail, weight) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (word) DO UPDATE SET weight = excluded.weight
                    """,
                    [
                        (one.word, len(one.word), one.word[0], one.word[-2:], one.weight)
                        for one in added[first : first + _BATCH]
                    ],
                )
        for first in range(0, len(removed), _BATCH):
            gone = json.dumps(removed[first : first + _BATCH])
            self._change("DELETE FROM search_words WHERE word IN (SELECT value FROM json_each(?))", (gone,))
        return len(added) + len(removed)

    def newest_searched(self) -> int:
        """A number that changes when something was put into one of the indexes, or named otherwise."""
        row = self._row(
            """
            SELECT coalesce((SELECT max(rid) FROM subtitle_lines), 0) + coalesce((SELECT max(rid) FROM media_texts), 0)
                + coalesce((SELECT max(rid) FROM media), 0) + (SELECT count(*) FROM persons)
                + coalesce((SELECT max(id) FROM events), 0)
            """
        )
        return 0 if row is None else int(row[0] or 0)

    def is_word(self, word: str, *, as_beginning: bool) -> bool:
        """Whether a word stands anywhere in what is searched, or one that begins with it."""
        row = self._row(
            """
            SELECT EXISTS (SELECT 1 FROM search_words WHERE word BETWEEN :word AND :last)
                OR EXISTS (SELECT 1 FROM media_search_words WHERE term >= :word AND term <= :last)
                OR EXISTS (SELECT 1 FROM subtitle_search_words WHERE term >= :word AND term <= :last)
                OR EXISTS (SELECT 1 FROM media_text_search_words WHERE term >= :word AND term <= :last)
            """,
            {"word": word, "last": f"{word}\U0010ffff" if as_beginning else word},
        )
        return row is not None and bool(row[0])

    def words_like(self, word: str, reach: int, *, is_open: bool = False) -> list[KnownWord]:
        """Words of about the same length (``reach`` letters more or less) that begin or end with the same letters.

        With ``is_open`` they may be longer, and have to begin like it.
        """
        rows = self._rows(
            """
            SELECT word, weight FROM search_words WHERE head = :head AND length BETWEEN :shortest AND :longest
            UNION
            SELECT word, weight FROM search_words WHERE tail = :tail AND length BETWEEN :shortest AND :longest
            LIMIT :most
            """,
            {
                "head": word[0],
                "tail": "" if is_open else word[-2:],
                "shortest": len(word) - reach,
                "longest": _LENGTHS.stop if is_open else len(word) + reach,
                "most": _MOST_LIKE,
            },
        )
        return [KnownWord(str(found), int(weight or 0)) for found, weight in rows]

    def _words_of_indexes(self) -> Iterator[KnownWord]:
        sources = (
            self._terms("SELECT term, doc * 64 FROM media_search_words"),
            self._terms("SELECT term, doc FROM media_text_search_words"),
            self._terms("SELECT term, doc FROM subtitle_search_words"),
            iter(sorted((word, 64) for word in self._names())),
        )
        for word, found in groupby(merge(*sources), itemgetter(0)):
            if len(word) in _LENGTHS and word.isalpha():
                yield KnownWord(word, sum(count for _, count in found).bit_length())

    def _terms(self, sql: str) -> Iterator[tuple[str, int]]:
        for word, count in self._connection().execute(sql):
            yield str(word), int(count)

    def _names(self) -> set[str]:
        return {word for (name,) in self._rows("SELECT sort_name FROM persons") for word in str(name).split()}
