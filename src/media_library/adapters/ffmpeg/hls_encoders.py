"""The encoders of H.264 that ffmpeg may find in a machine, and whether they work in it."""

import sys
from functools import cache
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.recipe import Encoder, EncoderKind
from media_library.adapters.sandbox import Sandbox
from media_library.errors import MediaLibraryError

_SECONDS = 15.0
_RENDER_NODE = Path("/dev/dri/renderD128")
_NVIDIA = tuple(Path("/dev") / name for name in ("nvidia0", "nvidiactl", "nvidia-uvm", "nvidia-modeset"))

_FACTS = tuple(map(Path, ("/sys/dev/char", "/sys/devices", "/sys/class/drm", "/dev/dri", "/proc/driver/nvidia")))


def candidates() -> tuple[Encoder, ...]:
    """The encoders that this ffmpeg has and whose devices are there, the best first."""
    known = _known()
    return tuple(encoder for encoder in known if encoder.name in _listed("-encoders"))


def works(encoder: Encoder) -> bool:
    """Whether ten pictures can be encoded, in the sandbox in which films are."""
    last = f",{encoder.upload}" if encoder.upload else ""
    argv = (
        *("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", *encoder.before_input),
        *("-f", "lavfi", "-i", "color=black:s=320x240:d=1:r=10", "-vf", f"format=nv12{last}"),
        *("-c:v", encoder.name, *encoder.options, "-b:v", "1M", "-f", "null", "-"),
    )
    sandbox = Sandbox(
        read=facts_of_hardware(encoder),
        devices=encoder.devices,
        memory_bytes=None,
        cpu_seconds=30,
        file_bytes=0,
        processes=0,
    )
    try:
        return process.run(argv, timeout_seconds=_SECONDS, sandbox=sandbox).code == 0
    except MediaLibraryError:
        return False


def facts_of_hardware(encoder: Encoder) -> tuple[Path, ...]:
    """What the drivers of an encoder look up of the machine; nothing for the processor."""
    return tuple(place for place in _FACTS if place.exists()) if encoder.devices else ()


def has_filter(name: str) -> bool:
    """Whether this ffmpeg has a filter."""
    return name in _listed("-filters")


def _known() -> tuple[Encoder, ...]:
    found = []
    if sys.platform == "darwin":
        options = ("-realtime", "1", "-allow_sw", "0", "-profile:v", "high")
        found.append(Encoder(EncoderKind.VIDEOTOOLBOX, "h264_videotoolbox", options))
    if all(device.exists() for device in _NVIDIA[:2]):
        devices = tuple(device for device in _NVIDIA if device.exists())
        found.append(Encoder(EncoderKind.NVENC, "h264_nvenc", ("-preset", "p3", "-forced-idr", "1"), devices=devices))
    if _RENDER_NODE.exists():
        node = ("-vaapi_device", str(_RENDER_NODE))
        upload = "format=nv12,hwupload"
        quick = ("-init_hw_device", f"qsv=hw:{_RENDER_NODE}", "-filter_hw_device", "hw")
        devices = (_RENDER_NODE,)
        deep = f"{upload}=extra_hw_frames=64"
        found.append(Encoder(EncoderKind.QSV, "h264_qsv", ("-preset", "veryfast"), quick, deep, devices))
        found.append(Encoder(EncoderKind.VAAPI, "h264_vaapi", (), node, upload, devices))
    return tuple(found)


@cache
def _listed(option: str) -> frozenset[str]:
    """The names in a list that ffmpeg prints of itself."""
    try:
        finished = process.run(("ffmpeg", "-hide_banner", "-v", "error", option), timeout_seconds=_SECONDS)
    except MediaLibraryError:
        return frozenset()
    rows = (line.split() for line in finished.stdout.decode("utf-8", "replace").splitlines())
    return frozenset(row[1] for row in rows if len(row) > 1)
