"""Who is asking: claiming the box, signing in and out, one's own password and name."""

import threading
import time

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import ConfigError, Conflict, Forbidden, InvalidInput, TooManyRequests, Unauthenticated
from media_library.models.identity import Identity, SignIn
from media_library.models.session import Session
from media_library.models.user import Role, User
from media_library.services import setup_token
from media_library.services.api_keys import ApiKeys
from media_library.services.passwords import Passwords
from media_library.services.profiles import Profiles
from media_library.services.recovery import create_key_for, reset_password
from media_library.services.sessions import Sessions
from media_library.services.sign_in_codes import SignInCodes
from media_library.services.throttle import Attempt, Buckets, Credential, Rate, Throttle
from media_library.services.usernames import is_username, require_display_name, require_username
from media_library.services.users import Users

__all__ = ["Accounts", "Identity", "SignIn", "create_key_for", "reset_password"]

_NO_PASSWORD = ""
"""Stored for an account without a password: it is the hash of nothing."""

_REFUSALS_NOTED = Rate(60, 60)
"""How many failed attempts are written to the audit trail, so that nobody can fill the disk with them."""

_BOX = "box"
_STRANGER = "stranger"


class Accounts:
    """Knows people by what they show as proof. Safe to use from any thread.

    ``keys`` are the keys of their programs, ``users`` is what an admin does with accounts, ``profiles`` are those of
    shared screens, ``codes`` let screens in that have no keyboard.
    """

    def __init__(
        self,
        state: AppState,
        settings: Settings,
        secret: bytes,
        *,
        passwords: Passwords | None = None,
        throttle: Throttle | None = None,
    ) -> None:
        self._state = state
        self._settings = settings
        self._passwords = passwords or Passwords()
        self._throttle = throttle or Throttle()
        self._sessions = Sessions(state, settings, secret)
        self._refusals = Buckets(_REFUSALS_NOTED)
        self._refusals_lock = threading.Lock()
        self.keys = ApiKeys(state, secret)
        self.profiles = Profiles(state, self._passwords, self._throttle, self._sessions, self._note_refusal)
        self.codes = SignInCodes(state, secret, self._throttle, self._sessions)
        self.users = Users(state, self._passwords, self.profiles)

    def is_claimed(self) -> bool:
        """Whether the box belongs to somebody; once it does, it always will."""
        return self._state.is_claimed()

    def claim(self, token: str, username: str, password: str, *, address: str, device: str) -> SignIn:
        """Make the box yours with the token of its console: the first admin, signed in.

        Raises ``Conflict`` if it belongs to somebody, ``Forbidden`` for a wrong or old token, ``InvalidInput``,
        ``TooManyRequests``.
        """
        if self._state.is_claimed():
            raise _already_claimed()
        attempt = self._throttle.attempt(Credential.SETUP_TOKEN, _BOX, address)
        try:
            setup_token.require_token(self._settings, token)
        except Forbidden:
            self._note_refusal("claim_refused", _BOX, address)
            raise
        attempt.give_back()
        password_hash = self._passwords.hash_new(password, require_username(username))
        with self._state.transaction():
            user = self._add_first_admin(username, password_hash)
            sign_in = self._sessions.start(user, None, device=device, address=address)
            self._state.record_audit(username, "claim", user.id, f"{device}, {address}")
        setup_token.remove(self._settings)
        return sign_in

    def ensure_initial_admin(self) -> None:
        """While the box belongs to nobody, give it to ``INIT_ADMIN_USER``, if set.

        Where signing in is off, it goes to an admin without a password. Raises ``ConfigError``.
        """
        username, password = self._settings.secrets.init_admin_user, self._settings.secrets.init_admin_pass
        if self._state.is_claimed() or (not username and not password and self._settings.auth.enabled):
            return
        if bool(username) != bool(password):
            raise ConfigError("INIT_ADMIN_USER and INIT_ADMIN_PASS: set both, or none of them.")
        try:
            name = require_username(username or "admin")
            password_hash = self._passwords.hash_new(password, name) if password else _NO_PASSWORD
        except InvalidInput as error:
            culprit = "INIT_ADMIN_USER" if error.field == "username" else "INIT_ADMIN_PASS"
            raise ConfigError(f"{culprit}: {error}") from error
        with self._state.transaction():
            user = self._add_first_admin(name, password_hash)
            self._state.record_audit("console", "claim", user.id, "at start")
        setup_token.remove(self._settings)

    def sign_in(
        self,
        username: str,
        password: str,
        *,
        address: str,
        device_token: str | None,
        device: str,
        previous_token: str | None = None,
        is_shared: bool = False,
    ) -> SignIn:
        """A fresh session for whoever knows the password; ``previous_token``, the browser's session so far, ends.

        ``device`` is a readable name of the browser, ``device_token`` what an earlier sign-in gave it, ``is_shared``
        makes it a screen that several people watch. Raises ``Unauthenticated``, the same whatever was wrong, and
        ``TooManyRequests``.
        """
        found = self._state.find_user(username) if is_username(username) else None
        known = self._sessions.known_device(found[0], device_token) if found is not None else None
        attempt = self._throttle.attempt(Credential.PASSWORD, username[:64], address, device=known)
        stored = found[1] if found is not None and not found[0].disabled else None
        if not self._is_right(password, stored, attempt) or found is None:
            # a name that nobody has may be a password in the wrong field: it is not written down
            self._note_refusal("sign_in_refused", "nobody" if found is None else found[0].username, address)
            raise Unauthenticated("The name or the password is not right.")
        attempt.give_back()
        user, old_hash = found
        new_hash = self._passwords.hash(password) if self._passwords.is_outdated(old_hash) else None
        with self._state.transaction():
            if self._state.get_user(user.id).epoch != user.epoch:
                raise Unauthenticated("The account was changed at this moment. Sign in again.")
            if new_hash is not None:
                self._state.rehash_password(user.id, new_hash)
            if previous_token is not None:
                self._sessions.end_by_token(previous_token)
            sign_in = self._sessions.start(
                user, device_token if known else None, device=device, address=address, is_shared=is_shared
            )
            self._state.record_audit(username, "sign_in", user.id, f"{device}, {address}")
        return sign_in

    def has_password(self, user_id: str) -> bool:
        """Whether somebody can sign in as this person by a password at all."""
        return self._state.password_hash(user_id) != _NO_PASSWORD

    def sign_out(self, identity: Identity) -> None:
        """End the session of this browser."""
        if identity.session is not None:
            self.end_session(identity, identity.session.id)

    def identify_session(self, token: str, address: str) -> Identity | None:
        """Whose session this is, if it is alive."""
        return self._sessions.identify(token, address)

    def identify_key(self, token: str, address: str = "") -> Identity | None:
        """Whose key this is. Raises ``TooManyRequests`` for wrong key upon wrong key from one address."""
        identity = self.keys.identify(token)
        if identity is None:
            self._throttle.attempt(Credential.API_KEY, address, address)
        return identity

    def identify_local(self) -> Identity | None:
        """The first admin, where signing in is off; nobody where it is on."""
        return None if self._settings.auth.enabled else self.identify_console(None)

    def identify_console(self, username: str | None) -> Identity | None:
        """The person of this name, by default the first admin, for whoever sits at the box itself."""
        for user in self._state.list_users():
            is_meant = user.role is Role.ADMIN if username is None else user.username == username
            if is_meant and not user.disabled:
                return Identity(user, self._state.viewer(user), None, None)
        return None

    def rename(self, identity: Identity, display_name: str) -> User:
        """Change the name that others see of oneself. Raises ``InvalidInput``."""
        return self._state.rename_user(identity.user.id, require_display_name(display_name))

    def change_password(self, identity: Identity, current: str, new: str, *, address: str, device: str) -> SignIn:
        """Change one's own password: every session and key ends, and this browser gets a fresh session.

        Raises ``Forbidden`` if ``current`` is wrong, ``InvalidInput``, ``TooManyRequests``.
        """
        user = identity.user
        session = None if identity.session is None else identity.session.id
        attempt = self._throttle.attempt(Credential.PASSWORD, user.id, address, device=session)
        stored = self._state.password_hash(user.id)
        has_none = stored == _NO_PASSWORD and not self._settings.auth.enabled
        if not has_none and not self._is_right(current, stored, attempt):
            self._note_refusal("change_password_refused", user.username, address)
            raise Forbidden("The current password is not right.")
        attempt.give_back()
        try:
            new_hash = self._passwords.hash_new(new, user.username)
        except InvalidInput as error:
            raise InvalidInput(str(error), "new_password") from error
        with self._state.transaction():
            if self._state.get_user(user.id).epoch != user.epoch:
                raise Conflict("The account was changed at this moment. Sign in again.")
            changed = self._state.change_password(user.id, new_hash)
            self._state.forget_devices(user.id)
            sign_in = self._sessions.start(changed, None, device=device, address=address)
            self._state.record_audit(user.username, "change_password", user.id, f"{device}, {address}")
        return sign_in

    def list_sessions(self, identity: Identity) -> list[Session]:
        """The browsers that one is signed in with, the one used last first."""
        return self._state.list_sessions(identity.user)

    def end_session(self, identity: Identity, session_id: str) -> None:
        """Sign out one of one's own browsers, wherever it is; raises ``NotFound``."""
        with self._state.transaction():
            self._sessions.end(session_id, identity.user.id)
            self._state.record_audit(identity.user.username, "end_session", session_id)

    def _add_first_admin(self, username: str, password_hash: str) -> User:
        """Claim the box and add its admin; call it in a transaction. Raises ``Conflict``."""
        if not self._state.claim():
            raise _already_claimed()
        return self._state.add_user(username, username, password_hash, Role.ADMIN)

    def _is_right(self, password: str, stored: str | None, attempt: Attempt) -> bool:
        """Check a password; what could not be checked costs nothing."""
        try:
            return self._passwords.is_right(password, stored)
        except TooManyRequests:
            attempt.give_back()
            raise

    def _note_refusal(self, action: str, subject: str, address: str) -> None:
        now = time.monotonic()
        with self._refusals_lock:
            if self._refusals.wait(action, now) > 0:
                return
            self._refusals.take(action, now)
        self._state.record_audit(_STRANGER, action, subject, address)


def _already_claimed() -> Conflict:
    return Conflict("This box already belongs to somebody. Sign in instead.")
