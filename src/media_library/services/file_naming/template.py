"""The language of file name templates.

``{title}`` is a field, ``{season:02}`` a number with at least two digits, ``{artist|Unknown artist}`` a field with
other words for when it is empty. A part in ``( )``, ``[ ]`` or ``< >`` vanishes when one of the fields right in it is
empty; the angle brackets themselves are never written. ``/`` begins a folder, inside ``< >`` one that may be missing.
``{{`` and ``}}`` are braces.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeAlias

from media_library.errors import InvalidInput
from media_library.services.file_naming.components import MOST_BYTES, clean, safe_component

_MOST_CHARACTERS = 400
_MOST_FOLDERS = 8
_MOST_NESTED = 6
_MOST_CUTS = 40
_CLOSING = {"(": ")", "[": "]", "<": ">"}
_FIELD = re.compile(r"([a-z_]+)(?::0?([1-9]))?(?:\|([^{}|<>/]{1,60}))?")
_UNSAFE = frozenset('\\:*?"|')


class BadTemplate(InvalidInput):
    """A template cannot be used; the message says where and what to do. ``position`` counts characters from 1."""

    def __init__(self, message: str, position: int = 1) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class Field:
    """A place to be filled. ``digits`` is ``None`` where the template does not say how many there are at least."""

    name: str
    digits: int | None = None
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What vanishes as a whole; ``opening`` and ``closing`` are what is written around it."""

    nodes: tuple["Node", ...]
    opening: str = ""
    closing: str = ""


Node: TypeAlias = "str | Field | Part"


@dataclass(frozen=True, slots=True)
class Value:
    """What a field is filled with: a number, or a text that may be shortened where a name would be too long."""

    text: str = ""
    number: int | None = None
    digits: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return self.number is None and not self.text

    def written(self, digits: int | None) -> str:
        """The text, or the number with at least so many digits."""
        return self.text if self.number is None else f"{self.number:0{digits or self.digits}d}"


