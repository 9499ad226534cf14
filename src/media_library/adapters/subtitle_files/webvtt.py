"""Writes WebVTT (https://www.w3.org/TR/webvtt1/) out of cues."""

from collections.abc import Iterable

from media_library.models.subtitle import Cue


def webvtt_of(cues: Iterable[Cue]) -> str:
    """A whole file; one without cues is valid as well."""
    blocks = (
        f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}{f' {cue.settings}' if cue.settings else ''}\n{cue.payload}\n"
        for cue in cues
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _clock(moment_ms: int) -> str:
    seconds, rest = divmod(moment_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"
