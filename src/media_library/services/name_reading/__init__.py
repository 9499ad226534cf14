"""Reads what a file is from its name and its folders; nothing is opened, nothing is asked.

Most names follow a pattern that leaves no doubt; for the others guessit is asked too, which takes some milliseconds.
"""

from pathlib import PurePosixPath

from media_library.models.library import LibraryKind
from media_library.models.media import MediaType
from media_library.models.name_reading import NameReading
from media_library.services.name_reading.home import day_in, is_camera_name
from media_library.services.name_reading.reading import quick_reading
from media_library.services.name_reading.second_opinion import completed, opinion

__all__ = ["day_in", "is_camera_name", "quick_reading", "read_name"]

_ON_SCREEN = (MediaType.MOVIE, MediaType.EPISODE)


def read_name(path: PurePosixPath, *, kind: LibraryKind) -> NameReading:
    """What a file is by its path, which is relative to its library folder of this ``kind``. Never raises."""
    ours = quick_reading(path, kind)
    if ours.sure or ours.media_type not in _ON_SCREEN:
        return ours
    other = opinion(path)
    return ours if other is None else completed(ours, other)
