"""A disc: what is on it, what it seems to be, what will be ripped from it."""

from dataclasses import dataclass
from enum import StrEnum

from media_library.models.drive import DiscKind


class DiscContent(StrEnum):
    """What a disc seems to hold."""

    FILM = "film"
    SHOW = "show"
    MUSIC = "music"


class TitleRole(StrEnum):
    """The part that a title plays on its disc."""

    FEATURE = "feature"
    EPISODE = "episode"
    PLAY_ALL = "play_all"
    EXTRA = "extra"
    DECOY = "decoy"
    TRACK = "track"


@dataclass(frozen=True, slots=True)
class DiscAudio:
    """An audio track of a title: its number (from 1), ISO 639-2/T language or "und", codec, channels."""

    number: int
    language: str
    codec: str
    channels: int
    commentary: bool = False


@dataclass(frozen=True, slots=True)
class DiscSubtitle:
    """A subtitle track of a title: its number (from 1), ISO 639-2/T language or "und", format ("VOBSUB", "PGS", …)."""

    number: int
    language: str
    format: str
    forced: bool = False


@dataclass(frozen=True, slots=True)
class DiscTitle:
    """A title of a video disc or a track of an audio CD. ``index`` is the number that the ripping tool uses.

    ``chapters`` holds the length of each chapter in milliseconds. ``name`` is known for CD tracks only.
    """

    index: int
    duration_ms: int
    chapters: tuple[int, ...] = ()
    audio: tuple[DiscAudio, ...] = ()
    subtitles: tuple[DiscSubtitle, ...] = ()
    width: int = 0
    height: int = 0
    is_main_feature: bool = False
    role: TitleRole = TitleRole.EXTRA
    chosen: bool = False
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DiscNames:
    """How a disc is called: read off its label, looked up, or typed by a person (then ``by_hand``)."""

    title: str
    year: int | None = None
    season: int | None = None
    disc_number: int | None = None
    artist: str | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc that was seen, remembered by the fingerprint of its content."""

    id: str
    fingerprint: str
    kind: DiscKind
    label: str
    names: DiscNames
    content: DiscContent | None
    titles: tuple[DiscTitle, ...]
    review_reason: str | None
    first_seen_at: int
    last_seen_at: int
    ripped_at: int | None
