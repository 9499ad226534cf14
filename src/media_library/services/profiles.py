"""Who is watching: the profiles of a shared screen, what opens them, and how a browser becomes such a screen."""

from collections.abc import Callable

from media_library.app_state import AppState
from media_library.errors import Conflict, Forbidden, InvalidInput, NotFound, TooManyRequests
from media_library.models.identity import Identity, SignIn
from media_library.models.session import SharedScreen
from media_library.models.user import Role, User
from media_library.services.passwords import Passwords
from media_library.services.sessions import Sessions
from media_library.services.throttle import Credential, Throttle

SHORTEST_PIN, LONGEST_PIN = 4, 8

NoteRefusal = Callable[[str, str, str], None]
"""Writes a failed attempt to the audit trail: action, subject, address."""


class Profiles:
    """Lists and enters profiles. A PIN opens a profile on a shared screen and nothing else; it is never a password."""

    def __init__(
        self, state: AppState, passwords: Passwords, throttle: Throttle, sessions: Sessions, note_refusal: NoteRefusal
    ) -> None:
        self._state = state
        self._passwords = passwords
        self._throttle = throttle
        self._sessions = sessions
        self._note_refusal = note_refusal

    def list_profiles(self) -> list[User]:
        """Those who may be watching on a shared screen, in the order in which they came."""
        return [user for user in self._state.list_users() if user.on_shared_screens and not user.disabled]

    def enter(
        self,
        identity: Identity,
        user_id: str,
        *,
        pin: str | None,
        password: str | None,
        token: str | None,
        device_token: str | None,
        device: str,
        address: str,
    ) -> SignIn:
        """Go on as somebody else on a shared screen, in a fresh session; the one with ``token`` ends.

        The PIN opens a profile that has one. One of a kid without is open to everybody, any other asks for its
        password. Raises ``Conflict`` on a browser that is no shared screen, ``NotFound``, ``Forbidden`` for a wrong or
        missing proof, ``TooManyRequests``.
        """
        if not identity.is_shared or token is None:
            raise Conflict("This browser is not a shared screen. Make it one under Settings, Account.")
        user = next((one for one in self.list_profiles() if one.id == user_id), None)
        if user is None:
            raise NotFound("There is no such profile on this screen.")
        if user.id != identity.user.id or user.has_pin:
            self._require_proof(user, pin, password, address)
        with self._state.transaction():
            now = self._state.get_user(user.id)
            if now.epoch != user.epoch or now.disabled:
                raise Conflict("The profile was changed at this moment. Try again.")
            self._sessions.end_by_token(token)
            sign_in = self._sessions.start(
                now,
                device_token,
                device=device,
                address=address,
                is_shared=True,
                ask_after_minutes=None if identity.session is None else identity.session.ask_after_minutes,
            )
            self._state.record_audit(identity.user.username, "enter_profile", user.id, f"{device}, {address}")
        return sign_in

    def share_screen(
        self,
        identity: Identity,
        *,
        shared: bool,
        password: str | None,
        token: str | None,
        device_token: str | None,
        device: str,
        address: str,
    ) -> SignIn:
        """Make this browser a shared screen, or one of one's own again, for which the password is asked.

        It gets a fresh session. Raises ``Conflict`` where nobody is signed in, ``Forbidden`` for a wrong password.
        """
        session = identity.session
        if session is None or token is None:
            raise Conflict("Signing in is off here, so this browser cannot be a shared screen.")
        user = identity.user
        if session.is_shared and not shared:
            self._require_password(user, password or "", address)
        with self._state.transaction():
            now = self._state.get_user(user.id)
            if now.epoch != user.epoch:
                raise Conflict("The account was changed at this moment. Sign in again.")
            self._sessions.end_by_token(token)
            sign_in = self._sessions.start(
                now, None if shared else device_token, device=device, address=address, is_shared=shared
            )
            action = "share_screen" if shared else "unshare_screen"
            self._state.record_audit(user.username, action, sign_in.identity.user.id, f"{device}, {address}")
        return sign_in

    def asks_after(self, identity: Identity) -> int | None:
        """After how many minutes without a touch this browser asks who is watching, ``None`` for never."""
        return self._sessions.asks_after(identity.session)

    def touch_screen(self, identity: Identity) -> None:
        """Somebody touched this screen, or something plays on it."""
        self._sessions.touch_screen(identity.session)

    def list_screens(self) -> list[SharedScreen]:
        """The shared screens of the house, the one used last first."""
        return self._state.list_shared_screens()

    def let_screen_ask(self, actor: Identity, session_id: str, after_minutes: int | None) -> None:
        """Let a screen ask after so many minutes without a touch who is watching, 0 for never, ``None`` as the others.

        Raises ``NotFound``.
        """
        with self._state.transaction():
            self._state.let_screen_ask(session_id, after_minutes)
            self._state.record_audit(actor.user.username, "change_screen", session_id, f"{after_minutes} minutes")

    def change_own_pin(self, identity: Identity, pin: str | None, password: str, *, address: str) -> User:
        """Change or remove one's own PIN, for which the password is asked of who has one.

        Raises ``Forbidden`` if it is wrong, ``InvalidInput``, ``TooManyRequests``.
        """
        user = identity.user
        if self._state.password_hash(user.id):
            self._require_password(user, password, address)
        elif user.role is Role.KID:
            raise Forbidden("Your PIN is set by whoever runs this library.")
        pin_hash = self.pin_hash(pin)
        with self._state.transaction():
            user = self._state.change_pin(user.id, pin_hash)
            self._state.record_audit(user.username, "remove_pin" if pin is None else "change_pin", user.id)
        return user

    def pin_hash(self, pin: str | None) -> str | None:
        """What is stored of a PIN, hashed as passwords are. Raises ``InvalidInput`` for what is none."""
        return None if pin is None else self._passwords.hash(_checked(pin))

    def _require_proof(self, user: User, pin: str | None, password: str | None, address: str) -> None:
        if user.has_pin and pin is not None:
            self._require_pin(user, pin, address)
        elif password is not None:
            self._require_password(user, password, address)
        elif user.has_pin:
            raise Forbidden("This profile has a PIN. Enter it to go on.")
        elif user.role is not Role.KID:
            raise Forbidden("This profile has no PIN yet. Enter its password to go on.")

    def _require_pin(self, user: User, pin: str, address: str) -> None:
        # a shared screen is nobody's known browser, so that every guess is paid for by the profile too
        attempt = self._throttle.attempt(Credential.PIN, user.id, address)
        stored = self._state.pin_hash(user.id)
        try:
            right = self._passwords.is_right(pin, stored)
        except TooManyRequests:
            attempt.give_back()
            raise
        if not right:
            self._note_refusal("enter_profile_refused", user.username, address)
            raise Forbidden("This is not the PIN of this profile.")
        attempt.give_back()

    def _require_password(self, user: User, password: str, address: str) -> None:
        attempt = self._throttle.attempt(Credential.PASSWORD, user.username, address)
        stored = self._state.password_hash(user.id)
        try:
            right = self._passwords.is_right(password, stored or None)
        except TooManyRequests:
            attempt.give_back()
            raise
        if not right:
            self._note_refusal("enter_profile_refused", user.username, address)
            raise Forbidden("The password is not right.")
        attempt.give_back()


def _checked(pin: str) -> str:
    if not (pin.isascii() and pin.isdecimal() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise InvalidInput(f"A PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits.", "pin")
    return pin
