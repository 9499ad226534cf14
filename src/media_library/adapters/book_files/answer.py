"""What the child process that reads books says to the program."""

import msgspec

from media_library.models.book import BookFile


class Answer(msgspec.Struct):
    """What it found, or why the file is refused."""

    found: BookFile | None = None
    refused: str | None = None
