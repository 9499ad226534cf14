"""The desk where files are brought: begins uploads, takes their parts, hands them on when they are complete."""

import logging
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters import durable
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.constants import STAGING_FOLDER
from media_library.errors import Conflict, Forbidden, InvalidInput, StorageError, TooLarge
from media_library.models.identity import Identity
from media_library.models.library_job import ImportOrder
from media_library.models.upload import NewUpload, Upload, UploadState
from media_library.repositories.base import now_ms
from media_library.services.media_root import MediaRoot
from media_library.services.uploads.destinations import Destinations
from media_library.services.uploads.part import FULL, Part, Rules, write_part
from media_library.services.uploads.refusal import Refusal, UploadRefused
from media_library.services.uploads.seats import Seats

log = logging.getLogger(__name__)

CHUNK_BYTES = 50 << 20
"""The most that one request may carry: a tunnel lets through 100 MB."""

_FOLDER = "uploads"
_KEPT_MS = 7 * 86_400_000
_RESERVED_MS = 3_600_000
_MOST_FILES = 5_000
_MOST_LISTED = 500
_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person may send now, in bytes."""

    max_bytes: int
    chunk_bytes: int
    free_bytes: int
    quota_left_bytes: int


def upload_file(media_root: MediaRoot, upload_id: str) -> Path:
    """Where the bytes of an upload lie, on the volume of the library."""
    return media_root.folder / STAGING_FOLDER / _FOLDER / upload_id


def hand_on(state: AppState, upload: Upload) -> Upload:
    """Queue the job that looks into an upload that is complete, or that waited for another."""
    with state.transaction():
        job = state.queue_content(
            ImportOrder(upload.id),
            title=upload.name,
            origin=f"upload:{upload.id}",
            requested_by=upload.user_id,
        )
        return state.move_upload(upload.id, UploadState.QUEUED, job_id=job.id)


class Uploads:
    """Resumable uploads, each bound to the person who began it. Safe to use from any thread of the web process.

    ``destinations`` are the libraries to which they go.
    """

    def __init__(self, settings: Settings, state: AppState, media_root: MediaRoot) -> None:
        self._settings = settings.uploads
        self._state = state
        self._media_root = media_root
        self._seats = Seats()
        self.destinations = Destinations(state, media_root)

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self._settings.max_upload_size_mb * _MB

    def begin(self, actor: Identity, new: NewUpload) -> Upload:
        """Begin an upload, once it is sure that it may come and has room.

        Raises ``Forbidden`` also for a read-only library, ``NotFound`` for one that is not for this person,
        ``InvalidInput``, ``TooLarge``, ``UploadRefused`` and ``StorageError``.
        """
        self._require_enabled()
        if new.library_id is not None:
            self.destinations.of_library(actor.viewer, new.library_id)
        if new.size_bytes == 0:
            raise InvalidInput("The file is empty, so it was not taken. Choose another one.")
        if new.size_bytes > self.most_bytes:
            raise TooLarge(
                f"The file is larger than {self._settings.max_upload_size_mb:,} MB, which is the limit here."
            )
        self._media_root.require_writable()
        with self._state.transaction():
            # two that begin at the same moment must not both get the last room
            self._require_quota(new)
            self._require_room(new.size_bytes + self._to_come())
            upload = self._state.add_upload(new, now_ms() + _KEPT_MS)
            file = upload_file(self._media_root, upload.id)
            try:
                durable.make_folders(file.parent, self._media_root.folder)
                file.touch(mode=0o600, exist_ok=False)
                durable.flush_folder(file.parent)
            except OSError as error:
                raise durable.storage_error(error) from error
        return upload

    def look(self, actor: Identity, upload_id: str) -> Upload:
        """An upload with what is here for good of it; raises ``NotFound`` and ``UploadRefused``."""
        self._seats.settle(upload_id)
        upload = self._own(actor, upload_id)
        if upload.state is UploadState.RECEIVING and upload.is_complete and not self._seats.is_taken(upload_id):
            return hand_on(self._state, upload)  # the program ended between the last byte and this
        return upload

    def receive(self, actor: Identity, upload_id: str, part: Part) -> Upload:
        """Take a part; with the last one the upload waits for its turn to be looked into.

        Raises ``NotFound``, ``Conflict``, ``TooLarge``, ``InvalidInput``, ``UploadRefused`` and ``StorageError``.
        """
        self._require_enabled()
        if part.length is not None and part.length > CHUNK_BYTES:
            raise TooLarge(
                f"One request may carry {CHUNK_BYTES // _MB} MB. Send the file in smaller parts, one after the other."
            )
        self._own(actor, upload_id)
        self._media_root.require_online()
        with self._seats.take(upload_id, part.connection) as seat:
            upload = self._own(actor, upload_id)
            if upload.state is not UploadState.RECEIVING:
                raise Conflict("This upload is complete already.")
            if part.offset != upload.received_bytes:
                raise UploadRefused(
                    Refusal.MISPLACED,
                    f"This part does not begin where the upload stands, at byte {upload.received_bytes}.",
                    offset=upload.received_bytes,
                )
            rest = upload.size_bytes - upload.received_bytes
            if part.length is not None and part.length > rest:
                raise TooLarge("This part reaches beyond the end that the file was said to have.")
            self._require_room(min(rest, part.length or 0))

            def keep(length: int) -> None:
                self._state.advance_upload(upload.id, length, now_ms() + _KEPT_MS)

            rules = Rules(min(rest, CHUNK_BYTES), self._require_room, keep)
            length = write_part(upload_file(self._media_root, upload.id), part, rules, seat)
            return hand_on(self._state, upload) if length == upload.size_bytes else self._state.upload(upload.id)

    def give_up(self, actor: Identity, upload_id: str) -> None:
        """Forget an upload and what is here of it; raises ``NotFound``, and ``Conflict`` while it is looked into."""
        self._seats.settle(upload_id)
        upload = self._state.upload_of(actor.user.id, upload_id)
        if upload.state is UploadState.CHECKING or self._seats.is_taken(upload_id):
            raise Conflict("This upload is at work just now. Pause it, or wait until it is over.")
        if upload.job_id is not None and upload.state is UploadState.QUEUED:
            try:
                self._state.cancel_job(upload.job_id)
            except Conflict:
                log.info("The job of upload %s is over already", upload.id)
        if self._state.remove_upload(upload) and upload.state is not UploadState.DONE:
            upload_file(self._media_root, upload.id).unlink(missing_ok=True)

    def list(self, actor: Identity) -> list[Upload]:
        """The uploads of a person: what is under way first, then the newest."""
        return self._state.uploads_of(actor.user.id, _MOST_LISTED)

    def forget_done(self, actor: Identity) -> None:
        """Forget those uploads of a person that are in the library."""
        self._state.remove_uploads_done(actor.user.id)

    def limits(self, actor: Identity) -> Limits:
        """What a person may send now: nothing while the media folder is offline."""
        used = self._state.upload_totals(actor.user.id).size_bytes
        try:
            free, _ = self._media_root.space()
            room = max(0, free - self._media_root.reserve_bytes() - self._to_come())
        except StorageError:
            room = 0
        return Limits(self.most_bytes, CHUNK_BYTES, room, max(0, self._quota_bytes - used))

    @property
    def _quota_bytes(self) -> int:
        return self._settings.user_quota_mb * _MB

    def _own(self, actor: Identity, upload_id: str) -> Upload:
        """An upload of this person with what is really there of it."""
        upload = self._state.upload_of(actor.user.id, upload_id)
        if upload.state is not UploadState.RECEIVING:
            return upload
        if upload.expires_at <= now_ms():
            raise UploadRefused(Refusal.EXPIRED, "Nothing came for a week, so this upload was given up. Begin it anew.")
        self._media_root.require_online()
        try:
            there = upload_file(self._media_root, upload.id).stat().st_size
        except FileNotFoundError as error:
            raise UploadRefused(Refusal.EXPIRED, "What was sent is no longer there. Begin this upload anew.") from error
        if there >= upload.received_bytes:
            return upload
        self._state.advance_upload(upload.id, there, upload.expires_at)
        return self._state.upload(upload.id)

    def _require_enabled(self) -> None:
        if not self._settings.enabled:
            raise Forbidden("Uploads are switched off in the settings of this appliance (uploads.enabled).")

    def _require_quota(self, new: NewUpload) -> None:
        totals = self._state.upload_totals(new.user_id)
        if totals.count >= _MOST_FILES:
            raise UploadRefused(
                Refusal.TOO_MANY, f"You have {totals.count:,} uploads under way. Wait until some are done."
            )
        left = self._quota_bytes - totals.size_bytes
        if new.size_bytes > left:
            raise UploadRefused(
                Refusal.TOO_LARGE,
                f"You may have {self._settings.user_quota_mb:,} MB under way at once, and {max(0, left) // _MB:,} MB of"
                " it are left. Wait until other uploads are done, or give some up.",
            )

    def _require_room(self, size_bytes: int) -> None:
        free, _ = self._media_root.space()
        if free - size_bytes < self._media_root.reserve_bytes():
            raise UploadRefused(Refusal.NO_ROOM, FULL)

    def _to_come(self) -> int:
        """What others were promised; whoever has sent nothing for an hour has to ask again."""
        return self._state.upload_bytes_to_come(now_ms() - _RESERVED_MS)
