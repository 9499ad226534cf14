"""A key with which a program, not a person, uses the HTTP API."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a key may do. The set is closed; no scope lets a key see or make keys."""

    READ = "read"
    MANAGE = "manage"
    RIP = "rip"
    METRICS = "metrics"


SCOPE_DESCRIPTIONS: dict[Scope, str] = {
    Scope.READ: "Browse, search and play what its owner may see",
    Scope.MANAGE: "Rip discs, edit, cancel and retry",
    Scope.RIP: "Claim and report rips as a disc monitor",
    Scope.METRICS: "Read the metrics",
}


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key of a person. ``prefix`` is the recognisable start of the secret, which is stored only as a hash."""

    id: str
    user_id: str
    user_epoch: int
    name: str
    prefix: str
    scopes: frozenset[Scope]
    created_at: int
    expires_at: int | None
    last_used_at: int | None
