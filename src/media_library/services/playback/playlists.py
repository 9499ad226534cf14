"""HLS playlists (RFC 8216): all segments of a film, and the forms in which it is offered."""

import math
from collections.abc import Sequence
from itertools import pairwise

from media_library.models.playback_plan import Plan, Rendition, SourceAudio, SourceVideo

_H264_LEVELS = ((720 * 576, 30), (1280 * 720, 31), (1920 * 1088, 40), (4096 * 2304, 51))
_PROFILES = {"Constrained Baseline": "42c0", "Baseline": "4200", "Main": "4d00", "High": "6400", "High 10": "6e00"}
_SOUND = {"aac": "mp4a.40.2", "mp3": "mp4a.40.34", "ac3": "ac-3", "eac3": "ec-3", "flac": "fLaC", "opus": "opus",
          "alac": "alac"}  # fmt: skip


def media_playlist(borders: Sequence[float]) -> str:
    """The playlist of one rendition, complete from the beginning."""
    lengths = [end - start for start, end in pairwise(borders)]
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(1, math.ceil(max(lengths)))}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="init.mp4"',
    ]
    for number, length in enumerate(lengths):
        lines += [f"#EXTINF:{length:.6f},", f"{number}.m4s"]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def master_playlist(plan: Plan) -> str:
    """The playlist of the renditions of a plan, the best one first."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for rendition in plan.renditions:
        facts = [f"BANDWIDTH={max(rendition.bit_rate, 64_000)}"]
        size = _size(plan, rendition)
        if size is not None:
            facts.append(f"RESOLUTION={size[0]}x{size[1]}")
        if plan.source.video is not None and plan.source.video.frame_rate:
            facts.append(f"FRAME-RATE={min(plan.source.video.frame_rate, 60):.3f}")
        if plan.source.video is not None and rendition.video is None and plan.source.video.hdr:
            facts.append(f"VIDEO-RANGE={'HLG' if plan.source.video.hdr == 'HLG' else 'PQ'}")
        codecs = [_video_codec(plan.source.video, rendition), _audio_codec(plan.audio, rendition)]
        if "?" not in codecs:
            facts.append(f'CODECS="{",".join(filter(None, codecs))}"')
        lines += [f"#EXT-X-STREAM-INF:{','.join(facts)}", f"{rendition.id}/index.m3u8"]
    return "\n".join([*lines, ""])


def _size(plan: Plan, rendition: Rendition) -> tuple[int, int] | None:
    if rendition.video is not None:
        return rendition.video.width, rendition.video.height
    return plan.source.video.shown if plan.source.video is not None else None


def _video_codec(source: SourceVideo | None, rendition: Rendition) -> str:
    """As RFC 6381 names it; "?" where that is not known well enough to say."""
    if rendition.video is not None:
        pixels = rendition.video.width * rendition.video.height
        fast = source is not None and (source.frame_rate or 0) > 31
        level = next((level for most, level in _H264_LEVELS if pixels <= most), 52)
        return f"avc1.6400{min(level + (2 if level == 40 else 1) * fast, 52):02x}"
    if source is None:
        return ""
    if source.codec == "h264" and source.profile in _PROFILES and source.level:
        return f"avc1.{_PROFILES[source.profile]}{source.level:02x}"
    if source.codec == "hevc" and source.level and source.profile in ("Main", "Main 10"):
        return f"hvc1.{'1.6' if source.profile == 'Main' else '2.4'}.L{source.level}.B0"
    return "?"


def _audio_codec(source: SourceAudio | None, rendition: Rendition) -> str:
    if source is None:
        return ""
    if rendition.audio is not None:
        return "mp4a.40.2"
    if source.codec == "aac" and source.profile.startswith("HE-AAC"):
        return "mp4a.40.5" if source.profile == "HE-AAC" else "mp4a.40.29"
    return _SOUND.get(source.codec, "?")
