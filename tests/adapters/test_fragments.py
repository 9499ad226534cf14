"""Fragmented MP4 is taken apart as it comes, however it is cut into reads."""

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from media_library.adapters.ffmpeg.fragments import (
    FragmentBegin,
    FragmentBytes,
    FragmentEnd,
    FragmentReader,
    Init,
    Piece,
)
from media_library.errors import ToolFailed
from tests.films import film


def fragmented() -> bytes:
    """A film of twelve seconds in fragments of two."""
    source = film("a.mp4", "-pix_fmt", "yuv420p", "-c:a", "aac")
    argv: list[str | Path] = [
        "ffmpeg",
        "-v",
        "error",
        "-i",
        source,
        "-c",
        "copy",
        "-movflags",
        "frag_keyframe+empty_moov+default_base_moof",
    ]
    return subprocess.run([*argv, "-f", "mp4", "-"], check=True, capture_output=True).stdout


@pytest.mark.parametrize("size", [1, 7, 1000, 65536, 10_000_000])
def test_the_pieces_are_the_same_however_they_come(size: int) -> None:
    content = fragmented()
    if size < 100:
        content = content[:60_000]
    reader = FragmentReader()
    pieces: list[Piece] = []
    for place in range(0, len(content), size):
        pieces += reader.feed(content[place : place + size])
    assert isinstance(pieces[0], Init) and content.startswith(pieces[0].content)
    begins = [one for one in pieces if isinstance(one, FragmentBegin)]
    assert [round(one.start, 1) for one in begins] == [2.0 * number for number in range(len(begins))]
    assert all(abs(one.end - following.start) < 0.001 for one, following in pairwise(begins))
    body = b"".join(one.content for one in pieces if isinstance(one, FragmentBytes))
    assert content[len(pieces[0].content) :].startswith(body)
    if size > 100:
        assert len(begins) == 6 == sum(isinstance(one, FragmentEnd) for one in pieces)


@pytest.mark.parametrize(
    "content", [b"\0\0\0\x04moof" + bytes(20), b"\xff\xff\xff\xffmoov" + bytes(20), b"\0\0\0\x18moof" + b"\xff" * 16]
)
def test_what_is_no_fragmented_mp4_is_refused(content: bytes) -> None:
    with pytest.raises(ToolFailed):
        list(FragmentReader().feed(content))
