"""ffmpeg and ffprobe: what they tell of a file and what they make of it."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from media_library.adapters import ffmpeg
from media_library.errors import ToolFailed
from media_library.models.tool import result_of
from tests.fixtures import audio_cd
from tests.ripping import followed


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds: black to begin with, then a test picture; stored at 352x288 for 16:9; French sound."""
    file = tmp_path_factory.mktemp("film") / "a: strange name.mkv"
    black, shown = "color=black:s=352x288:r=25:d=2", "testsrc2=s=352x288:r=25:d=8"
    subprocess.run(
        [
            *("ffmpeg", "-v", "error", "-f", "lavfi", "-i", black, "-f", "lavfi", "-i", shown),
            *("-f", "lavfi", "-i", "sine=d=10", "-filter_complex", "[0][1]concat=n=2,setdar=16/9[v]"),
            *("-map", "[v]", "-map", "2:a", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "ac3"),
            *("-metadata:s:a:0", "language=fre", f"file:{file}"),
        ],
        check=True,
    )
    return file


def test_a_probe_tells_tracks_and_length(film: Path) -> None:
    found = result_of(ffmpeg.probe(film))
    assert abs(found.duration_ms - 10_000) < 100
    assert found.streams.video is not None
    assert (found.streams.video.codec, found.streams.video.frame_rate) == ("h264", 25.0)
    assert [(track.language, track.codec) for track in found.streams.audio] == [("fra", "ac3")]
    assert found.sample_rate == 44_100


def test_what_is_no_media_file_cannot_be_probed(tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_bytes(b"nothing")
    with pytest.raises(ToolFailed):
        result_of(ffmpeg.probe(tmp_path / "x.mp4"))


def test_a_whole_file_decodes_and_a_place_behind_its_end_does_not(film: Path) -> None:
    assert result_of(ffmpeg.decodes(film, at_seconds=7, seconds=2))
    assert not result_of(ffmpeg.decodes(film, at_seconds=20, seconds=2))


def test_a_still_has_square_pixels_and_passes_over_black(film: Path, tmp_path: Path) -> None:
    still = tmp_path / "still.jpg"
    result_of(ffmpeg.write_still(film, still, at_seconds=1.5, width=400))
    with Image.open(still) as picture:
        assert picture.size == (400, 224)
        assert ImageStat.Stat(picture.convert("L")).mean[0] > 30


def test_no_still_is_made_of_sound(tmp_path: Path) -> None:
    track = audio_cd.build(tmp_path / "cd", tracks=1, seconds=0.5) / "1 Audio Track.aiff"
    with pytest.raises(ToolFailed, match="no picture"):
        result_of(ffmpeg.write_still(track, tmp_path / "still.jpg", at_seconds=0, width=400))


def test_flac_holds_the_very_samples_of_the_track(tmp_path: Path) -> None:
    track = audio_cd.build(tmp_path / "cd", tracks=1, seconds=2) / "1 Audio Track.aiff"
    samples = track.read_bytes()[2352:]
    flac = ffmpeg.MUSIC_FORMATS["flac"]
    fractions, md5 = followed(ffmpeg.encode_music(track, tmp_path / "1.flac", flac, seconds=2, digest=tmp_path / "md5"))
    assert md5 == hashlib.md5(samples).hexdigest()
    assert fractions
    assert result_of(ffmpeg.pcm_of(tmp_path / "1.flac")) == ffmpeg.Pcm(
        hashlib.md5(samples).hexdigest(), len(samples) // 4
    )


def test_a_track_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ToolFailed):
        result_of(
            ffmpeg.encode_music(
                tmp_path / "none.aiff",
                tmp_path / "1.flac",
                ffmpeg.MUSIC_FORMATS["flac"],
                seconds=2,
                digest=tmp_path / "md5",
            )
        )


def test_threat_101_a_decoder_that_is_not_on_the_list_reads_nothing_of_a_stranger(tmp_path: Path) -> None:
    file = tmp_path / "m.mkv"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", "-c:v", "magicyuv", str(file)],
        check=True,
    )
    assert result_of(ffmpeg.probe(file)).streams.video is not None
    with pytest.raises(ToolFailed):
        result_of(ffmpeg.probe(file, is_foreign=True))
    assert result_of(ffmpeg.decodes(file, at_seconds=0, seconds=1))
    assert not result_of(ffmpeg.decodes(file, at_seconds=0, seconds=1, is_foreign=True))


@pytest.mark.parametrize(
    "name", ["concat:a|b.mkv", "-y.mkv", "http:x.mkv", "subfile,,start,0,end,9,,:x.mkv", "%03d.mkv"]
)
def test_threat_99_a_name_that_looks_like_a_protocol_is_only_a_name(film: Path, tmp_path: Path, name: str) -> None:
    odd = tmp_path / name
    odd.write_bytes(film.read_bytes())
    assert result_of(ffmpeg.probe(odd, is_foreign=True)).streams.video is not None
