"""Does the jobs of uploads: checks the bytes, tells what they are, and lets the right shelf take them.

The bytes stay in the folder of uploads, under the id of the upload, until they are in the library: whatever happens
before leaves them there, and what is refused stays there, out of the library, until it expires.
"""

import errno
import hashlib
import logging
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Protocol

from media_library.adapters import durable
from media_library.adapters.file_signature import HEAD_BYTES, FileForm, Signature, signature_of
from media_library.app_state import AppState
from media_library.content_downloader.upload.arrival import Arrival, NobodyCame, Waits
from media_library.content_downloader.work import Work
from media_library.errors import (
    Conflict,
    Forbidden,
    MediaLibraryError,
    NotFound,
    Stopped,
    StorageError,
    TransientFailure,
    VerificationFailed,
)
from media_library.models.job import JobStage
from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole
from media_library.models.library_job import ImportOrder
from media_library.models.media import Media
from media_library.models.upload import Upload, UploadState
from media_library.services.file_roles import Listing, RoleOf, roles_of
from media_library.services.media_root import MediaRoot
from media_library.services.uploads import hand_on, upload_file

log = logging.getLogger(__name__)

_BLOCK_BYTES = 1 << 20
_READ_PERCENT = 60.0
_MOST_BESIDE = 2_000
_STAGED = "file"
_MOST_ALIKE = 5
_BESIDE = frozenset({FileForm.SUBTITLE, FileForm.LYRICS, FileForm.NFO})
_HELD = {
    FileForm.VIDEO: frozenset({LibraryKind.MOVIES, LibraryKind.SHOWS, LibraryKind.VIDEOS, LibraryKind.HOME}),
    FileForm.AUDIO: frozenset({LibraryKind.MUSIC}),
    FileForm.BOOK: frozenset({LibraryKind.BOOKS}),
}
"""Which libraries hold what is an item by itself; texts and pictures may belong to any."""

_NO_HARD_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})


class Shelf(Protocol):
    """Takes what is of one form."""

    def take(self, arrival: Arrival) -> Media:
        """Put it into the library.

        Raises ``VerificationFailed`` for what is not what it seems, ``Waits`` for what needs another file first, and
        what ``Work.publish`` raises.
        """


