"""What people tune in the web app while the program runs."""

from dataclasses import dataclass
from enum import StrEnum

from media_library.models.content_job import LiveChoice


@dataclass(frozen=True, slots=True)
class DiscPreferences:
    """How discs are treated. Empty language tuples keep every language; ``("none",)`` keeps no subtitles."""

    auto_rip: bool = True
    auto_eject: bool = True
    notify: bool = True
    audio_languages: tuple[str, ...] = ()
    subtitle_languages: tuple[str, ...] = ()
    keep_extras: bool = False
    stall_minutes: int = 10
    simultaneous_rips: int = 2


@dataclass(frozen=True, slots=True)
class DownloadPreferences:
    """How videos are fetched.

    ``format`` is a format expression of yt-dlp, ``max_height`` in pixels. ``subtitle_languages`` are BCP 47 tags, none
    fetches no subtitles. ``allowed_hosts`` may be reached although they are in the house: "host" or "host:port".
    """

    format: str = "bv*+ba/b"
    max_height: int | None = None
    audio_only: bool = False
    subtitle_languages: tuple[str, ...] = ("en",)
    automatic_subtitles: bool = False
    sponsorblock: bool = True
    live: LiveChoice = LiveChoice.REFUSE
    simultaneous: int = 3
    per_host: int = 2
    allowed_hosts: tuple[str, ...] = ()


class AutoDownload(StrEnum):
    """Which new episodes are fetched by themselves."""

    ALL = "all"
    LATEST = "latest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PodcastPreferences:
    """How podcasts are treated that are subscribed to from now on, and how often all of them are checked.

    ``keep_count`` is how many episodes of a podcast are kept, ``delete_heard_days`` after how many days a heard one
    goes; ``None`` keeps them all.
    """

    check_interval_hours: float = 1
    auto_download: AutoDownload = AutoDownload.LATEST
    latest_count: int = 3
    keep_count: int | None = None
    delete_heard_days: int | None = None


class IdStyle(StrEnum):
    """How the id of a film or show stands in the name of its folder, for other servers to read."""

    PLEX = "plex"
    JELLYFIN = "jellyfin"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LibraryPreferences:
    """How the library finds out what it holds.

    ``nightly_hour`` is the hour of the day, local time, at which everything is looked through. ``metadata_language`` is
    an ISO 639-1 code, ``metadata_country`` an ISO 3166-1 one. ``rename_new`` gives what was identified its proper name
    on disk; .nfo files and artwork beside the files are for other servers. ``trickplay`` makes previews for the seek
    bar, ``openings`` listens to episodes for the openings and credits that they share.
    """

    watch: bool = True
    nightly_hour: int = 4
    identify: bool = True
    metadata_language: str = "en"
    metadata_country: str = "US"
    rename_new: bool = False
    write_nfo: bool = True
    write_artwork: bool = True
    id_style: IdStyle = IdStyle.PLEX
    loudness: bool = False
    trickplay: bool = True
    openings: bool = True


class Hardware(StrEnum):
    """What encodes pictures for playing: what is found, the processor only, or one kind of hardware."""

    AUTO = "auto"
    NONE = "none"
    VAAPI = "vaapi"
    QSV = "qsv"
    NVENC = "nvenc"
    VIDEOTOOLBOX = "videotoolbox"


@dataclass(frozen=True, slots=True)
class PlaybackPreferences:
    """How films are played that a browser cannot play as they are.

    ``simultaneous`` is how many pictures are encoded at a time, ``max_height`` (in lines) how high a picture is at most
    for everybody, ``max_height_away`` for those who do not come from within the house; ``None`` = as high as it is.
    ``tone_map`` turns HDR into SDR for screens that do not show it.
    """

    hardware: Hardware = Hardware.AUTO
    simultaneous: int = 2
    max_height_away: int | None = 720
    max_height: int | None = None
    tone_map: bool = True


@dataclass(frozen=True, slots=True)
class ScreenPreferences:
    """Shared screens: after how many minutes without a touch they ask again who is watching, 0 for never."""

    ask_after_minutes: int = 240


@dataclass(frozen=True, slots=True)
class NamingPreferences:
    """The templates of names on disk; empty for that of the configuration file, or the built-in tree."""

    movie: str = ""
    episode: str = ""
    daily_episode: str = ""
    track: str = ""
    podcast: str = ""
    video: str = ""
    book: str = ""
    photo: str = ""
