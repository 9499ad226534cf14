"""Gives albums their covers: from the Cover Art Archive, else out of their files, else from the folder beside them."""

import logging
import os
import stat
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from media_library.adapters.cover_art_archive import CoverArtArchive
from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.adapters.musicbrainz import Release
from media_library.adapters.service_client import ServiceFailed, ServiceUnavailable
from media_library.app_state import AppState
from media_library.errors import MediaLibraryError
from media_library.models.artwork import ArtworkSource
from media_library.services.covers import Covers
from media_library.services.media_root import MediaRoot
from media_library.services.music_identifier.album import Album
from media_library.services.music_tags.paths import disc_of_folder

log = logging.getLogger(__name__)

_NAMES = ("cover", "folder", "front", "albumart", "album", "artwork")
_SUFFIXES = ("jpg", "jpeg", "png", "webp")
_MOST_BYTES = 20 << 20
_MOST_ENTRIES = 5_000


class AlbumCovers:
    """Covers of albums. A picture that is there, whoever brought it, stays."""

    def __init__(self, state: AppState, media_root: MediaRoot, archive: CoverArtArchive, covers: Covers) -> None:
        self._state = state
        self._media_root = media_root
        self._archive = archive
        self._covers = covers

    def dress(self, album: Album, release: Release | None, check: Callable[[], None]) -> bool:
        """Give the tracks of an album without a picture one; whether they have one now.

        That there is none is never an error.
        """
        if not album.tracks:
            return False
        dressed = next((track.media.id for track in album.tracks if track.media.has_poster), None)
        if dressed is None:
            first = album.tracks[0].media.id
            if not self._from_archive(first, release, check) and not self._from_files(first, album):
                return False
            dressed = first
        for track in album.tracks:
            if track.media.id != dressed and not track.media.has_poster:
                self._covers.share(dressed, track.media.id)
        return True

    def _from_archive(self, media_id: str, release: Release | None, check: Callable[[], None]) -> bool:
        if release is None:
            return False
        try:
            picture = self._archive.front(release.id, group_id=release.group_id, while_waiting=check)
        except (ServiceFailed, ServiceUnavailable) as error:
            log.info("There is no cover of %s: %s", release.id, error)
            return False
        return picture is not None and self._covers.put(media_id, picture)

    def _from_files(self, media_id: str, album: Album) -> bool:
        for track in album.tracks[:1]:
            try:
                file = None if track.media.file is None else self._media_root.path(track.media.file.path)
                if file is not None and (self._embedded(media_id, file) or self._beside(media_id, file)):
                    return True
            except MediaLibraryError as error:  # the folder is offline, or its files cannot be read now
                log.info("There is no cover beside %s: %s", track.media.id, error)
        return False

    def _embedded(self, media_id: str, file: Path) -> bool:
        """The picture in a file, taken out by a child that can do nothing else."""
        with tempfile.TemporaryDirectory(prefix="cover-", ignore_cleanup_errors=True) as folder:
            target = Path(folder) / "cover"
            with ProbePool[str]((file.parent,), covers=Path(folder), children=1) as pool:
                request = ProbeRequest(str(file), str(target))
                found = next((answer for _, answer in pool.probed([("", request)], threading.Event())), None)
            has_picture = found is not None and found.cover is not None and target.is_file()
            return has_picture and self._covers.put(media_id, target, source=ArtworkSource.FILE)

    def _beside(self, media_id: str, file: Path) -> bool:
        """A picture such as folder.jpg in the folder of a file, or in that of the album if it lies in one of a disc."""
        folders = (file.parent, *((file.parent.parent,) if disc_of_folder(file.parent.name) else ()))
        return any(
            self._covers.put(media_id, picture, source=ArtworkSource.FILE)
            for folder in folders
            for picture in _pictures(folder)
        )


def _pictures(folder: Path) -> list[Path]:
    """The pictures of a folder that are named as a cover, the best name first; links are never followed."""
    found: list[tuple[int, int, Path]] = []
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                name, _, suffix = entry.name.casefold().rpartition(".")
                if count >= _MOST_ENTRIES:
                    break
                if name in _NAMES and suffix in _SUFFIXES:
                    facts = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(facts.st_mode) and 0 < facts.st_size <= _MOST_BYTES:
                        found.append((_NAMES.index(name), _SUFFIXES.index(suffix), Path(entry.path)))
    except OSError as error:
        log.info("%s cannot be looked through for a cover: %s", folder, error)
    return [path for _, _, path in sorted(found)]
