"""Turns sentences that the program wrote in English into those of a reader's language.

The web app does the same by itself with the same catalogues; here it is done for what reaches people without the app.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from media_library.services.assets import ROOT

_HOLE = re.compile(r"\{#?(\d+)\}")
_WORD = re.compile(r"[A-Za-z]")
_NUMBERS = re.compile(r"[\d.,: ]+")
_SENTENCE_END = re.compile(r"(?<=[.!?”]) (?=[A-Z“{])")
_LONGEST = 4000
_MOST_PARTS = 12
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class _Template:
    literals: tuple[str, ...]
    counted: tuple[bool, ...]
    other: str

    @property
    def weight(self) -> int:
        return sum(map(len, self.literals))

    def fit(self, text: str) -> list[str] | None:
        """What fills the holes, ``None`` if the text is not one of these; goes along the text once."""
        first, *middle, last = self.literals
        if len(text) < self.weight or not (text.startswith(first) and text.endswith(last)):
            return None
        at, end, holes = len(first), len(text) - len(last), []
        for literal in middle:
            found = text.find(literal, at, end)
            if found < 0:
                return None
            holes.append(text[at:found])
            at = found + len(literal)
        holes.append(text[at:end])
        fits = all(not counted or _NUMBERS.fullmatch(hole) for counted, hole in zip(self.counted, holes, strict=True))
        return holes if fits else None


class Sentences:
    """The sentences of one language; what is not known stays as it is."""

    def __init__(self, catalogue: Mapping[str, Mapping[str, str]]) -> None:
        known = {english: other for section in catalogue.values() for english, other in section.items()}
        self._exact = {english: other for english, other in known.items() if not _HOLE.search(english)}
        templates = [_template(english, other) for english, other in known.items() if english not in self._exact]
        templates.sort(key=lambda one: -one.weight)
        self._worded = [one for one in templates if _WORD.search("".join(one.literals))]
        self._wordless = [one for one in templates if one not in self._worded]

    def __call__(self, text: str) -> str:
        """The text in the language, or as it is."""
        return self._turn(text, 0)

    def _turn(self, text: str, depth: int) -> str:
        inner = text.strip()
        if not inner or depth > _DEEPEST or len(text) > _LONGEST:
            return text
        turned = self._whole(inner, depth) or self._severally(inner, depth)
        return text.replace(inner, turned or self._filled(self._wordless, inner, depth) or inner)

    def _whole(self, text: str, depth: int) -> str | None:
        return self._exact.get(text) or self._filled(self._worded, text, depth)

    def _filled(self, templates: Iterable[_Template], text: str, depth: int) -> str | None:
        for one in templates:
            holes = one.fit(text)
            if holes is not None:
                return _HOLE.sub(self._filling(one, holes, depth), one.other)
        return None

    def _filling(self, one: _Template, holes: list[str], depth: int) -> Callable[[re.Match[str]], str]:
        def fill(hole: re.Match[str]) -> str:
            """A name in quotation marks is nobody's sentence."""
            at = int(hole[1]) - 1
            is_name = one.literals[at].endswith("“") and one.literals[at + 1].startswith("”")
            return holes[at] if is_name else self._turn(holes[at], depth + 1)

        return fill

    def _severally(self, text: str, depth: int) -> str | None:
        """Sentence by sentence, as many together as are known together."""
        parts = _SENTENCE_END.split(text)
        if len(parts) == 1 or len(parts) > _MOST_PARTS:
            return None
        said: list[str] = []
        is_known = False
        while parts:
            for count in range(len(parts) - (not said), 0, -1):
                turned = self._whole(" ".join(parts[:count]), depth)
                if turned is not None:
                    break
            said.append(turned or self._filled(self._wordless, parts[0], depth) or parts[0])
            is_known |= turned is not None
            del parts[: 1 if turned is None else count]
        return " ".join(said) if is_known else None


def _template(english: str, other: str) -> _Template:
    holes: Iterable[re.Match[str]] = _HOLE.finditer(english)
    literals = re.split(r"\{#?\d+\}", english)
    return _Template(tuple(literals), tuple(hole[0].startswith("{#") for hole in holes), other)


@lru_cache(maxsize=16)
def sentences_of(language: str, static: Path = ROOT / "static") -> Sentences:
    """Those of a language code, from the folder of the web app; of a language without a catalogue all stay English."""
    file = static / "js" / language / "sentences.json"
    if not re.fullmatch("[a-z]{2,3}", language) or not file.is_file():
        return Sentences({})
    return Sentences(json.loads(file.read_text("utf-8")))
