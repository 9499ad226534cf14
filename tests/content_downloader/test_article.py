"""Articles come from the web into the library: text, pictures, facts; in versions; and what is none says what it is."""

import gzip
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.errors import InvalidInput
from media_library.models.content_job import ArticleOrder
from media_library.models.job import JobStatus
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from tests.adapters.article_page.pages import page, paragraphs
from tests.adapters.article_page.test_reading import TEXTS
from tests.article_worker import ArticleHouse, article_house, picture
from tests.conftest import wait_for
from tests.internet import Hit, Page, Site

HEAD = """<meta property="og:site_name" content="The Garden Post"><meta name="author" content="Jane Doe">
<meta property="og:image" content="/lead.jpg"><meta name="description" content="Work that nobody sees.">
<meta property="article:published_time" content="2024-05-01T22:30:00-05:00">"""
FIGURE = '<figure><img src="/tree.png" alt="A tree"><figcaption>In snow</figcaption></figure>'
FOLDER = "articles/The Garden Post/2024-05-02 - Winter orchard"


@pytest.fixture
def house(tmp_path: Path, state: AppState, web: Site) -> Iterator[ArticleHouse]:
    with article_house(tmp_path, state, web.authority) as house:
        yield house


def put_article(web: Site, text: str | None = None, path: str = "/orchard", **headers: str) -> str:
    web.put("/lead.jpg", Page(picture(1200, 600, "JPEG"), "image/jpeg"))
    web.put("/tree.png", Page(picture(), "image/png"))
    body = page((paragraphs(3) + FIGURE + paragraphs(3, start=3)) if text is None else text, head=HEAD)
    return web.put(path, Page(body.encode(), headers=headers))


def test_an_article_is_kept_with_all_that_belongs_to_it(house: ArticleHouse, web: Site) -> None:
    url = put_article(web)
    media = house.media(house.keep(url))
    assert (media.media_type, media.names.title) == (MediaType.ARTICLE, "Winter orchard")
    assert (media.names.show_title, media.names.artist, media.names.year) == ("The Garden Post", "Jane Doe", 2024)
    assert (media.overview, media.language, media.published_at) == ("Work that nobody sees.", "en", 1714620600000)
    assert media.has_poster and media.has_still
    assert media.file is not None and media.file.path == f"{FOLDER}/article.html"
    assert media.file.duration_ms == 60_000
    assert house.files() == [
        f"{FOLDER}/{name}"
        for name in ("article.html", "article.json", "article.txt", "cover.jpg", "images/1.jpg", "original.html.gz")
    ]
    folder = house.folder(media)
    assert gzip.decompress((folder / "original.html.gz").read_bytes()) == web.page(Hit("GET", "/orchard", "", {})).body
    assert (folder / "images" / "1.jpg").read_bytes().startswith(b"\xff\xd8\xff")
    facts = json.loads((folder / "article.json").read_text())
    assert (facts["url"], facts["content_type"]) == (url, "text/html; charset=utf-8")


def test_the_file_is_a_whole_document_that_asks_for_nothing(house: ArticleHouse, web: Site) -> None:
    text = (house.folder(house.media(house.keep(put_article(web)))) / "article.html").read_text()
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">') and text.rstrip().endswith("</html>")
    assert "<title>Winter orchard</title>" in text and "Jane Doe · 2 May 2024 · 1 min" in text
    assert (
        '<figure><img src="images/1.jpg" alt="A tree" loading="lazy"><figcaption>In snow</figcaption></figure>' in text
    )
    assert set(re.findall(r'src="([^"]*)"', text)) == {"images/1.jpg"}
    assert "default-src 'none'" in text and "<script" not in text


def test_its_words_are_found(house: ArticleHouse, web: Site) -> None:
    media = house.media(house.keep(put_article(web)))
    assert media.id in house.state.search_texts(house.ann.viewer, "ladders mended", 5, offline=False)
    assert "tracking" not in house.state.search_texts(house.ann.viewer, "tracking", 5, offline=False)


