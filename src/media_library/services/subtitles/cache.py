"""The folder of subtitles that were made: by the tag of the file that they come from."""

import contextlib
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

_MOST_BYTES = 512 * 1024 * 1024
_AT_ONCE = 2


class SubtitleCache:
    """``<tag>/<id>.vtt``. Whatever is missing is made again, so anything may be removed at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._locks: dict[str, threading.Lock] = {}
        self._locks_lock = threading.Lock()
        self._few = threading.BoundedSemaphore(_AT_ONCE)

    def get(self, tag: str, name: str) -> bytes | None:
        """What was made for a file, or ``None``."""
        try:
            return (self._folder / tag / f"{name}.vtt").read_bytes()
        except OSError:
            return None

    def put(self, tag: str, name: str, content: bytes) -> None:
        """Keep what was made; whoever reads sees all of it or nothing."""
        folder = self._folder / tag
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as partial:
            partial.write(content)
        Path(partial.name).replace(folder / f"{name}.vtt")

    @contextlib.contextmanager
    def making(self, tag: str) -> Iterator[Path]:
        """An empty folder to make something in; one at a time for a file, and a few at a time for all."""
        with self._locks_lock:
            lock = self._locks.setdefault(tag, threading.Lock())
        with lock, self._few:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._folder, prefix=".", ignore_cleanup_errors=True) as place:
                yield Path(place)
        with self._locks_lock:
            self._locks.pop(tag, None)

    def prune(self, most_bytes: int = _MOST_BYTES) -> int:
        """Remove what was made longest ago until the rest has room enough; returns how many folders went."""
        if not self._folder.is_dir():
            return 0
        found = []
        for folder in self._folder.iterdir():
            with contextlib.suppress(OSError):
                size = sum(file.stat().st_size for file in folder.iterdir())
                found.append((folder.stat().st_mtime_ns, size, folder))
        total, removed = sum(size for _, size, _ in found), 0
        for _, size, folder in sorted(found):
            if total <= most_bytes:
                break
            shutil.rmtree(folder, ignore_errors=True)
            total, removed = total - size, removed + 1
        return removed
