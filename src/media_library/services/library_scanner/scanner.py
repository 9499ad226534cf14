"""Does the scans: looks through library folders, takes in what is new, and lets others find out what it is."""

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from media_library.adapters.file_walk import Walker
from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.app_state import AppState
from media_library.content_downloader import Work
from media_library.errors import StorageError
from media_library.models.job import JobStage
from media_library.models.library import FolderPlace, Library
from media_library.models.library_job import IdentifyOrder, ScanOrder
from media_library.models.preferences import LibraryPreferences
from media_library.services.book_shelf import BookShelf
from media_library.services.covers import Covers
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner.beside import Beside, HomeReader
from media_library.services.library_scanner.comparison import Place
from media_library.services.library_scanner.first_pass import FirstPass, FirstPassResult
from media_library.services.library_scanner.naming import Look
from media_library.services.library_scanner.second_pass import SecondPass
from media_library.services.media_root import MediaRoot

log = logging.getLogger(__name__)

SETTLE_SECONDS = 10.0
"""How long nothing of a file must have changed before it is looked into."""

_WALK_PERCENT, _PROBE_PERCENT, _ALL_PERCENT = 15.0, 85.0, 99.0


class LibraryScanner:
    """Does the jobs of scans, one at a time."""

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        places: LibraryPlaces,
        covers: Covers,
        shelf: BookShelf,
        home: HomeReader | None,
        preferences: Callable[[], LibraryPreferences],
        *,
        walker: Walker | None = None,
        settle_seconds: float = SETTLE_SECONDS,
    ) -> None:
        """A file that changed less than ``settle_seconds`` ago is still being written to."""
        self._state = state
        self._media_root = media_root
        self._places = places
        self._covers = covers
        self._shelf = shelf
        self._home = home
        self._preferences = preferences
        self._walker = walker or Walker()
        self._settle_seconds = settle_seconds

    def run(self, work: Work, stop: threading.Event) -> None:
        """Look through the folders of the order.

        What is not there is left as it is; if none of the folders that it names is there, ``StorageError`` says why.
        """
        order = work.job.order
        assert isinstance(order, ScanOrder)
        libraries = {library.id: library for library in self._state.list_libraries()}
        chosen = [
            (place, libraries[place.folder.library_id])
            for place in self._media_root.folders()
            if not order.folder_ids or place.folder.id in order.folder_ids
        ]
        if order.full:
            self._state.probe_again([place.folder.id for place, _ in chosen])
        with self._state.much_to_write():
            first = self._first_pass(work, chosen, stop)
        there = [(place, library) for place, library in chosen if place.folder.id in first.folder_ids]
        self._second_passes(work, there, stop)
        log.info(
            "%d files seen: %d items added, %d missing, %d moved", first.seen, first.added, first.missing, first.moved
        )
        if first.problems and not there and order.folder_ids:
            raise StorageError(first.problems[0])

    def _first_pass(
        self, work: Work, chosen: Sequence[tuple[FolderPlace, Library]], stop: threading.Event
    ) -> FirstPassResult:
        expected = max(sum(counts.files for counts in self._state.file_counts().values()), 1)

        def tell(seen: int) -> None:
            work.report(
                JobStage.WALK, min(_WALK_PERCENT, _WALK_PERCENT * seen / max(expected, seen + 1)), speed=_files(seen)
            )

        def digests(files: Sequence[tuple[Place, PurePosixPath]]) -> dict[Place, str]:
            folders = sorted({chosen_place.path for chosen_place, _ in chosen})
            with ProbePool[Place](folders) as pool:
                requests = ((place, ProbeRequest(str(path))) for place, path in files)
                found = {}
                for place, probed in pool.probed(requests, stop):
                    work.report(JobStage.WALK, _WALK_PERCENT)
                    found[place] = probed.digest
                return {place: digest for place, digest in found.items() if digest}

        work.report(JobStage.WALK, 0.0)
        first = FirstPass(self._state, self._places, self._walker, digests, settle_seconds=self._settle_seconds)
        return first.run(chosen, tell, stop)

    def _second_passes(self, work: Work, there: Sequence[tuple[FolderPlace, Library]], stop: threading.Event) -> None:
        total = max(self._state.count_new_files(place.folder.id for place, _ in there), 1)
        done = 0
        has_news = False
        rest = []
        for place, library in there:
            before = done

            def tell(probed: int, before: int = before) -> None:
                share = min(1.0, (before + probed) / total)
                work.report(
                    JobStage.PROBE,
                    _WALK_PERCENT + share * (_PROBE_PERCENT - _WALK_PERCENT),
                    speed=f"{before + probed:,} of {total:,}",
                )

            found = SecondPass(self._state, self._places, _pool, place, library).run(tell, stop)
            done += found.probed
            has_news = has_news or bool(found.work_keys)
            rest.append((place, library, found))
        if has_news and self._preferences().identify:  # that may begin while pictures are read here
            self._state.queue_content(IdentifyOrder(), title="Find out what is new", origin="identify")
        left = max(sum(len(found.others) + len(found.beside) for _, _, found in rest), 1)
        read = 0
        for place, library, found in rest:
            before = read

            def tell_rest(count: int, before: int = before) -> None:
                share = min(1.0, (before + count) / left)
                work.report(
                    JobStage.PROBE,
                    _PROBE_PERCENT + share * (_ALL_PERCENT - _PROBE_PERCENT),
                    speed=f"{before + count:,} of {left:,}",
                )

            beside = Beside(self._state, self._places, self._covers, self._shelf, self._home, place, library)
            beside.read(found.others, found.beside, tell_rest)
            read += len(found.others) + len(found.beside)


def _pool(readable: Sequence[Path]) -> ProbePool[Look]:
    return ProbePool(readable)


def _files(count: int) -> str:
    return f"{count:,} files" if count != 1 else "1 file"
