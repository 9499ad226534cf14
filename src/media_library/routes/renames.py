"""Batches of renames: a plan to be looked at, carried out or taken back."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.errors import InvalidInput
from media_library.models.rename import RenameBatch, RenameState, StepState
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.services import Services
from media_library.routes.shapes import Cursor, JobShape, Limit, MediaId, OneJob, Shape, job_shape

api = Api("renames")

_FIRST = 50
WorkKey = Annotated[str, Meta(max_length=80)]


class NewRenames(Shape):
    """What is to be renamed: one of these, or everything."""

    library_id: Annotated[str, Meta(max_length=64)] | None = None
    media_ids: Annotated[tuple[MediaId, ...], Meta(max_length=1000)] = ()
    keys: Annotated[tuple[WorkKey, ...], Meta(max_length=1000)] = ()


class RenameStepShape(Shape):
    """An item, its path and the one that it gets; ``problem`` says why it keeps its name, or does not get it back."""

    media_id: str | None
    title: str
    before: str = msgspec.field(name="from")
    after: str = msgspec.field(name="to")
    state: StepState
    problem: str | None
    files: int


class RenameBatchShape(Shape):
    """A batch with a page of its steps; ``next`` is the cursor of the page after it."""

    id: str
    state: RenameState
    title: str
    count: int
    unchanged: int
    problems: int
    created_at: int
    steps: tuple[RenameStepShape, ...]
    next: str | None


class RenameSummary(Shape):
    """A batch without its steps."""

    id: str
    state: RenameState
    title: str
    count: int
    unchanged: int
    problems: int
    created_at: int


class QueuedRenames(Shape):
    """A plan that is being made, and the job that makes it."""

    rename: RenameSummary
    job: JobShape


class RenameList(Shape):
    """The newest batches."""

    renames: tuple[RenameSummary, ...]


class RenamesQuery(Shape):
    """How many batches."""

    limit: Limit = 20


class StepsQuery(Shape):
    """Which page of the steps; with ``problems`` only those that cannot be done."""

    problems: bool = False
    cursor: Cursor | None = None
    limit: Limit = _FIRST


@api.route(
    "POST",
    "/api/renames",
    access=Access.MANAGE,
    body=NewRenames,
    returns=QueuedRenames,
    status=202,
    summary="Have renames planned; nothing is moved yet",
)
def plan_renames(call: Call[NewRenames, None]) -> QueuedRenames:
    body = call.body
    if (body.library_id is not None) + bool(body.media_ids) + bool(body.keys) > 1:
        raise InvalidInput("Name a library, items or works, not several of these.", "library_id")
    batch, job = call.services.renaming.plan(
        call.identity, library_id=body.library_id, media_ids=body.media_ids, keys=body.keys
    )
    return QueuedRenames(_summary(batch), job_shape(job, []))


@api.route(
    "GET", "/api/renames", access=Access.MANAGE, query=RenamesQuery, returns=RenameList, summary="The newest batches"
)
def list_renames(call: Call[None, RenamesQuery]) -> RenameList:
    batches = call.services.renaming.batches(call.identity, call.query.limit)
    return RenameList(tuple(_summary(batch) for batch in batches))


@api.route(
    "GET",
    "/api/renames/<batch_id>",
    access=Access.MANAGE,
    query=StepsQuery,
    returns=RenameBatchShape,
    summary="A batch and what it does",
)
def get_renames(call: Call[None, StepsQuery], batch_id: str) -> RenameBatchShape:
    return _page(call.services, call.services.renaming.batch(call.identity, batch_id), call.query)


@api.route(
    "POST",
    "/api/renames/<batch_id>/apply",
    access=Access.MANAGE,
    returns=OneJob,
    status=202,
    summary="Carry out a plan",
)
def apply_renames(call: Call[None, None], batch_id: str) -> OneJob:
    return OneJob(job_shape(call.services.renaming.apply(call.identity, batch_id), []))


@api.route(
    "POST",
    "/api/renames/<batch_id>/undo",
    access=Access.MANAGE,
    returns=OneJob,
    status=202,
    summary="Take a batch back, as far as that is still possible",
)
def undo_renames(call: Call[None, None], batch_id: str) -> OneJob:
    return OneJob(job_shape(call.services.renaming.undo(call.identity, batch_id), []))


@api.route("DELETE", "/api/renames/<batch_id>", access=Access.MANAGE, summary="Remove a plan that was not carried out")
def remove_renames(call: Call[None, None], batch_id: str) -> None:
    call.services.renaming.remove(call.identity, batch_id)


def _summary(batch: RenameBatch) -> RenameSummary:
    return msgspec.convert(batch, RenameSummary, from_attributes=True)


def _page(services: Services, batch: RenameBatch, query: StepsQuery) -> RenameBatchShape:
    after = 0
    if query.cursor is not None:
        if not query.cursor.isdecimal() or len(query.cursor) > 9:
            raise InvalidInput("This cursor belongs to no list.", "cursor")
        after = int(query.cursor)
    steps, following = services.renaming.steps(batch.id, after=after, limit=query.limit, problems=query.problems)
    shown = tuple(
        RenameStepShape(
            step.media_id,
            step.title,
            step.old_path,
            step.new_path,
            step.state,
            step.problem,
            1 + len(step.companions),
        )
        for step in steps
    )
    return RenameBatchShape(
        batch.id,
        batch.state,
        batch.title,
        batch.count,
        batch.unchanged,
        batch.problems,
        batch.created_at,
        shown,
        None if following is None else str(following),
    )
