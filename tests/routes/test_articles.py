"""Articles over HTTP: asking for one, reading it in a sandbox, its pictures, its snapshots, the EPUB."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from media_library.models.article import ArticleFacts
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.services.article_folder import carry_over, write_snapshot
from media_library.services.articles import POSTED
from tests.article_worker import picture
from tests.fixtures.scripts import PAYLOADS
from tests.routes.house import House, error_of

FOLDER = "articles/The Garden Post/2024-05-02 - Winter orchard"
CONTENT = '<div><p>A text.</p><img src="images/1.jpg" alt="A tree"><p>More &amp; more.</p></div>'
FRAMED = "/api/articles/{}/page?frame=1"


@dataclass
class Shelf:
    """A house with an article."""

    house: House
    media: Media

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.house.member.get(f"/api/articles/{self.media.id}{path}", **more)


def facts_at(moment: int, **more: Any) -> ArticleFacts:
    return ArticleFacts(
        url="https://garden.example/orchard",
        final_url="https://garden.example/orchard",
        fetched_at=moment,
        digest=f"{moment}",
        words=230,
        minutes=1,
        title="Winter orchard",
        site="The Garden Post",
        published_at=1714620600000,
        language="en",
        **more,
    )


def shelve(house: House, content: str = CONTENT) -> Media:
    """Put an article with one picture into the library."""
    folder = house.settings.media_root / FOLDER
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "1.jpg").write_bytes(picture(kind="JPEG"))
    text = write_snapshot(folder, facts_at(1000), content, "A text.", b"<html>original</html>")
    status = text.stat()
    file = MediaFile(f"{FOLDER}/article.html", status.st_size, status.st_mtime_ns, status.st_ino, "html", 60_000)
    library = house.state.library_of_kind(LibraryKind.ARTICLES)
    names = MediaNames("Winter orchard", 2024, "The Garden Post", artist="Jane Doe")
    return house.state.add_media(
        NewMedia(MediaType.ARTICLE, library.id, names, file, published_at=1714620600000, language="en")
    )


def add_snapshot(house: House, media: Media, content: str) -> None:
    """Put a newer snapshot over it."""
    folder, staged = house.settings.media_root / FOLDER, house.settings.media_root / "staged"
    staged.mkdir()
    carry_over(folder, staged)
    write_snapshot(staged, facts_at(2000), content, "Newer.", b"newer")
    folder.rename(folder.with_name("old"))
    staged.rename(folder)
    house.state.put_article(media.id, "", [])


@pytest.fixture
def shelf(house: House) -> Shelf:
    return Shelf(house, shelve(house))


def policy(answer: TestResponse) -> list[str]:
    return answer.headers["Content-Security-Policy"].split("; ")


def test_an_article_is_told_with_its_snapshots(shelf: Shelf) -> None:
    told = shelf.get("").json
    assert told is not None
    assert {
        name: told[name] for name in ("title", "site", "author", "url", "language", "words", "minutes", "duration")
    } == {
        "title": "Winter orchard",
        "site": "The Garden Post",
        "author": "Jane Doe",
        "url": "https://garden.example/orchard",
        "language": "en",
        "words": 230,
        "minutes": 1,
        "duration": 60,
    }
    assert told["versions"] == [{"id": "1000", "fetched_at": 1000, "words": 230}]


def test_its_page_opened_by_itself_is_of_no_origin_and_whole(shelf: Shelf) -> None:
    for answer in (
        shelf.get("/page"),
        shelf.get("/page?frame=1", headers={"Sec-Fetch-Dest": "document"}),
        shelf.get("/page?frame=1", headers={"Sec-Fetch-Dest": "embed"}),
    ):
        assert answer.status_code == 200 and answer.mimetype == "text/html"
        assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy(answer)
        assert "default-src 'none'" in policy(answer) and "img-src data:" in policy(answer)
        assert "frame-ancestors 'none'" in policy(answer)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert 'src="data:image/jpeg;base64,' in answer.text and "/api/" not in answer.text
        assert "<title>Winter orchard</title>" in answer.text


def test_its_page_in_a_frame_of_the_app_can_be_looked_at_and_runs_nothing(shelf: Shelf) -> None:
    answer = shelf.get("/page?frame=1", headers={"Sec-Fetch-Dest": "iframe"})
    assert "sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin" in policy(answer)
    assert "img-src 'self' data:" in policy(answer) and "frame-ancestors 'self'" in policy(answer)
    assert not any("script" in part for part in policy(answer))
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert f'src="/api/articles/{shelf.media.id}/images/1.jpg?version=1000"' in answer.text


def test_every_other_page_keeps_its_policy(shelf: Shelf) -> None:
    answer = shelf.house.member.get("/")
    assert answer.headers["X-Frame-Options"] == "DENY" and answer.headers["Referrer-Policy"] == "same-origin"
    assert any(part.startswith("script-src 'self' 'nonce-") for part in policy(answer))


def test_a_page_looks_as_it_is_asked_to(shelf: Shelf) -> None:
    answer = shelf.get("/page?theme=sepia&size=24&width=wide&font=sans")
    assert "--ground:#f4ecd8" in answer.text and "--size:24px" in answer.text
    assert "--measure:48rem" in answer.text and "--face:system-ui" in answer.text
    for wrong in ("theme=red", "size=19", "size=18px", "width=100%25", "font=x;y", "frame=2", "nonsense=1"):
        assert error_of(shelf.get(f"/page?{wrong}")) == (400, "bad_request")


def test_a_picture_is_sent_and_nothing_else_of_the_folder(shelf: Shelf) -> None:
    answer = shelf.get("/images/1.jpg?version=1000")
    assert answer.mimetype == "image/jpeg" and answer.data.startswith(b"\xff\xd8")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "sandbox" in policy(answer)
    for name in ("2.jpg", "..%2farticle.json", "article.json", "1.jpg%00", "1.JPG", ".", "%2e%2e"):
        assert shelf.get(f"/images/{name}").status_code == 404


def test_a_link_in_the_folder_leads_nowhere(shelf: Shelf) -> None:
    secret = shelf.house.settings.media_root / "secret"
    secret.write_bytes(b"secret")
    folder = shelf.house.settings.media_root / FOLDER
    (folder / "images" / "2.jpg").symlink_to(secret)
    assert shelf.get("/images/2.jpg").status_code == 404
    (folder / "article.html").unlink()
    (folder / "article.html").symlink_to(secret)
    assert shelf.get("/page").status_code == 404


def test_what_was_changed_on_the_disk_is_sanitised_when_it_is_shown(house: House) -> None:
    shelf = Shelf(house, shelve(house, "".join(f"<div>{payload}</div>" for payload in PAYLOADS)))
    for path in ("/page", "/page?frame=1"):
        text = shelf.get(path).text.lower()
        body = text[text.index("<article>") :]
        for sign in ("<script", "<svg", "<math", "<iframe", "<style", "<base", "<meta", "<form", "<object", "<link"):
            assert sign not in body
        assert "evil.example" not in body.replace("&lt;", "").replace("//evil.example/", "") or "src=" not in body


def test_an_older_snapshot_is_there_for_who_asks_for_it(shelf: Shelf) -> None:
    add_snapshot(shelf.house, shelf.media, "<p>Newer text.</p>")
    told = shelf.get("").json
    assert told is not None and [one["id"] for one in told["versions"]] == ["2000", "1000"]
    assert "Newer text." in shelf.get("/page").text
    old = shelf.get("/page?version=1000&frame=1")
    assert "A text." in old.text and "images/1.jpg?version=1000" in old.text
    assert shelf.get("/images/1.jpg?version=1000").status_code == 200
    assert shelf.get("/images/1.jpg").status_code == 404
    assert "A text." in _chapter(shelf.get("/epub?version=1000"))
    for wrong in ("3000", "..", "versions/1000", ""):
        assert shelf.get(f"/page?version={wrong}").status_code == 404


def test_the_epub_has_the_text_and_the_picture(shelf: Shelf) -> None:
    answer = shelf.get("/epub")
    assert answer.mimetype == "application/epub+zip"
    assert 'filename="Winter orchard.epub"' in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.read("EPUB/images/1.jpg").startswith(b"\xff\xd8")
    assert "More &amp; more." in _chapter(answer)


def test_an_article_is_asked_for_and_answered_with_a_job(house: House) -> None:
    answer = house.member.send("POST", "/api/articles", {"url": "https://garden.example/orchard"})
    assert answer.status_code == 202 and answer.json is not None
    assert answer.json["job"]["kind"] == "article" and answer.json["existing"] is False
    again = house.member.send("POST", "/api/articles", {"url": "https://garden.example/orchard?utm_source=x"})
    assert again.status_code == 200 and again.json is not None
    assert again.json["job"]["id"] == answer.json["job"]["id"] and again.json["existing"] is True


def test_a_page_that_a_browser_sends_is_put_into_the_staging_of_its_job(house: House) -> None:
    html = "<html><body><p>Größe</p>" + "x" * 9_000_000
    answer = house.member.send("POST", "/api/articles", {"url": "https://garden.example/x", "html": html})
    assert answer.status_code == 202 and answer.json is not None
    staging = house.services.media_root.staging(answer.json["job"]["id"])
    assert (staging / POSTED).read_text("utf-8") == html
    again = house.member.send("POST", "/api/articles", {"url": "https://garden.example/x", "html": "<p>y"})
    assert again.status_code == 200
    assert len(list(staging.parent.iterdir())) == 1


def test_a_page_that_is_too_large_is_refused(house: House) -> None:
    html = "x" * (10 * 1024 * 1024)
    answer = house.member.send("POST", "/api/articles", {"url": "https://garden.example/x", "html": html})
    assert error_of(answer) == (413, "too_large")


@pytest.mark.parametrize("url", ["", "javascript:x", "file:///etc/passwd", "-x", "https://a:b@e.org/", "x" * 5000])
def test_an_address_that_is_none_is_refused(house: House, url: str) -> None:
    assert error_of(house.member.send("POST", "/api/articles", {"url": url})) == (400, "bad_request")


def test_a_refresh_is_queued_once(shelf: Shelf) -> None:
    path = f"/api/articles/{shelf.media.id}/refresh"
    first = shelf.house.member.send("POST", path, {})
    second = shelf.house.member.send("POST", path, {})
    assert (first.status_code, second.status_code) == (202, 200)
    assert first.json is not None and second.json is not None
    assert first.json["job"]["id"] == second.json["job"]["id"]


def test_who_may_not_see_the_articles_neither_reads_nor_adds_one(shelf: Shelf) -> None:
    house = shelf.house
    for path in ("", "/page", "/images/1.jpg", "/epub"):
        assert house.kid.get(f"/api/articles/{shelf.media.id}{path}").status_code == 404
        assert house.stranger.get(f"/api/articles/{shelf.media.id}{path}").status_code == 401
    assert house.kid.send("POST", "/api/articles", {"url": "https://e.org/"}).status_code == 403
    assert house.kid.send("POST", f"/api/articles/{shelf.media.id}/refresh", {}).status_code == 403


def test_what_is_no_article_is_not_read_as_one(house: House) -> None:
    film = house.film("Film")
    for path in ("", "/page", "/images/1.jpg", "/epub"):
        assert house.member.get(f"/api/articles/{film.id}{path}").status_code == 404


def test_an_article_whose_files_are_gone_says_so(shelf: Shelf) -> None:
    folder = shelf.house.settings.media_root / FOLDER
    folder.rename(folder.with_name("elsewhere"))
    for path in ("", "/page", "/epub"):
        answer = shelf.get(path)
        assert answer.status_code == 404 and answer.json is not None and "gone" in answer.json["error"]["message"]


def _chapter(answer: TestResponse) -> str:
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return archive.read("EPUB/article.xhtml").decode()


def test_what_is_broken_on_the_disk_is_no_crash(shelf: Shelf) -> None:
    folder: Path = shelf.house.settings.media_root / FOLDER
    assert shelf.get("").status_code == 200
    (folder / "article.json").write_text("{broken")
    assert shelf.get("/page").status_code == 404
    (folder / "article.html").write_bytes(b"\xff\xfe no markers")
    assert shelf.get("/page").status_code == 404


def test_an_article_is_an_item_like_any_other(shelf: Shelf) -> None:
    house, media_id = shelf.house, shelf.media.id
    item = house.member.get(f"/api/media/{media_id}").json
    assert item is not None and item["media_type"] == "article" and item["path"].endswith("/article.html")
    saved = house.member.get(f"/api/download/{media_id}")
    assert saved.data.startswith(b"<!DOCTYPE html>") and "attachment" in saved.headers["Content-Disposition"]
    edited = house.member.send("PATCH", f"/api/media/{media_id}/metadata", {"title": "Another title"})
    assert edited.status_code == 200
    assert "<h1>Another title</h1>" in shelf.get("/page").text
    assert house.admin.send("DELETE", f"/api/media/{media_id}").status_code == 204
    assert not (house.settings.media_root / FOLDER).exists()
    assert shelf.get("/page").status_code == 404
    assert house.admin.send("POST", f"/api/media/{media_id}/restore", {}).status_code == 200
    assert shelf.get("/images/1.jpg").status_code == 200


def test_the_file_of_an_article_is_never_a_page_of_this_site(shelf: Shelf) -> None:
    for path in (f"/api/stream/{shelf.media.id}", f"/api/download/{shelf.media.id}"):
        answer = shelf.house.member.get(path)
        assert "sandbox" in policy(answer)[0] and "script-src" not in answer.headers["Content-Security-Policy"]
