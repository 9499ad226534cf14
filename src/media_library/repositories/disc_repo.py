"""The discs that were seen, by the fingerprint of their content."""

import msgspec

from media_library.errors import NotFound
from media_library.events import JOBS_ROOM, DiscDetected
from media_library.models.disc import Disc, DiscContent, DiscNames, DiscTitle
from media_library.models.drive import DiscKind
from media_library.repositories.base import Repository, Row, new_id, now_ms

_COLUMNS = """
    id, fingerprint, kind, label, names, content, titles, review_reason, first_seen_at, last_seen_at, ripped_at
"""


class DiscRepo(Repository):
    """Reads and writes ``discs``."""

    def see_disc(self, fingerprint: str, kind: DiscKind, label: str, names: DiscNames) -> Disc:
        """Remember that a disc is here; what people said of it before stays."""
        now = now_ms()
        row = self._change_returning(
            f"""
            INSERT INTO discs (id, fingerprint, kind, label, names, first_seen_at, last_seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (fingerprint) DO UPDATE SET last_seen_at = excluded.last_seen_at
            RETURNING {_COLUMNS}
            """,
            (new_id(), fingerprint, kind, label, msgspec.json.encode(names).decode(), now, now),
        )
        assert row is not None
        return _disc(row)

    def get_disc(self, disc_id: str) -> Disc:
        """The disc; raises ``NotFound``."""
        row = self._row(f"SELECT {_COLUMNS} FROM discs WHERE id = ?", (disc_id,))
        if row is None:
            raise NotFound("There is no such disc.")
        return _disc(row)

    def recent_discs(self, limit: int) -> list[Disc]:
        """The discs that were seen last."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM discs ORDER BY last_seen_at DESC, id LIMIT ?", (limit,))
        return [_disc(row) for row in rows]

    def plan_disc(
        self, disc_id: str, content: DiscContent, titles: tuple[DiscTitle, ...], review_reason: str | None
    ) -> None:
        """Remember what is on a disc and what will be ripped from it."""
        self._change(
            "UPDATE discs SET content = ?, titles = ?, review_reason = ? WHERE id = ?",
            (content, msgspec.json.encode(titles).decode(), review_reason, disc_id),
        )
        self._announce_disc(disc_id)

    def name_disc(self, disc_id: str, names: DiscNames) -> None:
        """Change what a disc is called."""
        self._change("UPDATE discs SET names = ? WHERE id = ?", (msgspec.json.encode(names).decode(), disc_id))
        self._announce_disc(disc_id)

    def mark_disc_ripped(self, disc_id: str) -> None:
        """Remember that a disc was ripped, so that it is not ripped again by itself."""
        self._change("UPDATE discs SET ripped_at = ? WHERE id = ?", (now_ms(), disc_id))

    def discs_of_show(self, title: str, season: int) -> list[Disc]:
        """The ripped discs of one season of a show, by their number."""
        rows = self._rows(
            f"""
            SELECT {_COLUMNS} FROM discs
            WHERE ripped_at IS NOT NULL AND names ->> 'title' = ? AND coalesce(names ->> 'season', 1) = ?
            ORDER BY names ->> 'disc_number'
            """,
            (title, season),
        )
        return [_disc(row) for row in rows]

    def _announce_disc(self, disc_id: str) -> None:
        row = self._row("SELECT id FROM drives WHERE disc_id = ? LIMIT 1", (disc_id,))
        if row is not None:
            self.broadcast(DiscDetected(str(row[0]), disc_id), JOBS_ROOM)


def _disc(row: Row) -> Disc:
    (
        disc_id,
        fingerprint,
        kind,
        label,
        names,
        content,
        titles,
        review_reason,
        first_seen,
        last_seen,
        ripped_at,
    ) = row
    return Disc(
        str(disc_id),
        str(fingerprint),
        DiscKind(str(kind)),
        str(label),
        msgspec.json.decode(str(names), type=DiscNames),
        None if content is None else DiscContent(str(content)),
        msgspec.json.decode(str(titles), type=tuple[DiscTitle, ...]),
        None if review_reason is None else str(review_reason),
        int(first_seen or 0),
        int(last_seen or 0),
        None if ripped_at is None else int(ripped_at),
    )
