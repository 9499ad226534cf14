"""Media files at an address of their own: resumed, proven, named after themselves."""

import threading

import pytest

from media_library.models.content_job import Reading
from media_library.models.job import JobStatus
from media_library.models.media import MediaType
from tests.conftest import wait_for
from tests.fetching import FetchHouse
from tests.internet import Hit, Page, Site, media, shapes


def test_a_file_becomes_an_item_named_after_itself(house: FetchHouse, web: Site) -> None:
    item = house.media(house.fetch(shapes.file(web, "/a/My_holiday%20film.mp4", media.video()), reading=Reading.FILE))
    assert (item.media_type, item.names.title, item.names.show_title) == (
        MediaType.VIDEO,
        "My holiday film",
        "127.0.0.1",
    )
    assert item.has_still
    assert house.files() == ["videos/127.0.0.1/My holiday film.mp4"]


def test_the_name_that_its_host_gives_comes_first(house: FetchHouse, web: Site) -> None:
    headers = {"Content-Disposition": 'attachment; filename="The real name.mp3"'}
    web.put("/download", Page(media.sound(), "application/octet-stream", headers=headers))
    item = house.media(house.fetch(web.url("/download"), reading=Reading.FILE))
    assert item.names.title == "The real name"
    assert item.file is not None and item.file.container == "mp3"


@pytest.mark.parametrize(
    ("name", "container"),
    [("x.ts", "mp4"), ("x.wav", "flac"), ("x.opus", "opus"), ("x.flac", "flac"), ("x.mkv", "mp4"), ("x.avi", "mp4")],
)
def test_the_suffix_follows_from_what_is_in_the_file(house: FetchHouse, web: Site, name: str, container: str) -> None:
    is_sound = name in ("x.wav", "x.opus", "x.flac")
    body = media.sound(name) if is_sound else media.video(name)
    item = house.media(house.fetch(shapes.file(web, "/thing.bin", body), reading=Reading.FILE))
    assert item.file is not None
    assert item.file.container == container
    assert item.file.path.endswith(f".{item.file.container}")
    assert (item.streams.video is None) is is_sound


def test_a_file_with_subtitles_keeps_its_container(house: FetchHouse, web: Site) -> None:
    item = house.media(house.fetch(shapes.file(web, "/film.mkv", media.subtitled_film()), reading=Reading.FILE))
    assert item.file is not None and item.file.container == "mkv"
    assert [track.language for track in item.streams.subtitles] == ["fra"]


def test_a_host_that_hangs_up_is_asked_for_the_rest(house: FetchHouse, web: Site) -> None:
    body = media.large_video()
    job = house.fetch(shapes.flapping(web, "/flapping.mp4", body, every=100_000), reading=Reading.FILE)
    item = house.media(job)
    assert item.file is not None and item.file.size_bytes == len(body)
    asked = [hit.headers.get("range", "") for hit in web.hits_of("/flapping.mp4")]
    assert asked == ["", *(f"bytes={begin}-" for begin in range(100_000, len(body), 100_000))]
    assert all(hit.headers.get("if-range") == '"flapping"' for hit in web.hits_of("/flapping.mp4")[1:])


@pytest.mark.parametrize("ignores_conditions", [False, True])
def test_what_changed_meanwhile_is_loaded_anew(house: FetchHouse, web: Site, *, ignores_conditions: bool) -> None:
    second = media.large_video()
    first = bytes(len(second))
    hits = iter(range(1000))

    def page(_: Hit) -> Page:
        is_first = next(hits) == 0
        return Page(
            first if is_first else second,
            "video/mp4",
            headers={"ETag": '"one"' if is_first else '"two"'},
            drop_every=200_000 if is_first else None,
            ignores_conditions=ignores_conditions,
        )

    item = house.media(house.fetch(web.put("/changing.mp4", page), reading=Reading.FILE))
    assert house.path(item).read_bytes() == second


def test_a_stopped_program_goes_on_from_where_it_was(house: FetchHouse, web: Site) -> None:
    body = media.large_video()
    url = shapes.slow(web, "/slow.mp4", body, bytes_per_second=400_000)
    job = house.queue(url, reading=Reading.FILE)
    stop = threading.Event()
    thread = threading.Thread(target=house.work, args=(stop,))
    thread.start()
    wait_for(lambda: house.state.get_job(job.id).percent > 30)
    stop.set()
    thread.join(10)
    assert house.state.get_job(job.id).status is JobStatus.QUEUED
    web.put("/slow.mp4", Page(body, "video/mp4", headers={"ETag": '"slow"'}))
    house.work()
    assert house.state.get_job(job.id).status is JobStatus.DONE
    begin = web.hits_of("/slow.mp4")[-1].headers["range"].removeprefix("bytes=").rstrip("-")
    assert int(begin) > len(body) * 0.2


def test_a_host_that_promises_more_than_it_sends_is_tried_again_later(house: FetchHouse, web: Site) -> None:
    body = media.video()
    web.put("/lying.mp4", Page(body, "video/mp4", claimed_length=len(body) + 1000, takes_ranges=False))
    job = house.fetch(web.url("/lying.mp4"), reading=Reading.FILE)
    assert job.status is JobStatus.QUEUED
    assert job.retry_at is not None
    assert not [name for name in house.files() if name.startswith("videos")]


def test_a_page_where_a_file_was_promised_is_refused_before_it_is_loaded(house: FetchHouse, web: Site) -> None:
    job = house.fetch(web.put("/film.mp4", Page(b"<title>Buy me</title>")), reading=Reading.FILE)
    assert job.status is JobStatus.FAILED
    assert job.error is not None and "page" in job.error


@pytest.mark.parametrize("body", [b"", b"\0" * 5000, b"MZ" + b"\x90" * 5000])
def test_what_is_no_media_file_never_enters_the_library(house: FetchHouse, web: Site, body: bytes) -> None:
    job = house.fetch(shapes.file(web, "/film.mp4", body), reading=Reading.FILE)
    assert job.status is JobStatus.FAILED
    assert house.files() == []


@pytest.mark.parametrize("name", ["half.mkv", "half.mp4", "kept.mkv"])
def test_half_a_film_never_enters_the_library(house: FetchHouse, web: Site, name: str) -> None:
    whole = media.subtitled_film() if name == "kept.mkv" else media.video(name)
    job = house.fetch(shapes.file(web, f"/{name}", whole[: len(whole) // 2]), reading=Reading.FILE)
    assert job.status is JobStatus.FAILED
    assert house.files() == []


@pytest.mark.parametrize(("status", "retry_after"), [(429, 7200), (503, 1800)])
def test_a_host_that_asks_to_come_later_is_left_alone_until_then(
    house: FetchHouse, web: Site, status: int, retry_after: int
) -> None:
    job = house.fetch(shapes.failing(web, "/film.mp4", status, retry_after=retry_after), reading=Reading.FILE)
    assert job.status is JobStatus.QUEUED
    assert job.retry_at is not None and job.started_at is not None
    assert abs(job.retry_at - job.started_at - 1000 * retry_after) < 60_000


def test_a_cancel_ends_it_at_once(house: FetchHouse, web: Site) -> None:
    job = house.queue(shapes.slow(web, "/slow.mp4", media.large_video(), bytes_per_second=50_000), reading=Reading.FILE)
    with house.working() as thread:
        wait_for(lambda: house.state.get_job(job.id).percent > 2)
        house.state.cancel_job(job.id)
        thread.join(2)
        assert not thread.is_alive()
    assert house.files() == []
