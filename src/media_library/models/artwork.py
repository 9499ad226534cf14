"""The pictures of what is in the library: which there are, how large, and who brought them."""

from dataclasses import dataclass
from enum import StrEnum


class ArtworkKind(StrEnum):
    """What a picture shows: the poster or cover, a moment of it, or something wide to lie behind everything."""

    POSTER = "poster"
    STILL = "still"
    BACKDROP = "backdrop"


class ArtworkSource(StrEnum):
    """Where a picture came from: a person chose it, a service or site had it, it lay in or beside the file, a frame."""

    OWN = "own"
    SERVICE = "service"
    FILE = "file"
    FRAME = "frame"


def season_owner(show_key: str, season: int) -> str:
    """The owner of the poster of a season; 0 are the specials."""
    return f"season-{show_key}-{season}"


@dataclass(frozen=True, slots=True)
class MadePicture:
    """A JPEG that was made: its size in pixels, and a tiny picture of it as a data: address of at most 400 bytes."""

    width: int
    height: int
    placeholder: str


@dataclass(frozen=True, slots=True)
class MadeJpeg:
    """A JPEG that a confined child made of pixels alone, in bytes; nobody needs to decode it again to keep it."""

    content: bytes
    made: MadePicture


@dataclass(frozen=True, slots=True)
class Artwork:
    """A picture that is kept.

    ``owner`` is the id of a media item or a person, ``show-<key>``, ``season-<key>-<number>`` or ``album-<key>``.
    Sizes are pixels, ``placeholder`` is a tiny picture as a data: address, ``updated_at`` milliseconds.
    """

    owner: str
    kind: ArtworkKind
    source: ArtworkSource
    width: int
    height: int
    placeholder: str | None
    address: str | None
    updated_at: int
