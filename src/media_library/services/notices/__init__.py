"""Tells people on their devices what happened: each moment once, to those who may know of it."""

from media_library.services.notices.keys import find_push_key, push_key
from media_library.services.notices.moments import (
    disc_failed,
    disc_ripped,
    disc_unreadable,
    episode_arrived,
    job_failed,
)
from media_library.services.notices.subscriptions import Subscriptions
from media_library.services.notices.telling import Teller, push_contact
from media_library.services.notices.watching import HouseWatch

__all__ = [
    "HouseWatch",
    "Subscriptions",
    "Teller",
    "disc_failed",
    "disc_ripped",
    "disc_unreadable",
    "episode_arrived",
    "find_push_key",
    "job_failed",
    "push_contact",
    "push_key",
]
