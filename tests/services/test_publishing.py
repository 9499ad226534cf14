"""Publishing: a file and its row appear together, whatever happens in between, and nothing is ever overwritten."""

from dataclasses import replace
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.errors import Conflict, StorageError
from media_library.models.disc import DiscNames
from media_library.models.drive import DiscKind, DriveKind, DriveState, DriveStatus
from media_library.models.job import Job, NewRip
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.services.media_root import MediaRoot
from media_library.services.publishing import Publishing
from tests.conftest import file_of

PATH = "movies/Film/Film.mp4"


class Scene:
    """A library, a running job and a file that it made."""

    def __init__(self, folder: Path, state: AppState) -> None:
        self.root = folder / "media"
        self.state = state
        self.media_root = MediaRoot(Settings(paths=Paths(str(self.root), str(folder / "data"))), state)
        self.media_root.prepare()
        self.publishing = Publishing(state, self.media_root)
        self.disc = state.see_disc("dvd:1", DiscKind.DVD, "FILM", DiscNames("Film"))
        state.save_drive(
            DriveStatus("drive", DriveKind.IMAGE, "Drive", DriveState.READY, None, self.disc.id, "/x.iso", 0)
        )
        state.queue_rip(NewRip("Film", self.disc.id, "drive"))
        self.job = self.claim()

    def claim(self) -> Job:
        job = self.state.claim_rip("worker")
        assert job is not None
        return job

    def staged(self, content: bytes = b"film") -> Path:
        file = self.media_root.staging(self.job.id) / "title-1.mp4"
        file.write_bytes(content)
        return file

    def new(self, path: str = PATH) -> NewMedia:
        library = self.state.library_of_kind(LibraryKind.MOVIES)
        file = MediaFile(path, 0, 0, 0, "mp4", 1000)
        return NewMedia(MediaType.MOVIE, library.id, MediaNames("Film"), file, disc_id=self.disc.id, disc_title=1)

    def publish(self, content: bytes = b"film", path: str = PATH) -> str:
        return self.publishing.publish(self.job.id, self.job.token, self.staged(content), self.new(path)).id

    def intend(self, content: bytes = b"film") -> Path:
        """The state of affairs right after the intent was noted."""
        staged = self.staged(content)
        status = staged.stat()
        facts = MediaFile(PATH, status.st_size, status.st_mtime_ns, status.st_ino, "mp4", 1000)
        self.state.intend_publication(self.job.id, 1, self.media_root.relative(staged), replace(self.new(), file=facts))
        return staged

    def crash_and_start(self) -> None:
        """What a start does after the program was killed."""
        self.state.recover_jobs(all_of_them=True)
        self.publishing.recover()


@pytest.fixture
def scene(tmp_path: Path, state: AppState) -> Scene:
    return Scene(tmp_path, state)


def test_a_published_file_has_its_row_and_no_intent(scene: Scene) -> None:
    media = scene.state.media(scene.publish())
    assert file_of(media).path == PATH
    assert (scene.root / PATH).read_bytes() == b"film"
    assert file_of(media).inode == (scene.root / PATH).stat().st_ino
    assert scene.state.open_publications() == []


def test_a_file_that_is_there_is_never_overwritten(scene: Scene) -> None:
    (scene.root / PATH).parent.mkdir(parents=True)
    (scene.root / PATH).write_bytes(b"somebody else's")
    with pytest.raises(Conflict):
        scene.publish()
    assert (scene.root / PATH).read_bytes() == b"somebody else's"
    assert scene.state.open_publications() == []
    assert scene.state.media_of_disc(scene.disc.id) == []


def test_nothing_of_a_cancelled_job_is_published(scene: Scene) -> None:
    scene.state.cancel_job(scene.job.id)
    with pytest.raises(Conflict):
        scene.publish()
    assert not (scene.root / PATH).exists()
    assert scene.state.open_publications() == []


def test_a_job_that_another_worker_took_over_publishes_nothing(scene: Scene) -> None:
    scene.state.recover_jobs(all_of_them=True)
    scene.claim()
    with pytest.raises(Conflict):
        scene.publish()
    assert not (scene.root / PATH).exists()


