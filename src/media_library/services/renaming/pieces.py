"""Splits what is to be renamed into pieces that have nothing to do with each other, so that each fits into memory.

Two items belong together if they are, or want to be, in the same folder of a library, or beside each other in it. Only
numbers are remembered of each item, so a hundred thousand of them take some ten megabytes.
"""

from array import array
from collections import Counter
from collections.abc import Iterator

from media_library.services.file_naming import path_key

_DEPTH = 4
_AT_ONCE = 500
_MOST_TOGETHER = 2_000


class Pieces:
    """Is told of all items first, then asked for them piece by piece."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._keys: array[int] = array("q")
        self._split: set[int] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, media_id: str, base: str, old: str, new: str) -> None:
        """An item, the library folder in which it lies, its path and the one that it wants."""
        self._ids.append(media_id)
        for path in (old, new):
            self._keys.extend(_key(start) for start in _starts(base, path))

    def in_turn(self) -> Iterator[list[str]]:
        """The ids of the items, some hundred at a time; more only where these belong together."""
        self._split_large()
        roots = self._roots()
        piece: list[str] = []
        last = -1
        for at in sorted(range(len(roots)), key=roots.__getitem__):
            if roots[at] != last and len(piece) >= _AT_ONCE:
                yield piece
                piece = []
            last = roots[at]
            piece.append(self._ids[at])
        if piece:
            yield piece

    def start_of(self, base: str, path: str) -> str:
        """The folder, or the file without its suffix, that tells to which piece a path belongs."""
        starts = _starts(base, path)
        return next((start for start in starts if _key(start) not in self._split), starts[-1])

    def is_split(self, folder: str) -> bool:
        """Whether what is in a folder is in several pieces."""
        return _key(folder) in self._split

    def _split_large(self) -> None:
        """Where very many share a folder, those belong together that share one in that."""
        for depth in range(_DEPTH - 1):
            counts: Counter[int] = Counter()
            for at in range(0, len(self._keys), _DEPTH):
                if depth == 0 or self._keys[at + depth - 1] in self._split:
                    counts[self._keys[at + depth]] += 1
            large = {key for key, count in counts.items() if count > 2 * _MOST_TOGETHER}
            if not large:
                return
            self._split |= large

    def _roots(self) -> "array[int]":
        """For each item the first one to which it belongs, by way of others perhaps."""
        parents = array("l", range(len(self._ids)))
        owners: dict[int, int] = {}
        for at in range(len(parents)):
            for start in (2 * at * _DEPTH, (2 * at + 1) * _DEPTH):
                keys = self._keys[start : start + _DEPTH]
                unit = next((key for key in keys if key not in self._split), keys[-1])
                one, other = _root(parents, owners.setdefault(unit, at)), _root(parents, at)
                parents[max(one, other)] = min(one, other)
        for at in range(len(parents)):
            parents[at] = _root(parents, at)
        return parents


def _root(parents: "array[int]", at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _starts(base: str, path: str) -> list[str]:
    """The folders of a path below ``base``, the outermost first, and the file without its suffix; always as many."""
    *folders, name = path[len(base) + 1 :].split("/")
    stem, dot, _ = name.rpartition(".")
    starts = []
    start = base
    for part in (*folders[:_DEPTH], stem if dot and stem else name)[:_DEPTH]:
        start = f"{start}/{part}"
        starts.append(start)
    return starts + [start] * (_DEPTH - len(starts))


def _key(start: str) -> int:
    return hash(path_key(start))
