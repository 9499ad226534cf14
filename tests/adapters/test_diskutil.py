"""What a Mac says of its drives, in the situations that others have observed."""

import plistlib
import shlex
from pathlib import Path

import pytest

from media_library.adapters.diskutil import Diskutil, parse_drutil
from media_library.errors import NotFound, ToolFailed, ToolMissing, ToolStalled
from media_library.models.drive import DiscKind, Drive, DriveKind, Medium
from tests.fakes import fake_program
from tests.fixtures import plists
from tests.fixtures.drutil_answers import BLURAY_DRIVE, DVD_DRIVE, as_text

NAME = "HL-DT-ST DVDRAM GP65NS60"


class Mac:
    """A made-up Mac whose situation the test chooses."""

    def __init__(self, folder: Path) -> None:
        self.state = fake_program.install(folder, "diskutil")
        fake_program.install(folder, "drutil")
        plists.write_all(self.state / "plists")

    def be(self, scenario: str) -> None:
        (self.state / "scenario").write_text(scenario)

    def calls(self) -> list[list[str]]:
        log = self.state / "calls.log"
        return [shlex.split(line) for line in log.read_text().splitlines()] if log.exists() else []

    def forget_calls(self) -> None:
        (self.state / "calls.log").unlink(missing_ok=True)


@pytest.fixture
def mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mac:
    mac = Mac(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return mac


def only_drive(drives: tuple[Drive, ...]) -> Drive:
    assert len(drives) == 1
    return drives[0]


def medium(drives: tuple[Drive, ...]) -> Medium:
    found = only_drive(drives).medium
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("scenario", "kind", "label", "source"),
    [
        ("dvd_video", DiscKind.DVD, "THE_TEST_MOVIE", "/Volumes/THE_TEST_MOVIE"),
        ("bluray", DiscKind.BLURAY, "TEST_BD", "/Volumes/TEST_BD"),
        ("audio_cd_12", DiscKind.AUDIO_CD, "Audio CD", "/Volumes/Audio CD"),
        ("data_dvd", DiscKind.DVD, "BACKUP_2019", "/Volumes/BACKUP_2019"),
        ("dvd_video_mounting", DiscKind.DVD, "", None),
        ("blank_cdr", DiscKind.BLANK, "", None),
        ("could_not_find_disk", DiscKind.UNKNOWN, "", None),
    ],
)
def test_a_disc_is_told_by_its_medium(mac: Mac, scenario: str, kind: DiscKind, label: str, source: str | None) -> None:
    mac.be(scenario)
    found = medium(Diskutil().list_drives())
    assert (found.kind, found.label, found.source) == (kind, label, source)


@pytest.mark.parametrize("scenario", ["system_only_no_drive", "usb_stick", "mounted_iso_image"])
def test_sticks_and_images_and_system_disks_are_no_drives(mac: Mac, scenario: str) -> None:
    mac.be(scenario)
    assert Diskutil().list_drives() == ()


def test_an_image_of_a_disc_is_no_drive_even_if_it_claims_to_be_optical(mac: Mac) -> None:
    mac.be("mounted_iso_image")
    answer = mac.state / "plists" / "mounted_iso_image" / "info_disk4.plist"
    answer.write_bytes(plistlib.dumps({**plistlib.loads(answer.read_bytes()), "OpticalMediaType": "DVD-ROM"}))
    assert Diskutil().list_drives() == ()


def test_an_empty_drive_is_a_drive(mac: Mac) -> None:
    drive = only_drive(Diskutil().list_drives())
    assert drive == Drive(f"macos:{NAME}", DriveKind.MACOS, NAME, None)


def test_a_drive_keeps_its_id_with_and_without_a_disc(mac: Mac) -> None:
    macos = Diskutil()
    ids = set()
    for scenario in (
        "empty_drive",
        "dvd_video_mounting",
        "dvd_video",
        "could_not_find_disk",
        "audio_cd_12",
        "blank_cdr",
    ):
        mac.be(scenario)
        ids.add(only_drive(macos.list_drives()).id)
    assert len(ids) == 1


def test_a_cd_that_the_music_app_renames_stays_the_same_disc(mac: Mac) -> None:
    macos = Diskutil()
    mac.be("audio_cd_12")
    before = medium(macos.list_drives())
    mac.be("audio_cd_12_renamed")
    after = medium(macos.list_drives())
    assert (before.version, after.source) == (after.version, "/Volumes/Eyes Open")


