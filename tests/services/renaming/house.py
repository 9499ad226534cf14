"""A library with real files for the tests of renaming."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from media_library.app_state import AppState
from media_library.config import FileNaming, Paths, Settings
from media_library.models.identity import Identity
from media_library.models.job import JobKind
from media_library.models.library import Library, LibraryFolder, LibraryKind
from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.models.library_job import RenameOrder
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.preferences import LibraryPreferences, NamingPreferences
from media_library.models.rename import RenameBatch, RenameStep
from media_library.models.user import Role, User
from media_library.repositories.base import new_id
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences
from media_library.services.renaming import Batches, Plans, Renaming

_LIBRARIES = {
    MediaType.MOVIE: LibraryKind.MOVIES,
    MediaType.EXTRA: LibraryKind.MOVIES,
    MediaType.EPISODE: LibraryKind.SHOWS,
    MediaType.TRACK: LibraryKind.MUSIC,
    MediaType.VIDEO: LibraryKind.VIDEOS,
    MediaType.PODCAST: LibraryKind.PODCASTS,
    MediaType.BOOK: LibraryKind.BOOKS,
    MediaType.PHOTO: LibraryKind.HOME,
}


def no_report(done: int, count: int) -> None:
    """Nobody wants to know how far it is."""


def planned(state: AppState, renaming: Renaming, plans: Plans, actor: Identity, **scope: Any) -> RenameBatch:
    """A plan that was asked for, and made as its job makes it."""
    batch, job = renaming.plan(actor, **scope)
    claimed = state.claim_content("library", per_host=1, kinds=frozenset({JobKind.RENAME}))
    assert claimed is not None and claimed.id == job.id and isinstance(claimed.order, RenameOrder)
    assert claimed.order.plan is not None
    plans.make(batch.id, claimed.order.plan, no_report)
    state.finish_job(claimed.id, claimed.token)
    return state.rename(batch.id)


class House:
    """A state, a media folder, and what is needed to rename in it."""

    def __init__(self, folder: Path, state: AppState) -> None:
        self.state = state
        self.root = folder / "media"
        self.settings = Settings(paths=Paths(str(self.root), str(folder / "data")))
        self.media_root = MediaRoot(self.settings, state)
        self.media_root.prepare()
        self.preferences = Preferences(state, self.settings)
        self.naming = Naming(FileNaming(), self.preferences.naming)
        self.renaming = Renaming(state, self.media_root, self.naming, self.preferences)
        self.batches = Batches(state, self.media_root)
        self.plans = Plans(state, self.media_root, self.naming)

    def add(
        self,
        media_type: MediaType,
        names: MediaNames,
        path: str,
        *,
        content: bytes | None = None,
        library: Library | None = None,
        parent_id: str | None = None,
        published_at: int | None = None,
    ) -> Media:
        """An item with a file of that content, which is its path unless said otherwise."""
        status = self.write(path, path.encode() if content is None else content).stat()
        return self.state.add_media(
            NewMedia(
                media_type,
                (library or self.state.library_of_kind(_LIBRARIES[media_type])).id,
                names,
                MediaFile(path, status.st_size, status.st_mtime_ns, status.st_ino, path.rpartition(".")[2], 1000),
                parent_id=parent_id,
                extra_kind=None if parent_id is None else "trailer",
                published_at=published_at,
            )
        )

    def film(self, title: str, year: int | None, path: str, *, edition: str | None = None) -> Media:
        """A film."""
        return self.add(MediaType.MOVIE, MediaNames(title, year, edition=edition), path)

    def episode(self, show: str, season: int, episode: int, path: str, title: str | None = None) -> Media:
        """An episode."""
        names = MediaNames(title or f"Episode {episode}", None, show, season, episode)
        return self.add(MediaType.EPISODE, names, path)

    def write(self, path: str, content: bytes = b"x") -> Path:
        """A file in the library."""
        file = self.media_root.path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return file

    def know(self, path: str, role: FileRole, media: Media | None, **facts: object) -> None:
        """A file as a scan would have noted it."""
        status = self.media_root.path(path).stat()
        folder = self.folder_of(path)
        file = LibraryFile(
            new_id(), folder.id, path, status.st_size, status.st_mtime_ns, status.st_ino, role, FileState.READY,
            media_id=None if media is None else media.id,
        )  # fmt: skip
        self.state.add_files([replace(file, **facts)])  # type: ignore[arg-type]  # the fields of LibraryFile

    def folder_of(self, path: str) -> LibraryFolder:
        """The library folder of a path."""
        return next(
            folder
            for folder in self.state.list_folders()
            if path.startswith(f"{folder.path}/" if folder.is_built_in else f"@{folder.id}/")
        )

    def elsewhere(self, folder: Path, kind: LibraryKind = LibraryKind.MOVIES, *, is_read_only: bool = False) -> str:
        """A library folder beyond the media folder; returns its id."""
        folder.mkdir(exist_ok=True)
        library = self.state.add_library(kind, "Elsewhere")
        added = self.state.add_folder(library.id, str(folder), is_read_only=is_read_only, identity=None)
        return added.id

    def files(self) -> list[str]:
        """Every file below the media folder but those of the program itself."""
        found = (path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())
        return sorted(path for path in found if not path.startswith(".media-library"))

    def path(self, media: Media) -> str:
        """Where an item lies by its row."""
        file = self.state.media(media.id).file
        assert file is not None
        return file.path

    def plan(self, *media: Media) -> RenameBatch:
        """A plan for these items, or for all."""
        return self.planned(media_ids=[one.id for one in media])

    def planned(self, **scope: Any) -> RenameBatch:
        """A plan as its job makes it."""
        return planned(self.state, self.renaming, self.plans, self.actor(), **scope)

    def apply(self, *media: Media) -> RenameBatch:
        """A plan for these items, or for all, carried out."""
        batch = self.plan(*media)
        self.batches.apply(batch.id, no_report)
        return self.state.rename(batch.id)

    def undo(self, batch: RenameBatch) -> RenameBatch:
        """A batch taken back."""
        self.batches.undo(batch.id, no_report)
        return self.state.rename(batch.id)

    def steps(self, batch: RenameBatch) -> list[RenameStep]:
        """The steps of a batch as people see them."""
        return self.renaming.steps(batch.id, after=0, limit=1000)[0]

    def problems(self, batch: RenameBatch) -> list[str]:
        """What is said of the items that keep their names."""
        return [step.problem for step in self.steps(batch) if step.problem]

    def actor(self) -> Identity:
        """Somebody."""
        user = next(iter(self.state.list_users()), None) or self._user()
        return Identity(user, self.state.viewer(user), None, None)

    def prefer(self, library: LibraryPreferences | None = None, naming: NamingPreferences | None = None) -> None:
        """Change preferences."""
        if library is not None:
            self.state.change_library_preferences(library)
        if naming is not None:
            self.state.change_naming_preferences(naming)

    def _user(self) -> User:
        return self.state.add_user("ann", "Ann", "", Role.ADMIN)


def stories(house: House, media: Sequence[Media]) -> dict[str, str]:
    """What each item's file holds, by the item's id: what must never change."""
    return {one.id: house.media_root.path(house.path(one)).read_text("utf-8") for one in media}
