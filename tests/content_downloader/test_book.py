"""Fetching books: from real hosts with their moods, and from files that were sent."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings, Uploads
from media_library.content_downloader import Work
from media_library.errors import Conflict, Stopped, TransientFailure
from media_library.models.book import Book
from media_library.models.content_job import BookOrder
from media_library.models.job import Job, JobStatus
from media_library.models.media import Media
from media_library.services.media_root import MediaRoot
from media_library.services.publishing import Publishing
from tests.book_worker import do_books, downloader
from tests.conftest import wait_for
from tests.fixtures import books
from tests.internet import Page, Site, serve

EPUB = "application/epub+zip"


class Shelf:
    """A house that may fetch from one site."""

    def __init__(self, state: AppState, folder: Path, site: Site) -> None:
        self.state = state
        self.settings = Settings(
            paths=Paths(str(folder / "media"), str(folder / "data")), uploads=Uploads(max_upload_size_mb=8)
        )
        self.media_root = MediaRoot(self.settings, state)
        self.media_root.prepare()
        self.site = site

    def queue(self, url: str) -> Job:
        return self.state.queue_content(BookOrder(url=url), title="book", origin=f"url:{url}", url=url)

    def fetch(self, url: str) -> Job:
        job = self.queue(url)
        do_books(self.state, self.settings, allowed=(self.site.authority,))
        return self.state.get_job(job.id)

    def work(self, order: BookOrder) -> Work:
        """A claimed job."""
        self.state.queue_content(order, title="book", origin=str(order))
        job = self.state.claim_content("worker", per_host=2)
        assert job is not None
        publishing = Publishing(self.state, self.media_root)
        return Work(job, self.media_root.staging(job.id), self.state, publishing, threading.Event())

    def run(self, work: Work) -> None:
        downloader(self.state, self.settings, allowed=(self.site.authority,)).run(work, threading.Event())

    def book_of(self, job: Job) -> tuple[Media, Book]:
        assert job.media_id is not None, job.error
        book = self.state.book(job.media_id)
        assert book is not None
        return self.state.media(job.media_id), book

    @property
    def files(self) -> list[str]:
        folder = self.settings.media_root / "books"
        return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def shelf(state: AppState, tmp_path: Path, site: Site) -> Shelf:
    return Shelf(state, tmp_path, site)


def test_a_book_that_breaks_off_is_fetched_on(shelf: Shelf, site: Site, tmp_path: Path) -> None:
    content = books.cbz(tmp_path / "a.cbz", more={"x.bin": bytes(range(256)) * 800}).read_bytes()
    every = len(content) // 3 + 1
    url = site.put("/a.cbz", Page(content, "application/zip", headers={"ETag": '"1"'}, drop_every=every))
    media, book = shelf.book_of(shelf.fetch(url))
    assert (media.names.title, book.format) == ("The Fall", "cbz")
    begun = [hit.headers.get("range") for hit in site.hits_of("/a.cbz")]
    assert begun == [None, f"bytes={every}-", f"bytes={2 * every}-"], "nothing came twice"


def test_what_was_promised_as_an_epub_and_is_a_page_is_no_book(shelf: Shelf, site: Site) -> None:
    job = shelf.fetch(site.put("/a.epub", Page(b"<!doctype html><title>Sign in</title>", EPUB)))
    assert job.status is JobStatus.FAILED and "web page" in (job.error or "")
    assert shelf.files == []


def test_a_book_without_a_title_is_called_as_its_host_calls_it(shelf: Shelf, site: Site, tmp_path: Path) -> None:
    content = books.pdf(tmp_path / "a.pdf", info="/Title (a.docx)").read_bytes()
    named = {"Content-Disposition": "attachment; filename=\"x.pdf\"; filename*=UTF-8''The_%C3%84pfel.pdf"}
    media, _ = shelf.book_of(shelf.fetch(site.put("/get", Page(content, "application/pdf", headers=named))))
    assert media.names.title == "The Äpfel"
    other = books.pdf(tmp_path / "b.pdf", info="/Title (b.docx)").read_bytes()
    media, _ = shelf.book_of(shelf.fetch(site.put("/on%20apples.pdf", Page(other, "text/html"))))
    assert media.names.title == "on apples"
    assert shelf.files == ["The Äpfel.pdf", "on apples.pdf"]


def test_the_same_file_at_two_addresses_is_one_book(shelf: Shelf, site: Site, tmp_path: Path) -> None:
    content = books.epub(tmp_path / "a.epub").read_bytes()
    one, other = (site.put(path, Page(content, EPUB)) for path in ("/one", "/other"))
    first, second = shelf.fetch(one), shelf.fetch(other)
    assert second.status is JobStatus.DONE and second.media_id == first.media_id
    assert len(shelf.files) == 1
    origins = shelf.state.origins_of(first.media_id or "")
    assert len([key for key in origins if key.startswith("url:")]) == 2


def test_two_books_of_one_name_get_a_folder_each(shelf: Shelf, site: Site, tmp_path: Path) -> None:
    for number in range(2):
        content = books.pdf(tmp_path / "a.pdf", info=f"/Title (Same) /Author (One) /Keywords ({number})").read_bytes()
        shelf.fetch(site.put(f"/{number}", Page(content, "application/pdf")))
    folder = shelf.settings.media_root / "books" / "One"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf")) == [
        "Same (2)/Same - One.pdf",
        "Same/Same - One.pdf",
    ]


def test_a_folder_that_was_left_empty_is_used_again(shelf: Shelf, site: Site, tmp_path: Path) -> None:
    (shelf.settings.media_root / "books" / "ADA APPLEWOOD, BEN BIRCH" / "The Winter Orchard").mkdir(parents=True)
    media, _ = shelf.book_of(shelf.fetch(site.put("/a", Page(books.epub(tmp_path / "a.epub").read_bytes(), EPUB))))
    assert media.file is not None
    assert media.file.path.startswith("books/ADA APPLEWOOD, BEN BIRCH/The Winter Orchard/")


def test_a_book_that_is_too_large_is_not_fetched(shelf: Shelf, site: Site) -> None:
    job = shelf.fetch(site.put("/a.pdf", Page(b"%PDF-" + bytes(9 << 20), "application/pdf")))
    assert job.status is JobStatus.FAILED and "larger" in (job.error or "")


@pytest.mark.parametrize(("status", "said"), [(404, "nothing"), (401, "401"), (403, "403")])
def test_a_host_that_refuses_ends_the_job(shelf: Shelf, site: Site, status: int, said: str) -> None:
    job = shelf.fetch(site.put("/a.epub", Page(b"", status=status)))
    assert job.status is JobStatus.FAILED and said in (job.error or "")


def test_a_busy_host_is_asked_again_later(shelf: Shelf, site: Site) -> None:
    url = site.put("/a.epub", Page(b"", status=503, headers={"Retry-After": "600"}))
    job = shelf.fetch(url)
    assert job.status is JobStatus.QUEUED and job.retry_at is not None
    work = shelf.work(BookOrder(url=site.put("/b.epub", Page(b"", status=429))))
    with pytest.raises(TransientFailure):
        shelf.run(work)


def test_a_host_in_the_house_is_not_asked_unless_an_admin_allows_it(shelf: Shelf, site: Site) -> None:
    url = site.put("/a.epub", Page(b"PK"))
    job = shelf.queue(url)
    do_books(shelf.state, shelf.settings)
    assert shelf.state.get_job(job.id).status is JobStatus.FAILED
    assert site.hits == []


@pytest.mark.parametrize("how", ["cancelled", "stopped"])
def test_a_cancel_is_quick_while_a_book_drips_in(shelf: Shelf, site: Site, tmp_path: Path, how: str) -> None:
    content = books.cbz(tmp_path / "a.cbz", more={"x.bin": bytes(range(256)) * 4000}).read_bytes()
    url = site.put("/a.cbz", Page(content, "application/zip", bytes_per_second=20_000))
    job = shelf.queue(url)
    stop = threading.Event()
    claimed = shelf.state.claim_content("worker", per_host=2)
    assert claimed is not None
    publishing = Publishing(shelf.state, shelf.media_root)
    work = Work(claimed, shelf.media_root.staging(job.id), shelf.state, publishing, stop)
    raised: list[BaseException] = []

    def run() -> None:
        try:
            downloader(shelf.state, shelf.settings, allowed=(site.authority,)).run(work, stop)
        except (Conflict, Stopped) as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    wait_for(lambda: (work.staging / "file.part").is_file() or None)
    started = time.monotonic()
    if how == "cancelled":
        shelf.state.cancel_job(job.id)
    else:
        stop.set()
    thread.join(10)
    assert time.monotonic() - started < 2
    assert isinstance(raised[0], Conflict if how == "cancelled" else Stopped)
    assert shelf.files == []


def test_what_a_crash_left_half_done_is_finished(shelf: Shelf, tmp_path: Path) -> None:
    """The file was published, and the program ended before it had said what is in it."""
    work = shelf.work(BookOrder(upload="upload", file_name="a.epub"))
    (work.staging / "upload").write_bytes(books.epub(tmp_path / "a.epub").read_bytes())
    shelf.run(work)
    media_id = shelf.state.get_job(work.job.id).media_id
    assert media_id is not None
    shelf.state.put_book(media_id, Book())
    shelf.state.put_media_text(media_id, "")
    shelf.run(work)
    book = shelf.state.book(media_id)
    assert book is not None and len(book.structure.parts) == 2
    assert len(shelf.files) == 1


def test_an_upload_that_is_gone_is_said_so(shelf: Shelf) -> None:
    job = shelf.state.queue_content(BookOrder(upload="../../../etc/passwd"), title="x", origin="")
    do_books(shelf.state, shelf.settings)
    assert "no longer there" in (shelf.state.get_job(job.id).error or "")


def test_a_book_in_the_bin_is_not_fetched_behind_ones_back(shelf: Shelf, site: Site, tmp_path: Path) -> None:
    content = books.epub(tmp_path / "a.epub").read_bytes()
    first = shelf.fetch(site.put("/one", Page(content, EPUB)))
    shelf.state.bin_media(first.media_id or "")
    second = shelf.fetch(site.put("/other", Page(content, EPUB)))
    assert second.status is JobStatus.FAILED and "bin" in (second.error or "")
