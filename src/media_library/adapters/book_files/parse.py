"""The child process that reads the file of a book: ``parse FILE COVER`` writes what it found to standard output."""

import sys
from dataclasses import replace
from pathlib import Path

import msgspec

from media_library.adapters.book_files.answer import Answer
from media_library.adapters.book_files.archive import opened
from media_library.adapters.book_files.cbz import read_cbz
from media_library.adapters.book_files.epub import read_epub
from media_library.adapters.book_files.pdf import read_pdf
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.signature import HEAD_BYTES, format_of
from media_library.models.book import BookFile, BookFormat

_MOST_TEXT_BYTES = 2_000_000


def read(file: Path, cover_file: Path) -> BookFile:
    """Read a book and write its cover, if it has one; raises ``BookRefused``."""
    book, cover = _read(file)
    if cover is not None:
        cover_file.write_bytes(cover)
        return replace(book, cover=cover_file.name)
    return book


def _read(file: Path) -> tuple[BookFile, bytes | None]:
    with file.open("rb") as content:
        head = content.read(HEAD_BYTES)

        def names() -> tuple[str, ...]:
            with opened(content) as archive:
                return archive.names

        book_format = format_of(head, names)
        if book_format is BookFormat.PDF:
            return read_pdf(file, _MOST_TEXT_BYTES)
        with opened(content) as archive:
            if book_format is BookFormat.CBZ:
                return read_cbz(archive)
            return read_epub(archive, _MOST_TEXT_BYTES)


def main(file: str, cover: str) -> None:
    """Answer for one file."""
    try:
        answer = Answer(found=read(Path(file), Path(cover)))
    except BookRefused as error:
        answer = Answer(refused=str(error))
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
