"""Previews for the seek bar: made once for each file, quietly, and removed with their film."""

import io
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from media_library.adapters import ffmpeg
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.preferences import LibraryPreferences
from media_library.models.timeline import TrickplayState, file_tag
from media_library.models.tool import result_of
from media_library.services.trickplay import TrickplayMaker, plan_of
from media_library.services.trickplay_sheets import TrickplaySheets
from tests.routes.house import House
from tests.routes.test_timeline import timeline

COLOURS = ("red", "green", "blue", "yellow")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house with a library."""
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
def sheets(house: House) -> TrickplaySheets:
    return TrickplaySheets(house.settings)


@pytest.fixture
def maker(house: House, sheets: TrickplaySheets) -> TrickplayMaker:
    return TrickplayMaker(house.state, house.services.media_root, sheets, LibraryPreferences)


def write_film(file: Path, *, seconds: int = 3, size: str = "64x36", gop: int = 5, more: tuple[str, ...] = ()) -> Path:
    """A film that is red, green, blue and yellow for the same time each."""
    file.parent.mkdir(parents=True, exist_ok=True)
    inputs = [part for colour in COLOURS for part in ("-f", "lavfi", "-i", f"color={colour}:s={size}:r=5:d={seconds}")]
    subprocess.run(
        [
            *("ffmpeg", "-nostdin", "-v", "error", "-y", *inputs, "-filter_complex", "concat=n=4", *more),
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", f"{gop}", str(file)),
        ],
        check=True,
        timeout=60,
    )
    return file


def add(house: House, name: str = "Film", **how: object) -> Media:
    library = house.state.library_of_kind(LibraryKind.MOVIES)
    path = f"{library.folder}/{name}.mp4"
    file = write_film(house.settings.media_root / path, **how)  # type: ignore[arg-type]  # passed on as it is
    probe, facts = result_of(ffmpeg.probe(file)), file.stat()
    media_file = MediaFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, "mp4", probe.duration_ms)
    return house.state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames(name), media_file, probe.streams))


def step(maker: TrickplayMaker, *, times: int = 1) -> None:
    stop = threading.Event()
    for _ in range(times):
        maker.step(stop)


def step_once_without_waiting(maker: TrickplayMaker) -> None:
    stop = threading.Event()
    stop.set()
    maker.step(stop)


def colour_at(sheet: bytes, column: int, row: int, width: int, height: int) -> str:
    with Image.open(io.BytesIO(sheet)) as picture:
        pixel = picture.convert("RGB").getpixel((column * width + width // 2, row * height + height // 2))
    assert isinstance(pixel, tuple)
    red, green, blue = (value > 90 for value in pixel)
    return {(1, 0, 0): "red", (0, 1, 0): "green", (0, 0, 1): "blue", (1, 1, 0): "yellow"}.get((red, green, blue), "?")


def test_a_picture_of_every_second_lies_on_a_sheet_in_order(house: House, maker: TrickplayMaker) -> None:
    film = add(house, seconds=3)
    step(maker)
    answer = timeline(house.kid, f"/api/media/{film.id}/timeline")["trickplay"]
    assert (answer["interval"], answer["width"], answer["height"]) == (1.0, 320, 180)
    assert (answer["columns"], answer["rows"], answer["count"], len(answer["sheets"])) == (10, 2, 12, 1)
    sheet = house.kid.get(answer["sheets"][0]).data
    found = [colour_at(sheet, place % 10, place // 10, 320, 180) for place in range(12)]
    assert found == [colour for colour in COLOURS for _ in range(3)]


@pytest.mark.parametrize("keyframes_only", [True, False])
def test_keyframes_alone_show_the_same(tmp_path: Path, keyframes_only: bool) -> None:
    film = write_film(tmp_path / "film.mkv", seconds=3)
    grid = result_of(
        ffmpeg.write_sheets(
            film, tmp_path, interval_ms=1000, columns=4, rows=2, count=12, keyframes_only=keyframes_only
        )
    )
    assert (grid.width, grid.height, grid.sheets) == (320, 180, 2)
    sheets = [(tmp_path / f"{number}.jpg").read_bytes() for number in (1, 2)]
    found = [colour_at(sheets[place // 8], place % 4, place % 8 // 4, 320, 180) for place in range(12)]
    assert found == [colour for colour in COLOURS for _ in range(3)]


def test_a_standing_video_and_pixels_that_are_not_square_keep_their_shape(tmp_path: Path) -> None:
    for size, more, shape in (
        ("36x64", (), (134, 240)),
        ("72x58", ("-aspect", "16:9"), (320, 180)),
    ):
        film = write_film(tmp_path / "film.mp4", seconds=1, size=size, more=more)
        grid = result_of(
            ffmpeg.write_sheets(film, tmp_path, interval_ms=1000, columns=4, rows=1, count=4, keyframes_only=True)
        )
        assert (grid.width, grid.height) == shape


def test_what_is_no_video_is_remembered_with_the_reason_until_it_changes(
    house: House, maker: TrickplayMaker, sheets: TrickplaySheets
) -> None:
    film = house.film("Broken", b"no video")
    step(maker)
    known = house.state.trickplay_of(film.id)
    assert known is not None and known.state is TrickplayState.FAILED and known.reason
    assert house.state.video_without_trickplay(1 << 60) is None
    assert timeline(house.member, f"/api/media/{film.id}/timeline")["trickplay"] is None
    house.state._change("UPDATE media SET mtime_ns = mtime_ns + 1 WHERE id = ?", (film.id,))
    assert house.state.video_without_trickplay(1 << 60) is not None


def test_a_film_that_changed_is_looked_at_again(house: House, maker: TrickplayMaker) -> None:
    film = add(house, seconds=1)
    step(maker)
    first = house.state.trickplay_of(film.id)
    assert film.file is not None and first is not None and first.file_tag == file_tag(film.file)
    house.state._change("UPDATE media SET size_bytes = size_bytes + 1 WHERE id = ?", (film.id,))
    step_once_without_waiting(maker)
    step(maker)
    again = house.state.trickplay_of(film.id)
    assert again is not None and again.file_tag != first.file_tag and again.state is TrickplayState.READY


def test_previews_of_what_is_gone_and_left_overs_of_a_crash_are_removed(
    house: House, maker: TrickplayMaker, sheets: TrickplaySheets
) -> None:
    film = add(house, seconds=1)
    step(maker)
    left = sheets.workplace()
    assert sheets.sheet(film.id, 1).is_file()
    step_once_without_waiting(maker)
    assert sheets.sheet(film.id, 1).is_file() and not left.exists()
    house.state.remove_media(film.id)
    step_once_without_waiting(maker)
    assert not (house.settings.data_directory / "trickplay" / film.id).exists()


def test_nothing_is_made_where_nobody_wants_it(house: House, sheets: TrickplaySheets) -> None:
    add(house, seconds=1)
    unwanted = TrickplayMaker(
        house.state, house.services.media_root, sheets, lambda: LibraryPreferences(trickplay=False)
    )
    step_once_without_waiting(unwanted)
    assert house.state.video_without_trickplay(1 << 60) is not None


def test_what_cannot_be_reached_has_its_turn_later(house: House, maker: TrickplayMaker) -> None:
    film = add(house, seconds=1)
    file = house.settings.media_root / "movies" / "Film.mp4"
    content = file.read_bytes()
    file.unlink()
    step(maker)
    assert house.state.trickplay_of(film.id) is None
    file.write_bytes(content)
    step_once_without_waiting(maker)
    step(maker)
    assert house.state.trickplay_of(film.id) is not None


def test_the_longer_a_film_the_farther_apart_are_its_previews() -> None:
    for minutes, interval, count in ((1, 1, 60), (10, 2, 300), (30, 5, 360), (120, 10, 720), (3000, 45, 4000)):
        plan = plan_of(minutes * 60_000)
        assert (plan.interval_ms / 1000, plan.count) == (interval, count)
    assert plan_of(0).count == 1 and plan_of(8_000).columns == 8
