"""Tells what a file is by how it begins, never by its name."""

import re
from collections.abc import Callable, Collection
from pathlib import PurePosixPath

from media_library.adapters.book_files.refusal import BookRefused
from media_library.models.book import BookFormat

HEAD_BYTES = 1024
PICTURE_HEAD_BYTES = 32

_ADVICE = "Books are EPUB, PDF or CBZ files."
_PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"})
_ARCHIVE = (b"PK\3\4", b"PK\5\6")
_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def format_of(head: bytes, list_archive: Callable[[], Collection[str]]) -> BookFormat:
    """The format of the file that begins with ``head``; ``list_archive`` names the members of a zip archive.

    Raises ``BookRefused`` with what the file is instead.
    """
    refuse_others(head)
    return _format_of_archive(list_archive()) if head.startswith(_ARCHIVE) else BookFormat.PDF


def refuse_others(head: bytes) -> None:
    """Raise ``BookRefused`` for what is no book by its first ``HEAD_BYTES``, before the rest has come."""
    if not head:
        raise BookRefused("The file is empty. Get it again.")
    if b"%PDF-" not in head and not head.startswith(_ARCHIVE):
        raise BookRefused(f"{_what_else(head)} {_ADVICE}")


def is_page_picture(name: str) -> bool:
    """Whether a member of an archive is a page of a comic by its name: no hidden file, no leftover of a system."""
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return path.suffix.lower() in _PICTURE_SUFFIXES and not hidden


def picture_type(head: bytes) -> str | None:
    """The content type of a raster picture that browsers show, or ``None``; vector graphics are never among them."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    return None


def _format_of_archive(names: Collection[str]) -> BookFormat:
    if "META-INF/container.xml" in names:
        return BookFormat.EPUB
    if "[Content_Types].xml" in names:
        raise BookRefused(f"This is an office document. {_ADVICE} Save it as PDF first.")
    if any(is_page_picture(name) for name in names):
        return BookFormat.CBZ
    if any(name.lower().endswith(".opf") for name in names):
        return BookFormat.EPUB
    raise BookRefused(f"This is a ZIP archive without a book in it. {_ADVICE}")


def _what_else(head: bytes) -> str:
    if head.startswith(b"Rar!"):
        return "This is a RAR archive (CBR)."
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "This is a 7-Zip archive (CB7)."
    if head[60:68] in (b"BOOKMOBI", b"TEXtREAd") or head.startswith(b"TPZ"):
        return "This is a Kindle book."
    if _PAGE.search(head):
        return "This is a web page, not a book; perhaps the site wants you to sign in or to pay first."
    return "This is no book."
