"""What else a scan reads: books, photos and home videos, and the pictures that lie beside films and shows."""

import logging
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol

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
from media_library.services.library_scanner.names import renamed
from media_library.services.library_scanner.naming import Look

log = logging.getLogger(__name__)

_KINDS = {"poster": ArtworkKind.POSTER, "backdrop": ArtworkKind.BACKDROP, "thumb": ArtworkKind.STILL}
"""Which of our pictures a picture beside a file becomes; logos, banners and the like are only remembered."""

Tell = Callable[[int], None]
"""Is told how many were read; raises when the work is to end."""


class HomeReader(Protocol):
    """Who knows photos and home videos."""

    def take_in(self, media: Media, file: Path, below: PurePosixPath) -> str | None:
        """Read when and where something was taken, and make its picture; why that cannot be, as a sentence."""


class Beside:
    """Reads what the children of the second pass do not, in one library folder."""

    def __init__(
        self,
        state: AppState,
        covers: Covers,
        shelf: BookShelf,
        home: HomeReader | None,
        place: FolderPlace,
        library: Library,
    ) -> None:
        self._state = state
        self._covers = covers
        self._shelf = shelf
        self._home = home
        self._place = place
        self._library = library

    def read(self, others: Sequence[Look], beside: Sequence[Look], tell: Tell) -> None:
        """Read what others read, then take the pictures."""
        for count, look in enumerate(others, 1):
            self._read(look)
            tell(count)
        for count, look in enumerate(beside, 1):
            if look.file.role is FileRole.ARTWORK:
                self._take_picture(look)
            self._state.put_probed_files([replace(look.file, state=FileState.READY)])
            tell(len(others) + count)

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
