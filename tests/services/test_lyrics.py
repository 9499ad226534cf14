"""Lyrics: what lies beside a track, line by line, whoever wrote it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.models.library import LibraryKind
from media_library.services.lyrics import LyricLine, lines_of
from tests.routes.house import House, error_of


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house with a library."""
    house = House(tmp_path)
    yield house
    house.close()


def test_lines_are_sung_at_their_times_and_a_refrain_twice() -> None:
    text = "[ti:Anchor]\n[00:12.50]Two\n[00:01.2][01:00]One\n[00:15]\n[by: somebody]\n"
    assert lines_of(text) == (
        LyricLine(1.2, "One"),
        LyricLine(12.5, "Two"),
        LyricLine(15.0, ""),
        LyricLine(60.0, "One"),
    )


def test_an_offset_moves_all_lines_and_times_of_words_are_left_out() -> None:
    assert lines_of("[offset:+500]\n[00:02.00]<00:02.00>One <00:02.50>word") == (LyricLine(1.5, "One word"),)
    assert lines_of("[offset:-1000]\n[00:00.00]Later") == (LyricLine(1.0, "Later"),)
    assert lines_of("[offset:99999999]\n[00:04.00]Same") == (LyricLine(4.0, "Same"),)


def test_a_plain_text_keeps_its_verses() -> None:
    assert [line.text for line in lines_of("One\n\nTwo\n\n")] == ["One", "", "Two"]
    assert all(line.at is None for line in lines_of("One\n[Chorus]\nTwo"))


def test_hostile_lyrics_are_short_plain_lines() -> None:
    """No markup is made of them, nothing turns the direction of the page, nothing is endless."""
    for text in (
        "[00:01]" * 9000 + "x",
        "[99999:99]x",
        "\x00\x1b[2J\u202egnp",
        "[" * 9999,
        "x" * 99_999,
        "\n" * 99_999,
    ):
        lines = lines_of(text)
        assert len(lines) <= 2000 and all(len(line.text) <= 500 and line.text.isprintable() for line in lines)
    assert lines_of("<b>One</b>")[0].text == "<b>One</b>"


def test_the_file_beside_a_track_is_read_and_only_for_who_may_hear_it(house: House) -> None:
    track = house.track("Artist", "Album", 1)
    path = f"/api/media/{track.id}/lyrics"
    assert house.member.get(path).json == {"lines": []}
    library = house.state.library_of_kind(LibraryKind.MUSIC)
    beside = f"{library.folder}/Artist/Album/1.lrc"
    (house.settings.media_root / beside).write_text("[00:01.00]One", "utf-8")
    put_lyrics(house, track.id, beside)
    assert house.member.get(path).json == {"lines": [{"at": 1.0, "text": "One"}]}
    assert error_of(house.kid.get(path)) == (404, "not_found")
    (house.settings.media_root / beside).unlink()
    assert house.member.get(path).json == {"lines": []}


def put_lyrics(house: House, media_id: str, path: str) -> None:
    """Note a file of lyrics as a scan does."""
    folder = house.state.list_folders()[0]
    house.state._change(
        """
        INSERT INTO files (id, folder_id, path, size_bytes, mtime_ns, inode, role, state, media_id, seen_at, changed_at)
        VALUES (?, ?, ?, 1, 1, 1, 'lyrics', 'ready', ?, 1, 1)
        """,
        ("f" * 32, folder.id, path, media_id),
    )
