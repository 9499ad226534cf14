"""Finds and reads the .nfo file that lies beside a film, or in the folder of a show."""

import logging
from pathlib import PurePosixPath

from media_library.adapters.nfo import NfoRefused, parse_nfo
from media_library.app_state import AppState
from media_library.errors import InvalidInput, NotFound, StorageError
from media_library.models.library_file import FileRole
from media_library.models.media import Media
from media_library.models.nfo import Nfo, NfoKind
from media_library.services.media_files import open_below
from media_library.services.media_root import MediaRoot
from media_library.services.sidecars import is_ours

log = logging.getLogger(__name__)

_MOST_BYTES = (2 << 20) + 1


class NfoBeside:
    """Reads .nfo files of the library, through no link. One that lies or attacks is as good as none."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def read(self, media: Media, kind: NfoKind) -> Nfo | None:
        """What the .nfo of a film, or of the show that an episode belongs to, says; a mere link counts for both."""
        if media.file is None:
            return None
        path = PurePosixPath(media.file.path)
        if kind is NfoKind.SHOW:
            places = [folder / "tvshow.nfo" for folder in path.parents[:2] if len(folder.parts) > 1]
        else:
            known = [one.path for one in self._state.files_of_media(media.id) if one.role is FileRole.NFO]
            places = [*map(PurePosixPath, known), path.with_suffix(".nfo"), path.with_name("movie.nfo")]
        for place in dict.fromkeys(places):
            for nfo in self._items(str(place)):
                if nfo.kind in (kind, NfoKind.LINK):
                    return nfo
        return None

    def _items(self, path: str) -> tuple[Nfo, ...]:
        try:
            with open_below(self._media_root, path) as file:
                content = file.read(_MOST_BYTES) or b""
            if is_ours(content):  # it says what was found out before, right or wrong
                return ()
            return parse_nfo(content)
        except NfoRefused as error:
            log.info("%s: %s", path, error)
        except (NotFound, StorageError, InvalidInput, OSError):
            pass
        return ()
