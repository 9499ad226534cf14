"""Where the sheets of previews lie: ``trickplay/<media id>/<number>.webp`` below the data folder."""

import shutil
from collections.abc import Container
from pathlib import Path

from media_library.config import Settings
from media_library.errors import NotFound, StorageError, ToolFailed
from media_library.repositories.base import new_id

_QUALITY = 60
_RESERVE_BYTES = 1 << 29
_METHOD = 3
"""WebP's effort: two thirds of the time of the default, nearly the same size."""


class TrickplaySheets:
    """The folder of previews."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data_directory / "trickplay"

    def sheet(self, media_id: str, number: int) -> Path:
        """The file of a sheet, counted from 1; raises ``NotFound``."""
        file = self._folder / media_id / f"{number:d}.webp"
        if not file.is_file():
            raise NotFound("There is no such preview.")
        return file

    def workplace(self) -> Path:
        """A new folder for what is being made, on the volume of the sheets; it has to be removed by who asked.

        Raises ``StorageError`` if nothing can be written there.
        """
        folder = self._folder / f".{new_id()}.part"
        try:
            folder.mkdir(mode=0o700, parents=True)
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise StorageError(f"No previews can be written to {self._folder}: {error.strerror}.") from error
        if free < _RESERVE_BYTES:
            folder.rmdir()
            raise StorageError(f"There is too little room for previews at {self._folder}. Make room.")
        return folder

    def keep(self, media_id: str, made: Path, count: int) -> int:
        """Put the ``count`` JPEG sheets of a workplace in the place of what was kept; returns their bytes as WebP.

        Raises ``ToolFailed`` if one is no picture, and ``OSError``.
        """
        for number in range(1, count + 1):
            source = made / f"{number:d}.jpg"
            _convert(source, source.with_suffix(".webp"))
            source.unlink()
        size = sum(file.stat().st_size for file in made.iterdir())
        place = self._folder / media_id
        shutil.rmtree(place, ignore_errors=True)
        made.rename(place)
        return size

    def remove(self, media_id: str) -> None:
        """Remove the sheets of an item, if there are any."""
        shutil.rmtree(self._folder / media_id, ignore_errors=True)

    def remove_all_but(self, kept: Container[str]) -> int:
        """Remove what belongs to nothing any more, and what a crash left half made; returns how many folders."""
        gone = [one for one in self._folder.glob("*") if one.name not in kept] if self._folder.is_dir() else []
        for folder in gone:
            shutil.rmtree(folder, ignore_errors=True)
        return len(gone)


def _convert(jpeg: Path, webp: Path) -> None:
    from PIL import Image, UnidentifiedImageError  # needed when previews are made only, and slow to import

    try:
        with Image.open(jpeg, formats=("JPEG",)) as picture:
            picture.save(webp, "WEBP", quality=_QUALITY, method=_METHOD)
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise ToolFailed(f"The previews cannot be kept: {error}.") from error
