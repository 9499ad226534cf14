"""What people tune while the program runs. The configuration file is shown where it matters and never written."""

from dataclasses import replace
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from media_library.errors import InvalidInput
from media_library.models.content_job import LiveChoice
from media_library.models.preferences import AutoDownload, DiscPreferences, Hardware, IdStyle
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.services import Services
from media_library.routes.shapes import IdleMinutes, Shape
from media_library.services.disc_desk import first_preferences

api = Api("settings")

Language = Annotated[str, Meta(pattern="^[a-z]{3}(?![\\s\\S])")]
Languages = Annotated[tuple[Language, ...], Meta(max_length=64)]
SubtitleLanguages = Annotated[
    tuple[Annotated[str, Meta(pattern="^([a-z]{3}|none)(?![\\s\\S])")], ...], Meta(max_length=64)
]
Minutes = Annotated[int, Meta(ge=1, le=240)]
Rips = Annotated[int, Meta(ge=1, le=4)]
Format = Annotated[str, Meta(pattern="^[A-Za-z0-9*+/,()\\[\\]<>=!?^$~:._&| -]{1,300}(?![\\s\\S])")]
"""A format expression of yt-dlp; it never begins with a dash, for it is given as the value of one option."""

Height = Annotated[int, Meta(ge=144, le=4320)]
Tags = Annotated[
    tuple[Annotated[str, Meta(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*(?![\\s\\S])")], ...], Meta(max_length=16)
]
Side = Annotated[int, Meta(ge=1, le=8)]
Hosts = Annotated[
    tuple[Annotated[str, Meta(pattern="^[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?(?![\\s\\S])")], ...], Meta(max_length=64)
]
"""Named hosts, "host" or "host:port"."""

Hours = Annotated[float, Meta(ge=0.25, le=720)]
Episodes = Annotated[int, Meta(ge=1, le=1000)]
Days = Annotated[int, Meta(ge=0, le=3650)]
Hour = Annotated[int, Meta(ge=0, le=23)]
MetadataLanguage = Annotated[str, Meta(pattern="^[a-z]{2}(?![\\s\\S])")]
MetadataCountry = Annotated[str, Meta(pattern="^[A-Z]{2}(?![\\s\\S])")]


class DiscSettings(Shape):
    """How discs are treated; no language listed keeps all, ``none`` keeps no subtitles."""

    auto_rip: bool
    auto_eject: bool
    notify: bool
    audio_languages: tuple[str, ...]
    subtitle_languages: tuple[str, ...]
    keep_extras: bool
    stall_minutes: int
    simultaneous_rips: int


class DownloadSettings(Shape):
    """How videos are fetched; see ``DownloadPreferences``."""

    format: str
    max_height: int | None
    audio_only: bool
    subtitle_languages: tuple[str, ...]
    automatic_subtitles: bool
    sponsorblock: bool
    live: LiveChoice
    simultaneous: int
    per_host: int
    allowed_hosts: tuple[str, ...]


class PodcastSettings(Shape):
    """How podcasts are treated; see ``PodcastPreferences``."""

    check_interval_hours: float
    auto_download: AutoDownload
    latest_count: int
    keep_count: int | None
    delete_heard_days: int | None


class LibrarySettings(Shape):
    """How the library finds out what it holds; see ``LibraryPreferences``."""

    watch: bool
    nightly_hour: int
    identify: bool
    metadata_language: str
    metadata_country: str
    rename_new: bool
    write_nfo: bool
    write_artwork: bool
    id_style: IdStyle
    loudness: bool
    trickplay: bool
    openings: bool


class PlaybackSettings(Shape):
    """How films are played that a browser cannot play as they are; see ``PlaybackPreferences``."""

    hardware: Hardware
    simultaneous: int
    max_height_away: int | None
    max_height: int | None
    tone_map: bool


class ScreenSettings(Shape):
    """When shared screens ask who is watching; see ``ScreenPreferences``."""

    ask_after_minutes: int


class HandBrakeChoices(Shape):
    """What the encoder can do."""

    presets: tuple[str, ...]
    encoders: tuple[str, ...]


class OutputSettings(Shape):
    """What a rip becomes, as the configuration file says."""

    format: str
    video_encoder: str
    quality: float
    audio_encoder: str
    preset: str


class AllSettings(Shape):
    """The settings page."""

    discs: DiscSettings
    downloads: DownloadSettings
    podcasts: PodcastSettings
    library: LibrarySettings
    playback: PlaybackSettings
    screens: ScreenSettings
    handbrake: HandBrakeChoices
    output: OutputSettings


class DiscSettingsEdit(Shape):
    """New preferences; what is not named stays."""

    auto_rip: bool | UnsetType = UNSET
    auto_eject: bool | UnsetType = UNSET
    notify: bool | UnsetType = UNSET
    audio_languages: Languages | UnsetType = UNSET
    subtitle_languages: SubtitleLanguages | UnsetType = UNSET
    keep_extras: bool | UnsetType = UNSET
    stall_minutes: Minutes | UnsetType = UNSET
    simultaneous_rips: Rips | UnsetType = UNSET


class DownloadSettingsEdit(Shape):
    """New preferences; what is not named stays."""

    format: Format | UnsetType = UNSET
    max_height: Height | UnsetType | None = UNSET
    audio_only: bool | UnsetType = UNSET
    subtitle_languages: Tags | UnsetType = UNSET
    automatic_subtitles: bool | UnsetType = UNSET
    sponsorblock: bool | UnsetType = UNSET
    live: LiveChoice | UnsetType = UNSET
    simultaneous: Side | UnsetType = UNSET
    per_host: Side | UnsetType = UNSET
    allowed_hosts: Hosts | UnsetType = UNSET


class PodcastSettingsEdit(Shape):
    """New preferences; what is not named stays."""

    check_interval_hours: Hours | UnsetType = UNSET
    auto_download: AutoDownload | UnsetType = UNSET
    latest_count: Episodes | UnsetType = UNSET
    keep_count: Episodes | UnsetType | None = UNSET
    delete_heard_days: Days | UnsetType | None = UNSET


class LibrarySettingsEdit(Shape):
    """New preferences; what is not named stays."""

    watch: bool | UnsetType = UNSET
    nightly_hour: Hour | UnsetType = UNSET
    identify: bool | UnsetType = UNSET
    metadata_language: MetadataLanguage | UnsetType = UNSET
    metadata_country: MetadataCountry | UnsetType = UNSET
    rename_new: bool | UnsetType = UNSET
    write_nfo: bool | UnsetType = UNSET
    write_artwork: bool | UnsetType = UNSET
    id_style: IdStyle | UnsetType = UNSET
    loudness: bool | UnsetType = UNSET
    trickplay: bool | UnsetType = UNSET
    openings: bool | UnsetType = UNSET


class PlaybackSettingsEdit(Shape):
    """New preferences; what is not named stays."""

    hardware: Hardware | UnsetType = UNSET
    simultaneous: Side | UnsetType = UNSET
    max_height_away: Height | UnsetType | None = UNSET
    max_height: Height | UnsetType | None = UNSET
    tone_map: bool | UnsetType = UNSET


class ScreenSettingsEdit(Shape):
    """New preferences; what is not named stays."""

    ask_after_minutes: IdleMinutes | UnsetType = UNSET


class SettingsEdit(Shape):
    """A change of the settings."""

    discs: DiscSettingsEdit | UnsetType = UNSET
    downloads: DownloadSettingsEdit | UnsetType = UNSET
    podcasts: PodcastSettingsEdit | UnsetType = UNSET
    library: LibrarySettingsEdit | UnsetType = UNSET
    playback: PlaybackSettingsEdit | UnsetType = UNSET
    screens: ScreenSettingsEdit | UnsetType = UNSET


@api.route("GET", "/api/settings", access=Access.ADMIN, returns=AllSettings, summary="What can be tuned")
def get_settings(call: Call[None, None]) -> AllSettings:
    return _shape(call.services)


@api.route(
    "PATCH", "/api/settings", access=Access.ADMIN, body=SettingsEdit, returns=AllSettings, summary="Tune something"
)
def change_settings(call: Call[SettingsEdit, None]) -> AllSettings:
    services, body = call.services, call.body
    state, actor = services.state, call.identity.user.username
    edits = (body.discs, body.downloads, body.podcasts, body.library, body.playback, body.screens)
    discs, downloads, podcasts, library, playback, screens = (_changes(edit) for edit in edits)
    subtitles = discs.get("subtitle_languages", ())
    if "none" in subtitles and len(subtitles) > 1:
        raise InvalidInput("Keep either no subtitles or those of some languages.", "discs.subtitle_languages")
    with state.transaction():
        if discs:
            state.change_disc_preferences(replace(_preferences(services), **discs))
        if downloads:
            state.change_download_preferences(replace(services.preferences.downloads(), **downloads))
        if podcasts:
            state.change_podcast_preferences(replace(services.preferences.podcasts(), **podcasts))
        if library:
            state.change_library_preferences(replace(services.preferences.library(), **library))
        if playback:
            state.change_playback_preferences(replace(services.preferences.playback(), **playback))
        if screens:
            state.change_screen_preferences(replace(state.screen_preferences(), **screens))
        subjects = {
            "discs": discs,
            "downloads": downloads,
            "podcasts": podcasts,
            "library": library,
            "playback": playback,
            "screens": screens,
        }
        for subject, changes in subjects.items():
            if changes:
                state.record_audit(actor, "change_settings", subject, ", ".join(sorted(changes)))
    return _shape(services)


def _changes(edit: Shape | UnsetType) -> dict[str, Any]:
    """What an edit names."""
    if isinstance(edit, UnsetType):
        return {}
    return {name: value for name in edit.__struct_fields__ if (value := getattr(edit, name)) is not UNSET}


def _preferences(services: Services) -> DiscPreferences:
    return services.state.disc_preferences(first_preferences(services.settings))


def _shape(services: Services) -> AllSettings:
    preferences, output, preset = _preferences(services), services.settings.output, services.settings.handbrake.preset
    return AllSettings(
        msgspec.convert(preferences, DiscSettings, from_attributes=True),
        msgspec.convert(services.preferences.downloads(), DownloadSettings, from_attributes=True),
        msgspec.convert(services.preferences.podcasts(), PodcastSettings, from_attributes=True),
        msgspec.convert(services.preferences.library(), LibrarySettings, from_attributes=True),
        msgspec.convert(services.preferences.playback(), PlaybackSettings, from_attributes=True),
        msgspec.convert(services.state.screen_preferences(), ScreenSettings, from_attributes=True),
        HandBrakeChoices((preset,), services.encoding.encoders()),
        OutputSettings(output.format, output.video_encoder, output.quality, output.audio_encoder, preset),
    )
