"""What is decided for which file and which browser, and the reasons that are given."""

from dataclasses import replace
from typing import Any

import pytest

from media_library.errors import Conflict, InvalidInput
from media_library.models.personal import Quality
from media_library.models.playback_plan import (
    BurnedSubtitle,
    Device,
    Hls,
    Method,
    Plan,
    Source,
    SourceAudio,
    SourceVideo,
    VideoAbility,
    Wish,
)
from media_library.models.preferences import PlaybackPreferences
from media_library.services.playback.planner import Machine, PlaybackPlanner

CHROME = Device(
    frozenset({"mp4", "webm", "mp3", "flac", "ogg", "wav"}),
    (VideoAbility("h264"), VideoAbility("vp9", ten_bit=True), VideoAbility("av1", ten_bit=True)),
    frozenset({"aac", "mp3", "opus", "vorbis", "flac", "pcm"}),
    Hls.MSE,
)
SAFARI = Device(
    frozenset({"mp4", "mp3", "wav", "flac"}),
    (VideoAbility("h264"), VideoAbility("hevc", ten_bit=True)),
    frozenset({"aac", "mp3", "ac3", "eac3", "alac", "flac"}),
    Hls.NATIVE,
    hdr=True,
    channels=6,
)
H264 = SourceVideo(0, "h264", 1920, 1080, 24.0, bit_depth=8, pixel_format="yuv420p", profile="High", level=40)
UHD = SourceVideo(0, "hevc", 3840, 2160, 24.0, bit_depth=10, pixel_format="yuv420p10le", hdr="HDR10", profile="Main 10")
AAC, AC3, DTS = SourceAudio(1, "aac", 2), SourceAudio(1, "ac3", 6), SourceAudio(1, "dts", 6)


def plan(
    container: str = "matroska",
    video: SourceVideo | None = H264,
    tracks: tuple[SourceAudio, ...] = (AAC,),
    *,
    device: Device = CHROME,
    preferences: PlaybackPreferences | None = None,
    machine: Machine | None = None,
    bit_rate: int = 8_000_000,
    **wish: Any,
) -> Plan:
    """A plan for a film of a hundred minutes."""
    source = Source(container, 6000, bit_rate, video, tracks)
    planner = PlaybackPlanner(preferences or PlaybackPreferences())
    return planner.plan(source, replace(Wish(device), **wish), machine or Machine())


def codes(made: Plan) -> set[str]:
    """The codes of the reasons; each has a sentence."""
    assert all(reason.message.endswith(".") and reason.message[0].isupper() for reason in made.reasons)
    return {str(reason.code) for reason in made.reasons}


@pytest.mark.parametrize(
    ("container", "video", "audio", "device", "method", "reasons"),
    [
        ("mp4", H264, (AAC,), CHROME, Method.DIRECT, set()),
        ("webm", replace(H264, codec="vp9"), (replace(AAC, codec="opus"),), CHROME, Method.DIRECT, set()),
        ("matroska", H264, (AAC,), CHROME, Method.REMUX, {"container"}),
        ("mp4", H264, (AC3,), CHROME, Method.TRANSCODE, {"audio_codec", "audio_channels"}),
        ("mp4", H264, (AC3,), SAFARI, Method.DIRECT, set()),
        ("matroska", H264, (DTS,), SAFARI, Method.TRANSCODE, {"container", "audio_codec"}),
        ("matroska", UHD, (AC3,), SAFARI, Method.REMUX, {"container"}),
        ("mp4", UHD, (AAC,), CHROME, Method.TRANSCODE, {"video_codec", "hdr"}),
        ("mp4", replace(H264, bit_depth=10, pixel_format="yuv420p10le"), (AAC,), CHROME, Method.TRANSCODE, {"ten_bit"}),
        ("mp4", replace(H264, pixel_format="yuv422p"), (AAC,), CHROME, Method.TRANSCODE, {"video_profile"}),
        ("mp4", replace(H264, is_interlaced=True), (AAC,), CHROME, Method.TRANSCODE, {"interlaced"}),
        ("mp4", replace(H264, rotation=90), (AAC,), CHROME, Method.DIRECT, set()),
        ("matroska", replace(H264, rotation=90), (AAC,), CHROME, Method.TRANSCODE, {"container", "rotated"}),
        ("mp4", H264, (), CHROME, Method.DIRECT, set()),
        ("flac", None, (replace(AAC, codec="flac"),), CHROME, Method.DIRECT, set()),
        ("mp4", None, (replace(AAC, codec="alac"),), CHROME, Method.TRANSCODE, {"audio_codec"}),
        ("mp4", None, (replace(AAC, codec="alac"),), SAFARI, Method.DIRECT, set()),
        ("wav", None, (replace(AAC, codec="pcm_s24le"),), CHROME, Method.DIRECT, set()),
        ("aac", None, (AAC,), CHROME, Method.DIRECT, set()),
        ("avi", replace(H264, codec="mpeg4"), (AAC,), CHROME, Method.TRANSCODE, {"container", "video_codec"}),
    ],
)
def test_the_first_way_that_works_is_taken(
    container: str,
    video: SourceVideo | None,
    audio: tuple[SourceAudio, ...],
    device: Device,
    method: Method,
    reasons: set[str],
) -> None:
    made = plan(container, video, audio, device=device)
    assert (made.method, codes(made)) == (method, reasons)
    assert (made.method is Method.DIRECT) == (not made.renditions)


