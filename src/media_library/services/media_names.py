"""What a title of a disc is called in the library, and where its file goes."""

import os
from dataclasses import replace
from pathlib import Path, PurePosixPath

from media_library.app_state import AppState
from media_library.models.disc import Disc, DiscContent, DiscTitle, TitleRole
from media_library.models.library import Library, LibraryKind
from media_library.models.media import MediaNames, MediaType
from media_library.ripper import Ripped
from media_library.services.episode_numbers import number_episodes
from media_library.services.file_naming import Naming, Place, first_free, is_same_name
from media_library.services.media_root import MediaRoot

_LIBRARIES = {
    MediaType.MOVIE: LibraryKind.MOVIES,
    MediaType.EPISODE: LibraryKind.SHOWS,
    MediaType.TRACK: LibraryKind.MUSIC,
}


class Placement:
    """Names what was ripped and finds it a free path."""

    def __init__(self, naming: Naming, state: AppState, media_root: MediaRoot) -> None:
        self._naming = naming
        self._state = state
        self._media_root = media_root

    def names(self, disc: Disc, ripped: Ripped) -> tuple[MediaType, MediaNames, str | None]:
        """The type and the names of a title, and why somebody should look at them."""
        title, names = ripped.title, disc.names
        if ripped.track is not None:
            return MediaType.TRACK, ripped.track.names, ripped.track.review_reason
        reason = ripped.review_reason
        if disc.content is DiscContent.SHOW:
            if title.role is not TitleRole.EPISODE:
                extra = f"Extra {_place_among_extras(title, disc.titles)}"
                return MediaType.EPISODE, MediaNames(extra, names.year, names.title), None
            numbering = number_episodes(disc, disc.titles, self._state)
            episode = numbering.number(title, disc.titles)
            shown = MediaNames(f"Episode {episode}", names.year, names.title, numbering.season, episode)
            return MediaType.EPISODE, shown, " ".join(filter(None, (numbering.review_reason, reason))) or None
        if title.role is TitleRole.FEATURE:
            return MediaType.MOVIE, MediaNames(names.title, names.year), reason
        extra = f"{names.title} - Extra {_place_among_extras(title, disc.titles)}"
        return MediaType.MOVIE, MediaNames(extra, names.year), None

    def path(self, disc: Disc, ripped: Ripped, media_type: MediaType, names: MediaNames, suffix: str) -> str:
        """A path, relative to the media folder, that nothing has; two discs of one name get two folders."""
        library = self._state.library_of_kind(_LIBRARIES[media_type])
        own = tuple(
            PurePosixPath(media.file.path) for media in self._state.media_of_disc(disc.id) if media.file is not None
        )
        place = first_free(
            self._place(disc, ripped, media_type, names),
            lambda candidate: self._is_free(library, candidate, suffix, own),
        )
        return str(self._in(library, place, suffix))

    def library(self, media_type: MediaType) -> Library:
        """The library for media of a type."""
        return self._state.library_of_kind(_LIBRARIES[media_type])

    def _place(self, disc: Disc, ripped: Ripped, media_type: MediaType, names: MediaNames) -> Place:
        match media_type:
            case MediaType.TRACK:
                return self._naming.track(names, discs=ripped.track.discs if ripped.track else 1)
            case MediaType.EPISODE:
                return self._naming.episode(names)
            case _ if ripped.title.role is TitleRole.FEATURE:
                return self._naming.film(names)
            case _:
                return self._naming.film_extra(names, replace(names, title=disc.names.title))

    def _is_free(self, library: Library, place: Place, suffix: str, own: tuple[PurePosixPath, ...]) -> bool:
        path = self._in(library, place, suffix)
        if place.own_depth:
            depth = len(PurePosixPath(library.folder).parts) + place.own_depth
            folder = PurePosixPath(*path.parts[:depth])
            is_ours = any(folder in media.parents for media in own)
            if not is_ours and not _is_empty(self._media_root.path(str(folder))):
                return False
        return not self._state.is_path_taken(str(path)) and not os.path.lexists(self._media_root.path(str(path)))

    def _in(self, library: Library, place: Place, suffix: str) -> PurePosixPath:
        """The path in a library, with folders spelled as those that are there."""
        path = PurePosixPath(library.folder)
        *folders, name = place.path.parts
        for folder in folders:
            path /= _spelled(self._media_root.path(str(path)), folder)
        return path / _spelled(self._media_root.path(str(path)), name + suffix)


def _place_among_extras(title: DiscTitle, titles: tuple[DiscTitle, ...]) -> int:
    extras = [other.index for other in titles if other.role not in (TitleRole.FEATURE, TitleRole.EPISODE)]
    return extras.index(title.index) + 1 if title.index in extras else title.index


def _spelled(folder: Path, name: str) -> str:
    try:
        there = [entry.name for entry in folder.iterdir()]
    except OSError:
        return name
    return name if name in there else next((other for other in there if is_same_name(other, name)), name)


def _is_empty(folder: Path) -> bool:
    try:
        return not any(folder.iterdir())
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return False
