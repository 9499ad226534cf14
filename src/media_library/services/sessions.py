"""Signed-in browsers: what they hold, how long it lasts, and which of them a person used before."""

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import NotFound
from media_library.events import SessionEnded, user_room
from media_library.models.identity import Identity, SignIn
from media_library.models.session import Session
from media_library.models.user import User
from media_library.repositories.base import now_ms
from media_library.services import tokens
from media_library.services.tokens import TokenKind

_HOUR_MS = 3_600_000
_MINUTE_MS = 60_000
_TOUCH_MS = 15_000
_LONGEST_MS = 90 * 24 * _HOUR_MS
_MAX_SESSIONS = 100


class Sessions:
    """Starts, recognises and ends sessions. One ends when unused for ``auth.session_hours``, or after 90 days."""

    def __init__(self, state: AppState, settings: Settings, secret: bytes) -> None:
        self._state = state
        self._idle_ms = round(settings.auth.session_hours * _HOUR_MS)
        self._secret = secret

    def start(
        self,
        user: User,
        known_device: str | None,
        *,
        device: str,
        address: str,
        is_shared: bool = False,
        ask_after_minutes: int | None = None,
    ) -> SignIn:
        """A fresh session. ``known_device`` is the token of a browser that is known already, else it gets one.

        A shared screen is not known as the browser of anybody: whoever sits before it may be somebody else.
        """
        session_token = tokens.new_token(TokenKind.SESSION)
        device_token = (None if is_shared else known_device) or tokens.new_token(TokenKind.DEVICE)
        now = now_ms()
        with self._state.transaction():
            for old in self._state.list_sessions(user)[_MAX_SESSIONS - 1 :]:
                self._state.end_session(old.id, user.id)
            session = self._state.add_session(
                self._hash(TokenKind.SESSION, session_token),
                user,
                self._end(now),
                device,
                address,
                is_shared=is_shared,
                ask_after_minutes=ask_after_minutes,
            )
            if not is_shared:
                self._state.remember_device(self._hash(TokenKind.DEVICE, device_token), user.id)
        identity = Identity(user, self._state.viewer(user), session, None)
        return SignIn(identity, session_token, device_token, now + _LONGEST_MS)

    def identify(self, token: str, address: str) -> Identity | None:
        """Whose session this is, if it is alive; notes its use, to the minute, which moves its end."""
        session = self._find(token)
        if session is None:
            return None
        try:
            user = self._state.get_user(session.user_id)
        except NotFound:
            return None
        if user.epoch != session.user_epoch:
            return None  # the account changed since the session was found
        if now_ms() - session.last_seen_at >= _MINUTE_MS:
            self._state.touch_session(session.id, self._end(session.created_at), address)
        return Identity(user, self._state.viewer(user), session, None, self._has_lapsed(session))

    def asks_after(self, session: Session | None) -> int | None:
        """After how many minutes without a touch a browser asks who is watching, ``None`` for never."""
        if session is None or not session.is_shared:
            return None
        minutes = session.ask_after_minutes
        return (self._state.screen_preferences().ask_after_minutes if minutes is None else minutes) or None

    def touch_screen(self, session: Session | None) -> None:
        """Note that somebody is before a shared screen; any other browser needs no touch."""
        if session is not None and session.is_shared and now_ms() - session.touched_at >= _TOUCH_MS:
            self._state.touch_screen(session.id)

    def end(self, session_id: str, user_id: str) -> None:
        """End one session of this person; its sockets close. Raises ``NotFound``."""
        with self._state.transaction():
            self._state.end_session(session_id, user_id)
            self._state.broadcast(SessionEnded(), user_room(user_id))

    def end_by_token(self, token: str) -> None:
        """End the session of this token, if it has one."""
        session = self._find(token)
        if session is not None:
            self.end(session.id, session.user_id)

    def known_device(self, user: User, token: str | None) -> str | None:
        """A handle of the browser with this device token, if ``user`` signed in with it before."""
        if token is None or not tokens.is_token(TokenKind.DEVICE, token):
            return None
        token_hash = self._hash(TokenKind.DEVICE, token)
        return token_hash if self._state.is_known_device(token_hash, user.id) else None

    def _has_lapsed(self, session: Session) -> bool:
        minutes = self.asks_after(session)
        return minutes is not None and now_ms() - session.touched_at > minutes * _MINUTE_MS

    def _end(self, created_at: int) -> int:
        return min(now_ms() + self._idle_ms, created_at + _LONGEST_MS)

    def _find(self, token: str) -> Session | None:
        if not tokens.is_token(TokenKind.SESSION, token):
            return None
        return self._state.find_session(self._hash(TokenKind.SESSION, token))

    def _hash(self, kind: TokenKind, token: str) -> str:
        return tokens.token_hash(self._secret, kind, token)
