"""The options of libx264, by how much work the picture is and how much machine there is."""

import os

from media_library.adapters.ffmpeg.recipe import Encoder, EncoderKind

_MANY_CORES = 4
_HIGH = 720


def software_encoder(height: int, *, cores: int | None = None) -> Encoder:
    """libx264, fast enough that the first 1080p picture is there within three seconds on two cores."""
    count = cores or os.cpu_count() or 1
    preset = "veryfast" if count >= _MANY_CORES or height <= _HIGH else "superfast"
    options = ("-preset", preset, "-profile:v", "high", "-sc_threshold", "0")
    return Encoder(EncoderKind.SOFTWARE, "libx264", options)
