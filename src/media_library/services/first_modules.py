"""Which scripts the first page is made of, so that a page can name them all at once."""

import re
from pathlib import Path, PurePosixPath

_ENTRY = "app.js"
_IMPORT = re.compile(r'^(?:import|export)\s(?:[^;"]*?\sfrom\s)?"(\./[^"]+|\.\./[^"]+)";', re.MULTILINE)
"""What is imported when it is needed, with ``import()``, is not among these."""


def first_modules(scripts: Path, entry: str = _ENTRY) -> tuple[str, ...]:
    """What ``entry`` imports, and what that imports in turn, nearest first, as names below the folder ``scripts``.

    A browser finds each only inside the one before it, and then asks for it over a line that may be slow.
    """
    found = [entry]
    for name in found:
        here = PurePosixPath(name).parent
        for wanted in _IMPORT.findall((scripts / name).read_text(encoding="utf-8")):
            path = _plain(here / wanted)
            if path not in found and (scripts / path).is_file():
                found.append(path)
    return tuple(found[1:])


def _plain(path: PurePosixPath) -> str:
    """The name without ``.`` and ``..``."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
