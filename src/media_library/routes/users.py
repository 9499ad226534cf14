"""The accounts of the household, for admins."""

import msgspec
from msgspec import UNSET, UnsetType

from media_library.models.library import LibraryKind
from media_library.models.user import Role
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.services.users import NewUser, UserChange, UserDetails

api = Api("users")


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
    password: str
    role: Role
    display_name: str | UnsetType = UNSET
    all_libraries: bool | UnsetType = UNSET
    library_ids: list[str] | UnsetType = UNSET


class UserChangeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change on an account."""

    display_name: str | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
    password: str | UnsetType = UNSET
    all_libraries: bool | UnsetType = UNSET
    library_ids: list[str] | UnsetType = UNSET


@api.route("GET", "/api/users", access=Access.ADMIN, returns=UserList, summary="Everybody in the household")
def list_users(call: Call[None, None]) -> UserList:
    """List the accounts."""
    users = call.services.accounts.users
    return UserList(
        [_user_shape(details) for details in users.list_users()],
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
        body.password,
        body.role,
        display_name=None if body.display_name is UNSET else body.display_name,
        all_libraries=None if body.all_libraries is UNSET else body.all_libraries,
        library_ids=None if body.library_ids is UNSET else body.library_ids,
    )
    return UserAnswer(_user_shape(call.services.accounts.users.add_user(call.identity, new)))


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
    )
    return UserAnswer(_user_shape(call.services.accounts.users.change_user(call.identity, user_id, change)))


@api.route("DELETE", "/api/users/<user_id>", access=Access.ADMIN, summary="Remove an account")
def delete_user(call: Call[None, None], user_id: str) -> None:
    """Remove an account with its history."""
    call.services.accounts.users.delete_user(call.identity, user_id)


def _user_shape(details: UserDetails) -> UserShape:
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
    )
