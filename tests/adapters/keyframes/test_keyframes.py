"""The index of a film names its keyframes as ffprobe finds them; whatever is odd gives none, quickly."""

import random
import subprocess
import time
from pathlib import Path

import pytest

from media_library.adapters.keyframes import keyframes_of
from tests.films import H264_AC3_MKV, film

_FRAMES = ("-pix_fmt", "yuv420p", "-g", "1000", "-force_key_frames", "expr:eq(mod(n,37),0)", "-c:a", "aac")


def found(file: Path, container: str) -> tuple[float, ...]:
    """What the index says."""
    with file.open("rb", buffering=0) as opened:
        return keyframes_of(opened, container)


def true(file: Path) -> list[float]:
    """The times of the keyframes, read from all packets."""
    answer = subprocess.run(
        [
            "ffprobe",
            "-v",
            "error",
            "-select_streams",
            "v:0",
            "-show_entries",
            "packet=pts_time,flags",
            "-of",
            "csv=p=0",
            file,
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    rows = (line.split(",") for line in answer.stdout.split())
    return sorted(float(time) for time, flags, *_ in rows if "K" in flags)


@pytest.mark.parametrize(
    ("name", "container", "options"),
    [
        ("a.mkv", "matroska", (*_FRAMES, "-bf", "3")),
        ("a.mkv", "matroska", (*_FRAMES, "-bf", "0", "-cues_to_front", "1")),
        (
            "a.webm",
            "webm",
            ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "30", "-c:a", "libopus"),
        ),
        ("a.mp4", "mp4", (*_FRAMES, "-bf", "3")),
        ("a.mp4", "mp4", (*_FRAMES, "-bf", "0", "-movflags", "+faststart")),
        ("a.mov", "mp4", (*_FRAMES, "-bf", "2")),
    ],
)
def test_the_index_names_the_keyframes(name: str, container: str, options: tuple[str, ...]) -> None:
    file = film(name, *options, seconds=8)
    assert found(file, container) == pytest.approx(true(file), abs=0.002)


def test_what_has_no_index_has_no_keyframes() -> None:
    assert found(film("a.ts", "-c:a", "aac"), "mpegts") == ()
    in_fragments = film("a.mp4", "-c:a", "aac", "-movflags", "frag_keyframe+empty_moov")
    assert found(in_fragments, "mp4") == ()
    assert found(film("b.mkv", *H264_AC3_MKV), "mp4") == ()
    assert found(film("a.mp4", "-c:a", "aac"), "matroska") == ()


def test_threat_100_damaged_indexes_end_soon_and_never_raise(tmp_path: Path) -> None:
    chance = random.Random(5)
    samples = {
        "matroska": film("a.mkv", *_FRAMES, "-cues_to_front", "1", seconds=8).read_bytes(),
        "mp4": film("a.mp4", *_FRAMES, "-movflags", "+faststart", seconds=8).read_bytes(),
    }
    file = tmp_path / "damaged"
    started = time.monotonic()
    for container, whole in samples.items():
        for _ in range(300):
            damaged = bytearray(whole[: chance.choice((len(whole), chance.randrange(1, 20_000)))])
            for _ in range(chance.randrange(1, 30)):
                place = chance.randrange(min(len(damaged), 8000))
                damaged[place] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
            file.write_bytes(damaged)
            times = found(file, container)
            assert list(times) == sorted(times)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x1a\x45\xdf\xa3",
        b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff",
        b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff" + b"\xec\x80" * 5000,
        b"\0\0\0\x08free" * 20_000,
        b"\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\0\0\0\x10moov\0\0\0\0trak",
    ],
)
def test_threat_100_what_only_pretends_to_have_an_index_has_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "pretender"
    file.write_bytes(content)
    assert found(file, "matroska") == () == found(file, "mp4")
