"""How a person likes things, read and changed by themselves."""

from dataclasses import replace
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from media_library.models.personal import PersonalChoices, Quality, ReplayGain, SubtitleUse
from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call
from media_library.routes.shapes import Shape

api = Api("choices")

AppLanguage = Annotated[str, Meta(pattern="^(en|de)?(?![\\s\\S])")]
"""A language that the web app speaks, or nothing for that of the browser."""

SpokenLanguage = Annotated[str, Meta(pattern="^([a-z]{3})?(?![\\s\\S])")]
"""An ISO 639-2/T code, or nothing."""


class ChoicesShape(Shape):
    """How a person likes things; an empty language leaves it to the browser, or to the media."""

    language: str
    audio_language: str
    subtitle_language: str
    subtitles: SubtitleUse
    autoplay_next: bool
    skip_intros: bool
    quality: Quality
    voice_boost: bool
    skip_silence: bool
    gapless: bool
    replay_gain: ReplayGain


class ChoicesEdit(Shape):
    """Other choices; what is not named stays."""

    language: AppLanguage | UnsetType = UNSET
    audio_language: SpokenLanguage | UnsetType = UNSET
    subtitle_language: SpokenLanguage | UnsetType = UNSET
    subtitles: SubtitleUse | UnsetType = UNSET
    autoplay_next: bool | UnsetType = UNSET
    skip_intros: bool | UnsetType = UNSET
    quality: Quality | UnsetType = UNSET
    voice_boost: bool | UnsetType = UNSET
    skip_silence: bool | UnsetType = UNSET
    gapless: bool | UnsetType = UNSET
    replay_gain: ReplayGain | UnsetType = UNSET


@api.route("GET", "/api/me/choices", access=Access.HERE, returns=ChoicesShape, summary="How one likes things")
def read_choices(call: Call[None, None]) -> ChoicesShape:
    """Tell what the person chose, or how the program comes."""
    return _shape(call.services.state.personal_choices(call.identity.user.id))


@api.route(
    "PATCH",
    "/api/me/choices",
    access=Access.HERE,
    body=ChoicesEdit,
    returns=ChoicesShape,
    summary="Choose how one likes things, on every device",
)
def change_choices(call: Call[ChoicesEdit, None]) -> ChoicesShape:
    """Store the choices that are named."""
    state, user_id = call.services.state, call.identity.user.id
    changes = {name: value for name in call.body.__struct_fields__ if (value := getattr(call.body, name)) is not UNSET}
    with state.transaction():
        chosen = replace(state.personal_choices(user_id), **changes)
        if changes:
            state.change_personal_choices(user_id, chosen)
    return _shape(chosen)


def _shape(choices: PersonalChoices) -> ChoicesShape:
    return msgspec.convert(choices, ChoicesShape, from_attributes=True)
