"""Reading photos and home videos in a child process: facts, pictures without facts, and what is none."""

import gzip
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from media_library.adapters.photo_facts import PhotoRefused, read_photo, read_video
from media_library.adapters.photo_facts.video import facts_of
from tests.fixtures import photos

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="http://127.0.0.1:9/x"/></svg>'


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Where the picture goes: in a folder for the child alone."""
    (tmp_path / "made").mkdir()
    return tmp_path / "made" / "picture.webp"


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".avif", ".heic"])
def test_moment_place_camera_and_size_are_read_from_every_format(tmp_path: Path, made: Path, suffix: str) -> None:
    facts = read_photo(photos.write_photo(tmp_path / f"a{suffix}"), made, width=320)
    assert (facts.width, facts.height, facts.taken, facts.offset_minutes) == (64, 48, "2024-05-31T23:15:10", 120)
    assert (facts.camera, facts.latitude, facts.longitude) == ("Canon EOS 5D", 52.52, -13.4)
    with Image.open(made) as picture:
        assert picture.format == "WEBP" and picture.size == (64, 48)


def test_a_photo_that_was_held_upright_is_shown_upright(tmp_path: Path, made: Path) -> None:
    facts = read_photo(photos.write_photo(tmp_path / "a.jpg", facts=photos.exif(orientation=6)), made, width=320)
    assert (facts.width, facts.height, facts.orientation) == (48, 64, 6)
    with Image.open(made) as picture:
        red, green, blue = picture.convert("RGB").getpixel((24, 2))  # type: ignore[misc]  # three bands of RGB
        assert picture.size == (48, 64) and red > 200 and blue < 60 and green < 60


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".heic"])
@pytest.mark.parametrize("target", ["picture.webp", "picture.jpg"])
def test_72_pictures_hold_nothing_of_where_when_and_with_what(tmp_path: Path, suffix: str, target: str) -> None:
    source = photos.write_photo(tmp_path / f"a{suffix}", (200, 100))
    folder = tmp_path / "made"
    folder.mkdir()
    read_photo(source, folder / target, width=100)
    content = (folder / target).read_bytes()
    for trace in (b"Exif", b"EXIF", b"Canon", b"2024", b"GPS", b"ICC", b"http", b"XMP"):
        assert trace not in content, trace
    with Image.open(folder / target) as picture:
        assert len(picture.getexif()) == 0 and picture.size == (100, 50)


def test_the_largest_picture_within_a_raw_file_is_the_photo(tmp_path: Path, made: Path) -> None:
    facts = read_photo(photos.raw_file(tmp_path / "a.cr2", tmp_path), made, width=320)
    assert (facts.width, facts.height, facts.taken) == (640, 480, "2024-05-31T23:15:10")
    with Image.open(made) as picture:
        assert picture.size == (320, 240)
    (tmp_path / "b.nef").write_bytes(photos.exif().tobytes().removeprefix(b"Exif\0\0") + bytes(9000))
    with pytest.raises(PhotoRefused, match="raw file"):
        read_photo(tmp_path / "b.nef", made, width=320)


def test_dates_and_places_that_cannot_be_are_none(tmp_path: Path, made: Path) -> None:
    lies = Image.Exif()
    lies[0x0112] = 77
    details = lies.get_ifd(0x8769)
    details[0x9003], details[0x9011] = "0000:00:00 00:00:00", "+99:00"
    position = lies.get_ifd(0x8825)
    position[1], position[2], position[3], position[4] = "N", (0.0, 0.0, 0.0), "E", (0.0, 0.0, 0.0)
    facts = read_photo(photos.write_photo(tmp_path / "a.jpg", facts=lies), made, width=320)
    assert (facts.taken, facts.offset_minutes, facts.latitude, facts.orientation) == (None, None, None, 1)


BOMBS = {
    "65535.png": photos.png_of_size(65_535, 65_535),
    "2147483647.png": photos.png_of_size(2**31 - 1, 1),
    "64 MP.png": photos.png_of_size(8_001, 8_000),
    "17000.png": photos.png_of_size(17_000, 10),
    "65500.jpg": photos.jpeg_of_size(65_500, 65_500),
}


@pytest.mark.parametrize("name", BOMBS)
def test_67_pictures_of_endless_size_are_refused_by_their_header(tmp_path: Path, made: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BOMBS[name])
    with pytest.raises(PhotoRefused, match="64 million pixels"):
        read_photo(tmp_path / name, made, width=320)
    assert not made.exists()


def test_67_of_a_picture_of_many_frames_one_is_decoded(tmp_path: Path, made: Path) -> None:
    frames = [Image.new("RGB", (64, 64), (index % 256, 0, 0)) for index in range(300)]
    for name in ("a.png", "a.gif"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        facts = read_photo(tmp_path / name, made, width=320)
        assert (facts.width, facts.height) == (64, 64)
        with Image.open(made) as picture:
            assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize("name", ["a.svg", "a.png", "a.jpg", "a.svgz"])
def test_68_vector_graphics_are_refused_whatever_they_are_called(tmp_path: Path, made: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(SVG) if name.endswith("z") else SVG)
    with pytest.raises(PhotoRefused):
        read_photo(tmp_path / name, made, width=320)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 5000,
        b"not a picture",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"\xff\xd8\xff\xe0 cut off",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x24\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + bytes(100),
        b"\0\0\0\x18ftypavif" + bytes(100),
        b"MM\0*\0\0\0\x08" + b"\xff" * 200,
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(tmp_path: Path, made: Path, content: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(content)
    with pytest.raises(PhotoRefused) as refusal:
        read_photo(tmp_path / "a.jpg", made, width=320)
    assert str(refusal.value).endswith(".")


def test_a_picture_that_ends_early_is_refused(tmp_path: Path, made: Path) -> None:
    whole = photos.write_photo(tmp_path / "a.jpg", (800, 600)).read_bytes()
    (tmp_path / "b.jpg").write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(PhotoRefused):
        read_photo(tmp_path / "b.jpg", made, width=320)


def _video(file: Path, *options: str) -> Path:
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=64x48:d=0.4:r=10", *options, "-y", str(file)]
    subprocess.run(command, check=True, timeout=60)
    return file


def test_a_home_video_tells_when_and_where_it_was_taken(tmp_path: Path) -> None:
    file = _video(
        tmp_path / "a.mov",
        *("-movflags", "use_metadata_tags"),
        *("-metadata", "com.apple.quicktime.creationdate=2024-05-31T23:15:10+0200"),
        *("-metadata", "com.apple.quicktime.location.ISO6709=+52.5200-013.4000+034.000/"),
        *("-metadata", "com.apple.quicktime.make=Apple", "-metadata", "com.apple.quicktime.model=iPhone 15"),
    )
    facts = read_video(file)
    assert (facts.width, facts.height) == (64, 48)
    assert (facts.taken, facts.offset_minutes, facts.is_utc) == ("2024-05-31T23:15:10", 120, False)
    assert (facts.latitude, facts.longitude, facts.camera) == (52.52, -13.4, "Apple iPhone 15")


def test_the_date_of_the_container_is_in_utc(tmp_path: Path) -> None:
    facts = read_video(_video(tmp_path / "a.mp4", "-metadata", "creation_time=2024-05-31T21:15:10Z"))
    assert (facts.taken, facts.offset_minutes, facts.is_utc) == ("2024-05-31T21:15:10", None, True)


def test_a_date_that_nobody_set_is_none(tmp_path: Path) -> None:
    assert read_video(_video(tmp_path / "a.mp4")).taken is None
    tracks = [{"@type": "General", "Encoded_Date": "1904-01-01 00:00:00 UTC"}, {"@type": "Video", "Width": "9"}]
    assert facts_of(tracks).taken is None
    turned = [{"@type": "General"}, {"@type": "Video", "Width": "1920", "Height": "1080", "Rotation": "90.000"}]
    assert (facts_of(turned).width, facts_of(turned).height) == (1080, 1920)


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"not a video" * 100)
    with pytest.raises(PhotoRefused):
        read_video(tmp_path / "a.mp4")
