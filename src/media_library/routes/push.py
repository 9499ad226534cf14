"""Messages to one's own browsers."""

from typing import Annotated, Literal

from msgspec import Meta

from media_library.models.notice import NewPush, PushSubscription, Topic, topics_for
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape
from media_library.services.devices import device_name

api = Api("push")

Key = Annotated[str, Meta(pattern="^[A-Za-z0-9_=-]{1,128}(?![\\s\\S])")]
"""Bytes as base64url."""

PushId = Annotated[str, Meta(pattern="^[0-9a-f]{32}(?![\\s\\S])")]


class NewBrowser(Shape):
    """A browser as the Push API describes it, the language of its messages, and what it is told of."""

    endpoint: Annotated[str, Meta(min_length=1, max_length=2048)]
    p256dh: Key
    auth: Key
    language: Literal["en", "de"]
    topics: Annotated[list[Topic], Meta(max_length=len(Topic))]


class PushTopics(Shape):
    """What a browser is told of from now on."""

    id: PushId
    topics: Annotated[list[Topic], Meta(max_length=len(Topic))]


class PushChoice(Shape):
    """Which of one's own browsers."""

    id: PushId


class ToldBrowser(Shape):
    """A browser that is told; ``failures`` in a row mean that its push service is in trouble."""

    id: str
    device: str
    topics: list[Topic]
    created_at: int
    failures: int


class PushState(Shape):
    """The key to subscribe with, what one can be told of, and one's own browsers that are told."""

    public_key: str
    topics: list[Topic]
    browsers: list[ToldBrowser]


@api.route("GET", "/api/me/push", access=Access.OWN_ACCOUNT, returns=PushState, summary="Which browsers are told")
def push_state(call: Call[None, None]) -> PushState:
    services, user = call.services, call.identity.user
    browsers = [_told(browser) for browser in services.state.pushes_of(user.id)]
    return PushState(services.subscriptions.public_key(), list(topics_for(user.role)), browsers)


@api.route(
    "POST",
    "/api/me/push",
    access=Access.OWN_ACCOUNT,
    body=NewBrowser,
    returns=ToldBrowser,
    summary="Be told in this browser",
)
def subscribe(call: Call[NewBrowser, None]) -> ToldBrowser:
    body = call.body
    browser = NewPush(body.endpoint, body.p256dh, body.auth, device_name(call.user_agent), body.language)
    return _told(call.services.subscriptions.keep(call.identity, browser, frozenset(body.topics)))


@api.route(
    "PUT",
    "/api/me/push",
    access=Access.OWN_ACCOUNT,
    body=PushTopics,
    returns=ToldBrowser,
    summary="Choose what a browser is told of",
)
def choose_topics(call: Call[PushTopics, None]) -> ToldBrowser:
    return _told(call.services.subscriptions.change(call.identity, call.body.id, frozenset(call.body.topics)))


@api.route("DELETE", "/api/me/push/<push_id>", access=Access.OWN_ACCOUNT, status=204, summary="Be told there no more")
def unsubscribe(call: Call[None, None], push_id: str) -> None:
    call.services.state.end_push(push_id, call.identity.user.id)


@api.route(
    "POST",
    "/api/me/push/test",
    access=Access.OWN_ACCOUNT,
    body=PushChoice,
    status=204,
    summary="Send a message to try it out",
)
def try_out(call: Call[PushChoice, None]) -> None:
    call.services.subscriptions.try_out(call.identity, call.body.id)


def _told(browser: PushSubscription) -> ToldBrowser:
    topics = sorted(browser.topics)
    return ToldBrowser(browser.id, browser.device, topics, browser.created_at, browser.failures)
