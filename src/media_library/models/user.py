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
    every session, key and socket of the person must end. Times are milliseconds since the Unix epoch.
    """

    id: str
    username: str
    display_name: str
    role: Role
    disabled: bool
    all_libraries: bool
    epoch: int
    created_at: int


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose eyes a query looks through: the person and the libraries granted to them (``None`` = all)."""

    user_id: str
    library_ids: frozenset[str] | None
