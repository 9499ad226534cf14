"""How people are shown to browsers, and the answer that signs a browser in."""

from typing import Any

import flask
import msgspec

from media_library.models.identity import SignIn
from media_library.models.user import Role, User
from media_library.routes.helpers import Call


class PersonShape(msgspec.Struct, frozen=True):
    """A person as they see themselves."""

    id: str
    username: str
    display_name: str
    role: Role


class SignedIn(msgspec.Struct, frozen=True):
    """Who is signed in."""

    user: PersonShape


def person_shape(user: User) -> PersonShape:
    """A person as they see themselves."""
    return PersonShape(user.id, user.username, user.display_name, user.role)


def sign_in_answer(call: Call[Any, Any], sign_in: SignIn, status: int) -> flask.Response:
    """Say who is signed in, and give the browser the cookies of the fresh session."""
    answer = msgspec.json.encode(SignedIn(person_shape(sign_in.identity.user)))
    response = flask.Response(answer, status, mimetype="application/json")
    call.services.gatekeeper.keep_sign_in(call.request, response, sign_in)
    return response
