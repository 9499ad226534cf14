"""The accounts of the household, for admins."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from media_library.models.library import LibraryKind
from media_library.models.user import Role
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.services import Services
from media_library.services.users import AgeChange, NewUser, PinChange, UserChange, UserDetails

api = Api("users")


Age = Annotated[int, Meta(ge=0, le=21)]
Pin = Annotated[str, Meta(pattern="^[0-9]{4,8}(?![\\s\\S])")]
"""What opens a profile on a shared screen."""

Hue = Annotated[int, Meta(ge=0, le=359)]


class UserShape(msgspec.Struct, frozen=True):
    """An account as an admin sees it."""

    id: str
    username: str
    display_name: str
    role: Role
    disabled: bool
    all_libraries: bool
    library_ids: list[str]
    last_seen_at: int | None
    max_age: int | None
    sees_unrated: bool
    on_shared_screens: bool
    has_pin: bool
    has_picture: bool
    has_password: bool
    hue: int


class LibraryShape(msgspec.Struct, frozen=True):
    """A library that can be granted."""

    id: str
    name: str
    kind: LibraryKind


class UserList(msgspec.Struct, frozen=True):
    """Everybody, and the libraries that can be granted to them."""

    users: list[UserShape]
    libraries: list[LibraryShape]


class UserAnswer(msgspec.Struct, frozen=True):
    """One account."""

    user: UserShape


class NewUserBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account about to be made."""

    username: str
    role: Role
    password: str | UnsetType | None = UNSET
    display_name: str | UnsetType = UNSET
    all_libraries: bool | UnsetType = UNSET
    library_ids: list[str] | UnsetType = UNSET
    max_age: Age | UnsetType | None = UNSET
    sees_unrated: bool = False
    pin: Pin | UnsetType | None = UNSET


class UserChangeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change on an account."""

    display_name: str | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
    password: str | UnsetType = UNSET
    all_libraries: bool | UnsetType = UNSET
    library_ids: list[str] | UnsetType = UNSET
    max_age: Age | UnsetType | None = UNSET
    sees_unrated: bool | UnsetType = UNSET
    pin: Pin | UnsetType | None = UNSET
    on_shared_screens: bool | UnsetType = UNSET
    hue: Hue | UnsetType = UNSET


@api.route("GET", "/api/users", access=Access.ADMIN, returns=UserList, summary="Everybody in the household")
def list_users(call: Call[None, None]) -> UserList:
    """List the accounts."""
    users = call.services.accounts.users
    return UserList(
        [_user_shape(call.services, details) for details in users.list_users()],
        [LibraryShape(library.id, library.name, library.kind) for library in users.list_libraries()],
    )


@api.route(
    "POST",
    "/api/users",
    access=Access.ADMIN,
    body=NewUserBody,
    returns=UserAnswer,
    status=201,
    summary="Add somebody to the household",
)
def add_user(call: Call[NewUserBody, None]) -> UserAnswer:
    """Make an account."""
    body = call.body
    new = NewUser(
        body.username,
        None if body.password is UNSET else body.password,
        body.role,
        display_name=None if body.display_name is UNSET else body.display_name,
        all_libraries=None if body.all_libraries is UNSET else body.all_libraries,
        library_ids=None if body.library_ids is UNSET else body.library_ids,
        max_age=None if body.max_age is UNSET else body.max_age,
        sees_unrated=body.sees_unrated,
        pin=None if body.pin is UNSET else body.pin,
    )
    return UserAnswer(_user_shape(call.services, call.services.accounts.users.add_user(call.identity, new)))


@api.route(
    "PATCH",
    "/api/users/<user_id>",
    access=Access.ADMIN,
    body=UserChangeBody,
    returns=UserAnswer,
    summary="Change an account",
)
def change_user(call: Call[UserChangeBody, None], user_id: str) -> UserAnswer:
    """Change an account."""
    body = call.body
    change = UserChange(
        display_name=None if body.display_name is UNSET else body.display_name,
        role=None if body.role is UNSET else body.role,
        disabled=None if body.disabled is UNSET else body.disabled,
        password=None if body.password is UNSET else body.password,
        all_libraries=None if body.all_libraries is UNSET else body.all_libraries,
        library_ids=None if body.library_ids is UNSET else body.library_ids,
        age=None if body.max_age is UNSET else AgeChange(body.max_age),
        sees_unrated=None if body.sees_unrated is UNSET else body.sees_unrated,
        pin=None if body.pin is UNSET else PinChange(body.pin),
        on_shared_screens=None if body.on_shared_screens is UNSET else body.on_shared_screens,
        hue=None if body.hue is UNSET else body.hue,
    )
    return UserAnswer(
        _user_shape(call.services, call.services.accounts.users.change_user(call.identity, user_id, change))
    )


@api.route("DELETE", "/api/users/<user_id>", access=Access.ADMIN, summary="Remove an account")
def delete_user(call: Call[None, None], user_id: str) -> None:
    """Remove an account with its history."""
    call.services.accounts.users.delete_user(call.identity, user_id)


def _user_shape(services: Services, details: UserDetails) -> UserShape:
    user = details.user
    return UserShape(
        user.id,
        user.username,
        user.display_name,
        user.role,
        user.disabled,
        user.all_libraries,
        list(details.library_ids),
        details.last_seen_at,
        user.max_age,
        user.sees_unrated,
        user.on_shared_screens,
        user.has_pin,
        user.has_picture,
        services.accounts.has_password(user.id),
        user.hue,
    )
