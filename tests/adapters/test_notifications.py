"""What is handed to the programs that show a notification, and that nothing fails without them."""

import json
import os
from pathlib import Path

import pytest

from media_library.adapters import caffeinate, notifications
from tests.conftest import wait_for
from tests.fakes import fake_program

HOSTILE = '"; do shell script "touch /tmp/owned" & "'


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of its own, with the interpreters that the stand-ins need."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("python3", "env", "sh", "sleep"):
        (folder / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_macos_gets_title_and_text_as_arguments(bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    state = fake_program.install(bin_folder, "osascript")
    notifications.notify("Film", HOSTILE)
    (call,) = [json.loads(line) for line in (state / "notifications.jsonl").read_text().splitlines()]
    assert call["arguments"] == ["Film", HOSTILE]
    assert call["script"][0] == "on run argv"
    assert "owned" not in "".join(call["script"])


def test_a_text_that_looks_like_an_option_stays_a_text() -> None:
    argv = notifications.command("darwin", "-e", "--help")
    assert all(not argument.startswith("-") for argument in argv[-2:])
    argv = notifications.command("linux", "-e", "--help")
    assert argv[argv.index("--") + 1 :] == ["-e", "--help"]


def test_linux_shows_it_when_notify_send_is_there(
    bin_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    program = bin_folder / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {tmp_path}/shown\n')
    program.chmod(0o755)
    notifications.notify("A\nfilm", "x" * 500)
    app, dashes, title, text = (tmp_path / "shown").read_text().splitlines()
    assert (app, dashes, title) == ("--app-name=Media Library", "--", "A film")
    assert len(text) == 240


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_without_the_program_nothing_happens(bin_folder: Path, monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr("sys.platform", platform)
    notifications.notify("Film", "is ready")


def test_a_program_that_fails_is_no_error(bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    state = fake_program.install(bin_folder, "osascript")
    (state / "notification_fails").touch()
    notifications.notify("Film", "is ready")
    assert not (state / "notifications.jsonl").exists()


def test_a_mac_is_kept_awake_by_a_process_beside(
    bin_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    program = bin_folder / "caffeinate"
    program.write_text(
        f'#!/bin/sh\necho "$$ $@" > {tmp_path}/partial && mv {tmp_path}/partial {tmp_path}/awake\nexec sleep 60\n'
    )
    program.chmod(0o755)
    (bin_folder / "mv").symlink_to("/usr/bin/mv")
    awake = tmp_path / "awake"
    with caffeinate.keep_awake():
        wait_for(awake.exists)
        pid, *arguments = awake.read_text().split()
        assert arguments == ["-i", "-m", "-w", str(os.getpid())]
        os.kill(int(pid), 0)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_other_systems_need_nothing(bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for platform in ("linux", "darwin"):  # on a Mac without the program, it may fall asleep
        monkeypatch.setattr("sys.platform", platform)
        with caffeinate.keep_awake():
            pass
