"""A volume that is full, at every stage of a rip: one clear sentence, nothing half-done, nothing lost."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Services
from media_library.models.job import JobStatus
from tests.conftest import wait_for
from tests.fixtures import audio_cd
from tests.music_service import cover, music_service, release
from tests.ripper.test_music import disc_id
from tests.ripping import ENDLESS, House, build_house, film

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can mount a small volume"
)

MIB = 1 << 20


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[str, str], Path]]:
    """Mounts small volumes, and takes them away again."""
    volumes: list[Path] = []

    def mount(name: str, options: str) -> Path:
        volume = tmp_path / name
        volume.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(volume)], check=True)
        volumes.append(volume)
        return volume

    yield mount
    for volume in volumes:
        subprocess.run(["umount", "-l", str(volume)], check=True)


def moved_to(house: House, folder: Path, volume: Path) -> House:
    return build_house(folder, house.state, replace(house.settings, paths=Paths(str(volume), str(folder / "data"))))


@pytest.fixture
def house(tmp_path: Path, state: AppState) -> House:
    return build_house(tmp_path / "elsewhere", state)


def forget_root(house: House, volume: Path) -> None:
    (volume / ".media-library").mkdir()
    (volume / ".media-library" / "root-id").write_text(f"{house.state.media_root_id()}\n")


def fill(volume: Path, *, leave: int) -> Path:
    """Fill a volume up to ``leave`` bytes."""
    filler = volume / "filler"
    free = os.statvfs(volume).f_bavail * os.statvfs(volume).f_frsize
    filler.write_bytes(b"\0" * max(free - leave, 0))
    return filler


def test_a_rip_does_not_begin_without_room(house: House, tmp_path: Path, mounted: Callable[[str, str], Path]) -> None:
    volume = mounted("media", "size=20m")
    forget_root(house, volume)
    small = moved_to(house, tmp_path, volume)
    filler = fill(volume, leave=MIB)
    job = small.rip(film())
    assert job.status is JobStatus.FAILED
    assert "Make room, then retry" in (job.error or "")
    assert small.unfinished() == []
    filler.unlink()
    small.state.retry_job(job.id)
    small.work()
    assert small.state.get_job(job.id).status is JobStatus.DONE


def test_a_volume_that_runs_full_during_the_encode_ends_it(
    house: House, tmp_path: Path, mounted: Callable[[str, str], Path]
) -> None:
    volume = mounted("media", "size=20m")
    forget_root(house, volume)
    small = moved_to(house, tmp_path, volume)
    endless = build_house(tmp_path, house.state, replace(small.settings, handbrake=ENDLESS))
    job = endless.queue(endless.insert(film()))
    worker = threading.Thread(target=endless.work)
    worker.start()
    wait_for(lambda: endless.state.get_job(job.id).percent > 2, seconds=30)
    filler = fill(volume, leave=MIB // 8)
    worker.join(3)
    assert not worker.is_alive()
    assert "Make room, then retry" in (endless.state.get_job(job.id).error or "")
    assert endless.files() == ["filler"]
    assert endless.unfinished() == []
    filler.unlink()


def test_a_volume_without_room_for_another_folder_is_full(
    house: House, tmp_path: Path, mounted: Callable[[str, str], Path]
) -> None:
    # as many files and folders as the encode needs, and none for the folder of the film
    volume = mounted("media", "size=20m,nr_inodes=9")
    forget_root(house, volume)
    small = moved_to(house, tmp_path, volume)
    job = small.rip(film())
    assert job.status is JobStatus.FAILED
    assert "full" in (job.error or ""), job.tool_output
    assert small.files() == []
    assert small.unfinished() == []
    assert small.state.open_publications() == []


def test_a_full_data_folder_costs_only_the_picture(
    house: House, tmp_path: Path, mounted: Callable[[str, str], Path]
) -> None:
    data = mounted("data", "size=1m")
    fill(data, leave=0)
    other = build_house(
        tmp_path, house.state, replace(house.settings, paths=Paths(house.settings.paths.media_root, str(data)))
    )
    job = other.rip(film())
    assert (job.status, job.error) == (JobStatus.DONE, None)
    [media] = other.state.media_of_disc(job.disc_id or "")
    assert not media.has_still


def test_music_needs_room_too(house: House, tmp_path: Path, mounted: Callable[[str, str], Path]) -> None:
    volume = mounted("media", "size=6m")
    forget_root(house, volume)
    cd = audio_cd.build(tmp_path / "Audio CD", tracks=1, seconds=20)
    with music_service() as service:
        service.hold.clear()
        service.knows(disc_id(cd), release(disc_id(cd), tracks=1))
        service.has_cover(cover())
        settings = replace(
            house.settings,
            paths=Paths(str(volume), str(tmp_path / "data")),
            services=Services(service.url, service.url),
        )
        small = build_house(tmp_path, house.state, settings)
        fill(volume, leave=0).write_bytes(b"")
        job = small.rip(cd)
    assert job.status is JobStatus.FAILED
    assert "Make room, then retry" in (job.error or "")
    assert small.files() == ["filler"]
