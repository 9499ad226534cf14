"""The child that reads books: it finds what the reader in this process finds, and is held to its bounds."""

import time
import zipfile
from pathlib import Path

import psutil
import pytest

from media_library.adapters.book_files import BookRefused, reading
from media_library.adapters.book_files.parse import read
from media_library.models.book import BookFile
from media_library.models.tool import result_of
from tests.fixtures import books


def read_confined(file: Path) -> BookFile:
    folder = file.with_suffix(".out")
    folder.mkdir(exist_ok=True)
    return result_of(reading(file, folder))


def test_the_child_finds_what_is_in_a_book(tmp_path: Path) -> None:
    for make in (books.epub, books.cbz, books.pdf):
        file = make(tmp_path / f"{make.__name__}.book")
        found = read_confined(file)
        assert found == read(file, tmp_path / "cover")
        assert (file.with_suffix(".out") / "cover").stat().st_size > 0


def test_the_child_says_why_it_refuses(tmp_path: Path) -> None:
    with pytest.raises(BookRefused, match="password"):
        read_confined(books.pdf(tmp_path / "a.pdf", encrypted=True))


def test_threat_106_a_book_that_is_endless_to_read_is_given_up(tmp_path: Path) -> None:
    """Ten thousand chapters that are one file: each is read once, and the text has an end."""
    chapters = {f"text/{number}.xhtml": ("<title>x</title>", "<p>words " * 40) for number in range(2000)}
    started = time.monotonic()
    found = read_confined(books.pack(tmp_path / "a.epub", books.epub_members(chapters=chapters)))
    assert time.monotonic() - started < 20
    assert len(found.structure.parts) == 2000
    assert len(found.text.encode()) <= 2_000_000


def test_threat_65_a_bomb_costs_this_process_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.epub"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml", books.CONTAINER)
        with archive.open("OEBPS/book.opf", "w", force_zip64=True) as member:
            for _ in range(200):
                member.write(bytes(1 << 20))
    before, started = psutil.Process().memory_info().rss, time.monotonic()
    with pytest.raises(BookRefused, match="proportion"):
        read_confined(file)
    assert time.monotonic() - started < 10, "on a machine that is busy, too"
    assert psutil.Process().memory_info().rss - before < 50 << 20


def test_the_reader_can_be_broken_off(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    run = reading(books.epub(tmp_path / "a.epub"), folder)
    next(run)
    run.close()
    assert [
        child for child in psutil.Process().children(recursive=True) if "book_files" in " ".join(child.cmdline())
    ] == []
