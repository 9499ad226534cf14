"""The files of the web app itself: templates, style sheets, scripts."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from media_library.services.first_modules import first_modules
from media_library.services.languages import Languages, find_languages
from media_library.services.static_files import StaticFiles

ROOT = Path(__file__).resolve().parents[3]
"""The folder of the program, in which ``templates`` and ``static`` lie."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Where the files are. ``version`` changes whenever one of the static files does.

    ``first_modules`` are the scripts of the first page, below ``static/js``, without the one that begins.
    """

    templates: Path
    static: Path
    version: str
    files: StaticFiles
    languages: Languages
    first_modules: tuple[str, ...]


def find_assets(root: Path = ROOT) -> Assets:
    """The assets of a program folder; their names, sizes and times are looked at once."""
    static = root / "static"
    digest = hashlib.sha256()
    for file in sorted(static.rglob("*")):
        facts = file.stat()
        digest.update(f"{file.relative_to(static)}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    templates = root / "templates"
    return Assets(
        templates,
        static,
        digest.hexdigest()[:12],
        StaticFiles(static),
        find_languages(static, templates),
        first_modules(static / "js"),
    )
