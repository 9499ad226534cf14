"""What only somebody at the console may do with accounts: set a password, make a key."""

from collections.abc import Iterable

from media_library.app_state import AppState
from media_library.errors import NotFound
from media_library.models.api_key import Scope
from media_library.models.user import Role
from media_library.services.api_keys import ApiKeys
from media_library.services.passwords import Passwords
from media_library.services.usernames import require_username

_CONSOLE = "console"


def reset_password(state: AppState, username: str, password: str, *, passwords: Passwords | None = None) -> None:
    """Set somebody's password, whatever it was; the account is let in again, its sessions and keys end.

    If no admin is left, the person becomes one, with a new account if need be. Raises ``NotFound``, ``InvalidInput``.
    """
    password_hash = (passwords or Passwords()).hash_new(password, require_username(username))
    with state.transaction():
        found = state.find_user(username)
        no_admin = not any(user.role is Role.ADMIN and not user.disabled for user in state.list_users())
        if found is None and not no_admin:
            raise NotFound(f"There is no person with the name {username}.")
        user = found[0] if found else state.add_user(username, username, password_hash, Role.ADMIN)
        state.change_password(user.id, password_hash)
        state.forget_devices(user.id)
        if no_admin:
            state.restore_admin(user.id)
        elif user.disabled:
            state.disable_user(user.id, disabled=False)
        state.claim()
        state.record_audit(_CONSOLE, "reset_password", user.id, username)


def create_key_for(
    state: AppState,
    secret: bytes,
    username: str | None,
    name: str,
    scopes: Iterable[Scope],
    expires_in_days: int | None,
) -> str:
    """Make a key for a person, by default the first admin; returns its secret.

    Raises ``NotFound``, ``InvalidInput``, ``Forbidden`` for a scope beyond the person's role.
    """
    for user in state.list_users():
        wanted = user.role is Role.ADMIN if username is None else user.username == username
        if wanted and not user.disabled:
            return ApiKeys(state, secret).create_key_for(user, name, scopes, expires_in_days, actor=_CONSOLE)[1]
    if username is None:
        raise NotFound("This box belongs to nobody yet. Claim it first, in the browser.")
    raise NotFound(f"There is no person with the name {username}.")
