"""What a scan could not take in and why, and the items whose files are gone."""

import msgspec

from media_library.errors import InvalidInput
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import Card, Cursor, Limit, Shape

api = Api("scan_findings")


class FileProblem(Shape):
    """A file that could not be taken in and why, in a sentence; ``seen_at`` is in milliseconds."""

    path: str
    reason: str
    size_bytes: int
    seen_at: int


class FileProblemPage(Shape):
    """A page of files that could not be taken in."""

    count: int
    items: tuple[FileProblem, ...]
    next: str | None


class PartQuery(Shape):
    """Which page of a list."""

    cursor: Cursor | None = None
    limit: Limit = 50


class MissingCard(Card):
    """An item whose file is gone since ``missing_since`` (milliseconds), and where it was."""

    missing_since: int
    path: str


class MissingPage(Shape):
    """A page of what is missing, that which went last first."""

    count: int
    items: tuple[MissingCard, ...]
    next: str | None


@api.route(
    "GET",
    "/api/libraries/<library_id>/problems",
    access=Access.MANAGE,
    query=PartQuery,
    returns=FileProblemPage,
    summary="The files of a library that could not be taken in, and why",
)
def list_problems(call: Call[None, PartQuery], library_id: str) -> Json:
    query = call.query
    after = query.cursor or "0"
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise InvalidInput("This cursor belongs to no list.", "cursor")
    page = call.services.libraries.problems(call.viewer, library_id, query.limit, int(after))
    following = "null" if page.next is None else f'"{page.next}"'
    return Json(f'{{"count":{page.count},"items":{page.items},"next":{following}}}')


@api.route(
    "GET",
    "/api/missing",
    access=Access.MANAGE,
    query=PartQuery,
    returns=MissingPage,
    summary="What is missing: its file is gone, its history is not",
)
def list_missing(call: Call[None, PartQuery]) -> Json:
    services, query = call.services, call.query
    page = services.state.missing_page(
        call.viewer, query.limit, query.cursor, offline=not services.media_root.is_online()
    )
    following = msgspec.json.encode(page.next).decode()
    return Json(f'{{"count":{page.count},"items":{page.items},"next":{following}}}')


@api.route(
    "DELETE",
    "/api/missing/<media_id>",
    access=Access.ADMIN,
    summary="Forget an item whose file is gone, and everybody's history of it",
)
def forget_missing(call: Call[None, None], media_id: str) -> None:
    call.services.libraries.forget_missing(call.identity, media_id)
