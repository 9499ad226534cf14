"""The error of an .nfo file from which nothing can be learned."""

from media_library.errors import MediaLibraryError


class NfoRefused(MediaLibraryError):
    """An .nfo file is broken, hostile, out of proportion or something else; the message is the reason."""

    code = "nfo_refused"
