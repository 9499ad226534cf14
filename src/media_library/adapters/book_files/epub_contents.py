"""The table of contents of an EPUB: the navigation of EPUB 3, or the NCX of EPUB 2."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from media_library.adapters.book_files import words
from media_library.adapters.book_files.archive import Archive
from media_library.adapters.book_files.epub_package import MOST_XML_BYTES, Item, Package, resolve
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.xml_tree import read_xml
from media_library.models.book import ContentsEntry

_MOST_ENTRIES = 5_000
_MOST_DEPTH = 8
_MOST_ANCHOR = 200


def read_contents(archive: Archive, package: Package, parts: Mapping[str, int]) -> tuple[ContentsEntry, ...]:
    """The lines that lead to a part, whose number ``parts`` tells by its name; empty if there is no usable table.

    A broken table does not make a book unreadable, so it is left out.
    """
    for item in dict.fromkeys(package.contents):
        if item.path not in archive:
            continue
        try:
            root = read_xml(archive.read(item.path, MOST_XML_BYTES), "table of contents")
        except BookRefused:
            continue
        entries = [entry for entry, _ in zip(_entries(root, item, parts), range(_MOST_ENTRIES), strict=False)]
        if entries:
            return tuple(entries)
    return ()


def _entries(root: Element, item: Item, parts: Mapping[str, int]) -> Iterator[ContentsEntry]:
    found = _ncx(root) if item.media_type == "application/x-dtbncx+xml" or root.tag == "ncx" else _navigation(root)
    for title, target, depth in found:
        path, anchor = resolve(item.path, target)
        shown = words.line(title)
        if shown and path in parts:
            yield ContentsEntry(shown, parts[path], anchor[:_MOST_ANCHOR] or None, min(depth, _MOST_DEPTH))


def _navigation(root: Element) -> Iterator[tuple[str, str, int]]:
    tables = list(root.iter("nav"))
    table = next((one for one in tables if "toc" in one.get("type", "").split()), next(iter(tables), None))
    if table is not None:
        yield from _lines(table, -1)


def _lines(element: Element, depth: int) -> Iterator[tuple[str, str, int]]:
    for child in element:
        if child.tag == "a":
            yield "".join(child.itertext()), child.get("href", ""), max(0, depth)
        else:
            yield from _lines(child, depth + (child.tag == "ol"))


def _ncx(root: Element) -> Iterator[tuple[str, str, int]]:
    table = next(root.iter("navMap"), None)
    if table is not None:
        yield from _points(table, 0)


def _points(element: Element, depth: int) -> Iterator[tuple[str, str, int]]:
    for point in element:
        if point.tag == "navPoint":
            label, content = point.find("navLabel"), point.find("content")
            if label is not None and content is not None:
                yield "".join(label.itertext()), content.get("src", ""), depth
            yield from _points(point, depth + 1)
