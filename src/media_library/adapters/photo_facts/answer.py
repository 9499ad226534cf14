"""What the child process that reads photos says to the program."""

import msgspec

from media_library.models.photo import PhotoFacts


class Answer(msgspec.Struct):
    """What it found, or why the file is refused."""

    found: PhotoFacts | None = None
    refused: str | None = None
