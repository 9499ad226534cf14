"""Keeps the picture that a person replaced or removed, so that it can be brought back: the last one of each kind.

It lies as ``before/<owner>.<kind>/`` below the folder of pictures: ``picture.jpg`` if there was one, ``earlier.jpg``
if that had itself taken the place of another, and ``facts.json`` with what was known of it.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from media_library.app_state import AppState
from media_library.errors import NotFound
from media_library.models.artwork import Artwork, ArtworkKind
from media_library.repositories.base import new_id, now_ms

KEPT_MS = 30 * 86_400_000
"""How long one is kept: as long as things lie in the bin."""

_EARLIER = ".earlier"


class PicturesBefore:
    """The pictures of before, beside those that are shown in ``folder``."""

    def __init__(self, folder: Path, state: AppState) -> None:
        self._pictures = folder
        self._folder = folder / "before"
        self._state = state

    @contextlib.contextmanager
    def kept(self, name: str, kind: ArtworkKind) -> Iterator[None]:
        """What is shown now can be brought back after what a person does inside; if that fails, nothing changed."""
        self._forget_old()
        now = self._take(name, kind)
        try:
            yield
        except BaseException:
            shutil.rmtree(now)
            raise
        self._put(now, name, kind)

    def bring_back(self, name: str, kind: ArtworkKind) -> None:
        """Show what was shown before; what is shown now is kept in its place. Raises ``NotFound`` if nothing is."""
        before = self._place(name, kind)
        if not before.is_dir():
            raise NotFound("No earlier picture is kept here.")
        now = self._take(name, kind)
        for file in self._pictures.glob(f"{name}.{kind}.*"):
            file.unlink(missing_ok=True)
        for mark in ("", _EARLIER):
            kept = before / _file(mark)
            if kept.is_file():
                kept.replace(self._pictures / f"{name}.{kind}{mark}.jpg")
        facts = msgspec.json.decode((before / "facts.json").read_bytes(), type=Artwork | None)
        if facts is None:
            self._state.remove_artwork(name, kind)
        else:
            self._state.put_artwork(facts)
        self._put(now, name, kind)

    def kinds(self, name: str) -> tuple[ArtworkKind, ...]:
        """Of which kinds a picture can be brought back."""
        return tuple(kind for kind in ArtworkKind if (self._place(name, kind) / _file("")).is_file())

    def _take(self, name: str, kind: ArtworkKind) -> Path:
        """What is shown now, in a folder of its own; pictures are only ever replaced as a whole, so links do."""
        taken = self._folder / f".{new_id()}.part"
        taken.mkdir(mode=0o700, parents=True)
        for mark in ("", _EARLIER):
            with contextlib.suppress(FileNotFoundError):
                (taken / _file(mark)).hardlink_to(self._pictures / f"{name}.{kind}{mark}.jpg")
        (taken / "facts.json").write_bytes(msgspec.json.encode(self._state.artwork_of(name).get(kind)))
        return taken

    def _put(self, taken: Path, name: str, kind: ArtworkKind) -> None:
        place = self._place(name, kind)
        if place.is_dir():
            shutil.rmtree(place)
        taken.replace(place)

    def _place(self, name: str, kind: ArtworkKind) -> Path:
        return self._folder / f"{name}.{kind}"

    def _forget_old(self) -> None:
        """Remove for good what was kept for long enough, and what a crash left behind."""
        for place in self._folder.glob("*") if self._folder.is_dir() else ():
            with contextlib.suppress(FileNotFoundError):
                if place.stat().st_mtime_ns // 1_000_000 < now_ms() - KEPT_MS:
                    shutil.rmtree(place)


def _file(mark: str) -> str:
    return f"picture{mark}.jpg"
