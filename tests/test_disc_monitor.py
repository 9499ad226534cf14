"""What the desk is told when discs come, stay, cannot be read, and go."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from media_library.adapters.disc_images import DiscImages
from media_library.adapters.diskutil import Diskutil
from media_library.disc_monitor import DiscMonitor
from media_library.disc_monitor.monitor import Patience
from media_library.errors import DiscUnreadable, NotFound, ToolStalled
from media_library.models.disc_structure import DiscStructure
from media_library.models.drive import DiscKind, Drive, DriveKind, DriveState, Medium
from tests.conftest import wait_for
from tests.fakes import fake_program
from tests.fixtures import audio_cd, dvd, plists


class Desk:
    """Writes down what it is told, and nothing if that does not fit what it was told before."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.discs: dict[str, DiscStructure] = {}
        self.drives: dict[str, Drive] = {}
        self.messages: list[str] = []

    def drive_seen(self, drive: Drive, state: DriveState, message: str | None) -> None:
        assert drive.id not in self.discs
        self.drives[drive.id] = drive
        self.told.append(state)
        self.messages += [message] if message else []

    def drive_gone(self, drive_id: str) -> None:
        assert drive_id not in self.discs
        del self.drives[drive_id]
        self.told.append("gone")

    def disc_inserted(self, drive: Drive, structure: DiscStructure) -> None:
        assert drive.id not in self.discs
        self.drives[drive.id] = drive
        self.discs[drive.id] = structure
        self.told.append("inserted")

    def disc_moved(self, drive: Drive, structure: DiscStructure) -> None:
        assert self.discs[drive.id] == structure
        self.drives[drive.id] = drive
        self.told.append("moved")

    def disc_removed(self, drive_id: str) -> None:
        del self.discs[drive_id]
        self.told.append("removed")


class Drives:
    """Drives whose media the test changes."""

    confirmations = 1

    def __init__(self, *names: str) -> None:
        self.media: dict[str, Medium | None] = dict.fromkeys(names)
        self.error: ToolStalled | None = None
        self.kind = DriveKind.LINUX

    def list_drives(self) -> tuple[Drive, ...]:
        if self.error is not None:
            raise self.error
        return tuple(Drive(name, self.kind, name, medium) for name, medium in self.media.items())

    def eject(self, drive_id: str) -> None:
        self.media[drive_id] = None


def disc(source: str | None = "/dev/sr0", version: str = "1", kind: DiscKind = DiscKind.DVD, label: str = "") -> Medium:
    return Medium(kind, label, source, 1000, version)


def found(source: Path, kind: DiscKind) -> DiscStructure:
    return DiscStructure(kind, f"dvd:{source}")


def scratched(source: Path, kind: DiscKind) -> DiscStructure:
    raise DiscUnreadable("The disc is scratched.")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_disc_is_told_from_insertion_to_removal(desk: Desk) -> None:
    drives = Drives("a")
    monitor = DiscMonitor([drives], desk, examine=found)
    monitor.poll()
    drives.media["a"] = disc()
    monitor.poll()
    monitor.poll()
    assert desk.discs["a"].fingerprint == "dvd:/dev/sr0"
    drives.media["a"] = None
    monitor.poll()
    assert desk.told == ["empty", "reading", "inserted", "removed", "empty"]


def test_a_drive_that_is_unplugged_takes_its_disc_along(desk: Desk) -> None:
    drives = Drives("a")
    drives.media["a"] = disc()
    monitor = DiscMonitor([drives], desk, examine=found)
    monitor.poll()
    del drives.media["a"]
    monitor.poll()
    assert desk.told == ["reading", "inserted", "removed", "gone"]


def test_another_disc_without_an_empty_drive_between_is_another_disc(desk: Desk) -> None:
    drives = Drives("a")
    drives.media["a"] = disc("/dev/sr0")
    monitor = DiscMonitor([drives], desk, examine=found)
    monitor.poll()
    drives.media["a"] = disc("/dev/sr1", version="2")
    monitor.poll()
    assert desk.told == ["reading", "inserted", "removed", "reading", "inserted"]
    assert desk.discs["a"].fingerprint == "dvd:/dev/sr1"


