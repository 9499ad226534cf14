"""The rule of a smart collection as it is sent and told."""

from typing import Annotated

from msgspec import Meta

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


def rule_of(shape: RuleShape) -> SmartRule:
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
