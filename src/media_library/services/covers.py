"""Keeps the pictures of what is in the library: decoded by a child process, stored as JPEG, the own ones for good.

They lie as ``<owner>.poster.jpg``, ``<owner>.still.jpg`` and ``<owner>.backdrop.jpg`` below the data folder; the owner
is a media item, a podcast, a collection or a person by its id, ``show-<key>``, ``season-<key>-<number>`` or
``album-<key>``.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from media_library.adapters import pictures
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import MediaLibraryError, NotFound
from media_library.events import LibraryUpdated, library_room
from media_library.models.artwork import Artwork, ArtworkKind, ArtworkSource, MadeJpeg
from media_library.repositories.base import new_id, now_ms
from media_library.services.pictures_before import PicturesBefore

log = logging.getLogger(__name__)

Kind: TypeAlias = ArtworkKind | Literal["poster", "still", "backdrop"]

_LONGEST_SIDE = {ArtworkKind.POSTER: 2000, ArtworkKind.STILL: 2000, ArtworkKind.BACKDROP: 3840}
_RANK = {ArtworkSource.FRAME: 1, ArtworkSource.SERVICE: 2, ArtworkSource.FILE: 3, ArtworkSource.OWN: 4}
"""What lay in or beside the files was chosen by their owner, long before any service was asked."""

_EARLIER = "earlier"
"""The picture that an own one took the place of, which comes back when the own one is removed."""


class Covers:
    """The folder of pictures, for writing."""

    def __init__(self, settings: Settings, state: AppState) -> None:
        self._folder = settings.data_directory / "artwork"
        self._state = state
        self.before = PicturesBefore(self._folder, state)

    def put(
        self,
        media_id: str,
        picture: bytes | Path | MadeJpeg,
        kind: Kind = ArtworkKind.POSTER,
        *,
        source: ArtworkSource = ArtworkSource.SERVICE,
        address: str | None = None,
    ) -> bool:
        """Give a media item a picture, whatever it is made of; false if it is none, which is never an error.

        One that a person chose stays, what came with the files stays when a service has another, and a frame takes the
        place of nothing else: then what is there is the answer.
        ``address`` is where the picture came from.
        """
        if not self.put_named(media_id, picture, kind, source=source, address=address):
            return False
        self._mark(media_id)
        return True

    def put_named(
        self,
        name: str,
        picture: bytes | Path | MadeJpeg,
        kind: Kind = ArtworkKind.POSTER,
        *,
        source: ArtworkSource = ArtworkSource.SERVICE,
        address: str | None = None,
    ) -> bool:
        """Keep a picture for what is no media item, such as a podcast; ``name`` is its id.

        What a confined child made already, in the size that is kept, is not decoded again.
        """
        kind = ArtworkKind(kind)
        there = self._state.artwork_of(name).get(kind)
        if there is not None and _RANK[source] < _RANK[there.source] and self._path(name, kind).is_file():
            return True
        made = self._folder / f".{new_id()}.part"
        original = picture if isinstance(picture, Path) else self._folder / f".{new_id()}.source"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if isinstance(picture, bytes):
                original.write_bytes(picture)
            # the child may write one folder only: its own
            made.mkdir(mode=0o700)
            if isinstance(picture, MadeJpeg):
                (made / "picture.jpg").write_bytes(picture.content)
                facts = picture.made
            else:
                facts = pictures.write_jpeg(original, made / "picture.jpg", longest_side=_LONGEST_SIDE[kind])
            if source is ArtworkSource.OWN and (there is None or there.source is not ArtworkSource.OWN):
                self._set_aside(name, kind)
            (made / "picture.jpg").replace(self._path(name, kind))
        except (MediaLibraryError, OSError) as error:
            log.info("There is no %s for %s: %s", kind, name, error)
            return False
        finally:
            if isinstance(picture, bytes):
                original.unlink(missing_ok=True)
            if made.is_dir():
                for left in made.iterdir():
                    left.unlink()
                made.rmdir()
        self._state.put_artwork(
            Artwork(name, kind, source, facts.width, facts.height, facts.placeholder, address, now_ms())
        )
        return True

    def remove(self, media_id: str, kind: Kind) -> None:
        """Take a picture from a media item; an earlier one comes back. Raises ``NotFound`` if there is none."""
        kind = ArtworkKind(kind)
        picture = self._path(media_id, kind)
        if not picture.is_file():
            raise NotFound("There is no such picture.")
        earlier = self._path(media_id, kind, _EARLIER)
        if earlier.is_file():
            content = earlier.read_bytes()
            self._state.remove_artwork(media_id, kind)
            earlier.unlink()
            if self.put(media_id, content, kind, source=ArtworkSource.SERVICE):
                return
        self._state.remove_artwork(media_id, kind)
        for file in self._folder.glob(f"{media_id}.{kind}.*"):
            file.unlink(missing_ok=True)
        self._mark(media_id)

    def bring_back(self, media_id: str, kind: Kind) -> None:
        """Give a media item the picture that a person replaced or removed; raises ``NotFound`` if none is kept."""
        self.before.bring_back(media_id, ArtworkKind(kind))
        self._mark(media_id)

    def forget(self, name: str) -> None:
        """Remove every poster of what is no media item, such as a profile."""
        self._state.remove_artwork(name, ArtworkKind.POSTER)
        for file in self._folder.glob(f"{name}.{ArtworkKind.POSTER}.*"):
            file.unlink(missing_ok=True)

    def of(self, media_id: str) -> Mapping[ArtworkKind, Artwork]:
        """The pictures of a media item that are there."""
        known = self._state.artwork_of(media_id)
        return {kind: picture for kind, picture in known.items() if self._path(media_id, kind).is_file()}

    def file_of(self, name: str, kind: Kind) -> Path | None:
        """Where a picture lies; ``None`` if there is none."""
        picture = self._path(name, ArtworkKind(kind))
        return picture if picture.is_file() else None

    def copy(self, name: str, target: Path) -> bool:
        """Write the poster of something to ``target``; false if it has none."""
        source = self._path(name, ArtworkKind.POSTER)
        if not source.is_file():
            return False
        target.write_bytes(source.read_bytes())
        return True

    def share(self, source_id: str, media_id: str) -> bool:
        """Give a media item the poster of something else, such as an episode that of its podcast; an own one stays."""
        source = self._path(source_id, ArtworkKind.POSTER)
        if not source.is_file():
            return False
        there = self.of(media_id).get(ArtworkKind.POSTER)
        if there is not None and there.source is ArtworkSource.OWN:
            return True
        partial = self._folder / f".{new_id()}.part"
        try:  # pictures are only ever replaced as a whole, so all tracks of an album can share one on disk
            partial.hardlink_to(source)
        except OSError:
            partial.write_bytes(source.read_bytes())
        partial.replace(self._path(media_id, ArtworkKind.POSTER))
        partial.unlink(missing_ok=True)  # a name of the same file is not replaced
        shared = self._state.artwork_of(source_id).get(ArtworkKind.POSTER)
        if shared is not None:
            self._state.put_artwork(
                Artwork(
                    media_id,
                    shared.kind,
                    ArtworkSource.SERVICE,
                    shared.width,
                    shared.height,
                    shared.placeholder,
                    shared.address,
                    now_ms(),
                )
            )
        self._mark(media_id)
        return True

    def _mark(self, media_id: str) -> None:
        """Note at the item which pictures there are, and the tiny one that stands for them while they load."""
        known = self.of(media_id)
        tiny = (known[kind].placeholder for kind in ArtworkKind if kind in known)
        with self._state.transaction():
            self._state.mark_artwork(
                media_id,
                poster=self._path(media_id, ArtworkKind.POSTER).is_file(),
                still=self._path(media_id, ArtworkKind.STILL).is_file(),
                backdrop=self._path(media_id, ArtworkKind.BACKDROP).is_file(),
                placeholder=next((one for one in tiny if one), ""),
            )
            self._state.broadcast(LibraryUpdated(media_id), library_room(self._state.media(media_id).library_id))

    def _set_aside(self, name: str, kind: ArtworkKind) -> None:
        if self._path(name, kind).is_file():
            self._path(name, kind).replace(self._path(name, kind, _EARLIER))

    def _path(self, name: str, kind: ArtworkKind, mark: str = "") -> Path:
        return self._folder / (f"{name}.{kind}.{mark}.jpg" if mark else f"{name}.{kind}.jpg")
