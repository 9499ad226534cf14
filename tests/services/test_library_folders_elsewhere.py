"""A library folder that does not lie below the media folder: its paths, its bin, and what read-only means."""

from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.errors import Forbidden, InvalidInput, NotFound, StorageError
from media_library.models.identity import Identity
from media_library.models.library import LibraryFolder, LibraryKind, stored_path
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.user import Role
from media_library.services.bin import Bin
from media_library.services.media_files import open_media
from media_library.services.media_root import MediaRoot


class House:
    """A media folder, a folder elsewhere, and a film in it."""

    def __init__(self, tmp_path: Path, state: AppState, *, is_read_only: bool) -> None:
        self.state = state
        self.media_root = MediaRoot(Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "state"))), state)
        self.media_root.prepare()
        self.elsewhere = tmp_path / "elsewhere"
        (self.elsewhere / "Film (2001)").mkdir(parents=True)
        self.file = self.elsewhere / "Film (2001)" / "film.mkv"
        self.file.write_bytes(b"film")
        library = state.add_library(LibraryKind.MIXED, "Old drive")
        self.folder = state.add_folder(library.id, str(self.elsewhere), is_read_only=is_read_only, identity=None)
        facts = self.file.stat()
        path = stored_path(self.folder, "Film (2001)/film.mkv")
        new = MediaFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, "mkv", 1000)
        self.film = state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames("Film", 2001), new))

    def again(self) -> Media:
        return self.state.media(self.film.id)


@pytest.fixture
def house(tmp_path: Path, state: AppState) -> House:
    return House(tmp_path, state, is_read_only=False)


@pytest.fixture
def guarded(tmp_path: Path, state: AppState) -> House:
    return House(tmp_path, state, is_read_only=True)


@pytest.fixture
def admin(state: AppState) -> Identity:
    user = state.add_user("ann", "Ann", "", Role.ADMIN)
    return Identity(user, state.viewer(user), None, None)


def folder(house: House) -> LibraryFolder:
    return house.state.library_folder(house.folder.id)


def test_its_paths_lead_there(house: House) -> None:
    assert house.film.file is not None
    assert house.media_root.path(house.film.file.path) == house.file
    assert house.film.folder_id == house.folder.id
    with open_media(house.media_root, house.film).file as file:
        assert file.read() == b"film"


@pytest.mark.parametrize("below", ["../state/media-library.db", "/etc/passwd", "", "a/../../b", "a\0b"])
def test_no_path_leads_out_of_it_59(house: House, below: str) -> None:
    with pytest.raises(InvalidInput):
        house.media_root.path(f"@{house.folder.id}/{below}")


def test_a_path_of_an_unknown_folder_leads_nowhere(house: House) -> None:
    with pytest.raises(NotFound):
        house.media_root.path("@0123/film.mkv")


def test_a_link_in_its_place_is_not_followed_60(house: House, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"film")
    house.file.unlink()
    house.file.symlink_to(secret)
    with pytest.raises(NotFound):
        open_media(house.media_root, house.film)


def test_an_unplugged_folder_is_offline_and_says_so(house: House) -> None:
    house.elsewhere.rename(house.elsewhere.with_name("unplugged"))
    with pytest.raises(StorageError, match="not there"):
        house.media_root.path(str(house.film.file and house.film.file.path))
    house.state.note_folder_state(house.folder.id, "The drive is not connected.")
    assert not folder(house).is_online
    with pytest.raises(StorageError, match="not connected"):
        open_media(house.media_root, house.film)


def test_what_is_removed_goes_to_a_bin_on_its_volume_and_comes_back(house: House, admin: Identity) -> None:
    bin_ = Bin(house.state, house.media_root)
    bin_.throw_away(admin, house.film.id)
    assert not house.file.exists()
    assert [file.name for file in (house.elsewhere / ".media-library" / "bin").iterdir()] == [f"{house.film.id}.mkv"]
    bin_.restore(admin, house.film.id)
    assert house.file.read_bytes() == b"film" and house.again().deleted_at is None


def test_in_a_read_only_folder_nothing_is_touched(guarded: House, admin: Identity) -> None:
    before = guarded.file.stat()
    bin_ = Bin(guarded.state, guarded.media_root)
    bin_.throw_away(admin, guarded.film.id)
    assert guarded.again().deleted_at is not None
    bin_.settle()
    assert guarded.file.stat() == before and not (guarded.elsewhere / ".media-library").exists()
    bin_.restore(admin, guarded.film.id)
    assert guarded.again().deleted_at is None and guarded.file.stat() == before
    with pytest.raises(Forbidden, match="read-only"):
        guarded.media_root.require_changeable(str(guarded.film.file and guarded.film.file.path))


def test_what_is_missing_is_never_purged(house: House) -> None:
    house.state._change("UPDATE media SET deleted_at = 1, missing_since = 1")
    assert house.state.media_in_bin(10**15) == []
