"""A signed-in browser."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser; the token itself is only known to it, we keep its hash.

    ``id`` is a public handle for listing and revoking, never a credential. Times are milliseconds. One that
    ``is_shared`` is that of a screen which several people watch: ``touched_at`` it was touched, or something played
    on it, and ``ask_after_minutes`` (0: never) without that it asks again who is watching, ``None`` for as the
    household says.
    """

    id: str
    user_id: str
    user_epoch: int
    created_at: int
    last_seen_at: int
    expires_at: int
    device: str
    address: str
    is_shared: bool = False
    touched_at: int = 0
    ask_after_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class SharedScreen:
    """A screen that several people watch, and the name of who is there or was last."""

    session: Session
    user_name: str