def test_the_same_address_is_fetched_once(house: ArticleHouse, web: Site) -> None:
    url = put_article(web)
    first = house.add(url)
    second = house.add(f"{url}?utm_source=mail#part")
    assert first.job is not None and second.job is not None and second.job.id == first.job.id and second.existing
    media = house.media(house.done(first))
    again = house.add(url)
    assert (again.job, again.media_id, again.existing) == (None, media.id, True)
    assert len(web.hits_of("/orchard")) == 1


def test_another_address_of_the_same_page_leads_to_the_same_item(house: ArticleHouse, web: Site) -> None:
    media = house.media(house.keep(put_article(web)))
    web.redirect("/short", "/orchard")
    assert house.media(house.keep(web.url("/short"))).id == media.id
    assert house.add(web.url("/short")).media_id == media.id
    put_article(web, path="/amp/orchard")
    web.put("/amp/orchard", Page(page(paragraphs(6), head=f'{HEAD}<link rel="canonical" href="/orchard">').encode()))
    assert house.media(house.keep(web.url("/amp/orchard"))).id == media.id


def test_a_page_cannot_claim_the_address_of_another_site(house: ArticleHouse, web: Site) -> None:
    head = '<link rel="canonical" href="https://news.example/today">'
    house.media(house.keep(web.put("/liar", Page(page(paragraphs(6), head=head).encode()))))
    assert house.add("https://news.example/today").job is not None
    assert house.state.media_by_origin(["url:https://news.example/today"]) is None


def test_what_changed_becomes_a_new_snapshot(house: ArticleHouse, web: Site) -> None:
    media = house.media(house.keep(put_article(web)))
    first = house.open(media).article.newest
    put_article(web, paragraphs(4) + FIGURE + "<p>A new end of the story, which was not told before, is told now.</p>")
    assert house.media(house.refresh(media.id)).id == media.id
    article = house.open(media).article
    assert [one.id for one in article.versions][1:] == [first.id]
    folder = house.folder(house.state.media(media.id))
    assert "A new end" in (folder / "article.html").read_text()
    assert "A new end" not in (folder / "versions" / first.id / "article.html").read_text()
    assert (folder / "versions" / first.id / "images" / "1.jpg").is_file()
    assert media.id in house.state.search_texts(house.ann.viewer, "not told before", 5, offline=False)
    put_article(web, paragraphs(4) + "<p>And once more the end is another one, as it is with stories now and then.</p>")
    house.media(house.refresh(media.id))
    assert len(house.open(media).article.versions) == 3
    assert len(list((house.folder(house.state.media(media.id)) / "versions").iterdir())) == 2
    assert len([name for name in house.files() if name.startswith("articles/")]) == 5 + 5 + 5


def test_what_did_not_change_makes_no_snapshot(house: ArticleHouse, web: Site) -> None:
    media = house.media(house.keep(put_article(web)))
    put_article(web, paragraphs(3) + FIGURE.replace("/tree.png", "/tree.png?token=2") + paragraphs(3, start=3))
    assert house.media(house.refresh(media.id)).id == media.id
    assert len(house.open(media).article.versions) == 1
    assert not any("replaced" in name for name in house.files())


def test_a_page_that_a_browser_sent_is_not_fetched(house: ArticleHouse, web: Site) -> None:
    url = put_article(web)
    html = page(paragraphs(6) + FIGURE, head=HEAD, title="Behind the wall")
    media = house.media(house.keep(url, html))
    assert media.names.title == "Behind the wall"
    assert web.hits_of("/orchard") == [] and len(web.hits_of("/tree.png")) == 1
    assert gzip.decompress((house.folder(media) / "original.html.gz").read_bytes()) == html.encode()
    again = house.keep(url, html.replace("Nobody hurries", "Somebody hurries"))
    assert house.media(again).id == media.id
    assert len(house.open(media).article.versions) == 2
    assert house.state.list_jobs([JobStatus.QUEUED], 5) == []
    assert not any(".media-library/staging" in name for name in house.files())


def test_what_a_browser_sent_stays_for_another_try(house: ArticleHouse, web: Site) -> None:
    job = house.keep(web.url("/x"), "<html><body><p>Nothing</p></body></html>")
    assert job.status is JobStatus.FAILED
    assert any(name.endswith("posted.html") for name in house.files())


