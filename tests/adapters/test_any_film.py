"""What is opened as a film is a film, even where no sandbox would hold it back."""

from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.any_film import any_film
from tests.films import film


def opens(file: Path) -> bool:
    """Whether ffprobe takes a file, without a sandbox."""
    return process.run(("ffprobe", "-v", "error", *any_film(file)), timeout_seconds=30).code == 0


def test_threat_100_a_playlist_that_may_read_its_parts_is_no_film(tmp_path: Path) -> None:
    part = tmp_path / "part.ts"
    part.write_bytes(film("a.ts", "-c:a", "aac").read_bytes())
    playlist = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:12\n#EXTINF:12,\npart.ts\n#EXT-X-ENDLIST\n"
    for name, text in (
        ("a.m3u8", playlist),
        ("a.mkv", playlist),
        ("a.ffconcat", "ffconcat version 1.0\nfile part.ts\n"),
    ):
        (tmp_path / name).write_text(text)
        assert not opens(tmp_path / name), name
    assert opens(part)


def test_threat_99_a_name_that_looks_like_a_protocol_is_a_name(tmp_path: Path) -> None:
    source = film("a.mkv", "-c:a", "aac", "-pix_fmt", "yuv420p")
    for name in ("-y.mkv", "concat:a|b.mkv", "http:x.mkv", "%03d.mkv", "pipe:0"):
        file = tmp_path / name
        file.write_bytes(source.read_bytes())
        assert opens(file), name
