"""What is moved as one when an item of the library moves: its file, or the folder that is its alone.

An article is a folder: its text, its pictures, the page that it was taken from, its earlier versions. Its path in the
library is that of the text.
"""

import glob
from pathlib import Path, PurePosixPath

from media_library.models.media import MediaType

_FOLDERS = frozenset({MediaType.ARTICLE})


def unit_of(media_type: MediaType, file: Path) -> Path:
    """The file, or the folder around it if items of this type have one of their own."""
    return file.parent if media_type in _FOLDERS else file


def subtitles_of(video: Path) -> list[Path]:
    """The files with subtitles that lie beside a video, ``<its name>.<language>.vtt``."""
    return sorted(video.parent.glob(f"{glob.escape(video.stem)}.*.vtt"))


def numbered(media_type: MediaType, path: str, number: int) -> str:
    """A path in the library, or from 2 on its variant with the number in brackets behind the name of the unit."""
    if number < 2:
        return path
    plain = PurePosixPath(path)
    if media_type in _FOLDERS:
        return str(plain.parent.with_name(f"{plain.parent.name} ({number})") / plain.name)
    return str(plain.with_name(f"{plain.stem} ({number}){plain.suffix}"))
