"""What is to be made of a film, for ffmpeg."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from media_library.models.playback_plan import AudioTarget, SourceVideo, VideoTarget


class EncoderKind(StrEnum):
    """Who encodes H.264: the processor, or a part of the machine that is made for it."""

    SOFTWARE = "software"
    VAAPI = "vaapi"
    QSV = "qsv"
    NVENC = "nvenc"
    VIDEOTOOLBOX = "videotoolbox"


@dataclass(frozen=True, slots=True)
class Encoder:
    """An encoder of H.264 with its options; ``upload`` is the filter that brings a picture to it.

    ``devices`` are what its program must reach.
    """

    kind: EncoderKind
    name: str
    options: tuple[str, ...] = ()
    before_input: tuple[str, ...] = ()
    upload: str = ""
    devices: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A film and what it becomes: streams by their index in the file; a target of ``None`` copies the stream.

    ``subtitle_index`` are pictures to lay over the film, ``subtitle_number`` counts subtitles that are text, which are
    drawn by libass; ``subtitle_file`` holds them if it is not the film. ``drawn_from`` is the name, in the program's
    folder, under which it finds that file. ``subtitle_canvas`` is the screen for which pictures were made, in pixels.
    """

    file: Path
    duration: float
    source: SourceVideo | None
    encoder: Encoder
    video: VideoTarget | None = None
    audio_index: int | None = None
    audio_codec: str = ""
    audio: AudioTarget | None = None
    tone_map: bool = False
    deinterlace: bool = False
    subtitle_index: int | None = None
    subtitle_number: int | None = None
    subtitle_file: Path | None = None
    drawn_from: str = ""
    subtitle_canvas: tuple[int, int] = (0, 0)
    can_tone_map: bool = True
    is_whole_file: bool = False

    @property
    def has_video(self) -> bool:
        """Whether there is a picture at all."""
        return self.source is not None
