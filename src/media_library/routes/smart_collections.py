"""Smart collections while they are written: how much a rule finds."""

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.rule_shapes import RuleShape, rule_of
from media_library.routes.shapes import Card, Shape

api = Api("smart_collections")

_SAMPLE = 6


class RuleQuestion(Shape):
    """What is counted."""

    rule: RuleShape


class RuleCount(Shape):
    """How much a rule finds for who asks, and the first of it."""

    count: int
    sample: tuple[Card, ...]


@api.route(
    "POST",
    "/api/collections/count",
    access=Access.MANAGE,
    body=RuleQuestion,
    returns=RuleCount,
    summary="How much a rule finds, while it is being written",
)
def countrule_of(call: Call[RuleQuestion, None]) -> Json:
    count, sample = call.services.collections.count(call.viewer, rule_of(call.body.rule), _SAMPLE)
    return Json(f'{{"count":{count:d},"sample":{sample}}}')
