"""Signing in a screen without a keyboard by a short code that somebody approves elsewhere."""

from typing import Annotated, Literal
from urllib.parse import urlencode

import flask
import msgspec
from msgspec import Meta

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.people import sign_in_answer
from media_library.routes.shapes import Shape
from media_library.services.devices import device_name
from media_library.services.sign_in_codes import Over, Waiting

api = Api("sign_in_codes")

Code = Annotated[str, Meta(min_length=1, max_length=64)]
"""A code as somebody typed it: case, spaces and dashes do not count."""

_POLL_SECONDS = 2.0


class AskedShape(Shape):
    """What a screen shows, ``code`` and ``qr`` (a picture of ``url``, as a data: address), and keeps, ``secret``.

    It asks every ``interval`` seconds how it stands, for ``expires_in`` seconds.
    """

    code: str
    secret: str
    url: str
    qr: str
    expires_in: int
    interval: float


class Poll(Shape):
    """What the screen kept."""

    secret: Annotated[str, Meta(max_length=200)]


class Standing(Shape):
    """Whether somebody approved it: then the answer brings the cookies of a fresh session."""

    state: Literal["waiting", "refused", "expired"]


class CodeWish(Shape):
    """Which screen is meant."""

    code: Code


class Approval(Shape):
    """Which screen is let in, and whether it is one that several people watch."""

    code: Code
    shared: bool = False


class ScreenShape(Shape):
    """A screen that asks: which browser, from which address, until when."""

    device: str
    address: str
    expires_at: int


@api.route("POST", "/api/sign-in-codes", access=Access.PUBLIC, returns=AskedShape, status=201, summary="Ask for a code")
def ask_code(call: Call[None, None]) -> AskedShape:
    """A code for this browser."""
    import segno  # needed by a screen that signs in only

    asked = call.services.accounts.codes.ask(device=device_name(call.user_agent), address=call.address)
    url = f"{call.request.scheme}://{call.request.host}/link?{urlencode({'code': asked.code})}"
    picture = segno.make(url, error="m", micro=False).svg_data_uri(scale=8, border=2, dark="#000", light="#fff")
    return AskedShape(asked.code, asked.secret, url, picture, asked.expires_in, _POLL_SECONDS)


@api.route(
    "POST",
    "/api/sign-in-codes/poll",
    access=Access.PUBLIC,
    body=Poll,
    returns=Standing,
    summary="Ask whether the code was approved; then the browser is signed in",
)
def poll_code(call: Call[Poll, None]) -> Standing | flask.Response:
    """How it stands, or the session."""
    verdict = call.services.accounts.codes.poll(
        call.body.secret,
        device_token=None,
        device=device_name(call.user_agent),
        address=call.address,
    )
    if isinstance(verdict, Waiting):
        return Standing("waiting")
    if isinstance(verdict, Over):
        return Standing("refused" if verdict.is_refused else "expired")
    return sign_in_answer(call, verdict, 201)


@api.route(
    "POST",
    "/api/sign-in-codes/look",
    access=Access.OWN_ACCOUNT,
    body=CodeWish,
    returns=ScreenShape,
    summary="Which screen asks by a code",
)
def look_at_code(call: Call[CodeWish, None]) -> ScreenShape:
    """What is about to be let in."""
    asked = call.services.accounts.codes.look(call.identity, call.body.code, address=call.address)
    return msgspec.convert(asked, ScreenShape, from_attributes=True)


@api.route(
    "POST",
    "/api/sign-in-codes/approve",
    access=Access.OWN_ACCOUNT,
    body=Approval,
    summary="Let the screen of a code in, as oneself",
)
def approve_code(call: Call[Approval, None]) -> None:
    """Approve."""
    codes = call.services.accounts.codes
    codes.approve(call.identity, call.body.code, is_shared=call.body.shared, address=call.address)


@api.route(
    "POST",
    "/api/sign-in-codes/refuse",
    access=Access.OWN_ACCOUNT,
    body=CodeWish,
    summary="Send the screen of a code away",
)
def refuse_code(call: Call[CodeWish, None]) -> None:
    """Refuse."""
    call.services.accounts.codes.refuse(call.identity, call.body.code, address=call.address)
