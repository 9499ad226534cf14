"""What a player says and is told when something is to be played."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from media_library.models.language import language_name
from media_library.models.personal import Quality
from media_library.models.playback_plan import Device, Hls, Method, Plan, Reason, Rendition, VideoAbility
from media_library.models.subtitle import SubtitleChoice
from media_library.routes.shapes import Seconds, Shape

Codec = Annotated[str, Meta(max_length=32, pattern="^[a-z0-9_]*(?![\\s\\S])")]
Codecs = Annotated[tuple[Codec, ...], Meta(max_length=64)]
Id = Annotated[str, Meta(pattern="^[0-9a-f]{32}(?![\\s\\S])")]
SubtitleId = Annotated[str, Meta(pattern="^[sf][0-9a-f]{1,32}(?![\\s\\S])")]


class VideoAbilityShape(Shape):
    """A codec that a browser decodes, up to how many lines, and whether with ten bits."""

    codec: Codec
    max_height: Annotated[int, Meta(ge=0, le=100_000)] = 4320
    ten_bit: bool = False


class DeviceShape(Shape):
    """What a browser can play; ``channels`` are those of its loudspeakers."""

    containers: Codecs = ()
    video: Annotated[tuple[VideoAbilityShape, ...], Meta(max_length=64)] = ()
    audio: Codecs = ()
    hls: Hls = Hls.NONE
    hdr: bool = False
    channels: Annotated[int, Meta(ge=1, le=32)] = 2

    def device(self) -> Device:
        """The same for the planner."""
        video = tuple(VideoAbility(one.codec, one.max_height, one.ten_bit) for one in self.video)
        return Device(frozenset(self.containers), video, frozenset(self.audio), self.hls, self.hdr, self.channels)


class PlaybackRequest(Shape):
    """What is to be played, from which second on, by what; ``subtitle`` names those that ``burn`` draws in."""

    device: DeviceShape
    file: Id | UnsetType = UNSET
    position: Seconds = 0.0
    quality: Quality = Quality.AUTO
    audio: Annotated[int, Meta(ge=0, le=1000)] | UnsetType | None = UNSET
    subtitle: SubtitleId | UnsetType | None = UNSET
    burn: bool = False


class ReasonShape(Shape):
    """Why a file is not played as it is; ``code`` is a key of the web app's words."""

    code: str
    message: str


class VideoFacts(Shape):
    """A picture; ``bit_rate`` in bits a second, ``hdr`` only of what is in the file."""

    codec: str
    width: int
    height: int
    bit_rate: int | None
    hdr: str | None


class VideoChange(Shape, rename={"source": "from"}):
    """The picture in the file and the best of what is made of it; ``None`` if it is sent as it is."""

    source: VideoFacts
    to: VideoFacts | None


class AudioFacts(Shape):
    """Sound."""

    codec: str
    channels: int
    bit_rate: int | None


class AudioChange(Shape, rename={"source": "from"}):
    """The sound in the file and what is made of it; ``None`` if it is sent as it is."""

    source: AudioFacts
    to: AudioFacts | None


class ContainerChange(Shape, rename={"source": "from"}):
    """The container of the file and the one that is sent; ``None`` if it is the same."""

    source: str
    to: Literal["hls"] | None


class QualityShape(Shape):
    """A quality that may be asked for."""

    id: Quality
    height: int
    bit_rate: int


class AudioTrackShape(Shape):
    """A track of sound; ``index`` is what is asked for with ``audio``."""

    index: int
    language: str
    language_name: str
    title: str | None
    codec: str
    channels: int
    default: bool
    selected: bool


class PlayedSubtitle(Shape):
    """Subtitles as in the list of an item; ``burned`` are drawn into the picture."""

    id: str
    language: str
    language_name: str
    title: str | None
    forced: bool
    hearing_impaired: bool
    default: bool
    format: str
    is_text: bool
    source: Literal["embedded", "file"]
    url: str | None
    selected: bool
    burned: bool


class PlaybackShape(Shape):
    """How an item is played. ``url`` is a file, or an HLS playlist of a session, which has to be kept alive."""

    session: str | None
    method: Method
    url: str
    reasons: tuple[ReasonShape, ...]
    video: VideoChange | None
    audio: AudioChange | None
    container: ContainerChange | None
    encoder: str | None
    qualities: tuple[QualityShape, ...]
    quality: Quality
    audio_tracks: tuple[AudioTrackShape, ...]
    subtitles: tuple[PlayedSubtitle, ...]
    duration: float


def reason_shapes(reasons: tuple[Reason, ...]) -> tuple[ReasonShape, ...]:
    """Reasons as they are told."""
    return tuple(ReasonShape(str(one.code), one.message) for one in reasons)


def video_change(plan: Plan) -> VideoChange | None:
    """What becomes of the picture."""
    video, best = plan.source.video, _best(plan)
    if video is None:
        return None
    made = best.video if best is not None else None
    to = None if made is None else VideoFacts(made.codec, made.width, made.height, made.bit_rate, None)
    bits = video.bit_rate or plan.source.bit_rate
    return VideoChange(VideoFacts(video.codec, *video.shown, bits, video.hdr), to)


def audio_change(plan: Plan) -> AudioChange | None:
    """What becomes of the sound."""
    audio, best = plan.audio, _best(plan)
    if audio is None:
        return None
    made = best.audio if best is not None else None
    to = None if made is None else AudioFacts(made.codec, made.channels, made.bit_rate)
    return AudioChange(AudioFacts(audio.codec, audio.channels, audio.bit_rate), to)


def audio_tracks(plan: Plan) -> tuple[AudioTrackShape, ...]:
    """The tracks of a file, with the one that is heard."""
    return tuple(
        AudioTrackShape(
            *(one.index, one.language, language_name(one.language), one.title, one.codec, one.channels),
            *(one.is_default, plan.audio is not None and one.index == plan.audio.index),
        )
        for one in plan.source.audio
    )


def played_subtitle(media_id: str, one: SubtitleChoice, file_id: str | None, wanted: str | None) -> PlayedSubtitle:
    """Subtitles with whether they are burned in: those that were asked for."""
    query = f"?file={file_id}" if file_id else ""
    is_burned = one.id == wanted
    return PlayedSubtitle(
        *(one.id, one.language, language_name(one.language), one.title, one.forced, one.hearing_impaired, one.default),
        *(one.format, one.is_text, "file" if one.stream_index is None else "embedded"),
        f"/api/media/{media_id}/subtitles/{one.id}.vtt{query}" if one.is_text else None,
        selected=is_burned,
        burned=is_burned,
    )


def _best(plan: Plan) -> Rendition | None:
    return plan.renditions[0] if plan.renditions else None
