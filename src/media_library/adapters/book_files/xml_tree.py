"""Reads small XML documents of strangers into trees: no entities of their own, nothing external, bounded depth."""

import codecs
import html.entities
import re
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from media_library.adapters.book_files.refusal import BookRefused

_MOST_DEPTH = 200
_MOST_ELEMENTS = 100_000
_AMPERSAND = re.compile(rb"&(#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


def read_xml(content: bytes, name: str) -> Element:
    """The document as a tree whose names have no prefix (``dc:title`` is ``title``).

    A DOCTYPE may be there, as in every NCX; what it points to is never fetched. Raises ``BookRefused`` for one that
    declares entities, and for what is not well-formed; ``name`` is how the document is called there.
    """
    return _Reader(name).read(_mended(content))


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._builder = TreeBuilder()
        self._depth = 0
        self._elements = 0

    def read(self, content: bytes) -> Element:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.EntityDeclHandler = self._refuse_entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        try:
            parser.Parse(content, True)
            return self._builder.close()
        except (expat.ExpatError, LookupError, ValueError, AssertionError) as error:
            raise BookRefused(f"The {self._name} of the file is damaged: it is not well-formed XML.") from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > _MOST_DEPTH or self._elements > _MOST_ELEMENTS:
            raise BookRefused(f"The {self._name} of the file is out of all proportion. It is not a book to trust.")
        self._builder.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(_local(tag))

    def _refuse_entity(self, *_: object) -> NoReturn:
        raise BookRefused(f"The {self._name} of the file declares XML entities. It is not a book to trust.")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _mended(content: bytes) -> bytes:
    """The document without what is often wrong in those of books: space before it, an ampersand that stands alone."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content[:4]:
        return content  # two bytes for a character; these come from programs that take more care
    return _AMPERSAND.sub(_character, content.removeprefix(codecs.BOM_UTF8).lstrip())


def _character(match: re.Match[bytes]) -> bytes:
    """Named characters of HTML by their number, which XML understands without a DOCTYPE; others as they stand there."""
    if match[1] is None:
        return b"&amp;"
    name = match[1].removesuffix(b";")
    if name.startswith(b"#") or name in _OF_XML:
        return match[0]
    code = html.entities.name2codepoint.get(name.decode())
    return b"&amp;" + match[1] if code is None else b"&#%d;" % code
