"""Why a browser cannot play a file as it is."""

from media_library.models.playback_plan import Device, Reason, ReasonCode, Source, SourceAudio, SourceVideo, Wish

_FAMILIES = {
    **dict.fromkeys(("mp4", "m4v", "m4a", "m4b", "m4r", "mov", "qt", "3gp", "f4v"), "mp4"),
    **dict.fromkeys(("mkv", "mka", "mk3d"), "matroska"),
    **dict.fromkeys(("ogg", "oga", "ogv", "opus", "spx"), "ogg"),
    **dict.fromkeys(("ts", "m2ts", "mts"), "mpegts"),
    **dict.fromkeys(("wav", "wave"), "wav"),
}
_EIGHT_BIT_COLOURS = frozenset({"", "yuv420p", "yuvj420p", "nv12", "gray"})
_TEN_BIT_COLOURS = frozenset({"yuv420p10le", "yuv420p10be", "p010le"})
_NAMES = {
    "h264": "H.264", "hevc": "HEVC", "av1": "AV1", "vp9": "VP9", "vp8": "VP8", "mpeg2video": "MPEG-2", "vc1": "VC-1",
    "mpeg4": "MPEG-4 Part 2", "ac3": "AC-3", "eac3": "E-AC-3", "dts": "DTS", "truehd": "TrueHD", "alac": "ALAC",
    "flac": "FLAC", "aac": "AAC", "mp3": "MP3", "matroska": "Matroska", "mpegts": "MPEG-TS", "avi": "AVI",
    "wmv": "Windows Media", "mpg": "MPEG-PS", "vob": "DVD video",
}  # fmt: skip


def family_of(container: str) -> str:
    """The family that a container belongs to, by the suffix that the library keeps for it."""
    return _FAMILIES.get(container.lower(), container.lower())


def said(*found: tuple[str, str]) -> tuple[Reason, ...]:
    """Reasons as sentences."""
    return tuple(Reason(ReasonCode(code), f"{text[:1].upper()}{text[1:]}.") for code, text in found)


def container_reasons(source: Source, device: Device, audio: SourceAudio | None) -> tuple[Reason, ...]:
    """Why the file cannot be read as a whole, or not with the track that was chosen."""
    found = []
    # bare AAC is a container of its own, which whoever decodes it reads
    plays = source.container in (device.audio if source.container == "aac" else device.containers)
    if not plays:
        found.append(("container", f"this browser cannot read {_name(source.container)} files"))
    first = next((track for track in source.audio if track.is_default), source.audio[0] if source.audio else None)
    if source.video is not None and audio is not None and first is not None and audio.index != first.index:
        found.append(("audio_track", "another audio track than the first one was chosen"))
    return said(*found)


def video_reasons(source: Source, wish: Wish, *, tone_map: bool) -> tuple[Reason, ...]:
    """Why the picture has to be encoded anew."""
    video, device, found = source.video, wish.device, []
    if video is None:
        return ()
    abilities = [one for one in device.video if one.codec == video.codec]
    if not abilities:
        found.append(("video_codec", f"this browser cannot decode {_name(video.codec)}"))
    else:
        found += _unfit(video, max(one.max_height for one in abilities), ten_bit=any(one.ten_bit for one in abilities))
    if video.hdr is not None and not device.hdr and tone_map:
        found.append(("hdr", f"the picture is {video.hdr}, which this screen does not show"))
    if video.is_interlaced:
        found.append(("interlaced", "the picture is interlaced"))
    if wish.burned is not None:
        found.append(("subtitle_burned", "the subtitles are drawn into the picture"))
    return said(*found)


def audio_reasons(audio: SourceAudio | None, device: Device) -> tuple[Reason, ...]:
    """Why the sound has to be encoded anew."""
    if audio is None:
        return ()
    codec = "pcm" if audio.codec.startswith("pcm_") else audio.codec
    if codec in device.audio:
        return ()
    return said(("audio_codec", f"this browser cannot decode {_name(audio.codec)}"))


def _unfit(video: SourceVideo, max_lines: int, *, ten_bit: bool) -> list[tuple[str, str]]:
    found = []
    depth = video.bit_depth or 8
    if depth > 8 and not (ten_bit and depth == 10):
        found.append(("ten_bit", f"this browser cannot decode {_name(video.codec)} with {depth} bits"))
    elif video.pixel_format not in _EIGHT_BIT_COLOURS | _TEN_BIT_COLOURS:
        found.append(("video_profile", f"this browser cannot decode this profile of {_name(video.codec)}"))
    if video.lines > max_lines:
        found.append(("resolution", f"this browser decodes {_name(video.codec)} up to {max_lines} lines"))
    return found


def _name(codec: str) -> str:
    return _NAMES.get(codec, codec.upper() if codec.isascii() else "this")
