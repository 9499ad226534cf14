"""Reads the XML of an .nfo file into a tree: nothing declared, nothing external, bounded in depth and number."""

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from media_library.adapters.nfo.refusal import NfoRefused

_MOST_DEPTH = 30
_MOST_ELEMENTS = 50_000
_AROUND = "nfo"


def tree_of(text: str) -> Element:
    """The elements of ``text`` below one that is put around them, for a file may have several roots.

    Raises ``NfoRefused``.
    """
    return _Reader().read(f"<{_AROUND}>{text}</{_AROUND}>")


class _Reader:
    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0
        self._elements = 0

    def read(self, text: str) -> Element:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        try:
            parser.Parse(text.encode("utf-8", "replace"), True)
            return self._builder.close()
        except (expat.ExpatError, ValueError, AssertionError) as error:
            raise NfoRefused(
                "The .nfo file is damaged: it is not well-formed XML. Write it anew or remove it."
            ) from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > _MOST_DEPTH or self._elements > _MOST_ELEMENTS:
            raise NfoRefused("The .nfo file is out of all proportion, so it is not read. Remove it.")
        self._builder.start(tag.rpartition(":")[2].lower(), {key.lower(): value for key, value in attributes.items()})

    def _end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(tag.rpartition(":")[2].lower())

    def _refuse(self, *_: object) -> NoReturn:
        raise NfoRefused("The .nfo file declares a document type or entities, so it is not read. Remove it.")
