"""Videos from the web: real yt-dlp and ffmpeg against a loopback internet."""

import json
import threading
import time
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.models.content_job import LiveChoice, Reading
from media_library.models.job import JobStatus
from media_library.models.media import MediaType
from tests.conftest import wait_for
from tests.fetching import FetchHouse, admin, fetch_house
from tests.internet import Hit, Page, Site, media, serve, shapes


def test_a_page_with_a_video_becomes_an_item_with_all_that_its_site_says(house: FetchHouse, web: Site) -> None:
    job = house.fetch(shapes.video_page(web))
    assert (job.status, job.error) == (JobStatus.DONE, None)
    assert job.title == "A walk by the sea"
    item = house.media(job)
    assert item.media_type is MediaType.VIDEO
    assert (item.names.title, item.names.show_title, item.names.year) == ("A walk by the sea", "Sea Channel", 2024)
    assert item.published_at == 1_717_149_600_000
    assert item.overview is not None and item.overview.startswith("Waves, gulls and wind.")
    assert item.has_still
    assert item.streams.video is not None and item.streams.video.codec == "h264"
    assert item.file is not None
    assert item.file.path == "videos/Sea Channel/Season 2024/s2024e053101 - A walk by the sea.mp4"
    assert abs(item.duration_ms - 1000 * media.SECONDS) < 200
    assert house.files() == [item.file.path], "nothing else is left in the media folder"


def test_chapters_are_kept_and_marks_are_asked_for_without_being_needed(house: FetchHouse, web: Site) -> None:
    house.prefer(sponsorblock=True)
    item = house.media(house.fetch(shapes.video_page(web)))
    assert [(one.title, one.start_ms) for one in item.streams.chapters] == [
        ("The pier", 0),
        ("The beach", 2000),
        ("The lighthouse", 4000),
    ]


def test_the_same_video_is_never_loaded_twice(house: FetchHouse, web: Site) -> None:
    url = shapes.video_page(web)
    first = house.fetch(url)
    loads = len(web.hits_of("/watch/one.mp4"))
    again = house.fetch(f"{url}?utm_source=mail")
    assert again.status is JobStatus.DONE
    assert house.media(again).id == house.media(first).id
    assert len(web.hits_of("/watch/one.mp4")) == loads
    assert len(house.files()) == 1


def test_what_is_known_by_another_address_is_examined_and_not_loaded(house: FetchHouse, web: Site) -> None:
    url = shapes.video_page(web)
    first = house.media(house.fetch(url))
    web.redirect("/short", url)
    big = web.hits_of("/watch/one.mp4")
    again = house.fetch(web.url("/short"))
    assert house.media(again).id == first.id
    # the extractor looks at the first bytes of a video to tell what it is; the video itself is not asked for
    assert len(web.hits_of("/watch/one.mp4")) - len(big) <= 1
    assert len(house.files()) == 1


def test_two_videos_of_a_day_get_numbers_that_media_servers_tell_apart(house: FetchHouse, web: Site) -> None:
    for name in ("one", "two"):
        house.fetch(shapes.video_page(web, f"/watch/{name}", title=f"Part {name}"))
    assert [path.rpartition("/")[2] for path in house.files()] == [
        "s2024e053101 - Part one.mp4",
        "s2024e053102 - Part two.mp4",
    ]


def test_a_stream_in_segments_becomes_one_file(house: FetchHouse, web: Site) -> None:
    item = house.media(house.fetch(shapes.stream(web)))
    assert item.file is not None and item.file.container == "mp4"
    assert abs(item.duration_ms - 1000 * media.SECONDS) < 300


def test_picture_and_sound_that_come_apart_become_one_file_of_the_best_size(house: FetchHouse, web: Site) -> None:
    item = house.media(house.fetch(shapes.stream_apart(web)))
    assert item.file is not None and item.file.container == "mp4"
    assert item.streams.video is not None and item.streams.video.height == 180
    assert [track.codec for track in item.streams.audio] == ["aac"]


def test_encrypted_segments_are_loaded_without_ffmpeg_on_the_network(house: FetchHouse, web: Site) -> None:
    item = house.media(house.fetch(shapes.encrypted_stream(web)))
    assert abs(item.duration_ms - 1000 * media.SECONDS) < 300
    assert not [hit for hit in web.hits if "Lavf" in hit.headers.get("user-agent", "")]


