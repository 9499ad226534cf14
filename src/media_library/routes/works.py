"""What is known of films, shows and albums; genres and tags."""

from typing import Annotated

from msgspec import Meta

from media_library.models.work import TagKind, WorkKind
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import MinAge, Shape
from media_library.routes.work_shapes import OneWork, WorkShape, one_work_answer, work_answer

api = Api("works")

Tag = Annotated[str, Meta(min_length=1, max_length=60, pattern="^[^\\x00-\\x1f\\x7f,]*(?![\\s\\S])")]


class Tags(Shape):
    """The tags of a work, instead of those before."""

    tags: Annotated[tuple[Tag, ...], Meta(max_length=50)]


class AgeWish(Shape):
    """From which age on a film, show or album is for people, in years; ``None`` believes its certification."""

    min_age: MinAge | None


class AgeLimit(Shape):
    """Up to which age (years) what somebody sees may be rated, and whether also what has no rating."""

    name: str
    max_age: int
    sees_unrated: bool


class AgeLimits(Shape):
    """Those who have a limit of age."""

    people: tuple[AgeLimit, ...]


class GenreQuery(Shape):
    """Of what."""

    type: WorkKind | None = None


class Counted(Shape):
    """A genre or a tag, and how many works have it."""

    name: str
    count: int


class Genres(Shape):
    """The genres and tags of what the asker may see, the most frequent first."""

    genres: tuple[Counted, ...]
    tags: tuple[Counted, ...]


@api.route(
    "GET",
    "/api/media/<media_id>/work",
    access=Access.WATCH,
    returns=WorkShape,
    summary="What is known of the film that an item is, or of the show or album that it belongs to",
)
def get_media_work(call: Call[None, None], media_id: str) -> Json:
    return work_answer(call.services.works.of_media(call.viewer, media_id))


@api.route(
    "GET",
    "/api/shows/<key>/work",
    access=Access.WATCH,
    returns=WorkShape,
    summary="What is known of a show, and which episodes are missing",
)
def get_show_work(call: Call[None, None], key: str) -> Json:
    return work_answer(call.services.works.of_group(call.viewer, "show", key))


@api.route("GET", "/api/albums/<key>/work", access=Access.WATCH, returns=WorkShape, summary="What is known of an album")
def get_album_work(call: Call[None, None], key: str) -> Json:
    return work_answer(call.services.works.of_group(call.viewer, "album", key))


@api.route(
    "PUT",
    "/api/works/<key>/tags",
    access=Access.MANAGE,
    body=Tags,
    returns=OneWork,
    summary="Give a film, a show or an album tags of one's own",
)
def tag_work(call: Call[Tags, None], key: str) -> Json:
    tags = tuple(dict.fromkeys(tag.strip() for tag in call.body.tags if tag.strip()))
    return one_work_answer(call.services.works.tag(call.viewer, key, tags))


@api.route(
    "PUT",
    "/api/works/<key>/age",
    access=Access.MANAGE,
    body=AgeWish,
    summary="Say from which age on a film, a show or an album is for people",
)
def rate_work(call: Call[AgeWish, None], key: str) -> None:
    call.services.works.rate(call.identity, key, call.body.min_age)


@api.route(
    "GET",
    "/api/age-limits",
    access=Access.MANAGE,
    returns=AgeLimits,
    summary="Who sees only what is for their age, for saying whom a new age hides something from",
)
def list_age_limits(call: Call[None, None]) -> AgeLimits:
    users = call.services.state.list_users()
    return AgeLimits(
        tuple(
            AgeLimit(user.display_name, user.max_age, user.sees_unrated)
            for user in users
            if user.max_age is not None and not user.disabled
        )
    )


@api.route(
    "GET", "/api/genres", access=Access.WATCH, query=GenreQuery, returns=Genres, summary="The genres and tags there are"
)
def list_genres(call: Call[None, GenreQuery]) -> Genres:
    state, kind = call.services.state, call.query.type
    genres = state.count_tags(call.viewer, TagKind.GENRE, kind)
    tags = state.count_tags(call.viewer, TagKind.TAG, kind)
    return Genres(
        tuple(Counted(name, count) for name, count in genres), tuple(Counted(name, count) for name, count in tags)
    )
