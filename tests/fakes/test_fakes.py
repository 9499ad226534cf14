"""The stand-ins answer in the shape of the real programs, and do what their descriptions say."""

import json
import os
import plistlib
import shlex
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.fake_program import install
from tests.fixtures import bluray, damage, dvd, plists


def run(*argv: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(argv, capture_output=True, check=False, text=True, stdin=subprocess.DEVNULL)


def calls(state: Path) -> list[list[str]]:
    return [shlex.split(line) for line in (state / "calls.log").read_text().splitlines()]


def streams(path: Path) -> list[tuple[str, str | None]]:
    found = json.loads(run("ffprobe", "-v", "error", "-show_streams", "-of", "json", path).stdout)["streams"]
    return [(stream["codec_name"], stream.get("tags", {}).get("language")) for stream in found]


def chapter_starts(path: Path) -> list[float]:
    found = json.loads(run("ffprobe", "-v", "error", "-show_chapters", "-of", "json", path).stdout)["chapters"]
    return [float(chapter["start_time"]) for chapter in found]


def duration(path: Path) -> float:
    return float(run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path).stdout)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dvd.build_movie(tmp_path_factory.mktemp("film"), tiny=True)


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    return tmp_path / "bin"


# every stand-in


def test_a_call_is_logged_as_it_was_made(bin_folder: Path) -> None:
    state = install(bin_folder, "osascript")
    run(bin_folder / "osascript", "-e", "on run argv", "It's done", "-x")
    run(bin_folder / "osascript", "two\nlines")
    assert calls(state) == [["osascript", "-e", "on run argv", "It's done", "-x"], ["osascript", "two\\nlines"]]


def test_the_state_can_lie_where_the_environment_says(bin_folder: Path, tmp_path: Path) -> None:
    install(bin_folder, "osascript")
    subprocess.run(
        [bin_folder / "osascript", "hello"], check=True, env={**os.environ, "FAKE_STATE": str(tmp_path / "own")}
    )
    assert calls(tmp_path / "own") == [["osascript", "hello"]]


def test_a_stand_in_without_a_place_for_its_state_says_so(bin_folder: Path) -> None:
    install(bin_folder, "osascript").rmdir()
    ended = run(bin_folder / "osascript")
    assert ended.returncode == 1
    assert "set FAKE_STATE" in ended.stderr


def test_a_notification_is_kept_and_can_be_refused(bin_folder: Path) -> None:
    state = install(bin_folder, "osascript")
    (state / "notification_fails").touch()
    assert run(bin_folder / "osascript", "-e", "on run argv", "-e", "end run", "Title", "Text").returncode == 1
    assert run(bin_folder / "osascript", "-e", "on run argv", "-e", "end run", "Title", "Text").returncode == 0
    lines = (state / "notifications.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == [
        {"script": ["on run argv", "end run"], "arguments": ["Title", "Text"]},
    ]


# the drives of a Mac


@pytest.fixture
def mac(bin_folder: Path) -> Path:
    state = install(bin_folder, "diskutil")
    install(bin_folder, "drutil")
    plists.write_all(state / "plists")
    return state


def test_a_disk_is_found_by_every_name(bin_folder: Path, mac: Path) -> None:
    (mac / "scenario").write_text("dvd_video\n")
    for name in ("disk4", "/dev/disk4", "/dev/rdisk4", "/Volumes/THE_TEST_MOVIE"):
        found = run(bin_folder / "diskutil", "info", "-plist", name)
        assert plistlib.loads(found.stdout.encode())["OpticalMediaType"] == "DVD-ROM"
        assert found.returncode == 0


def test_an_unknown_disk_is_an_error_in_a_property_list(bin_folder: Path, mac: Path) -> None:
    found = run(bin_folder / "diskutil", "info", "-plist", "disk9")
    assert found.returncode == 1
    assert plistlib.loads(found.stdout.encode())["ErrorMessage"] == "Could not find disk: disk9"
    (mac / "scenario").write_text("could_not_find_disk")
    assert run(bin_folder / "diskutil", "info", "-plist", "disk4").returncode == 1


def test_an_ejected_disc_is_gone(bin_folder: Path, mac: Path) -> None:
    (mac / "scenario").write_text("dvd_video")
    (mac / "eject_fails").touch()
    assert "dissented" in run(bin_folder / "diskutil", "eject", "disk4").stderr
    assert "DVD-ROM" in run(bin_folder / "drutil", "status").stdout
    assert run(bin_folder / "drutil", "-drive", "1", "tray", "eject").returncode == 0
    assert "No Media Inserted" in run(bin_folder / "drutil", "status").stdout
    listed = plistlib.loads(run(bin_folder / "diskutil", "list", "-plist").stdout.encode())
    assert listed["WholeDisks"] == ["disk0", "disk3"]
    assert "mediaIsPresent" not in run(bin_folder / "drutil", "status", "-xml").stdout


