"""Where such versions lie: a folder of the state, with a bound."""

import io
import os
import stat
from pathlib import Path

from media_library.adapters import durable
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import NotFound
from media_library.models.media import MediaFile
from media_library.models.prepared import Prepared, PreparedQuality
from media_library.services.media_files import OpenMedia

_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class PreparedShelf:
    """The folder of prepared versions: ``<media id>-<quality>.mp4``."""

    def __init__(self, settings: Settings, state: AppState) -> None:
        self._folder = settings.data_directory / "prepared"
        self._most_bytes = settings.offline.prepared_size_mb << 20
        self._state = state

    def place(self, media_id: str, quality: PreparedQuality) -> Path:
        """Where a version lies, or will."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder / f"{media_id}-{quality}.mp4"

    def open(self, version: Prepared) -> OpenMedia:
        """Open a version that is ready; raises ``NotFound``."""
        try:
            descriptor = os.open(self.place(version.media_id, version.quality), _READ)
        except OSError as error:
            raise NotFound("This version is not there any more. Have it made again.") from error
        facts = os.fstat(descriptor)
        file = io.FileIO(descriptor, "rb")
        if not stat.S_ISREG(facts.st_mode):
            file.close()
            raise NotFound("This version is not there any more. Have it made again.")
        tag = f"{version.quality}-{facts.st_mtime_ns:x}-{facts.st_size:x}"
        return OpenMedia(file, facts.st_size, facts.st_mtime, tag)

    def make_room(self) -> None:
        """Remove what was fetched longest ago until the rest fits; the newest version always stays."""
        versions = self._state.prepared_by_use()
        total = sum(version.size_bytes for version in versions)
        for version in versions[:-1]:
            if total <= self._most_bytes:
                return
            self.remove(version)
            total -= version.size_bytes

    def remove(self, version: Prepared) -> None:
        """Forget a version and remove its file."""
        self._state.forget_prepared(version.media_id, version.quality)
        durable.remove(self.place(version.media_id, version.quality))

    def tidy(self) -> None:
        """Remove files of which the state knows nothing: of items that are gone, and of a making that was cut off."""
        if not self._folder.is_dir():
            return
        known = {self.place(version.media_id, version.quality) for version in self._state.prepared_by_use()}
        for file in self._folder.iterdir():
            if file not in known:
                durable.remove(file)


def file_tag(file: MediaFile) -> str:
    """What changes when an item's file does."""
    return f"{file.size_bytes:x}-{file.mtime_ns:x}"
