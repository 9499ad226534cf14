"""Which outside programs are installed, with programs of our own in their place."""

import sys
from pathlib import Path

import pytest

from media_library.adapters.sandbox import isolation
from media_library.services.health import ToolHealth
from media_library.services.tool_check import ISOLATION, TOOLS, check_tools, missing_required
from tests.programs import write_program

HERE = [tool for tool in TOOLS if not tool.platform or sys.platform.startswith(tool.platform)]


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def found(name: str) -> ToolHealth:
    """What the check says of one program."""
    return next(tool for tool in check_tools() if tool.name == name)


def test_nothing_installed_is_everything_missing_with_a_way_to_get_it(programs: Path) -> None:
    *listed, confinement = check_tools()
    assert confinement.name == ISOLATION
    assert [tool.name for tool in listed] == [tool.name for tool in HERE]
    assert {tool.version for tool in listed} == {None}
    assert all(tool.needed_for and tool.hint for tool in listed)
    assert [tool.name for tool in missing_required(tuple(listed))] == [tool.name for tool in HERE if tool.required]


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("HandBrake 1.6.1", "1.6.1"),
        ("HandBrake 20240212211437-5a5b2a1b6-master", "installed"),
        ("ffmpeg version 5.1.6-0+deb12u1 Copyright (c) 2000-2024", "5.1.6-0+deb12u1"),
        ("ffmpeg version n7.1.5", "7.1.5"),
        ("MediaInfo Command line,\nMediaInfoLib - v23.04", "23.04"),
        ("fpcalc version 1.5.1 (FFmpeg Lavc59.37.100)", "1.5.1"),
        ("lsblk from util-linux 2.38.1", "2.38.1"),
        ("no number", "installed"),
        ("", "installed"),
    ],
)
def test_a_version_is_read_from_what_a_program_says(programs: Path, said: str, version: str) -> None:
    for stream in ("stdout", "stderr"):
        write_program(programs, "ffmpeg", f"import sys; print({said!r}, file=sys.{stream})")
        assert found("ffmpeg").version == version


def test_a_program_is_asked_with_its_own_option(programs: Path) -> None:
    for tool in HERE:
        write_program(programs, tool.name, "import sys; print('1.' + str(len(sys.argv)), *sys.argv[1:], 'x')")
    assert {tool.name: tool.version for tool in check_tools()[:-1]} == {
        tool.name: f"1.{len(tool.version_arguments) + 1}" for tool in HERE
    }
    assert missing_required(check_tools()) == []


def test_a_program_that_fails_is_still_installed(programs: Path) -> None:
    write_program(programs, "ffmpeg", "import sys; sys.exit('broken 1.2')")
    assert found("ffmpeg").version == "1.2"


def test_a_program_that_floods_is_named_as_not_answering(programs: Path) -> None:
    write_program(programs, "ffmpeg", "import os\nwhile True: os.write(1, bytes(1 << 20))")
    assert found("ffmpeg").version == "installed, but does not answer"


def test_what_confines_programs_is_told_with_what_is_missing() -> None:
    told = found(ISOLATION)
    here = isolation()
    assert (told.version is not None) == (here.landlock or here.seccomp or here.seatbelt)
    assert all(text in f"{told.version} {told.hint}" for text in here.missing)
    assert told not in missing_required(check_tools())


def test_what_must_be_there_is_what_rips_and_what_sees_discs() -> None:
    assert {tool.name for tool in TOOLS if tool.required} == {
        "HandBrakeCLI",
        "ffmpeg",
        "ffprobe",
        "diskutil",
        "lsblk",
    }
