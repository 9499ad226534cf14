"""Verification: what is not whole does not pass."""

import subprocess
from pathlib import Path

import pytest

from media_library.errors import VerificationFailed
from media_library.models.disc import DiscTitle
from media_library.models.tool import result_of
from media_library.services.verification import verify_music, verify_video

TITLE = DiscTitle(1, 10_000)


def made(file: Path, *arguments: str) -> Path:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments, str(file)], check=True)
    return file


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(
        tmp_path_factory.mktemp("video") / "whole.mp4",
        *("-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=10", "-f", "lavfi", "-i", "sine=d=10"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-c:a", "aac", "-movflags", "+faststart"),
    )


def problem(file: Path, title: DiscTitle = TITLE, audio_tracks: int = 1) -> str:
    with pytest.raises(VerificationFailed) as caught:
        result_of(verify_video(file, title, audio_tracks=audio_tracks))
    return str(caught.value)


def test_a_whole_video_passes_and_tells_what_is_in_it(video: Path) -> None:
    found = result_of(verify_video(video, TITLE, audio_tracks=1))
    assert found.streams.video is not None
    assert (found.streams.video.codec, found.streams.video.width) == ("h264", 160)


def test_a_second_or_a_hundredth_more_or_less_passes(video: Path) -> None:
    result_of(verify_video(video, DiscTitle(1, 10_900), audio_tracks=1))
    assert "lasts 0:00:10, but the title on the disc 0:00:12" in problem(video, DiscTitle(1, 11_600))


def test_missing_sound_does_not_pass(video: Path) -> None:
    assert "1 audio tracks instead of 2" in problem(video, audio_tracks=2)


def test_sound_alone_does_not_pass(tmp_path: Path) -> None:
    file = made(tmp_path / "sound.mp4", "-f", "lavfi", "-i", "sine=d=10", "-c:a", "aac")
    assert "no picture" in problem(file)


def test_what_is_no_video_does_not_pass(tmp_path: Path) -> None:
    file = tmp_path / "title.mp4"
    file.write_bytes(b"\0" * 4096)
    assert "cannot be read" in problem(file)


@pytest.mark.parametrize(("fraction", "place"), [(0.55, "middle"), (0.85, "end")])
def test_a_damaged_place_does_not_pass(video: Path, tmp_path: Path, fraction: float, place: str) -> None:
    content = bytearray(video.read_bytes())
    begin = int(len(content) * fraction)
    content[begin : begin + len(content) // 8] = b"\xff" * (len(content) // 8)
    file = tmp_path / "damaged.mp4"
    file.write_bytes(content)
    assert f"cannot be played at its {place}" in problem(file)


def test_music_must_have_every_sample_of_the_cd(tmp_path: Path) -> None:
    file = made(tmp_path / "track.flac", "-f", "lavfi", "-i", "sine=r=44100:d=1", "-ac", "2")

    def verify(md5: str, samples: int, *, is_lossless: bool = True) -> str:
        check = verify_music(file, source_md5=md5, samples=samples, is_lossless=is_lossless, track=3)
        return result_of(check).md5

    with pytest.raises(VerificationFailed, match="Track 3 has 44100 samples instead of the 44101"):
        verify("", 44_101)
    with pytest.raises(VerificationFailed, match="does not sound like the CD"):
        verify("0" * 32, 44_100)
    md5 = verify("0" * 32, 44_200, is_lossless=False)
    assert verify(md5, 44_100) == md5
