"""Keys with which a person's programs use the HTTP API."""

import unicodedata
from collections.abc import Iterable

from media_library.app_state import AppState
from media_library.errors import Conflict, Forbidden, InvalidInput, NotFound
from media_library.models.api_key import ApiKey, Scope
from media_library.models.identity import Identity
from media_library.models.user import Role, User
from media_library.repositories.base import now_ms
from media_library.services import tokens
from media_library.services.tokens import TokenKind

SCOPES_OF_ROLE: dict[Role, frozenset[Scope]] = {
    Role.ADMIN: frozenset(Scope),
    Role.MEMBER: frozenset({Scope.READ, Scope.MANAGE}),
    Role.KID: frozenset({Scope.READ}),
}
"""What a person may let a key do."""

_MAX_KEYS = 50
_MAX_NAME = 64
_MAX_DAYS = 3650
_PREFIX_CHARACTERS = 8
_MINUTE_MS = 60_000
_DAY_MS = 86_400_000


class ApiKeys:
    """Makes, lists, ends and recognises keys."""

    def __init__(self, state: AppState, secret: bytes) -> None:
        self._state = state
        self._secret = secret

    def create_key(
        self, identity: Identity, name: str, scopes: Iterable[Scope], expires_in_days: int | None
    ) -> tuple[ApiKey, str]:
        """Make a key for oneself; returns it with its secret, which is not kept.

        Raises ``Forbidden`` for a scope beyond one's role, and for a key that asks for another.
        """
        _require_person(identity)
        return self.create_key_for(identity.user, name, scopes, expires_in_days, actor=identity.user.username)

    def create_key_for(
        self, user: User, name: str, scopes: Iterable[Scope], expires_in_days: int | None, *, actor: str
    ) -> tuple[ApiKey, str]:
        """Make a key for ``user`` in the name of ``actor``."""
        wanted = frozenset(scopes)
        label = _require_name(name)
        if not wanted:
            raise InvalidInput("Choose at least one thing that the key may do.", "scopes")
        if wanted - SCOPES_OF_ROLE[user.role]:
            refused = ", ".join(sorted(wanted - SCOPES_OF_ROLE[user.role]))
            raise Forbidden(f"A key of {user.display_name} cannot have the scope {refused}.")
        if expires_in_days is not None and not 1 <= expires_in_days <= _MAX_DAYS:
            raise InvalidInput(f"A key lasts 1 to {_MAX_DAYS} days.", "expires_in_days")
        expires_at = None if expires_in_days is None else now_ms() + expires_in_days * _DAY_MS
        token = tokens.new_token(TokenKind.KEY)
        with self._state.transaction():
            self._state.forget_ended_api_keys()
            if len(self._living(user)) >= _MAX_KEYS:
                raise Conflict(f"Nobody needs more than {_MAX_KEYS} keys. Delete one that is not used.")
            key = self._state.add_api_key(
                self._hash(token), user, label, token[:_PREFIX_CHARACTERS], wanted, expires_at
            )
            self._state.record_audit(actor, "create_key", key.id, f"{', '.join(sorted(wanted))} for {user.username}")
        return key, token

    def list_keys(self, identity: Identity) -> list[ApiKey]:
        """One's own keys, newest first; those that a change of the account ended are not among them."""
        _require_person(identity)
        return self._living(identity.user)

    def delete_key(self, identity: Identity, key_id: str) -> None:
        """End one of one's own keys; raises ``NotFound``."""
        _require_person(identity)
        with self._state.transaction():
            self._state.delete_api_key(key_id, identity.user.id)
            self._state.record_audit(identity.user.username, "delete_key", key_id)

    def identify(self, token: str) -> Identity | None:
        """Whose key this is; notes its use, to the minute."""
        if not tokens.is_token(TokenKind.KEY, token):
            return None
        key = self._state.find_api_key(self._hash(token))
        if key is None:
            return None
        try:
            user = self._state.get_user(key.user_id)
        except NotFound:
            return None
        if user.epoch != key.user_epoch:
            return None  # the account changed since the key was found
        if now_ms() - (key.last_used_at or 0) > _MINUTE_MS:
            self._state.touch_api_key(key.id)
        return Identity(user, self._state.viewer(user), None, key)

    def _living(self, user: User) -> list[ApiKey]:
        return [key for key in self._state.list_api_keys(user.id) if key.user_epoch == user.epoch]

    def _hash(self, token: str) -> str:
        return tokens.token_hash(self._secret, TokenKind.KEY, token)


def _require_person(identity: Identity) -> None:
    if identity.key is not None:
        raise Forbidden("A key cannot see, make or change keys. Sign in with a browser.")


def _require_name(text: str) -> str:
    name = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(name) <= _MAX_NAME or not name.isprintable():
        raise InvalidInput(f"The name of a key has 1 to {_MAX_NAME} printable characters.", "name")
    return name
