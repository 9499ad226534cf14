"""Smart collections: a rule of conditions that says what is in one, for whoever looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from media_library.errors import InvalidInput
from media_library.models.media import MediaType

MOST_CONDITIONS = 20
MOST_TEXT = 200
MOST_ITEMS = 1_000


class Match(StrEnum):
    """Whether an item must fit every condition or one of them."""

    ALL = "all"
    ANY = "any"


class Field(StrEnum):
    """What a condition is about."""

    TYPE = "type"
    TITLE = "title"
    GENRE = "genre"
    TAG = "tag"
    YEAR = "year"
    ADDED = "added"
    WATCHED = "watched"
    RATING = "rating"
    MIN_AGE = "min_age"
    LANGUAGE = "language"
    RESOLUTION = "resolution"
    HDR = "hdr"
    DURATION = "duration"
    ARTIST = "artist"
    SHOW = "show"
    PERSON = "person"
    COLLECTION = "collection"


class Op(StrEnum):
    """How what is there is compared with what is wanted."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class SmartSort(StrEnum):
    """In which order a smart collection comes."""

    ADDED = "added"
    TITLE = "title"
    YEAR = "year"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. ``value`` is a text, a whole number, or for a rating a number from 0 to 10."""

    field: Field
    op: Op
    value: str | int | float


@dataclass(frozen=True, slots=True)
class SmartRule:
    """What a smart collection holds; ``limit`` keeps the first of its order, ``None`` all."""

    match: Match
    conditions: tuple[Condition, ...]
    sort: SmartSort = SmartSort.ADDED
    descending: bool = True
    limit: int | None = None


_EQUAL = frozenset({Op.IS, Op.IS_NOT})
_TEXT = frozenset({Op.IS, Op.IS_NOT, Op.CONTAINS})
_SIZE = frozenset({Op.AT_LEAST, Op.AT_MOST})
_NUMBER = _SIZE | {Op.IS}

OPERATORS: Mapping[Field, frozenset[Op]] = {
    Field.TYPE: _EQUAL,
    Field.TITLE: frozenset({Op.CONTAINS}),
    Field.GENRE: _EQUAL,
    Field.TAG: _EQUAL,
    Field.YEAR: _NUMBER,
    Field.ADDED: _SIZE,
    Field.WATCHED: frozenset({Op.IS}),
    Field.RATING: _SIZE,
    Field.MIN_AGE: _SIZE,
    Field.LANGUAGE: _EQUAL,
    Field.RESOLUTION: _EQUAL,
    Field.HDR: frozenset({Op.IS, Op.IS_NOT}),
    Field.DURATION: _SIZE,
    Field.ARTIST: _TEXT,
    Field.SHOW: _EQUAL,
    Field.PERSON: _EQUAL,
    Field.COLLECTION: _EQUAL,
}
"""How each field can be compared. ``ADDED`` is days ago, ``DURATION`` minutes."""

_NUMBERS: Mapping[Field, int] = {
    Field.YEAR: 9_999,
    Field.ADDED: 36_500,
    Field.RATING: 10,
    Field.MIN_AGE: 30,
    Field.DURATION: 100_000,
}
_WORDS: Mapping[Field, frozenset[str]] = {
    Field.TYPE: frozenset(one for one in MediaType if one is not MediaType.EXTRA),
    Field.WATCHED: frozenset({"unwatched", "began", "watched"}),
    Field.RESOLUTION: frozenset({"sd", "hd", "full_hd", "uhd"}),
    Field.HDR: frozenset({"true"}),
}


def check_rule(rule: SmartRule) -> SmartRule:
    """The rule itself; raises ``InvalidInput`` for one that makes no sense."""
    if not 1 <= len(rule.conditions) <= MOST_CONDITIONS:
        raise InvalidInput(f"A rule has 1 to {MOST_CONDITIONS} conditions.", "conditions")
    if rule.limit is not None and not 1 <= rule.limit <= MOST_ITEMS:
        raise InvalidInput(f"A rule keeps 1 to {MOST_ITEMS} items, or all.", "limit")
    for one in rule.conditions:
        if one.op not in OPERATORS[one.field]:
            raise InvalidInput(f"{one.field} cannot be compared by {one.op}.", "op")
        _check_value(one)
    return rule


def _check_value(one: Condition) -> None:
    most = _NUMBERS.get(one.field)
    if most is not None:
        is_number = type(one.value) is int or (type(one.value) is float and one.field is Field.RATING)
        if not is_number or not 0 <= float(one.value) <= most:
            raise InvalidInput(f"{one.field} takes a number from 0 to {most}.", "value")
        return
    text = one.value
    if not isinstance(text, str) or not text.strip() or len(text) > MOST_TEXT or not text.isprintable():
        raise InvalidInput(f"{one.field} takes a short text.", "value")
    if one.field in _WORDS and text not in _WORDS[one.field]:
        raise InvalidInput(f"{one.field} takes one of {', '.join(sorted(_WORDS[one.field]))}.", "value")