def test_an_address_that_is_none_is_refused(house: ArticleHouse) -> None:
    for url in ("", "javascript:x", "file:///etc/passwd", "-o x", "https://user:pass@e.org/", "ftp://e.org/"):
        with pytest.raises(InvalidInput):
            house.add(url)
    with pytest.raises(InvalidInput):
        house.add("https://e.org/", "  ")
    assert house.state.list_jobs(JobStatus, 5) == []


WORDS = {
    "/a.pdf": (Page(b"%PDF-1.7 x", "application/pdf"), "no page with an article but a PDF file. Add it as a book"),
    "/b.pdf": (Page(b"%PDF-1.7 x", "text/html"), "a PDF file"),
    "/c.epub": (Page(b"PK\x03\x04", "application/epub+zip"), "Add it as a book"),
    "/d.jpg": (Page(picture(kind="JPEG"), "image/jpeg"), "a picture"),
    "/e.mp4": (Page(b"\0\0\0\x18ftyp", "video/mp4"), "a video"),
    "/f.mp3": (Page(b"ID3", "audio/mpeg"), "a sound file"),
    "/g.json": (Page(b"{}", "application/json"), "a file of the type application/json"),
    "/h.xml": (Page(b"<?xml version='1.0'?><rss></rss>", "text/xml"), "a feed. Follow it as a podcast"),
    "/i.rss": (Page(b"<rss></rss>", "application/rss+xml"), "a feed. Follow it as a podcast"),
    "/j.txt": (Page(b"hello", "text/plain"), "plain text"),
    "/k": (Page(b"<html><body><div id=app></div><script>1</script></body></html>"), "bookmarklet"),
    "/l": (Page(b""), "bookmarklet"),
    "/m": (Page(b"x", status=401), "does not show this page to us (status 401). Open it in your browser"),
    "/n": (Page(b"x", status=403), "bookmarklet"),
    "/o": (Page(b"x", status=404), "has nothing at this address"),
    "/p": (Page(b"x", status=410), "has nothing at this address"),
    "/q": (Page(gzip.compress(b"\0" * 30_000_000), headers={"Content-Encoding": "gzip"}), "more than 20971520 bytes"),
    "/r": (Page(b"<p>" * 7_000_001), "more than 20971520 bytes"),
}


@pytest.mark.parametrize("path", WORDS)
def test_what_is_no_article_is_named_in_one_sentence(house: ArticleHouse, web: Site, path: str) -> None:
    answer, words = WORDS[path]
    job = house.keep(web.put(path, answer))
    assert job.status is JobStatus.FAILED
    assert words in (job.error or ""), job.error
    assert not any(name.startswith("articles/") for name in house.files())


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_that_has_no_time_is_asked_again_later(house: ArticleHouse, web: Site, status: int) -> None:
    job = house.keep(web.put("/busy", Page(b"x", status=status, headers={"Retry-After": "77"})))
    assert job.status is JobStatus.QUEUED
    assert str(status) in (job.error or "")
    assert house.state.claim_content("another", per_host=9) is None


def test_an_address_within_the_house_is_not_fetched(house: ArticleHouse) -> None:
    for url in ("http://127.0.0.1:1/", "http://[::1]/", "http://169.254.169.254/latest", "http://0x7f000001/"):
        assert house.keep(url).status is JobStatus.FAILED


