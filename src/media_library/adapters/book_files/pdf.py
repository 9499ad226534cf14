"""Reads a PDF: its description, its outline, its words and the picture of its first page."""

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from media_library.adapters.book_files import words
from media_library.adapters.book_files.refusal import BookRefused
from media_library.models.book import BookFacts, BookFile, BookFormat, BookStructure, ContentsEntry

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
_LOCKED_OTHERWISE = 5  # FPDF_ERR_SECURITY
_MOST_PAGES = 20_000
_MOST_ENTRIES = 5_000
_TEXT_SECONDS = 30.0
_COVER_WIDTH = 1000
_COVER_HEIGHT = 1600
_QUALITY = 88
_FILE_NAME = re.compile(r"(microsoft word - .*|.*\.(docx?|odt|rtf|indd|qxd|tex|dvi|pdf|pages|pptx?)|untitled.*)", re.I)
_SEVERAL = re.compile(r"\s*(?:;|,? and |,? & )\s*")


def read_pdf(file: Path, most_text_bytes: int) -> tuple[BookFile, bytes | None]:
    """What is in a PDF, and its first page as a JPEG picture; raises ``BookRefused``."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_WRONG_PASSWORD, _LOCKED_OTHERWISE):
            raise BookRefused("This PDF is locked with a password. Remove the password, then add it again.") from error
        raise BookRefused("This PDF is damaged and cannot be opened. Get the file again.") from error
    try:
        count = len(document)
        if not 0 < count <= _MOST_PAGES:
            raise BookRefused(f"This PDF has {count} pages and cannot be read as a book.")
        structure = BookStructure(contents=tuple(_contents(document, count)), page_count=count)
        text = _text(document, count, most_text_bytes)
        return BookFile(BookFormat.PDF, _facts(document), structure, text), _cover(document)
    finally:
        document.close()


def _facts(document: "PdfDocument") -> BookFacts:
    told = document.get_metadata_dict(skip_empty=True)
    title = words.line(told.get("Title"))
    if title is not None and _FILE_NAME.fullmatch(title):
        title = None
    people = words.line(told.get("Author")) or ""
    return BookFacts(
        title=title,
        authors=tuple(dict.fromkeys(name for name in _SEVERAL.split(people) if name)),
        published=words.pdf_date(told.get("CreationDate")),
        overview=words.paragraphs(told.get("Subject")),
    )


def _contents(document: "PdfDocument", count: int) -> Iterator[ContentsEntry]:
    import pypdfium2

    try:
        for entry, _ in zip(document.get_toc(max_depth=8), range(_MOST_ENTRIES), strict=False):
            title, target = words.line(entry.get_title()), entry.get_dest()
            page = None if target is None else target.get_index()
            if title and page is not None and 0 <= page < count:
                yield ContentsEntry(title, page, None, entry.level)
    except pypdfium2.PdfiumError:
        return  # a broken outline does not make a book unreadable


def _text(document: "PdfDocument", count: int, most_bytes: int) -> str:
    """The words of the pages, as many as there is room and time for."""
    import pypdfium2

    pieces: list[str] = []
    room, deadline = most_bytes, time.monotonic() + _TEXT_SECONDS
    for number in range(count):
        if room <= 0 or time.monotonic() > deadline:
            break
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            continue
        page.close()
        cut = text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "ignore")[:room]
        pieces.append(cut.decode("utf-8", "ignore"))
        room -= len(cut) + 1
    return "\n".join(pieces)


def _cover(document: "PdfDocument") -> bytes | None:
    """The first page; none if it cannot be drawn, for a book is not worse without a cover."""
    import pypdfium2

    try:
        page = document[0]
        width, height = page.get_size()
        scale = min(_COVER_WIDTH / max(width, 1), _COVER_HEIGHT / max(height, 1))
        picture = page.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, ValueError):
        return None
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
