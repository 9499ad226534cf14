"""Where the pictures of films without an index can be cut: found once, behind what plays, and kept."""

import logging
import threading
from pathlib import Path

import msgspec

from media_library.adapters.ffmpeg.keyframe_scan import scan_keyframes
from media_library.errors import MediaLibraryError
from media_library.repositories.base import new_id

log = logging.getLogger(__name__)

_MOST_KEPT = 1000
_MOST_WAITING = 20
_FEWEST = 2


class KeyframeShelf:
    """One small file for each film in ``folder``, by the tag of its bytes. Safe to use from any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._waiting: set[str] = set()

    def known(self, tag: str) -> tuple[float, ...] | None:
        """The times of the keyframes in seconds; none of a film that cannot be cut, ``None`` if nobody has looked."""
        try:
            content = (self._folder / f"{tag}.json").read_bytes()
            return tuple(time / 1000 for time in msgspec.json.decode(content, type=list[int]))
        except (OSError, msgspec.MsgspecError):
            return None

    def look_for(self, tag: str, file: Path, stream: int) -> None:
        """Read a film for its keyframes, one after the other and without being waited for."""
        with self._lock:
            if tag in self._waiting or len(self._waiting) >= _MOST_WAITING:
                return
            self._waiting.add(tag)
        threading.Thread(target=self._look, args=(tag, file, stream), name="keyframes", daemon=True).start()

    def keep(self, tag: str, times: tuple[float, ...]) -> None:
        """Remember what was found, or by an empty tuple that there is no way."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            part = self._folder / f".{new_id()}.part"
            part.write_bytes(msgspec.json.encode([round(time * 1000) for time in times]))
            part.replace(self._folder / f"{tag}.json")
            kept = sorted(self._folder.glob("*.json"), key=lambda one: one.stat().st_mtime_ns)
            for old in kept[:-_MOST_KEPT]:
                old.unlink(missing_ok=True)
        except OSError as error:
            # it is found again the next time
            log.warning("The keyframes of a film cannot be kept: %s", error)

    def _look(self, tag: str, file: Path, stream: int) -> None:
        try:
            with self._turn:
                times = scan_keyframes(file, stream)
            self.keep(tag, times if len(times) >= _FEWEST else ())
        except MediaLibraryError as error:
            log.info("%s is not cut: %s", file.name, error)
            if file.is_file():
                self.keep(tag, ())
        finally:
            with self._lock:
                self._waiting.discard(tag)
