"""The rules of collections as they are sent: what a smart one holds, and what is fetched of a followed list."""

from typing import Annotated

from msgspec import Meta

from media_library.errors import InvalidInput
from media_library.models.collection import Rules
from media_library.models.smart import (
    MOST_CONDITIONS,
    MOST_ITEMS,
    MOST_TEXT,
    Condition,
    Field,
    Match,
    Op,
    SmartRule,
    SmartSort,
)
from media_library.routes.shapes import Shape

Filter = Annotated[str, Meta(min_length=1, max_length=1000)]
Length = Annotated[int, Meta(ge=0, le=1_000_000)]
Moment = Annotated[int, Meta(ge=0, le=10**14)]
Keep = Annotated[int, Meta(ge=1, le=10_000)]


class ConditionShape(Shape):
    """One condition. Which operator and which value fit which field is said in a sentence by who checks it."""

    field: Field
    op: Op
    value: Annotated[str, Meta(min_length=1, max_length=MOST_TEXT)] | Annotated[float, Meta(ge=0, le=100_000)]


class RuleShape(Shape):
    """What a smart collection holds: all or any of some conditions, in an order, all that fit or the first of them."""

    match: Match
    conditions: Annotated[tuple[ConditionShape, ...], Meta(min_length=1, max_length=MOST_CONDITIONS)]
    sort: SmartSort = SmartSort.ADDED
    descending: bool = True
    limit: Annotated[int, Meta(ge=1, le=MOST_ITEMS)] | None = None


class RulesShape(Shape):
    """Which entries of a followed list are fetched: what is left out or null is not asked for.

    The filters hold words and phrases between commas, one of which a title must have, or none of which it may have.
    ``since`` is in milliseconds; ``keep_last`` is how many of the newest stay.
    """

    title_include: Filter | None = None
    title_exclude: Filter | None = None
    min_seconds: Length | None = None
    max_seconds: Length | None = None
    since: Moment | None = None
    keep_last: Keep | None = None
    audio_only: bool = False


def rule_of(shape: RuleShape) -> SmartRule:
    """The record of a rule, which nobody has checked yet."""
    return SmartRule(
        shape.match,
        tuple(Condition(one.field, one.op, _value(one)) for one in shape.conditions),
        shape.sort,
        shape.descending,
        shape.limit,
    )


def _value(one: ConditionShape) -> str | int | float:
    """A number without a part behind the point is a whole one."""
    return int(one.value) if isinstance(one.value, float) and one.value.is_integer() else one.value


def rules_of(shape: RulesShape) -> Rules:
    """The record of the rules of a followed list; raises ``InvalidInput``."""
    if shape.min_seconds is not None and shape.max_seconds is not None and shape.min_seconds > shape.max_seconds:
        raise InvalidInput("The longest length is shorter than the shortest.", "max_seconds")
    return Rules(
        shape.title_include,
        shape.title_exclude,
        shape.min_seconds,
        shape.max_seconds,
        shape.since,
        shape.keep_last,
        shape.audio_only,
    )
