"""What Linux says of its drives."""

import shlex
from pathlib import Path

import pytest

from media_library.adapters.lsblk import Lsblk
from media_library.errors import NotFound, ToolFailed, ToolMissing
from media_library.models.drive import DiscKind, Drive, DriveKind, Medium
from tests.fakes import fake_program

DRIVE = "linux:sr0"


class Machine:
    """A made-up machine with one drive."""

    def __init__(self, folder: Path) -> None:
        for name in ("lsblk", "udevadm", "eject"):
            self.state = fake_program.install(folder, name)

    def be(self, scenario: str) -> None:
        (self.state / "scenario").write_text(scenario)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path / "bin")
    python = tmp_path / "python"
    python.mkdir()
    for name in ("python3", "env", "sh"):
        (python / name).symlink_to(f"/usr/bin/{name}")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{python}")
    return machine


def medium() -> Medium:
    (drive,) = Lsblk().list_drives()
    assert drive.medium is not None
    return drive.medium


@pytest.mark.parametrize(
    ("scenario", "kind", "label"),
    [
        ("dvd", DiscKind.DVD, "THE_TEST_MOVIE"),
        ("dvd_without_filesystem", DiscKind.DVD, ""),
        ("bluray", DiscKind.BLURAY, "TEST_BD"),
        ("audio_cd", DiscKind.AUDIO_CD, ""),
    ],
)
def test_a_disc_is_told_by_its_medium(machine: Machine, scenario: str, kind: DiscKind, label: str) -> None:
    machine.be(scenario)
    (machine.state / "mountpoint").touch()  # mounted nowhere
    found = medium()
    assert (found.kind, found.label, found.source) == (kind, label, "/dev/sr0")


def test_an_empty_drive_is_a_drive(machine: Machine) -> None:
    assert Lsblk().list_drives() == (Drive(DRIVE, DriveKind.LINUX, "HL-DT-ST DVDRAM GP65NS60", None),)


def test_a_usb_stick_is_no_drive(machine: Machine) -> None:
    machine.be("usb_stick")
    assert Lsblk().list_drives() == ()


def test_a_disc_whose_device_cannot_be_read_is_read_where_it_is_mounted(machine: Machine, tmp_path: Path) -> None:
    machine.be("dvd")
    (machine.state / "mountpoint").write_text(str(tmp_path))
    assert medium().source == str(tmp_path)


def test_another_disc_is_another_version(machine: Machine) -> None:
    machine.be("dvd")
    before = medium().version
    assert medium().version == before
    machine.be("audio_cd")
    assert medium().version != before


def test_a_blank_disc_is_blank(machine: Machine, tmp_path: Path) -> None:
    machine.be("dvd")
    udevadm = tmp_path / "bin" / "udevadm"
    udevadm.unlink()
    udevadm.write_text("#!/bin/sh\nprintf 'ID_CDROM=1\\nID_CDROM_MEDIA=1\\nID_CDROM_MEDIA_STATE=blank\\n'\n")
    udevadm.chmod(0o755)
    found = medium()
    assert (found.kind, found.source) == (DiscKind.BLANK, None)


def test_without_udev_the_kernel_is_asked(machine: Machine, tmp_path: Path) -> None:
    machine.be("dvd")
    (tmp_path / "bin" / "udevadm").unlink()
    (drive,) = Lsblk().list_drives()  # there is no such device here: the kernel says so, and nothing breaks
    assert drive.medium is None


def test_eject_opens_the_drive(machine: Machine) -> None:
    machine.be("dvd")
    linux = Lsblk()
    linux.eject(DRIVE)
    assert linux.list_drives()[0].medium is None
    calls = [shlex.split(line) for line in (machine.state / "calls.log").read_text().splitlines()]
    assert ["eject", "/dev/sr0"] in calls


def test_an_eject_that_cannot_be_done_says_so(machine: Machine) -> None:
    machine.be("dvd")
    (machine.state / "eject_fails").touch()
    with pytest.raises(ToolFailed, match="Close that program") as caught:
        Lsblk().eject(DRIVE)
    assert "busy" in caught.value.output[0]


def test_ejecting_an_unknown_drive_is_refused(machine: Machine) -> None:
    with pytest.raises(NotFound):
        Lsblk().eject("linux:sr9")


def test_what_is_no_answer_is_an_error_and_not_a_machine_without_drives(machine: Machine, tmp_path: Path) -> None:
    lsblk = tmp_path / "bin" / "lsblk"
    lsblk.unlink()
    with pytest.raises(ToolMissing):
        Lsblk().list_drives()
    for answer in ("nonsense", "{}", '{"blockdevices": [{}]}', "[]"):
        lsblk.write_text(f"#!/bin/sh\necho '{answer}'\n")
        lsblk.chmod(0o755)
        with pytest.raises(ToolFailed):
            Lsblk().list_drives()
