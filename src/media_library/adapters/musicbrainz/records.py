"""What MusicBrainz knows of an album."""

from dataclasses import dataclass

_PICTURES = ("DVD", "BLU-RAY", "VHS", "VCD", "SVCD", "LASERDISC", "HD-DVD", "VIDEO")
_SOUND = ("DVD-AUDIO", "BLU-RAY AUDIO", "BLU-RAY-AUDIO")


@dataclass(frozen=True, slots=True)
class ReleaseTrack:
    """A track of a release. ``isrc`` is the code of its recording (ISO 3901); ``duration_ms`` 0 = not known."""

    number: int
    title: str
    artist: str
    recording_id: str
    isrc: str | None = None
    id: str = ""
    duration_ms: int = 0
    artist_ids: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Medium:
    """A disc of a release, a side of a tape, or what was downloaded at once; ``position`` counts from 1."""

    position: int
    title: str
    format: str
    count: int
    tracks: tuple[ReleaseTrack, ...] = ()
    disc_ids: tuple[str, ...] = ()

    @property
    def is_video(self) -> bool:
        """Whether it holds pictures, as the second disc of a set often does."""
        form = self.format.upper()
        return form.startswith(_PICTURES) and not form.startswith(_SOUND)


@dataclass(frozen=True, slots=True)
class Release:
    """An album as it was published. Dates are "YYYY-MM-DD" or shorter; ``first_date`` is that of its first release."""

    id: str
    group_id: str
    title: str
    artist: str
    artist_ids: tuple[str, ...] = ()
    date: str = ""
    first_date: str = ""
    country: str = ""
    status: str = ""
    kind: str = ""
    secondary_kinds: tuple[str, ...] = ()
    disambiguation: str = ""
    label: str = ""
    catalog_number: str = ""
    genres: tuple[str, ...] = ()
    media: tuple[Medium, ...] = ()

    @property
    def year(self) -> int | None:
        """The year in which the album came out first, in whatever form."""
        date = self.first_date or self.date
        return int(date[:4]) if date[:4].isdecimal() else None

    @property
    def sound(self) -> tuple[Medium, ...]:
        """The media that are heard."""
        return tuple(medium for medium in self.media if not medium.is_video)

    @property
    def count(self) -> int:
        """How many tracks there are to be heard."""
        return sum(medium.count for medium in self.sound)


@dataclass(frozen=True, slots=True)
class FoundRelease:
    """A release in a list of them. ``score`` is 0 to 100, how well it fits what was searched."""

    id: str
    group_id: str
    title: str
    artist: str
    date: str = ""
    country: str = ""
    status: str = ""
    count: int = 0
    formats: tuple[str, ...] = ()
    score: int = 0


@dataclass(frozen=True, slots=True)
class DiscRelease:
    """A release as one of its discs tells it: ``disc_number`` of ``discs`` is the one that was asked for."""

    id: str
    group_id: str
    title: str
    artist: str
    artist_id: str
    date: str
    disc_number: int
    discs: int
    tracks: tuple[ReleaseTrack, ...]

    @property
    def year(self) -> int | None:
        """The year of publication, if it is known."""
        return int(self.date[:4]) if self.date[:4].isdecimal() else None
