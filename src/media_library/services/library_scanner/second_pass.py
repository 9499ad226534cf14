"""The second pass of a scan: looks into what the first one found, gives it its names and its facts."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePosixPath

from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.app_state import AppState
from media_library.models.library import FolderPlace, Library, stored_path
from media_library.models.library_file import PLAYABLE, FileRole, FileState, LibraryFile
from media_library.models.media import MediaType
from media_library.models.music import TrackFacts
from media_library.models.probed import Probed
from media_library.repositories.media_repo import ProbedMedia
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner.naming import Look, named, named_album, work_key
from media_library.services.music_tags import album_folder

log = logging.getLogger(__name__)

_PAGE = 400
_BATCH = 200
_ALBUM_PATIENCE = 400
_MOST_SIBLINGS = 300
_LOOK_SECONDS = 2.0
_READ_BY_OTHERS = frozenset({MediaType.BOOK, MediaType.PHOTO, MediaType.ARTICLE})

Tell = Callable[[int], None]
"""Is told how many files were looked into; raises when the work is to end."""

MakePool = Callable[[Sequence[Path]], ProbePool[Look]]
"""Makes a pool of children that may read these folders."""


@dataclass(slots=True)
class _Album:
    """The tracks of an album folder as they come in; ``touched_at`` counts answers."""

    looks: list[tuple[Look, Probed]]
    touched_at: int = 0


@dataclass(slots=True)
class SecondPassResult:
    """What was found, and what is still to be done: the keys of works that came or changed, files that others read.

    ``covers`` are tracks with an embedded picture, one for each album.
    """

    probed: int
    failed: int
    work_keys: set[str]
    others: list[Look]
    beside: list[Look]
    covers: dict[str, Look]


class SecondPass:
    """Looks into the files of one library folder that were not looked into yet."""

    def __init__(
        self,
        state: AppState,
        places: LibraryPlaces,
        make_pool: MakePool,
        place: FolderPlace,
        library: Library,
    ) -> None:
        self._state = state
        self._places = places
        self._make_pool = make_pool
        self._place = place
        self._library = library
        self._below_at = len(stored_path(place.folder, ""))
        self._result = SecondPassResult(0, 0, set(), [], [], {})
        self._albums: dict[str, _Album] = {}
        self._asked_albums: set[str] = set()
        self._settled: list[LibraryFile] = []
        self._media: list[ProbedMedia] = []
        self._facts: list[tuple[str, TrackFacts]] = []
        self._junk: list[str] = []
        self._handed_on: set[str] = set()
        self._looked_at = 0.0
        self._is_lost = False

    def run(self, tell: Tell, stop: threading.Event) -> SecondPassResult:
        """Look into everything; a folder that goes meanwhile is left as it is."""
        looks = self._looks()
        first = next(looks, None)
        if first is not None:
            with self._make_pool((self._place.path,)) as pool:
                requests = ((look, ProbeRequest(str(look.path))) for look in chain((first,), looks))
                for look, probed in pool.probed(requests, stop):
                    self._take(look, probed)
                    tell(self._result.probed)
        self._name_albums(0)
        self._flush()
        return self._result

    def _looks(self) -> Iterator[Look]:
        """The files that are asked about; those that others read are put aside."""
        after = 0
        while rows := self._state.files_to_probe([self._place.folder.id], after, _PAGE):
            after = rows[-1][0]
            for look in self._with_media([file for _, file in rows]):
                if self._is_lost:
                    return
                media_type = None if look.media is None else look.media.media_type
                if look.file.role not in PLAYABLE:
                    self._result.beside.append(look)
                elif media_type in _READ_BY_OTHERS and look.file.role is FileRole.MAIN:
                    self._result.others.append(look)
                else:
                    yield look
                    if media_type is MediaType.TRACK:
                        yield from self._neighbours(look)

    def _neighbours(self, look: Look) -> Iterator[Look]:
        """The known tracks of the album folder: what a new one is called depends on them, and they on it."""
        folder = str(album_folder(look.below))
        if folder in self._asked_albums:
            return
        self._asked_albums.add(folder)
        prefix = stored_path(self._place.folder, "" if folder == "." else folder).rstrip("/")
        known = [file for _, file in self._state.ready_below(prefix, _MOST_SIBLINGS)]
        for neighbour in self._with_media(known):
            is_track = neighbour.media is not None and neighbour.media.media_type is MediaType.TRACK
            if is_track and str(album_folder(neighbour.below)) == folder:
                yield replace(neighbour, is_neighbour=True)

    def _with_media(self, files: Sequence[LibraryFile]) -> list[Look]:
        media = self._state.media_with_ids(file.media_id for file in files if file.media_id is not None)
        looks = []
        for file in files:
            below = PurePosixPath(file.path[self._below_at :])
            looks.append(Look(file, media.get(file.media_id or ""), self._place.path / below, below))
        return looks

    def _take(self, look: Look, probed: Probed) -> None:
        """Note an answer."""
        if not look.is_neighbour:
            self._result.probed += 1
            if self._result.probed % _BATCH == 0:
                self._name_albums(_ALBUM_PATIENCE)
        if probed.is_gone or self._is_lost or (probed.reason is not None and self._lost()):
            return  # the next scan says what became of it
        file = look.file
        if probed.size_bytes and (probed.size_bytes, probed.mtime_ns) != (file.size_bytes, file.mtime_ns):
            if not look.is_neighbour:
                self._settle(look, replace(probed, digest=""), FileState.GROWING)
            return
        if probed.reason is not None and not probed.is_usable:
            if not look.is_neighbour:
                self._refuse(look, probed)
            return
        media = look.media
        is_track = media is not None and media.media_type is MediaType.TRACK and file.role is FileRole.MAIN
        if is_track and probed.streams.video is None:
            self._add_to_album(look, probed)
            return
        if media is not None and file.role in (FileRole.MAIN, FileRole.EXTRA):
            self._name(look, named(look, probed, self._library.kind))
        self._settle(look, probed)

    def _lost(self) -> bool:
        """Whether the folder went: then it is not the file that cannot be read."""
        if time.monotonic() - self._looked_at >= _LOOK_SECONDS:
            self._is_lost = self._places.look(self._place) is not None
            self._looked_at = time.monotonic()
        return self._is_lost

    def _refuse(self, look: Look, probed: Probed) -> None:
        """A file that holds nothing to be played is no item; one that did is not taken away for that."""
        self._result.failed += 1
        media = look.media
        if media is not None and look.is_first and look.file.role in (FileRole.MAIN, FileRole.EXTRA):
            self._junk.append(media.id)
            look = replace(look, file=replace(look.file, media_id=None))
        self._settle(look, probed, FileState.FAILED)

    def _settle(self, look: Look, probed: Probed, state: FileState | None = None) -> None:
        if state is None:
            state = FileState.READY if probed.reason is None else FileState.FAILED
        self._settled.append(
            replace(
                look.file,
                size_bytes=probed.size_bytes or look.file.size_bytes,
                mtime_ns=probed.mtime_ns or look.file.mtime_ns,
                state=state,
                reason=probed.reason,
                container=probed.container or look.file.container,
                duration_ms=probed.duration_ms,
                streams=probed.streams,
                digest=probed.digest or None,
            )
        )
        if len(self._settled) >= _BATCH:
            self._flush()

    def _name(self, look: Look, item: ProbedMedia) -> None:
        self._media.append(item)
        if item.media_type is MediaType.HOME_VIDEO and look.is_first:
            self._result.others.append(replace(look, media=None))
        key = work_key(item.media_type, item.media_id, item.names)
        if key is not None and look.is_first and look.file.role is FileRole.MAIN:
            self._result.work_keys.add(key)

    def _add_to_album(self, look: Look, probed: Probed) -> None:
        folder = str(album_folder(look.below))
        album = self._albums.setdefault(folder, _Album([]))
        album.looks.append((look, probed))
        album.touched_at = self._result.probed

    def _name_albums(self, patience: int) -> None:
        """Name the albums of which nothing came for a while."""
        ripe = [folder for folder, album in self._albums.items() if self._result.probed - album.touched_at >= patience]
        for folder in ripe:
            looks = self._albums.pop(folder).looks
            named_by_id = {item.media_id: (item, facts) for item, facts in named_album(looks)}
            for look, probed in looks:
                assert look.media is not None
                item, facts = named_by_id[look.media.id]
                if look.is_neighbour and self._state.is_media_settled(item.media_id):
                    continue
                self._media.append(item)
                self._facts.append((item.media_id, facts))
                key = work_key(item.media_type, item.media_id, item.names)
                if key is not None:
                    self._result.work_keys.add(key)
                    if probed.has_cover and not look.media.has_poster:
                        self._result.covers.setdefault(key, look)
                if not look.is_neighbour:
                    self._settle(look, probed)

    def _flush(self) -> None:
        """Write what was found, everything of a file at once."""
        media, self._media = self._media, []
        facts, self._facts = self._facts, []
        files, self._settled = self._settled, []
        junk, self._junk = self._junk, []
        for first in range(0, max(len(media), 1), _PAGE):
            self._state.put_probed_media(media[first : first + _PAGE])
        with self._state.transaction():
            for media_id, one in facts:
                self._state.put_track_facts(media_id, one)
            self._state.put_probed_files(files)
            if junk:
                self._state.remove_scanned_media(junk)
            new_keys = self._result.work_keys - self._handed_on
            self._state.put_work_pending(new_keys)
            self._handed_on |= new_keys
