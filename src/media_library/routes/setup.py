"""Claiming a box that belongs to nobody yet, from within the house."""

from typing import Any
from urllib.parse import urlsplit

import flask
import msgspec

from media_library.errors import NotFound
from media_library.routes.auth import Access, was_forwarded
from media_library.routes.helpers import Api, Call
from media_library.routes.origins import split_host
from media_library.routes.people import SignedIn, sign_in_answer
from media_library.services.devices import device_name
from media_library.services.setup_token import token_path

api = Api("setup")


class SetupShape(msgspec.Struct, frozen=True):
    """Whether the box can be claimed, and which file on it holds the token."""

    needed: bool
    token_file: str | None


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The token of the console, and the account that becomes the first admin."""

    token: str
    username: str
    password: str


@api.route("GET", "/api/setup", access=Access.PUBLIC, returns=SetupShape, summary="Whether the box can be claimed")
def read_setup(call: Call[None, None]) -> SetupShape:
    """Tell whether the first admin is still to come."""
    require_house(call)
    needed = not call.services.accounts.is_claimed()
    return SetupShape(needed, str(token_path(call.services.settings)) if needed else None)


@api.route(
    "POST", "/api/setup", access=Access.PUBLIC, body=Claim, returns=SignedIn, status=201, summary="Claim the box"
)
def claim_box(call: Call[Claim, None]) -> flask.Response:
    """Make the asker the first admin, signed in."""
    require_house(call)
    sign_in = call.services.accounts.claim(
        call.body.token,
        call.body.username,
        call.body.password,
        address=call.address,
        device=device_name(call.user_agent),
    )
    return sign_in_answer(call, sign_in, 201)


def require_house(call: Call[Any, Any]) -> None:
    """Raise ``NotFound`` if the request came through a proxy or tunnel, or for the public address of the box.

    This is no proof of where somebody is; it keeps strangers off who come the public way.
    """
    public = urlsplit(call.services.settings.web_server.public_url)
    host = split_host(call.request.headers.get("Host", ""))
    is_public = public.scheme == "https" and host is not None and host[0] == public.hostname
    if is_public or was_forwarded(call.request):
        raise NotFound("A box is set up from within the house: open its own address there.")
