"""Signing in a screen without a keyboard: it shows a short code, which somebody approves on their phone.

The screen keeps a secret of 256 bits, by which alone it is let in; the code only says which screen is meant. This is
the device authorization grant of RFC 8628 in small.
"""

import secrets
from dataclasses import dataclass

from media_library.app_state import AppState
from media_library.errors import Forbidden, NotFound, TooManyRequests
from media_library.models.identity import Identity, SignIn
from media_library.models.sign_in_code import SignInCode
from media_library.repositories.base import now_ms
from media_library.services import tokens
from media_library.services.sessions import Sessions
from media_library.services.throttle import Credential, Throttle
from media_library.services.tokens import TokenKind

LETTERS = "346789ACDEFGHJKMNPQRTWXY"
"""What codes are made of: no two of these look alike, and no word comes of them."""

_LENGTH = 8
_LIFE_MS = 600_000
_OPEN_PER_ADDRESS = 5
_OPEN_IN_ALL = 200
_RETRY_SECONDS = 60
_UNKNOWN = "This code is not known. Look at the screen: it may show a new one by now."


@dataclass(frozen=True, slots=True)
class AskedCode:
    """What a screen gets to show, and to keep; ``expires_in`` is in seconds."""

    code: str
    secret: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nobody said anything yet."""


@dataclass(frozen=True, slots=True)
class Over:
    """It was refused, or nobody said anything in time."""

    is_refused: bool


class SignInCodes:
    """Hands out codes, takes answers, lets screens in. A code lasts ten minutes and is used once."""

    def __init__(self, state: AppState, secret: bytes, throttle: Throttle, sessions: Sessions) -> None:
        self._state = state
        self._secret = secret
        self._throttle = throttle
        self._sessions = sessions

    def ask(self, *, device: str, address: str) -> AskedCode:
        """A fresh code for the browser at ``address``. Raises ``TooManyRequests`` if too many wait already."""
        self._throttle.attempt(Credential.NEW_SIGN_IN_CODE, address, address)
        is_full = (
            self._state.count_sign_in_codes(address) >= _OPEN_PER_ADDRESS
            or self._state.count_sign_in_codes() >= _OPEN_IN_ALL
        )
        if is_full:
            raise TooManyRequests("Too many screens wait to be signed in. Try again in a few minutes.", _RETRY_SECONDS)
        code = "".join(secrets.choice(LETTERS) for _ in range(_LENGTH))
        secret = tokens.new_token(TokenKind.SIGN_IN)
        self._state.add_sign_in_code(self._hash(secret), self._hash(code), device, address, now_ms() + _LIFE_MS)
        return AskedCode(code, secret, _LIFE_MS // 1000)

    def poll(self, secret: str, *, device_token: str | None, device: str, address: str) -> SignIn | Waiting | Over:
        """How it stands for the browser that keeps ``secret``; once approved it is signed in, once.

        Raises ``TooManyRequests`` for guess upon guess.
        """
        digest = self._hash(secret)
        asked = self._state.asked_sign_in(digest) if tokens.is_token(TokenKind.SIGN_IN, secret) else None
        if asked is None:
            self._throttle.attempt(Credential.SIGN_IN_SECRET, address, address)
            return Over(is_refused=False)
        if asked.is_refused:
            self._state.end_sign_in_code(digest)
            return Over(is_refused=True)
        if asked.user_id is None:
            return Waiting()
        with self._state.transaction():
            if not self._state.end_sign_in_code(digest):
                return Over(is_refused=False)  # another poll was faster
            try:
                user = self._state.get_user(asked.user_id)
            except NotFound:
                return Over(is_refused=True)
            if user.disabled or user.epoch != asked.user_epoch:
                return Over(is_refused=True)  # who approved it may not be here any more
            sign_in = self._sessions.start(
                user, device_token, device=device, address=address, is_shared=asked.is_shared
            )
            kind = "shared screen" if asked.is_shared else "own browser"
            self._state.record_audit(user.username, "sign_in_by_code", user.id, f"{kind}: {device}, {address}")
        return sign_in

    def look(self, identity: Identity, code: str, *, address: str) -> SignInCode:
        """Which browser asks by this code. Raises ``NotFound``, and ``TooManyRequests`` for guess upon guess."""
        _require_browser(identity)
        attempt = self._throttle.attempt(Credential.SIGN_IN_CODE, identity.user.id, address)
        found = self._state.sign_in_code(self._hash(_plain(code)))
        if found is None:
            raise NotFound(_UNKNOWN)
        attempt.give_back()
        return found

    def approve(self, identity: Identity, code: str, *, is_shared: bool, address: str) -> None:
        """Let the browser of this code in as oneself. Raises as ``look``."""
        asked = self.look(identity, code, address=address)
        with self._state.transaction():
            self._state.approve_sign_in(self._hash(_plain(code)), identity.user, is_shared=is_shared)
            kind = "as a shared screen" if is_shared else "as an own browser"
            detail = f"{asked.device}, {asked.address} {kind}"
            self._state.record_audit(identity.user.username, "approve_sign_in", identity.user.id, detail)

    def refuse(self, identity: Identity, code: str, *, address: str) -> None:
        """Send the browser of this code away. Raises as ``look``."""
        asked = self.look(identity, code, address=address)
        with self._state.transaction():
            self._state.refuse_sign_in(self._hash(_plain(code)))
            detail = f"{asked.device}, {asked.address}"
            self._state.record_audit(identity.user.username, "refuse_sign_in", identity.user.id, detail)

    def _hash(self, text: str) -> str:
        return tokens.token_hash(self._secret, TokenKind.SIGN_IN, text)


def _require_browser(identity: Identity) -> None:
    """A program with a key lets nobody in, nor does who is not signed in at all."""
    if identity.session is None or identity.session.is_shared:
        raise Forbidden("Sign in with a browser of your own to let another one in.")


def _plain(code: str) -> str:
    """A code as it was made, however it was typed."""
    return "".join(char for char in code.upper() if char.isalnum())[:64]
