"""What else a scan reads: books, photos and home videos, and the pictures that lie beside films and shows."""

import logging
import os
import queue
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeAlias

from media_library.adapters import book_files
from media_library.adapters.book_files import BookRefused
from media_library.app_state import AppState
from media_library.errors import MediaLibraryError
from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.book import BookFile
from media_library.models.library import FolderPlace, Library, stored_path
from media_library.models.library_file import FileRole, FileState
from media_library.models.media import Media, MediaType, Streams
from media_library.models.tool import ToolRun, result_of
from media_library.repositories.media_repo import ProbedMedia
from media_library.services.book_shelf import BookShelf, names_of
from media_library.services.covers import Covers
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner.names import renamed
from media_library.services.library_scanner.naming import Look

log = logging.getLogger(__name__)

_MOST_AT_ONCE = 4
_KINDS = {"poster": ArtworkKind.POSTER, "backdrop": ArtworkKind.BACKDROP, "thumb": ArtworkKind.STILL}
"""Which of our pictures a picture beside a file becomes; logos, banners and the like are only remembered."""

Tell = Callable[[int], None]
"""Is told how many were read; raises when the work is to end."""


_TICK_SECONDS = 1.0
_NOTHING = object()
_Reads: TypeAlias = "queue.SimpleQueue[Callable[[], None]]"


class HomeReader(Protocol):
    """Who knows photos and home videos."""

    def reading_many(self) -> AbstractContextManager[None]:
        """Within it many are taken in, by any thread."""

    def take_in(self, media: Media, file: Path, below: PurePosixPath) -> str | None:
        """Read when and where something was taken, and make its picture; why that cannot be, as a sentence."""


