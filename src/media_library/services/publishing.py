"""Puts verified files into the library: flush, note the intent, rename, flush, row; never over another file.

A crash at any moment leaves either the file with its row, or an intent from which ``recover`` finds out what happened:
the inode of a file survives its rename. What has a folder of its own is renamed by that folder.
"""

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from media_library.adapters import durable
from media_library.app_state import AppState
from media_library.errors import Conflict
from media_library.models.job import RUNNING
from media_library.models.library import folder_of
from media_library.models.media import Media, MediaFile, NewMedia
from media_library.models.publication import Publication
from media_library.repositories.base import now_ms
from media_library.services.media_root import MediaRoot
from media_library.services.media_units import unit_of

log = logging.getLogger(__name__)

_REPLACED = "replaced"
_MOST_JOBS = 10_000


class Publishing:
    """The only way for a file into the library."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def publish(self, job_id: str, token: int, staged: Path, new: NewMedia) -> Media:
        """Move ``staged`` to ``new.file.path`` and put it into the library.

        If the same title of the same disc is there already, or ``new`` names an item that it replaces, that item keeps
        id, history and edits and gets the new file; the old one goes to the bin. Raises ``Conflict`` when the job no
        longer runs under ``token``, or the path or an origin was taken meanwhile, and ``StorageError``; the library is
        then as before.
        """
        stored = _file(new).path
        final = self._media_root.path(stored)
        top, _ = self._media_root.split(stored)
        created: list[Path] = []
        publication = near = None
        try:
            durable.flush(unit_of(new.media_type, staged))
            if folder_of(stored) is None:
                staged_path = self._media_root.relative(staged)
            else:
                staged_path = self._media_root.staging_beside(stored, f"{job_id}{staged.suffix}")
                near = self._media_root.path(staged_path)
                durable.double(staged, near)
                staged = near
            new = replace(new, file=_facts(staged, _file(new)))
            with self._state.transaction():
                self._state.require_running(job_id, token)
                publication = self._state.intend_publication(job_id, new.disc_title or 0, staged_path, new)
            unit = unit_of(new.media_type, final)
            created = durable.make_folders(unit.parent, top)
            self._rename(unit_of(new.media_type, staged), unit, self._earlier(new))
        except OSError as error:
            if publication is not None:
                self._state.settle_publication(publication.id)
            durable.remove_empty(created)
            if isinstance(error, FileExistsError):
                raise Conflict(f"{_file(new).path} is there already.") from error
            raise durable.storage_error(error) from error
        finally:
            if near is not None:
                near.unlink(missing_ok=True)  # in its place it has another name by now
        try:
            return self._enter(publication, lambda: self._state.require_running(job_id, token))
        except Conflict:
            durable.remove_empty(created)
            raise

    def recover(self) -> None:
        """Settle what a crash left: give a moved file its row, and remove what no job needs any more."""
        if not self._media_root.is_online():
            return
        for publication in self._state.open_publications():
            try:
                self._settle(publication)
            except Conflict:
                log.info("%s is in the library already", _file(publication.media).path)
        self.remove_left_overs()

    def remove_left_overs(self, *, unused_seconds: float = 0.0) -> None:
        """Remove the staging folders of jobs that neither run nor can be resumed, unused for so long."""
        needed = {job.id for job in self._state.list_jobs(RUNNING, _MOST_JOBS)} | self._state.content_jobs_waiting()
        for folder in self._media_root.staging_jobs():
            if folder.name not in needed and time.time() - folder.stat().st_mtime >= unused_seconds:
                remove(folder)

    def empty_replaced(self, before_ms: int) -> None:
        """Remove for good the files that were replaced by a new rip before a time."""
        if self._media_root.is_online():
            for file in self._media_root.bin().glob(f"*.{_REPLACED}.*"):
                moment = file.name.split(".")[1]
                if moment.isdigit() and int(moment) < before_ms:
                    durable.remove(file)

    def _rename(self, staged: Path, final: Path, earlier: Media | None) -> None:
        if earlier is not None and self._unit(earlier) == final and final.exists():
            durable.exchange(final, staged, self._kept(earlier))
        else:
            durable.move(staged, final)

    def _settle(self, publication: Publication) -> None:
        staged = self._media_root.path(publication.staged_path)
        file, media_type = _file(publication.media), publication.media.media_type
        final = self._media_root.path(file.path)
        if _is_the_file(final, file):
            log.info("%s was moved but not noted before the program ended; noted now", file.path)
            self._enter(publication, lambda: None)
            return
        earlier = self._earlier(publication.media)
        if _is_the_file(staged, file) and earlier is not None and not final.exists():
            # the old file already lies in the bin, so the new one must take its place
            durable.free_name(unit_of(media_type, final))
            durable.move(unit_of(media_type, staged), unit_of(media_type, final))
            self._enter(publication, lambda: None)
            return
        if staged.exists():
            durable.free_name(unit_of(media_type, final))
            if folder_of(publication.staged_path) is not None:
                staged.unlink()  # whoever sends it again brings it here again
        self._state.settle_publication(publication.id)

    def _enter(self, publication: Publication, require: Callable[[], None]) -> Media:
        """The row and the end of the intent, at once. If the job was cancelled meanwhile, the file goes again."""
        new, file = publication.media, _file(publication.media)
        final = self._media_root.path(file.path)
        try:
            with self._state.transaction():
                earlier = self._earlier(new)
                if earlier is None:
                    require()
                    media = self._state.add_media(new, publication.job_id)
                else:
                    media = self._state.replace_media_file(earlier.id, new, publication.job_id)
                self._state.settle_publication(publication.id)
        except Conflict:
            # a cancelled job leaves nothing; a file that somebody else noted in the library is theirs by now
            if not self._state.is_path_taken(file.path) and _is_the_file(final, file):
                durable.remove(unit_of(new.media_type, final))
            self._state.settle_publication(publication.id)
            raise
        if earlier is not None and earlier.file is not None and earlier.file.path != file.path:
            self._put_away(earlier)
        return media

    def _earlier(self, new: NewMedia) -> Media | None:
        """The item that gets the file: one that is named, or the one that an earlier rip of the same title made."""
        if new.replaces is not None:
            return self._state.media(new.replaces)
        if new.disc_id is None:
            return None
        found = self._state.media_of_disc(new.disc_id)
        return next((media for media in found if media.disc_title == new.disc_title), None)

    def _put_away(self, earlier: Media) -> None:
        old = self._unit(earlier)
        try:
            if old is not None and old.exists():
                durable.move(old, self._kept(earlier))
        except OSError as error:
            log.warning("%s stays beside its successor: %s", old, error)

    def _unit(self, media: Media) -> Path | None:
        return None if media.file is None else unit_of(media.media_type, self._media_root.path(media.file.path))

    def _kept(self, media: Media) -> Path:
        return self._media_root.bin() / f"{media.id}.{now_ms()}.{_REPLACED}{_suffix(media)}"


def remove(folder: Path) -> None:
    """Remove a staging folder with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        log.warning("%s could not be removed", folder)


def _file(new: NewMedia) -> MediaFile:
    assert new.file is not None, "what is published has a file"
    return new.file


def _suffix(media: Media) -> str:
    return "" if media.file is None else Path(media.file.path).suffix


def _facts(file: Path, named: MediaFile) -> MediaFile:
    status = file.stat()
    return replace(named, size_bytes=status.st_size, mtime_ns=status.st_mtime_ns, inode=status.st_ino)


def _is_the_file(path: Path, file: MediaFile) -> bool:
    """Whether the file that was meant lies at ``path``. Some file systems give a new inode with a new name."""
    try:
        status = path.stat(follow_symlinks=False)
    except OSError:
        return False
    return (
        status.st_size == file.size_bytes
        and file.size_bytes > 0
        and (status.st_ino == file.inode or status.st_mtime_ns == file.mtime_ns)
    )
