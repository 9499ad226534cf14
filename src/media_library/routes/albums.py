"""Albums: what one is, its names, the tags in its files, and how loud it is."""

from typing import Annotated

import msgspec
from msgspec import Meta

from media_library.errors import InvalidInput
from media_library.models.work import WorkState
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import JobShape, MediaId, Shape, ShortText, Year, job_shape
from media_library.routes.work_shapes import CandidateShape, candidate_shape
from media_library.services.albums import AlbumBefore, AlbumEdit, TrackNames

api = Api("albums")

_MOST_UNDO_BYTES = 4 << 20

Kept = Annotated[str, Meta(max_length=4096)]
"""A name as it was, whatever brought it: files hold longer ones than people may enter."""


class AlbumQuestion(Shape):
    """What an album is: the release that a person chose, or the name to look for; nothing looks at it anew."""

    release_id: Annotated[str, Meta(max_length=36)] | None = None
    artist: ShortText | None = None
    title: ShortText | None = None


class AlbumIdentified(Shape):
    """How the identification stands; ``key`` is the one that the album has from now on."""

    key: str
    state: WorkState
    reason: str | None
    candidates: tuple[CandidateShape, ...]


class AlbumCorrection(Shape):
    """The names to correct; the program never changes them again."""

    title: ShortText | None = None
    artist: ShortText | None = None
    year: Year | None = None


class TrackBefore(Shape):
    """A track before its album was corrected, and which of these fields were locked."""

    media_id: MediaId
    album: Kept | None
    artist: Kept | None
    album_artist: Kept | None
    year: int | None
    locked: Annotated[tuple[ShortText, ...], Meta(max_length=4)] = ()


class AlbumUndo(Shape):
    """What takes a correction back: ``now`` is the key that the album has, ``key`` the one that it had."""

    now: MediaId
    key: MediaId
    tags: Annotated[tuple[ShortText, ...], Meta(max_length=50)]
    tracks: Annotated[tuple[TrackBefore, ...], Meta(max_length=5000)]


class AlbumKey(Shape):
    """The key that the album has from now on, and what takes the correction back."""

    key: str
    undo: AlbumUndo


class AlbumBack(Shape):
    """The key that the album has again."""

    key: str


class TagChangeShape(Shape):
    """A tag, what the file says and what it will say."""

    tag: str
    before: str | None = msgspec.field(name="from")
    after: str = msgspec.field(name="to")


class TrackTagsShape(Shape):
    """What would be written into a file; ``problem`` says why it cannot be."""

    media_id: str
    path: str
    changes: tuple[TagChangeShape, ...]
    writable: bool
    problem: str | None


class AlbumTags(Shape):
    """The files of an album and the tags that they would get."""

    tracks: tuple[TrackTagsShape, ...]


class LoudnessQuestion(Shape):
    """What to measure: an album, some tracks, or all music that was not measured."""

    album_key: MediaId | None = None
    media_ids: Annotated[tuple[MediaId, ...], Meta(max_length=1000)] = ()


class TrackLoudness(Shape):
    """The gain of a track in dB towards −18 LUFS and its true peak (1 = full scale); ``None`` if not measured."""

    media_id: str
    gain_db: float | None
    peak: float | None


class AlbumLoudness(Shape):
    """The gain of an album as a whole, and of each of its tracks."""

    album_gain_db: float | None
    album_peak: float | None
    tracks: tuple[TrackLoudness, ...]


@api.route(
    "POST",
    "/api/albums/<key>/identify",
    access=Access.MANAGE,
    body=AlbumQuestion,
    returns=AlbumIdentified,
    summary="Say or look up which release an album is",
)
def identify_album(call: Call[AlbumQuestion, None], key: str) -> AlbumIdentified:
    body = call.body
    found = call.services.albums.identify(
        call.identity, key, release_id=body.release_id, artist=body.artist, title=body.title
    )
    return AlbumIdentified(found.key, found.state, found.reason, tuple(map(candidate_shape, found.candidates)))


@api.route(
    "PATCH",
    "/api/albums/<key>",
    access=Access.MANAGE,
    body=AlbumCorrection,
    returns=AlbumKey,
    summary="Correct the names of an album; its key follows from them",
)
def edit_album(call: Call[AlbumCorrection, None], key: str) -> AlbumKey:
    edit = AlbumEdit(call.body.title, call.body.artist, call.body.year)
    if edit == AlbumEdit():
        raise InvalidInput("Nothing is to be corrected: give a title, an artist or a year.")
    now, before = call.services.albums.edit(call.identity, key, edit)
    tracks = tuple(
        TrackBefore(one.media_id, one.album, one.artist, one.album_artist, one.year, tuple(sorted(one.locked)))
        for one in before.tracks
    )
    return AlbumKey(now, AlbumUndo(now, before.key, before.tags, tracks))


@api.route(
    "POST",
    "/api/albums/undo",
    access=Access.MANAGE,
    body=AlbumUndo,
    returns=AlbumBack,
    max_body=_MOST_UNDO_BYTES,
    summary="Take the correction of an album back",
)
def take_album_back(call: Call[AlbumUndo, None]) -> AlbumBack:
    body = call.body
    tracks = tuple(
        TrackNames(one.media_id, one.album, one.artist, one.album_artist, one.year, frozenset(one.locked))
        for one in body.tracks
    )
    call.services.albums.take_back(call.identity, body.now, AlbumBefore(body.key, body.tags, tracks))
    return AlbumBack(body.key)


@api.route(
    "GET",
    "/api/albums/<key>/tags",
    access=Access.MANAGE,
    returns=AlbumTags,
    summary="What would be written into the files of an album",
)
def get_album_tags(call: Call[None, None], key: str) -> AlbumTags:
    plans = call.services.albums.tag_plans(call.viewer, key)
    return AlbumTags(
        tuple(
            TrackTagsShape(
                plan.media_id,
                plan.path,
                tuple(TagChangeShape(change.tag, change.old, change.new) for change in plan.changes),
                plan.problem is None,
                plan.problem,
            )
            for plan in plans
        )
    )


@api.route(
    "POST",
    "/api/albums/<key>/tags",
    access=Access.MANAGE,
    returns=JobShape,
    status=202,
    summary="Write what is known of an album into its files",
)
def write_album_tags(call: Call[None, None], key: str) -> JobShape:
    return job_shape(call.services.albums.write_tags(call.identity, key), [])


@api.route(
    "POST",
    "/api/loudness",
    access=Access.MANAGE,
    body=LoudnessQuestion,
    returns=JobShape,
    status=202,
    summary="Measure how loud music is",
)
def measure_loudness(call: Call[LoudnessQuestion, None]) -> JobShape:
    body = call.body
    job = call.services.albums.measure(call.identity, key=body.album_key, media_ids=body.media_ids)
    return job_shape(job, [])


@api.route(
    "GET",
    "/api/albums/<key>/loudness",
    access=Access.WATCH,
    returns=AlbumLoudness,
    summary="How loud an album and its tracks are",
)
def get_album_loudness(call: Call[None, None], key: str) -> AlbumLoudness:
    tracks = call.services.albums.loudness(call.viewer, key)
    whole = next((known for _, known in tracks if known is not None and known.album_gain is not None), None)
    return AlbumLoudness(
        None if whole is None else whole.album_gain,
        None if whole is None else whole.album_peak,
        tuple(
            TrackLoudness(media_id, None if one is None else one.track_gain, None if one is None else one.track_peak)
            for media_id, one in tracks
        ),
    )
