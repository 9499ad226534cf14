"""The audit trail: append-only, each entry chained to the one before it by its digest."""

import hashlib
import json

from media_library.models.audit import AuditEntry
from media_library.repositories.base import Repository, Row, now_ms

_COLUMNS = "id, at, actor, action, subject, detail, digest"
_START = "0" * 64


class AuditRepo(Repository):
    """Reads and appends to ``audit``."""

    def record_audit(self, actor: str, action: str, subject: str, detail: str = "") -> None:
        """Append who did what to whom; never a secret."""
        with self.transaction():
            last = self._row("SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1")
            number, previous = (int(last[0] or 0) + 1, str(last[1])) if last else (1, _START)
            at = now_ms()
            digest = _digest(previous, number, at, actor, action, subject, detail)
            self._change(
                f"INSERT INTO audit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, at, actor, action, subject, detail, digest),
            )

    def list_audit(self, limit: int) -> list[AuditEntry]:
        """The newest entries first."""
        return [_entry(row) for row in self._rows(f"SELECT {_COLUMNS} FROM audit ORDER BY id DESC LIMIT ?", (limit,))]

    def first_broken_audit_entry(self) -> int | None:
        """The number of the first entry that was changed, removed or inserted afterwards; ``None`` if all are whole."""
        previous, expected = _START, 1
        for row in self._rows(f"SELECT {_COLUMNS} FROM audit ORDER BY id"):
            entry = _entry(row)
            if entry.id != expected:
                return expected
            if entry.digest != _digest(
                previous, entry.id, entry.at, entry.actor, entry.action, entry.subject, entry.detail
            ):
                return entry.id
            previous, expected = entry.digest, expected + 1
        return None


def _digest(previous: str, number: int, at: int, actor: str, action: str, subject: str, detail: str) -> str:
    chained = json.dumps([previous, number, at, actor, action, subject, detail], ensure_ascii=True)
    return hashlib.sha256(chained.encode()).hexdigest()


def _entry(row: Row) -> AuditEntry:
    number, at, actor, action, subject, detail, digest = row
    return AuditEntry(int(number or 0), int(at or 0), str(actor), str(action), str(subject), str(detail), str(digest))
