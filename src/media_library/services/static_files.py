"""The static files as they are sent: text is packed once, and the style of the first page is one file."""

import gzip
import hashlib
import threading
from dataclasses import dataclass
from pathlib import Path

from media_library.errors import NotFound

FIRST_STYLE = "css/first_page.css"
"""The name under which the style sheets of the first page are sent as one: each would cost a way to the server."""

_FIRST_STYLES = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components/navigation.css",
    "css/components/controls.css",
    "css/components/cards.css",
    "css/components/hero.css",
    "css/components/disc.css",
    "css/components/detail.css",
    "css/components/overlays.css",
    "css/components/stage.css",
    "css/components/collections.css",
)
_PACKED = frozenset({".css", ".js", ".json", ".map", ".svg", ".txt", ".webmanifest"})


@dataclass(frozen=True, slots=True)
class StaticFile:
    """What is sent: the bytes, whether they are packed (gzip), and a tag that changes when they do."""

    data: bytes
    is_packed: bool
    tag: str


class StaticFiles:
    """The files below a folder, read when they are asked for. Safe to use from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._packed: dict[str, tuple[object, StaticFile]] = {}
        self._lock = threading.Lock()

    def read(self, name: str, *, may_pack: bool) -> StaticFile:
        """A file as it is sent to somebody who understands gzip, or not; raises ``NotFound``."""
        paths = [self._path(one) for one in (_FIRST_STYLES if name == FIRST_STYLE else (name,))]
        if not may_pack or paths[0].suffix not in _PACKED:
            data = b"".join(path.read_bytes() for path in paths)
            return StaticFile(data, False, hashlib.sha256(data).hexdigest()[:20])
        marks = [(facts.st_mtime_ns, facts.st_size) for facts in (path.stat() for path in paths)]
        with self._lock:
            known = self._packed.get(name)
            if known is None or known[0] != marks:
                packed = gzip.compress(b"".join(path.read_bytes() for path in paths), 9, mtime=0)
                known = marks, StaticFile(packed, True, f"{hashlib.sha256(packed).hexdigest()[:20]}-gzip")
                self._packed[name] = known
        return known[1]

    def _path(self, name: str) -> Path:
        path = self._folder / name
        if "\0" in name or not path.resolve().is_relative_to(self._folder) or not path.is_file():
            raise NotFound("There is no such file.")
        return path
