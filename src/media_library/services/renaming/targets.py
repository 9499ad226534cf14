"""Where the file of an item belongs by the templates: below its own library folder, never elsewhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from media_library.app_state import AppState
from media_library.models.library import LibraryFolder, LibraryKind, folder_of
from media_library.models.media import Media, MediaType, Streams
from media_library.models.work import Work, movie_key, show_work_key
from media_library.repositories.media_repo.keys import album_key, show_key
from media_library.services.file_naming import NamedKind, NameFacts, Naming, Place, name_key
from media_library.services.file_roles.folder_names import DISC_FOLDERS, EXTRA_FOLDERS, SAMPLE_FOLDERS

_MIXED_FOLDERS = {
    MediaType.MOVIE: "Movies",
    MediaType.EPISODE: "Shows",
    MediaType.TRACK: "Music",
    MediaType.VIDEO: "Web videos",
    MediaType.PODCAST: "Podcasts",
    MediaType.BOOK: "Books",
    MediaType.PHOTO: "Photos",
    MediaType.HOME_VIDEO: "Photos",
}
_KINDS = {
    MediaType.MOVIE: NamedKind.MOVIE,
    MediaType.TRACK: NamedKind.TRACK,
    MediaType.VIDEO: NamedKind.VIDEO,
    MediaType.PODCAST: NamedKind.PODCAST,
    MediaType.BOOK: NamedKind.BOOK,
    MediaType.PHOTO: NamedKind.PHOTO,
    MediaType.HOME_VIDEO: NamedKind.PHOTO,
}
_DAY_NUMBER = re.compile(r"s\d{4}e\d{4}(\d\d)\b")
_HEIGHTS = ((2000, "2160p"), (1000, "1080p"), (700, "720p"), (560, "576p"), (1, "480p"))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a file belongs: ``place`` below ``base``, which is the path in the library of a library folder."""

    base: str
    place: Place
    kind: NamedKind
    facts: NameFacts

    def path_for(self, old: str) -> str:
        """The path in the library for the file that has the path ``old`` now."""
        return f"{self.base}/{self.place.path}{PurePosixPath(old).suffix}"


class Targets:
    """Knows where things belong; made anew for each plan, for it remembers what it looked up."""

    def __init__(self, state: AppState, naming: Naming) -> None:
        self._state = state
        self._naming = naming.fixed()
        self._works: dict[str, Work | None] = {}
        self._discs: dict[str, int] = {}
        self._depths: dict[object, int] = {}
        self._mixed = {library.id for library in state.list_libraries() if library.kind is LibraryKind.MIXED}
        self._folders = state.list_folders()

    def of(self, media: Media) -> Target | None:
        """The target of an item; ``None`` for what keeps its name: extras, articles, what has no file."""
        if media.file is None or keeps_its_name(media.file.path):
            return None
        base = library_base(self._folders, media.file.path)
        kind = self._kind(media)
        if base is None or kind is None:
            return None
        facts = self._facts(media, kind)
        place = self._naming.place(kind, facts)
        if kind is NamedKind.TRACK and facts.discs > 1:
            place = replace(place, own_depth=0)
        if media.library_id in self._mixed:
            place = Place(PurePosixPath(_MIXED_FOLDERS[media.media_type]) / place.path, place.own_depth + 1)
        return Target(base, place, kind, facts)

    def numbered(self, target: Target, number: int) -> Target:
        """The same for the ``number``-th video of a channel on one day."""
        facts = replace(target.facts, number=number)
        inner = self._naming.place(target.kind, facts).path
        outer = target.place.path.parts[: len(target.place.path.parts) - len(inner.parts)]
        return replace(target, facts=facts, place=replace(target.place, path=PurePosixPath(*outer, inner)))

    def show_folder(self, target: Target) -> tuple[str, ...]:
        """The parts below the base of the folder of the show to which an episode belongs."""
        facts, parts = target.facts, target.place.path.parts
        show = (facts.names.show_title, facts.names.year, facts.show_year, facts.ids, target.kind)
        if show not in self._depths:
            inner = self._naming.place(target.kind, facts).path.parts
            self._depths[show] = len(self._naming.show_folder(facts).parts) + len(parts) - len(inner)
        return parts[: self._depths[show]]

    def _kind(self, media: Media) -> NamedKind | None:
        if media.media_type is not MediaType.EPISODE:
            return _KINDS.get(media.media_type)
        if media.names.episode is not None:
            return NamedKind.EPISODE
        return None if media.published_at is None else NamedKind.DAILY_EPISODE

    def _facts(self, media: Media, kind: NamedKind) -> NameFacts:
        work = self._work(media)
        facts = NameFacts(media.names, published_at=media.published_at, resolution=resolution_of(media.streams))
        if work is not None:
            facts = replace(facts, ids=work.ids, original_title=work.facts.original_title)
            if kind in (NamedKind.EPISODE, NamedKind.DAILY_EPISODE):
                facts = replace(facts, show_year=work.facts.year)
        if kind is NamedKind.TRACK:
            return replace(facts, discs=self._discs_of(media))
        if kind is NamedKind.VIDEO and media.file is not None:
            found = _DAY_NUMBER.match(PurePosixPath(media.file.path).name)
            return facts if found is None else replace(facts, number=int(found[1]) or 1)
        return facts

    def _work(self, media: Media) -> Work | None:
        if media.media_type is MediaType.MOVIE:
            return self._state.work(movie_key(media.id))
        key = show_key(media.names)
        if media.media_type is not MediaType.EPISODE or key is None:
            return None
        if key not in self._works:
            self._works[key] = self._state.work(show_work_key(key))
        return self._works[key]

    def _discs_of(self, media: Media) -> int:
        key = album_key(media.names)
        if key is None:
            return 1
        if key not in self._discs:
            self._discs[key] = self._state.discs_of_album(key)
        return self._discs[key]


def library_base(folders: Sequence[LibraryFolder], path: str) -> str | None:
    """The path in the library of the library folder in which a file lies; ``None`` if it lies in none."""
    folder_id = folder_of(path)
    if folder_id is not None:
        return f"@{folder_id}"
    around = (folder.path for folder in folders if folder.is_built_in and path.startswith(f"{folder.path}/"))
    return max(around, key=len, default=None)


def keeps_its_name(path: str) -> bool:
    """Whether a file is an extra, which goes where its film goes, or part of a copied disc, which has fixed names."""
    return is_among_extras(path) or any(name_key(name) in DISC_FOLDERS for name in PurePosixPath(path).parts[1:-1])


def is_among_extras(path: str) -> bool:
    """Whether a file lies in a folder of extras of a film or a show."""
    return any(is_extras_folder(name) for name in PurePosixPath(path).parts[2:-1])


def is_extras_folder(name: str) -> bool:
    """Whether other servers take what is in a folder of this name for extras."""
    return (key := name_key(name)) in EXTRA_FOLDERS or key in SAMPLE_FOLDERS


def resolution_of(streams: Streams) -> str | None:
    """The picture's size as it is spoken of, such as "1080p"; by its width too, for films are wide."""
    video = streams.video
    if video is None or video.height <= 0:
        return None
    height = max(video.height, round(video.width * 9 / 16))
    return next(name for least, name in _HEIGHTS if height >= least)
