"""After a rename a scan finds nothing new, nothing missing and nothing moved: the rows went with the files."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.config import FileNaming
from media_library.models.identity import Identity
from media_library.models.job import JobKind
from media_library.models.library import LibraryFolder, LibraryKind
from media_library.models.library_file import LibraryFile
from media_library.models.user import Role
from media_library.services.file_naming import Naming
from media_library.services.preferences import Preferences
from media_library.services.renaming import Plans, RenameJobs, Renaming
from media_library.workers.library_worker import LibraryWorker
from tests.fixtures.tools import run
from tests.scanning import House, house_in
from tests.services.renaming.house import planned

TREE = (
    "arrival.2016.1080p.mkv",
    "arrival.2016.1080p.en.srt",
    "Blade.Runner.1982/Blade.Runner.1982.mkv",
    "Blade.Runner.1982/Blade.Runner.1982.nfo",
    "Blade.Runner.1982/poster.jpg",
    "Blade.Runner.1982/trailers/teaser.mkv",
    "Blade.Runner.1982/Subs/English.srt",
    "Dances.1990/Dances.1990.cd1.mkv",
    "Dances.1990/Dances.1990.cd2.mkv",
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house in which files count as settled at once."""
    house = house_in(tmp_path)
    yield house
    house.state.close()


@pytest.fixture
def films(house: House, tmp_path: Path) -> LibraryFolder:
    """A folder elsewhere with films of all sorts."""
    place = tmp_path / "films"
    made = tmp_path / "film.mkv"
    picture = ("-f", "lavfi", "-i", "testsrc=s=64x36:d=1:r=10", "-f", "lavfi", "-i", "sine=d=1:r=8000")
    run(["ffmpeg", "-v", "error", "-y", *picture, "-c:v", "mpeg4", "-c:a", "aac", "-shortest", str(made)], cwd=tmp_path)
    for number, name in enumerate(TREE):
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".mkv":
            shutil.copyfile(made, file)
            with file.open("ab") as end:
                end.write(b"\xec\xe4" + f"{number}".encode().ljust(100, b"."))  # an element that players pass over
        else:
            file.write_text(f"{name}\n")
    return house.add(LibraryKind.MOVIES, place)


def work(house: House, renaming: Renaming, batch_id: str, *, undo: bool = False) -> str:
    """Queue the job of a batch and let the library's worker do it; how it ended."""
    user = next(iter(house.state.list_users()))
    actor = Identity(user, house.state.viewer(user), None, None)
    job = (renaming.undo if undo else renaming.apply)(actor, batch_id)
    jobs = RenameJobs(house.state, house.media_root, Naming(FileNaming()))
    LibraryWorker("library", house.state, house.media_root, {JobKind.RENAME: jobs}).step(threading.Event())
    done = house.state.get_job(job.id)
    assert done.error is None
    return done.status


def remembered(house: House) -> dict[str, LibraryFile]:
    return {path: replace(file, seen_at=0, changed_at=0, reason=None) for path, file in house.files().items()}


def test_a_scan_after_a_rename_and_after_its_way_back_finds_everything_where_it_is_known(
    house: House, films: LibraryFolder, tmp_path: Path
) -> None:
    assert house.scan().status == "done"
    before, media = remembered(house), house.media()
    user = house.state.add_user("ann", "Ann", "", Role.ADMIN)
    naming = Naming(FileNaming())
    renaming = Renaming(house.state, house.media_root, naming, Preferences(house.state, house.settings))
    plans = Plans(house.state, house.media_root, naming)
    batch = planned(house.state, renaming, plans, Identity(user, house.state.viewer(user), None, None))
    assert batch.problems == 0 and batch.count == 3
    assert work(house, renaming, batch.id) == "done"
    renamed = remembered(house)
    assert set(renamed) != set(before)
    for path in renamed:
        assert (tmp_path / "films" / path.partition("/")[2]).is_file(), path
    assert house.scan().status == "done"
    assert remembered(house) == renamed
    assert house.missing() == set()
    assert sorted(one.id for one in house.media().values()) == sorted(one.id for one in media.values())
    assert work(house, renaming, batch.id, undo=True) == "done"
    assert house.scan().status == "done"
    assert remembered(house) == before
    assert {path: one.id for path, one in house.media().items()} == {path: one.id for path, one in media.items()}
    on_disk = sorted(
        str(file.relative_to(tmp_path / "films")) for file in (tmp_path / "films").rglob("*") if file.is_file()
    )
    assert [name for name in on_disk if not name.startswith(".")] == sorted(TREE)
