"""The error of a file that is not taken as a book."""

from media_library.errors import MediaLibraryError


class BookRefused(MediaLibraryError):
    """A file is no book that can be read here: protected, broken, hostile or something else."""

    code = "book_refused"
