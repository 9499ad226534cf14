"""Puts a book into the library: what it is called, where its file goes, what is remembered of it."""

from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from media_library.app_state import AppState
from media_library.models.book import Book, BookFacts, BookFile
from media_library.models.library import Destination, LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming, Place, first_free, is_same_name
from media_library.services.media_root import MediaRoot


class BookShelf:
    """The library of books, for whoever has a file in hand."""

    def __init__(self, state: AppState, media_root: MediaRoot, naming: Naming, covers: Covers) -> None:
        self._state = state
        self._media_root = media_root
        self._naming = naming
        self._covers = covers

    def new_media(
        self,
        found: BookFile,
        fallback_title: str,
        *,
        origins: tuple[str, ...],
        replaces: Media | None = None,
        into: Destination | None = None,
    ) -> NewMedia:
        """A book about to enter a library, by default the usual one; ``fallback_title`` is for a file without one.

        Instead of a new item, ``replaces`` gets the file; the file is then called as that item is.
        """
        facts = found.facts
        names = names_of(facts, fallback_title) if replaces is None else replaces.names
        if into is None:
            library = self._state.library_of_kind(LibraryKind.BOOKS)
            into = Destination(library, library.folder)
        path = self._path(into.folder, names, f".{found.format}")
        return NewMedia(
            MediaType.BOOK,
            into.library.id,
            names,
            MediaFile(path, 0, 0, 0, found.format.value, 0),
            overview=facts.overview,
            published_at=published_at(facts.published),
            language=facts.language,
            origins=origins,
            replaces=None if replaces is None else replaces.id,
        )

    def complete(self, media: Media, found: BookFile, cover: Path | None) -> None:
        """Remember what was found in the file of a book, beside what a person said of it; keep its cover."""
        facts, known = found.facts, self._state.book(media.id) or Book()
        book = Book(
            format=found.format,
            authors=known.authors or facts.authors,
            publisher=known.publisher or facts.publisher,
            published=known.published or facts.published,
            isbn=known.isbn or facts.isbn,
            series=known.series or facts.series,
            series_number=facts.series_number if known.series_number is None else known.series_number,
            structure=found.structure,
        )
        with self._state.transaction():
            self._state.put_book(media.id, book)
            self._state.put_media_text(media.id, found.text)
            self._state.describe_media(
                media.id,
                overview=media.overview or facts.overview,
                published_at=media.published_at or published_at(book.published),
                language=media.language or facts.language,
            )
        if cover is not None and not media.has_poster:
            self._covers.put(media.id, cover)

    def _path(self, top: str, names: MediaNames, suffix: str) -> str:
        """A stored path below ``top``, in a folder that no other book has."""
        place = first_free(self._naming.book(names), lambda candidate: self._is_free(top, candidate))
        path = PurePosixPath(top)
        for folder in place.path.parts[:-1]:
            path /= self._spelled(path, folder)
        return str(path / f"{place.path.name}{suffix}")

    def _is_free(self, library: str, place: Place) -> bool:
        if not place.own_depth:  # by its template books share folders; whoever publishes numbers equal names
            return True
        folder = PurePosixPath(library)
        for part in place.path.parts[: place.own_depth]:
            folder /= self._spelled(folder, part)
        own = self._media_root.path(str(folder))
        try:
            return not any(own.iterdir())
        except FileNotFoundError:
            return True
        except NotADirectoryError:
            return False

    def _spelled(self, folder: PurePosixPath, name: str) -> str:
        """A name as a folder that is there spells it, where case and Unicode form do not distinguish."""
        try:
            there = [entry.name for entry in self._media_root.path(str(folder / name)).parent.iterdir()]
        except OSError:
            return name
        return name if name in there else next((other for other in there if is_same_name(other, name)), name)


def names_of(facts: BookFacts, fallback_title: str) -> MediaNames:
    """How a book is called by what is known of it."""
    number = facts.series_number
    return MediaNames(
        facts.title or fallback_title or "Untitled",
        facts.year,
        show_title=facts.series,
        episode=int(number) if facts.series and number is not None and number == int(number) else None,
        artist=", ".join(facts.authors) or None,
    )


def published_at(published: str | None) -> int | None:
    """The day of publication in milliseconds, the first of what is not more precise."""
    if published is None:
        return None
    year, month, day = (*(int(part) for part in published.split("-")), 1, 1)[:3]
    try:
        return int(datetime(year, month, day, tzinfo=UTC).timestamp() * 1000)
    except ValueError:  # the 31st of a short month
        return int(datetime(year, month, 1, tzinfo=UTC).timestamp() * 1000)
