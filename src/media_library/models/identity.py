"""Who asks, and by what proof."""

from dataclasses import dataclass

from media_library.models.api_key import ApiKey
from media_library.models.session import Session
from media_library.models.user import User, Viewer


@dataclass(frozen=True, slots=True)
class Identity:
    """A person, known by a session (a browser) or by a key (a program); by neither where signing in is off.

    ``is_lapsed`` on a shared screen that nobody touched for long: it is not known who is there by now.
    """

    user: User
    viewer: Viewer
    session: Session | None
    key: ApiKey | None
    is_lapsed: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether the browser is a screen that several people watch, where nobody is known by a password."""
        return self.session is not None and self.session.is_shared


@dataclass(frozen=True, slots=True)
class SignIn:
    """A fresh session. The tokens are for the browser alone, to be kept until ``expires_at`` (milliseconds)."""

    identity: Identity
    session_token: str
    device_token: str
    expires_at: int