def test_a_change_that_must_be_confirmed_is_not_believed_at_once(desk: Desk) -> None:
    drives = Drives("a")
    drives.confirmations = 2
    monitor = DiscMonitor([drives], desk, examine=found)
    monitor.poll()
    assert desk.told == []
    monitor.poll()
    drives.media["a"] = disc()
    monitor.poll()
    drives.media["a"] = None  # it was a lie
    monitor.poll()
    drives.media["a"] = disc()
    monitor.poll()
    assert desk.told == ["empty"]
    monitor.poll()
    assert desk.told == ["empty", "reading", "inserted"]
    drives.media["a"] = None
    monitor.poll()
    drives.media["a"] = disc()
    monitor.poll()
    assert desk.told == ["empty", "reading", "inserted"]


def test_a_disc_is_examined_once_the_system_has_mounted_it(desk: Desk) -> None:
    drives = Drives("a")
    drives.media["a"] = disc(None)
    monitor = DiscMonitor([drives], desk, examine=found)
    monitor.poll()
    monitor.poll()
    assert desk.told == ["reading"]
    drives.media["a"] = disc("/media/x", label="X")
    monitor.poll()
    assert desk.told[-1] == "inserted"
    assert desk.discs["a"].fingerprint == "dvd:/media/x"


def test_a_disc_that_is_never_mounted_is_unreadable(desk: Desk) -> None:
    drives = Drives("a")
    drives.media["a"] = disc(None)
    monitor = DiscMonitor([drives], desk, examine=found, patience=Patience(mount_seconds=0))
    monitor.poll()
    monitor.poll()
    monitor.poll()
    assert desk.told == ["reading", "unreadable"]
    assert "Eject it and insert it again" in desk.messages[0]
    drives.media["a"] = disc("/media/x")
    monitor.poll()
    assert desk.told[-1] == "inserted"


def test_a_disc_that_the_system_renames_stays_the_same_disc(desk: Desk) -> None:
    drives = Drives("a")
    drives.media["a"] = disc("/Volumes/Audio CD")
    monitor = DiscMonitor([drives], desk, examine=found)
    monitor.poll()
    drives.media["a"] = disc("/Volumes/Eyes Open")
    monitor.poll()
    monitor.poll()
    assert desk.told == ["reading", "inserted", "moved"]
    medium = desk.drives["a"].medium
    assert medium is not None and medium.source == "/Volumes/Eyes Open"


def test_a_disc_that_cannot_be_read_is_not_an_empty_drive(desk: Desk) -> None:
    drives = Drives("a")
    drives.media["a"] = disc()
    monitor = DiscMonitor([drives], desk, examine=scratched)
    monitor.poll()
    monitor.poll()
    assert (desk.told, desk.messages) == (["reading", "unreadable"], ["The disc is scratched."])


def test_a_disc_that_cannot_be_read_at_first_is_tried_again_but_not_for_ever(desk: Desk) -> None:
    tries: list[Path] = []

    def examine(source: Path, kind: DiscKind) -> DiscStructure:
        tries.append(source)
        raise DiscUnreadable("The drive still turns up.")

    drives = Drives("a")
    drives.media["a"] = disc()
    monitor = DiscMonitor([drives], desk, examine=examine, patience=Patience(retry_seconds=0))
    for _ in range(8):
        monitor.poll()
    assert len(tries) == 3
    assert desk.told == ["reading", "unreadable"]


def test_an_image_that_cannot_be_read_is_not_tried_again(desk: Desk) -> None:
    tries: list[Path] = []

    def examine(source: Path, kind: DiscKind) -> DiscStructure:
        tries.append(source)
        raise DiscUnreadable("Cut off.")

    drives = Drives("a")
    drives.kind = DriveKind.IMAGE
    drives.media["a"] = disc()
    monitor = DiscMonitor([drives], desk, examine=examine, patience=Patience(retry_seconds=0))
    for _ in range(4):
        monitor.poll()
    assert len(tries) == 1


def test_a_blank_disc_is_said_and_not_examined(desk: Desk) -> None:
    drives = Drives("a")
    drives.media["a"] = disc(None, kind=DiscKind.BLANK)
    DiscMonitor([drives], desk, examine=scratched).poll()
    assert (desk.told, desk.messages) == (["ready"], ["This disc is blank."])


