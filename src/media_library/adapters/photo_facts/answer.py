"""What the child process that reads photos is asked, and what it says to the program."""

import msgspec

from media_library.models.artwork import MadePicture
from media_library.models.photo import PhotoFacts

READY = b"ready"
"""The line that a child writes before its first answer."""


class PhotoRequest(msgspec.Struct):
    """A photo to be read, the ``number``-th that the child is asked about.

    Its picture, at most ``width`` pixels on a side, is written to ``target``. ``file`` and ``target`` are paths as the
    system has them, for a name need not be text.
    """

    number: int
    file: bytes
    target: bytes
    width: int


class Answer(msgspec.Struct):
    """What it found, or why the file is refused; ``made`` is what is written as a JPEG."""

    found: PhotoFacts | None = None
    refused: str | None = None
    made: MadePicture | None = None
    number: int = 0
