"""The review queue: what could not be identified with certainty."""

import base64
import json

import msgspec

from media_library.errors import InvalidInput
from media_library.models.work import WorkKind
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Card, Cursor, Limit, Shape
from media_library.routes.work_shapes import CandidateShape, candidate_shape

api = Api("review")


class ReviewQuery(Shape):
    """Which page."""

    cursor: Cursor | None = None
    limit: Limit = 30


class ReviewItemShape(Shape):
    """A film, a show or an album that waits: how it is called so far, its first media, what it may be."""

    key: str
    kind: WorkKind
    title: str
    subtitle: str | None
    year: int | None
    reason: str | None
    score: float | None
    count: int
    media: tuple[Card, ...]
    candidates: tuple[CandidateShape, ...]
    created_at: int


class ReviewPageShape(Shape):
    """A page of the queue, oldest first; ``count`` is how many wait in all."""

    count: int
    items: tuple[ReviewItemShape, ...]
    next: str | None


@api.route(
    "GET",
    "/api/review",
    access=Access.MANAGE,
    query=ReviewQuery,
    returns=ReviewPageShape,
    summary="What waits for a person to say what it is",
)
def list_review(call: Call[None, ReviewQuery]) -> Json:
    works = call.services.works
    page = works.review(call.viewer, after=_decoded(call.query.cursor), limit=call.query.limit)
    cards = msgspec.json.decode(works.cards(call.viewer, page.items), type=dict[str, msgspec.Raw])
    items = [
        {
            "key": one.work.key,
            "kind": one.work.kind,
            "title": one.title,
            "subtitle": one.subtitle,
            "year": one.year,
            "reason": one.work.reason,
            "score": one.work.score,
            "count": one.count,
            "media": [cards[media_id] for media_id in one.media_ids if media_id in cards],
            "candidates": [candidate_shape(candidate) for candidate in one.work.candidates],
            "created_at": one.work.created_at,
        }
        for one in page.items
    ]
    answer = {"count": page.count, "items": items, "next": None if page.next is None else _encoded(page.next)}
    return Json(msgspec.json.encode(answer).decode())


@api.route(
    "POST",
    "/api/review/<key>/dismiss",
    access=Access.MANAGE,
    status=204,
    summary="Keep something as it is; nobody is asked about it again",
)
def dismiss(call: Call[None, None], key: str) -> None:
    call.services.works.dismiss(call.viewer, key)


@api.route(
    "POST",
    "/api/review/<key>/restore",
    access=Access.MANAGE,
    status=204,
    summary="Put something back into the queue that was kept as it is",
)
def restore(call: Call[None, None], key: str) -> None:
    call.services.works.restore(call.viewer, key)


def _encoded(after: tuple[int, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(after).encode()).decode().rstrip("=")


def _decoded(cursor: str | None) -> tuple[int, str] | None:
    if cursor is None:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        created_at, key = msgspec.json.decode(text, type=tuple[int, str])
    except (ValueError, msgspec.MsgspecError) as error:
        raise InvalidInput("This cursor is not one of ours.", "cursor") from error
    if not -(2**63) <= created_at < 2**63:
        raise InvalidInput("This cursor is not one of ours.", "cursor")
    return created_at, key
