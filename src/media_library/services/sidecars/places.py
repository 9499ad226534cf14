"""Which folders belong to a film, a show, an album or an artist alone, so that files about them may lie there."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from media_library.app_state import AppState
from media_library.models.library import LibraryFolder
from media_library.models.media import Media
from media_library.repositories.media_repo.keys import album_key, show_key
from media_library.services.name_reading.folders import season_of
from media_library.services.renaming.targets import is_among_extras, library_base


class Places:
    """Looks at where media lie; made anew for each round, for it remembers what it saw."""

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._folders: Sequence[LibraryFolder] = state.list_folders()

    def own_folder(self, film: Media) -> str | None:
        """The folder that a film shares with nobody but its extras; ``None`` if it has none."""
        path, base = self._where(film)
        folder = path.rpartition("/")[0]
        if base is None or folder == base:
            return None
        return folder if {media.id for media in self._below(folder)} == {film.id} else None

    def show_folder(self, episode: Media) -> str | None:
        """The folder of the show of an episode, above that of its season, with nothing of another show in it."""
        path, base = self._where(episode)
        folder = PurePosixPath(path).parent
        if base is not None and str(folder) != base and self.season_folder(episode) is not None:
            folder = folder.parent
        if base is None or str(folder) == base:
            return None
        keys = {show_key(one.names) for one in self._below(str(folder))}
        return str(folder) if keys == {show_key(episode.names)} else None

    def season_folder(self, episode: Media) -> str | None:
        """The folder of the season of an episode, if it lies in one."""
        folder = PurePosixPath(self._where(episode)[0]).parent
        found = season_of(folder.name)
        return str(folder) if found is not None and found[0] == episode.names.season else None

    def album_folder(self, track: Media) -> str | None:
        """The folder of an album alone."""
        path, base = self._where(track)
        folder = path.rpartition("/")[0]
        if base is None or folder == base:
            return None
        keys = {album_key(one.names) for one in self._below(folder)}
        return folder if keys == {album_key(track.names)} else None

    def artist_folder(self, track: Media) -> str | None:
        """The folder above that of an album, if all albums in it are of the same artist."""
        album = self.album_folder(track)
        base = self._where(track)[1]
        if album is None or (folder := album.rpartition("/")[0]) == base:
            return None
        artists = {one.names.album_artist or one.names.artist for one in self._below(folder)}
        return folder if artists == {track.names.album_artist or track.names.artist} else None

    def _below(self, folder: str) -> list[Media]:
        """The items in a folder and below it but extras."""
        there = [item for item in self._state.paths_below(folder) if not (item.is_deleted or item.is_extra)]
        ids = [item.media_id for item in there if not is_among_extras(item.path)]
        return list(self._state.media_with_ids(ids).values())

    def _where(self, media: Media) -> tuple[str, str | None]:
        path = "" if media.file is None else media.file.path
        return path, library_base(self._folders, path)