def test_a_slow_disc_holds_up_no_other_drive(desk: Desk) -> None:
    answer = threading.Event()

    def examine(source: Path, kind: DiscKind) -> DiscStructure:
        if source.name == "slow":
            answer.wait(30)
        return found(source, kind)

    drives = Drives("a", "b")
    drives.media = {"a": disc("/dev/slow"), "b": disc("/dev/fast")}
    monitor = DiscMonitor([drives], desk, examine=examine, patience=Patience(poll_seconds=0.05))

    def fast_is_there() -> bool:
        monitor.poll()
        return "b" in desk.discs

    wait_for(fast_is_there)
    assert "a" not in desk.discs
    drives.media["b"] = None
    monitor.poll()
    assert "b" not in desk.discs
    answer.set()

    def slow_is_there() -> bool:
        monitor.poll()
        return "a" in desk.discs

    wait_for(slow_is_there)


def test_a_disc_that_is_taken_out_while_it_is_examined_is_never_told(desk: Desk) -> None:
    answer = threading.Event()

    def examine(source: Path, kind: DiscKind) -> DiscStructure:
        answer.wait(30)
        return found(source, kind)

    drives = Drives("a")
    drives.media["a"] = disc()
    monitor = DiscMonitor([drives], desk, examine=examine, patience=Patience(poll_seconds=0.01))
    monitor.poll()
    drives.media["a"] = None
    monitor.poll()
    answer.set()
    monitor.poll()
    assert desk.told == ["reading", "empty"]


def test_a_disc_that_is_unmounted_while_it_is_examined_waits_for_its_mount(desk: Desk) -> None:
    answer = threading.Event()

    def examine(source: Path, kind: DiscKind) -> DiscStructure:
        answer.wait(30)
        return found(source, kind)

    drives = Drives("a")
    drives.media["a"] = disc("/media/x")
    monitor = DiscMonitor([drives], desk, examine=examine, patience=Patience(poll_seconds=0.01))
    monitor.poll()
    drives.media["a"] = disc(None)
    monitor.poll()
    answer.set()
    monitor.poll()
    assert desk.told == ["reading"]
    drives.media["a"] = disc("/media/y")

    def is_there() -> bool:
        monitor.poll()
        return "a" in desk.discs

    wait_for(is_there)
    assert desk.discs["a"].fingerprint == "dvd:/media/y"


def test_a_disc_that_never_answers_is_unreadable(desk: Desk) -> None:
    answer = threading.Event()

    def examine(source: Path, kind: DiscKind) -> DiscStructure:
        answer.wait(30)
        return found(source, kind)

    drives = Drives("a")
    drives.media["a"] = disc()
    monitor = DiscMonitor([drives], desk, examine=examine, patience=Patience(examine_seconds=0.05, poll_seconds=0.1))
    monitor.poll()
    answer.set()
    assert desk.told == ["reading", "unreadable"]
    assert "does not answer" in desk.messages[0]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_examination_that_breaks_is_told_like_an_unreadable_disc(desk: Desk) -> None:
    def examine(source: Path, kind: DiscKind) -> DiscStructure:
        raise ZeroDivisionError

    drives = Drives("a")
    drives.media["a"] = disc()
    DiscMonitor([drives], desk, examine=examine).poll()
    assert desk.told == ["reading", "unreadable"]


def test_a_system_that_does_not_answer_changes_nothing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    silent, other = Drives("a"), Drives("b")
    silent.media["a"] = disc()
    monitor = DiscMonitor([silent, other], desk, examine=found)
    monitor.poll()
    silent.error = ToolStalled("diskutil did not finish within 20 s.")
    told = len(desk.told)
    other.media["b"] = disc("/dev/sr1")
    monitor.poll()
    monitor.poll()
    assert desk.told[told:] == ["reading", "inserted"]
    assert set(desk.discs) == {"a", "b"}
    assert [record.message for record in caplog.records] == [
        "The drives cannot be seen: diskutil did not finish within 20 s."
    ]


def test_a_desk_that_fails_is_told_again(desk: Desk) -> None:
    class Busy(Desk):
        fails = True

        def disc_inserted(self, drive: Drive, structure: DiscStructure) -> None:
            if self.fails:
                raise OSError("disk full")
            super().disc_inserted(drive, structure)

    drives = Drives("a")
    drives.media["a"] = disc()
    busy = Busy()
    monitor = DiscMonitor([drives], busy, examine=found)
    with pytest.raises(OSError, match="disk full"):
        monitor.poll()
    busy.fails = False
    monitor.poll()
    assert busy.told == ["reading", "inserted"]


