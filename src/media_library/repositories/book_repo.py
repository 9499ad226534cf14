"""What is known of the editions of books, and how their files are put together."""

import msgspec

from media_library.models.book import Book, BookFormat, BookStructure
from media_library.repositories.base import Repository

_COLUMNS = "format, authors, publisher, published, isbn, series, series_number, structure"


class BookRepo(Repository):
    """Reads and writes ``books``."""

    def put_book(self, media_id: str, book: Book) -> None:
        """Remember what is known of a book, in place of what was known before."""
        self._change(
            f"""
            INSERT INTO books (media_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (media_id) DO UPDATE SET
                format = excluded.format, authors = excluded.authors, publisher = excluded.publisher,
                published = excluded.published, isbn = excluded.isbn, series = excluded.series,
                series_number = excluded.series_number, structure = excluded.structure
            """,
            (
                media_id,
                book.format,
                msgspec.json.encode(book.authors).decode(),
                book.publisher,
                book.published,
                book.isbn,
                book.series,
                book.series_number,
                msgspec.json.encode(book.structure).decode(),
            ),
        )

    def book(self, media_id: str) -> Book | None:
        """What is known of a book; ``None`` if the item is none."""
        row = self._row(f"SELECT {_COLUMNS} FROM books WHERE media_id = ?", (media_id,))
        if row is None:
            return None
        book_format, authors, publisher, published, isbn, series, series_number, structure = row
        return Book(
            None if book_format is None else BookFormat(str(book_format)),
            msgspec.json.decode(str(authors), type=tuple[str, ...]),
            None if publisher is None else str(publisher),
            None if published is None else str(published),
            None if isbn is None else str(isbn),
            None if series is None else str(series),
            float(series_number) if isinstance(series_number, int | float) else None,
            msgspec.json.decode(str(structure), type=BookStructure),
        )
