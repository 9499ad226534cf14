"""A screen that asks to be signed in by a short code."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInCode:
    """Which browser asks, from where, until when (milliseconds), and what became of it.

    ``user_id`` is who approved it, at the ``user_epoch`` of theirs; ``is_shared`` if it is to be a shared screen.
    """

    device: str
    address: str
    expires_at: int
    user_id: str | None
    user_epoch: int | None
    is_shared: bool
    is_refused: bool
