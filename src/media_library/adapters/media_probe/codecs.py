"""MediaInfo's names of codecs and containers, as ffprobe and the suffixes of files say them; for the child process."""

from collections.abc import Mapping
from typing import Any

_CODECS = {
    "AVC": "h264", "HEVC": "hevc", "VVC": "vvc", "AV1": "av1", "VP6": "vp6", "VP7": "vp7", "VP8": "vp8", "VP9": "vp9",
    "VC-1": "vc1", "WMV3": "wmv3", "WMV2": "wmv2", "WMV1": "wmv1", "Theora": "theora", "ProRes": "prores",
    "DV": "dvvideo", "JPEG": "mjpeg", "M-JPEG": "mjpeg", "FFV1": "ffv1", "H.263": "h263", "Sorenson Spark": "flv1",
    "Sorenson 3": "svq3", "Sorenson 1": "svq1", "HuffYUV": "huffyuv", "Ut Video": "utvideo", "RealVideo 4": "rv40",
    "RealVideo 3": "rv30", "RealVideo 2": "rv20", "RealVideo 1": "rv10", "VC-3": "dnxhd", "CineForm": "cfhd",
    "YUV": "rawvideo", "RGB": "rawvideo", "DIV3": "msmpeg4v3", "MP43": "msmpeg4v3", "MP42": "msmpeg4v2",
    "AAC": "aac", "USAC": "aac", "AC-3": "ac3", "E-AC-3": "eac3", "DTS": "dts", "MLP FBA": "truehd", "MLP": "mlp",
    "FLAC": "flac", "Opus": "opus", "Vorbis": "vorbis", "ALAC": "alac", "Speex": "speex", "Monkey's Audio": "ape",
    "WavPack": "wavpack", "TTA": "tta", "Musepack SV7": "musepack7", "Musepack SV8": "musepack8", "AMR": "amr_nb",
    "DSD": "dsd_lsbf", "AC-4": "ac4", "ATRAC3": "atrac3", "Cooker": "cook", "QDesign 2": "qdm2",
    "UTF-8": "subrip", "SubRip": "subrip", "ASS": "ass", "SSA": "ssa", "PGS": "hdmv_pgs_subtitle",
    "VobSub": "dvd_subtitle", "RLE": "dvd_subtitle", "Timed Text": "mov_text", "tx3g": "mov_text", "WebVTT": "webvtt",
    "DVB Subtitle": "dvb_subtitle", "Teletext Subtitle": "dvb_teletext", "EIA-608": "eia_608", "EIA-708": "eia_608",
    "TTML": "ttml",
}  # fmt: skip

_CONTAINERS = {
    "Matroska": "mkv", "WebM": "webm", "MPEG-4": "mp4", "QuickTime": "mov", "AVI": "avi", "OpenDML": "avi",
    "Windows Media": "wmv", "MPEG-TS": "ts", "BDAV": "m2ts", "MPEG-PS": "mpg", "MPEG Video": "mpg", "Ogg": "ogg",
    "Flash Video": "flv", "RealMedia": "rm", "DVD Video": "vob", "MXF": "mxf", "DivX": "divx", "GXF": "gxf",
    "MPEG Audio": "mp3", "FLAC": "flac", "Wave": "wav", "Wave64": "w64", "AIFF": "aiff", "ADTS": "aac", "AC-3": "ac3",
    "E-AC-3": "eac3", "DTS": "dts", "MLP FBA": "thd", "WavPack": "wv", "Monkey's Audio": "ape", "TTA": "tta",
    "Musepack SV7": "mpc", "Musepack SV8": "mpc", "DSF": "dsf", "DSDIFF": "dff", "AMR": "amr",
}  # fmt: skip

_RELATED = {
    "mp4": frozenset({"m4v", "m4a", "m4b", "m4r", "mov", "3gp", "3g2", "qt", "f4v", "ismv"}),
    "mkv": frozenset({"mka", "mk3d", "webm", "mks"}),
    "ts": frozenset({"m2ts", "mts", "tp", "trp"}),
    "m2ts": frozenset({"mts", "ts"}),
    "mpg": frozenset({"mpeg", "m2v", "vob", "mpe", "m1v", "mpv", "evo"}),
    "wmv": frozenset({"asf", "wma"}),
    "ogg": frozenset({"ogv", "oga", "opus", "spx", "ogx"}),
    "mp3": frozenset({"mp2", "mp1", "mpa"}),
    "avi": frozenset({"divx"}),
    "aiff": frozenset({"aif", "aifc"}),
    "rm": frozenset({"rmvb", "ra", "ram"}),
}
"""Suffixes that a container may just as well have."""


def codec_name(track: Mapping[str, Any]) -> str:
    """The codec of a stream as ffprobe names it; an unknown one in small letters, "unknown" without any."""
    fmt, identity = str(track.get("Format", "")), str(track.get("CodecID", ""))
    if fmt == "MPEG Audio":
        return {"Layer 1": "mp1", "Layer 2": "mp2"}.get(str(track.get("Format_Profile", "")), "mp3")
    if fmt == "MPEG Video":
        return "mpeg1video" if track.get("Format_Version") == "1" else "mpeg2video"
    if fmt == "MPEG-4 Visual":
        return _CODECS.get(identity, "mpeg4")
    if fmt == "PCM":
        return _pcm(track)
    if fmt == "WMA":
        return {"160": "wmav1", "161": "wmav2", "162": "wmapro", "163": "wmalossless"}.get(identity, "wmav2")
    if fmt == "AMR" and "wide" in str(track.get("Format_Profile", "")).lower():
        return "amr_wb"
    return _CODECS.get(fmt) or _CODECS.get(identity) or "_".join(fmt.lower().split()) or "unknown"


def container_name(fmt: str, suffix: str) -> str:
    """The suffix that files of a container have; that of the file itself where it is one of them."""
    usual = _CONTAINERS.get(fmt, "")
    if not usual:
        return suffix[:8] if suffix.isascii() and suffix.isalnum() else "bin"
    return suffix if suffix in _RELATED.get(usual, ()) else usual


def _pcm(track: Mapping[str, Any]) -> str:
    depth = str(track.get("BitDepth", "16"))
    depth = depth if depth in ("8", "16", "24", "32", "64") else "16"
    if depth == "8":
        return "pcm_u8"
    is_float = "Float" in str(track.get("Format_Settings", "")) or track.get("Format_Profile") == "Float"
    order = "be" if track.get("Format_Settings_Endianness") == "Big" else "le"
    return f"pcm_{'f' if is_float else 's'}{depth}{order}"