# the drives of Linux


@pytest.fixture
def linux(bin_folder: Path) -> Path:
    for name in ("lsblk", "udevadm", "eject"):
        state = install(bin_folder, name)
    return state


def block_devices(bin_folder: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(bin_folder / "lsblk", "--json", *arguments).stdout)["blockdevices"]
    return found


@pytest.mark.parametrize(
    ("scenario", "label", "properties"),
    [
        ("empty_drive", None, set()),
        ("dvd", "THE_TEST_MOVIE", {"ID_CDROM_MEDIA=1", "ID_CDROM_MEDIA_DVD=1", "ID_FS_TYPE=udf"}),
        ("dvd_without_filesystem", None, {"ID_CDROM_MEDIA=1", "ID_CDROM_MEDIA_DVD=1"}),
        ("bluray", "TEST_BD", {"ID_CDROM_MEDIA=1", "ID_CDROM_MEDIA_BD=1", "ID_FS_TYPE=udf"}),
        ("audio_cd", None, {"ID_CDROM_MEDIA=1", "ID_CDROM_MEDIA_TRACK_COUNT_AUDIO=12"}),
    ],
)
def test_lsblk_and_udevadm_tell_of_the_same_disc(
    bin_folder: Path,
    linux: Path,
    scenario: str,
    label: str | None,
    properties: set[str],
) -> None:
    (linux / "scenario").write_text(scenario)
    (drive,) = block_devices(bin_folder, "-o", "PATH,TYPE,LABEL", "/dev/sr0")
    assert drive == {"path": "/dev/sr0", "type": "rom", "label": label}
    lines = set(run(bin_folder / "udevadm", "info", "-q", "property", "-n", "/dev/sr0").stdout.splitlines())
    assert "ID_CDROM=1" in lines
    media = {line for line in lines if line.startswith(("ID_CDROM_MEDIA", "ID_FS_TYPE"))}
    assert media >= properties
    assert bool(media) == bool(properties)


def test_a_usb_stick_is_no_drive(bin_folder: Path, linux: Path) -> None:
    (linux / "scenario").write_text("usb_stick")
    assert [device["type"] for device in block_devices(bin_folder)] == ["disk", "disk"]
    assert run(bin_folder / "udevadm", "info", "-q", "property", "-n", "/dev/sr0").returncode == 1
    assert run(bin_folder / "lsblk", "--json", "/dev/sr0").returncode == 32
    assert run(bin_folder / "eject", "/dev/sr0").returncode == 1


def test_a_disc_can_be_mounted_elsewhere_or_not_at_all(bin_folder: Path, linux: Path) -> None:
    (linux / "scenario").write_text("dvd")
    (linux / "mountpoint").write_text("/somewhere")
    assert block_devices(bin_folder, "-o", "MOUNTPOINTS", "/dev/sr0") == [{"mountpoints": ["/somewhere"]}]
    (linux / "mountpoint").write_text("")
    assert block_devices(bin_folder, "-o", "MOUNTPOINT", "/dev/sr0") == [{"mountpoint": None}]


def test_eject_empties_the_drive_unless_it_fails(bin_folder: Path, linux: Path) -> None:
    (linux / "scenario").write_text("dvd")
    (linux / "eject_fails").touch()
    assert run(bin_folder / "eject", "/dev/sr0").returncode == 1
    assert run(bin_folder / "eject", "-t", "/dev/sr0").returncode == 0
    assert block_devices(bin_folder, "-o", "LABEL", "/dev/sr0") == [{"label": "THE_TEST_MOVIE"}]
    assert run(bin_folder / "eject", "/dev/sr0").returncode == 0
    assert block_devices(bin_folder, "-o", "LABEL", "/dev/sr0") == [{"label": None}]


# MakeMKV


@pytest.fixture
def makemkv(bin_folder: Path) -> Path:
    return install(bin_folder, "makemkvcon")


