"""Whether names and paths are short enough for every file system."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from media_library.models.rename import Move
from media_library.services.file_naming import MOST_BYTES

_MOST_NAME_BYTES = 255
_MOST_PATH_BYTES = 3_000


def too_long(moves: Iterable[Move]) -> str | None:
    """Why one of these moves cannot be, as a sentence."""
    for move in moves:
        name = PurePosixPath(move.new).name
        if len(name.encode()) > _MOST_NAME_BYTES:
            return f"The name {name} would be too long: more than {_MOST_NAME_BYTES} bytes. Shorten {_blame(name)}."
        if len(move.new.encode()) > _MOST_PATH_BYTES:
            return f"The path of {name} would be too long. Use fewer or shorter folders in the template."
    return None


def _blame(name: str) -> str:
    return "the end of its name" if len(name.encode()) > MOST_BYTES else "the title"
