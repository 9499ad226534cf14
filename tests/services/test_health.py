"""What the processes tell of themselves, and what is made of it."""

import os
import time
from pathlib import Path

import pytest

from media_library.config import Paths, Settings
from media_library.services.health import (
    LoopHealth,
    ProcessHealth,
    ToolHealth,
    forget_health,
    read_health,
    write_health,
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a state folder of their own."""
    return Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data")))


def told(process: str = "work", *, state: str = "running", seconds_ago: float = 0.0) -> ProcessHealth:
    """What a process told some time ago."""
    now = time.time_ns() // 1_000_000
    loop = LoopHealth("rips", state, now, 0, None)
    tool = ToolHealth("ffmpeg", None, "pictures", "apt install ffmpeg")
    return ProcessHealth(process, os.getpid(), now - int(seconds_ago * 1000), (loop,), (tool,))


def test_what_is_written_is_read(settings: Settings) -> None:
    written = told()
    write_health(settings, written)
    health = read_health(settings)
    assert health.status == "ok"
    assert health.processes == (written,)
    assert (health.loops, health.tools) == (written.loops, written.tools)


def test_a_process_that_does_not_tell_degrades_the_whole(settings: Settings) -> None:
    assert read_health(settings).status == "degraded"
    write_health(settings, told("web"))
    assert read_health(settings, ("web", "work")).status == "degraded"
    assert read_health(settings, ("web",)).status == "ok"


def test_a_process_that_fell_silent_degrades_the_whole_after_fifteen_seconds(settings: Settings) -> None:
    write_health(settings, told(seconds_ago=14))
    assert read_health(settings).status == "ok"
    write_health(settings, told(seconds_ago=16))
    assert read_health(settings).status == "degraded"


@pytest.mark.parametrize("state", ["restarting", "stopped"])
def test_a_loop_that_does_not_run_degrades_the_whole(settings: Settings, state: str) -> None:
    write_health(settings, told(state=state))
    assert read_health(settings).status == "degraded"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"process": "work"}', b"\xff" * 100])
def test_a_torn_file_is_a_process_that_does_not_tell(settings: Settings, content: bytes) -> None:
    write_health(settings, told())
    (settings.data_directory / "run" / "work.json").write_bytes(content)
    assert read_health(settings).processes == ()


def test_a_reader_never_sees_half_a_file_and_nothing_is_left_beside_it(settings: Settings) -> None:
    for _ in range(20):
        write_health(settings, told())
        assert read_health(settings).status == "ok"
    folder = settings.data_directory / "run"
    assert [file.name for file in folder.iterdir()] == ["work.json"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_an_earlier_run_is_forgotten(settings: Settings) -> None:
    forget_health(settings)
    write_health(settings, told())
    forget_health(settings)
    assert read_health(settings).processes == ()
