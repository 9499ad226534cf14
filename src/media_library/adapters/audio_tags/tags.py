"""What a music file that the program makes says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tags:
    """What a track says of itself. ``ids`` are MusicBrainz ids by their Vorbis names; ``cover`` is a JPEG."""

    title: str
    artist: str
    album: str
    album_artist: str
    track: int
    tracks: int
    disc: int
    discs: int
    date: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    cover: bytes | None = None
