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
from media_library.models.artwork import ArtworkKind, ArtworkSource, season_owner
from media_library.models.book import BookFile
from media_library.models.library import FolderPlace, Library, stored_path
from media_library.models.library_file import FileRole, FileState
from media_library.models.media import Media, MediaType, Streams
from media_library.models.tool import ToolRun, result_of
from media_library.repositories.file_repo.known import ItemBelow
from media_library.repositories.media_repo import ProbedMedia
from media_library.services.book_shelf import BookShelf, names_of
from media_library.services.covers import Covers
from media_library.services.file_roles.beside import picture_name
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner.names import renamed
from media_library.services.library_scanner.naming import Look
from media_library.services.name_reading.folders import season_of
from media_library.services.sidecars.writing import is_our_picture

log = logging.getLogger(__name__)

_MOST_AT_ONCE = 4
_KINDS = {"poster": ArtworkKind.POSTER, "backdrop": ArtworkKind.BACKDROP, "thumb": ArtworkKind.STILL}
"""Which of our pictures a picture beside a file becomes; logos, banners and the like are only remembered."""

Tell = Callable[[int], None]
"""Is told how many were read; raises when the work is to end."""


_TICK_SECONDS = 1.0
_HEAD_BYTES = 256
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
        season = _season_of(look)
        if season is not None:
            if kind is ArtworkKind.POSTER:
                self._take_for_season(look, season)
        elif look.media is not None:
            self._keep(look.media.id, look, kind)
        elif kind is not ArtworkKind.STILL:
            self._take_for_folder(look, kind)

    def _take_for_season(self, look: Look, season: int) -> None:
        """The poster of a season is that of the one show below its folder."""
        shows = {item.show_key for item in self._below(look) if item.media_type is MediaType.EPISODE}
        if len(shows) == 1 and (show := shows.pop()) is not None:
            self._keep(season_owner(show, season), look, ArtworkKind.POSTER, is_media=False)

    def _take_for_folder(self, look: Look, kind: ArtworkKind) -> None:
        """The picture of a folder is that of the one show, album or film below it."""
        below = self._below(look)
        shows = {item.show_key for item in below if item.media_type is MediaType.EPISODE}
        albums = {item.album_key for item in below if item.media_type is MediaType.TRACK}
        films = [item for item in below if item.media_type is MediaType.MOVIE]
        if len(shows) == 1 and not albums and not films and None not in shows:
            self._keep(f"show-{shows.pop()}", look, kind, is_media=False)
            if kind is ArtworkKind.POSTER:
                self._keep(below[0].media_id, look, kind)
        elif len(albums) == 1 and not shows and not films and None not in albums and kind is ArtworkKind.POSTER:
            self._keep(below[0].media_id, look, kind)
        elif len(films) == 1 and len(below) == 1:
            self._keep(films[0].media_id, look, kind)

    def _below(self, look: Look) -> Sequence[ItemBelow]:
        folder = str(look.below.parent)
        prefix = stored_path(self._place.folder, "" if folder == "." else folder).rstrip("/")
        return self._state.items_below(prefix, 500)

    def _keep(self, owner: str, look: Look, kind: ArtworkKind, *, is_media: bool = True) -> None:
        """Keep a picture. One that we laid there ourselves says nothing new, unless ours was lost since."""
        source = ArtworkSource.FILE
        with look.path.open("rb") as file:
            if is_our_picture(file.read(_HEAD_BYTES)):
                source = ArtworkSource.SERVICE
        if source is ArtworkSource.SERVICE and kind in self._state.artwork_of(owner):
            return
        put = self._covers.put if is_media else self._covers.put_named
        put(owner, look.path, kind, source=source)


def _season_of(look: Look) -> int | None:
    """The season that a picture is of: by its own name, or because it is the one of the folder of a season."""
    if look.file.position is not None:
        return look.file.position
    within = season_of(look.below.parent.name)
    named = picture_name(look.below.stem)
    return within[0] if within is not None and named is not None and named.stem is None else None


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