def test_a_disc_that_diskutil_does_not_find_for_a_moment_stays(mac: Mac) -> None:
    macos = Diskutil()
    mac.be("dvd_video_mounting")
    before = medium(macos.list_drives())
    mac.be("could_not_find_disk")
    assert medium(macos.list_drives()).version == before.version


def test_a_disk_that_did_not_change_is_not_asked_for_again(mac: Mac) -> None:
    macos = Diskutil()
    mac.be("dvd_video")
    first = macos.list_drives()
    mac.forget_calls()
    assert macos.list_drives() == first
    assert mac.calls() == [["diskutil", "list", "-plist"], ["drutil", "status"]]


def test_a_disc_that_is_not_mounted_is_asked_for_until_it_is(mac: Mac) -> None:
    macos = Diskutil()
    mac.be("dvd_video_mounting")
    macos.list_drives()
    mac.forget_calls()
    macos.list_drives()
    assert ["diskutil", "info", "-plist", "disk4"] in mac.calls()


def test_without_drutil_a_disc_is_still_seen(mac: Mac, tmp_path: Path) -> None:
    (tmp_path / "bin" / "drutil").unlink()
    mac.be("dvd_video")
    assert only_drive(Diskutil().list_drives()).name == NAME
    mac.be("empty_drive")
    assert Diskutil().list_drives() == ()


def test_eject_opens_the_drive(mac: Mac) -> None:
    macos = Diskutil()
    mac.be("dvd_video")
    macos.eject(only_drive(macos.list_drives()).id)
    assert only_drive(macos.list_drives()).medium is None
    assert ["diskutil", "eject", "disk4"] in mac.calls()


def test_an_eject_that_fails_once_is_tried_again(mac: Mac) -> None:
    macos = Diskutil(retry_seconds=0)
    mac.be("dvd_video")
    (mac.state / "eject_fails").touch()
    macos.eject(f"macos:{NAME}")
    assert sum(call[:2] == ["diskutil", "eject"] for call in mac.calls()) == 2


def test_a_blank_disc_is_ejected_by_the_tray(mac: Mac) -> None:
    mac.be("blank_cdr")
    Diskutil().eject(f"macos:{NAME}")
    assert mac.calls()[-1] == ["drutil", "-drive", "1", "tray", "eject"]


def test_an_eject_that_cannot_be_done_says_so(mac: Mac, tmp_path: Path) -> None:
    macos = Diskutil(retry_seconds=0)
    mac.be("dvd_video")
    macos.list_drives()
    for name in ("diskutil", "drutil"):
        (tmp_path / "bin" / name).unlink()
        (tmp_path / "bin" / name).write_text("#!/bin/sh\necho dissented by PID 421 >&2\nexit 1\n")
        (tmp_path / "bin" / name).chmod(0o755)
    with pytest.raises(ToolFailed, match="Close that program") as caught:
        macos.eject(f"macos:{NAME}")
    assert caught.value.output == ("dissented by PID 421",)


def test_ejecting_an_unknown_drive_is_refused(mac: Mac) -> None:
    with pytest.raises(NotFound):
        Diskutil().eject("macos:nothing")


def test_what_is_no_answer_is_an_error_and_not_an_empty_drive(mac: Mac, tmp_path: Path) -> None:
    (tmp_path / "bin" / "diskutil").unlink()
    with pytest.raises(ToolMissing):
        Diskutil().list_drives()
    (tmp_path / "bin" / "diskutil").write_text("#!/bin/sh\necho not a plist\n")
    (tmp_path / "bin" / "diskutil").chmod(0o755)
    with pytest.raises(ToolFailed):
        Diskutil().list_drives()


def test_a_mac_that_does_not_answer_is_not_waited_for(mac: Mac) -> None:
    (mac.state / "delay").write_text("30")
    with pytest.raises(ToolStalled):
        Diskutil(ask_seconds=0.5).list_drives()


def test_the_drives_of_drutil_are_told_apart() -> None:
    text = as_text(DVD_DRIVE) + as_text(BLURAY_DRIVE)
    assert [burner.name for burner in parse_drutil(text)] == [NAME, "PIONEER BD-RW BDR-XD07"]
    assert parse_drutil("") == parse_drutil("no drives\n") == []
