"""Looking into files by confined children: what is found, what is refused, what a child cannot do."""

import base64
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from media_library.adapters.media_probe import ProbePool, ProbeRequest
from media_library.adapters.media_probe.streams import Unreadable, described_file
from media_library.adapters.sandbox import isolation, python_argv
from media_library.errors import Stopped, ToolFailed
from media_library.models.probed import Probed
from tests.conftest import wait_for
from tests.fixtures.tools import run
from tests.programs import write_program

LACKING = [text for text in isolation().missing if "runs as root" not in text]


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film with everything, and music in several formats."""
    folder = tmp_path_factory.mktemp("media")
    (folder / "words.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    (folder / "chapters.txt").write_text(
        ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=400\ntitle=Eins\n"
        "[CHAPTER]\nTIMEBASE=1/1000\nSTART=400\nEND=1000\ntitle=Zwei\n"
    )
    run(
        [
            *("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=s=128x72:d=1:r=24"),
            *("-f", "lavfi", "-i", "sine=d=1", "-f", "lavfi", "-i", "sine=f=880:d=1"),
            *("-i", "words.srt", "-i", "chapters.txt", "-map", "0", "-map", "1", "-map", "2", "-map", "3"),
            *("-map_metadata", "4", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
            *("-c:a:0", "aac", "-c:a:1", "ac3", "-c:s", "srt", "-metadata", "title=My Film"),
            *("-metadata:s:a:0", "language=ger", "-metadata:s:a:0", "title=Deutsch"),
            *("-metadata:s:a:1", "language=fre", "-metadata:s:s:0", "language=eng"),
            *("-disposition:a:0", "default", "-disposition:a:1", "0", "-disposition:s:0", "forced", "film.mkv"),
        ],
        cwd=folder,
    )
    tags = [
        part
        for tag in ("title=Low Water", "artist=Juniper", "album=Tides", "track=3/9", "date=2012")
        for part in ("-metadata", tag)
    ]
    for name in ("a.mp3", "a.flac", "a.ogg", "a.opus", "a.m4a", "a.wav", "a.wma"):
        run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=2", *tags, name], cwd=folder)
    return folder


@pytest.fixture(scope="module")
def pool(media: Path) -> Iterator[ProbePool[str]]:
    with ProbePool[str]((media,), children=1) as pool:
        yield pool


def look(pool: ProbePool[str], *files: Path) -> dict[str, Probed]:
    requests = [(file.name, ProbeRequest(str(file))) for file in files]
    return dict(pool.probed(requests, threading.Event()))


def test_a_film_is_described_with_all_its_streams(pool: ProbePool[str], media: Path) -> None:
    found = look(pool, media / "film.mkv")["film.mkv"]
    assert (found.container, found.reason, found.title) == ("mkv", None, "My Film")
    assert 900 <= found.duration_ms <= 1200
    video = found.streams.video
    assert video is not None
    assert (video.codec, video.width, video.height, video.frame_rate, video.hdr, video.bit_depth) == (
        "h264", 128, 72, 24.0, None, 8,
    )  # fmt: skip
    tracks = [(one.index, one.language, one.codec, one.default, one.title) for one in found.streams.audio]
    assert tracks == [(1, "deu", "aac", True, "Deutsch"), (2, "fra", "ac3", False, None)]
    texts = [(one.index, one.language, one.codec, one.forced) for one in found.streams.subtitles]
    assert texts == [(3, "eng", "subrip", True)]
    chapters = [(one.title, one.start_ms) for one in found.streams.chapters]
    assert chapters == [("Eins", 0), ("Zwei", 400)]
    assert found.streams.chapters[0].end_ms == 400
    assert found.streams.bit_rate
    assert len(found.digest) == 32 and found.size_bytes == (media / "film.mkv").stat().st_size


CODECS = {
    "a.mp3": "mp3", "a.flac": "flac", "a.ogg": "vorbis", "a.opus": "opus", "a.m4a": "aac", "a.wav": "pcm_s16le",
    "a.wma": "wmav2",
}  # fmt: skip


def test_music_is_described_with_its_tags(pool: ProbePool[str], media: Path) -> None:
    found = look(pool, *(media / name for name in CODECS))
    for name, codec in CODECS.items():
        one = found[name]
        assert one.reason is None, name
        assert [track.codec for track in one.streams.audio] == [codec], name
        assert 1900 <= one.duration_ms <= 2200, name
        assert one.container == name.partition(".")[2]
    assert found["a.mp3"].tags["TIT2"] == ("Low Water",) and found["a.mp3"].tags["TRCK"] == ("3/9",)
    assert found["a.flac"].tags["artist"] == ("Juniper",) or found["a.flac"].tags["ARTIST"] == ("Juniper",)
    assert found["a.m4a"].tags["©alb"] == ("Tides",) and found["a.m4a"].tags["trkn"] == ("3/9",)
    assert found["a.wma"].tags["Title"] == ("Low Water",)


@pytest.mark.parametrize("suffix", [".ts", ".mkv"])
def test_numbered_episodes_are_no_parts_of_each_other(pool: ProbePool[str], media: Path, suffix: str) -> None:
    picture = ("-f", "lavfi", "-i", "testsrc=s=128x72:d=1:r=24", "-c:v", "libx264", "-preset", "ultrafast")
    source = media / f"source{suffix}"
    run(["ffmpeg", "-v", "error", "-y", *picture, source.name], cwd=media)
    names = [f"Tides S01E{number:02}{suffix}" for number in range(1, 31)]  # more than MediaInfo takes for a chance
    for name in names:
        os.link(source, media / name)
    found = look(pool, media / names[4])[names[4]]
    assert found.reason is None and 800 <= found.duration_ms <= 1200
    assert found.streams.bit_rate is not None and found.streams.bit_rate < 12 * source.stat().st_size


@pytest.mark.parametrize("suffix", [".m4a", ".m4b", ".mp3"])
def test_what_is_spoken_keeps_its_chapters(pool: ProbePool[str], media: Path, suffix: str) -> None:
    file = media / f"talk{suffix}"
    run(
        [
            *("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "sine=d=1", "-i", str(media / "chapters.txt")),
            *("-map", "0:a", "-map_metadata", "1", *(("-f", "ipod") if suffix == ".m4b" else ()), str(file)),
        ],
        cwd=media,
    )
    chapters = look(pool, file)[file.name].streams.chapters
    assert [(one.title, one.start_ms) for one in chapters] == [("Eins", 0), ("Zwei", 400)]
    assert chapters[0].end_ms == 400
    assert chapters[1].end_ms >= 1000


def test_the_embedded_picture_is_noticed_and_handed_out_when_asked_for(media: Path, tmp_path: Path) -> None:
    picture = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    (tmp_path / "cover.png").write_bytes(picture)
    run(
        [
            *("ffmpeg", "-v", "error", "-y", "-i", str(media / "a.mp3"), "-i", "cover.png", "-map", "0", "-map", "1"),
            *("-c", "copy", "-disposition:v", "attached_pic", "covered.mp3"),
        ],
        cwd=tmp_path,
    )
    target = tmp_path / "out"
    target.mkdir()
    with ProbePool[str]((tmp_path,), covers=target, children=1) as pool:
        asked = ProbeRequest(str(tmp_path / "covered.mp3"), str(target / "picture"))
        ((_, found),) = pool.probed([("", asked)], threading.Event())
    assert found.has_cover and found.cover == "picture"
    assert (target / "picture").read_bytes() == picture


def test_each_bad_file_has_its_reason_and_the_next_one_is_read(pool: ProbePool[str], media: Path) -> None:
    whole = (media / "film.mkv").read_bytes()
    (media / "empty.mkv").write_bytes(b"")
    (media / "text.mp4").write_text("no film " * 1000)
    (media / "text.mp3").write_text("no music " * 1000)
    (media / "cut.mkv").write_bytes(whole[: len(whole) * 3 // 4])
    os.mkfifo(media / "pipe.flac")
    (media / "link.mkv").symlink_to("film.mkv")
    names = ("empty.mkv", "text.mp4", "text.mp3", "cut.mkv", "pipe.flac", "link.mkv", "gone.mkv", "film.mkv")
    found = look(pool, *(media / name for name in names))
    reasons = {name: one.reason or "" for name, one in found.items()}
    assert "empty" in reasons["empty.mkv"]
    assert "neither picture nor sound" in reasons["text.mp4"] and "neither" in reasons["text.mp3"]
    assert "ends early" in reasons["cut.mkv"] and found["cut.mkv"].is_usable
    assert "no regular file" in reasons["pipe.flac"] and "no regular file" in reasons["link.mkv"]
    assert found["gone.mkv"].is_gone
    assert reasons["film.mkv"] == ""


def test_a_thousand_files_of_noise_end_no_child_for_good(pool: ProbePool[str], media: Path) -> None:
    whole = (media / "film.mkv").read_bytes()
    files = []
    for number in range(150):
        file = media / f"noise{number}.{('mkv', 'mp4', 'mp3', 'flac', 'ogg', 'avi')[number % 6]}"
        at = number * 37 % len(whole)
        file.write_bytes(whole[:at] + os.urandom(300) + whole[at + 300 :])
        files.append(file)
    assert len(look(pool, *files)) == len(files)
    assert look(pool, media / "film.mkv")["film.mkv"].is_usable


def test_files_of_equal_content_have_equal_digests(pool: ProbePool[str], media: Path) -> None:
    (media / "copy.mkv").write_bytes((media / "film.mkv").read_bytes())
    (media / "other.mkv").write_bytes((media / "film.mkv").read_bytes()[:-1] + b"!")
    found = look(pool, media / "film.mkv", media / "copy.mkv", media / "other.mkv")
    assert found["film.mkv"].digest == found["copy.mkv"].digest != found["other.mkv"].digest


@pytest.mark.skipif(bool(LACKING), reason="; ".join(LACKING))
def test_a_child_cannot_read_what_lies_elsewhere(pool: ProbePool[str], media: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.mkv").write_bytes((media / "film.mkv").read_bytes())
    found = look(pool, tmp_path / "secret.mkv")["secret.mkv"]
    assert not found.is_usable and "may not be read" in (found.reason or "")


READER = """
    import json, os, sys, time
    sys.stdout.write("ready\\n"); sys.stdout.flush()
    for line in sys.stdin:
        path = json.loads(line)["path"]
        if "crash" in path:
            os._exit(9)
        if "hang" in path:
            time.sleep(300)
        if "babble" in path:
            sys.stdout.write("not json\\n")
        else:
            sys.stdout.write(json.dumps({"title": path}) + "\\n")
        sys.stdout.flush()
