"""The files of books: EPUB, PDF and CBZ, told by their content and read where a hostile one can do no harm."""

from media_library.adapters.book_files.archive import Archive, opened
from media_library.adapters.book_files.chapter import MOST_CHAPTER_BYTES, as_html, decode
from media_library.adapters.book_files.epub_package import resolve
from media_library.adapters.book_files.page_picture import MOST_PICTURE_BYTES
from media_library.adapters.book_files.reading import reading
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.signature import HEAD_BYTES, PICTURE_HEAD_BYTES, picture_type, refuse_others
from media_library.adapters.book_files.words import isbn, line

__all__ = [
    "HEAD_BYTES",
    "MOST_CHAPTER_BYTES",
    "MOST_PICTURE_BYTES",
    "PICTURE_HEAD_BYTES",
    "Archive",
    "BookRefused",
    "as_html",
    "decode",
    "isbn",
    "line",
    "opened",
    "picture_type",
    "reading",
    "refuse_others",
    "resolve",
]
