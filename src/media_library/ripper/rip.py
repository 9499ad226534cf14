"""One rip from its order to its end."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media_library.adapters import durable
from media_library.adapters.cover_art_archive import CoverArtArchive
from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient
from media_library.adapters.musicbrainz import MusicBrainz
from media_library.config import Settings
from media_library.constants import SERVICE_CACHE
from media_library.errors import DiscUnreadable
from media_library.models.drive import DiscKind
from media_library.ripper.music import MusicRip
from media_library.ripper.order import RipDesk, RipOrder, Storage
from media_library.ripper.video import VideoRip
from media_library.ripper.watch import Watch


class Ripper:
    """Rips discs; one instance serves any number of threads."""

    def __init__(self, settings: Settings, storage: Storage, *, stall_seconds: float | None = None) -> None:
        """``stall_seconds`` stands in for the preference ``stall_minutes``."""
        self._settings = settings
        self._storage = storage
        self._stall_seconds = stall_seconds
        services = settings.services
        addresses = (services.musicbrainz_url, services.cover_art_url)
        http, cache = HttpClient(Egress(lambda: hosts_of(*addresses))), settings.data_directory / SERVICE_CACHE
        self._music_service = MusicBrainz.connect(http, cache, url=services.musicbrainz_url)
        self._covers = CoverArtArchive.connect(http, cache, url=services.cover_art_url)

    def rip(self, order: RipOrder, desk: RipDesk, stop: threading.Event) -> None:
        """Rip a disc and hand every file to ``desk`` as soon as it is verified.

        Raises ``Conflict`` when the job was cancelled, ``Stopped`` when the program stops, and every other of our
        errors with a sentence for the job. Whatever happens, nothing unfinished stays and no tool runs on.
        """
        self._storage.require_writable()
        stall_seconds = self._stall_seconds or order.preferences.stall_minutes * 60
        watch = Watch(order, desk, self._storage, stop, stall_seconds=stall_seconds)
        try:
            with _staging(self._storage.staging(order.job_id), order.token) as staging:
                match order.disc.kind:
                    case DiscKind.DVD | DiscKind.BLURAY:
                        VideoRip(self._settings, order, desk, watch, staging).run()
                    case DiscKind.AUDIO_CD:
                        MusicRip(self._settings, order, desk, watch, staging, self._music_service, self._covers).run()
                    case _:
                        raise DiscUnreadable("There is no film and no music on this disc.")
        except OSError as error:
            if str(error.filename or "").startswith(watch.source):
                raise DiscUnreadable(f"The disc cannot be read: {error.strerror}. Clean it and retry.") from error
            raise durable.storage_error(error) from error


@contextmanager
def _staging(job_folder: Path, token: int) -> Iterator[Path]:
    """A folder for this attempt at a job; what is in it goes with it, and so does what an earlier attempt left."""
    for left in job_folder.iterdir():
        shutil.rmtree(left, ignore_errors=True)
    folder = job_folder / str(token)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        try:
            job_folder.rmdir()
        except OSError:  # another attempt at the same job has begun, or the volume is gone
            pass
