"""Pictures in the sizes that are asked for."""

import threading
from pathlib import Path

import pytest
from PIL import Image

from media_library.config import Paths, Settings
from media_library.errors import NotFound
from media_library.services.pictures import Pictures


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "artwork"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    return Pictures(Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data"))))


def draw(folder: Path, colour: tuple[int, int, int], size: tuple[int, int] = (1000, 1500)) -> None:
    Image.new("RGB", size, colour).save(folder / "film.poster.jpg")


def colour(file: Path) -> tuple[int, ...]:
    with Image.open(file) as picture:
        pixel = picture.convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple)
    return tuple(round(part / 64) for part in pixel)


def test_a_size_is_made_once(folder: Path, pictures: Pictures) -> None:
    draw(folder, (255, 0, 0))
    made = pictures.sized("film", "poster", 342)
    before = made.stat()
    assert pictures.sized("film", "poster", 342) == made and made.stat() == before
    assert sorted(file.name for file in folder.iterdir()) == ["film.poster.342.webp", "film.poster.jpg"]


def test_a_new_original_makes_new_sizes(folder: Path, pictures: Pictures) -> None:
    draw(folder, (255, 0, 0))
    assert colour(pictures.sized("film", "poster", 342)) == (4, 0, 0)
    draw(folder, (0, 0, 255))
    assert colour(pictures.sized("film", "poster", 342)) == (0, 0, 4)


def test_a_small_picture_is_not_blown_up(folder: Path, pictures: Pictures) -> None:
    draw(folder, (255, 0, 0), (100, 150))
    with Image.open(pictures.sized("film", "poster", 342)) as picture:
        assert picture.size == (100, 150)


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\xff\xd8\xff\xe0 broken"])
def test_what_is_no_picture_is_not_shown(folder: Path, pictures: Pictures, content: bytes) -> None:
    (folder / "film.poster.jpg").write_bytes(content)
    with pytest.raises(NotFound):
        pictures.sized("film", "poster", 342)
    assert [file.name for file in folder.iterdir()] == ["film.poster.jpg"]


def test_a_picture_with_too_many_pixels_is_not_decoded(folder: Path, pictures: Pictures) -> None:
    draw(folder, (255, 0, 0), (8000, 7000))
    with pytest.raises(NotFound, match="too large"):
        pictures.sized("film", "poster", 342)


def test_many_who_ask_at_once_get_the_same_picture(folder: Path, pictures: Pictures) -> None:
    draw(folder, (0, 255, 0))
    answers: list[tuple[int, ...]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(colour(pictures.sized("film", "poster", 780)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(0, 4, 0)] * 8
