"""Where the segments of a film begin: all of them are known before any is made, so that one can seek anywhere."""

from collections.abc import Sequence

ENCODED_SECONDS = 2.0
"""How long a segment is that is encoded: short, so that the first one is soon there."""

SOUND_SECONDS = 6.0
_COPIED_SECONDS = 3.0
_STREAM_SECONDS = 6.0
_LEAST_REST = 0.5


def even_borders(duration: float, step: float) -> tuple[float, ...]:
    """Begin and end of segments of ``step`` seconds each; a rest shorter than half of that belongs to the last one."""
    count = max(1, int(duration / step + _LEAST_REST))
    return (*(number * step for number in range(count)), max(duration, (count - 1) * step + 0.1))


def keyframe_borders(keyframes: Sequence[float], duration: float) -> tuple[float, ...]:
    """Begin and end of segments that begin at keyframes and are about three seconds long, or as long as they must."""
    borders = [0.0]
    for time in keyframes:
        if time - borders[-1] >= _COPIED_SECONDS and duration - time >= _LEAST_REST:
            borders.append(time)
    return (*borders, max(duration, borders[-1] + 0.1))


def stream_borders(duration: float) -> tuple[float, ...]:
    """For a broadcast, which has no index and a keyframe every second or two."""
    return even_borders(duration, _STREAM_SECONDS)
