"""What people tune while the program runs. The configuration file is shown where it matters and never written."""

from dataclasses import replace
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from media_library.errors import InvalidInput
from media_library.models.preferences import DiscPreferences
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call, Services
from media_library.routes.shapes import Shape
from media_library.services.disc_desk import first_preferences

api = Api("settings")

Language = Annotated[str, Meta(pattern="^[a-z]{3}(?![\\s\\S])")]
Languages = Annotated[tuple[Language, ...], Meta(max_length=64)]
SubtitleLanguages = Annotated[
    tuple[Annotated[str, Meta(pattern="^([a-z]{3}|none)(?![\\s\\S])")], ...], Meta(max_length=64)
]
Minutes = Annotated[int, Meta(ge=1, le=240)]
Rips = Annotated[int, Meta(ge=1, le=4)]


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


class SettingsEdit(Shape):
    """A change of the settings."""

    discs: DiscSettingsEdit


@api.route("GET", "/api/settings", access=Access.ADMIN, returns=AllSettings, summary="What can be tuned")
def get_settings(call: Call[None, None]) -> AllSettings:
    return _shape(call.services)


@api.route(
    "PATCH", "/api/settings", access=Access.ADMIN, body=SettingsEdit, returns=AllSettings, summary="Tune something"
)
def change_settings(call: Call[SettingsEdit, None]) -> AllSettings:
    services, edit = call.services, call.body.discs
    changes = {name: value for name in edit.__struct_fields__ if (value := getattr(edit, name)) is not UNSET}
    subtitles = changes.get("subtitle_languages", ())
    if "none" in subtitles and len(subtitles) > 1:
        raise InvalidInput("Keep either no subtitles or those of some languages.", "discs.subtitle_languages")
    with services.state.transaction():
        services.state.change_disc_preferences(replace(_preferences(services), **changes))
        services.state.record_audit(call.identity.user.username, "change_settings", "discs", ", ".join(sorted(changes)))
    return _shape(services)


def _preferences(services: Services) -> DiscPreferences:
    return services.state.disc_preferences(first_preferences(services.settings))


def _shape(services: Services) -> AllSettings:
    preferences, output, preset = _preferences(services), services.settings.output, services.settings.handbrake.preset
    return AllSettings(
        msgspec.convert(preferences, DiscSettings, from_attributes=True),
        HandBrakeChoices((preset,), services.encoding.encoders()),
        OutputSettings(output.format, output.video_encoder, output.quality, output.audio_encoder, preset),
    )
