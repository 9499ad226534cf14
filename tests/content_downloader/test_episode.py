"""Episodes, fetched from a real host by the content worker, with real sound."""

import hashlib
import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PIL import Image

from media_library.content_downloader.episode import EpisodeDownloader
from media_library.models.job import Job, JobKind, JobStatus
from media_library.models.media import Media
from media_library.models.notice import Topic
from media_library.models.podcast import Episode, Podcast
from media_library.models.preferences import AutoDownload
from media_library.workers.content_worker import ContentWorker
from tests.adapters.host import Page, page, redirect, web_host
from tests.conftest import wait_for
from tests.feed_texts import channel, item
from tests.podcasting import FeedPage, House, podcast_house, private, sound


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A second of sound, real MP3."""
    return sound(tmp_path_factory.mktemp("sound"), "a.mp3", 1.0)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A longer sound, some 130 kB."""
    return sound(tmp_path_factory.mktemp("sound"), "big.mp3", 8.0, "-b:a", "128k")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Another one, of another length."""
    return sound(tmp_path_factory.mktemp("sound"), "other.mp3", 7.0, "-b:a", "160k")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[House]:
    """A house that follows podcasts."""
    with podcast_house(tmp_path) as house:
        yield house


def followed(studio: House, *items: str, more: str = "") -> tuple[Podcast, Episode]:
    """A podcast with these episodes, and the newest of them."""
    studio.host.pages["/feed.xml"] = FeedPage(channel(more, *(items or (item("One"),)), title="A show"))
    podcast = studio.podcasts.following.follow(studio.ann, studio.host.url + "/feed.xml", None, AutoDownload.NONE)
    return podcast, studio.episodes(podcast)[0]


def wish(studio: House, episode: Episode) -> Job:
    """Queue an episode."""
    job = studio.podcasts.files.request(studio.ann, episode.id).job
    assert job is not None
    return job


def work(studio: House, job: Job) -> Job:
    """Let the content worker take one step."""
    downloader = EpisodeDownloader(studio.state, studio.media_root, studio.http, studio.podcasts.reader, studio.covers)
    worker = ContentWorker(
        0, studio.state, studio.media_root, {JobKind.PODCAST: downloader}, studio.preferences.downloads
    )
    worker.step(threading.Event())
    return studio.state.get_job(job.id)


def fetched(studio: House, episode: Episode) -> Media:
    """The item of an episode after it was fetched."""
    done = work(studio, wish(studio, episode))
    assert done.status is JobStatus.DONE, done.error
    media_id = studio.state.episode(episode.id).media_id
    assert media_id is not None
    return studio.state.media(media_id)


def ranged(content: bytes, *, cut_at: int | None = None, etag: str = '"a"', heeds: bool = True) -> Page:
    """A file that can be asked for in parts; its first whole answer breaks off at ``cut_at``."""
    state = {"cut": cut_at}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers.get("Range")
        fits = not heeds or handler.headers.get("If-Range") in (None, etag)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and fits else 0
        handler.send_response(206 if start else 200)
        handler.send_header("Content-Type", "audio/mpeg")
        handler.send_header("ETag", etag)
        handler.send_header("Content-Length", str(len(content) - start))
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        handler.end_headers()
        end = state["cut"] if state["cut"] is not None else len(content)
        state["cut"] = None
        handler.wfile.write(content[start:end])

    return answer


def test_an_episode_arrives_with_all_that_belongs_to_it(studio: House, mp3: bytes) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(picture, "PNG")
    pages = studio.host.pages
    pages["/audio/one.mp3"] = page(mp3, Content_Type="audio/mpeg")
    pages["/cover.png"] = pages["/one.png"] = page(picture.getvalue(), Content_Type="image/png")
    chapters = {"chapters": [{"startTime": 0, "title": "Start"}, {"startTime": 0.5, "title": "Rest"}]}
    pages["/one.json"] = page(json.dumps(chapters).encode())
    pages["/one.srt"] = page(b"1\n00:00:00,000 --> 00:00:01,000\nNarwhals are real\n")
    _, episode = followed(
        studio,
        item(
            "One: the / beginning?",
            guid="one",
            more="<description>&lt;p&gt;About &lt;b&gt;quokkas&lt;/b&gt;&lt;/p&gt;</description>"
            "<itunes:season>2</itunes:season><itunes:episode>5</itunes:episode><itunes:image href='/one.png'/>"
            "<podcast:chapters url='/one.json' type='application/json'/>"
            "<podcast:transcript url='/one.srt' type='application/srt'/>",
        ),
        more="<itunes:image href='/cover.png'/><language>en</language>",
    )
    media = fetched(studio, episode)
    assert media.file is not None
    assert media.file.path == "podcasts/A show/2021-09-06 - One - the - beginning.mp3"
    folder = studio.settings.media_root / "podcasts" / "A show"
    assert sorted(file.name for file in folder.iterdir()) == [
        "2021-09-06 - One - the - beginning.mp3",
        "2021-09-06 - One - the - beginning.vtt",
        "cover.jpg",
    ]
    assert (folder / "2021-09-06 - One - the - beginning.mp3").read_bytes() == mp3
    assert (media.names.title, media.names.show_title) == ("One: the / beginning?", "A show")
    assert (media.names.season, media.names.episode, media.language) == (2, 5, "en")
    assert media.published_at == 1_630_886_460_000
    assert [(one.title, one.start_ms) for one in media.streams.chapters] == [("Start", 0), ("Rest", 500)]
    assert 900 < media.duration_ms < 1200 and media.has_poster
    assert media.overview == "About quokkas"
    for word in ("quokkas", "narwhals"):
        assert media.id in studio.state.search_texts(studio.ann.viewer, word, 5, offline=False)
    kind, text = studio.podcasts.listening.transcript(studio.ann.viewer, episode.id)
    assert kind == "text/vtt" and b"Narwhals are real" in text
    seen = json.loads(studio.state.episode_for(studio.ann.viewer, episode.id))
    assert (seen["state"], seen["media_id"], seen["has_transcript"], seen["has_chapters"]) == (
        "here",
        media.id,
        True,
        True,
    )
    assert seen["image"] == f"/api/poster/{media.id}"
    assert studio.state.notices_after(0, 10) == []  # whoever asked for it knows


def test_an_episode_that_came_by_itself_is_told_of(studio: House, mp3: bytes) -> None:
    studio.host.pages["/feed.xml"] = FeedPage(channel("", item("One"), title="A show"))
    studio.host.pages["/audio/one.mp3"] = studio.host.pages["/One.mp3"] = page(mp3, Content_Type="audio/mpeg")
    podcast = studio.podcasts.following.follow(studio.ann, studio.host.url + "/feed.xml", None, AutoDownload.ALL)
    (job,) = studio.state.list_jobs([JobStatus.QUEUED], 5)
    done = work(studio, job)
    assert done.status is JobStatus.DONE, done.error
    media_id = studio.episodes(podcast)[0].media_id
    (notice,) = studio.state.notices_after(0, 10)
    assert (notice.topic, notice.facts.title, notice.facts.media_id) == (Topic.NEW_EPISODE, "A show", media_id)


def test_chapters_inside_the_file_are_taken_where_the_feed_has_none(studio: House, tmp_path: Path) -> None:
    (tmp_path / "chapters.txt").write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=Inside\n")
    content = sound(tmp_path, "c.m4a", 1.0, "-i", str(tmp_path / "chapters.txt"), "-map_metadata", "1")
    studio.host.pages["/audio/one.mp3"] = page(content, Content_Type="audio/mpeg")
    _, episode = followed(studio)
    media = fetched(studio, episode)
    assert media.file is not None and media.file.path.endswith(".m4a")
    assert [one.title for one in media.streams.chapters] == ["Inside"]


def test_a_broken_download_goes_on_where_it_stopped_even_after_a_restart(studio: House, big: bytes) -> None:
    _, episode = followed(studio)
    job = wish(studio, episode)
    staging = studio.media_root.staging(job.id)
    (staging / "file.part").write_bytes(big[:50_000])
    notes = {"url": episode.enclosure_url, "validator": '"a"', "total": len(big)}
    (staging / "file.part.json").write_text(json.dumps(notes))
    studio.host.pages["/audio/one.mp3"] = ranged(big)
    assert work(studio, job).status is JobStatus.DONE
    (request,) = [headers for path, headers in studio.host.asked if path == "/audio/one.mp3"]
    assert (request["Range"], request["If-Range"]) == ("bytes=50000-", '"a"')
    media = studio.state.media(studio.state.episode(episode.id).media_id or "")
    assert media.file is not None
    file = studio.settings.media_root / media.file.path
    assert hashlib.sha256(file.read_bytes()).digest() == hashlib.sha256(big).digest()


def test_a_host_that_hangs_up_is_asked_for_the_rest(studio: House, big: bytes) -> None:
    studio.host.pages["/audio/one.mp3"] = ranged(big, cut_at=60_000)
    _, episode = followed(studio)
    media = fetched(studio, episode)
    assert media.file is not None and media.file.size_bytes == len(big)
    ranges = [headers.get("Range") for path, headers in studio.host.asked if path == "/audio/one.mp3"]
    assert ranges == [None, "bytes=60000-"]


@pytest.mark.parametrize("heeds", [True, False], ids=["heeds If-Range", "does not heed it"])
def test_an_enclosure_that_changes_halfway_is_loaded_anew(studio: House, big: bytes, other: bytes, heeds: bool) -> None:
    _, episode = followed(studio)
    first = ranged(big, cut_at=60_000)
    second = ranged(other, etag='"b"', heeds=heeds)
    count = {"asked": 0}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        count["asked"] += 1
        (first if count["asked"] == 1 else second)(handler)

    studio.host.pages["/audio/one.mp3"] = answer
    media = fetched(studio, episode)
    assert media.file is not None
    assert (studio.settings.media_root / media.file.path).read_bytes() == other


def test_an_enclosure_that_changes_again_and_again_is_given_up_for_now(studio: House, big: bytes) -> None:
    _, episode = followed(studio)
    count = {"asked": 0}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        count["asked"] += 1
        ranged(big, cut_at=60_000 + count["asked"], etag=f'"{count["asked"]}"', heeds=False)(handler)

    studio.host.pages["/audio/one.mp3"] = answer
    job = work(studio, wish(studio, episode))
    assert job.status is JobStatus.QUEUED and "changes while it is loaded" in str(job.error)
    assert count["asked"] < 10


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "audio/mpeg"])
def test_a_page_where_sound_was_promised_is_named(studio: House, content_type: str) -> None:
    studio.host.pages["/audio/one.mp3"] = page(b"\n<!DOCTYPE html><html>Log in</html>", Content_Type=content_type)
    _, episode = followed(studio)
    job = work(studio, wish(studio, episode))
    assert job.status is JobStatus.FAILED
    assert job.error is not None and "a web page instead of the episode" in job.error
    seen = json.loads(studio.state.episode_for(studio.ann.viewer, episode.id))
    assert (seen["state"], seen["error"]) == ("remote", job.error)
    assert not any((studio.settings.media_root / "podcasts").rglob("*.mp3"))


def test_what_is_no_sound_is_refused(studio: House) -> None:
    studio.host.pages["/audio/one.mp3"] = page(bytes(range(256)) * 50, Content_Type="audio/mpeg")
    _, episode = followed(studio)
    assert work(studio, wish(studio, episode)).status is JobStatus.FAILED
    assert list(studio.settings.media_root.rglob("*.mp3")) == []


def test_a_file_larger_than_the_drive_is_not_begun(studio: House, mp3: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**15))
        handler.end_headers()
        handler.wfile.write(mp3)

    studio.host.pages["/audio/one.mp3"] = answer
    _, episode = followed(studio)
    job = work(studio, wish(studio, episode))
    assert job.status is JobStatus.FAILED and "nearly full" in str(job.error)


def test_a_missing_file_fails_and_a_busy_host_is_asked_later(studio: House) -> None:
    _, episode = followed(studio)
    job = work(studio, wish(studio, episode))
    assert job.status is JobStatus.FAILED and "nothing at this address" in str(job.error)
    studio.host.pages["/audio/one.mp3"] = page(b"", 503, Retry_After="120")
    job = work(studio, wish(studio, episode))
    assert job.status is JobStatus.QUEUED and job.retry_at is not None
    seen = json.loads(studio.state.episode_for(studio.ann.viewer, episode.id))
    assert (seen["state"], seen["job_id"]) == ("queued", job.id)


def test_threat_84_an_enclosure_inside_the_house_is_not_fetched(studio: House) -> None:
    with web_host() as other:
        other.pages["/secret.mp3"] = page(b"secret")
        studio.host.pages["/audio/one.mp3"] = redirect(other.url + "/secret.mp3")
        _, episode = followed(studio)
        job = work(studio, wish(studio, episode))
        assert job.status is JobStatus.FAILED and "no public address" in str(job.error)
        assert other.asked == []


def test_a_removed_episode_comes_back_as_the_same_item(studio: House, mp3: bytes) -> None:
    studio.host.pages["/audio/one.mp3"] = page(mp3, Content_Type="audio/mpeg")
    podcast, episode = followed(studio)
    media = fetched(studio, episode)
    studio.state.save_playback(studio.ann.user.id, media.id, 1000, 1000)
    policy = type(podcast.policy)(AutoDownload.NONE, 1, None, 0)
    podcast = studio.state.change_podcast(podcast.id, policy, None)
    studio.state._change("UPDATE podcasts SET policy_at = 1")  # as if that were long ago
    assert studio.podcasts.files.remove_expired(podcast) == 1
    again = fetched(studio, episode)
    assert again.id == media.id and again.file is not None and again.deleted_at is None
    playback = studio.state.playback(studio.ann.user.id, media.id)
    assert playback is not None and playback.finished
    assert studio.host.paths.count("/audio/one.mp3") == 2


def test_an_enclosure_of_two_podcasts_is_fetched_once(studio: House, mp3: bytes) -> None:
    studio.host.pages["/audio/one.mp3"] = page(mp3, Content_Type="audio/mpeg")
    _, episode = followed(studio)
    media = fetched(studio, episode)
    studio.host.pages["/other.xml"] = FeedPage(channel("", item("The same", guid="x", name="one"), title="Network"))
    other = studio.podcasts.following.follow(studio.ann, studio.host.url + "/other.xml", None, AutoDownload.NONE)
    assert studio.episodes(other)[0].media_id == media.id
    assert studio.host.paths.count("/audio/one.mp3") == 1
    policy = type(other.policy)(AutoDownload.NONE, 1, None, 0)
    studio.podcasts.listening.mark_heard(studio.ann, episode.id, heard=True)
    other = studio.state.change_podcast(other.id, policy, None)
    studio.state._change("UPDATE podcasts SET policy_at = 1")
    assert studio.podcasts.files.remove_expired(other) == 0


def test_two_episodes_of_one_day_and_title_have_a_file_each(studio: House, mp3: bytes) -> None:
    for name in ("one", "two"):
        studio.host.pages[f"/audio/{name}.mp3"] = page(mp3, Content_Type="audio/mpeg")
    podcast, _ = followed(studio, item("Same", guid="two"), item("Same", guid="one"))
    paths = [fetched(studio, episode).file for episode in studio.episodes(podcast)]
    assert sorted(file.path for file in paths if file) == [
        "podcasts/A show/2021-09-06 - Same (2).mp3",
        "podcasts/A show/2021-09-06 - Same.mp3",
    ]


@pytest.mark.parametrize(
    "title",
    ["100% /etc/../passwd", "💩" * 400, "\u202eevil\u2066", "CON", "...", 'a:b|c*d?e"f<g>h\\i', "x" * 500],
)
def test_hostile_titles_make_names_that_every_file_system_takes(studio: House, mp3: bytes, title: str) -> None:
    studio.host.pages["/audio/one.mp3"] = page(mp3, Content_Type="audio/mpeg")
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    _, episode = followed(studio, item(escaped))
    media = fetched(studio, episode)
    assert media.file is not None
    parts = media.file.path.split("/")
    assert len(parts) == 3 and ".." not in parts and all(len(part.encode()) <= 255 for part in parts)
    assert parts[2].startswith("2021-09-06 -")


def test_a_private_enclosure_gets_the_password_of_its_feed(studio: House, mp3: bytes) -> None:
    studio.host.pages["/audio/one.mp3"] = private(page(mp3, Content_Type="audio/mpeg"), "ann", "pw")
    studio.host.pages["/feed.xml"] = private(FeedPage(channel("", item("One"))), "ann", "pw")
    url = f"http://ann:pw@{studio.host.authority}/feed.xml"
    podcast = studio.podcasts.following.follow(studio.ann, url, None, AutoDownload.NONE)
    assert fetched(studio, studio.episodes(podcast)[0]).file is not None


def test_a_cancel_does_not_wait_for_what_belongs_to_an_episode(studio: House, mp3: bytes) -> None:
    silent = threading.Event()
    studio.host.pages["/audio/one.mp3"] = page(mp3, Content_Type="audio/mpeg")
    _, episode = followed(studio, item("One", more="<podcast:chapters url='/one.json' type='application/json'/>"))
    job = wish(studio, episode)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        studio.state.cancel_job(job.id)
        silent.wait(20)

    studio.host.pages["/one.json"] = answer
    thread = threading.Thread(target=work, args=(studio, job))
    thread.start()
    try:
        wait_for(lambda: studio.state.get_job(job.id).status is JobStatus.CANCELLED)
        thread.join(2)
        assert not thread.is_alive()
        assert studio.state.episode(episode.id).media_id is None
    finally:
        silent.set()
        thread.join(20)


def test_chapters_and_transcripts_that_fail_do_not_fail_the_episode(studio: House, mp3: bytes) -> None:
    studio.host.pages["/audio/one.mp3"] = page(mp3, Content_Type="audio/mpeg")
    studio.host.pages["/one.json"] = page(b"[" * 100_000)
    more = (
        "<podcast:chapters url='/one.json' type='application/json'/><itunes:image href='http://127.0.0.1:1/x.png'/>"
        "<podcast:transcript url='http://169.254.169.254/latest' type='text/vtt'/>"
    )
    _, episode = followed(studio, item("One", more=more))
    media = fetched(studio, episode)
    assert media.streams.chapters == () and studio.state.episode(episode.id).transcript_path is None


def test_a_cancelled_download_leaves_nothing(studio: House, mp3: bytes) -> None:
    _, episode = followed(studio)
    job = wish(studio, episode)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        studio.state.cancel_job(job.id)
        page(mp3 * 50, Content_Type="audio/mpeg")(handler)

    studio.host.pages["/audio/one.mp3"] = answer
    assert work(studio, job).status is JobStatus.CANCELLED
    assert list(studio.settings.media_root.rglob("*.mp3")) == []
    assert studio.media_root.staging_jobs() == []
    assert json.loads(studio.state.episode_for(studio.ann.viewer, episode.id))["state"] == "remote"
