"""Pages are parsed in a child process that has no network, little memory, little time and sees one file."""

import time
from pathlib import Path
from typing import Any

import pytest

from media_library.adapters.article_page import PageArticle, extracting
from media_library.errors import ToolFailed
from media_library.models.tool import result_of
from tests.adapters.article_page.pages import page, paragraphs

URL = "https://garden.example/orchard"


def extract(folder: Path, body: bytes, **more: Any) -> PageArticle | None:
    file = folder / "page.html"
    file.write_bytes(body)
    return result_of(extracting(file, URL, **more))


def test_the_child_reads_a_page_with_the_headers_of_its_answer(tmp_path: Path) -> None:
    text = page(paragraphs(6) + "<p>Größe</p>").replace(' charset="utf-8"', "").replace(' lang="en"', "")
    found = extract(tmp_path, text.encode("cp1252"), content_type="text/html; charset=latin1", content_language="en-GB")
    assert found is not None
    assert (found.title, found.language) == ("Winter orchard", "en-GB")
    assert "Größe" in found.text


def test_a_page_without_an_article_is_no_failure(tmp_path: Path) -> None:
    assert extract(tmp_path, b"<html><body></body></html>") is None
    assert extract(tmp_path, b"") is None


def test_an_address_that_looks_like_an_option_is_an_address(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(paragraphs(6)))
    found = result_of(extracting(file, "--help", content_type="-x"))
    assert found is not None and found.title == "Winter orchard"


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    attributes = " ".join(f'a{number}="x"' for number in range(200_000))
    begun = time.monotonic()
    with pytest.raises(ToolFailed, match="too large or too tangled"):
        extract(tmp_path, f"<html><body><p {attributes}>x</p></body></html>".encode(), timeout_seconds=2)
    assert time.monotonic() - begun < 10


def test_a_closed_run_ends_the_child(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(page(paragraphs(20_000)))
    run = extracting(file, URL)
    assert next(run) is None
    begun = time.monotonic()
    run.close()
    assert time.monotonic() - begun < 2
