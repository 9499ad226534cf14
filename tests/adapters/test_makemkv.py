"""makemkvcon by way of its stand-in: what it lists, what it copies, and what it complains about."""

from pathlib import Path

import pytest

from media_library.adapters import makemkv
from media_library.errors import DiscUnreadable, MediaLibraryError, ToolFailed
from media_library.models.tool import result_of
from tests.programs import write_program
from tests.ripping import film, first_in_path, followed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", first_in_path(tmp_path / "bin", "makemkvcon", "makemkvcon"))
    return tmp_path


def test_titles_carry_makemkv_s_numbers_from_one(folder: Path) -> None:
    titles = result_of(makemkv.scan(str(film()), min_seconds=8))
    assert [(title.index, title.duration_ms, len(title.chapters)) for title in titles] == [(1, 16_000, 4)]
    assert [track.language for track in titles[0].audio] == ["eng", "fra"]
    assert [track.language for track in titles[0].subtitles] == ["eng", "fra"]


def test_a_title_is_copied_with_progress(folder: Path) -> None:
    [title] = result_of(makemkv.scan(str(film()), min_seconds=8))
    (folder / "out").mkdir()
    fractions, copied = followed(makemkv.copy(str(film()), title, folder / "out", min_seconds=8))
    assert copied.stat().st_size > 100_000
    assert fractions
    assert fractions == sorted(fractions)


@pytest.mark.parametrize(
    ("scenario", "kind", "words"),
    [
        ("key_expired", ToolFailed, "has expired"),
        ("too_old", ToolFailed, "too old"),
        ("open_fails", DiscUnreadable, "cannot open the disc"),
    ],
)
def test_a_complaint_says_what_to_do(folder: Path, scenario: str, kind: type[MediaLibraryError], words: str) -> None:
    (folder / "bin" / "state" / "makemkv").write_text(scenario)
    with pytest.raises(kind, match=words):
        result_of(makemkv.scan(str(film()), min_seconds=8))


def test_a_copy_that_failed_is_told_though_the_code_is_0(folder: Path) -> None:
    [title] = result_of(makemkv.scan(str(film()), min_seconds=8))
    (folder / "bin" / "state" / "makemkv").write_text("titles_fail")
    (folder / "out").mkdir()
    with pytest.raises(DiscUnreadable, match="could not copy the title") as caught:
        result_of(makemkv.copy(str(film()), title, folder / "out", min_seconds=8))
    assert any("saved" in line for line in caught.value.output)


def test_lines_that_make_no_sense_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = write_program(
        tmp_path,
        "makemkvcon",
        r"""
        print('MSG:1005,0,1,"a \\"quoted\\", text","%1","x"')
        print("TINFO:0,9,0,\"1:02:03\"")
        print("TINFO:zero,9,0,\"1:02:03\"")
        print("TINFO:0,9")
        print("MSG:")
        print("PRGV:1,2")
        print("SINFO:0,first,19,0,x")
        print("noise")
        print("SINFO:0,0,19,0,\"1920x1080\"")
        """,
    )
    monkeypatch.setenv("PATH", str(Path(program).parent), prepend=":")
    [title] = result_of(makemkv.scan("/dev/null", min_seconds=8))
    assert (title.duration_ms, title.width, title.height) == (3_723_000, 1920, 1080)


def test_without_makemkv_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not makemkv.is_installed()
