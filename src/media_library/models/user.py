"""A person of the household and what they may see."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do: everything, use and feed the library, or only watch what was granted."""

    ADMIN = "admin"
    MEMBER = "member"
    KID = "kid"


@dataclass(frozen=True, slots=True)
class User:
    """One account.

    ``username`` is the normalised sign-in name, ``display_name`` what people see. ``epoch`` grows whenever
    every session, key and socket of the person must end. Times are milliseconds since the Unix epoch. ``max_age`` and
    ``sees_unrated`` are those of ``Viewer``; ``on_shared_screens`` puts the profile among those who may be watching.
    """

    id: str
    username: str
    display_name: str
    role: Role
    disabled: bool
    all_libraries: bool
    epoch: int
    created_at: int
    max_age: int | None = None
    sees_unrated: bool = False
    on_shared_screens: bool = True
    has_pin: bool = False
    has_picture: bool = False
    hue: int = 0


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose eyes a query looks through: the person and the libraries granted to them (``None`` = all).

    ``max_age`` is the age up to which films, episodes, extras and web videos may be rated (``None`` = no limit); with a
    limit, what has no rating is seen only by one who ``sees_unrated``.
    """

    user_id: str
    library_ids: frozenset[str] | None
    max_age: int | None = None
    sees_unrated: bool = False