def robot(bin_folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run(bin_folder / "makemkvcon", "-r", "--minlength=1", "--progress=-same", *arguments)


def test_makemkv_lists_the_titles_of_a_film(bin_folder: Path, makemkv: Path, film: Path) -> None:
    lines = robot(bin_folder, "info", f"iso:{film}").stdout.splitlines()
    assert {"TCOUNT:3", 'CINFO:2,0,"TEST_MOVIE"', 'TINFO:0,8,0,"4"', 'TINFO:0,9,0,"0:00:16"'} <= set(lines)
    assert [line for line in lines if line.startswith("SINFO:0,") and ",3,0," in line] == [
        'SINFO:0,1,3,0,"eng"',
        'SINFO:0,2,3,0,"fra"',
        'SINFO:0,3,3,0,"eng"',
        'SINFO:0,4,3,0,"fra"',
    ]


def test_makemkv_leaves_out_short_titles(bin_folder: Path, makemkv: Path, film: Path) -> None:
    found = run(bin_folder / "makemkvcon", "-r", "--minlength=10", "info", f"iso:{film}").stdout
    assert "TCOUNT:1\n" in found
    assert found.count("MSG:3025,") == 2


@pytest.mark.parametrize("source", ["iso", "folder", "drive"])
def test_makemkv_saves_a_film_as_it_is(
    bin_folder: Path, makemkv: Path, film: Path, tmp_path: Path, source: str
) -> None:
    (makemkv / "disc").write_text(str(film))
    word = {"iso": f"iso:{film}", "folder": f"file:{film.parent / 'dvd'}", "drive": "disc:0"}[source]
    ended = robot(bin_folder, "mkv", word, "0", tmp_path)
    assert ended.returncode == 0
    assert 'MSG:5036,0,1,"Copy complete. 1 titles saved."' in ended.stdout
    assert "PRGV:65536,65536,65536" in ended.stdout
    (saved,) = tmp_path.glob("*_t00.mkv")
    assert streams(saved) == [
        ("mpeg2video", None),
        ("ac3", "eng"),
        ("ac3", "fra"),
        ("dvd_subtitle", "eng"),
        ("dvd_subtitle", "fra"),
    ]
    assert duration(saved) == pytest.approx(16, abs=0.2)
    assert chapter_starts(saved) == pytest.approx([0, 4, 8, 12], abs=0.7)


def test_makemkv_saves_every_episode_and_all_of_them_in_one(bin_folder: Path, makemkv: Path, tmp_path: Path) -> None:
    image = dvd.build_show(tmp_path / "disc", episodes=(6, 7), extra_seconds=0)
    robot(bin_folder, "mkv", f"iso:{image}", "all", tmp_path)
    assert [round(duration(path)) for path in sorted(tmp_path.glob("*.mkv"))] == [13, 6, 7]


def test_makemkv_saves_an_encrypted_blu_ray(bin_folder: Path, makemkv: Path, tmp_path: Path) -> None:
    image = bluray.build(tmp_path / "disc", aacs=True, tiny=True)
    ended = robot(bin_folder, "mkv", f"iso:{image}", "all", tmp_path)
    saved = sorted(tmp_path.glob("*.mkv"))
    assert [round(duration(path)) for path in saved] == [28, 11, 23]
    assert streams(saved[0]) == [("h264", None), ("ac3", "eng"), ("ac3", "fra")]
    assert chapter_starts(saved[0]) == pytest.approx([0, 9, 18], abs=0.1)
    assert 'MSG:3307,0,2,"File 00800.mpls was added as title #0"' in ended.stdout


def test_makemkv_saves_a_scrambled_film(bin_folder: Path, makemkv: Path, film: Path, tmp_path: Path) -> None:
    damage.scramble(film, tmp_path / "scrambled.iso")
    robot(bin_folder, "mkv", f"iso:{tmp_path / 'scrambled.iso'}", "0", tmp_path)
    assert duration(tmp_path / "TEST_MOVIE_t00.mkv") == pytest.approx(16, abs=0.2)


def test_makemkv_tells_what_lies_in_the_drive(bin_folder: Path, makemkv: Path, film: Path) -> None:
    assert 'DRV:0,0,999,0,"BD-RE' in robot(bin_folder, "info", "disc:9999").stdout
    (makemkv / "disc").write_text(str(film))
    found = robot(bin_folder, "info", "disc:9999").stdout
    assert found.count("DRV:") == 16
    assert '"TEST_MOVIE","/dev/sr0"' in found


@pytest.mark.parametrize(
    ("scenario", "codes", "code"),
    [("key_expired", [5055, 5010], 1), ("too_old", [5021], 253), ("open_fails", [5010], 1)],
)
def test_makemkv_can_refuse_a_disc(
    bin_folder: Path, makemkv: Path, film: Path, tmp_path: Path, scenario: str, codes: list[int], code: int
) -> None:
    (makemkv / "makemkv").write_text(scenario)
    ended = robot(bin_folder, "mkv", f"iso:{film}", "0", tmp_path)
    said = [int(line[4:8]) for line in ended.stdout.splitlines() if line.startswith("MSG:")]
    assert (said, ended.returncode) == ([1005, *codes], code)
    assert not list(tmp_path.glob("*.mkv"))


def test_makemkv_can_fail_a_title_and_end_well(bin_folder: Path, makemkv: Path, film: Path, tmp_path: Path) -> None:
    (makemkv / "makemkv").write_text("titles_fail")
    ended = robot(bin_folder, "mkv", f"iso:{film}", "all", tmp_path)
    assert ended.returncode == 0
    assert 'MSG:5004,0,2,"2 titles saved, 1 failed"' in ended.stdout
    assert 'MSG:5037,0,2,"Copy complete. 2 titles saved, 1 failed."' in ended.stdout
    assert run("ffprobe", tmp_path / "TEST_MOVIE_t02.mkv").returncode != 0


# HandBrake


def encode(bin_folder: Path, film: Path, target: Path) -> subprocess.Popen[bytes]:
    options: list[str | Path] = ["--json", "-t", "1", "-i", film, "-o", target, "--preset", "Very Fast 480p30"]
    return subprocess.Popen(
        [bin_folder / "HandBrakeCLI", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def wait_for_progress(stream: Any) -> None:
    for line in stream:
        if b'"Progress": 0.4' in line:
            return
    raise AssertionError("no progress came")


def is_alive_for(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    return False


@pytest.mark.parametrize("fake", ["hangs", "nothing", "stalls", "stalls_deaf", "crashes", "short"])
def test_every_handbrake_scans_for_real(bin_folder: Path, film: Path, fake: str) -> None:
    state = install(bin_folder, f"HandBrakeCLI_{fake}", name="HandBrakeCLI")
    found = run(bin_folder / "HandBrakeCLI", "--json", "--scan", "-t", "1", "-i", film).stdout
    assert '"LanguageCode": "fra"' in found
    assert calls(state)[0][:3] == ["HandBrakeCLI", "--json", "--scan"]


def test_a_handbrake_that_does_nothing_ends_well(bin_folder: Path, film: Path, tmp_path: Path) -> None:
    install(bin_folder, "HandBrakeCLI_nothing", name="HandBrakeCLI")
    assert encode(bin_folder, film, tmp_path / "film.mp4").wait(10) == 0
    assert not (tmp_path / "film.mp4").exists()


def test_a_handbrake_that_crashes_explains_itself(bin_folder: Path, film: Path, tmp_path: Path) -> None:
    install(bin_folder, "HandBrakeCLI_crashes", name="HandBrakeCLI")
    process = encode(bin_folder, film, tmp_path / "film.mp4")
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 3
    assert b"Encode failed (error 3)." in errors
    assert (tmp_path / "film.mp4").stat().st_size == 44


def test_a_handbrake_that_is_short_ends_well_with_a_part_of_the_film(
    bin_folder: Path, film: Path, tmp_path: Path
) -> None:
    install(bin_folder, "HandBrakeCLI_short", name="HandBrakeCLI")
    process = encode(bin_folder, film, tmp_path / "film.mp4")
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert duration(tmp_path / "film.mp4") == pytest.approx(5, abs=0.5)


def test_a_handbrake_that_stalls_ends_by_sigint_alone(bin_folder: Path, film: Path, tmp_path: Path) -> None:
    install(bin_folder, "HandBrakeCLI_stalls", name="HandBrakeCLI")
    with encode(bin_folder, film, tmp_path / "film.mp4") as process:
        wait_for_progress(process.stdout)
        process.send_signal(signal.SIGTERM)
        assert is_alive_for(process, 0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 1
    assert (tmp_path / "film.mp4").stat().st_size == 44


def test_a_deaf_handbrake_has_to_be_killed(bin_folder: Path, film: Path, tmp_path: Path) -> None:
    install(bin_folder, "HandBrakeCLI_stalls_deaf", name="HandBrakeCLI")
    with encode(bin_folder, film, tmp_path / "film.mp4") as process:
        wait_for_progress(process.stdout)
        process.send_signal(signal.SIGINT)
        assert is_alive_for(process, 0.3)
        process.kill()
        assert process.wait(5) == -signal.SIGKILL


def test_a_handbrake_that_hangs_says_nothing(bin_folder: Path, film: Path, tmp_path: Path) -> None:
    state = install(bin_folder, "HandBrakeCLI_hangs", name="HandBrakeCLI")
    with encode(bin_folder, film, tmp_path / "film.mp4") as process:
        deadline = time.monotonic() + 10
        while not (state / "calls.log").exists() and time.monotonic() < deadline:
            assert is_alive_for(process, 0.05)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=5)
    assert (output, process.returncode) == (b"", 1)