def test_threat_82_a_key_that_lies_inside_the_house_is_never_fetched(house: FetchHouse, web: Site) -> None:
    with serve() as inside:
        shapes.file(inside, "/stream.key", bytes(range(16)))
        job = house.fetch(shapes.encrypted_stream(web, key=inside.url("/stream.key")))
        assert inside.hits == []
        assert job.status is not JobStatus.DONE


def test_nothing_larger_than_the_height_of_the_settings_is_loaded(house: FetchHouse, web: Site) -> None:
    house.prefer(max_height=100)
    item = house.media(house.fetch(shapes.stream_apart(web)))
    assert item.streams.video is not None and item.streams.video.height == 90


def test_subtitles_of_the_wanted_languages_lie_beside_the_video(house: FetchHouse, web: Site) -> None:
    house.prefer(subtitle_languages=("en", "fr"))
    item = house.media(house.fetch(shapes.subtitled_page(web)))
    assert item.file is not None
    stem = item.file.path.rpartition(".")[0]
    assert house.files() == sorted([item.file.path, f"{stem}.en.vtt", f"{stem}.fr.vtt"])
    assert "Words in fr" in (house.settings.media_root / f"{stem}.fr.vtt").read_text()


def test_only_the_sound_is_kept_without_being_encoded_anew(house: FetchHouse, web: Site) -> None:
    item = house.media(house.fetch(shapes.video_page(web), audio_only=True))
    assert item.file is not None and item.file.container == "m4a"
    assert item.streams.video is None
    assert [track.codec for track in item.streams.audio] == ["aac"]


def test_a_live_stream_is_refused_in_words(house: FetchHouse, web: Site) -> None:
    job = house.fetch(shapes.live_stream(web))
    assert job.status is JobStatus.FAILED
    assert job.error is not None and "live stream" in job.error and "record" in job.error
    assert not [hit for hit in web.hits if hit.path.endswith(".ts")], "no segment was loaded"
    assert house.files() == []


def test_a_live_stream_is_recorded_by_choice_until_somebody_cancels(house: FetchHouse, web: Site) -> None:
    job = house.queue(shapes.live_stream(web), live=LiveChoice.RECORD)
    with house.working():
        wait_for(lambda: len([hit for hit in web.hits if hit.path.endswith(".ts")]) > 5, seconds=30)
        house.state.cancel_job(job.id)
    assert house.state.get_job(job.id).status is JobStatus.CANCELLED
    assert house.files() == []


def test_a_cancel_ends_a_download_within_two_seconds_and_leaves_nothing(house: FetchHouse, web: Site) -> None:
    job = house.queue(shapes.slow(web, "/slow.mp4", media.large_video(), bytes_per_second=100_000))
    with house.working() as thread:
        wait_for(lambda: house.state.get_job(job.id).percent > 5, seconds=30)
        cancelled_at = time.monotonic()
        house.state.cancel_job(job.id)
        thread.join(10)
        took = time.monotonic() - cancelled_at
    assert took < 2.0
    assert house.files() == []


def test_a_download_tells_percent_speed_and_the_time_that_is_left(house: FetchHouse, web: Site) -> None:
    job = house.queue(shapes.slow(web, "/slow.mp4", media.large_video(), bytes_per_second=300_000))
    seen = []
    with house.working() as thread:
        while thread.is_alive():
            now = house.state.get_job(job.id)
            seen.append((now.stage, now.percent, now.eta_seconds, now.speed))
            thread.join(0.1)
    percents = [percent for _, percent, _, _ in seen]
    assert percents == sorted(percents)
    assert any(10 < percent < 90 for percent in percents)
    assert any(eta for _, _, eta, _ in seen)
    assert any(speed and speed.endswith("B/s") for _, _, _, speed in seen)


def test_a_stopped_program_goes_on_from_where_the_download_was(house: FetchHouse, web: Site) -> None:
    body = media.large_video()
    url = shapes.slow(web, "/slow.mp4", body, bytes_per_second=300_000)
    job = house.queue(url)
    stop = threading.Event()
    thread = threading.Thread(target=house.work, args=(stop,))
    thread.start()
    wait_for(lambda: house.state.get_job(job.id).percent > 40, seconds=30)
    stop.set()
    thread.join(10)
    assert house.state.get_job(job.id).status is JobStatus.QUEUED
    before = len(web.hits_of("/slow.mp4"))
    shapes.file(web, "/slow.mp4", body)
    house.work()
    assert house.state.get_job(job.id).status is JobStatus.DONE
    ranges = [hit.headers.get("range", "") for hit in web.hits_of("/slow.mp4")[before:]]
    begins = [int(value.removeprefix("bytes=").split("-")[0]) for value in ranges if value.startswith("bytes=")]
    assert max(begins, default=0) > len(body) * 0.3


