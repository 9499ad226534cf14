"""The package of an EPUB: what it says of the book, its files, their reading order (EPUB 3.3, section 5; OPF 2.0.1)."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from media_library.adapters.book_files import words
from media_library.adapters.book_files.archive import Archive
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.xml_tree import read_xml
from media_library.models.book import BookFacts

MOST_XML_BYTES = 8 << 20

_CONTAINER = "META-INF/container.xml"
_MOST_AUTHORS = 20
_WRITERS = frozenset({"", "aut", "author"})


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the package; ``path`` is its name in the archive."""

    path: str
    media_type: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Package:
    """The package document. ``covers`` are candidates, the best first: pictures, or pages that show one."""

    facts: BookFacts
    items: dict[str, Item]
    spine: tuple[Item, ...]
    contents: tuple[Item, ...]
    covers: tuple[str, ...]
    is_right_to_left: bool


def read_package(archive: Archive) -> Package:
    """Find and read the package document; raises ``BookRefused``."""
    path = _package_path(archive)
    root = read_xml(archive.read(path, MOST_XML_BYTES), "description")
    items = dict(_items(root, path))
    spine = _first(root, "spine")
    order = [] if spine is None else [ref.get("idref", "") for ref in spine if ref.tag == "itemref"]
    return Package(
        _facts(_first(root, "metadata")),
        items,
        tuple(items[one] for one in dict.fromkeys(order) if one in items),
        tuple(_contents(items, "" if spine is None else spine.get("toc", ""))),
        tuple(_covers(root, items, path)),
        spine is not None and spine.get("page-progression-direction") == "rtl",
    )


def resolve(base: str, reference: str) -> tuple[str, str]:
    """The name in the archive, and the fragment, that a relative reference in the file ``base`` leads to.

    The name is empty for a reference to somewhere else: another site, a scheme, a place out of the archive.
    """
    try:
        parts = urlsplit(reference.strip())
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    if not parts.path:
        return base, unquote(parts.fragment)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    outside = joined.startswith(("/", "../")) or joined in ("..", ".")
    return ("" if outside else joined), unquote(parts.fragment)


def _package_path(archive: Archive) -> str:
    if _CONTAINER in archive:
        container = read_xml(archive.read(_CONTAINER, MOST_XML_BYTES), "container")
        for file in container.iter("rootfile"):
            path = file.get("full-path", "")
            if path in archive:
                return path
    found = [name for name in archive.names if name.lower().endswith(".opf")]
    if not found:
        raise BookRefused("The file is incomplete: the description of the book is missing. Get it again.")
    return found[0]


def _items(root: Element, base: str) -> Iterator[tuple[str, Item]]:
    manifest = _first(root, "manifest")
    for one in () if manifest is None else manifest:
        path, _ = resolve(base, one.get("href", ""))
        if one.tag == "item" and path:
            properties = frozenset(one.get("properties", "").split())
            yield one.get("id", ""), Item(path, one.get("media-type", "").lower(), properties)


def _contents(items: dict[str, Item], toc: str) -> Iterator[Item]:
    """The documents with the table of contents: that of EPUB 3, then that of EPUB 2."""
    yield from (item for item in items.values() if "nav" in item.properties)
    if toc in items:
        yield items[toc]
    yield from (item for item in items.values() if item.media_type == "application/x-dtbncx+xml")


def _covers(root: Element, items: dict[str, Item], base: str) -> Iterator[str]:
    yield from (item.path for item in items.values() if "cover-image" in item.properties)
    for meta in root.iter("meta"):
        if meta.get("name") == "cover":
            named = items.get(meta.get("content", ""))
            if named is not None:
                yield named.path
    for reference in root.iter("reference"):
        if reference.get("type", "").lower() == "cover":
            path, _ = resolve(base, reference.get("href", ""))
            yield path
    for key, item in items.items():
        if item.media_type.startswith("image/") and "cover" in f"{key} {posixpath.basename(item.path)}".lower():
            yield item.path


def _facts(metadata: Element | None) -> BookFacts:
    if metadata is None:
        return BookFacts()
    entries = list(metadata.iter())
    refined = _refinements(entries)
    series, series_number = _series(entries, refined)
    return BookFacts(
        title=_title(entries, refined),
        authors=tuple(_authors(entries, refined)),
        language=next((found for text in _texts(entries, "language") if (found := words.language(text))), None),
        publisher=words.line(next(_texts(entries, "publisher"), None)),
        published=_published(entries),
        isbn=next((found for text in _isbn_texts(entries) if (found := words.isbn(text))), None),
        series=series,
        series_number=series_number,
        overview=words.paragraphs(next(_texts(entries, "description"), None)),
    )


def _title(entries: list[Element], refined: dict[tuple[str, str], str]) -> str | None:
    titles = [(entry, found) for entry in entries if entry.tag == "title" and (found := words.line(_text(entry)))]
    main = [found for entry, found in titles if refined.get((entry.get("id", ""), "title-type")) == "main"]
    return next(iter([*main, *(found for _, found in titles)]), None)


def _authors(entries: list[Element], refined: dict[tuple[str, str], str]) -> list[str]:
    people = []
    for entry in entries:
        name = words.line(_text(entry)) if entry.tag == "creator" else None
        if name is not None:
            role = entry.get("role") or refined.get((entry.get("id", ""), "role"), "")
            people.append((name, role.lower() in _WRITERS))
    writers = [name for name, writes in people if writes] or [name for name, _ in people]
    return list(dict.fromkeys(writers))[:_MOST_AUTHORS]


def _published(entries: list[Element]) -> str | None:
    dates = [(entry.get("event", ""), words.date(_text(entry))) for entry in entries if entry.tag == "date"]
    named = [found for event, found in dates if found and event == "publication"]
    return next(iter([*named, *(found for event, found in dates if found and event != "modification")]), None)


def _isbn_texts(entries: list[Element]) -> Iterator[str]:
    """What says that it is an ISBN first; then whatever may be one."""
    identifiers = [entry for entry in entries if entry.tag == "identifier"]
    marked = [one for one in identifiers if one.get("scheme", "").upper() == "ISBN" or "isbn" in _text(one).lower()]
    for entry in (*marked, *identifiers):
        yield _text(entry)
    yield from _texts(entries, "source")


def _series(entries: list[Element], refined: dict[tuple[str, str], str]) -> tuple[str | None, float | None]:
    """The series as calibre writes it, or as a collection of EPUB 3."""
    named = {entry.get("name", ""): entry.get("content", "") for entry in entries if entry.tag == "meta"}
    if title := words.line(named.get("calibre:series")):
        return title, words.number(named.get("calibre:series_index"))
    for entry in entries:
        if entry.tag == "meta" and entry.get("property") == "belongs-to-collection":
            key, title = entry.get("id", ""), words.line(_text(entry))
            if title and refined.get((key, "collection-type"), "series") == "series":
                return title, words.number(refined.get((key, "group-position")))
    return None, None


def _refinements(entries: list[Element]) -> dict[tuple[str, str], str]:
    """What EPUB 3 says of other entries, by their id and the property."""
    return {
        (entry.get("refines", "").removeprefix("#"), entry.get("property", "").rpartition(":")[2]): _text(entry).strip()
        for entry in entries
        if entry.tag == "meta" and entry.get("refines") and entry.get("property")
    }


def _texts(entries: list[Element], tag: str) -> Iterator[str]:
    return (_text(entry) for entry in entries if entry.tag == tag and _text(entry).strip())


def _text(element: Element) -> str:
    return "".join(element.itertext())


def _first(root: Element, tag: str) -> Element | None:
    return next(root.iter(tag), None)