def test_only_what_does_not_fit_is_encoded() -> None:
    (sound_only,) = plan(tracks=(AC3,)).renditions
    assert sound_only.video is None and sound_only.audio is not None
    picture_only = plan(video=replace(H264, codec="vc1")).renditions
    assert all(one.video is not None and one.audio is None for one in picture_only)


def test_a_file_without_an_index_is_encoded() -> None:
    made = plan(machine=Machine(can_cut=False))
    assert made.method is Method.TRANSCODE and codes(made) == {"container", "no_keyframes"}
    assert plan("mp4", machine=Machine(can_cut=False)).method is Method.DIRECT


def test_a_lower_quality_is_made_and_a_higher_one_is_not() -> None:
    lower = plan("mp4", quality=Quality.P720)
    assert lower.method is Method.TRANSCODE and codes(lower) == {"quality"}
    assert [(one.id, one.video.height) for one in lower.renditions if one.video] == [("720p", 720)]
    for quality in (Quality.P1080, Quality.P2160, Quality.ORIGINAL, Quality.AUTO):
        assert plan("mp4", quality=quality).method is Method.DIRECT


def test_the_qualities_end_at_the_picture_itself_and_at_the_caps() -> None:
    assert [one.id for one in plan().qualities] == ["original", "720p", "480p", "360p"]
    wide = plan(video=replace(H264, width=1920, height=800))
    assert [one.id for one in wide.qualities] == ["original", "720p", "480p", "360p"]
    capped = plan(preferences=PlaybackPreferences(max_height=480))
    assert [one.id for one in capped.qualities] == ["480p", "360p"] and "server_cap" in codes(capped)
    assert plan(video=replace(H264, width=400, height=300)).qualities[0].id is Quality.ORIGINAL


@pytest.mark.parametrize(
    ("width", "height"), [(1920, 800), (1440, 1080), (1080, 1920), (720, 576), (854, 480), (33, 17)]
)
def test_a_picture_keeps_its_shape_and_is_never_enlarged(width: int, height: int) -> None:
    made = plan("avi", video=replace(H264, codec="mpeg4", width=width, height=height))
    for one in made.renditions:
        assert one.video is not None
        assert one.video.width % 2 == one.video.height % 2 == 0
        assert one.video.width <= width + 1 and one.video.height <= height + 1
        assert one.video.width / one.video.height == pytest.approx(width / height, rel=0.07)


def test_a_processor_makes_1080_lines_at_most_and_hardware_more() -> None:
    video = replace(UHD, hdr=None)
    assert plan(video=video).renditions[0].id == "1080p"
    assert plan(video=video, machine=Machine(has_hardware=True)).renditions[0].id == "2160p"


def test_who_is_away_has_caps_of_their_own() -> None:
    assert plan("mp4", away=True).renditions[0].id == "720p"
    none = PlaybackPreferences(max_height_away=None)
    assert plan("mp4", away=True, preferences=none).method is Method.DIRECT
    small = replace(H264, width=1280, height=720)
    assert plan("mp4", small, away=True, bit_rate=3_000_000).method is Method.DIRECT
    assert codes(plan("mp4", small, away=True, bit_rate=30_000_000)) == {"bit_rate"}


def test_hdr_is_left_alone_when_tone_mapping_is_off() -> None:
    ten_bit = replace(CHROME, video=(*CHROME.video, VideoAbility("hevc", ten_bit=True)))
    assert codes(plan("mp4", UHD, device=ten_bit)) == {"hdr"}
    off = PlaybackPreferences(tone_map=False)
    assert plan("mp4", UHD, device=ten_bit, preferences=off).method is Method.DIRECT


def test_the_audio_track_is_the_one_asked_for_else_of_the_listeners_language_else_the_first() -> None:
    tracks = (
        replace(AAC, language="eng"),
        replace(AAC, index=2, language="deu"),
        replace(AAC, index=3, language="fra", is_default=True),
    )

    def heard(**wish: Any) -> int:
        made = plan("mp4", tracks=tracks, **wish).audio
        assert made is not None
        return made.index

    assert (heard(), heard(audio_language="deu"), heard(audio_language="ita"), heard(audio=1)) == (3, 2, 3, 1)
    assert codes(plan("mp4", tracks=tracks, audio_language="deu")) == {"audio_track"}
    assert plan("mp4", tracks=tracks).method is Method.DIRECT
    with pytest.raises(InvalidInput):
        plan("mp4", tracks=tracks, audio=9)


def test_burned_subtitles_need_a_new_picture() -> None:
    burned = BurnedSubtitle(0, 3, is_text=False)
    made = plan("mp4", burned=burned)
    assert codes(made) == {"subtitle_burned"} and made.burned == burned and made.encodes_video


def test_a_browser_that_plays_nothing_is_told_so() -> None:
    for device in (replace(CHROME, hls=Hls.NONE), replace(CHROME, video=(VideoAbility("av1"),))):
        with pytest.raises(Conflict, match="another browser"):
            plan(video=replace(H264, codec="vc1"), device=device)
    assert plan("mp4", device=replace(CHROME, hls=Hls.NONE)).method is Method.DIRECT
