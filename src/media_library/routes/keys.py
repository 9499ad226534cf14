"""The keys of one's own programs."""

import msgspec

from media_library.models.api_key import SCOPE_DESCRIPTIONS, ApiKey, Scope
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.services.api_keys import SCOPES_OF_ROLE

api = Api("keys")


class KeyShape(msgspec.Struct, frozen=True):
    """A key without its secret."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: int
    last_used_at: int | None
    expires_at: int | None
    prefix: str


class ScopeShape(msgspec.Struct, frozen=True):
    """Something that a key may be allowed to do."""

    scope: Scope
    description: str


class KeyList(msgspec.Struct, frozen=True):
    """One's own keys, and what a new one may be allowed to do."""

    keys: list[KeyShape]
    scopes: list[ScopeShape]


class NewKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key about to be made; without days it does not expire."""

    name: str
    scopes: list[Scope]
    expires_in_days: int | None = None


class CreatedKey(msgspec.Struct, frozen=True):
    """A fresh key with its secret, which is never shown again."""

    key: KeyShape
    secret: str


@api.route("GET", "/api/keys", access=Access.OWN_ACCOUNT, returns=KeyList, summary="One's own API keys")
def list_keys(call: Call[None, None]) -> KeyList:
    """List one's own keys."""
    allowed = SCOPES_OF_ROLE[call.identity.user.role]
    return KeyList(
        [_key_shape(key) for key in call.services.accounts.keys.list_keys(call.identity)],
        [ScopeShape(scope, text) for scope, text in SCOPE_DESCRIPTIONS.items() if scope in allowed],
    )


@api.route(
    "POST",
    "/api/keys",
    access=Access.OWN_ACCOUNT,
    body=NewKey,
    returns=CreatedKey,
    status=201,
    summary="Make an API key; its secret is shown once",
)
def create_key(call: Call[NewKey, None]) -> CreatedKey:
    """Make a key for oneself."""
    key, secret = call.services.accounts.keys.create_key(
        call.identity, call.body.name, call.body.scopes, call.body.expires_in_days
    )
    return CreatedKey(_key_shape(key), secret)


@api.route("DELETE", "/api/keys/<key_id>", access=Access.OWN_ACCOUNT, summary="End an API key")
def delete_key(call: Call[None, None], key_id: str) -> None:
    """End one of one's own keys."""
    call.services.accounts.keys.delete_key(call.identity, key_id)


def _key_shape(key: ApiKey) -> KeyShape:
    return KeyShape(key.id, key.name, sorted(key.scopes), key.created_at, key.last_used_at, key.expires_at, key.prefix)
