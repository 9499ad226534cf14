"""Taking books from people: what is kept of an upload that does not arrive as it should."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings, Uploads
from media_library.errors import Forbidden, InvalidInput, StorageError
from media_library.models.book import BookFacts
from media_library.models.identity import Identity
from media_library.models.job import JobStatus
from media_library.models.user import Role, Viewer
from media_library.services import publishing
from media_library.services.bin import Bin
from media_library.services.book_shelf import names_of, published_at
from media_library.services.books import Books
from media_library.services.content import Content
from media_library.services.media_root import MediaRoot
from tests.fixtures import books


class Desk:
    """Where books are brought, with an admin who brings them."""

    def __init__(self, state: AppState, folder: Path, uploads: Uploads) -> None:
        settings = Settings(paths=Paths(str(folder / "media"), str(folder / "data")), uploads=uploads)
        self.state = state
        self.media_root = MediaRoot(settings, state)
        self.media_root.prepare()
        self.books = Books(settings, state, self.media_root, Content(state, Bin(state, self.media_root)))
        user = state.add_user("ann", "Ann", "", Role.ADMIN)
        self.actor = Identity(user, Viewer(user.id, None), None, None)

    def bring(self, content: bytes, length: int | None) -> None:
        self.books.receive(self.actor, io.BytesIO(content), length, "a.pdf", None)

    @property
    def left(self) -> list[Path]:
        return self.media_root.staging_jobs()


@pytest.fixture
def desk(state: AppState, tmp_path: Path) -> Desk:
    return Desk(state, tmp_path, Uploads(max_upload_size_mb=1))


def test_an_upload_that_breaks_off_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="broken off"):
        desk.bring(b"%PDF-1.4 and then", 5000)
    assert desk.left == []
    assert desk.state.list_jobs([JobStatus.QUEUED], 10) == []


def test_an_upload_of_unknown_length_is_counted(desk: Desk, tmp_path: Path) -> None:
    desk.bring(books.pdf(tmp_path / "a.pdf").read_bytes(), None)
    assert len(desk.left) == 1
    with pytest.raises(InvalidInput, match="larger than 1 MB"):
        desk.bring(b"%PDF-1.4" + bytes(2 << 20), None)
    assert len(desk.left) == 1


def test_an_upload_that_would_fill_the_drive_is_not_begun(desk: Desk) -> None:
    free, _ = desk.media_root.space()
    with pytest.raises(StorageError, match="room"):
        desk.bring(b"%PDF-1.4", free)
    assert desk.left == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can mount a small volume")
def test_a_drive_that_fills_up_meanwhile_is_told_of_and_nothing_is_left(state: AppState, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(tmp_path / "media")], check=True)
    try:
        desk = Desk(state, tmp_path, Uploads(max_upload_size_mb=50))
        with pytest.raises(StorageError, match="full"):
            desk.bring(b"%PDF-1.4" + bytes(8 << 20), None)
        assert desk.left == []
    finally:
        subprocess.run(["umount", "-l", str(tmp_path / "media")], check=True)


def test_uploads_can_be_switched_off(state: AppState, tmp_path: Path) -> None:
    with pytest.raises(Forbidden, match="switched off"):
        Desk(state, tmp_path, Uploads(enabled=False)).bring(b"%PDF-1.4", 8)


def test_an_upload_that_was_cleared_up_meanwhile_is_told_of_at_once(desk: Desk) -> None:
    class Cleared(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            for folder in desk.left:
                publishing.remove(folder)
            return super().read(size)

    with pytest.raises(InvalidInput, match="broken off"):
        desk.books.receive(desk.actor, Cleared(b"%PDF-1.4"), 8, "a.pdf", None)
    assert desk.state.list_jobs([JobStatus.QUEUED], 10) == []


def test_a_connection_that_breaks_leaves_nothing(desk: Desk) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise TimeoutError("timed out")

    with pytest.raises(InvalidInput, match="broken off"):
        desk.books.receive(desk.actor, Broken(), 10, "a.pdf", None)
    assert desk.left == []


def test_a_book_is_called_by_its_title_its_people_and_its_place_in_a_series() -> None:
    facts = BookFacts("T", ("A", "B"), published="1999-05", series="S", series_number=3.0)
    names = names_of(facts, "file")
    assert (names.title, names.artist, names.year, names.show_title, names.episode) == ("T", "A, B", 1999, "S", 3)
    half = names_of(replace(facts, title=None, authors=(), series_number=2.5), "file")
    assert (half.title, half.artist, half.episode) == ("file", None, None)
    assert names_of(BookFacts(), "").title == "Untitled"


def test_the_day_of_publication_is_in_milliseconds() -> None:
    assert published_at("1970-01-02") == 86_400_000
    assert published_at("1970") == published_at("1970-01") == 0
    assert published_at("2019-02-31") == published_at("2019-02")
    assert published_at(None) is None
