"""What people are told of on their devices, and the browsers that are told."""

from dataclasses import dataclass
from enum import StrEnum

from media_library.models.user import Role


class Topic(StrEnum):
    """What a message is about; each can be switched off for each browser."""

    DISC_DONE = "disc_done"
    DISC_NEEDS_YOU = "disc_needs_you"
    NEW_EPISODE = "new_episode"
    LANE_DIED = "lane_died"
    DISK_FULL = "disk_full"
    JOB_FAILED = "job_failed"


_HOUSE = frozenset({Role.ADMIN, Role.MEMBER})
_ADMIN = frozenset({Role.ADMIN})

MAY_HEAR: dict[Topic, frozenset[Role]] = {
    Topic.DISC_DONE: _HOUSE,
    Topic.DISC_NEEDS_YOU: _HOUSE,
    Topic.NEW_EPISODE: frozenset(Role),
    Topic.LANE_DIED: _ADMIN,
    Topic.DISK_FULL: _ADMIN,
    Topic.JOB_FAILED: _HOUSE,
}
"""Whose role may be told of a topic. Besides, nobody hears of an item that they may not see."""


def topics_for(role: Role) -> tuple[Topic, ...]:
    """The topics that a person of this role can choose from."""
    return tuple(topic for topic in Topic if role in MAY_HEAR[topic])


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What happened: the name of the thing, a sentence for people (English) where the topic alone does not say it.

    ``kind`` and ``count`` say what came of it and how many. ``media_id``: only who may see that item is told.
    ``user_id``: only this person and the admins are told; empty for the admins alone. ``page`` is a path of the web
    app; empty for the page of the item.
    """

    title: str = ""
    text: str = ""
    kind: str = ""
    count: int = 0
    media_id: str | None = None
    user_id: str | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What a browser shows. One with the same ``tag`` takes the place of the one before; ``url`` is a path."""

    topic: str
    title: str
    body: str
    url: str
    tag: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told. ``subject`` is unique in its topic; ``created_at`` is in milliseconds."""

    id: int
    topic: Topic
    subject: str
    facts: NoticeFacts
    created_at: int


@dataclass(frozen=True, slots=True)
class NewPush:
    """How a browser is reached, as it says: the address of its push service, its key and secret (base64url)."""

    endpoint: str
    p256dh: str
    auth: str
    device: str
    language: str


@dataclass(frozen=True, slots=True)
class PushSubscription:
    """A browser that is told of ``topics``. ``told`` is the last notice that was settled with it."""

    id: str
    user_id: str
    session_id: str | None
    endpoint: str
    p256dh: str
    auth: str
    device: str
    language: str
    topics: frozenset[Topic]
    told: int
    created_at: int
    failures: int
    retry_at: int
