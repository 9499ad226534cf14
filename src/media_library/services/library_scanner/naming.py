"""What items are called once their files were looked into: by their tags, or by their paths with more care."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from media_library.models.library import LibraryKind
from media_library.models.library_file import FileRole, LibraryFile
from media_library.models.media import Media, MediaFile, MediaNames, MediaType
from media_library.models.music import TrackFacts, TrackFile
from media_library.models.probed import Probed
from media_library.repositories.file_repo import ADOPTED
from media_library.repositories.media_repo import ProbedMedia, album_key, show_key
from media_library.services.library_scanner.names import names_of, published_at, renamed
from media_library.services.music_tags import read_album
from media_library.services.name_reading import read_name

_SHORTEST_FILM_MS = 15 * 60_000


@dataclass(frozen=True, slots=True)
class Look:
    """A file that is looked into, and its item. ``below`` is its path below the library folder.

    ``is_neighbour``: it is known, and asked again for what it says of others of its album.
    """

    file: LibraryFile
    media: Media | None
    path: Path
    below: PurePosixPath
    is_neighbour: bool = False

    @property
    def is_first(self) -> bool:
        """Whether the item is to be called by what is found: nobody else named it, and nothing did so before."""
        return self.file.digest is None and ADOPTED not in self.file.flags


def named(look: Look, probed: Probed, kind: LibraryKind) -> ProbedMedia:
    """The item of a file that is no music, in a library of this kind."""
    media = look.media
    assert media is not None
    item = ProbedMedia(
        media.id,
        media.media_type,
        media.names,
        _file_of(look, probed),
        probed.streams,
        review_reason=media.review_reason,
    )
    if not look.is_first or look.file.role is not FileRole.MAIN:
        return item
    reading = read_name(look.below, kind=kind)
    if kind is LibraryKind.MIXED:
        if probed.streams.video is None:
            reading = replace(reading, media_type=MediaType.TRACK)
        elif reading.media_type is MediaType.MOVIE and not reading.sure and probed.duration_ms < _SHORTEST_FILM_MS:
            reading = replace(reading, media_type=MediaType.HOME_VIDEO)
    names = renamed(media, names_of(reading, look.below))
    return replace(item, media_type=reading.media_type, names=names, published_at=published_at(reading))


def named_album(looks: Sequence[tuple[Look, Probed]]) -> list[tuple[ProbedMedia, TrackFacts]]:
    """The items of the tracks of an album folder; those that are called already stay what they are called."""
    readings = read_album([TrackFile(look.below, probed.tags, probed.duration_ms) for look, probed in looks])
    found = []
    for (look, probed), reading in zip(looks, readings, strict=True):
        media = look.media
        if media is None:
            continue
        is_named = ADOPTED in look.file.flags
        names = media.names if is_named else renamed(media, reading.names)
        item = ProbedMedia(
            media.id,
            MediaType.TRACK,
            names,
            _file_of(look, probed),
            probed.streams,
            isrc=reading.isrc,
            review_reason=media.review_reason,
        )
        found.append((item, reading.facts))
    return found


def work_key(item_type: MediaType, media_id: str, names: MediaNames) -> str | None:
    """The key of the film, show or album that an item belongs to; ``None`` for what is looked up nowhere."""
    match item_type:
        case MediaType.MOVIE:
            return f"movie:{media_id}"
        case MediaType.EPISODE:
            key = show_key(names)
            return None if key is None else f"show:{key}"
        case MediaType.TRACK:
            key = album_key(names)
            return None if key is None else f"album:{key}"
    return None


def _file_of(look: Look, probed: Probed) -> MediaFile:
    return MediaFile(
        look.file.path,
        probed.size_bytes,
        probed.mtime_ns,
        look.file.inode,
        probed.container or look.file.container,
        probed.duration_ms,
    )