NOTHING = Value()


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read; its fields are all known."""

    nodes: tuple[Node, ...]
    fields: frozenset[str]

    def fill(self, values: Mapping[str, Value]) -> PurePosixPath:
        """The path that the values make, every part of it a name for every file system.

        Where a name would be too long its longest text is cut, in all parts alike, so that a folder and the file in it
        still have one name; numbers and ids stay.
        """
        filled = {
            name: value if value.number is not None else Value(_first_bytes(clean(value.text).strip(), MOST_BYTES))
            for name, value in values.items()
            if name in self.fields
        }
        for _ in range(_MOST_CUTS):
            parts = _split(_written(self.nodes, filled))
            excess = max(len(part.encode()) for part in parts) - MOST_BYTES
            longest = max(self.fields, key=lambda name: len(filled.get(name, NOTHING).text.encode()))
            size = len(filled.get(longest, NOTHING).text.encode())
            if excess <= 0 or size < 2:
                break
            # little by little, so that of two long texts both lose something
            filled[longest] = Value(_first_bytes(filled[longest].text, max(size - excess, size * 3 // 4)))
        return PurePosixPath(*(safe_component(part) for part in parts))

    def depth_of(self, names: Collection[str]) -> int:
        """How many folders there are up to the last one, the file not counted, that is named by one of these fields."""
        return _depth(self, tuple(names))

    def count_folders(self, names: Collection[str]) -> int:
        """The same, worked out anew."""
        markers = {name: Value(f"\0{index}\0") for index, name in enumerate(sorted(self.fields))}
        wanted = [markers[name].text for name in names if name in markers]
        *folders, _ = _split(_written(self.nodes, markers))
        return max((at for at, folder in enumerate(folders, 1) if any(mark in folder for mark in wanted)), default=0)


def read_template(text: str, fields: Collection[str], *, needed: Collection[str]) -> Template:
    """Read a template that may use ``fields`` and must use one of ``needed``; raises ``BadTemplate``."""
    return _read(text, frozenset(fields), frozenset(needed))


@lru_cache(maxsize=256)
def _read(text: str, fields: frozenset[str], needed: frozenset[str]) -> Template:
    if not text.strip():
        raise BadTemplate("A template cannot be empty. Leave it out to use the built-in one.")
    if len(text) > _MOST_CHARACTERS:
        raise BadTemplate(f"A template has at most {_MOST_CHARACTERS} characters. Shorten it.", _MOST_CHARACTERS + 1)
    reader = _Reader(text, fields)
    nodes = reader.read_all()
    found = frozenset(reader.found)
    if not found & needed:
        wanted = _listed(needed)
        raise BadTemplate(f"The template needs {wanted}, or every file would have the same name. Add it.", len(text))
    parts = text.replace("<", "").replace(">", "").split("/")
    if text.lstrip("< ").startswith("/") or any(part.strip() in ("", ".", "..") for part in parts):
        place = next((at for at in (text.find("/"), text.find("..")) if at >= 0), 0)
        raise BadTemplate(
            _at(text, place, "is no folder.")
            + " Write a path below the library's folder, such as “{title} ({year})/{title}”.",
            place + 1,
        )
    if len(parts) - 1 > _MOST_FOLDERS:
        raise BadTemplate(f"A template makes at most {_MOST_FOLDERS} folders. Use fewer.", len(text))
    return Template(nodes, found)


class _Reader:
    """Reads a template from left to right."""

    def __init__(self, text: str, fields: frozenset[str]) -> None:
        self._text = text
        self._fields = fields
        self._at = 0
        self.found: set[str] = set()

    def read_all(self) -> tuple[Node, ...]:
        return self._nodes("", 0)

    def _nodes(self, closing: str, opened_at: int, depth: int = 0) -> tuple[Node, ...]:
        nodes: list[Node] = []
        while self._at < len(self._text):
            char = self._text[self._at]
            if char == closing:
                self._at += 1
                return tuple(nodes)
            if self._text.startswith(("{{", "}}"), self._at):
                nodes.append(char)
                self._at += 2
            elif char == "{":
                nodes.append(self._field())
            elif char in _CLOSING:
                nodes.append(self._part(char, depth))
            else:
                self._require_plain(char, closing)
                nodes.append(char)
                self._at += 1
        if closing:
            raise BadTemplate(
                _at(self._text, opened_at, f"is never closed. Add “{closing}” behind what belongs to it."),
                opened_at + 1,
            )
        return tuple(nodes)

    def _part(self, opening: str, depth: int) -> Part:
        if depth >= _MOST_NESTED:
            raise BadTemplate(
                _at(self._text, self._at, "is nested too deeply. Use fewer brackets in one another."), self._at + 1
            )
        opened_at, closing = self._at, _CLOSING[opening]
        self._at += 1
        nodes = self._nodes(closing, opened_at, depth + 1)
        return Part(nodes) if opening == "<" else Part(nodes, opening, closing)

    def _require_plain(self, char: str, closing: str) -> None:
        if char == "}":
            problem = "closes nothing. Remove it, or write }} for a brace."
        elif char in ")]>":
            problem = "closes nothing. Remove it."
        elif char == "/" and closing not in ("", ">"):
            problem = "begins a folder within brackets. Use < > around a folder that may be missing."
        elif char in _UNSAFE or not char.isprintable():
            problem = "cannot stand in a file name. Remove it."
        else:
            return
        raise BadTemplate(_at(self._text, self._at, problem), self._at + 1)

    def _field(self) -> Field:
        start = self._at
        end = self._text.find("}", start)
        if end < 0:
            raise BadTemplate(_at(self._text, start, "is never closed. Add “}” behind the field."), start + 1)
        inner = self._text[start + 1 : end]
        match = _FIELD.fullmatch(inner)
        if match is None or match[1] not in self._fields:
            raise BadTemplate(
                f"At character {start + 1} of the template, {{{_shown(inner)}}} is not one of {_listed(self._fields)}."
                " Use one of these, with digits such as {season:02} or other words such as {artist|Unknown}.",
                start + 1,
            )
        self._at = end + 1
        self.found.add(match[1])
        return Field(match[1], None if match[2] is None else int(match[2]), match[3] or "")


@lru_cache(maxsize=64)
def _depth(template: Template, names: tuple[str, ...]) -> int:
    return template.count_folders(names)


def _first_bytes(text: str, count: int) -> str:
    """As many whole characters as fit into so many bytes."""
    size = text.encode()
    return text if len(size) <= count else size[:count].decode("utf-8", "ignore").rstrip(". ")


def _written(nodes: tuple[Node, ...], values: Mapping[str, Value]) -> str:
    """The nodes as text; "/" in it separates folders, for no value contains one."""
    text = ""
    for node in nodes:
        if isinstance(node, str):
            text += node
        elif isinstance(node, Field):
            value = values.get(node.name, NOTHING)
            text += node.otherwise if value.is_empty else value.written(node.digits)
        elif not any(isinstance(one, Field) and _is_empty(one, values) for one in node.nodes):
            text += f"{node.opening}{_written(node.nodes, values)}{node.closing}"
    return text


def _is_empty(field: Field, values: Mapping[str, Value]) -> bool:
    return not field.otherwise and values.get(field.name, NOTHING).is_empty


def _split(text: str) -> list[str]:
    """The parts of a path; a folder for which there are no words is left out."""
    *folders, name = (part.strip() for part in text.split("/"))
    return [*(folder for folder in folders if folder), name]


def _at(text: str, at: int, problem: str) -> str:
    return f"At character {at + 1} of the template, “{_shown(text[at : at + 1])}” {problem}"


def _listed(fields: Collection[str]) -> str:
    return ", ".join(f"{{{field}}}" for field in sorted(fields))


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() else "�" for char in text[:40])
