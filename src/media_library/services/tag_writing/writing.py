"""The way of new tags into a file: copy, write, verify that the sound is the same, replace.

Until the last step the file is as it was, and that step is one rename. The item keeps its id; its row learns the new
size, time and inode.
"""

import os
import shutil
import stat
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from media_library.adapters import durable, ffmpeg
from media_library.adapters.audio_tags import WRITABLE, change_tags
from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.app_state import AppState
from media_library.constants import STAGING_FOLDER
from media_library.errors import Conflict, MediaLibraryError, StorageError, VerificationFailed
from media_library.models.library_file import FileState
from media_library.models.media import Media, MediaFile
from media_library.models.music import TrackFacts, TrackTags
from media_library.models.tool import ToolRun
from media_library.models.work import album_work_key
from media_library.repositories.base import new_id
from media_library.repositories.media_repo import album_key
from media_library.services.media_root import MediaRoot
from media_library.services.music_tags import tags_of
from media_library.services.tag_writing.plan import (
    TagPlan,
    as_written,
    differences,
    present_tags,
    wanted_tags,
)

Check = Callable[[], None]

_MARGIN_BYTES = 64 << 20


class TagWriting:
    """Shows and writes tags; safe to use from any thread."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def plans(self, media_ids: Sequence[str]) -> list[TagPlan]:
        """What would be written into the files of these tracks."""
        media = [self._state.media(media_id) for media_id in media_ids]
        with ExitStack() as stack:
            read = self._reader(stack, [place for one in media for place in self._folders(one, with_staging=False)])
            return [self._plan(one, read) for one in media]

    def write(self, media: Sequence[Media], who: str, check: Check) -> "dict[str, MediaLibraryError | None]":
        """Write the tags of tracks, one after the other; why one was not written, by its id.

        ``check`` is called often, and raises to break off between two files.
        """
        ended: dict[str, MediaLibraryError | None] = {}
        with ExitStack() as stack:
            read = self._reader(stack, [place for one in media for place in self._folders(one, with_staging=True)])
            for one in media:
                check()
                try:
                    self._write(one, who, read, check)
                    ended[one.id] = None
                except (VerificationFailed, StorageError, Conflict) as error:
                    ended[one.id] = error
                except MediaLibraryError as error:
                    check()  # whoever broke it off is not a failure of the file
                    ended[one.id] = error
        return ended

    def require_changeable(self, media: Media) -> None:
        """Raise ``Forbidden`` if nothing is changed in the folder of a track."""
        if media.file is not None:
            self._media_root.require_changeable(media.file.path)

    def _plan(self, media: Media, read: "Reader") -> TagPlan:
        stored = "" if media.file is None else media.file.path
        try:
            path = self._changeable(media)
            changes = differences(self._wanted(media), present_tags(read(path)))
        except MediaLibraryError as error:
            return TagPlan(media.id, stored, (), str(error))
        return TagPlan(media.id, stored, changes, None)

    def _write(self, media: Media, who: str, read: "Reader", check: Check) -> None:
        path, wanted = self._changeable(media), self._wanted(media)
        assert media.file is not None
        changes = {change.tag for change in differences(wanted, present_tags(read(path)))}
        if not changes:
            return
        gains = {name for name in wanted if name.endswith("_PEAK") and name.replace("_PEAK", "_GAIN") in changes}
        values = {name: wanted[name] for name in wanted if name in changes | gains}
        before = _facts(path)
        copy = self._copy_of(media.file.path, path, before)
        try:
            shutil.copyfile(path, copy)
            shutil.copystat(path, copy)
            sound = _followed(ffmpeg.sound_hash(path), check)
            change_tags(copy, media.file.container, as_written(values, media.file.container))
            self._verify(copy, sound, values, read, check)
            durable.flush(copy)
            if _identity(_facts(path)) != _identity(before):
                raise Conflict(f"{path.name} was changed by somebody else meanwhile. Nothing was written; try again.")
            copy.replace(path)
            durable.flush_folder(path.parent)
        except OSError as error:
            raise durable.storage_error(error) from error
        finally:
            copy.unlink(missing_ok=True)
        self._note(media, path, who, values)

    def _verify(
        self, copy: Path, sound: str, values: Mapping[str, tuple[str, ...]], read: "Reader", check: Check
    ) -> None:
        if _followed(ffmpeg.sound_hash(copy), check) != sound:
            raise VerificationFailed("The sound of the file would have been changed by its tags. Nothing was written.")
        left = differences(values, present_tags(read(copy)))
        if left:
            names = ", ".join(change.tag for change in left)
            raise VerificationFailed(f"The file does not keep these tags: {names}. Nothing was written.")

    def _note(self, media: Media, path: Path, who: str, values: Mapping[str, tuple[str, ...]]) -> None:
        assert media.file is not None
        facts, old = path.stat(), media.file
        file = MediaFile(old.path, facts.st_size, facts.st_mtime_ns, facts.st_ino, old.container, old.duration_ms)
        with self._state.transaction():
            self._state.move_media(media.id, file)
            self._state.keep_loudness(media.id, facts.st_mtime_ns)
            for known in self._state.files_at([old.path]):
                self._state.change_file(
                    known.id,
                    size_bytes=facts.st_size,
                    mtime_ns=facts.st_mtime_ns,
                    inode=facts.st_ino,
                    state=FileState.READY,
                )
            self._state.record_audit(who, "write_tags", media.id, f"{old.path}: {', '.join(sorted(values))}")

    def _wanted(self, media: Media) -> dict[str, tuple[str, ...]]:
        work = self._state.work(album_work_key(album_key(media.names) or ""))
        return wanted_tags(
            media,
            self._state.track_facts(media.id) or TrackFacts(),
            self._state.loudness_of([media.id]).get(media.id),
            isrc=self._state.isrc_of_track(media.id),
            first_date=None if work is None else work.facts.released_on,
        )

    def _changeable(self, media: Media) -> Path:
        """The file of a track; raises if it must not or cannot be changed."""
        if media.file is None:
            raise StorageError("There is no file.")
        self._media_root.require_changeable(media.file.path)
        if media.file.container not in WRITABLE:
            raise VerificationFailed(f"Tags cannot be written into files of the kind “{media.file.container}”.")
        path = self._media_root.path(media.file.path)
        try:
            facts = path.lstat()
        except OSError as error:
            raise StorageError(f"The file is not there: {error.strerror}. Scan its folder.") from error
        if not stat.S_ISREG(facts.st_mode):
            raise StorageError("The file is a link to another place. Its tags are not changed through it.")
        if not os.access(path, os.R_OK) or not os.access(path.parent, os.W_OK):
            raise StorageError("The program may not change this file. Check the permissions of it and of its folder.")
        return path

    def _copy_of(self, stored: str, path: Path, facts: os.stat_result) -> Path:
        """A place for the copy on the same volume, out of sight of scans, with room for it."""
        staging = self._staging(stored)
        try:
            folder = staging if staging.stat().st_dev == facts.st_dev else path.parent
            if shutil.disk_usage(folder).free < facts.st_size + _MARGIN_BYTES:
                raise StorageError(
                    "The volume of the file is too full to write its tags safely. Make room, then retry."
                )
        except OSError as error:
            raise durable.storage_error(error) from error
        return folder / f"{STAGING_FOLDER}-{new_id()}{path.suffix}"

    def _staging(self, stored: str) -> Path:
        """The folder for unfinished files beside the bin; created if need be."""
        staging = self._media_root.bin(stored).with_name("staging")
        try:
            staging.mkdir(exist_ok=True)
        except OSError as error:
            raise durable.storage_error(error) from error
        return staging

    def _folders(self, media: Media, *, with_staging: bool) -> list[Path]:
        """Where the file of a track and its copy lie; nowhere if it is offline or must not be changed."""
        if media.file is None:
            return []
        try:
            folder = self._media_root.path(media.file.path).parent
            if with_staging and not self._media_root.is_read_only(media.file.path):
                return [folder, self._staging(media.file.path)]
        except MediaLibraryError:  # it is said of each file when it is its turn
            return []
        return [folder]

    def _reader(self, stack: ExitStack, folders: Sequence[Path]) -> "Reader":
        """What reads the tags of files in these folders."""
        there = sorted({folder for folder in folders if folder.is_dir()})
        pool = stack.enter_context(ProbePool[str](there, children=1))

        def read(path: Path) -> TrackTags:
            found = next(
                (probed for _, probed in pool.probed([("", ProbeRequest(str(path)))], threading.Event())), None
            )
            if found is None or found.reason is not None:
                raise StorageError(found.reason if found is not None and found.reason else "The file cannot be read.")
            return tags_of(found.tags)

        return read


Reader = Callable[[Path], TrackTags]


def _facts(path: Path) -> os.stat_result:
    try:
        return path.lstat()
    except OSError as error:
        raise durable.storage_error(error) from error


def _identity(facts: os.stat_result) -> tuple[int, int, int]:
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def _followed(run: ToolRun[str], check: Check) -> str:
    """Let a program run to its end, unless ``check`` breaks it off."""
    try:
        while True:
            next(run)
            check()
    except StopIteration as end:
        result: str = end.value
        return result
    finally:
        run.close()
