"""Pictures that come with content: decoded apart, kept as JPEG, never an error."""

import io
from pathlib import Path

import pytest
from PIL import Image

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.models.library import Library
from media_library.models.media import MediaNames, MediaType, NewMedia
from media_library.services.covers import Covers


@pytest.fixture
def covers(state: AppState, tmp_path: Path) -> Covers:
    return Covers(Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data"))), state)


def picture(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB") -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "teal").save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_of_any_usual_kind_becomes_the_poster(
    covers: Covers, state: AppState, films: Library, tmp_path: Path, kind: str
) -> None:
    media = state.add_media(NewMedia(MediaType.VIDEO, films.id, MediaNames("Film"), None))
    assert covers.put(media.id, picture(kind))
    assert state.media(media.id).has_poster
    with Image.open(tmp_path / "data" / "artwork" / f"{media.id}.poster.jpg") as kept:
        assert (kept.format, kept.size) == ("JPEG", (40, 30))
    assert sorted(path.name for path in (tmp_path / "data" / "artwork").iterdir()) == [f"{media.id}.poster.jpg"]


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff" * 10, b"GIF89a"]
)
def test_what_is_no_picture_is_no_cover_and_leaves_nothing(covers: Covers, tmp_path: Path, content: bytes) -> None:
    assert not covers.put_named("a", content)
    assert list((tmp_path / "data" / "artwork").iterdir()) == []


def test_a_picture_with_too_many_pixels_is_never_decoded(covers: Covers) -> None:
    assert not covers.put_named("a", picture("PNG", (12_000, 12_000), "1"))


def test_a_large_picture_is_made_smaller(covers: Covers, tmp_path: Path) -> None:
    assert covers.put_named("a", picture("JPEG", (4000, 100)))
    with Image.open(tmp_path / "data" / "artwork" / "a.poster.jpg") as kept:
        assert kept.size == (2000, 50)
