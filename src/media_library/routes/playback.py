"""Where each person stopped."""

from collections.abc import Callable
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType

from media_library.models.playback import PlaybackProgress
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Json
from media_library.routes.shapes import CardList, Limit, Progress, Seconds, Shape

api = Api("playback")


class NewProgress(Shape):
    """Where the player is, in seconds; ``at`` is when it was there, from a device that could not tell at once."""

    position: Seconds
    duration: Seconds
    at: Annotated[int, Meta(ge=0)] | UnsetType = UNSET


class Hidden(Shape):
    """Whether one wants to be reminded of it no more."""

    hidden: bool


class ContinueQuery(Shape):
    """How many items."""

    limit: Limit = 20


@api.route(
    "PUT",
    "/api/media/<media_id>/progress",
    access=Access.WATCH,
    body=NewProgress,
    returns=Progress,
    summary="Note where one is",
)
def save_progress(call: Call[NewProgress, None], media_id: str) -> Progress:
    user_id, seen_id = _seen(call, media_id)
    position, duration = _milliseconds(call.body.position), _milliseconds(call.body.duration)
    at = None if isinstance(call.body.at, UnsetType) else call.body.at
    return _shape(call.services.state.save_playback(user_id, seen_id, position, duration, at))


@api.route("DELETE", "/api/media/<media_id>/progress", access=Access.WATCH, status=204, summary="Forget that one began")
def forget_progress(call: Call[None, None], media_id: str) -> None:
    call.services.state.forget_playback(*_seen(call, media_id))


@api.route(
    "GET",
    "/api/continue-watching",
    access=Access.WATCH,
    query=ContinueQuery,
    returns=CardList,
    summary="What one began and did not finish, newest first",
)
def continue_watching(call: Call[None, ContinueQuery]) -> Json:
    return _cards(call, call.services.state.continue_watching)


@api.route(
    "GET",
    "/api/up-next",
    access=Access.WATCH,
    query=ContinueQuery,
    returns=CardList,
    summary="The next unseen episode of each show that one is in the middle of",
)
def list_up_next(call: Call[None, ContinueQuery]) -> Json:
    return _cards(call, call.services.state.up_next)


@api.route(
    "PUT",
    "/api/media/<media_id>/hidden",
    access=Access.WATCH,
    body=Hidden,
    summary="Leave an item, and with an episode its show, out of what one goes on with",
)
def hide_progress(call: Call[Hidden, None], media_id: str) -> None:
    call.services.state.hide_playback(*_seen(call, media_id), hidden=call.body.hidden)


def _seen(call: Call[Any, None], media_id: str) -> tuple[str, str]:
    """Who asks, and the item, if they may see it; raises ``NotFound``."""
    return call.identity.user.id, call.services.state.media_for(call.viewer, media_id).id


def _cards(call: Call[None, ContinueQuery], listed: Callable[..., str]) -> Json:
    """A list of what somebody is in the middle of, less what lies in a folder that is offline."""
    items = listed(call.viewer, call.query.limit, offline=not call.services.media_root.is_online())
    return Json(f'{{"items":{items}}}')


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def _shape(progress: PlaybackProgress) -> Progress:
    return Progress(progress.position_ms / 1000, progress.duration_ms / 1000, progress.finished, progress.updated_at)
