"""Makes a folder of disc images a set of drives: each image is a disc in a drive of its own.

Ejecting remembers that an image is done; nothing in the folder is ever written, moved or deleted.
"""

import json
import logging
import os
import re
import stat
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from media_library.errors import NotFound, StorageError
from media_library.models.drive import DiscKind, Drive, DriveKind, Medium

log = logging.getLogger(__name__)

_PREFIX = "image:"
_MOST_IMAGES = 1000
_MOST_FILES = 20_000
_SECTOR = 2048
_TRACK = re.compile(r"\d{1,2}(?!\d).*\.(aiff?|aifc|wav|flac)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Signature:
    """What changes when an image is replaced or still being written. ``changed_ns`` is its latest change."""

    size: int
    changed_ns: int
    files: int

    @property
    def version(self) -> str:
        return f"{self.size}:{self.changed_ns}:{self.files}"


class DiscImages:
    """The images in ``folder``: ``*.iso``, ``*.cue``, and folders with VIDEO_TS, BDMV or the tracks of a CD.

    An image that changed within the last ``settle_seconds``, or that is shorter than its volume says and changed
    within the last ``patience_seconds``, is still being copied: its medium has no source yet. ``state_file``
    remembers what was ejected by name, size and time, so that a replaced image counts as new.
    """

    confirmations = 1

    def __init__(
        self, folder: Path, state_file: Path, *, settle_seconds: float = 3.0, patience_seconds: float = 20.0
    ) -> None:
        self._folder = folder
        self._state_file = state_file
        self._settle_seconds = settle_seconds
        self._patience_seconds = patience_seconds
        self._seen: dict[str, tuple[_Signature, float]] = {}
        self._lock = threading.Lock()
        self._ejected = self._read_state()
        self._complained = ""

    def list_drives(self) -> tuple[Drive, ...]:
        """A drive for every image that was not ejected; none while the folder cannot be read, which is logged once."""
        try:
            found = {path.name: (path, kind) for path, kind in islice(_images(self._folder), _MOST_IMAGES)}
            self._complained = ""
        except OSError as error:
            self._complain(f"The folder of disc images {self._folder} cannot be read: {error.strerror}.")
            return ()
        drives = []
        seen: dict[str, tuple[_Signature, float]] = {}
        for name, (path, kind) in sorted(found.items()):
            try:
                signature = _signature(path)
                if signature == self._ejected.get(_plain(name)):
                    continue
                seen[name] = self._since(name, signature)
                drives.append(self._drive(path, kind, signature))
            except OSError as error:
                drives.append(_closed(name, f"“{_shown(name)}” cannot be read: {error.strerror}."))
        self._seen = seen
        return tuple(drives)

    def eject(self, drive_id: str) -> None:
        """Remember that an image is done. Raises ``NotFound``, or ``StorageError`` when that cannot be written."""
        for path, _ in _images(self._folder) if self._folder.is_dir() else ():
            if _PREFIX + _plain(path.name) == drive_id:
                with self._lock:
                    self._ejected[_plain(path.name)] = _signature(path)
                    self._write_state()
                return
        raise NotFound("There is no such disc image.")

    def _drive(self, path: Path, kind: DiscKind, signature: _Signature) -> Drive:
        name = _plain(path.name)
        if name != path.name:
            return _closed(path.name, f"The name of “{_shown(name)}” is not UTF-8. Rename the image.")
        if not self._is_settled(path, signature):
            copied = Medium(kind, name, None, signature.size, "copying")
            return Drive(
                _PREFIX + name, DriveKind.IMAGE, _shown(name), copied, f"“{_shown(name)}” is still being copied."
            )
        label = path.stem if path.suffix.lower() in (".iso", ".cue") else path.name
        medium = Medium(kind, label, str(path), signature.size, signature.version)
        return Drive(_PREFIX + name, DriveKind.IMAGE, _shown(name), medium)

    def _since(self, name: str, signature: _Signature) -> tuple[_Signature, float]:
        """The signature and when (on the monotonic clock) it was first seen so."""
        before = self._seen.get(name)
        return before if before is not None and before[0] == signature else (signature, time.monotonic())

    def _is_settled(self, path: Path, signature: _Signature) -> bool:
        before = self._seen.get(path.name)
        age = time.time() - signature.changed_ns / 1e9
        if before is not None and before[0] != signature:
            return False
        watched = 0.0 if before is None else time.monotonic() - before[1]
        if max(age, watched) < self._settle_seconds:  # on a share whose clock runs ahead, what was watched counts
            return False
        return max(age, watched) >= self._patience_seconds or _claimed_size(path) <= signature.size

    def _complain(self, message: str) -> None:
        if message != self._complained:
            log.warning("%s", message)
        self._complained = message

    def _read_state(self) -> dict[str, _Signature]:
        try:
            ejected = json.loads(self._state_file.read_bytes())["ejected"]
            return {str(name): _Signature(*map(int, facts)) for name, facts in ejected.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            log.warning("%s cannot be read; images that were ejected will show up again.", self._state_file)
            return {}

    def _write_state(self) -> None:
        there = {_plain(path.name) for path, _ in _images(self._folder)}
        self._ejected = {name: signature for name, signature in self._ejected.items() if name in there}
        facts = {name: [item.size, item.changed_ns, item.files] for name, item in self._ejected.items()}
        partial = self._state_file.with_name(f"{self._state_file.name}.partial")
        try:
            self._state_file.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("w", encoding="utf-8") as file:
                json.dump({"ejected": facts}, file)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._state_file)
        except OSError as error:
            raise StorageError(f"{self._state_file} cannot be written: {error.strerror}.") from error


def _images(folder: Path) -> Iterator[tuple[Path, DiscKind]]:
    """Whatever in the folder is a disc. Links that lead out of the folder are left out."""
    home = folder.resolve()
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith(".") or (entry.is_symlink() and _leads_out(path, home)):
                continue
            try:
                kind = _kind_of_folder(path) if entry.is_dir() else _kind_of_file(entry)
            except OSError:
                continue
            if kind is not None:
                yield path, kind


def _leads_out(link: Path, home: Path) -> bool:
    try:
        return home not in link.resolve().parents
    except (OSError, RuntimeError):  # a link to itself
        return True


def _kind_of_file(entry: os.DirEntry[str]) -> DiscKind | None:
    suffix = Path(entry.name).suffix.lower()
    if suffix not in (".iso", ".cue") or not stat.S_ISREG(entry.stat().st_mode):
        return None
    return DiscKind.UNKNOWN if suffix == ".iso" else DiscKind.AUDIO_CD


def _kind_of_folder(folder: Path) -> DiscKind | None:
    names = {path.name.upper() for path in islice(folder.iterdir(), _MOST_FILES)}
    if "VIDEO_TS" in names or "VIDEO_TS.IFO" in names:
        return DiscKind.DVD
    if "BDMV" in names:
        return DiscKind.BLURAY
    return DiscKind.AUDIO_CD if any(name == ".TOC.PLIST" or _TRACK.fullmatch(name) for name in names) else None


def _signature(path: Path) -> _Signature:
    """Of a folder all files count, of a cue sheet also those of the same name beside it."""
    if path.is_dir():
        files: Iterator[Path] = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
    elif path.suffix.lower() == ".cue":
        files = (other for other in path.parent.iterdir() if other.stem == path.stem)
    else:
        files = iter((path,))
    size, changed, count = 0, 0, 0
    for file in islice(files, _MOST_FILES):
        facts = file.stat() if file == path else file.lstat()
        size, changed, count = size + facts.st_size, max(changed, facts.st_mtime_ns), count + 1
    return _Signature(size, changed, count)


def _claimed_size(path: Path) -> int:
    """How large the ISO 9660 volume in an image says it is (ECMA-119, 8.4.8); 0 if it says nothing."""
    if path.suffix.lower() != ".iso" or not path.is_file():
        return 0
    with path.open("rb") as file:
        file.seek(16 * _SECTOR)
        volume = file.read(_SECTOR)
    return int.from_bytes(volume[80:84], "little") * _SECTOR if volume[1:6] == b"CD001" else 0


def _closed(name: str, message: str) -> Drive:
    return Drive(_PREFIX + _plain(name), DriveKind.IMAGE, _shown(name), None, message)


def _plain(name: str) -> str:
    """A name that can be stored: bytes that are no UTF-8 are written as ``\\xff``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _shown(name: str) -> str:
    """A name as it can stand in a sentence: one line, nothing invisible."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in _plain(name))
