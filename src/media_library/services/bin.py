"""Takes media out of the library so that it can be brought back: the file lies in the bin, the row says so.

The row is marked first. A crash in between leaves a file that nobody lists and that ``settle`` moves later; the other
order would leave an item that cannot be played. On the way back the file goes first, for the same reason.
"""

import logging
from collections.abc import Iterable
from pathlib import Path

from media_library.adapters import durable
from media_library.app_state import AppState
from media_library.errors import Conflict, MediaLibraryError, NotFound, StorageError
from media_library.models.identity import Identity
from media_library.models.library import folder_of
from media_library.models.media import Media, MediaType
from media_library.repositories.base import now_ms
from media_library.services.media_root import MediaRoot
from media_library.services.media_units import subtitles_of, unit_of

log = logging.getLogger(__name__)

KEPT_DAYS = 30
"""How long something lies in the bin before it goes for ever."""

_DAY_MS = 86_400_000


class Bin:
    """The bin below the media folder."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def throw_away(self, actor: Identity, media_id: str) -> None:
        """Put an item into the bin; raises ``NotFound``, and ``StorageError`` if its file cannot be moved."""
        self._put_away(self._state.media_for(actor.viewer, media_id), actor.user.username)

    def let_go(self, media_id: str, rule: str) -> None:
        """Put an item into the bin by a rule that somebody made, such as to keep the last ten; raises alike."""
        self._put_away(self._state.media(media_id), f"rule {rule}")

    def restore(self, actor: Identity, media_id: str) -> Media:
        """Bring an item back to where it was; nothing is overwritten.

        Raises ``NotFound`` if it is not in the bin, ``Conflict`` if another file has its place or its own is gone, and
        ``StorageError``.
        """
        media = self._state.media(media_id)
        granted = actor.viewer.library_ids
        if media.deleted_at is None or (granted is not None and media.library_id not in granted):
            raise NotFound("There is no such item in the bin.")
        if self._is_ours(media):
            if folder_of(_subject(media)) is None:
                self._media_root.require_writable()
            binned = self._binned(media)
            place = unit_of(media.media_type, self._media_root.path(_subject(media)))
            _forget_placeholder(binned)
            if binned.exists():
                self._move(binned, place)
                self._move_subtitles(binned, place)
            elif not place.exists():
                raise Conflict("The file of this item is gone for good.")
        elif media.file is None and media.media_type is MediaType.PODCAST:
            raise NotFound("The file of this episode was removed. Fetch it again from its podcast.")
        with self._state.transaction():
            restored = self._state.unbin_media(media.id)
            self._state.record_audit(actor.user.username, "restore_media", media.id, _subject(media))
        return restored

    def empty_old(self) -> None:
        """Remove for good what has been in the bin for as long as things are kept."""
        for media in self._state.media_in_bin(now_ms() - KEPT_DAYS * _DAY_MS):
            self._forget(media)

    def empty(self, actor: Identity, media_ids: Iterable[str] | None = None) -> tuple[str, ...]:
        """Remove for good what is in the bin and the actor may see, or some of it; the answer is what went.

        What lies in a folder that is only read stays: its row keeps the next scan from bringing it back. So does what
        lies on a volume that is not there.
        """
        granted = actor.viewer.library_ids
        wanted = None if media_ids is None else set(media_ids)
        gone = []
        for media in self._state.media_in_bin(now_ms() + 1):
            is_meant = wanted is None or media.id in wanted
            if is_meant and (granted is None or media.library_id in granted) and self._forget(media):
                gone.append(media.id)
        self._state.record_audit(actor.user.username, "empty_bin", "", f"{len(gone)} items")
        return tuple(gone)

    def _forget(self, media: Media) -> bool:
        """Remove the file of an item from the bin, and then its row; whether it went."""
        path = _subject(media)
        try:
            if self._media_root.is_read_only(path):
                return False  # its file was left where it is; without the row the next scan would bring it back
            for file in self._media_root.bin(path).glob(f"{media.id}.*"):
                durable.remove(file)
        except StorageError as error:
            log.info("The bin of %s waits: %s", path, error)
            return False
        if media.media_type is MediaType.PODCAST:
            self._state.release_media_file(media.id)  # what was heard of it stays known
        else:
            self._state.remove_media(media.id)
        return True

    def settle(self) -> None:
        """Move the files of items whose removal a crash interrupted."""
        if not self._media_root.is_online():
            return
        for media in self._state.media_in_bin(now_ms() + 1):
            try:
                if media.file is None or not self._is_ours(media):
                    continue
                place = self._media_root.path(media.file.path)
                if place.is_file() and place.stat().st_ino == media.file.inode:
                    self._move(unit_of(media.media_type, place), self._binned(media))
            except MediaLibraryError as error:
                log.warning("%s could not be moved into the bin: %s", _subject(media), error)

    def _put_away(self, media: Media, who: str) -> None:
        if folder_of(_subject(media)) is None:
            self._media_root.require_writable()
        with self._state.transaction():
            self._state.bin_media(media.id)
            self._state.record_audit(who, "bin_media", media.id, _subject(media))
        try:
            if self._is_ours(media) and (place := self._media_root.path(_subject(media))).is_file():
                self._move(unit_of(media.media_type, place), self._binned(media))
                self._move_subtitles(place, self._binned(media))
        except (OSError, MediaLibraryError):
            self._state.unbin_media(media.id)
            raise

    def _is_ours(self, media: Media) -> bool:
        """Whether there is a file that may be moved: in a read-only folder, only the row tells what was removed."""
        return media.file is not None and not self._media_root.is_read_only(media.file.path)

    def _move_subtitles(self, video: Path, target: Path) -> None:
        """Subtitles that lie beside a video go where it goes; a failure leaves them where they are."""
        for file in subtitles_of(video):
            try:
                self._move(file, target.with_name(target.stem + file.name.removeprefix(video.stem)))
            except MediaLibraryError as error:
                log.warning("%s stays where it is: %s", file.name, error)

    def _root_of(self, path: Path) -> Path:
        """The folder, of the library or elsewhere, below which a path lies."""
        places = [self._media_root.folder, *(place.path for place in self._media_root.folders())]
        return next(place for place in places if path.is_relative_to(place))

    def _binned(self, media: Media) -> Path:
        return self._media_root.bin(_subject(media)) / f"{media.id}{Path(_subject(media)).suffix}"

    def _move(self, source: Path, target: Path) -> None:
        try:
            durable.make_folders(target.parent, self._root_of(target))
            _forget_placeholder(target)
            durable.move(source, target)
        except FileExistsError as error:
            if not target.samefile(source):
                raise Conflict(f"Another file now lies at {target}. Move it first.") from error
            source.unlink()  # a crash came between the two halves of an earlier move
        except OSError as error:
            raise durable.storage_error(error) from error


def _subject(media: Media) -> str:
    """Where the file of an item lies in the library; empty if it has none."""
    return "" if media.file is None else media.file.path


def _forget_placeholder(folder: Path) -> None:
    """An empty folder kept its name for a move that a crash broke off."""
    if folder.is_dir():
        durable.remove_empty([folder])