class Beside:
    """Reads what the children of the second pass do not, in one library folder."""

    def __init__(
        self,
        state: AppState,
        places: LibraryPlaces,
        covers: Covers,
        shelf: BookShelf,
        home: HomeReader | None,
        place: FolderPlace,
        library: Library,
    ) -> None:
        self._state = state
        self._places = places
        self._covers = covers
        self._shelf = shelf
        self._home = home
        self._place = place
        self._library = library

    def read(self, others: Sequence[Look], beside: Sequence[Look], tell: Tell) -> None:
        """Take the pictures first, for films are looked at more often; then read books, photos and home videos.

        Several at once, for what is decoded is decoded by children.
        """
        with nullcontext() if self._home is None else self._home.reading_many():
            self._read_all(others, beside, tell)

    def _read_all(self, others: Sequence[Look], beside: Sequence[Look], tell: Tell) -> None:
        reads = [partial(self._note, look) for look in beside] + [partial(self._read, look) for look in others]
        todo: _Reads = queue.SimpleQueue()
        done: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        is_over = threading.Event()
        for read in reads:
            todo.put(read)
        for number in range(min(len(reads), os.cpu_count() or 1, _MOST_AT_ONCE)):
            # whoever stops this does not wait for what a child is decoding just now
            reader = threading.Thread(target=_work, args=(todo, done, is_over), name=f"beside {number}", daemon=True)
            reader.start()
        try:
            for count in range(1, len(reads) + 1):
                while (error := _next(done)) is _NOTHING:
                    tell(count - 1)
                if isinstance(error, BaseException):
                    raise error
                tell(count)
        finally:
            is_over.set()

    def _note(self, look: Look) -> None:
        """A file that belongs to another one; pictures are taken."""
        if look.file.role is FileRole.ARTWORK:
            self._take_picture(look)
        self._state.put_probed_files([replace(look.file, state=FileState.READY)])

    def _read(self, look: Look) -> None:
        """One file, as what it was taken for."""
        media = self._state.media_with_ids([look.file.media_id or ""]).get(look.file.media_id or "")
        reason = None
        file = look.file
        if media is not None:
            match media.media_type:
                case MediaType.BOOK:
                    reason = self._read_book(look, media)
                case MediaType.PHOTO | MediaType.HOME_VIDEO if self._home is not None:
                    reason = self._home.take_in(media, look.path, look.below)
        if reason is not None and (not os.path.lexists(look.path) or self._places.look(self._place) is not None):
            return  # it is not the file: the next scan says what became of it
        if file.state is FileState.NEW and file.digest is None and media is not None and reason is not None:
            self._state.remove_scanned_media([media.id])  # it never was what its name says
            file = replace(file, media_id=None)
        known = self._state.files_at([file.path])
        if known and known[0].digest is not None:  # a home video was looked into before
            file = known[0]
        self._state.put_probed_files(
            [replace(file, state=FileState.READY if reason is None else FileState.FAILED, reason=reason)]
        )

    def _read_book(self, look: Look, media: Media) -> str | None:
        with tempfile.TemporaryDirectory(prefix="book-", ignore_cleanup_errors=True) as folder:
            try:
                run: ToolRun[BookFile] = book_files.reading(look.path, Path(folder))
                found = result_of(run)
            except BookRefused as refusal:
                return str(refusal)
            except MediaLibraryError as error:
                log.warning("%s was not read: %s", look.below, error)
                return str(error)
            if look.is_first:
                names = renamed(media, names_of(found.facts, media.names.title))
                if not names.artist:
                    names = replace(names, artist=media.names.artist)
                assert media.file is not None
                file = replace(media.file, container=found.format.value)
                self._state.put_probed_media([ProbedMedia(media.id, media.media_type, names, file, Streams())])
            cover = Path(folder) / PurePosixPath(found.cover or "none").name
            has_cover = bool(found.cover) and cover.is_file() and not cover.is_symlink()
            self._shelf.complete(self._state.media(media.id), found, cover if has_cover else None)
        return None

    def _take_picture(self, look: Look) -> None:
        """Give the picture to what it shows; one that is no picture is nobody's."""
        kind = _KINDS.get(look.file.label or "")
        if kind is None:
            return
        if look.media is not None:
            self._covers.put(look.media.id, look.path, kind, source=ArtworkSource.FILE)
        elif kind is not ArtworkKind.STILL and look.file.position is None:
            self._take_for_folder(look, kind)

    def _take_for_folder(self, look: Look, kind: ArtworkKind) -> None:
        """The picture of a folder is that of the one show, album or film below it."""
        folder = str(look.below.parent)
        prefix = stored_path(self._place.folder, "" if folder == "." else folder).rstrip("/")
        below = self._state.items_below(prefix, 500)
        shows = {item.show_key for item in below if item.media_type is MediaType.EPISODE}
        albums = {item.album_key for item in below if item.media_type is MediaType.TRACK}
        films = [item for item in below if item.media_type is MediaType.MOVIE]
        if len(shows) == 1 and not albums and not films and None not in shows:
            self._covers.put_named(f"show-{shows.pop()}", look.path, kind, source=ArtworkSource.FILE)
            if kind is ArtworkKind.POSTER:
                self._covers.put(below[0].media_id, look.path, kind, source=ArtworkSource.FILE)
        elif len(albums) == 1 and not shows and not films and None not in albums and kind is ArtworkKind.POSTER:
            self._covers.put(below[0].media_id, look.path, kind, source=ArtworkSource.FILE)
        elif len(films) == 1 and len(below) == 1:
            self._covers.put(films[0].media_id, look.path, kind, source=ArtworkSource.FILE)


def _work(todo: _Reads, done: "queue.SimpleQueue[BaseException | None]", is_over: threading.Event) -> None:
    """Do what there is to do, one after the other; an error is for who waits for it."""
    while not is_over.is_set():
        try:
            read = todo.get_nowait()
        except queue.Empty:
            return
        try:
            read()
        finally:
            done.put(sys.exc_info()[1])


def _next(done: "queue.SimpleQueue[BaseException | None]") -> object:
    """How the next one ended, ``_NOTHING`` if none did for a while."""
    try:
        return done.get(timeout=_TICK_SECONDS)
    except queue.Empty:
        return _NOTHING
