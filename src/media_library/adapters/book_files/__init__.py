"""The files of books: EPUB, PDF and CBZ, told by their content and read where a hostile one can do no harm."""

from media_library.adapters.book_files.archive import Archive, opened
from media_library.adapters.book_files.reading import reading
from media_library.adapters.book_files.refusal import BookRefused

__all__ = ["Archive", "BookRefused", "opened", "reading"]
