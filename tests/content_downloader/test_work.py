"""A content job at work: stops, cancels, names, and what came in meanwhile."""

import threading
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.content_downloader import Work
from media_library.errors import Conflict, Stopped
from media_library.models.content_job import DownloadOrder
from media_library.models.job import JobStage
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.services.media_root import MediaRoot
from media_library.services.publishing import Publishing


@pytest.fixture
def media_root(state: AppState, tmp_path: Path) -> MediaRoot:
    root = MediaRoot(Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data"))), state)
    root.prepare()
    return root


def begin(state: AppState, media_root: MediaRoot, origin: str = "url:a", stop: threading.Event | None = None) -> Work:
    state.queue_content(DownloadOrder("https://a.example/"), title="A", origin=origin)
    job = state.claim_content("worker", per_host=2)
    assert job is not None
    staging = media_root.staging(job.id)
    return Work(job, staging, state, Publishing(state, media_root), stop or threading.Event())


def video(state: AppState, *origins: str) -> NewMedia:
    library = state.library_of_kind(LibraryKind.VIDEOS)
    file = MediaFile("videos/Channel/Film.mp4", 0, 0, 0, "mp4", 1000)
    return NewMedia(MediaType.VIDEO, library.id, MediaNames("Film"), file, origins=origins)


def staged(work: Work, content: bytes = b"film") -> Path:
    path = work.staging / "film.mp4"
    path.write_bytes(content)
    return path


def test_a_published_file_is_known_by_its_origins(state: AppState, media_root: MediaRoot) -> None:
    work = begin(state, media_root)
    media = work.publish(staged(work), video(state, "url:a", "yt:x:1"))
    assert media_root.path("videos/Channel/Film.mp4").read_bytes() == b"film"
    assert state.media_by_origin(["yt:x:1"]) == media and state.origins_of(media.id) == ["url:a", "yt:x:1"]
    assert state.get_job(work.job.id).media_id == media.id


def test_a_name_that_is_taken_gets_a_number(state: AppState, media_root: MediaRoot) -> None:
    first = begin(state, media_root)
    first.publish(staged(first), video(state, "url:a"))
    second = begin(state, media_root, "url:b")
    media = second.publish(staged(second, b"other"), video(state, "url:b"))
    assert media.file is not None and media.file.path == "videos/Channel/Film (2).mp4"
    assert media_root.path("videos/Channel/Film.mp4").read_bytes() == b"film"


def test_what_came_in_meanwhile_by_another_way_is_the_answer_and_no_second_file_stays(
    state: AppState, media_root: MediaRoot
) -> None:
    first, second = begin(state, media_root, "url:a"), begin(state, media_root, "url:b")
    one = first.publish(staged(first), video(state, "url:a", "yt:x:1"))
    same = second.publish(staged(second), video(state, "url:b", "yt:x:1"))
    assert same.id == one.id
    assert [path.name for path in media_root.path("videos/Channel").iterdir()] == ["Film.mp4"]


def test_a_cancelled_job_publishes_nothing(state: AppState, media_root: MediaRoot) -> None:
    work = begin(state, media_root)
    state.cancel_job(work.job.id)
    with pytest.raises(Conflict):
        work.publish(staged(work), video(state, "url:a"))
    assert state.media_by_origin(["url:a"]) is None and not media_root.path("videos/Channel").exists()


def test_an_item_without_its_file_gets_it_back_with_id_and_history(state: AppState, media_root: MediaRoot) -> None:
    work = begin(state, media_root)
    media = work.publish(staged(work), video(state, "url:a"))
    state.finish_job(work.job.id, work.job.token)
    media_root.path("videos/Channel/Film.mp4").unlink()
    state.release_media_file(media.id)
    assert state.media(media.id).file is None
    again = begin(state, media_root, "url:a")
    new = video(state, "url:a")
    back = again.publish(staged(again, b"anew"), NewMedia(
        new.media_type, new.library_id, new.names, new.file, origins=new.origins, replaces=media.id
    ))  # fmt: skip
    assert (back.id, back.deleted_at) == (media.id, None)
    assert back.file is not None and media_root.path(back.file.path).read_bytes() == b"anew"


def test_a_stop_of_the_program_is_noticed_at_the_next_check(state: AppState, media_root: MediaRoot) -> None:
    stop = threading.Event()
    work = begin(state, media_root, stop=stop)
    work.check()
    stop.set()
    with pytest.raises(Stopped):
        work.report(JobStage.DOWNLOAD, 1)
