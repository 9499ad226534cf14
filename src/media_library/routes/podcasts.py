"""Podcasts: following feeds, what is fetched and kept of them, lists of subscriptions in and out."""

from dataclasses import replace
from typing import Annotated, Any, Literal

import flask
from msgspec import UNSET, Meta, UnsetType

from media_library.errors import NotFound
from media_library.models.preferences import AutoDownload
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import MinAge, Shape, ShortText
from media_library.services.podcasts.addresses import credentials

api = Api("podcasts")

_MOST_OPML_BYTES = 5 * 1024 * 1024
_PICTURE_CACHE = "private, max-age=86400, stale-while-revalidate=604800"
_CONTENT_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"

Address = Annotated[str, Meta(min_length=1, max_length=4096)]
Name = Annotated[str, Meta(max_length=256)]
Episodes = Annotated[int, Meta(ge=1, le=1000)]
Days = Annotated[int, Meta(ge=0, le=3650)]


class PodcastShape(Shape):
    """A podcast. ``unheard_count`` is that of who asks; ``moved_to`` waits for an answer. Times are milliseconds."""

    id: str
    title: str
    author: str | None
    overview: str | None
    site_url: str | None
    language: str | None
    has_image: bool
    hue: int
    group: str | None
    episode_count: int
    unheard_count: int
    newest_at: int | None
    auto_download: AutoDownload
    latest_count: int
    keep_count: int | None
    delete_heard_days: int | None
    checked_at: int | None
    next_check_at: int
    error: str | None
    is_dead: bool
    moved_to: str | None
    is_private: bool
    min_age: int | None


class PodcastList(Shape):
    """The podcasts, by title."""

    podcasts: tuple[PodcastShape, ...]


class OnePodcast(Shape):
    """The podcast that is followed now."""

    podcast: PodcastShape


class NewPodcastOrder(Shape):
    """The address of a feed, or of a page that names one; what a private feed asks for."""

    url: Address
    username: Name | None = None
    password: Name | None = None
    auto_download: AutoDownload | None = None


class PodcastEdit(Shape):
    """What is fetched and kept, and for whom it is; what is not named stays. ``None`` lifts a limit."""

    auto_download: AutoDownload | UnsetType = UNSET
    latest_count: Episodes | UnsetType = UNSET
    keep_count: Episodes | UnsetType | None = UNSET
    delete_heard_days: Days | UnsetType | None = UNSET
    group: ShortText | UnsetType | None = UNSET
    min_age: MinAge | UnsetType | None = UNSET
    username: Name | UnsetType = UNSET
    password: Name | UnsetType = UNSET


class MoveAnswer(Shape):
    """Whether to go along with a feed that moved to another host."""

    accept: bool


class OpmlFile(Shape):
    """The text of an OPML file."""

    content: Annotated[str, Meta(max_length=_MOST_OPML_BYTES)]


class RefusedFeed(Shape):
    """A subscription that was not taken, and why."""

    title: str
    reason: str


class OpmlImported(Shape):
    """How many subscriptions were new, known, or not taken."""

    added: int
    existing: int
    refused: tuple[RefusedFeed, ...]


class ImageQuery(Shape):
    """How wide at most, in pixels."""

    width: Literal[342, 780] = 342


@api.route("GET", "/api/podcasts", access=Access.WATCH, returns=PodcastList, summary="The podcasts")
def list_podcasts(call: Call[None, None]) -> Json:
    return Json(f'{{"podcasts":{call.services.state.podcast_list(call.viewer)}}}')


@api.route(
    "POST",
    "/api/podcasts",
    access=Access.MANAGE,
    body=NewPodcastOrder,
    returns=OnePodcast,
    summary="Follow a podcast; one that is followed already is the answer",
)
def follow_podcast(call: Call[NewPodcastOrder, None]) -> Json:
    body = call.body
    asked = credentials(body.username, body.password)
    podcast = call.services.podcasts.following.follow(call.identity, body.url, asked, body.auto_download)
    return Json(f'{{"podcast":{call.services.state.podcast_for(call.viewer, podcast.id)}}}')


@api.route(
    "GET",
    "/api/podcasts/opml",
    access=Access.MANAGE,
    returns="text/x-opml",
    summary="All subscriptions as an OPML file; names and passwords are not in it",
)
def export_opml(call: Call[None, None]) -> flask.Response:
    headers = {"Content-Disposition": 'attachment; filename="podcasts.opml"', "Cache-Control": "private, no-store"}
    return flask.Response(
        call.services.podcasts.following.export_opml(), headers=headers, content_type="text/x-opml; charset=utf-8"
    )


