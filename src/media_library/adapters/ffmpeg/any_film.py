"""How ffmpeg opens what people want to play: more kinds than anything else does, and only those, in a sandbox."""

from pathlib import Path

from media_library.adapters.ffmpeg.command import DECODERS, named

_OLD_AND_RARE = (
    *("wmv1", "wmv2", "msmpeg4", "msmpeg4v1", "msmpeg4v2", "h261", "cinepak", "dvvideo", "prores", "rv30", "rv40"),
    *("vp6", "vp6f", "vp6a", "svq1", "svq3", "ffv1", "mpegvideo"),
    *("wmalossless", "wmavoice", "wavpack", "ape", "tta", "amrnb", "amrwb", "cook", "qdm2", "mlp"),
    *("dsd_lsbf", "dsd_msbf", "dsd_lsbf_planar", "dsd_msbf_planar", "mpc7", "mpc8", "adpcm_ms", "adpcm_ima_wav"),
    *("pcm_s16be", "pcm_s24be", "pcm_s32be", "pcm_f64le", "pcm_s8", "pcm_dvd", "pcm_bluray", "xsub"),
)
_CONTAINERS = (
    *("matroska", "mov", "avi", "mpegts", "mpeg", "asf", "flv", "ogg", "rm", "ivf", "h264", "hevc", "mpegvideo", "mxf"),
    *("mp3", "flac", "wav", "w64", "aac", "ac3", "eac3", "dts", "truehd", "aiff", "ape", "wv", "tta", "dsf", "iff"),
    *("mpc", "mpc8", "amr", "caf", "au", "srt", "ass", "webvtt", "sup"),
)


def any_film(file: Path) -> tuple[str, ...]:
    """The options that name a film or music as the input.

    Nothing but this file is opened, whatever it says of itself: playlists and scripts are no films.
    """
    return (
        *("-protocol_whitelist", "file", "-codec_whitelist", f"{DECODERS},{','.join(_OLD_AND_RARE)}"),
        *("-format_whitelist", ",".join(_CONTAINERS), "-i", named(file)),
    )
