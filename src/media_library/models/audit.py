"""An entry of the audit trail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to whom. ``digest`` chains the entry to the one before it (SHA-256, hexadecimal)."""

    id: int
    at: int
    actor: str
    action: str
    subject: str
    detail: str
    digest: str
