"""Estimates, generously, how much room a rip will take."""

from media_library.config import Output
from media_library.models.disc import DiscTitle

_BITS_PER_PIXEL = 0.2
_FRAMES_PER_SECOND = 30
_STANDARD_QUALITY = 20.0
_QUALITY_STEPS = 6.0
_UNKNOWN_SIZE = 1920 * 1080
_COPY_BITS_PER_SECOND = {False: 10_000_000, True: 40_000_000}
_HIGH_DEFINITION_LINES = 600


def estimated_bytes(title: DiscTitle, output: Output, *, needs_copy: bool) -> int:
    """Bytes that the file of a title may take; with ``needs_copy`` the copy of the disc it is made of as well.

    x264 and x265 need about twice the bits for every six steps down their quality scale; other encoders have scales
    of their own, for which the middle is taken.
    """
    seconds = title.duration_ms / 1000
    pixels = title.width * title.height or _UNKNOWN_SIZE
    finer = 1.0
    if output.video_encoder.startswith(("x264", "x265")):
        finer = 2 ** ((_STANDARD_QUALITY - output.quality) / _QUALITY_STEPS)
    picture = pixels * _FRAMES_PER_SECOND * _BITS_PER_PIXEL * finer
    sound = max(len(title.audio), 1) * output.audio_bitrate * 1000
    copy = _COPY_BITS_PER_SECOND[title.height > _HIGH_DEFINITION_LINES or not title.height] if needs_copy else 0
    return round(seconds * (picture + sound + copy) / 8)
