"""OPML, in which people carry their subscriptions from one program to another.

The format: http://opml.org/spec2.opml
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from media_library.constants import PROGRAM
from media_library.errors import InvalidInput

_MOST_BYTES = 5 * 1024 * 1024
_MOST_FEEDS = 5_000
_MOST_DEPTH = 30
_MOST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Outline:
    """A subscription: the address of its feed as it was written, its title, the group it stands in."""

    url: str
    title: str
    group: str | None = None


def read_opml(content: bytes) -> list[Outline]:
    """The subscriptions of a file, in its order, each address once. Raises ``InvalidInput``."""
    if len(content) > _MOST_BYTES:
        raise InvalidInput("This OPML file is larger than 5 MB. Split it into smaller ones.", "content")
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise InvalidInput(
            "This is not an OPML file: it cannot be read. Export it once more from the other program.", "content"
        ) from error
    if not reader.is_opml:
        raise InvalidInput("This is not an OPML file. Choose the file that the other program exported.", "content")
    return list(reader.found.values())


def write_opml(outlines: Iterable[Outline]) -> str:
    """A file with these subscriptions, those of a group together."""
    ordered = sorted(outlines, key=lambda one: (one.group or "", one.title.casefold()))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{escape(PROGRAM)}</title></head>",
        "  <body>",
    ]
    for group, members in groupby(ordered, key=lambda one: one.group):
        indent = "    "
        if group is not None:
            name = quoteattr(_printable(group))
            lines.append(f"{indent}<outline text={name} title={name}>")
            indent += "  "
        for one in members:
            name = quoteattr(_printable(one.title))
            address = quoteattr(_printable(one.url))
            lines.append(f'{indent}<outline type="rss" text={name} title={name} xmlUrl={address}/>')
        if group is not None:
            lines.append("    </outline>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


class _Reader:
    def __init__(self) -> None:
        self.is_opml = False
        self.found: dict[str, Outline] = {}
        self._groups: list[str | None] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._groups:
            self.is_opml = name.lower() == "opml"
        if len(self._groups) >= _MOST_DEPTH:
            raise InvalidInput("This OPML file is nested too deeply.", "content")
        said = {key.lower(): value for key, value in attributes.items()}
        title = _printable(said.get("title") or said.get("text") or "")[:_MOST_TITLE]
        address = said.get("xmlurl", "").strip()
        is_group = name.lower() == "outline" and not address
        if address and self.is_opml and name.lower() == "outline":
            if len(self.found) >= _MOST_FEEDS:
                raise InvalidInput("This OPML file has more than 5,000 subscriptions. Split it.", "content")
            group = next((one for one in reversed(self._groups) if one), None)
            self.found.setdefault(address, Outline(address, title or address[:_MOST_TITLE], group))
        self._groups.append(title if is_group else None)

    def end(self, name: str) -> None:
        self._groups.pop()

    def refuse(self, *declaration: object) -> None:
        raise InvalidInput("This OPML file has a document type, which is not read. Remove its DOCTYPE.", "content")


def _printable(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
