"""Random tokens that prove who asks, and the hashes under which they are remembered."""

import hmac
import re
import secrets
from enum import StrEnum
from pathlib import Path

from media_library.config import Settings
from media_library.errors import StartError
from media_library.services.private_file import read_private, write_private

_SECRET_BYTES = 32
_MIN_SECRET_CHARACTERS = 32
_MIN_DIFFERENT_CHARACTERS = 8
_TOKEN = re.compile(r"(ml[skdc])_[A-Za-z0-9_-]{43}")

_WELL_KNOWN = frozenset(
    {
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",  # the example of Flask's manual
        "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",  # the example of FastAPI's manual
        "your-256-bit-secret-your-256-bit-secret",
        "a-string-secret-at-least-256-bits-long",
        "your-secret-key-at-least-32-characters-long",
    }
)
_PLACEHOLDER = re.compile(r"big secret|change[-_ ]?me|replace[-_ ]?me|your[-_ ]secret|super[-_ ]?secret", re.IGNORECASE)


class TokenKind(StrEnum):
    """What a token is for; its value is the prefix by which people and secret scanners recognise it."""

    SESSION = "mls"
    KEY = "mlk"
    DEVICE = "mld"
    SIGN_IN = "mlc"


def new_token(kind: TokenKind) -> str:
    """A fresh token of 256 random bits, such as ``mls_4f0x…``."""
    return f"{kind}_{secrets.token_urlsafe(32)}"


def is_token(kind: TokenKind, text: str) -> bool:
    """Whether ``text`` has the form of a token of this kind."""
    match = _TOKEN.fullmatch(text)
    return match is not None and match[1] == kind


def token_hash(secret: bytes, kind: TokenKind, token: str) -> str:
    """HMAC-SHA256 over the kind and the token, hexadecimal: what is stored instead of the token.

    The kind is part of it, so that a token is worth nothing where another kind is asked for.
    """
    message = f"media-library {kind} token\0{token}".encode("utf-8", "surrogatepass")
    return hmac.digest(secret, message, "sha256").hex()


def secret_path(settings: Settings) -> Path:
    """Where the secret key lies when ``SECRET_KEY`` is not set."""
    return settings.data_directory / "secret.key"


def load_secret(settings: Settings, *, may_create: bool = True) -> bytes:
    """The key under which tokens are hashed: ``SECRET_KEY``, else ``secret.key``, made at the first start.

    Raises ``StartError`` if it is unreadable, readable by others, short or well known, or if it is gone although
    ``may_create`` is false because sessions and keys were already made with it.
    """
    if settings.secrets.secret_key:
        return _checked(settings.secrets.secret_key, "SECRET_KEY")
    path = secret_path(settings)
    if read_private(path) is None:
        if not may_create:
            raise StartError(
                f"{path} is gone, and without it nobody's sessions and API keys can be recognised. Put it back from a"
                " backup, or set SECRET_KEY to a new one (openssl rand -hex 32): everybody then signs in again and"
                " makes new keys."
            )
        write_private(path, secrets.token_hex(_SECRET_BYTES), replace=False)
    return _checked(read_private(path) or "", str(path))


def _checked(text: str, name: str) -> bytes:
    if len(text) < _MIN_SECRET_CHARACTERS or len(set(text)) < _MIN_DIFFERENT_CHARACTERS:
        raise StartError(f"{name} is too short to be secret. Use 64 random characters, made by: openssl rand -hex 32")
    if text.lower() in _WELL_KNOWN or _PLACEHOLDER.search(text):
        raise StartError(f"{name} is a well-known example. Use 64 random characters, made by: openssl rand -hex 32")
    return text.encode("utf-8", "surrogatepass")