"""
"""A reader that dies, hangs or babbles at certain names."""


def test_a_file_that_kills_or_hangs_its_reader_fails_alone(tmp_path: Path) -> None:
    command = [write_program(tmp_path, "reader", READER)]
    names = [f"{number}-{what}" for number in range(12) for what in ("fine", "crash", "fine", "hang", "babble")][:40]
    with ProbePool[str]((tmp_path,), children=2, file_seconds=0.5, command=command) as pool:
        found = dict(pool.probed([(name, ProbeRequest(f"/{name}")) for name in names], threading.Event()))
    assert set(found) == set(names)
    for name, one in found.items():
        expected = {"crash": "crash", "hang": "too long", "babble": "crash"}.get(name.partition("-")[2])
        if expected is None:
            assert one.title == f"/{name}" and one.reason is None
        else:
            assert expected in (one.reason or ""), name


def test_readers_that_cannot_start_are_an_error_and_no_judgement_of_files(tmp_path: Path) -> None:
    command = [write_program(tmp_path, "reader", "import sys; sys.exit(3)")]
    with (
        ProbePool[str]((tmp_path,), children=1, command=command) as pool,
        pytest.raises(ToolFailed, match="cannot be started"),
    ):
        dict(pool.probed([("a", ProbeRequest("/a"))], threading.Event()))


def test_a_pool_leaves_nothing_running(media: Path) -> None:
    def children() -> list[psutil.Process]:
        mine = psutil.Process().children(recursive=True)
        return [child for child in mine if "media_probe" in " ".join(child.cmdline())]

    before = len(children())
    with ProbePool[str]((media,), children=2) as pool:
        look(pool, media / "film.mkv")
        assert len(children()) > before
    wait_for(lambda: len(children()) == before)


def test_a_child_that_is_killed_is_replaced(media: Path) -> None:
    with ProbePool[str]((media,), children=1) as pool:
        look(pool, media / "film.mkv")
        for child in psutil.Process().children(recursive=True):
            if "media_library.adapters.media_probe.child" in child.cmdline() and "guard.py" not in " ".join(
                child.cmdline()
            ):
                child.send_signal(signal.SIGKILL)
        found = look(pool, media / "film.mkv", media / "a.mp3")
        assert found["a.mp3"].is_usable or found["film.mkv"].is_usable
        assert look(pool, media / "film.mkv")["film.mkv"].is_usable


def test_a_stop_is_heard_at_once(tmp_path: Path) -> None:
    command = [write_program(tmp_path, "reader", READER)]
    stop = threading.Event()
    stop.set()
    started = time.monotonic()
    with ProbePool[str]((tmp_path,), children=1, command=command) as pool, pytest.raises(Stopped):
        list(pool.probed([("hang", ProbeRequest("/hang"))], stop))
    assert time.monotonic() - started < 20


def test_the_command_of_a_child_is_our_module() -> None:
    assert "media_library.adapters.media_probe.child" in python_argv("media_library.adapters.media_probe.child")


HDR = [
    ({"transfer_characteristics": "PQ"}, "HDR10"),
    ({"transfer_characteristics": "HLG"}, "HLG"),
    ({"HDR_Format": "Dolby Vision / SMPTE ST 2086", "HDR_Format_Compatibility": "HDR10 / HDR10"}, "Dolby Vision"),
    ({"HDR_Format": "SMPTE ST 2094 App 4", "transfer_characteristics": "PQ"}, "HDR10+"),
    ({"HDR_Format": "SMPTE ST 2086"}, "HDR10"),
    ({"transfer_characteristics": "BT.709"}, None),
    ({}, None),
]


@pytest.mark.parametrize(("fields", "expected"), HDR)
def test_the_dynamic_range_is_told_by_its_strongest_name(fields: dict[str, str], expected: str | None) -> None:
    video = {"@type": "Video", "Format": "HEVC", "Width": "3840", "Height": "2160", **fields}
    found = described_file([{"@type": "General", "Format": "Matroska"}, video], "mkv")
    assert found.streams.video is not None and found.streams.video.hdr == expected


@pytest.mark.parametrize("value", ["", "-1", "nan", "inf", "1e400", "12 / 34", "x", "9" * 400, "\x00"])
def test_nonsense_in_a_description_is_no_number(value: str) -> None:
    fields = ("Width", "Height", "BitDepth", "FrameRate", "FrameRate_Num", "FrameRate_Den", "Duration", "StreamOrder")
    video = {"@type": "Video", "Format": value, **dict.fromkeys(fields, value)}
    general = {"@type": "General", "Format": value, "Duration": value, "OverallBitRate": value}
    found = described_file([general, video, {"@type": "Menu", "extra": {"_00_00_00_000": value}}], "mkv")
    assert found.streams.video is not None and found.duration_ms >= 0


def test_a_description_without_streams_is_refused() -> None:
    with pytest.raises(Unreadable, match="neither"):
        described_file([{"@type": "General"}], "mkv")
