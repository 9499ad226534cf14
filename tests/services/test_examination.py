"""What is at an address: every kind of it, told from the real thing by the real tools."""

import io
import zipfile
from collections.abc import Iterator

import pytest

from media_library.adapters.egress import Egress
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.errors import InvalidInput
from media_library.models.library import Library
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.user import Viewer
from media_library.services.examination import Examined, Examiner, ReadingKind
from tests.internet import Page, Site, media, serve, shapes

ANYBODY = Viewer("u", None)
ARTICLE = """<!doctype html><html lang="en"><head><title>Tides of the north</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="The Coast">
<meta property="og:image" content="/cover.jpg"><meta name="author" content="Ada"></head><body><article>
<h1>Tides of the north</h1>{}</article></body></html>""".format(
    "<p>" + "The tide comes in and goes out. " * 40 + "</p>"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Talk</title><link>{0}</link>
<description>Talk</description><item><guid>1</guid><title>One</title>
<enclosure url="{0}/1.mp3" type="audio/mpeg" length="9"/></item></channel></rss>"""


@pytest.fixture
def web() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def examiner(state: AppState, web: Site) -> Iterator[Examiner]:
    egress = Egress(lambda: (web.authority,))
    with EgressProxy(egress) as proxy:
        yield Examiner(state, HttpClient(egress), proxy)


def kinds(found: Examined) -> list[ReadingKind]:
    return [reading.kind for reading in found.readings]


def test_a_page_with_a_video_is_a_video_with_title_length_and_picture(examiner: Examiner, web: Site) -> None:
    found = examiner.examine(ANYBODY, shapes.video_page(web))
    video = found.readings[0]
    assert (video.kind, video.title) == (ReadingKind.VIDEO, "A walk by the sea")
    assert video.picture is not None and video.picture.startswith("data:image/jpeg;base64,")
    assert ReadingKind.ARTICLE in kinds(found)


def test_an_article_is_an_article_with_its_picture_fetched_by_us(examiner: Examiner, web: Site) -> None:
    web.put("/cover.jpg", Page(media.picture(), "image/jpeg"))
    found = examiner.examine(ANYBODY, web.put("/tides", Page(ARTICLE.encode())))
    article = found.readings[0]
    assert (article.kind, article.title, article.detail) == (ReadingKind.ARTICLE, "Tides of the north", "The Coast")
    assert article.sure and article.picture is not None and len(web.hits_of("/cover.jpg")) == 1


def test_a_feed_is_a_podcast_with_the_number_of_its_episodes(examiner: Examiner, web: Site) -> None:
    found = examiner.examine(ANYBODY, web.put("/feed", Page(FEED.format(web.url("")).encode(), "text/xml")))
    assert kinds(found) == [ReadingKind.PODCAST, ReadingKind.PLAYLIST]
    assert (found.readings[0].title, found.readings[0].count) == ("Harbour Talk", 1)


def test_a_feed_of_films_is_a_list_of_videos_first(examiner: Examiner, web: Site) -> None:
    found = examiner.examine(ANYBODY, shapes.channel(web, ["One", "Two"]))
    assert kinds(found) == [ReadingKind.PLAYLIST, ReadingKind.PODCAST]
    assert found.readings[0].count == 2


def test_a_page_that_names_the_feed_of_a_podcast_is_a_podcast(examiner: Examiner, web: Site) -> None:
    web.put("/feed", Page(FEED.format(web.url("")).encode(), "application/rss+xml"))
    page = (
        '<html><head><title>Harbour</title><link rel="alternate" type="application/rss+xml" href="/feed"></head></html>'
    )
    found = examiner.examine(ANYBODY, web.put("/show", Page(page.encode())))
    assert found.readings[0].kind is ReadingKind.PODCAST and found.readings[0].url == web.url("/feed")


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.webm"])
def test_a_film_is_a_file_whatever_its_host_calls_it(examiner: Examiner, web: Site, name: str) -> None:
    if name.endswith("webm"):
        body, kind = b"\x1aE\xdf\xa3" + bytes(100), "video/webm"
    else:
        body, kind = media.video(name), "application/octet-stream"
    found = examiner.examine(ANYBODY, shapes.file(web, f"/{name}", body, kind))
    assert kinds(found) == [ReadingKind.FILE] and found.readings[0].title == "clip"
    assert found.readings[0].detail is not None and found.readings[0].detail.startswith("Video, ")


def test_a_song_is_a_file_too(examiner: Examiner, web: Site) -> None:
    found = examiner.examine(ANYBODY, shapes.file(web, "/My_song.mp3", media.sound(), "audio/mpeg"))
    assert (kinds(found), found.readings[0].title) == ([ReadingKind.FILE], "My song")


def test_books_are_known_by_how_they_begin(examiner: Examiner, web: Site) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as epub:
        epub.writestr("mimetype", "application/epub+zip")
    for path, body, detail in (("/a.pdf", b"%PDF-1.7\n" + bytes(50), "PDF"), ("/b", archive.getvalue(), "EPUB")):
        found = examiner.examine(ANYBODY, web.put(path, Page(body, "application/octet-stream")))
        assert kinds(found) == [ReadingKind.BOOK] and (found.readings[0].detail or "").startswith(detail)


def test_a_stream_is_a_video(examiner: Examiner, web: Site) -> None:
    assert examiner.examine(ANYBODY, shapes.stream(web)).readings[0].kind is ReadingKind.VIDEO


def test_what_is_in_the_library_is_named_to_those_who_may_see_it(
    examiner: Examiner, web: Site, state: AppState, films: Library
) -> None:
    url = web.put("/tides", Page(ARTICLE.encode()))
    file = MediaFile("articles/a.html", 1, 1, 1, "html", 0)
    media = state.add_media(NewMedia(MediaType.ARTICLE, films.id, MediaNames("Tides"), file, origins=(f"url:{url}",)))
    state.remember_origins(media.id, [f"url:{url.replace('http:', 'https:')}"])
    assert examiner.examine(ANYBODY, url + "?utm_source=x").media_id == media.id
    assert examiner.examine(Viewer("u", frozenset()), url).media_id is None


@pytest.mark.parametrize(
    ("status", "words"), [(404, "nothing at this address"), (500, "status 500"), (401, "signed in")]
)
def test_an_address_that_does_not_answer_is_refused_with_the_reason(
    examiner: Examiner, web: Site, status: int, words: str
) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        examiner.examine(ANYBODY, shapes.failing(web, "/x", status))
    assert refused.value.field == "url"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"]
)
def test_threat_77_addresses_in_the_house_are_not_looked_at(examiner: Examiner, url: str) -> None:
    with pytest.raises(InvalidInput):
        examiner.examine(ANYBODY, url)


def test_threat_82_what_a_page_names_in_the_house_is_never_asked(examiner: Examiner, web: Site) -> None:
    with serve() as sentinel:
        examiner.examine(ANYBODY, shapes.inward_page(web, sentinel.url("/secret")))
        assert sentinel.hits == []
