"""The error of a file that is no photo or video that can be shown."""

from media_library.errors import MediaLibraryError


class PhotoRefused(MediaLibraryError):
    """A file is damaged, too large, or not what its name says; the message is the reason."""

    code = "photo_refused"
