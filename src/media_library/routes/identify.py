"""What something is: looking it up, choosing among candidates, taking a choice back."""

from collections import Counter
from typing import Annotated, Literal

import flask
import msgspec
from msgspec import Meta

from media_library.models.work import WorkKind, WorkState
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.media_item import MediaItem, item_answer
from media_library.routes.shapes import JobShape, MediaId, Shape, ShortText, Year, job_shape
from media_library.routes.work_shapes import CandidateShape, OneWork, candidate_shape, one_work_answer
from media_library.services.media_identifier import AskedFor

api = Api("identify")

_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"
_PICTURE_CACHE = "private, max-age=86400"
_MOST_PATHS = 50

WorkKey = Annotated[str, Meta(max_length=80)]


class IdentifyWish(Shape):
    """What a film or a show is: its id at TMDb, or a name to look for; nothing looks at it anew."""

    title: ShortText | None = None
    year: Year | None = None
    kind: Literal["movie", "show"] | None = None
    tmdb_id: Annotated[int, Meta(ge=1, le=2**40)] | None = None


class Identified(Shape):
    """How the identification stands."""

    state: WorkState
    reason: str | None
    candidates: tuple[CandidateShape, ...]
    media: MediaItem


class CandidateQuery(Shape):
    """What is looked for."""

    kind: WorkKind
    title: ShortText
    year: Year | None = None
    artist: ShortText | None = None


class CandidateList(Shape):
    """What may be meant, the likeliest first."""

    candidates: tuple[CandidateShape, ...]


class Choice(Shape):
    """The candidate that a person chose."""

    source: Literal["tmdb", "musicbrainz"]
    id: Annotated[str, Meta(min_length=1, max_length=40)]


class NameChangeShape(Shape):
    """A name that would change, unless it is locked."""

    field: str
    before: str | int | None = msgspec.field(name="from")
    after: str | int | None = msgspec.field(name="to")
    locked: bool = False


class EpisodeChange(Shape):
    """An episode or a track that would be called otherwise."""

    media_id: str
    before: str | None = msgspec.field(name="from")
    after: str | None = msgspec.field(name="to")


class PathChange(Shape):
    """A file that would get another name."""

    before: str = msgspec.field(name="from")
    after: str = msgspec.field(name="to")


class MatchPreview(Shape):
    """What choosing a candidate would change."""

    changes: tuple[NameChangeShape, ...]
    episodes: tuple[EpisodeChange, ...]
    paths: tuple[PathChange, ...]


class IdentifyQuestion(Shape):
    """What is to be identified anew."""

    keys: Annotated[tuple[WorkKey, ...], Meta(max_length=1000)] = ()
    media_ids: Annotated[tuple[MediaId, ...], Meta(max_length=1000)] = ()
    library_id: MediaId | None = None
    everything: bool = False


@api.route(
    "POST",
    "/api/media/<media_id>/identify",
    access=Access.MANAGE,
    body=IdentifyWish,
    returns=Identified,
    summary="Look up what a film or an episode is, or say it",
)
def identify_media(call: Call[IdentifyWish, None], media_id: str) -> Json:
    body = call.body
    asked = AskedFor(body.title, body.year, body.kind, body.tmdb_id)
    work = call.services.works.identify(call.identity, media_id, asked)
    item = item_answer(call.services, call.viewer, media_id)
    answer = {
        "state": work.state,
        "reason": work.reason,
        "candidates": [candidate_shape(one) for one in work.candidates],
        "media": msgspec.Raw(item.text.encode()),
    }
    return Json(msgspec.json.encode(answer).decode())


@api.route(
    "GET",
    "/api/candidates",
    access=Access.MANAGE,
    query=CandidateQuery,
    returns=CandidateList,
    summary="What the services have by a name",
)
def list_candidates(call: Call[None, CandidateQuery]) -> CandidateList:
    query = call.query
    found = call.services.works.candidates(query.kind, query.title, query.year, query.artist)
    return CandidateList(tuple(candidate_shape(one) for one in found))


@api.route(
    "GET",
    "/api/candidates/<source>/<reference>/picture",
    access=Access.MANAGE,
    returns="image/*",
    summary="A small picture of a candidate, fetched from its service",
)
def candidate_picture(call: Call[None, None], source: str, reference: str) -> flask.Response:
    picture = call.services.works.picture(source, reference)
    headers = {"Cache-Control": _PICTURE_CACHE, "Content-Security-Policy": _CONTENT_CSP}
    return flask.Response(picture, headers=headers, mimetype=_type_of(picture))


@api.route(
    "POST",
    "/api/works/<key>/preview",
    access=Access.MANAGE,
    body=Choice,
    returns=MatchPreview,
    summary="What choosing a candidate would change",
)
def preview_match(call: Call[Choice, None], key: str) -> MatchPreview:
    found = call.services.works.preview(call.viewer, key, call.body.source, call.body.id)
    paths = tuple(PathChange(old, new) for old, new in found.paths[:_MOST_PATHS])
    if found.kind is WorkKind.MOVIE:
        named = tuple(NameChangeShape(one.field, one.old, one.new, one.is_locked) for one in found.items)
        return MatchPreview(named, (), paths)
    # what changes for several alike stands once, what each is called by itself
    counted = Counter((one.field, one.old, one.new, one.is_locked) for one in found.items if one.field != "title")
    common = [change for change, count in counted.items() if count > 1 or found.kind is WorkKind.ALBUM]
    titles = tuple(
        EpisodeChange(one.media_id, _text(one.old), _text(one.new)) for one in found.items if one.field == "title"
    )
    return MatchPreview(tuple(NameChangeShape(*change) for change in common), titles, paths)


@api.route(
    "POST",
    "/api/works/<key>/apply",
    access=Access.MANAGE,
    body=Choice,
    returns=OneWork,
    summary="Say that a film, a show or an album is this",
)
def apply_match(call: Call[Choice, None], key: str) -> Json:
    return one_work_answer(call.services.works.apply(call.identity, key, call.body.source, call.body.id))


@api.route(
    "POST",
    "/api/works/<key>/undo",
    access=Access.MANAGE,
    returns=OneWork,
    summary="Take the last match back; the key may be the one from before",
)
def undo_match(call: Call[None, None], key: str) -> Json:
    return one_work_answer(call.services.works.undo(call.identity, key))


@api.route(
    "POST",
    "/api/identify",
    access=Access.MANAGE,
    body=IdentifyQuestion,
    returns=JobShape,
    status=202,
    summary="Look up again what things are",
)
def identify(call: Call[IdentifyQuestion, None]) -> JobShape:
    body = call.body
    job = call.services.works.queue(
        call.identity,
        keys=body.keys,
        media_ids=body.media_ids,
        library_id=body.library_id,
        everything=body.everything,
    )
    return job_shape(job, [])


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _type_of(picture: bytes) -> str:
    if picture.startswith(b"\xff\xd8"):
        return "image/jpeg"
    return "image/png" if picture.startswith(b"\x89PNG") else "image/webp"
