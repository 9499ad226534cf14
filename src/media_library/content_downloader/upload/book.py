"""The shelf of what is read: EPUB, PDF and CBZ, read by a confined child."""

from contextlib import closing
from pathlib import Path, PurePosixPath

from media_library.adapters import book_files
from media_library.content_downloader.upload.arrival import Arrival, Shelving
from media_library.models.book import BookFile
from media_library.models.job import JobStage
from media_library.models.library import LibraryKind
from media_library.models.media import Media
from media_library.services.book_shelf import BookShelf

_COVER_FOLDER = "cover"


class ReadingShelf:
    """Takes books."""

    def __init__(self, shelving: Shelving, shelf: BookShelf) -> None:
        self._shelving = shelving
        self._shelf = shelf

    def take(self, arrival: Arrival) -> Media:
        """Put a book into the library of books."""
        destination = self._shelving.destination(arrival, LibraryKind.BOOKS)
        found, cover = self._read(arrival)
        title = book_files.line(arrival.path.stem.replace("_", " ")) or ""
        by_isbn = None
        if found.facts.isbn:
            by_isbn = self._shelving.state.media_by_origin([f"isbn:{found.facts.isbn}"])
        is_record = by_isbn is not None and by_isbn.file is None and by_isbn.deleted_at is None
        replaces = arrival.replaces or (by_isbn if is_record else None)
        new = self._shelf.new_media(found, title, origins=arrival.origins, replaces=replaces, into=destination)
        arrival.work.rename(new.names.title)
        media = arrival.work.publish(arrival.file, new)
        self._shelf.complete(media, found, cover)
        return media

    def _read(self, arrival: Arrival) -> tuple[BookFile, Path | None]:
        folder = arrival.work.staging / _COVER_FOLDER
        folder.mkdir(exist_ok=True)
        with closing(book_files.reading(arrival.file, folder)) as run:
            while True:
                arrival.work.report(JobStage.PROBE, 70)
                try:
                    next(run)
                except StopIteration as end:
                    found: BookFile = end.value
                    break
        cover = folder / PurePosixPath(found.cover or "none").name
        return found, cover if found.cover and cover.is_file() and not cover.is_symlink() else None
