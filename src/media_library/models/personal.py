"""How a person likes things: languages, subtitles, and what the player does by itself."""

from dataclasses import dataclass
from enum import StrEnum


class SubtitleUse(StrEnum):
    """When subtitles are shown: forced ones and those of foreign sound, always, or only when asked for."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Quality(StrEnum):
    """How much a picture may hold at most; ``auto`` follows the connection."""

    AUTO = "auto"
    ORIGINAL = "original"
    P2160 = "2160p"
    P1080 = "1080p"
    P720 = "720p"
    P480 = "480p"
    P360 = "360p"


class ReplayGain(StrEnum):
    """Whether music is made equally loud: the albums among each other, every track, or not."""

    ALBUM = "album"
    TRACK = "track"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class PersonalChoices:
    """The choices of one person, on every device of theirs.

    ``language`` is that of the web app, "en" or "de", empty for that of the browser. ``audio_language`` and
    ``subtitle_language`` are ISO 639-2/T codes; empty for the original, and for that of the
    web app. ``skip_intros`` skips openings without being asked.
    """

    language: str = ""
    audio_language: str = ""
    subtitle_language: str = ""
    subtitles: SubtitleUse = SubtitleUse.AUTO
    autoplay_next: bool = True
    skip_intros: bool = False
    quality: Quality = Quality.AUTO
    voice_boost: bool = False
    skip_silence: bool = False
    gapless: bool = True
    replay_gain: ReplayGain = ReplayGain.ALBUM
