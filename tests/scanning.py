"""A house whose library folders can be scanned, and the ways to look at what became of their files."""

import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from media_library.adapters.file_walk import Walker
from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.errors import NotFound
from media_library.models.job import Job, JobKind, JobStatus
from media_library.models.library import Library, LibraryFolder, LibraryKind
from media_library.models.library_file import LibraryFile
from media_library.models.library_job import ScanOrder
from media_library.models.media import Media
from media_library.models.preferences import LibraryPreferences
from media_library.services.book_shelf import BookShelf
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner import HomeReader, LibraryScanner
from media_library.services.media_root import MediaRoot
from media_library.workers.library_worker import LibraryWorker


class NoHome:
    """Takes photos and home videos as they are."""

    def reading_many(self) -> AbstractContextManager[None]:
        """There is nothing to be kept ready."""
        return nullcontext()

    def take_in(self, media: Media, file: Path, below: PurePosixPath) -> str | None:
        """Nothing is wrong with any."""
        return None


@dataclass
class House:
    """A state, a media folder, and a scanner that looks through it when asked."""

    state: AppState
    settings: Settings
    media_root: MediaRoot
    places: LibraryPlaces
    scanner: LibraryScanner

    def scan(self, *folder_ids: str, full: bool = False) -> Job:
        """Scan, as the library worker does it; returns the job when it is over."""
        job = self.state.queue_content(ScanOrder(folder_ids, full), title="Scan", origin="")
        LibraryWorker("library", self.state, self.media_root, {JobKind.SCAN: self.scanner}).step(threading.Event())
        try:
            return self.state.get_job(job.id)
        except NotFound:  # nobody asked for it and it went well: then it is not kept
            return replace(job, status=JobStatus.DONE)

    def add(self, kind: LibraryKind, path: Path, *, is_read_only: bool = False) -> LibraryFolder:
        """A library of its own for a folder elsewhere."""
        library = self.state.add_library(kind, path.name)
        identity = self.places.identify(path, is_read_only=is_read_only)
        return self.state.add_folder(library.id, str(path), is_read_only=is_read_only, identity=identity)

    def library(self, kind: LibraryKind) -> Library:
        """The primary library of a kind."""
        return self.state.library_of_kind(kind)

    def files(self) -> dict[str, LibraryFile]:
        """All files that are remembered, by path."""
        rows = self.state._rows("SELECT rid FROM files ORDER BY path")
        return {file.path: file for file in self.state.files_by_row(int(row[0] or 0) for row in rows)}

    def media(self) -> dict[str, Media]:
        """The items that are listed, by path."""
        rows = self.state._rows("SELECT id FROM media WHERE deleted_at IS NULL")
        found = self.state.media_with_ids(str(row[0]) for row in rows)
        return {media.file.path: media for media in found.values() if media.file is not None}

    def missing(self) -> set[str]:
        """The ids of the items whose files are gone."""
        return {str(row[0]) for row in self.state._rows("SELECT id FROM media WHERE missing_since IS NOT NULL")}

    def problems(self) -> dict[str, str]:
        """Why files were not taken in, by path."""
        return {path: file.reason or "" for path, file in self.files().items() if file.state == "failed"}


def house_in(
    tmp_path: Path,
    *,
    settle_seconds: float = 0.0,
    identify: bool = True,
    walker: Walker | None = None,
    patience_seconds: float = 10.0,
    home: HomeReader | None = None,
) -> House:
    """A house with an empty media folder."""
    settings = Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data")))
    state = AppState.open(settings.data_directory / "media-library.db")
    media_root = MediaRoot(settings, state)
    media_root.prepare()
    covers = Covers(settings, state)
    preferences = LibraryPreferences(identify=identify)
    shelf = BookShelf(state, media_root, Naming(settings.file_naming), covers)
    places = LibraryPlaces(state, media_root, patience_seconds=patience_seconds)
    scanner = LibraryScanner(
        state,
        media_root,
        places,
        covers,
        shelf,
        home or NoHome(),
        lambda: preferences,
        walker=walker,
        settle_seconds=settle_seconds,
    )
    return House(state, settings, media_root, places, scanner)
