"""One part of an upload: what of it counts, however it ends."""

import hashlib
from pathlib import Path

import pytest

from media_library.errors import InvalidInput
from media_library.services.uploads import Checksum, Part, Refusal, UploadRefused
from media_library.services.uploads.part import Rules, write_part
from media_library.services.uploads.seats import Seat

MB = 1 << 20


class Line:
    """A body that comes in pieces, and may break."""

    def __init__(self, content: bytes, *, breaks: bool = False) -> None:
        self._content = content
        self._breaks = breaks

    def read(self, size: int, /) -> bytes:
        """The next piece."""
        piece, self._content = self._content[:size], self._content[size:]
        if not piece and self._breaks:
            raise ConnectionError("gone")
        return piece


def rules(kept: list[int], *, most: int = 1 << 30, full_after: int | None = None) -> Rules:
    calls = [0]

    def require_room(_: int) -> None:
        calls[0] += 1
        if full_after is not None and calls[0] > full_after:
            raise UploadRefused(Refusal.NO_ROOM, "full")

    return Rules(most, require_room, kept.append)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "upload"
    file.write_bytes(b"start")
    return file


def test_a_part_counts_once_it_is_on_the_medium(file: Path) -> None:
    kept: list[int] = []
    assert write_part(file, Part(5, Line(b"x" * 40 * MB)), rules(kept), Seat(None)) == 5 + 40 * MB
    assert kept == [5 + 16 * MB, 5 + 32 * MB, 5 + 40 * MB]


def test_what_was_never_sure_goes_before_anything_is_appended(file: Path) -> None:
    write_part(file, Part(2, Line(b"ep")), rules([]), Seat(None))
    assert file.read_bytes() == b"step"


@pytest.mark.parametrize("breaks", [True, False])
def test_what_came_before_a_break_counts(file: Path, breaks: bool) -> None:
    kept: list[int] = []
    part = Part(5, Line(b"x" * MB, breaks=breaks), length=2 * MB)
    with pytest.raises(InvalidInput, match="broke off"):
        write_part(file, part, rules(kept), Seat(None))
    assert (kept, file.stat().st_size) == ([5 + MB], 5 + MB)


@pytest.mark.parametrize("content", [b"damaged", b"dam"])
def test_threat_73_of_a_part_that_is_not_what_its_checksum_says_nothing_counts(file: Path, content: bytes) -> None:
    kept: list[int] = []
    checksum = Checksum("sha256", hashlib.sha256(b"correct").digest())
    with pytest.raises((UploadRefused, InvalidInput)):
        write_part(file, Part(5, Line(content), 7, checksum), rules(kept), Seat(None))
    assert (kept, file.read_bytes()) == ([5], b"start")
    right = Part(5, Line(b"correct"), 7, checksum)
    assert write_part(file, right, rules(kept), Seat(None)) == 12


def test_threat_73_more_than_was_promised_is_refused_as_a_whole(file: Path) -> None:
    kept: list[int] = []
    with pytest.raises(UploadRefused) as caught:
        write_part(file, Part(5, Line(b"x" * 300)), rules(kept, most=200), Seat(None))
    assert caught.value.refusal is Refusal.TOO_LARGE
    assert (kept, file.read_bytes()) == ([5], b"start")


def test_threat_75_a_disk_that_fills_up_meanwhile_ends_the_part_with_what_is_here(file: Path) -> None:
    kept: list[int] = []
    with pytest.raises(UploadRefused) as caught:
        write_part(file, Part(5, Line(b"x" * 80 * MB)), rules(kept, full_after=2), Seat(None))
    assert caught.value.refusal is Refusal.NO_ROOM
    assert kept == [5 + 16 * MB, 5 + 32 * MB, 5 + 48 * MB] and file.stat().st_size == kept[-1]


def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    secret, link = tmp_path / "secret", tmp_path / "link"
    secret.write_bytes(b"secret")
    link.symlink_to(secret)
    with pytest.raises(Exception, match="cannot be written"):
        write_part(link, Part(0, Line(b"x")), rules([]), Seat(None))
    assert secret.read_bytes() == b"secret"
