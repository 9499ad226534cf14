"""The languages that the web app speaks: those whose words lie in its folders."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ENGLISH = "en"
"""The language in which every word exists; its catalogues lie beside the scripts, not in a folder of their own."""

_CATALOGUES = "strings*.js"
_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))


@dataclass(frozen=True, slots=True)
class Language:
    """``code`` is a primary language tag, ``name`` what it calls itself.

    ``catalogues`` are the scripts that replace the English ones of the same names; ``words`` those of the pages that
    the server itself writes.
    """

    code: str
    name: str
    catalogues: tuple[str, ...]
    words: Mapping[str, str]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, as the ``dir`` of a page says it."""
        return "rtl" if self.code in _RIGHT_TO_LEFT else "ltr"

    @property
    def folder(self) -> str:
        """Where its catalogues lie, below that of the scripts, with a slash behind it."""
        return f"{self.code}/" if self.catalogues else ""


@dataclass(frozen=True, slots=True)
class Languages:
    """All of them, English first."""

    all: tuple[Language, ...]

    def choose(self, wanted: Iterable[str]) -> Language:
        """The first of the ``wanted`` tags (``de-AT``, ``de``) that there is, or English. Whatever they are."""
        known = {language.code: language for language in self.all}
        for tag in wanted:
            found = known.get(tag.replace("_", "-").partition("-")[0].lower())
            if found is not None:
                return found
        return known[ENGLISH]


def find_languages(static: Path, templates: Path) -> Languages:
    """Each language with a file of page words; its catalogues lie in ``static/js/<code>``."""
    found = [_read(file, static / "js" / file.stem) for file in sorted((templates / "words").glob("*.json"))]
    return Languages(tuple(sorted(found, key=lambda language: (language.code != ENGLISH, language.name))))


def _read(file: Path, catalogues: Path) -> Language:
    words = json.loads(file.read_text(encoding="utf-8"))
    names = sorted(path.name for path in catalogues.glob(_CATALOGUES)) if catalogues.is_dir() else []
    return Language(file.stem, str(words["language"]), tuple(names), words)