def test_a_video_that_does_not_fit_is_not_begun(house: FetchHouse, web: Site) -> None:
    free, _ = house.media_root.space()
    body = media.video()
    page = Page(body, "video/mp4", claimed_length=2 * free, takes_ranges=False)
    job = house.fetch(web.put("/huge.mp4", page), reading=Reading.FILE)
    assert job.status is JobStatus.FAILED
    assert job.error is not None and "GiB left" in job.error
    assert house.files() == []


def test_a_host_that_hangs_up_again_and_again_is_read_to_the_end(house: FetchHouse, web: Site) -> None:
    body = media.large_video()
    item = house.media(house.fetch(shapes.flapping(web, "/flapping.mp4", body, every=400_000)))
    assert item.file is not None and item.file.size_bytes == len(body)


@pytest.mark.parametrize(
    "title", ["100 % / 50 %", "Ünï 🎬 çödé", "\u202eevil\u202c txt.exe", "x" * 500, "../../etc/passwd"]
)
def test_whatever_a_title_holds_its_file_stays_in_its_folder(house: FetchHouse, web: Site, title: str) -> None:
    item = house.media(house.fetch(shapes.video_page(web, title=title)))
    assert item.file is not None
    folder, _, name = item.file.path.rpartition("/")
    assert folder == "videos/Sea Channel/Season 2024"
    assert len(name.encode()) <= 190
    assert name.isprintable()
    assert house.path(item).is_file()


@pytest.mark.parametrize(
    ("status", "words", "is_retried"),
    [
        (404, "nothing at this address", False),
        (403, "refuses", False),
        (503, "Try again", True),
        (429, "Try again", True),
    ],
)
def test_an_answer_that_is_an_error_is_told_in_a_sentence(
    house: FetchHouse, web: Site, status: int, words: str, is_retried: bool
) -> None:
    job = house.fetch(shapes.failing(web, "/gone", status))
    assert job.status is (JobStatus.QUEUED if is_retried else JobStatus.FAILED)
    assert job.error is not None and words in job.error
    assert (job.retry_at is not None) is is_retried


def test_a_page_without_a_video_says_so_and_shows_what_the_tool_said(house: FetchHouse, web: Site) -> None:
    job = house.fetch(web.put("/page", Page(b"<title>Words</title><p>only words</p>")))
    assert job.status is JobStatus.FAILED
    assert job.error is not None and job.error.startswith("No video was found")
    assert any("Unsupported URL" in line for line in job.tool_output)


def test_threat_82_a_page_that_points_inward_reaches_nothing(house: FetchHouse, web: Site) -> None:
    with serve() as inside:
        shapes.file(inside, "/secret.mp4", media.video())
        job = house.fetch(shapes.inward_page(web, inside.url("/secret.mp4")))
        assert inside.hits == []
        assert job.status is JobStatus.FAILED
        assert job.error is not None and "may not be reached" in job.error
        house.prefer(allowed_hosts=(web.authority, inside.authority))
        house.fetch(shapes.inward_page(web, inside.url("/secret.mp4"), "/inward-again"))
        assert inside.hits, "once an admin allows the host it is reached: the page would have led there"


def test_threat_81_a_redirect_inward_reaches_nothing(house: FetchHouse, web: Site) -> None:
    with serve() as inside:
        shapes.file(inside, "/secret.mp4", media.video())
        job = house.fetch(web.redirect("/away", inside.url("/secret.mp4")))
        assert job.status is JobStatus.FAILED
        assert inside.hits == []


def test_threat_82_segments_of_a_stream_that_point_inward_reach_nothing(house: FetchHouse, web: Site) -> None:
    with serve() as inside:
        shapes.file(inside, "/secret.ts", b"secret", "video/mp2t")
        lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:1", "#EXTINF:1.0,", inside.url("/secret.ts"), "#EXT-X-ENDLIST", ""]
        url = web.put("/stream.m3u8", Page("\n".join(lines).encode(), "application/vnd.apple.mpegurl"))
        job = house.fetch(url)
        assert job.status is not JobStatus.DONE
        assert inside.hits == []
        assert house.files() == [] or all(".media-library" in name for name in house.files())


