"""The qualities in which a picture is encoded: how high, and how many bits a second at most."""

from media_library.models.personal import Quality
from media_library.models.playback_plan import QualityChoice, SourceVideo, VideoTarget

LADDER = (
    QualityChoice(Quality.P2160, 2160, 16_000_000),
    QualityChoice(Quality.P1080, 1080, 6_000_000),
    QualityChoice(Quality.P720, 720, 3_000_000),
    QualityChoice(Quality.P480, 480, 1_500_000),
    QualityChoice(Quality.P360, 360, 800_000),
)
"""From the highest to the lowest."""

_WIDE, _HIGH = 16, 9
_LEAST_SIDE = 2


def rungs_for(source: SourceVideo, most_lines: int) -> tuple[QualityChoice, ...]:
    """The qualities that make sense for a picture: none above its own but the next that holds all of it."""
    fitting = [rung for rung in LADDER if rung.height <= most_lines]
    below = [rung for rung in fitting if rung.height < source.lines]
    whole = [rung for rung in fitting if rung.height >= source.lines]
    found = (*whole[-1:], *below)
    return found or LADDER[-1:]


def target_for(source: SourceVideo, rung: QualityChoice) -> VideoTarget:
    """The picture as it is at a quality: within a 16:9 screen of so many lines (9:16 if upright), never enlarged."""
    width, height = source.shown
    wide = round(rung.height * _WIDE / _HIGH)
    box = (wide, rung.height) if width >= height else (rung.height, wide)
    factor = min(1.0, box[0] / width, box[1] / height)
    size = (_even(width * factor), _even(height * factor))
    share = min(1.0, size[0] * size[1] / (wide * rung.height) + 0.1)
    return VideoTarget("h264", *size, round(rung.bit_rate * share))


def _even(side: float) -> int:
    return max(_LEAST_SIDE, round(side / 2) * 2)
