"""Drives and discs: what is in them, what it is called, rip it now, eject it."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from media_library.app_state import AppState
from media_library.models.disc import Disc, DiscContent, DiscTitle, TitleRole
from media_library.models.drive import DriveStatus
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import JobShape, Number, OneJob, Shape, ShortText, job_shape
from media_library.services.disc_actions import DiscName, plan_of

api = Api("discs")

_RECENT = 20

TitleNumber = Annotated[int, Meta(ge=0, le=9999)]


class TitleShape(Shape):
    """A title of a disc; ``duration`` is in seconds, ``chapters`` how many it has."""

    index: int
    duration: float
    chapters: int
    audio: tuple[str, ...]
    subtitles: tuple[str, ...]
    role: TitleRole
    chosen: bool
    name: str | None


class DiscShape(Shape):
    """A disc; ``plan`` says in one sentence what will happen to it."""

    id: str
    kind: str
    label: str
    title: str
    season: int | None
    disc_number: int | None
    content: DiscContent | None
    ripped_at: int | None
    review_reason: str | None
    plan: str
    titles: tuple[TitleShape, ...]


class DriveShape(Shape):
    """A drive, the disc in it and the newest job of that disc."""

    id: str
    name: str
    kind: str
    state: str
    message: str | None
    disc: DiscShape | None
    job: JobShape | None


class Discs(Shape):
    """The drives, and the discs that were seen last."""

    drives: tuple[DriveShape, ...]
    recent: tuple[DiscShape, ...]


class DiscEdit(Shape):
    """What a disc is; what is not named stays."""

    title: ShortText | UnsetType = UNSET
    season: Number | UnsetType | None = UNSET
    disc_number: Number | UnsetType | None = UNSET
    content: Literal["film", "show", "music"] | UnsetType = UNSET


class RipOrder(Shape):
    """Which titles; none named: as planned."""

    titles: Annotated[tuple[TitleNumber, ...], Meta(min_length=1, max_length=200)] | None = None


@api.route("GET", "/api/discs", access=Access.MANAGE, returns=Discs, summary="The drives and what is in them")
def list_discs(call: Call[None, None]) -> Discs:
    state = call.services.state
    return Discs(
        tuple(_drive(state, drive) for drive in state.list_drives()),
        tuple(_disc(disc) for disc in state.recent_discs(_RECENT)),
    )


@api.route(
    "PATCH",
    "/api/discs/<disc_id>",
    access=Access.MANAGE,
    body=DiscEdit,
    returns=DiscShape,
    summary="Say what a disc is",
)
def name_disc(call: Call[DiscEdit, None], disc_id: str) -> DiscShape:
    body = call.body
    said = {name: value for name in body.__struct_fields__ if (value := getattr(body, name)) is not UNSET}
    changes = frozenset(said)
    if "content" in said:
        said["content"] = DiscContent(said["content"])
    return _disc(call.services.disc_actions.name(disc_id, DiscName(changes, **said)))


@api.route(
    "POST",
    "/api/discs/<disc_id>/rip",
    access=Access.MANAGE,
    body=RipOrder,
    returns=OneJob,
    status=202,
    summary="Rip a disc now, also one that was ripped before",
)
def rip_disc(call: Call[RipOrder, None], disc_id: str) -> OneJob:
    return OneJob(job_shape(call.services.disc_actions.rip(disc_id, call.body.titles, call.identity.user.id), []))


@api.route("POST", "/api/drives/<drive_id>/eject", access=Access.MANAGE, status=204, summary="Eject what is in a drive")
def eject(call: Call[None, None], drive_id: str) -> None:
    call.services.disc_actions.eject(drive_id)


def _drive(state: AppState, drive: DriveStatus) -> DriveShape:
    disc = None if drive.disc_id is None else state.get_disc(drive.disc_id)
    job = state.active_job_of_drive(drive.id)
    if job is None and disc is not None:
        job = state.last_job_of_disc(disc.id)
    return DriveShape(
        drive.id,
        drive.name,
        drive.kind,
        drive.state,
        drive.message,
        None if disc is None else _disc(disc),
        None if job is None else job_shape(job, state.media_of_job(job.id)),
    )


def _disc(disc: Disc) -> DiscShape:
    return DiscShape(
        disc.id,
        disc.kind,
        disc.label,
        disc.names.title,
        disc.names.season,
        disc.names.disc_number,
        disc.content,
        disc.ripped_at,
        disc.review_reason,
        plan_of(disc),
        tuple(_title(title) for title in disc.titles),
    )


def _title(title: DiscTitle) -> TitleShape:
    return TitleShape(
        title.index,
        title.duration_ms / 1000,
        len(title.chapters),
        tuple(track.language for track in title.audio),
        tuple(track.language for track in title.subtitles),
        title.role,
        title.chosen,
        title.name,
    )