def test_threat_90_what_lies_in_the_folders_of_a_download_is_never_run(house: FetchHouse, web: Site) -> None:
    job = house.queue(shapes.video_page(web))
    staging = house.media_root.staging(job.id)
    mark = staging / "executed"
    program = f"#!/bin/sh\ntouch '{mark}'\n"
    for place in (staging, house.settings.media_root / "videos"):
        place.mkdir(parents=True, exist_ok=True)
        for name in ("ffmpeg", "ffprobe", "deno", "node", "aria2c"):
            (place / name).write_text(program)
            (place / name).chmod(0o755)
        (place / "yt-dlp.conf").write_text(f"--exec 'touch {mark}'\n")
        (place / "yt-dlp").mkdir(exist_ok=True)
        (place / "yt-dlp" / "config").write_text(f"--exec 'touch {mark}'\n")
        plugin = place / "yt_dlp_plugins" / "extractor"
        plugin.mkdir(parents=True)
        (plugin / "evil.py").write_text(f"import pathlib; pathlib.Path({str(mark)!r}).touch()\n")
    house.work()
    assert house.state.get_job(job.id).status is JobStatus.DONE
    assert not mark.exists()


@pytest.mark.parametrize("suffix", ["exe", "desktop", "url", "sh", "conf", "mp4.exe"])
def test_threat_92_nothing_but_media_enters_the_library(house: FetchHouse, web: Site, suffix: str) -> None:
    web.put(f"/file.{suffix}", Page(b"#!/bin/sh\necho\n", f"video/{suffix}"))
    described = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "x",
        "contentUrl": web.url(f"/file.{suffix}"),
    }
    page = f'<title>x</title><script type="application/ld+json">{json.dumps(described)}</script>'
    job = house.fetch(web.put("/page", Page(page.encode())))
    assert job.status is JobStatus.FAILED
    assert house.files() == []


def test_what_is_no_media_is_not_published_whatever_it_is_called(house: FetchHouse, web: Site) -> None:
    job = house.fetch(shapes.file(web, "/video.mp4", b"not a film at all" * 1000))
    assert job.status is JobStatus.FAILED
    assert house.files() == []


def test_several_videos_on_a_page_are_to_be_imported_as_a_list(house: FetchHouse, web: Site) -> None:
    job = house.fetch(shapes.channel(web, ["One", "Two"]))
    assert job.status is JobStatus.FAILED
    assert job.error is not None and "playlist" in job.error


def test_cookies_are_shown_only_to_the_site_that_asks_who_is_there(tmp_path: Path, state: AppState) -> None:
    with serve() as site, serve() as other:
        elsewhere = f"localhost:{other.port}"
        shapes.file(other, "/film.mp4", media.video())
        open_page = Page(
            f'<title>Mine</title><meta property="og:video" content="http://{elsewhere}/film.mp4">'.encode()
        )

        def page(hit: Hit) -> Page:
            is_known = "session=let-me-in" in hit.headers.get("cookie", "")
            return open_page if is_known else Page(b"Who are you?", status=401)

        site.put("/private", page)
        shapes.video_page(site, "/public")
        with fetch_house(tmp_path, state, site.authority, elsewhere) as house:
            assert house.fetch(site.url("/private")).error is not None
            jar = "\n".join(
                f"{domain}\tFALSE\t/\tFALSE\t0\tsession\tlet-me-in" for domain in ("localhost", "127.0.0.1", "evil.com")
            )
            house.cookies.put(admin(state), "127.0.0.1", jar)
            assert house.fetch(site.url("/public")).status is JobStatus.DONE
            assert not [hit for hit in site.hits_of("/public") if "cookie" in hit.headers], "nobody asked for them"
            assert house.cookies.site("127.0.0.1").used_at is None
            job = house.fetch(site.url("/private"))
            assert job.status is JobStatus.DONE, job.error
            assert house.cookies.site("127.0.0.1").used_at is not None
            assert not [hit for hit in other.hits if "cookie" in hit.headers], "threat 87: another host sees none"
