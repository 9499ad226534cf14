"""An article is published, replaced, binned and recovered as one folder, whatever happens in between."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.errors import Conflict, NotFound
from media_library.models.content_job import ArticleOrder, ContentJob
from media_library.models.identity import Identity
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.user import Role, Viewer
from media_library.services.bin import Bin
from media_library.services.maintenance import Maintenance
from media_library.services.media_root import MediaRoot
from media_library.services.media_units import numbered, unit_of
from media_library.services.publishing import Publishing

FOLDER = "articles/Site/2024-05-01 - Orchard"
PATH = f"{FOLDER}/article.html"


class Scene:
    """A library, a running job and an article that it made."""

    def __init__(self, folder: Path, state: AppState) -> None:
        self.root = folder / "media"
        self.state = state
        self.media_root = MediaRoot(Settings(paths=Paths(str(self.root), str(folder / "data"))), state)
        self.media_root.prepare()
        self.publishing = Publishing(state, self.media_root)
        self.bin = Bin(state, self.media_root)
        user = state.add_user("ann", "Ann", "", Role.ADMIN)
        self.ann = Identity(user, Viewer(user.id, None), None, None)
        self.job = self.claim()

    def claim(self) -> ContentJob:
        self.state.queue_content(
            ArticleOrder("https://e.org/"), title="e.org", host="e.org", origin="", requested_by=None
        )
        job = self.state.claim_content("worker", per_host=9)
        assert job is not None
        return job

    def staged(self, text: str = "text") -> Path:
        folder = self.media_root.staging(self.job.id) / f"article-{text}"
        (folder / "images").mkdir(parents=True)
        (folder / "article.html").write_text(text)
        (folder / "images" / "1.jpg").write_text(f"picture of {text}")
        return folder / "article.html"

    def new(self, path: str = PATH, replaces: str | None = None) -> NewMedia:
        library = self.state.library_of_kind(LibraryKind.ARTICLES)
        file = MediaFile(path, 0, 0, 0, "html", 60_000)
        return NewMedia(MediaType.ARTICLE, library.id, MediaNames("Orchard"), file, replaces=replaces)

    def publish(self, text: str = "text", **more: str) -> Media:
        return self.publishing.publish(self.job.id, self.job.token, self.staged(text), self.new(**more))

    def intend(self, text: str = "text", **more: str) -> Path:
        """The state of affairs right after the intent was noted."""
        staged = self.staged(text)
        status = staged.stat()
        file = MediaFile(more.get("path", PATH), status.st_size, status.st_mtime_ns, status.st_ino, "html", 1000)
        new = replace(self.new(**more), file=file)
        self.state.intend_publication(self.job.id, 0, self.media_root.relative(staged), new)
        return staged.parent

    def crash_and_start(self) -> None:
        """What a start does after the program was killed."""
        self.state.recover_jobs(all_of_them=True)
        self.publishing.recover()

    def tree(self, folder: str = FOLDER) -> dict[str, str]:
        """The files of a folder below the media folder and what is in them."""
        top = self.root / folder
        return {path.relative_to(top).as_posix(): path.read_text() for path in top.rglob("*") if path.is_file()}


WHOLE = {"article.html": "text", "images/1.jpg": "picture of text"}
NEW = {"article.html": "new", "images/1.jpg": "picture of new"}


@pytest.fixture
def scene(tmp_path: Path, state: AppState) -> Scene:
    return Scene(tmp_path, state)


def test_a_folder_is_published_as_a_whole(scene: Scene) -> None:
    media = scene.publish()
    assert scene.tree() == WHOLE
    assert media.file is not None and media.file.path == PATH
    assert media.file.inode == (scene.root / PATH).stat().st_ino
    assert scene.state.open_publications() == []
    assert not (scene.media_root.staging(scene.job.id) / "article-text").exists()


def test_a_folder_that_is_there_is_never_overwritten(scene: Scene) -> None:
    (scene.root / FOLDER).mkdir(parents=True)
    (scene.root / FOLDER / "mine.txt").write_text("mine")
    with pytest.raises(Conflict):
        scene.publish()
    assert scene.tree() == {"mine.txt": "mine"}
    assert scene.state.open_publications() == []


def test_even_an_empty_folder_of_somebody_keeps_its_place(scene: Scene) -> None:
    (scene.root / FOLDER).mkdir(parents=True)
    with pytest.raises(Conflict):
        scene.publish()


def test_nothing_of_a_cancelled_job_is_published(scene: Scene) -> None:
    scene.state.cancel_job(scene.job.id)
    with pytest.raises(Conflict):
        scene.publish()
    assert not (scene.root / FOLDER).exists()


def test_a_folder_that_replaces_another_sends_it_to_the_bin(scene: Scene) -> None:
    first = scene.publish()
    second = scene.publish("new", replaces=first.id)
    assert second.id == first.id
    assert scene.tree() == NEW
    [kept] = scene.media_root.bin().iterdir()
    assert scene.tree(str(kept.relative_to(scene.root))) == WHOLE
    scene.publishing.empty_replaced(0)
    assert kept.exists()
    scene.publishing.empty_replaced(2**60)
    assert not kept.exists()


def test_a_folder_goes_to_the_bin_and_comes_back(scene: Scene) -> None:
    media = scene.publish()
    scene.bin.throw_away(scene.ann, media.id)
    assert not (scene.root / FOLDER).exists()
    scene.bin.restore(scene.ann, media.id)
    assert scene.tree() == WHOLE
    assert list(scene.media_root.bin().iterdir()) == []


def test_a_removal_that_a_crash_broke_off_is_settled_and_undone(scene: Scene) -> None:
    media = scene.publish()
    scene.state.bin_media(media.id)
    (scene.media_root.bin() / f"{media.id}.html").mkdir()  # the name was kept, then the crash came
    scene.bin.settle()
    assert not (scene.root / FOLDER).exists()
    scene.bin.restore(scene.ann, media.id)
    scene.state.bin_media(media.id)
    (scene.media_root.bin() / f"{media.id}.html").mkdir()
    scene.bin.restore(scene.ann, media.id)
    assert scene.tree() == WHOLE


def test_a_folder_leaves_the_bin_for_good_after_its_time(scene: Scene) -> None:
    media = scene.publish()
    scene.bin.throw_away(scene.ann, media.id)
    scene.state._change("UPDATE media SET deleted_at = 1 WHERE id = ?", (media.id,))
    stop = threading.Event()
    stop.set()
    Maintenance(scene.state, scene.media_root, first_daily_seconds=0).step(stop)
    assert list(scene.media_root.bin().iterdir()) == []
    with pytest.raises(NotFound):
        scene.state.media(media.id)


def test_a_crash_before_the_rename_leaves_nothing_in_the_library(scene: Scene) -> None:
    scene.intend()
    scene.crash_and_start()
    assert not (scene.root / FOLDER).exists()
    assert scene.state.open_publications() == []


def test_a_crash_that_left_the_empty_folder_takes_it_away(scene: Scene) -> None:
    scene.intend()
    (scene.root / FOLDER).mkdir(parents=True)
    scene.crash_and_start()
    assert not (scene.root / FOLDER).exists()
    assert scene.state.open_publications() == []


def test_a_crash_after_the_rename_gives_the_folder_its_row(scene: Scene) -> None:
    staged = scene.intend()
    (scene.root / FOLDER).parent.mkdir(parents=True)
    staged.rename(scene.root / FOLDER)
    scene.crash_and_start()
    [media_id] = scene.state.media_of_job(scene.job.id)
    media = scene.state.media(media_id)
    assert media.file is not None and media.file.path == PATH
    assert scene.tree() == WHOLE


@pytest.mark.parametrize("with_placeholder", [False, True])
def test_a_crash_while_a_folder_is_replaced_leaves_the_new_one(scene: Scene, with_placeholder: bool) -> None:
    first = scene.publish()
    scene.intend("new", replaces=first.id)
    (scene.root / FOLDER).rename(scene.media_root.bin() / f"{first.id}.1.replaced.html")
    if with_placeholder:
        (scene.root / FOLDER).mkdir()
    scene.crash_and_start()
    assert scene.tree() == NEW
    media = scene.state.media(first.id)
    assert media.file is not None and media.file.inode == (scene.root / PATH).stat().st_ino


def test_a_crash_never_touches_somebody_else_s_folder(scene: Scene) -> None:
    scene.intend()
    (scene.root / FOLDER).mkdir(parents=True)
    (scene.root / PATH).write_text("somebody else's")
    scene.crash_and_start()
    assert scene.tree() == {"article.html": "somebody else's"}


def test_only_what_has_a_folder_of_its_own_is_moved_with_it() -> None:
    assert unit_of(MediaType.MOVIE, Path("/m/Film/Film.mp4")) == Path("/m/Film/Film.mp4")
    assert unit_of(MediaType.ARTICLE, Path("/m/A/article.html")) == Path("/m/A")


def test_a_number_goes_behind_the_name_of_what_is_moved() -> None:
    assert numbered(MediaType.ARTICLE, "a/Site/On v2.0/article.html", 1) == "a/Site/On v2.0/article.html"
    assert numbered(MediaType.ARTICLE, "a/Site/On v2.0/article.html", 2) == "a/Site/On v2.0 (2)/article.html"
    assert numbered(MediaType.VIDEO, "v/Dr. X/One.mkv", 3) == "v/Dr. X/One (3).mkv"
