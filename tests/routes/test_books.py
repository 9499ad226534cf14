"""Books over HTTP: bringing them, and reading them part by part."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from media_library.config import Uploads
from media_library.models.job import JobStatus
from media_library.models.library import LibraryKind
from media_library.models.user import Role
from tests.book_worker import do_books
from tests.fixtures import books
from tests.internet import Page, serve
from tests.routes.house import House, Somebody, error_of

PAGE_POLICY = "default-src 'none'"


def send(who: Somebody, file: Path, **more: Any) -> Any:
    return who.send(
        "POST",
        f"/api/books/file?name={more.pop('name', file.name)}{more.pop('query', '')}",
        data=file.read_bytes(),
        content_type="application/octet-stream",
        **more,
    )


def get(who: Somebody, path: str, **more: Any) -> Any:
    return who.get(path, **more)


def post(who: Somebody, path: str, **more: Any) -> Any:
    return who.send("POST", path, **more)


def record(who: Somebody, body: object) -> Any:
    return who.send("POST", "/api/books", body)


def added(house: House, file: Path) -> str:
    """The id of a book that was sent and read."""
    assert send(house.member, file).status_code == 202
    job = do_books(house.state, house.settings)[0]
    assert job.media_id is not None, job.error
    return job.media_id


def test_a_book_that_is_sent_is_on_the_shelf_with_all_that_its_file_says(house: House, tmp_path: Path) -> None:
    media_id = added(house, books.epub(tmp_path / "sent.epub"))
    book = get(house.member, f"/api/books/{media_id}").json
    assert (book["media_type"], book["title"], book["artist"]) == (
        "book",
        "The Winter Orchard",
        "Ada Applewood, Ben Birch",
    )
    assert (book["format"], book["authors"]) == ("epub", ["Ada Applewood", "Ben Birch"])
    assert (book["publisher"], book["published"], book["year"]) == ("Orchard & Sons", "2019-10-04", 2019)
    assert (book["isbn"], book["language"]) == (books.ISBN, "en-GB")
    assert (book["series"], book["series_number"], book["episode"]) == ("Four Seasons", 4.0, 4)
    assert book["overview"] == "Snow falls on the orchard.\nNobody goes."
    assert (book["parts"], book["pages"], book["artwork"]["poster"]) == (2, 0, True)
    assert book["contents"] == [
        {"title": "One morning", "part": 0, "anchor": None, "depth": 0},
        {"title": "The fall", "part": 1, "anchor": "deep", "depth": 1},
    ]
    assert get(house.member, f"/api/poster/{media_id}").mimetype == "image/webp"
    path = house.state.media(media_id).file
    assert path is not None
    assert path.path == (
        "books/Ada Applewood, Ben Birch/The Winter Orchard/The Winter Orchard - Ada Applewood, Ben Birch.epub"
    )
    assert list((house.settings.media_root / ".media-library" / "staging").iterdir()) == []


def test_the_words_of_a_book_are_found(house: House, tmp_path: Path) -> None:
    media_id = added(house, books.epub(tmp_path / "sent.epub"))
    found = get(house.member, "/api/search?q=frozenapple").text
    assert media_id in found


def test_the_same_file_twice_is_one_book(house: House, tmp_path: Path) -> None:
    file = books.epub(tmp_path / "a.epub")
    first = added(house, file)
    again = send(house.member, file, name="other-name.epub")
    assert (again.status_code, again.json["media_id"], again.json["existing"]) == (200, first, True)
    assert list((house.settings.media_root / ".media-library" / "staging").iterdir()) == []


def test_the_same_file_sent_twice_at_once_is_one_job(house: House, tmp_path: Path) -> None:
    file = books.cbz(tmp_path / "a.cbz")
    first, again = send(house.member, file), send(house.member, file)
    assert first.json["job"]["id"] == again.json["job"]["id"]
    assert again.json["existing"]


def test_what_was_thrown_away_comes_back_when_it_is_sent_again(house: House, tmp_path: Path) -> None:
    file = books.epub(tmp_path / "a.epub")
    media_id = added(house, file)
    assert house.admin.send("DELETE", f"/api/media/{media_id}").status_code == 204
    assert send(house.member, file).json["media_id"] == media_id
    assert get(house.member, f"/api/books/{media_id}/parts/0?frame=1").status_code == 200


@pytest.mark.parametrize(
    ("content", "said"), [(b"<!doctype html><html>", "web page"), (b"", "empty"), (b"\x7fELF", "no book")]
)
def test_what_is_no_book_is_refused_before_it_is_kept(house: House, content: bytes, said: str) -> None:
    answer = post(house.member, "/api/books/file?name=a.epub", data=content, content_type="application/octet-stream")
    assert error_of(answer) == (400, "bad_request")
    assert said in answer.json["error"]["message"]
    assert list((house.settings.media_root / ".media-library" / "staging").iterdir()) == []
    assert house.state.list_jobs([JobStatus.QUEUED], 10) == []


def test_a_protected_book_ends_in_a_job_that_says_so(house: House, tmp_path: Path) -> None:
    send(house.member, books.epub(tmp_path / "a.epub", more={"META-INF/rights.xml": "<x/>"}))
    (job,) = do_books(house.state, house.settings)
    assert job.status == "failed" and "DRM" in (job.error or "")
    assert list((house.settings.media_root / "books").rglob("*.*")) == []


def test_a_broken_book_can_be_retried_for_its_file_is_still_there(house: House, tmp_path: Path) -> None:
    send(house.member, books.pdf(tmp_path / "a.pdf", encrypted=True))
    (job,) = do_books(house.state, house.settings)
    house.member.send("POST", f"/api/jobs/{job.id}/retry", {})
    (job,) = do_books(house.state, house.settings)
    assert "password" in (job.error or ""), "it was read once more"


def test_a_file_may_be_larger_than_a_request_of_json(house: House, tmp_path: Path) -> None:
    big = {"x.bin": bytes(range(256)) * 2000}
    file = books.pack(tmp_path / "a.cbz", {**big, "1.png": books.picture()}, stored=["x.bin"])
    assert file.stat().st_size > 500_000
    assert added(house, file)


def test_an_upload_that_is_too_large_is_refused(tmp_path: Path) -> None:
    house = House(tmp_path, uploads=Uploads(max_upload_size_mb=1))
    try:
        big = post(
            house.member, "/api/books/file?name=a.pdf", data=b"%PDF-" * 300_000, content_type="application/octet-stream"
        )
        assert error_of(big) == (413, "too_large")
    finally:
        house.close()


def test_a_name_from_outside_never_becomes_a_path(house: House, tmp_path: Path) -> None:
    """Threats 56 to 58: the file has no title of its own, so it is called after the name that was sent."""
    names = [
        "../../etc/passwd.pdf",
        "..%5C..%5Cx.pdf",
        "%2Fetc%2Fx.pdf",
        "CON.pdf",
        "a%00b.pdf",
        "日本語.pdf",
        "%E2%80%AE.pdf",
    ]
    for number, name in enumerate(names):
        send(house.member, books.pdf(tmp_path / f"{number}.pdf", info=f"/Keywords ({number})"), name=name)
    jobs = do_books(house.state, house.settings)
    assert [job.status for job in jobs] == ["done"] * len(names)
    shelf = house.settings.media_root / "books"
    files = [path for path in house.settings.media_root.rglob("*.pdf") if path.is_file()]
    assert len(files) == len(names)
    assert all(shelf in path.parents and len(path.relative_to(shelf).parts) == 3 for path in files)
    shown = [house.state.media(job.media_id or "").names.title for job in jobs]
    assert all(title.isprintable() and title for title in shown), shown


def test_a_book_without_a_file_is_a_record(house: House) -> None:
    body = {"title": "On Wood", "author": "Carla Cherry", "year": 1961, "isbn": "0-306-40615-2", "series": "Trees"}
    answer = record(house.member, body)
    media_id = answer.json["media_id"]
    assert answer.json["job"] is None
    book = get(house.member, f"/api/books/{media_id}").json
    assert (book["title"], book["authors"], book["year"]) == ("On Wood", ["Carla Cherry"], 1961)
    assert (book["isbn"], book["series"], book["format"], book["has_file"]) == (books.ISBN, "Trees", None, False)
    for path in ("parts/0", "pages/0", "files/x", "file"):
        assert get(house.member, f"/api/books/{media_id}/{path}").status_code == 404
    again = record(house.member, body | {"title": "Another title"})
    assert again.json["media_id"] == media_id and again.json["existing"]


def test_a_record_needs_a_title_and_a_true_isbn(house: House) -> None:
    assert error_of(record(house.member, {"author": "Nobody"}))[0] == 400
    wrong = record(house.member, {"title": "T", "isbn": "9780306406158"})
    assert wrong.json["error"]["field"] == "isbn"


def test_a_file_is_given_to_a_record_later(house: House, tmp_path: Path) -> None:
    kept = record(house.member, {"title": "My own title", "author": "Me"}).json["media_id"]
    file = books.epub(tmp_path / "a.epub")
    assert send(house.member, file, query=f"&media_id={kept}").status_code == 202
    (job,) = do_books(house.state, house.settings)
    assert job.media_id == kept
    book = get(house.member, f"/api/books/{kept}").json
    assert (book["title"], book["authors"]) == ("My own title", ["Me"])
    assert (book["format"], book["publisher"], book["parts"]) == ("epub", "Orchard & Sons", 2)
    other = books.cbz(tmp_path / "b.cbz")
    assert error_of(send(house.member, other, query=f"&media_id={kept}")) == (409, "conflict")
    film = house.film("A film").id
    assert error_of(send(house.member, other, query=f"&media_id={film}")) == (409, "conflict")
    assert error_of(send(house.member, other, query="&media_id=nothing")) == (404, "not_found")


def test_a_file_finds_the_record_of_its_isbn(house: House, tmp_path: Path) -> None:
    kept = record(house.member, {"title": "T", "isbn": books.ISBN}).json["media_id"]
    assert added(house, books.epub(tmp_path / "a.epub")) == kept


def test_a_book_is_fetched_from_its_address_once(house: House, tmp_path: Path) -> None:
    content = books.epub(tmp_path / "a.epub").read_bytes()
    with serve() as web:
        url = web.put("/download/42", Page(content, "application/octet-stream"))
        first = record(house.member, {"url": url})
        assert first.status_code == 202
        (job,) = do_books(house.state, house.settings, allowed=(web.authority,))
        assert job.status == "done", job.error
        assert get(house.member, f"/api/books/{job.media_id}").json["url"] is not None
        again = record(house.member, {"url": url + "#page"})
        assert (again.status_code, again.json["media_id"]) == (200, job.media_id)
        assert len(web.hits) == 1


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:x", "-x", "https://a:b@example.org/x", ""])
def test_only_plain_web_addresses_are_taken(house: House, url: str) -> None:
    assert error_of(record(house.member, {"url": url})) == (400, "bad_request")


def test_a_chapter_is_shown_in_a_sandbox_with_links_that_lead_to_chapters(house: House, tmp_path: Path) -> None:
    media_id = added(house, books.epub(tmp_path / "a.epub"))
    answer = get(house.member, f"/api/books/{media_id}/parts/0?frame=1")
    assert answer.mimetype == "text/html"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox ") and "allow-scripts" not in policy and PAGE_POLICY in policy
    assert "frame-ancestors 'self'" in policy
    text = answer.text
    assert '<h1 id="top">One</h1>' in text and "It was a <b>co</b>ld morning." in text
    assert f'href="/api/books/{media_id}/parts/1#deep"' in text
    assert f'src="/api/books/{media_id}/files/OEBPS/images/tree.png"' in text
    assert 'href="https://example.org/"' in text
    second = get(house.member, f"/api/books/{media_id}/parts/1?frame=1").text
    assert f'href="/api/books/{media_id}/parts/0"' in second and 'href="#deep"' in second
    assert second.count("<img") == 1 and "<svg" not in second, "a drawn picture is a picture"


def test_threat_112_a_chapter_that_is_opened_by_itself_is_of_no_origin(house: House, tmp_path: Path) -> None:
    media_id = added(house, books.epub(tmp_path / "a.epub"))
    for query, headers in (("", {}), ("?frame=1", {"Sec-Fetch-Dest": "document"})):
        policy = get(house.member, f"/api/books/{media_id}/parts/0{query}", headers=headers).headers[
            "Content-Security-Policy"
        ]
        assert "allow-same-origin" not in policy and "allow-scripts" not in policy
        assert "frame-ancestors 'none'" in policy


def test_threat_116_nothing_of_a_scripted_book_is_left_that_could_run(house: House, tmp_path: Path) -> None:
    media_id = added(house, books.scripted_epub(tmp_path / "a.epub"))
    text = get(house.member, f"/api/books/{media_id}/parts/0?frame=1").text
    body = text.partition("<body")[2]
    assert "Chapter of tricks" in body and "Last words." in body
    assert re.search(r"<(script|iframe|form|input|button|svg|math|style|link|meta|base|video|object)", body) is None
    assert re.search(r"\son\w+\s*=|javascript:|evil\.test|srcdoc|data:text", body) is None
    assert [match[1] for match in re.finditer(r'src="([^"]*)"', body)] == [
        f"/api/books/{media_id}/files/OEBPS/images/tree.png"
    ]


def test_threat_69_pictures_have_the_type_of_their_content(house: House, tmp_path: Path) -> None:
    odd = {"OEBPS/images/odd.html": books.picture(), "OEBPS/images/drawn.png": b"<svg><script>x()</script></svg>"}
    odd["OEBPS/images/bomb.png"] = books.png_of_size(65_535, 65_535)
    media_id = added(house, books.epub(tmp_path / "a.epub", more=dict(odd)))
    answer = get(house.member, f"/api/books/{media_id}/files/OEBPS/images/odd.html")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    for name in (
        "OEBPS/images/drawn.png",
        "OEBPS/images/bomb.png",
        "OEBPS/book.opf",
        "OEBPS/text/one.xhtml",
        "mimetype",
        "../x",
        "nothing",
    ):
        assert get(house.member, f"/api/books/{media_id}/files/{name}").status_code in (404, 400), name
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert get(house.member, f"/api/books/{media_id}/files/OEBPS/images/odd.html", headers=tag).status_code == 304


def test_pages_of_a_comic_come_in_order_and_smaller_on_request(house: House, tmp_path: Path) -> None:
    wide = {"comic/page12.png": books.picture((1500, 300))}
    media_id = added(house, books.cbz(tmp_path / "a.cbz", more=dict(wide)))
    book = get(house.member, f"/api/books/{media_id}").json
    assert (book["format"], book["pages"], book["right_to_left"]) == ("cbz", 12, True)
    sizes = [
        Image.open(io.BytesIO(get(house.member, f"/api/books/{media_id}/pages/{number}").data)).size
        for number in (0, 1, 9, 11)
    ]
    assert sizes == [(41, 60), (42, 60), (50, 60), (1500, 300)]
    smaller = get(house.member, f"/api/books/{media_id}/pages/11?width=480")
    assert smaller.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(smaller.data)).size == (480, 96)
    assert get(house.member, f"/api/books/{media_id}/pages/11?width=480").data == smaller.data


@pytest.mark.parametrize(
    "path",
    ["parts/2", "parts/-1", "parts/x", "parts/1e3", "parts/99999999999", "pages/0", "parts/", "pages/%C2%B2"],
)
def test_parts_that_are_not_there_are_not_found(house: House, tmp_path: Path, path: str) -> None:
    media_id = added(house, books.epub(tmp_path / "a.epub"))
    assert get(house.member, f"/api/books/{media_id}/{path}").status_code == 404


@pytest.mark.parametrize("width", ["0", "-100000", "481", "2147483648", "NaN", ""])
def test_threat_67_only_a_few_widths_can_be_asked_for(house: House, tmp_path: Path, width: str) -> None:
    media_id = added(house, books.cbz(tmp_path / "a.cbz", pages=1))
    assert error_of(get(house.member, f"/api/books/{media_id}/pages/0?width={width}"))[0] == 400


def test_a_pdf_is_read_in_ranges(house: House, tmp_path: Path) -> None:
    file = books.pdf(tmp_path / "a.pdf")
    media_id = added(house, file)
    book = get(house.member, f"/api/books/{media_id}").json
    assert (book["format"], book["pages"], book["contents"][0]["part"]) == ("pdf", 3, 1)
    whole = get(house.member, f"/api/books/{media_id}/file")
    assert (whole.mimetype, whole.data) == ("application/pdf", file.read_bytes())
    part = get(house.member, f"/api/books/{media_id}/file", headers={"Range": "bytes=5-7"})
    assert (part.status_code, part.data) == (206, b"1.4")
    assert part.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_a_book_whose_file_was_changed_is_not_read(house: House, tmp_path: Path) -> None:
    media_id = added(house, books.epub(tmp_path / "a.epub"))
    media = house.state.media(media_id)
    assert media.file is not None
    place = house.settings.media_root / media.file.path
    with zipfile.ZipFile(place.with_suffix(".new"), "w") as archive:
        archive.writestr("OEBPS/text/one.xhtml", "<p>Another book")
    place.with_suffix(".new").replace(place)
    assert error_of(get(house.member, f"/api/books/{media_id}/parts/0?frame=1")) == (404, "not_found")


def test_books_are_seen_and_brought_only_by_those_who_may(house: House, tmp_path: Path) -> None:
    file = books.epub(tmp_path / "a.epub")
    media_id = added(house, file)
    for path in ("", "/parts/0", "/files/OEBPS/images/tree.png", "/pages/0", "/file"):
        assert error_of(house.stranger.get(f"/api/books/{media_id}{path}"))[0] == 401
        assert error_of(house.kid.get(f"/api/books/{media_id}{path}"))[0] == 404, "a kid that may see films only"
    films_only = house.person("dora", Role.MEMBER, [LibraryKind.MOVIES])
    assert error_of(send(films_only, file))[0] == 403
    assert error_of(films_only.send("POST", "/api/books", {"title": "T"}))[0] == 403
    assert error_of(send(house.kid, file))[0] == 403


def test_a_film_is_no_book(house: House) -> None:
    assert error_of(get(house.member, f"/api/books/{house.film('A film').id}")) == (404, "not_found")


def test_no_other_site_can_send_a_book_through_the_browser_of_a_member(house: House, tmp_path: Path) -> None:
    file = books.epub(tmp_path / "a.epub")
    answer = send(house.member, file, headers={"Origin": "https://evil.example"})
    assert error_of(answer)[0] == 403
    form = house.member.send(
        "POST", "/api/books/file?name=a.epub", data=file.read_bytes(), content_type="multipart/form-data; boundary=x"
    )
    assert error_of(form)[0] == 415
    assert house.state.list_jobs(JobStatus, 10) == []
