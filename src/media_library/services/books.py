"""Takes books from people: a file, an address, or a record of one that stands on a shelf of wood."""

import hashlib
import logging
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import unquote

from media_library.adapters import book_files, durable
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import Conflict, Forbidden, InvalidInput, StorageError
from media_library.models.book import Book, BookFacts
from media_library.models.content_job import BookOrder
from media_library.models.identity import Identity
from media_library.models.library import LibraryKind
from media_library.models.media import MediaType, NewMedia
from media_library.repositories.base import new_id
from media_library.services import publishing
from media_library.services.book_shelf import names_of, published_at
from media_library.services.content import Added, Content
from media_library.services.media_root import MediaRoot
from media_library.services.web_addresses import WebAddress

log = logging.getLogger(__name__)

UPLOAD = "upload"
"""The name of an uploaded file in the staging folder of its job."""

_BROKEN_OFF = "The upload was broken off before its end. Send the file again."
_BLOCK_BYTES = 1 << 20
_LOOK_AT_SPACE_BYTES = 64 << 20


def isbn_of(text: str | None) -> str | None:
    """The 13 digits of an ISBN as a person writes it; ``None`` if it is none."""
    return book_files.isbn(text)


class Body(Protocol):
    """What an upload is read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``; none at the end."""


class Books:
    """The desk where books are brought."""

    def __init__(self, settings: Settings, state: AppState, media_root: MediaRoot, content: Content) -> None:
        self._settings = settings
        self._state = state
        self._media_root = media_root
        self._content = content

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self._settings.uploads.max_upload_size_mb << 20

    def add_address(self, actor: Identity, address: WebAddress) -> Added:
        """Queue the fetching of a book; raises ``Forbidden``."""
        title = book_files.line(unquote(PurePosixPath(address.url.partition("?")[0]).stem)) or address.host
        order = BookOrder(url=address.url)
        return self._content.add(
            actor, order, kind=LibraryKind.BOOKS, title=title, origins=(address.key,), address=address
        )

    def add_record(self, actor: Identity, facts: BookFacts) -> Added:
        """Put a book without a file into the library; one with the same ISBN is there only once.

        Raises ``Forbidden``, and ``InvalidInput`` without a title.
        """
        library = self._content.library_for(actor, LibraryKind.BOOKS)
        if facts.title is None:
            raise InvalidInput("A book needs a title.", "title")
        origins = (f"isbn:{facts.isbn}",) if facts.isbn else ()
        there = self._content.existing(actor, origins)
        if there is not None:
            return there
        new = NewMedia(
            MediaType.BOOK,
            library.id,
            names_of(facts, facts.title),
            None,
            overview=facts.overview,
            published_at=published_at(facts.published),
            language=facts.language,
            origins=origins,
        )
        book = Book(
            authors=facts.authors,
            publisher=facts.publisher,
            published=facts.published,
            isbn=facts.isbn,
            series=facts.series,
            series_number=facts.series_number,
        )
        with self._state.transaction():
            media = self._state.add_media(new, added_by=actor.user.id)
            self._state.put_book(media.id, book)
        return Added(media_id=media.id)

    def receive(self, actor: Identity, body: Body, length: int | None, name: str, media_id: str | None) -> Added:
        """Take a file that somebody sends, and queue the job that reads it.

        ``length`` is how many bytes are promised, if that was said; ``media_id`` is a book without a file, which gets
        this one. Nothing is kept of a file that is already here, or is no book by how it begins. Raises ``Forbidden``,
        ``NotFound``, ``Conflict``, ``InvalidInput`` and ``StorageError``.
        """
        if not self._settings.uploads.enabled:
            raise Forbidden("Uploads are switched off in the settings of this appliance (uploads.enabled).")
        self._content.library_for(actor, LibraryKind.BOOKS)
        self._require_no_file(actor, media_id)
        self._media_root.require_writable()
        self._require_room(length or 0)
        job_id = new_id()
        folder = self._media_root.staging(job_id)
        kept = False
        try:
            digest = self._store(body, length, folder / UPLOAD)
            order = BookOrder(upload=UPLOAD, file_name=name, media_id=media_id)
            if not (folder / UPLOAD).is_file():  # the work process was started meanwhile, and has cleared up
                raise InvalidInput(_BROKEN_OFF)
            title = book_files.line(PurePosixPath(name).stem) or "A book"
            added = self._content.add(
                actor, order, kind=LibraryKind.BOOKS, title=title, origins=(f"sha256:{digest}",), job_id=job_id
            )
            kept = added.job is not None and added.job.id == job_id
            return added
        except OSError as error:
            raise durable.storage_error(error) from error
        finally:
            if not kept:
                publishing.remove(folder)

    def _store(self, body: Body, length: int | None, target: Path) -> str:
        """Write what comes to ``target``; returns its SHA-256 in hexadecimal digits."""
        digest, total, looked_at = hashlib.sha256(), 0, 0
        with target.open("wb") as file:
            while block := _read(body):
                if total == 0:
                    self._require_book(block[: book_files.HEAD_BYTES])
                total += len(block)
                if total > self.most_bytes:
                    raise InvalidInput(f"The file is larger than {self.most_bytes >> 20} MB, which is the limit here.")
                if total - looked_at >= _LOOK_AT_SPACE_BYTES:
                    looked_at = total
                    self._require_room(0)
                digest.update(block)
                file.write(block)
        if length is not None and total != length:
            raise InvalidInput(_BROKEN_OFF)
        if total == 0:
            raise InvalidInput("The file is empty. Choose another one.")
        return digest.hexdigest()

    def _require_book(self, head: bytes) -> None:
        try:
            book_files.refuse_others(head)
        except book_files.BookRefused as error:
            raise InvalidInput(str(error)) from error

    def _require_no_file(self, actor: Identity, media_id: str | None) -> None:
        if media_id is None:
            return
        media = self._state.media_for(actor.viewer, media_id)
        if media.media_type is not MediaType.BOOK:
            raise Conflict("Only a book can get the file of a book.")
        if media.file is not None:
            raise Conflict("This book has a file already.")

    def _require_room(self, size_bytes: int) -> None:
        free, _ = self._media_root.space()
        if free - size_bytes < self._media_root.reserve_bytes():
            raise StorageError(
                "There is not enough room on the media drive for this file. Make room, then send it again."
            )


def _read(body: Body) -> bytes:
    try:
        return body.read(_BLOCK_BYTES)
    except OSError as error:  # the connection broke, or nothing came for too long
        raise InvalidInput(_BROKEN_OFF) from error
