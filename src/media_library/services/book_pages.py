"""Hands out the parts of books for reading: chapters and pictures of an EPUB, pages of a comic.

What is where in the file was found by a confined child when the book was added; here single members are read by their
names, each within a bound, and nothing but a chapter that is being read is parsed.
"""

import contextlib
import io
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from media_library.adapters import book_files, pictures
from media_library.adapters.book_files import Archive, BookRefused
from media_library.config import Settings
from media_library.errors import MediaLibraryError, NotFound
from media_library.models.book import Book, BookFormat
from media_library.models.media import Media
from media_library.repositories.base import new_id
from media_library.services.book_chapter import chapter_page
from media_library.services.media_files import open_media
from media_library.services.media_root import MediaRoot

_AT_ONCE = 2
_MOST_KEPT = 600
_FEWEST_KEPT = 400


@dataclass(frozen=True, slots=True)
class Served:
    """Bytes with the type that they have by their content; ``tag`` changes whenever they may have changed."""

    content: bytes
    content_type: str
    tag: str


class BookPages:
    """What readers of books ask for. Pages in a smaller size are made by a child process once, and kept."""

    def __init__(self, settings: Settings, media_root: MediaRoot) -> None:
        self._folder = settings.data_directory / "book-pages"
        self._media_root = media_root
        self._few = threading.BoundedSemaphore(_AT_ONCE)

    def chapter(self, media: Media, book: Book, number: int) -> Served:
        """A part of an EPUB, counted from 0, as an HTML page; raises ``NotFound``."""
        parts = book.structure.parts
        if book.format is not BookFormat.EPUB or not 0 <= number < len(parts):
            raise NotFound("The book has no such part.")
        path = parts[number].path
        numbers = {part.path: index for index, part in enumerate(parts)}
        shown = frozenset(book.structure.pictures)

        def link(reference: str) -> str | None:
            target, anchor = book_files.resolve(path, reference)
            if target not in numbers:
                return None
            place = "" if target == path and anchor else f"/api/books/{media.id}/parts/{numbers[target]}"
            return f"{place}#{quote(anchor)}" if anchor else place

        def picture(reference: str) -> str | None:
            target, _ = book_files.resolve(path, reference)
            return f"/api/books/{media.id}/files/{quote(target)}" if target in shown else None

        with self._opened(media) as (archive, tag):
            text = book_files.decode(archive.read(path, book_files.MOST_CHAPTER_BYTES))
        title = parts[number].title or media.names.title
        page = chapter_page(text, title=title, language=media.language, link=link, picture=picture)
        return Served(page.encode("utf-8", "replace"), "text/html", f"{tag}-{number}")

    def picture(self, media: Media, book: Book, path: str) -> Served:
        """A picture of an EPUB by its name in the archive; raises ``NotFound`` for everything else in there."""
        if path not in book.structure.pictures:
            raise NotFound("The book has no such picture.")
        return self._member(media, path)

    def page(self, media: Media, book: Book, number: int, width: int | None) -> Served:
        """A page of a comic, counted from 0, as it is in the file or at most ``width`` pixels wide."""
        pages = book.structure.pages
        if book.format is not BookFormat.CBZ or not 0 <= number < len(pages):
            raise NotFound("The book has no such page.")
        page = pages[number]
        whole = self._member(media, page.path)
        if width is None or page.width <= width:
            return whole
        kept = self._folder / f"{media.id}-{number}-{width}-{whole.tag[:16]}.jpg"
        if not kept.is_file():
            longest = max(width, round(page.height * width / page.width))
            with self._few:
                self._shrink(whole.content, kept, longest)
        return Served(kept.read_bytes(), "image/jpeg", f"{whole.tag}-{width}")

    def _member(self, media: Media, path: str) -> Served:
        with self._opened(media) as (archive, tag):
            content = archive.read(path, book_files.MOST_PICTURE_BYTES)
        content_type = book_files.picture_type(content[: book_files.PICTURE_HEAD_BYTES])
        if content_type is None:
            raise NotFound("The book has no such picture.")
        return Served(content, content_type, tag)

    @contextmanager
    def _opened(self, media: Media) -> Iterator[tuple[Archive, str]]:
        opened = open_media(self._media_root, media)
        with io.BufferedReader(opened.file) as file:
            try:
                with book_files.opened(file) as archive:
                    yield archive, opened.tag
            except BookRefused as error:
                raise NotFound(str(error)) from error

    def _shrink(self, content: bytes, kept: Path, longest_side: int) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        work = self._folder / f".{new_id()}"
        source = self._folder / f".{new_id()}.source"
        try:
            work.mkdir(mode=0o700)
            source.write_bytes(content)
            pictures.write_jpeg(source, work / "page.jpg", longest_side=longest_side)
            (work / "page.jpg").replace(kept)
        except MediaLibraryError as error:
            raise NotFound("This page cannot be shown in this size.") from error
        finally:
            source.unlink(missing_ok=True)
            shutil.rmtree(work, ignore_errors=True)
        self._make_room()

    def _make_room(self) -> None:
        """Let go of the pages that were made first."""
        kept = [entry for entry in self._folder.iterdir() if entry.suffix == ".jpg"]
        if len(kept) > _MOST_KEPT:
            with contextlib.suppress(FileNotFoundError):
                kept.sort(key=lambda entry: entry.stat().st_mtime)
                for entry in kept[: len(kept) - _FEWEST_KEPT]:
                    entry.unlink(missing_ok=True)