def test_a_new_rip_of_the_same_title_keeps_the_item_and_bins_the_old_file(scene: Scene) -> None:
    first = scene.publish(b"old")
    second = scene.publish(b"new")
    assert second == first
    assert (scene.root / PATH).read_bytes() == b"new"
    [binned] = scene.media_root.bin().iterdir()
    assert binned.name.startswith(f"{first}.")
    assert binned.read_bytes() == b"old"


def test_a_new_rip_in_another_container_keeps_the_item_too(scene: Scene) -> None:
    first = scene.publish(b"old")
    assert scene.publish(b"new", "movies/Film/Film.mkv") == first
    assert not (scene.root / PATH).exists()
    assert file_of(scene.state.media(first)).path == "movies/Film/Film.mkv"
    [binned] = scene.media_root.bin().iterdir()
    assert binned.read_bytes() == b"old"


def test_what_was_replaced_leaves_the_bin_after_a_time(scene: Scene) -> None:
    scene.publish(b"old")
    scene.publish(b"new")
    other = scene.media_root.bin() / "0123.mp4"
    other.touch()
    scene.publishing.empty_replaced(0)
    assert len(list(scene.media_root.bin().iterdir())) == 2
    scene.publishing.empty_replaced(2**60)
    assert list(scene.media_root.bin().iterdir()) == [other]


def test_a_crash_before_the_rename_leaves_nothing(scene: Scene) -> None:
    staged = scene.intend()
    scene.crash_and_start()
    assert not staged.exists()
    assert scene.state.media_of_disc(scene.disc.id) == []
    assert scene.state.open_publications() == []
    assert scene.media_root.staging_jobs() == []


def test_a_crash_after_the_rename_gives_the_file_its_row(scene: Scene) -> None:
    staged = scene.intend()
    (scene.root / PATH).parent.mkdir(parents=True)
    staged.rename(scene.root / PATH)
    scene.crash_and_start()
    [media] = scene.state.media_of_disc(scene.disc.id)
    assert file_of(media).path == PATH
    assert (scene.root / PATH).read_bytes() == b"film"
    assert scene.state.open_publications() == []


def test_a_crash_between_link_and_unlink_gives_the_file_its_row(scene: Scene) -> None:
    staged = scene.intend()
    (scene.root / PATH).parent.mkdir(parents=True)
    (scene.root / PATH).hardlink_to(staged)
    scene.crash_and_start()
    assert len(scene.state.media_of_disc(scene.disc.id)) == 1
    assert (scene.root / PATH).read_bytes() == b"film"
    assert not staged.exists()


def test_a_crash_with_the_empty_file_that_keeps_the_name_removes_it(scene: Scene) -> None:
    scene.intend()
    (scene.root / PATH).parent.mkdir(parents=True)
    (scene.root / PATH).touch()
    scene.crash_and_start()
    assert not (scene.root / PATH).exists()
    assert scene.state.media_of_disc(scene.disc.id) == []


def test_a_crash_never_touches_somebody_else_s_file(scene: Scene) -> None:
    scene.intend()
    (scene.root / PATH).parent.mkdir(parents=True)
    (scene.root / PATH).write_bytes(b"somebody else's")
    scene.crash_and_start()
    assert (scene.root / PATH).read_bytes() == b"somebody else's"
    assert scene.state.media_of_disc(scene.disc.id) == []


def test_a_crash_while_a_file_is_replaced_leaves_the_new_one(scene: Scene) -> None:
    first = scene.publish(b"old")
    scene.intend(b"new")
    (scene.root / PATH).rename(scene.media_root.bin() / f"{first}.1.replaced.mp4")
    scene.crash_and_start()
    [media] = scene.state.media_of_disc(scene.disc.id)
    assert media.id == first
    assert (scene.root / PATH).read_bytes() == b"new"
    assert file_of(media).size_bytes == 3


def test_recovery_leaves_the_staging_of_a_running_job_alone(scene: Scene) -> None:
    staged = scene.staged()
    scene.publishing.recover()
    assert staged.exists()


def test_an_offline_folder_is_left_alone(scene: Scene, tmp_path: Path) -> None:
    scene.intend()
    scene.root.rename(tmp_path / "unplugged")
    offline = Publishing(
        scene.state, MediaRoot(Settings(paths=Paths(str(scene.root), str(tmp_path / "data"))), scene.state)
    )
    offline.recover()
    assert len(scene.state.open_publications()) == 1
    with pytest.raises(StorageError):
        offline.publish(scene.job.id, scene.job.token, scene.root / "x", scene.new())
