"""How people are shown to browsers, and the answer that signs a browser in."""

from typing import Any

import flask
import msgspec

from media_library.models.identity import SignIn
from media_library.models.user import Role, User
from media_library.routes.helpers import Call
from media_library.routes.services import Services


class PersonShape(msgspec.Struct, frozen=True):
    """A person as they see themselves."""

    id: str
    username: str
    display_name: str
    role: Role
    hue: int
    has_picture: bool
    has_pin: bool
    has_password: bool


class SignedIn(msgspec.Struct, frozen=True):
    """Who is signed in, and whether the browser is a screen that several people watch."""

    user: PersonShape
    is_shared: bool


def person_shape(services: Services, user: User) -> PersonShape:
    """A person as they see themselves."""
    has_password = services.accounts.has_password(user.id)
    return PersonShape(
        user.id,
        user.username,
        user.display_name,
        user.role,
        user.hue,
        user.has_picture,
        user.has_pin,
        has_password,
    )


def sign_in_answer(call: Call[Any, Any], sign_in: SignIn, status: int) -> flask.Response:
    """Say who is signed in, and give the browser the cookies of the fresh session."""
    person = person_shape(call.services, sign_in.identity.user)
    answer = msgspec.json.encode(SignedIn(person, sign_in.identity.is_shared))
    response = flask.Response(answer, status, mimetype="application/json")
    call.services.gatekeeper.keep_sign_in(call.request, response, sign_in)
    return response
