"""Who plays: the artists of a track as sets of keys, and how far two such sets agree."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from media_library.services.track_matching.folding import fold, words_of

_SEPARATORS = re.compile(
    r"\s*(?:[,;/|·•]|\s&\s|\s\+\s|\bfeaturing\b|\bfeat\b\.?|\bft\b\.?|\bvs\b\.?|\bversus\b|\swith\s|\sand\s|\sund\s|"
    r"\sy\s|\set\s|\sx\s|\bpresents\b|\bpres\.)\s*"
)
_NOBODY = frozenset({"", "variousartists", "various", "unknown", "unknownartist", "va", "diverse", "soundtrack"})
_ENSEMBLE = re.compile(r"(?:trio|quartet|quintet|sextet|septet|octet|band|group|orchestra|ensemble)$")
_STAND_INS = re.compile(
    r"\b(?:karaoke|tribute|cover(?:s| band)?|in the style of|lullaby|8-?bit|sing king|renditions?)\b"
)


class Agreement(IntEnum):
    """How far the artists of two tracks agree, from not at all to entirely.

    They may have somebody in common; one side may name only a guest of the other; a name may be misspelt; one side may
    leave guests out.
    """

    DIFFERENT = 0
    UNKNOWN = 1
    OVERLAP = 2
    GUEST = 3
    NEAR = 4
    PART = 5
    EQUAL = 6


@dataclass(frozen=True, slots=True)
class Artists:
    """The artists of a track: the first one, all of them, and the whole name without spaces."""

    first: str
    keys: frozenset[str]
    whole: str
    is_stand_in: bool

    @property
    def is_known(self) -> bool:
        """Whether anybody is named."""
        return self.whole not in _NOBODY


@lru_cache(maxsize=65_536)
def read_artists(text: str | None, guests: tuple[str, ...] = ()) -> Artists:
    """Take the artists apart; ``guests`` are those that the title names."""
    folded = fold(text or "")
    keys = [key for part in _SEPARATORS.split(folded) if (key := _key(part))]
    keys += [key for guest in guests for part in _SEPARATORS.split(guest) if (key := _key(part))]
    whole = _key(folded)
    return Artists(keys[0] if keys else whole, frozenset(keys), whole, bool(_STAND_INS.search(folded)))


def agree(one: Artists, other: Artists) -> Agreement:
    """How far two tracks are by the same artists."""
    if not one.is_known or not other.is_known:
        return Agreement.UNKNOWN
    if one.keys == other.keys:
        return Agreement.EQUAL
    if one.whole == other.whole:
        return Agreement.PART if one.keys & other.keys else Agreement.EQUAL
    if one.keys & other.keys:
        if not (one.keys <= other.keys or other.keys <= one.keys):
            return Agreement.OVERLAP
        leads = one.first in other.keys and other.first in one.keys
        return Agreement.PART if leads else Agreement.GUEST
    is_same = _ENSEMBLE.sub("", one.whole) == _ENSEMBLE.sub("", other.whole)
    return Agreement.NEAR if is_same or _is_misspelt(one.whole, other.whole) else Agreement.DIFFERENT


def _is_misspelt(one: str, other: str) -> bool:
    from rapidfuzz.distance import DamerauLevenshtein

    shorter = min(len(one), len(other))
    if shorter < 6 or one[0] != other[0]:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=2) <= (1 if shorter < 10 else 2)


def _key(name: str) -> str:
    words = words_of(name)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return "".join(word for word in words if word != "and") or "".join(words)
