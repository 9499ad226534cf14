"""Subtitles that are pictures, drawn into the film where they stood on their disc."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from media_library.adapters import handbrake
from media_library.models.media import AudioTrack, Streams, SubtitleTrack, VideoTrack
from media_library.models.tool import result_of
from tests.adapters.test_handbrake import order
from tests.fixtures.vobsub import BAR, SCREEN, dark_dvd_film
from tests.routes.house import House
from tests.routes.test_playback_sessions import Player, film_of, play


@pytest.fixture(autouse=True)
def _ended(house: House) -> Iterator[None]:
    yield
    house.services.playback.sessions.end_all()


def bright_box(file: Path, moment: float) -> tuple[float, float, float, float] | None:
    """Where a picture is bright, as parts of its width and height: left, top, right, bottom; ``None`` if nowhere.

    What lies above its lower third does not count: discs that are made here have their name there.
    """
    told = ("-select_streams", "v", "-show_entries", "stream=width,height", "-of", "csv=p=0")
    size = subprocess.run(["ffprobe", "-v", "error", *told, file], check=True, capture_output=True).stdout.strip()
    wide, high = map(int, size.split(b",")[:2])
    raw = ("-frames:v", "1", "-vf", "format=gray", "-f", "rawvideo", "-")
    grey = subprocess.run(
        ["ffmpeg", "-v", "error", "-ss", f"{moment}", "-i", file, *raw], check=True, capture_output=True
    ).stdout
    lit = [divmod(place, wide) for place, value in enumerate(grey) if value > 120 and place > len(grey) * 0.7]
    if not lit:
        return None
    rows, columns = [row for row, _ in lit], [column for _, column in lit]
    return min(columns) / wide, min(rows) / high, (max(columns) + 1) / wide, (max(rows) + 1) / high


def dvd_film(house: House, file: Path, title: str = "The Salt Road") -> Any:
    """A film of the library, which knows what is in it."""
    held = Streams(
        VideoTrack("h264", 720, 576, 25.0, bit_depth=8),
        (AudioTrack(1, "und", "aac", 1, True),),
        (SubtitleTrack(2, "eng", "dvd_subtitle", False),),
    )
    return film_of(house, file, title, held)


def drawn(house: House, media: Any, folder: Path, words: str = "s2", numbers: list[int] | None = None) -> Path:
    """The film as it is sent with its subtitles in the picture."""
    answer = play(house.member, media, subtitle=words, burn=True)
    assert {one["code"] for one in answer["reasons"]} >= {"subtitle_burned"}
    return Player(house.member, answer).joined(folder, numbers)


@pytest.mark.parametrize("name", ["a.mkv", "a.mp4"])
def test_the_words_of_a_dvd_stand_where_they_stood_on_the_disc(house: House, tmp_path: Path, name: str) -> None:
    media = dvd_film(house, dark_dvd_film(tmp_path / name))
    whole = drawn(house, media, tmp_path)
    expected = (BAR[0] / SCREEN[0], BAR[1] / SCREEN[1], BAR[2] / SCREEN[0], BAR[3] / SCREEN[1])
    assert bright_box(whole, 3) == pytest.approx(expected, abs=0.02)
    assert bright_box(whole, 1) is None and bright_box(whole, 7) is None


@pytest.mark.parametrize(
    ("shape", "box"),
    [
        ("crop=720:432,setsar=64/45", (0.1, (480 - 144) / 432, 0.55, (528 - 144) / 432)),
        ("scale=1024:576,setsar=1", (0.1, 480 / 576, 0.55, 528 / 576)),
        ("scale=512:288,setsar=1", (0.1, 480 / 576, 0.55, 528 / 576)),
        ("crop=544:576,setsar=64/45", ((72 - 88) / 544, 480 / 576, (396 - 88) / 544, 528 / 576)),
    ],
)
def test_they_keep_their_place_and_shape_in_a_picture_that_was_cropped_or_scaled(
    house: House, tmp_path: Path, shape: str, box: tuple[float, float, float, float]
) -> None:
    whole = drawn(house, dvd_film(house, dark_dvd_film(tmp_path / "a.mkv", shape=shape)), tmp_path)
    assert bright_box(whole, 3) == pytest.approx(tuple(max(0.0, side) for side in box), abs=0.02)


@pytest.mark.parametrize("container", ["mp4", "mkv"])
def test_the_words_of_a_dvd_that_was_ripped_here_are_drawn(house: House, tmp_path: Path, container: str) -> None:
    target = tmp_path / f"a.{container}"
    result_of(handbrake.encode(order(tmp_path, container=container, target=target)))
    held = Streams(
        VideoTrack("h264", 352, 288, 25.0, bit_depth=8),
        (AudioTrack(1, "eng", "aac", 2, True),),
        tuple(SubtitleTrack(3 + number, "eng", "dvd_subtitle", False) for number in range(2)),
    )
    media = film_of(house, target, "The Salt Road", held)
    whole = drawn(house, media, tmp_path, "s3")
    assert bright_box(whole, 4) == pytest.approx((0.1, 5 / 6, 0.55, 11 / 12), abs=0.03)
    assert [bright_box(whole, moment) is not None for moment in (1, 7, 9, 13)] == [False, False, True, False]


def test_words_are_there_wherever_one_begins(house: House, tmp_path: Path) -> None:
    media = dvd_film(house, dark_dvd_film(tmp_path / "a.mkv", seconds=16))
    whole = drawn(house, media, tmp_path, numbers=[7, 0, 4, 1, 2, 3, 5, 6])
    assert [bright_box(whole, moment) is not None for moment in (1, 3, 5, 7, 9, 11, 13)] == [
        *(False, True, True, False, True, True, False)
    ]


def test_a_film_that_plays_as_it_is_is_converted_for_its_words_only(house: House, tmp_path: Path) -> None:
    media = dvd_film(house, dark_dvd_film(tmp_path / "a.mp4"))
    assert play(house.member, media)["method"] == "direct"
    burned = play(house.member, media, subtitle="s2", burn=True)
    assert burned["method"] == "transcode" and [one["code"] for one in burned["reasons"]] == ["subtitle_burned"]
    assert [(one["id"], one["is_text"], one["url"], one["burned"]) for one in burned["subtitles"]] == [
        ("s2", False, None, True)
    ]
    again = play(house.member, media)
    assert again["method"] == "direct" and not again["subtitles"][0]["burned"]
