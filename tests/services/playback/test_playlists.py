"""Playlists as RFC 8216 asks for them."""

import re
from dataclasses import replace

from media_library.models.personal import Quality
from media_library.models.playback_plan import (
    AudioTarget,
    Method,
    Plan,
    Rendition,
    Source,
    SourceAudio,
    SourceVideo,
    VideoTarget,
)
from media_library.services.playback.playlists import master_playlist, media_playlist

VIDEO = SourceVideo(0, "h264", 1920, 800, 23.976, profile="High", level=40)
AUDIO = SourceAudio(1, "ac3", 6)
COPIED = Rendition("original", None, AudioTarget("aac", 2, 192_000), 8_000_000)


def of(video: SourceVideo | None, *renditions: Rendition, audio: SourceAudio | None = AUDIO) -> list[str]:
    """The lines that describe the renditions of a plan."""
    source = Source("matroska", 100, 8_000_000, video, (audio,) if audio else ())
    plan = Plan(Method.TRANSCODE, (), source, Quality.AUTO, (), audio, renditions)
    return [line for line in master_playlist(plan).splitlines() if line.startswith("#EXT-X-STREAM-INF")]


def test_all_parts_are_named_at_once_with_their_lengths() -> None:
    text = media_playlist((0.0, 2.0, 4.5, 4.6))
    assert re.findall(r"#EXTINF:([\d.]+),\n(\d)\.m4s", text) == [
        ("2.000000", "0"),
        ("2.500000", "1"),
        ("0.100000", "2"),
    ]
    assert "#EXT-X-TARGETDURATION:3\n" in text and '#EXT-X-MAP:URI="init.mp4"\n' in text
    assert "#EXT-X-PLAYLIST-TYPE:VOD\n" in text and text.endswith("#EXT-X-ENDLIST\n")


def test_codecs_are_named_as_browsers_know_them() -> None:
    (copied,) = of(VIDEO, COPIED)
    assert 'CODECS="avc1.640028,mp4a.40.2"' in copied and "RESOLUTION=1920x800" in copied
    made = Rendition("720p", VideoTarget("h264", 1280, 720, 3_000_000), None, 3_400_000)
    (encoded,) = of(VIDEO, made)
    assert 'CODECS="avc1.64001f,ac-3"' in encoded and "BANDWIDTH=3400000" in encoded
    (hdr,) = of(replace(VIDEO, codec="hevc", profile="Main 10", level=153, hdr="HDR10"), COPIED)
    assert 'CODECS="hvc1.2.4.L153.B0,mp4a.40.2"' in hdr and "VIDEO-RANGE=PQ" in hdr
    (sound,) = of(None, COPIED)
    assert 'CODECS="mp4a.40.2"' in sound and "RESOLUTION" not in sound


def test_a_codec_that_is_not_known_well_enough_is_not_named() -> None:
    for video in (replace(VIDEO, codec="av1"), replace(VIDEO, profile="Odd"), replace(VIDEO, level=0)):
        assert "CODECS" not in of(video, COPIED)[0]