def test_eject_goes_to_the_drive_that_has_the_disc(desk: Desk) -> None:
    first, second = Drives("a"), Drives("b")
    second.media["b"] = disc()
    monitor = DiscMonitor([first, second], desk, examine=found)
    monitor.poll()
    monitor.eject("b")
    monitor.poll()
    assert desk.told[-2:] == ["removed", "empty"]
    with pytest.raises(NotFound):
        monitor.eject("c")


# with real discs


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return dvd.build_movie(tmp_path_factory.mktemp("film"), tiny=True)


@pytest.fixture
def until(desk: Desk) -> Callable[[DiscMonitor, str], None]:
    def poll_until(monitor: DiscMonitor, last: str) -> None:
        def told() -> bool:
            monitor.poll()
            return desk.told[-1:] == [last]

        wait_for(told)

    return poll_until


def test_an_image_that_is_copied_into_the_folder_is_a_disc_until_it_is_ejected(
    desk: Desk, film: Path, tmp_path: Path, until: Callable[[DiscMonitor, str], None]
) -> None:
    folder = tmp_path / "discs"
    folder.mkdir()
    images = DiscImages(folder, tmp_path / "images.json", settle_seconds=0.2, patience_seconds=0.2)
    monitor = DiscMonitor([images], desk)
    monitor.poll()
    assert desk.told == []
    shutil.copy(film, folder / "film.iso")
    until(monitor, "inserted")
    assert desk.told == ["reading", "reading", "inserted"]
    assert desk.messages == ["“film.iso” is still being copied."]
    structure = desk.discs["image:film.iso"]
    assert (structure.kind, structure.label) == (DiscKind.DVD, "TEST_MOVIE")
    monitor.eject("image:film.iso")
    until(monitor, "gone")
    assert desk.told[3:] == ["removed", "gone"]
    assert (folder / "film.iso").stat().st_size == film.stat().st_size


def test_a_broken_image_is_unreadable_until_it_is_replaced(
    desk: Desk, film: Path, tmp_path: Path, until: Callable[[DiscMonitor, str], None]
) -> None:
    folder = tmp_path / "discs"
    folder.mkdir()
    (folder / "film.iso").write_bytes(b"not a film")
    monitor = DiscMonitor([DiscImages(folder, tmp_path / "s.json", settle_seconds=0, patience_seconds=0)], desk)
    until(monitor, "unreadable")
    assert "is not a disc image" in desk.messages[-1]
    shutil.copy(film, folder / "film.iso")
    until(monitor, "inserted")
    assert desk.discs["image:film.iso"].kind is DiscKind.DVD


@pytest.fixture
def mac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A made-up Mac with a film, a CD and its new name under ``Volumes``."""
    for name in ("diskutil", "drutil"):
        state = fake_program.install(tmp_path / "bin", name)
    volumes = tmp_path / "Volumes"
    plists.write_all(state / "plists", volumes=volumes)
    toc = (1, 12, plists.AUDIO_CD_LEAD_OUT, *plists.AUDIO_CD_STARTS)
    for name in ("Audio CD", "Eyes Open"):
        audio_cd.build(volumes / name, toc=toc, sparse=True)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")

    def be(scenario: str) -> None:
        (state / "scenario").write_text(scenario)

    return be


def test_a_cd_in_a_mac_is_ripped_from_where_it_is_mounted(
    desk: Desk, mac: Callable[[str], None], until: Callable[[DiscMonitor, str], None]
) -> None:
    monitor = DiscMonitor([Diskutil()], desk)
    until(monitor, "empty")
    mac("audio_cd_12")
    until(monitor, "inserted")
    (structure,) = desk.discs.values()
    assert structure.toc is not None and len(structure.toc.offsets) == 12
    mac("audio_cd_12_renamed")
    until(monitor, "moved")
    (drive,) = desk.drives.values()
    assert drive.medium is not None and (drive.medium.source or "").endswith("/Volumes/Eyes Open")
    monitor.eject(drive.id)
    until(monitor, "empty")
    assert desk.told == ["empty", "reading", "inserted", "moved", "removed", "empty"]
