"""Uploads: how much of each is here, and where it stands."""

import json

from media_library.errors import Conflict, NotFound
from media_library.events import UploadUpdated, user_room
from media_library.models.upload import LEGAL_PREDECESSORS, UNDER_WAY, NewUpload, Upload, UploadState, UploadTotals
from media_library.repositories.base import Repository, Row, new_id, now_ms

_COLUMNS = """
    id, user_id, name, folder, library_id, size_bytes, received_bytes, sha256, state, reason, media_id, job_id,
    created_at, updated_at, expires_at
"""
_UNDER_WAY = json.dumps(sorted(UNDER_WAY))


class UploadRepo(Repository):
    """Reads and writes ``uploads``."""

    def add_upload(self, new: NewUpload, expires_at: int) -> Upload:
        """Begin an upload, of which nothing is here yet."""
        now, upload_id = now_ms(), new_id()
        with self.transaction():
            self._change(
                """
                INSERT INTO uploads (
                    id, user_id, library_id, name, folder, size_bytes, sha256, state, created_at, updated_at, expires_at
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                (
                    upload_id,
                    new.user_id,
                    new.library_id,
                    new.name,
                    new.folder,
                    new.size_bytes,
                    new.sha256,
                    UploadState.RECEIVING,
                    now,
                    now,
                    expires_at,
                ),
            )
            return self._upload_announced(upload_id)

    def upload(self, upload_id: str) -> Upload:
        """An upload, seen by the program itself; raises ``NotFound``."""
        row = self._row(f"SELECT {_COLUMNS} FROM uploads WHERE id = ?", (upload_id,))
        if row is None:
            raise NotFound("There is no such upload. It may have been given up.")
        return _upload(row)

    def upload_of(self, user_id: str, upload_id: str) -> Upload:
        """An upload of a person; raises ``NotFound``, also for one of somebody else."""
        upload = self.upload(upload_id)
        if upload.user_id != user_id:
            raise NotFound("There is no such upload. It may have been given up.")
        return upload

    def uploads_of(self, user_id: str, limit: int) -> list[Upload]:
        """The uploads of a person: what is under way first, then the newest."""
        rows = self._rows(
            f"""
            SELECT {_COLUMNS} FROM uploads WHERE user_id = ?
            ORDER BY state NOT IN (SELECT value FROM json_each(?)), created_at DESC, rowid DESC
            LIMIT ?
            """,
            (user_id, _UNDER_WAY, limit),
        )
        return [_upload(row) for row in rows]

    def uploads_beside(self, upload: Upload, limit: int) -> list[Upload]:
        """The other uploads out of the same dropped folder, those above and below it included, newest first."""
        top = upload.folder.partition("/")[0]
        rows = self._rows(
            f"""
            SELECT {_COLUMNS} FROM uploads
            WHERE user_id = ? AND id <> ? AND (folder = ? OR substr(folder, 1, length(?) + 1) = ? || '/')
            ORDER BY created_at DESC, rowid DESC LIMIT ?
            """,
            (upload.user_id, upload.id, top, top, top, limit),
        )
        return [_upload(row) for row in rows]

    def upload_totals(self, user_id: str) -> UploadTotals:
        """What a person has under way or could not bring in, and so lies on the disk or will."""
        row = self._row(
            "SELECT count(*), coalesce(sum(size_bytes), 0) FROM uploads WHERE user_id = ? AND state <> ?",
            (user_id, UploadState.DONE),
        )
        assert row is not None
        return UploadTotals(int(row[0] or 0), int(row[1] or 0))

    def upload_bytes_to_come(self, since_ms: int) -> int:
        """How many bytes the uploads of everybody still lack of which something came since a time."""
        row = self._row(
            "SELECT coalesce(sum(size_bytes - received_bytes), 0) FROM uploads WHERE state = ? AND updated_at >= ?",
            (UploadState.RECEIVING, since_ms),
        )
        return 0 if row is None else int(row[0] or 0)

    def advance_upload(self, upload_id: str, received_bytes: int, expires_at: int) -> None:
        """So many bytes are on the medium; raises ``Conflict`` if the upload is no longer received."""
        changed = self._change(
            "UPDATE uploads SET received_bytes = ?, updated_at = ?, expires_at = ? WHERE id = ? AND state = ?",
            (received_bytes, now_ms(), expires_at, upload_id, UploadState.RECEIVING),
        )
        if not changed:
            raise Conflict("This upload was given up or is complete.")

    def move_upload(
        self,
        upload_id: str,
        state: UploadState,
        *,
        reason: str | None = None,
        media_id: str | None = None,
        job_id: str | None = None,
    ) -> Upload:
        """Move an upload into a state; raises ``Conflict`` where that is not legal. What is not named stays."""
        before = json.dumps(sorted(LEGAL_PREDECESSORS[state]))
        with self.transaction():
            changed = self._change(
                """
                UPDATE uploads
                SET state = ?, reason = ?, media_id = coalesce(?, media_id), job_id = coalesce(?, job_id),
                    updated_at = ?
                WHERE id = ? AND state IN (SELECT value FROM json_each(?))
                """,
                (state, reason, media_id, job_id, now_ms(), upload_id, before),
            )
            if not changed:
                raise Conflict("This upload is not in a state in which this is possible.")
            return self._upload_announced(upload_id)

    def uploads_expired(self, now: int) -> list[Upload]:
        """What may be forgotten: nothing came for long, or it is long over. What is being looked into stays."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM uploads WHERE expires_at <= ? AND state <> ?", (now, UploadState.CHECKING)
        )
        return [_upload(row) for row in rows]

    def uploads_stranded(self, before_ms: int) -> list[Upload]:
        """What nobody looks after since a time: complete and not handed on, or left by a job that is over.

        What waits for something has a reason, and is not stranded.
        """
        rows = self._rows(
            f"""
            SELECT {_COLUMNS} FROM uploads
            WHERE updated_at < ? AND reason IS NULL AND (
                state = 'receiving' AND received_bytes = size_bytes
                OR state IN ('queued', 'checking')
                    AND job_id IN (SELECT id FROM jobs WHERE status IN ('done', 'failed', 'cancelled'))
            )
            """,
            (before_ms,),
        )
        return [_upload(row) for row in rows]

    def uploads_waiting(self, before_ms: int) -> list[Upload]:
        """What has waited for another file since a time."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM uploads WHERE updated_at < ? AND state = 'queued' AND reason IS NOT NULL",
            (before_ms,),
        )
        return [_upload(row) for row in rows]

    def remove_upload(self, upload: Upload) -> bool:
        """Forget an upload; false if it changed since it was read."""
        with self.transaction():
            changed = self._change(
                "DELETE FROM uploads WHERE id = ? AND state = ? AND expires_at = ?",
                (upload.id, upload.state, upload.expires_at),
            )
            if changed:
                self.broadcast(UploadUpdated(upload.id), user_room(upload.user_id))
            return bool(changed)

    def remove_uploads_done(self, user_id: str) -> None:
        """Forget the uploads of a person that are in the library."""
        self._change("DELETE FROM uploads WHERE user_id = ? AND state = ?", (user_id, UploadState.DONE))

    def media_as_large(self, size_bytes: int, limit: int) -> list[str]:
        """The ids of items whose file has exactly so many bytes: an upload may be one of them."""
        rows = self._rows(
            """
            SELECT id FROM media WHERE size_bytes = ? AND path IS NOT NULL AND deleted_at IS NULL
            ORDER BY rid LIMIT ?
            """,
            (size_bytes, limit),
        )
        return [str(row[0]) for row in rows]

    def uploads_kept(self) -> frozenset[str]:
        """The ids of all uploads; a file of any other is a left-over."""
        return frozenset(str(row[0]) for row in self._rows("SELECT id FROM uploads"))

    def _upload_announced(self, upload_id: str) -> Upload:
        upload = self.upload(upload_id)
        self.broadcast(UploadUpdated(upload_id), user_room(upload.user_id))
        return upload


def _upload(row: Row) -> Upload:
    upload_id, user_id, name, folder, library_id, size, received, sha256, state, reason, media_id, job_id = row[:12]
    created_at, updated_at, expires_at = row[12:]
    return Upload(
        str(upload_id),
        str(user_id),
        str(name),
        str(folder),
        _text(library_id),
        int(size or 0),
        int(received or 0),
        _text(sha256),
        UploadState(str(state)),
        _text(reason),
        _text(media_id),
        _text(job_id),
        int(created_at or 0),
        int(updated_at or 0),
        int(expires_at or 0),
    )


def _text(value: str | int | float | bytes | None) -> str | None:
    return None if value is None else str(value)
