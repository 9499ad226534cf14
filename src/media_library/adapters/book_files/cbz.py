"""Reads a comic: a zip archive of pictures, perhaps described by a ComicInfo.xml (schema of the Anansi project)."""

import re

from media_library.adapters.book_files import words
from media_library.adapters.book_files.archive import Archive
from media_library.adapters.book_files.page_picture import MOST_PICTURE_BYTES, size_of
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.signature import is_page_picture
from media_library.adapters.book_files.xml_tree import read_xml
from media_library.models.book import BookFacts, BookFile, BookFormat, BookPage, BookStructure

_MOST_PAGES = 5_000
_MOST_XML_BYTES = 1 << 20
_NUMBERS = re.compile(r"(\d+)")


def read_cbz(archive: Archive) -> tuple[BookFile, bytes | None]:
    """What is in a comic, and its cover as the file has it; raises ``BookRefused``."""
    names = sorted((name for name in archive.names if is_page_picture(name)), key=_natural)[:_MOST_PAGES]
    pages = [BookPage(name, *size) for name in names if (size := size_of(archive, name)) is not None]
    if not pages:
        raise BookRefused("There is no picture in this comic that can be shown. Get the file again.")
    told = _comic_info(archive)
    structure = BookStructure(
        pages=tuple(pages), page_count=len(pages), is_right_to_left=told.get("Manga") == "YesAndRightToLeft"
    )
    text = "\n".join(told[key] for key in ("Summary", "Notes", "Characters") if key in told)
    cover = archive.read(pages[0].path, MOST_PICTURE_BYTES)
    return BookFile(BookFormat.CBZ, _facts(told), structure, text), cover


def _facts(told: dict[str, str]) -> BookFacts:
    series, number = words.line(told.get("Series")), words.line(told.get("Number"), 20)
    numbered = f"{series} #{number}" if series and number else series
    people = words.line(told.get("Writer")) or words.line(told.get("Penciller")) or ""
    return BookFacts(
        title=words.line(told.get("Title")) or numbered,
        authors=tuple(dict.fromkeys(name for one in people.split(",") if (name := one.strip()))),
        language=words.language(told.get("LanguageISO")),
        publisher=words.line(told.get("Publisher")),
        published=words.date(_date_of(told)),
        isbn=words.isbn(told.get("GTIN")),
        series=series,
        series_number=words.number(number),
        overview=words.paragraphs(told.get("Summary")),
    )


def _date_of(told: dict[str, str]) -> str:
    parts = [told.get("Year", "").strip(), *(told.get(key, "").strip().zfill(2) for key in ("Month", "Day"))]
    return "-".join(part for part in parts if part.strip("0"))


def _comic_info(archive: Archive) -> dict[str, str]:
    """What is told of the comic; nothing if that is damaged, for the pages are what matters."""
    name = next((name for name in archive.names if name.lower().rpartition("/")[2] == "comicinfo.xml"), None)
    if name is None:
        return {}
    try:
        root = read_xml(archive.read(name, _MOST_XML_BYTES), "description")
    except BookRefused:
        return {}
    return {child.tag: text for child in root if (text := "".join(child.itertext()).strip())}


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Page 2 comes before page 10."""
    return [(1, int(part[:18]), "") if part.isdigit() else (0, 0, part) for part in _NUMBERS.split(name.casefold())]
