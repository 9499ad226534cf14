"""Films, shows and albums as works, as several routes answer with them."""

import msgspec

from media_library.models.library_file import FileRole
from media_library.models.work import Candidate, Credit, WorkKind, WorkState
from media_library.routes.helpers import Json
from media_library.routes.shapes import Card, Shape
from media_library.services.works import WorkView

_CAST = "cast"


class CandidateShape(Shape):
    """What a work may be; ``score`` is 0 to 1, ``reasons`` say what speaks for it and against."""

    source: str
    id: str
    kind: WorkKind
    title: str
    original_title: str | None
    artist: str | None
    year: int | None
    overview: str | None
    runtime_minutes: int | None
    tracks: int | None
    country: str | None
    picture: str | None
    score: float
    reasons: tuple[str, ...]


class WorkIdsShape(Shape):
    """The ids of a work at the services that know it."""

    tmdb: int | None
    imdb: str | None
    tvdb: int | None
    musicbrainz: str | None


class CastShape(Shape):
    """Somebody who plays in it."""

    person_id: str
    name: str
    character: str
    has_portrait: bool
    hue: int


class CrewShape(Shape):
    """Somebody who made it: ``job`` is "director", "writer", "creator", "composer", "producer" …"""

    person_id: str
    name: str
    job: str
    has_portrait: bool
    hue: int


class SagaShape(Shape):
    """The collection of films that a film belongs to."""

    collection_id: str
    title: str
    count: int


class ExtraCard(Card):
    """A trailer, a deleted scene or the like."""

    extra_kind: str | None


class WorkFileShape(Shape):
    """A file of an item: another version, a part, a subtitle. ``duration`` is in seconds."""

    id: str
    role: FileRole
    label: str | None
    position: int | None
    path: str
    size_bytes: int
    duration: float
    container: str


class MissingEpisode(Shape):
    """An episode that was shown and is not here."""

    season: int
    episode: int
    title: str | None
    aired_on: str | None


class WorkShape(Shape):
    """All that is known of a film, a show or an album. ``missing`` is for shows; ``min_age`` is what somebody said."""

    key: str
    kind: WorkKind
    state: WorkState
    reason: str | None
    title: str | None
    original_title: str | None
    year: int | None
    overview: str | None
    tagline: str | None
    genres: tuple[str, ...]
    tags: tuple[str, ...]
    studios: tuple[str, ...]
    rating: float | None
    votes: int | None
    certification: str | None
    min_age: int | None
    released_on: str | None
    runtime_minutes: int | None
    ids: WorkIdsShape
    cast: tuple[CastShape, ...]
    crew: tuple[CrewShape, ...]
    saga: SagaShape | None
    extras: tuple[ExtraCard, ...]
    files: tuple[WorkFileShape, ...]
    missing: tuple[MissingEpisode, ...]


class OneWork(Shape):
    """A work by itself."""

    work: WorkShape


def candidate_shape(one: Candidate) -> CandidateShape:
    """A candidate as it is shown, with the address of its picture here."""
    reference = None if one.picture is None else one.picture.lstrip("/")
    return CandidateShape(
        one.source,
        one.id,
        one.kind,
        one.title,
        one.original_title,
        one.artist,
        one.year,
        one.overview,
        one.runtime_minutes,
        one.tracks,
        one.country,
        None if not reference else f"/api/candidates/{one.source}/{reference}/picture",
        one.score,
        one.reasons,
    )


def work_fields(view: WorkView) -> dict[str, object]:
    """A work as it is shown."""
    work, facts = view.work, view.work.facts
    return {
        "key": work.key,
        "kind": work.kind,
        "state": work.state,
        "reason": work.reason,
        "title": facts.title,
        "original_title": facts.original_title,
        "year": facts.year,
        "overview": facts.overview,
        "tagline": facts.tagline,
        "genres": facts.genres,
        "tags": facts.tags,
        "studios": facts.studios,
        "rating": facts.rating,
        "votes": facts.votes,
        "certification": facts.certification,
        "min_age": work.min_age,
        "released_on": facts.released_on,
        "runtime_minutes": facts.runtime_minutes,
        "ids": WorkIdsShape(work.ids.tmdb, work.ids.imdb, work.ids.tvdb, work.ids.musicbrainz),
        "cast": [_cast(one) for one in view.credits if one.job == _CAST],
        "crew": [_crew(one) for one in view.credits if one.job != _CAST],
        "saga": None if view.saga is None else SagaShape(view.saga.collection_id, view.saga.title, view.saga.count),
        "extras": msgspec.Raw(view.extras.encode()),
        "files": [
            WorkFileShape(
                one.id,
                one.role,
                one.label,
                one.position,
                one.path,
                one.size_bytes,
                one.duration_ms / 1000,
                one.container,
            )
            for one in view.files
        ],
        "missing": [MissingEpisode(one.season, one.episode, one.title, one.aired_on) for one in view.missing],
    }


def work_answer(view: WorkView) -> Json:
    """A work as an answer."""
    return Json(msgspec.json.encode(work_fields(view)).decode())


def one_work_answer(view: WorkView) -> Json:
    """A work by itself as an answer."""
    return Json(msgspec.json.encode({"work": work_fields(view)}).decode())


def _cast(one: Credit) -> CastShape:
    person = one.person
    has_portrait = person.has_portrait or person.portrait is not None
    return CastShape(person.id, person.name, one.character, has_portrait, person.hue)


def _crew(one: Credit) -> CrewShape:
    person = one.person
    return CrewShape(person.id, person.name, one.job, person.has_portrait or person.portrait is not None, person.hue)
