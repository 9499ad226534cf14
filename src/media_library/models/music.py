"""What a music file says of itself, and what is known of a track beyond its names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from media_library.models.media import MediaNames

RawTags = Mapping[str, tuple[str, ...]]
"""The tags of a file under the names that its format gives them, every value as text.

Vorbis and APEv2 names as they are, ID3 frames by their ``HashKey`` ("TPE1", "TXXX:MusicBrainz Album Id",
"UFID:http://musicbrainz.org"), MP4 atoms ("©nam", "----:com.apple.iTunes:LABEL"), ASF attributes ("WM/AlbumArtist").
A pair of numbers (``trkn``, ``disk``) is "3/12". Pictures are left out.
"""


@dataclass(frozen=True, slots=True)
class TrackTags:
    """The tags of a file in one form, whatever its format; "" and 0 are what it does not say.

    ``artist`` is how the artists are written together, ``artists`` are they one by one. Dates are "YYYY", "YYYY-MM" or
    "YYYY-MM-DD". The ids are those of MusicBrainz: ``track_id`` is the track on its release, ``recording_id`` what was
    recorded. ``is_compilation`` is ``None`` where nothing is said of it.
    """

    title: str = ""
    artist: str = ""
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    track: int = 0
    tracks: int = 0
    disc: int = 0
    discs: int = 0
    disc_title: str = ""
    date: str = ""
    original_date: str = ""
    genres: tuple[str, ...] = ()
    label: str = ""
    catalog_number: str = ""
    composer: str = ""
    is_compilation: bool | None = None
    isrc: str = ""
    recording_id: str = ""
    track_id: str = ""
    release_id: str = ""
    release_group_id: str = ""
    artist_ids: tuple[str, ...] = ()
    album_artist_ids: tuple[str, ...] = ()
    disc_id: str = ""
    acoustid: str = ""
    track_gain: float | None = None
    album_gain: float | None = None


@dataclass(frozen=True, slots=True)
class TrackFile:
    """A music file as a scan found it: ``path`` is below its library folder, ``tags`` are empty if it has none."""

    path: PurePosixPath
    tags: RawTags = field(default_factory=dict)
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class TrackFacts:
    """What is known of a track beyond its names: ids of MusicBrainz and AcoustID, genres, who published it.

    ``tracks`` and ``discs`` are how many the album has, 0 = unknown. ``is_tagged`` tells a file that named itself from
    one that is named after its path.
    """

    recording_id: str | None = None
    track_id: str | None = None
    release_id: str | None = None
    release_group_id: str | None = None
    artist_ids: tuple[str, ...] = ()
    acoustid: str | None = None
    artists: tuple[str, ...] = ()
    album_artist_ids: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    label: str | None = None
    catalog_number: str | None = None
    composer: str | None = None
    disc_title: str | None = None
    released_on: str | None = None
    tracks: int = 0
    discs: int = 0
    is_compilation: bool = False
    is_tagged: bool = False


@dataclass(frozen=True, slots=True)
class TrackReading:
    """What a music file is called, from its tags, its neighbours and its path, best source first.

    ``sure``: its tags name the track, the artist and the album, and agree with those of its neighbours.
    """

    path: PurePosixPath
    names: MediaNames
    facts: TrackFacts
    isrc: str | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a track is (EBU R 128). Gains are dB towards -18 LUFS, peaks true peaks as a fraction of full scale.

    ``mtime_ns`` is that of the file that was measured; the album's values are ``None`` until all of it was measured.
    """

    integrated_lufs: float
    track_gain: float
    track_peak: float
    mtime_ns: int
    album_gain: float | None = None
    album_peak: float | None = None
