"""Signing in and out, and what people do with their own account."""

import flask
import msgspec

from media_library.constants import VERSION
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.people import PersonShape, SignedIn, person_shape, sign_in_answer
from media_library.services.devices import device_name

api = Api("session")


class Credentials(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody signs in with, and whether on a screen that several people watch."""

    username: str
    password: str
    shared: bool = False


class ServerShape(msgspec.Struct, frozen=True):
    """What the web app shows of the server."""

    library_name: str
    version: str


class Me(msgspec.Struct, frozen=True):
    """Who is signed in, and where: also whether on a screen that several people watch.

    Such a screen asks after ``asks_after_minutes`` without a touch who is watching; ``None``: never.
    """

    user: PersonShape
    is_shared: bool
    asks_after_minutes: int | None
    server: ServerShape


class NameChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another name for oneself."""

    display_name: str


class PasswordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another password for oneself."""

    current_password: str
    new_password: str


class SessionShape(msgspec.Struct, frozen=True):
    """A browser that one is signed in with."""

    id: str
    created_at: int
    last_seen_at: int
    device: str
    address: str
    current: bool
    is_shared: bool


class SessionList(msgspec.Struct, frozen=True):
    """The browsers that one is signed in with."""

    sessions: list[SessionShape]


@api.route("POST", "/api/login", access=Access.PUBLIC, body=Credentials, returns=SignedIn, summary="Sign in")
def sign_in(call: Call[Credentials, None]) -> flask.Response:
    """Start a session; the one that the browser had ends."""
    gatekeeper = call.services.gatekeeper
    fresh = call.services.accounts.sign_in(
        call.body.username,
        call.body.password,
        address=call.address,
        device_token=gatekeeper.device_token(call.request),
        device=device_name(call.user_agent),
        previous_token=gatekeeper.session_token(call.request),
        is_shared=call.body.shared,
    )
    return sign_in_answer(call, fresh, 200)


@api.route("POST", "/api/logout", access=Access.CHOOSE, summary="Sign out")
def sign_out(call: Call[None, None]) -> flask.Response:
    """End the session of this browser."""
    call.services.accounts.sign_out(call.identity)
    return _forget(call)


@api.route("GET", "/api/me", access=Access.HERE, returns=Me, summary="Who is signed in")
def read_me(call: Call[None, None]) -> Me:
    """Tell who is signed in."""
    name = call.services.settings.web_server.library_name
    person = person_shape(call.services, call.identity.user)
    asks_after = call.services.accounts.profiles.asks_after(call.identity)
    return Me(person, call.identity.is_shared, asks_after, ServerShape(name, VERSION))


@api.route(
    "PATCH", "/api/me", access=Access.OWN_ACCOUNT, body=NameChange, returns=SignedIn, summary="Change one's name"
)
def change_me(call: Call[NameChange, None]) -> SignedIn:
    """Change the name that others see."""
    user = call.services.accounts.rename(call.identity, call.body.display_name)
    return SignedIn(person_shape(call.services, user), call.identity.is_shared)


@api.route("PUT", "/api/me/password", access=Access.OWN_ACCOUNT, body=PasswordChange, summary="Change one's password")
def change_password(call: Call[PasswordChange, None]) -> flask.Response:
    """Change the password; every other session and every key ends, this browser gets a fresh session."""
    fresh = call.services.accounts.change_password(
        call.identity,
        call.body.current_password,
        call.body.new_password,
        address=call.address,
        device=device_name(call.user_agent),
    )
    response = flask.Response(status=204)
    call.services.gatekeeper.keep_sign_in(call.request, response, fresh)
    return response


@api.route("GET", "/api/me/sessions", access=Access.OWN_ACCOUNT, returns=SessionList, summary="Where one is signed in")
def list_sessions(call: Call[None, None]) -> SessionList:
    """List the browsers that one is signed in with."""
    current = _current_session(call)
    return SessionList(
        [
            SessionShape(
                session.id,
                session.created_at,
                session.last_seen_at,
                session.device,
                session.address,
                session.id == current,
                session.is_shared,
            )
            for session in call.services.accounts.list_sessions(call.identity)
        ]
    )


@api.route("DELETE", "/api/me/sessions/<session_id>", access=Access.OWN_ACCOUNT, summary="Sign out one browser")
def end_session(call: Call[None, None], session_id: str) -> flask.Response:
    """End one of one's own sessions."""
    call.services.accounts.end_session(call.identity, session_id)
    return _forget(call) if session_id == _current_session(call) else flask.Response(status=204)


def _current_session(call: Call[None, None]) -> str | None:
    session = call.identity.session
    return None if session is None else session.id


def _forget(call: Call[None, None]) -> flask.Response:
    response = flask.Response(status=204)
    call.services.gatekeeper.forget_sign_in(call.request, response)
    return response
