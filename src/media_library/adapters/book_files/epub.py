"""Reads an EPUB 2 or 3: its description, its contents, its words and its cover."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from media_library.adapters.book_files import chapter
from media_library.adapters.book_files.archive import Archive
from media_library.adapters.book_files.epub_contents import read_contents
from media_library.adapters.book_files.epub_package import MOST_XML_BYTES, Package, read_package, resolve
from media_library.adapters.book_files.page_picture import MOST_PICTURE_BYTES, size_of
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.signature import PICTURE_HEAD_BYTES, picture_type
from media_library.adapters.book_files.xml_tree import read_xml
from media_library.models.book import BookFile, BookFormat, BookPart, BookStructure, ContentsEntry

_TEXT_TYPES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml", "text/xml"})
_MOST_PARTS = 5_000
_LOCKS = {
    "META-INF/rights.xml": "Adobe",
    "META-INF/license.lcpl": "LCP",
    "META-INF/sinf.xml": "Apple",
}
_FONT_MASKS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Ways to hide fonts (EPUB OCF 3.3, section 4.4; Adobe): they leave the text readable."""


def read_epub(archive: Archive, most_text_bytes: int) -> tuple[BookFile, bytes | None]:
    """What is in an EPUB, and its cover as the file has it; raises ``BookRefused``."""
    _refuse_protected(archive)
    package = read_package(archive)
    paths = _text_paths(archive, package)
    if not paths:
        raise BookRefused("There is no text in this EPUB. Get the file again.")
    contents = read_contents(archive, package, {path: number for number, path in enumerate(paths)})
    structure = BookStructure(
        parts=tuple(_titled(paths, contents)),
        contents=contents,
        pictures=tuple(_pictures(archive)),
        is_right_to_left=package.is_right_to_left,
    )
    text = _text(archive, paths, most_text_bytes)
    cover = _cover(archive, package, frozenset(structure.pictures))
    return BookFile(BookFormat.EPUB, package.facts, structure, text), cover


def _refuse_protected(archive: Archive) -> None:
    for name, maker in _LOCKS.items():
        if name in archive:
            raise _protected(f" ({maker})")
    if "META-INF/encryption.xml" in archive:
        root = read_xml(archive.read("META-INF/encryption.xml", MOST_XML_BYTES), "list of encrypted parts")
        if any(_is_locked(one) for one in root.iter("EncryptedData")):
            raise _protected("")


def _is_locked(encrypted: Element) -> bool:
    method = next(encrypted.iter("EncryptionMethod"), None)
    return method is None or method.get("Algorithm") not in _FONT_MASKS


def _protected(maker: str) -> BookRefused:
    return BookRefused(
        f"This book is protected by DRM{maker} and can only be read with its seller's program."
        " Add an edition without protection."
    )


def _text_paths(archive: Archive, package: Package) -> list[str]:
    texts = (item.path for item in package.spine if item.media_type in _TEXT_TYPES and item.path in archive)
    return list(dict.fromkeys(texts))[:_MOST_PARTS]


def _titled(paths: Sequence[str], contents: Sequence[ContentsEntry]) -> Iterator[BookPart]:
    titles = {entry.part: entry.title for entry in reversed(contents)}
    return (BookPart(path, titles.get(number)) for number, path in enumerate(paths))


def _pictures(archive: Archive) -> Iterator[str]:
    """The pictures that may be shown: by their content, and of a size that a browser can bear."""
    for name in archive.names:
        if picture_type(archive.head(name, PICTURE_HEAD_BYTES)) and size_of(archive, name) is not None:
            yield name


def _text(archive: Archive, paths: Sequence[str], most_bytes: int) -> str:
    pieces: list[str] = []
    room = most_bytes
    for path in paths:
        try:
            content = archive.read(path, chapter.MOST_CHAPTER_BYTES)
        except BookRefused:
            continue  # a broken chapter is a broken chapter; the others can be read
        words = chapter.words_of(chapter.decode(content)).encode("utf-8", "ignore")[:room].decode("utf-8", "ignore")
        pieces.append(words)
        room -= len(words.encode()) + 1
        if room <= 0:
            break
    return "\n".join(piece for piece in pieces if piece)


def _cover(archive: Archive, package: Package, pictures: frozenset[str]) -> bytes | None:
    candidates = [*package.covers, *(item.path for item in package.spine[:1])]
    for path in candidates:
        shown = path if path in pictures else _first_picture(archive, path)
        if shown in pictures:
            return archive.read(shown, MOST_PICTURE_BYTES)
    return None


def _first_picture(archive: Archive, path: str) -> str:
    """The picture that a page shows, if it shows one."""
    from lxml import etree, html

    if path not in archive:
        return ""
    try:
        text = chapter.as_html(chapter.decode(archive.read(path, chapter.MOST_CHAPTER_BYTES)))
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (BookRefused, etree.LxmlError, ValueError, AssertionError):
        return ""
    return next((resolve(path, image.get("src", ""))[0] for image in root.iter("img")), "")