def test_pictures_that_cannot_be_had_are_left_out(house: ArticleHouse, web: Site) -> None:
    bad = {
        "/404.jpg": Page(status=404),
        "/html.jpg": Page(b"<script>pwned()</script>", "image/jpeg"),
        "/svg.jpg": Page(b"<svg xmlns='http://www.w3.org/2000/svg' onload='pwned()'/>", "image/svg+xml"),
        "/bomb.png": Page(_bomb(), "image/png"),
        "/cut.png": Page(picture()[:200], "image/png"),
        "/big.png": Page(b"\x89PNG" + b"x" * 16_000_000, "image/png"),
        "/inside.jpg": Page(status=302, headers={"Location": "http://127.0.0.1:1/secret"}),
    }
    for path, answer in bad.items():
        web.put(path, answer)
    images = "".join(f'<p><img src="{path}" alt="{path}"></p>' for path in bad)
    media = house.media(house.keep(put_article(web, paragraphs(3) + images + FIGURE + paragraphs(3, start=3))))
    assert [path.name for path in (house.folder(media) / "images").iterdir()] == ["8.jpg"]
    text = (house.folder(media) / "article.html").read_text()
    assert re.findall(r"<img[^>]*>", text) == ['<img src="images/8.jpg" alt="A tree" loading="lazy">']


def test_pictures_are_made_anew_and_no_larger_than_need_be(house: ArticleHouse, web: Site) -> None:
    web.put("/huge.png", Page(picture(4000, 1000), "image/png"))
    text = paragraphs(3) + '<p><img src="/huge.png"></p>' + paragraphs(3, start=3)
    media = house.media(house.keep(put_article(web, text)))
    from PIL import Image

    with Image.open(house.folder(media) / "images" / "1.jpg") as made:
        assert (made.format, made.size) == ("JPEG", (1600, 400))


def test_no_more_than_a_hundred_pictures_are_asked_for(house: ArticleHouse, web: Site) -> None:
    images = "".join(f'<p><img src="/pictures/{number}.png"></p>' for number in range(120))
    house.media(house.keep(put_article(web, paragraphs(3) + images + paragraphs(3, start=3))))
    assert len([hit for hit in web.hits if hit.path.startswith("/pictures/")]) == 100


def test_a_cancel_does_not_wait_for_a_site_that_drips(house: ArticleHouse, web: Site) -> None:
    url = web.put("/drip", Page(page(paragraphs(2000)).encode(), bytes_per_second=2000))
    added = house.add(url)
    assert added.job is not None
    thread = threading.Thread(target=house.work, daemon=True)
    thread.start()
    wait_for(lambda: bool(web.hits_of("/drip")))
    house.state.cancel_job(added.job.id)
    thread.join(2)
    assert not thread.is_alive()
    assert house.state.get_job(added.job.id).status is JobStatus.CANCELLED
    assert house.files() == []


def test_what_was_fetched_before_a_restart_is_not_fetched_again(house: ArticleHouse, web: Site) -> None:
    url = put_article(web)
    web.put("/tree.png", Page(picture(), "image/png"))
    added = house.add(url)
    assert added.job is not None
    stop = threading.Event()

    def stopping(hit: Hit) -> Page:
        stop.set()
        return Page(picture(1200, 600, "JPEG"), "image/jpeg")

    web.put("/lead.jpg", stopping)
    house.worker.step(stop)
    assert house.state.get_job(added.job.id).status is JobStatus.QUEUED
    web.put("/lead.jpg", Page(picture(1200, 600, "JPEG"), "image/jpeg"))
    house.work()
    media = house.media(house.state.get_job(added.job.id))
    assert len(web.hits_of("/orchard")) == 1
    assert (house.folder(media) / "images" / "1.jpg").is_file()


def test_a_crash_after_the_publishing_loses_nothing(house: ArticleHouse, web: Site) -> None:
    url = put_article(web)
    media = house.media(house.keep(url))
    house.state.put_article(media.id, url, [])
    house.state.put_media_text(media.id, "")
    house.state.mark_artwork(media.id, poster=False, still=False)
    assert house.state.article(media.id) is None
    job = house.state.queue_content(ArticleOrder(url), title=url, host="x", origin="again", requested_by=None)
    house.work()
    assert house.media(house.state.get_job(job.id)).id == media.id
    assert house.state.article(media.id) is not None
    assert house.state.media(media.id).has_poster and house.state.media(media.id).has_still
    assert media.id in house.state.search_texts(house.ann.viewer, "ladders mended", 5, offline=False)


def test_two_articles_of_one_name_have_two_folders(house: ArticleHouse, web: Site) -> None:
    house.media(house.keep(put_article(web)))
    second = house.media(house.keep(put_article(web, paragraphs(8, start=20), path="/other")))
    assert second.file is not None and second.file.path == f"{FOLDER} (2)/article.html"


