"""What a browser can play, what a file holds, and how the one is brought to the other."""

from dataclasses import dataclass
from enum import StrEnum

from media_library.models.personal import Quality


class Method(StrEnum):
    """How a file is played: as it is, in another container, or with picture or sound encoded anew."""

    DIRECT = "direct"
    REMUX = "remux"
    TRANSCODE = "transcode"


class Hls(StrEnum):
    """How a browser plays HLS: by itself, by a script through Media Source Extensions, or not at all."""

    NATIVE = "native"
    MSE = "mse"
    NONE = "none"


class ReasonCode(StrEnum):
    """Why a file is not played as it is. The values are keys of the words of the web app."""

    CONTAINER = "container"
    VIDEO_CODEC = "video_codec"
    VIDEO_PROFILE = "video_profile"
    TEN_BIT = "ten_bit"
    RESOLUTION = "resolution"
    AUDIO_CODEC = "audio_codec"
    AUDIO_CHANNELS = "audio_channels"
    AUDIO_TRACK = "audio_track"
    SUBTITLE_BURNED = "subtitle_burned"
    HDR = "hdr"
    QUALITY = "quality"
    AWAY_CAP = "away_cap"
    SERVER_CAP = "server_cap"
    BIT_RATE = "bit_rate"
    INTERLACED = "interlaced"
    ROTATED = "rotated"
    NO_KEYFRAMES = "no_keyframes"
    HARDWARE_FAILED = "hardware_failed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as a code and as an English sentence."""

    code: ReasonCode
    message: str


@dataclass(frozen=True, slots=True)
class VideoAbility:
    """A video codec that a browser decodes, up to how many lines, and whether with ten bits a sample."""

    codec: str
    max_height: int = 4320
    ten_bit: bool = False


@dataclass(frozen=True, slots=True)
class Device:
    """What a browser can play: containers as ffmpeg calls their family ("mp4", "matroska"), codecs, ``channels``."""

    containers: frozenset[str] = frozenset()
    video: tuple[VideoAbility, ...] = ()
    audio: frozenset[str] = frozenset()
    hls: Hls = Hls.NONE
    hdr: bool = False
    channels: int = 2


@dataclass(frozen=True, slots=True)
class SourceVideo:
    """The picture of a file. ``hdr`` as in ``VideoTrack``; what is ``None`` is not known.

    ``width`` and ``height`` are stored pixels, ``pixel_aspect`` is how wide one is shown, ``rotation`` in degrees.
    Pictures that are ``is_reordered`` are stored in another order than they are shown in.
    """

    index: int
    codec: str
    width: int
    height: int
    frame_rate: float | None = None
    bit_rate: int | None = None
    bit_depth: int | None = None
    profile: str = ""
    level: int = 0
    pixel_format: str = ""
    hdr: str | None = None
    is_interlaced: bool = False
    rotation: int = 0
    pixel_aspect: float = 1.0
    duration: float | None = None
    is_reordered: bool = False

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height as they are seen: with square pixels, turned upright."""
        width, height = max(2, round(self.width * self.pixel_aspect)), max(2, self.height)
        return (height, width) if self.rotation % 180 else (width, height)

    @property
    def lines(self) -> int:
        """The height of the 16:9 screen that the picture fills, so that a wide film of 1920×800 counts as 1080."""
        width, height = self.shown
        long, short = max(width, height), min(width, height)
        return max(short, round(long * 9 / 16))


@dataclass(frozen=True, slots=True)
class SourceAudio:
    """A track of sound; ``index`` is that of the stream in its file."""

    index: int
    codec: str
    channels: int
    language: str = "und"
    title: str | None = None
    is_default: bool = False
    sample_rate: int = 0
    bit_rate: int | None = None
    profile: str = ""


@dataclass(frozen=True, slots=True)
class SourceSubtitle:
    """Subtitles within a file; ``number`` counts them from 0."""

    index: int
    number: int
    codec: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds, as far as playing it goes. ``duration`` is in seconds, ``bit_rate`` that of the whole.

    Of one that is not ``is_thorough`` only what the library knows is known.
    """

    container: str
    duration: float
    bit_rate: int | None = None
    video: SourceVideo | None = None
    audio: tuple[SourceAudio, ...] = ()
    subtitles: tuple[SourceSubtitle, ...] = ()
    is_thorough: bool = True


@dataclass(frozen=True, slots=True)
class BurnedSubtitle:
    """Subtitles to be drawn into the picture: a stream of the film, or a file beside it (``path`` on this machine).

    ``canvas`` is the screen for which those that are pictures were made, in pixels; ``(0, 0)`` if that is not known.
    """

    number: int | None
    index: int | None
    is_text: bool
    path: str | None = None
    canvas: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to play and how. ``away`` is who does not come from within the house."""

    device: Device
    quality: Quality = Quality.AUTO
    audio: int | None = None
    audio_language: str = ""
    burned: BurnedSubtitle | None = None
    away: bool = False


@dataclass(frozen=True, slots=True)
class VideoTarget:
    """A picture that is made: H.264 of this size, at most ``bit_rate`` bits a second."""

    codec: str
    width: int
    height: int
    bit_rate: int


@dataclass(frozen=True, slots=True)
class AudioTarget:
    """Sound that is made."""

    codec: str
    channels: int
    bit_rate: int


@dataclass(frozen=True, slots=True)
class Rendition:
    """One of the forms in which a session offers its film; ``video`` or ``audio`` that is copied is ``None``."""

    id: str
    video: VideoTarget | None
    audio: AudioTarget | None
    bit_rate: int


@dataclass(frozen=True, slots=True)
class QualityChoice:
    """A quality that may be asked for."""

    id: Quality
    height: int
    bit_rate: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is played. Without ``renditions`` it is played as it is.

    ``deinterlace``, ``tone_map`` and ``burned`` are done while the picture is encoded.
    """

    method: Method
    reasons: tuple[Reason, ...]
    source: Source
    quality: Quality
    qualities: tuple[QualityChoice, ...]
    audio: SourceAudio | None
    renditions: tuple[Rendition, ...] = ()
    tone_map: bool = False
    deinterlace: bool = False
    burned: BurnedSubtitle | None = None

    @property
    def encodes_video(self) -> bool:
        """Whether the picture is encoded anew, which takes most of a machine."""
        return any(rendition.video is not None for rendition in self.renditions)
