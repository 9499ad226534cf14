"""An upload on its way onto a shelf, and what all shelves do alike: look inside, find the library, publish."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from media_library.adapters.file_signature import Signature
from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.app_state import AppState
from media_library.content_downloader.work import Work
from media_library.errors import MediaLibraryError, VerificationFailed
from media_library.models.job import JobStage
from media_library.models.library import Destination, LibraryKind
from media_library.models.library_file import FileRole
from media_library.models.library_job import IdentifyOrder
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.preferences import LibraryPreferences
from media_library.models.probed import Probed
from media_library.models.upload import Upload
from media_library.models.user import Viewer
from media_library.services.covers import Covers
from media_library.services.file_naming import Place, part_suffix
from media_library.services.file_roles import RoleOf
from media_library.services.media_root import MediaRoot
from media_library.services.uploads import Destinations

_COVERS = "covers"


class Waits(MediaLibraryError):
    """The file belongs to another one that is not here yet; the message says so."""


class NobodyCame(VerificationFailed):
    """The file belongs to another one that does not come."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file whose bytes are known to be right. ``file`` lies in the job's staging folder, its suffix is ours.

    ``kind`` is that of the library that the sender chose, else ``MIXED``; ``role`` is what it is among the other files
    of its folder; ``replaces`` is the item whose file it is, if that file went missing.
    """

    work: Work
    stop: threading.Event
    upload: Upload
    file: Path
    signature: Signature
    kind: LibraryKind
    role: RoleOf
    origins: tuple[str, ...]
    replaces: Media | None = None

    @property
    def path(self) -> PurePosixPath:
        """Where the file lay where it comes from: what its name is read by."""
        return PurePosixPath(self.upload.folder, self.upload.name)

    def renamed(self, suffix: str) -> "Arrival":
        """The same with another suffix, because something else is in it than it seemed."""
        return replace(self, file=self.file.rename(self.file.with_suffix(suffix)))

    @property
    def is_main(self) -> bool:
        """Whether it is an item of its own."""
        return self.role.role is FileRole.MAIN


class Shelving:
    """What every shelf needs of the house."""

    def __init__(
        self, state: AppState, media_root: MediaRoot, covers: Covers, preferences: Callable[[], LibraryPreferences]
    ) -> None:
        self.state = state
        self.media_root = media_root
        self.covers = covers
        self._preferences = preferences
        self._destinations = Destinations(state, media_root)

    def destination(self, arrival: Arrival, kind: LibraryKind) -> Destination:
        """Where what is of a kind goes; raises ``Forbidden`` and ``StorageError`` if nothing may be added there."""
        return self._destinations.of_kind(self._sender(arrival), kind, arrival.upload.library_id)

    def require_sight(self, arrival: Arrival, media: Media) -> None:
        """Raise ``Forbidden`` if the sender may not see the library of an item."""
        self._destinations.require_sight(self._sender(arrival), self.state.library(media.library_id))

    def probe(self, arrival: Arrival) -> tuple[Probed, Path | None]:
        """Look inside, in a child that can do nothing else; with the picture that was in it.

        Raises ``VerificationFailed`` for what cannot be watched or heard to its end.
        """
        folder = arrival.file.parent / _COVERS
        folder.mkdir(exist_ok=True)
        cover = folder / "cover"
        request = ProbeRequest(str(arrival.file), str(cover))
        arrival.work.report(JobStage.PROBE, 70)
        with ProbePool[int]((arrival.file.parent,), covers=folder, children=1) as pool:
            ((_, found),) = pool.probed([(0, request)], arrival.stop)
        if found.reason is not None or not found.is_usable:
            raise VerificationFailed(found.reason or "There is neither picture nor sound in this file.")
        return found, cover if found.cover is not None and cover.is_file() and not cover.is_symlink() else None

    def publish(
        self,
        arrival: Arrival,
        kind: LibraryKind,
        media_type: MediaType,
        names: MediaNames,
        place: Place,
        found: Probed,
        *,
        published_at: int | None = None,
        isrc: str | None = None,
    ) -> Media:
        """Put the file at its place and into the library. Raises what ``Work.publish`` raises, and ``Forbidden``."""
        destination = self.destination(arrival, kind)
        suffix = arrival.file.suffix
        part = "" if arrival.role.position is None else part_suffix(arrival.role.position)
        path = f"{destination.folder}/{place.path.parent / (place.path.name + part + suffix)}"
        media_file = MediaFile(path, 0, 0, 0, suffix.lstrip("."), found.duration_ms)
        new = NewMedia(
            media_type,
            destination.library.id,
            names,
            media_file,
            found.streams,
            published_at=published_at,
            isrc=isrc,
            origins=arrival.origins,
            replaces=None if arrival.replaces is None else arrival.replaces.id,
        )
        arrival.work.rename(names.title)
        return arrival.work.publish(arrival.file, new)

    def identify(self, keys: Iterable[str]) -> None:
        """Let works be found out about, soon if people want that by itself."""
        self.state.put_work_pending(keys)
        if self._preferences().identify:
            self.state.queue_content(IdentifyOrder(), title="What is new in the library", origin="identify")

    def _sender(self, arrival: Arrival) -> Viewer:
        return self.state.viewer(self.state.get_user(arrival.upload.user_id))