def test_a_page_can_be_kept_as_an_article_beside_its_video(house: ArticleHouse, web: Site) -> None:
    url = put_article(web)
    library = house.state.library_of_kind(LibraryKind.VIDEOS)
    file = MediaFile("videos/x.mp4", 1, 1, 1, "mp4", 1)
    video = house.state.add_media(
        NewMedia(MediaType.VIDEO, library.id, MediaNames("x"), file, origins=(f"url:{url.replace('http:', 'https:')}",))
    )
    media = house.media(house.keep(url))
    assert media.id != video.id and media.media_type is MediaType.ARTICLE
    assert house.add(url).media_id == media.id
    assert house.state.media_by_origin([f"url:{url.replace('http:', 'https:')}"]) == video


def test_another_address_of_an_article_in_the_bin_says_so(house: ArticleHouse, web: Site) -> None:
    media = house.media(house.keep(put_article(web)))
    house.bin.throw_away(house.ann, media.id)
    web.redirect("/short", "/orchard")
    for html in (None, page(paragraphs(6), head=f'<link rel="canonical" href="{web.url("/orchard")}">')):
        job = house.keep(web.url("/short"), html)
        assert job.status is JobStatus.FAILED and "“Winter orchard” is this article and lies in the bin" in (
            job.error or ""
        )
    house.bin.restore(house.ann, media.id)
    house.bin.throw_away(house.ann, media.id)


def test_titles_that_no_file_can_have_become_names(house: ArticleHouse, web: Site) -> None:
    title = "50 % of /etc\\x: \N{RIGHT-TO-LEFT OVERRIDE}evil 🍎 " + "long " * 100
    body = page(paragraphs(6), title=title.replace("&", "&amp;"))
    media = house.media(house.keep(web.put("/title", Page(body.encode()))))
    assert media.file is not None
    name = media.file.path.split("/")[2]
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in name and len(name.encode()) <= 180 and "🍎" in name
    assert media.names.title.startswith("50 % of /etc\\x")


def test_an_article_goes_into_the_bin_and_is_brought_back_by_its_address(house: ArticleHouse, web: Site) -> None:
    url = put_article(web)
    media = house.media(house.keep(url))
    house.bin.throw_away(house.ann, media.id)
    assert not any(name.startswith("articles/") for name in house.files())
    added = house.add(url)
    assert (added.media_id, added.existing) == (media.id, True)
    assert any(name.endswith("images/1.jpg") for name in house.files())
    assert len(web.hits_of("/orchard")) == 1


@pytest.mark.parametrize(
    ("language", "encoding", "content_type"),
    [
        ("ru", "windows-1251", "text/html; charset=utf-8"),  # the header lies
        ("ru", "koi8-r", "text/html; charset=KOI8-R"),
        ("ja", "shift_jis", "text/html"),
        ("de", "iso-8859-1", "text/html; charset=latin1"),
        ("he", "utf-16", "text/html; charset=iso-8859-1"),
        ("el", "utf-8", "application/xhtml+xml"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_really_has(
    house: ArticleHouse, web: Site, language: str, encoding: str, content_type: str
) -> None:
    sentence = TEXTS[language][0]
    declared = encoding if content_type == "text/html" else "utf-8"
    text = page("".join(f"<p>{number}. {sentence * 3}</p>" for number in range(8)), language=language)
    body = text.replace('charset="utf-8"', f'charset="{declared}"').encode(encoding)
    media = house.media(house.keep(web.put("/text", Page(body, content_type))))
    assert media.language == language
    assert sentence in (house.folder(media) / "article.html").read_text("utf-8")


def test_a_site_that_leads_in_circles_is_left(house: ArticleHouse, web: Site) -> None:
    web.redirect("/a", "/b")
    job = house.keep(web.redirect("/b", "/a"))
    assert job.status is JobStatus.FAILED and "redirects" in (job.error or "")


def _bomb() -> bytes:
    """A picture of a gigapixel in a few bytes."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )
