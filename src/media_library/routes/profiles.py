"""Who is watching: profiles on shared screens, and what people make of their own."""

from typing import Annotated

import flask
from msgspec import UNSET, Meta, UnsetType

from media_library.models.user import Role, User
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.people import SignedIn, person_shape, sign_in_answer
from media_library.routes.shapes import IdleMinutes, Shape
from media_library.services.devices import device_name

api = Api("profiles")

Pin = Annotated[str, Meta(pattern="^[0-9]{4,8}(?![\\s\\S])")]
"""What opens a profile on a shared screen."""

Secret = Annotated[str, Meta(max_length=2048)]


class ProfileShape(Shape):
    """A profile as everybody before a shared screen sees it."""

    id: str
    name: str
    hue: int
    has_picture: bool
    has_pin: bool
    is_kid: bool


class ProfileList(Shape):
    """Those who may be watching, and whether this browser is a screen that asks."""

    profiles: tuple[ProfileShape, ...]
    shared: bool


class Entry(Shape):
    """What opens a profile: its PIN, or its password if it has none; nothing for a kid without."""

    pin: Pin | UnsetType = UNSET
    password: Secret | UnsetType = UNSET


class OwnProfile(Shape):
    """Another colour of one's own, a hue from 0 to 359."""

    hue: Annotated[int, Meta(ge=0, le=359)] | UnsetType = UNSET


class PinWish(Shape):
    """Another PIN, or none, and the password of one's own."""

    pin: Pin | None
    password: Secret = ""


class ScreenWish(Shape):
    """Whether this browser is a shared screen; for one that is none any more, the password of who is here."""

    shared: bool
    password: Secret = ""


class SharedScreenShape(Shape):
    """A shared screen: who is there or was last; ``ask_after_minutes`` is ``None`` for as the household says."""

    id: str
    device: str
    address: str
    user: str
    last_seen_at: int
    ask_after_minutes: int | None


class ScreenList(Shape):
    """The shared screens, the one used last first."""

    screens: tuple[SharedScreenShape, ...]


class ScreenEdit(Shape):
    """After how many minutes without a touch it asks who is watching: 0 never, ``None`` as the household says."""

    ask_after_minutes: IdleMinutes | None


@api.route("GET", "/api/profiles", access=Access.CHOOSE, returns=ProfileList, summary="Who may be watching here")
def list_profiles(call: Call[None, None]) -> ProfileList:
    """The profiles, for a shared screen; any other browser learns of nobody else."""
    if not call.identity.is_shared:
        return ProfileList((_profile_shape(call.identity.user),), shared=False)
    profiles = call.services.accounts.profiles.list_profiles()
    return ProfileList(tuple(_profile_shape(user) for user in profiles), shared=True)


@api.route(
    "POST",
    "/api/profiles/<user_id>/enter",
    access=Access.CHOOSE,
    body=Entry,
    returns=SignedIn,
    summary="Go on as somebody else on a shared screen",
)
def enter_profile(call: Call[Entry, None], user_id: str) -> flask.Response:
    """A fresh session as that person."""
    gatekeeper, body = call.services.gatekeeper, call.body
    fresh = call.services.accounts.profiles.enter(
        call.identity,
        user_id,
        pin=None if body.pin is UNSET else body.pin,
        password=None if body.password is UNSET else body.password,
        token=gatekeeper.session_token(call.request),
        device_token=gatekeeper.device_token(call.request),
        device=device_name(call.user_agent),
        address=call.address,
    )
    return sign_in_answer(call, fresh, 200)


@api.route(
    "PATCH",
    "/api/me/profile",
    access=Access.OWN_ACCOUNT,
    body=OwnProfile,
    returns=SignedIn,
    summary="Change the colour of one's profile",
)
def change_profile(call: Call[OwnProfile, None]) -> SignedIn:
    """Change what is shown of oneself."""
    user = call.identity.user
    if call.body.hue is not UNSET:
        user = call.services.state.colour_user(user.id, call.body.hue)
    return SignedIn(person_shape(call.services, user), call.identity.is_shared)


@api.route("PUT", "/api/me/pin", access=Access.OWN_ACCOUNT, body=PinWish, returns=SignedIn, summary="Change one's PIN")
def change_pin(call: Call[PinWish, None]) -> SignedIn:
    """Change or remove what opens one's profile on shared screens."""
    user = call.services.accounts.profiles.change_own_pin(
        call.identity, call.body.pin, call.body.password, address=call.address
    )
    return SignedIn(person_shape(call.services, user), call.identity.is_shared)


@api.route(
    "PUT",
    "/api/me/screen",
    access=Access.HERE,
    body=ScreenWish,
    returns=SignedIn,
    summary="Make this browser a shared screen, or one's own again",
)
def share_screen(call: Call[ScreenWish, None]) -> flask.Response:
    """A fresh session of the other kind."""
    gatekeeper = call.services.gatekeeper
    fresh = call.services.accounts.profiles.share_screen(
        call.identity,
        shared=call.body.shared,
        password=call.body.password,
        token=gatekeeper.session_token(call.request),
        device_token=gatekeeper.device_token(call.request),
        device=device_name(call.user_agent),
        address=call.address,
    )
    return sign_in_answer(call, fresh, 200)


@api.route(
    "POST",
    "/api/me/screen/touch",
    access=Access.HERE,
    status=204,
    summary="Somebody touched this shared screen, or something plays on it",
)
def touch_screen(call: Call[None, None]) -> None:
    call.services.accounts.profiles.touch_screen(call.identity)


@api.route("GET", "/api/screens", access=Access.ADMIN, returns=ScreenList, summary="The shared screens")
def list_screens(call: Call[None, None]) -> ScreenList:
    screens = call.services.accounts.profiles.list_screens()
    return ScreenList(
        tuple(
            SharedScreenShape(
                one.session.id,
                one.session.device,
                one.session.address,
                one.user_name,
                one.session.last_seen_at,
                one.session.ask_after_minutes,
            )
            for one in screens
        )
    )


@api.route(
    "PATCH",
    "/api/screens/<screen_id>",
    access=Access.ADMIN,
    body=ScreenEdit,
    status=204,
    summary="Say when a shared screen asks who is watching",
)
def change_screen(call: Call[ScreenEdit, None], screen_id: str) -> None:
    call.services.accounts.profiles.let_screen_ask(call.identity, screen_id, call.body.ask_after_minutes)


def _profile_shape(user: User) -> ProfileShape:
    return ProfileShape(
        user.id, user.display_name, user.hue, user.has_picture, user.has_pin, is_kid=user.role is Role.KID
    )