class UploadImporter:
    """Does the jobs of uploads. ``beside`` takes what belongs to another file."""

    def __init__(
        self, state: AppState, media_root: MediaRoot, shelves: Mapping[FileForm, Shelf], beside: Shelf
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._shelves = shelves
        self._beside = beside

    def run(self, work: Work, stop: threading.Event) -> None:
        """Take the upload of a job into the library, or note why not."""
        order = work.job.order
        assert isinstance(order, ImportOrder)
        upload = self._state.upload(order.upload_id)
        if upload.state is not UploadState.DONE:
            upload = self._state.move_upload(upload.id, UploadState.CHECKING, job_id=work.job.id)
            try:
                self._finish(work, upload, self._take(work, upload, stop))
            except Waits as reason:
                self._state.move_upload(upload.id, UploadState.QUEUED, reason=str(reason))
            except (Stopped, TransientFailure):
                raise
            except StorageError as error:  # the drive was unplugged, or is full: later it may be there again
                raise TransientFailure(str(error)) from error
            except MediaLibraryError as error:
                work.check()  # of a cancelled job the reason would be a wrong one
                self._state.move_upload(upload.id, UploadState.FAILED, reason=str(error))
                self._wake(upload)
                raise

    def _take(self, work: Work, upload: Upload, stop: threading.Event) -> Media:
        published = self._state.media_of_job(work.job.id)
        if published:  # an earlier try was ended between the library and its note
            return self._state.media(published[0])
        source = upload_file(self._media_root, upload.id)
        _put_back(work.staging, source)  # an earlier try was ended where there are no hard links
        digest, head = self._read(work, upload, source)
        if upload.sha256 is not None and digest != upload.sha256:
            raise VerificationFailed("The file did not arrive as it was sent: its checksum differs. Send it again.")
        signature = signature_of(head)
        origins = (f"sha256:{digest}",)
        there = work.known(origins) or self._same(work, upload, digest)
        if there is not None:
            self._require_sight(upload, there)
        if there is not None and there.missing_since is None:
            if there.deleted_at is not None:
                raise Conflict("This file is in the bin already. Bring it back from there.")
            return there
        arrival = Arrival(
            work,
            stop,
            upload,
            _staged(source, work.staging / f"{_STAGED}{signature.suffix_for(upload.name)}"),
            signature,
            self._kind(upload, signature.form),
            self._role(upload, signature),
            origins,
            there,
        )
        is_beside = signature.form in _BESIDE or not arrival.is_main
        shelf = self._beside if is_beside else self._shelves.get(signature.form)
        try:
            if shelf is None:
                raise VerificationFailed("There is no shelf for files of this kind here.")
            return shelf.take(arrival)
        except NobodyCame:
            if signature.form is not FileForm.PICTURE:
                raise
            return self._shelves[signature.form].take(arrival)  # then it is a picture in its own right
        finally:
            _put_back(work.staging, source)

    def _same(self, work: Work, upload: Upload, digest: str) -> Media | None:
        """An item with the very same bytes that came by another way, such as from a folder."""
        for media_id in self._state.media_as_large(upload.size_bytes, _MOST_ALIKE):
            media = self._state.media(media_id)
            if media.file is None:
                continue
            found = hashlib.sha256()
            try:
                for block in _blocks(self._media_root.path(media.file.path)):
                    work.report(JobStage.VERIFY, _READ_PERCENT)
                    found.update(block)
            except (OSError, StorageError) as error:
                log.info("%s cannot be compared with an upload: %s", media.id, error)
                continue
            if found.hexdigest() == digest:
                self._state.remember_origins(media.id, [f"sha256:{digest}"])
                return media
        return None

    def _require_sight(self, upload: Upload, media: Media) -> None:
        """Whoever may not see an item is not told that it is there, and may not add to its library either."""
        granted = self._state.viewer(self._state.get_user(upload.user_id)).library_ids
        if granted is not None and media.library_id not in granted:
            raise Forbidden("You may not add to the library that this file belongs to. Ask an admin.")

    def _read(self, work: Work, upload: Upload, source: Path) -> tuple[str, bytes]:
        """The SHA-256 of a file and its beginning; raises ``VerificationFailed`` if bytes are missing."""
        digest, done, head = hashlib.sha256(), 0, b""
        try:
            for block in _blocks(source):
                work.report(JobStage.VERIFY, _READ_PERCENT * done / upload.size_bytes)
                digest.update(block)
                done += len(block)
                head = head or block[:HEAD_BYTES]
        except FileNotFoundError:
            self._media_root.require_online()
            done = -1
        if done != upload.size_bytes:
            raise VerificationFailed("What was sent is not all there any more. Send it again.")
        return digest.hexdigest(), head

    def _kind(self, upload: Upload, form: FileForm) -> LibraryKind:
        """The kind of the library that the sender chose, as far as it may hold such a file: else it tells nothing."""
        try:
            kind = LibraryKind.MIXED if upload.library_id is None else self._state.library(upload.library_id).kind
        except NotFound:
            return LibraryKind.MIXED
        return kind if kind in _HELD.get(form, LibraryKind) else LibraryKind.MIXED

    def _role(self, upload: Upload, signature: Signature) -> RoleOf:
        """What the file is among those that came out of the same folder, if a folder was dropped.

        Its own suffix is that of its content, so that no name makes a film of what is none.
        """
        name = PurePosixPath(upload.name)
        own = f"{name.stem}{signature.suffix_for(upload.name)}"
        beside = self._state.uploads_beside(upload, _MOST_BESIDE) if upload.folder or signature.form in _BESIDE else []
        files = {one.name: one.size_bytes for one in beside if one.folder == upload.folder}
        files.pop(upload.name, None)
        files[own] = upload.size_bytes
        listing = Listing(PurePosixPath(upload.folder or "."), tuple(files.items()))
        found = next(role for role in roles_of(listing, self._kind(upload, signature.form)) if role.name == own)
        if found.role is FileRole.OTHER and signature.form not in _BESIDE:
            return RoleOf(own, FileRole.MAIN)
        return found

    def _finish(self, work: Work, upload: Upload, media: Media) -> None:
        work.lead_to(media)
        self._state.move_upload(upload.id, UploadState.DONE, media_id=media.id)
        upload_file(self._media_root, upload.id).unlink(missing_ok=True)
        self._wake(upload)

    def _wake(self, upload: Upload) -> None:
        """Look again at what waited for others out of the same folder."""
        for other in self._state.uploads_beside(upload, _MOST_BESIDE):
            if other.state is UploadState.QUEUED and other.reason is not None:
                hand_on(self._state, other)


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while block := opened.read(_BLOCK_BYTES):
            yield block


def _staged(source: Path, target: Path) -> Path:
    """The file under a name in the staging folder, and under its own too where the file system has hard links."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise durable.storage_error(error) from error
        source.rename(target)
    return target


def _put_back(staging: Path, source: Path) -> None:
    """Where there are no hard links, what was not taken goes back to where it was."""
    if not source.exists():
        for staged in staging.glob(f"{_STAGED}.*"):
            staged.rename(source)