@api.route(
    "POST",
    "/api/podcasts/opml",
    access=Access.MANAGE,
    body=OpmlFile,
    returns=OpmlImported,
    max_body=2 * _MOST_OPML_BYTES,
    summary="Follow what another program followed",
)
def import_opml(call: Call[OpmlFile, None]) -> OpmlImported:
    done = call.services.podcasts.following.import_opml(call.identity, call.body.content)
    return OpmlImported(done.added, done.existing, tuple(RefusedFeed(one.title, one.reason) for one in done.refused))


@api.route("GET", "/api/podcasts/<podcast_id>", access=Access.WATCH, returns=PodcastShape, summary="A podcast")
def get_podcast(call: Call[None, None], podcast_id: str) -> Json:
    return _one(call, podcast_id)


@api.route(
    "PATCH",
    "/api/podcasts/<podcast_id>",
    access=Access.MANAGE,
    body=PodcastEdit,
    returns=PodcastShape,
    summary="Change what is fetched and kept of a podcast, its group, its age, or its name and password",
)
def change_podcast(call: Call[PodcastEdit, None], podcast_id: str) -> Json:
    edit, state = call.body, call.services.state
    _one(call, podcast_id)
    podcast = state.podcast(podcast_id)
    wishes = {
        name: value
        for name in ("auto_download", "latest_count", "keep_count", "delete_heard_days")
        if (value := getattr(edit, name)) is not UNSET
    }
    asked = None
    if edit.username is not UNSET or edit.password is not UNSET:
        asked = credentials(edit.username or "", edit.password or "")
    group = podcast.group if isinstance(edit.group, UnsetType) else edit.group
    call.services.podcasts.following.change(podcast_id, replace(podcast.policy, **wishes), group, asked)
    if not isinstance(edit.min_age, UnsetType):
        call.services.age_ratings.rate_podcast(podcast_id, edit.min_age)
    return _one(call, podcast_id)


@api.route(
    "DELETE",
    "/api/podcasts/<podcast_id>",
    access=Access.MANAGE,
    status=204,
    summary="Follow a podcast no longer; its files and what was heard of them stay",
)
def leave_podcast(call: Call[None, None], podcast_id: str) -> None:
    _one(call, podcast_id)
    call.services.podcasts.following.leave(call.identity, podcast_id)


@api.route(
    "POST",
    "/api/podcasts/<podcast_id>/refresh",
    access=Access.MANAGE,
    returns=PodcastShape,
    status=202,
    summary="Let the feed be asked now",
)
def refresh_podcast(call: Call[None, None], podcast_id: str) -> Json:
    _one(call, podcast_id)
    call.services.state.check_podcast_soon(podcast_id)
    return _one(call, podcast_id)


@api.route(
    "POST",
    "/api/podcasts/<podcast_id>/move",
    access=Access.MANAGE,
    body=MoveAnswer,
    returns=PodcastShape,
    summary="Go along with a feed that says that it moved to another host, or stay",
)
def move_podcast(call: Call[MoveAnswer, None], podcast_id: str) -> Json:
    _one(call, podcast_id)
    call.services.podcasts.following.move(call.identity, podcast_id, accept=call.body.accept)
    return _one(call, podcast_id)


@api.route(
    "GET",
    "/api/podcasts/<podcast_id>/image",
    access=Access.WATCH,
    query=ImageQuery,
    returns="image/webp",
    summary="The picture of a podcast",
)
def podcast_image(call: Call[None, ImageQuery], podcast_id: str) -> flask.Response:
    _one(call, podcast_id)
    if not call.services.state.podcast(podcast_id).has_image:
        raise NotFound("There is no such picture.")
    file = call.services.pictures.sized(podcast_id, "poster", call.query.width)
    facts = file.stat()
    tag = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    headers = {"ETag": f'"{tag}"', "Cache-Control": _PICTURE_CACHE, "Content-Security-Policy": _CONTENT_CSP}
    if call.request.if_none_match.contains_weak(tag):
        return flask.Response(status=304, headers=headers)
    return flask.Response(file.read_bytes(), headers=headers, mimetype="image/webp")


def _one(call: Call[Any, Any], podcast_id: str) -> Json:
    """A podcast that the viewer may see; raises ``NotFound``."""
    return Json(call.services.state.podcast_for(call.viewer, podcast_id))
