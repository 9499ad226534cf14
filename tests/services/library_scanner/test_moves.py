"""Files that are renamed, moved, exchanged, replaced and brought back keep the items that they were."""

import os
import shutil
from pathlib import Path

import pytest

from media_library.models.library import LibraryFolder, LibraryKind, stored_path
from media_library.models.library_file import FileRole, FileState
from media_library.models.user import Role
from tests.conftest import wait_for
from tests.scanning import House, house_in
from tests.services.library_scanner.conftest import Put


def id_of(house: House, folder: LibraryFolder, below: str) -> str:
    return house.media()[stored_path(folder, below)].id


def scanned(house: House) -> None:
    job = house.scan()
    assert job.status == "done", job.error


@pytest.mark.parametrize(
    "target", ["Alpine (2001) [1080p].mkv", "Alps/Alpine (2001).mkv", "Z/Y/X/Alpine.mkv", "Ålpine – 夏.mkv"]
)
def test_a_renamed_or_moved_file_keeps_its_id_and_everybodys_history(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path, target: str
) -> None:
    file = put(tmp_path / "films/Alpine (2001)/Alpine (2001).mkv")
    put(tmp_path / "films/Other (2002).mkv")
    scanned(house)
    media_id = id_of(house, films, "Alpine (2001)/Alpine (2001).mkv")
    user = house.state.add_user("mara", "Mara", "hash", Role.ADMIN)
    house.state.save_playback(user.id, media_id, 5_000, 10_000)
    (tmp_path / "films" / target).parent.mkdir(parents=True, exist_ok=True)
    file.rename(tmp_path / "films" / target)
    scanned(house)
    assert id_of(house, films, target) == media_id
    progress = house.state.playback(user.id, media_id)
    assert progress is not None and progress.position_ms == 5_000
    assert len(house.media()) == 2 and not house.missing()


def test_a_folder_that_is_renamed_takes_all_its_items_with_it(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    for number in range(12):
        put(tmp_path / f"films/Old/Film {number} (20{number:02d}).mkv")
    scanned(house)
    before = {path.rpartition("/")[2]: media.id for path, media in house.media().items()}
    (tmp_path / "films/Old").rename(tmp_path / "films/New")
    scanned(house)
    after = {path.rpartition("/")[2]: media.id for path, media in house.media().items()}
    assert after == before
    assert all("/New/" in path for path in house.media())


def test_a_file_that_goes_to_another_library_folder_goes_with_its_item(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    more = house.add(LibraryKind.MOVIES, tmp_path / "more")
    file = put(tmp_path / "films/Alpine (2001).mkv")
    scanned(house)
    media_id = id_of(house, films, "Alpine (2001).mkv")
    file.rename(tmp_path / "more/Alpine (2001).mkv")
    scanned(house)
    media = house.media()[stored_path(more, "Alpine (2001).mkv")]
    assert media.id == media_id and media.library_id == more.library_id


def test_a_file_that_is_copied_to_another_drive_and_removed_keeps_its_item(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    """Another inode and another time, but the same content."""
    file = put(tmp_path / "films/Alpine (2001).mkv")
    scanned(house)
    media_id = id_of(house, films, "Alpine (2001).mkv")
    (tmp_path / "films/Moved").mkdir()
    shutil.copyfile(file, tmp_path / "films/Moved/Alpine (2001).mkv")
    file.unlink()
    scanned(house)
    assert id_of(house, films, "Moved/Alpine (2001).mkv") == media_id
    assert len(house.files()) == 1


def test_files_that_exchange_their_names_keep_their_items(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    root = tmp_path / "films"
    for name in ("A (2001).mkv", "B (2002).mkv", "C (2003).mkv"):
        put(root / name)
    scanned(house)
    before = {name: id_of(house, films, f"{name}.mkv") for name in ("A (2001)", "B (2002)", "C (2003)")}
    (root / "A (2001).mkv").rename(root / "x")
    (root / "B (2002).mkv").rename(root / "A (2001).mkv")
    (root / "C (2003).mkv").rename(root / "B (2002).mkv")
    (root / "x").rename(root / "C (2003).mkv")
    scanned(house)
    assert id_of(house, films, "A (2001).mkv") == before["B (2002)"]
    assert id_of(house, films, "B (2002).mkv") == before["C (2003)"]
    assert id_of(house, films, "C (2003).mkv") == before["A (2001)"]


def test_a_file_that_is_replaced_in_place_keeps_its_item_and_is_looked_into_anew(
    house: House, films: LibraryFolder, put: Put, tiny: dict[str, Path], tmp_path: Path
) -> None:
    file = put(tmp_path / "films/Alpine (2001).mkv")
    scanned(house)
    before = house.media()[stored_path(films, "Alpine (2001).mkv")]
    file.write_bytes(tiny[".mp4"].read_bytes())
    scanned(house)
    after = house.media()[stored_path(films, "Alpine (2001).mkv")]
    assert after.id == before.id and after.names == before.names
    assert after.file is not None and after.file.size_bytes == tiny[".mp4"].stat().st_size
    assert after.file.container == "mp4"


def test_a_remux_that_takes_the_place_of_its_source_leaves_the_item_where_its_history_is(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    put(tmp_path / "films/Alpine (2001).mkv")
    scanned(house)
    media_id = id_of(house, films, "Alpine (2001).mkv")
    put(tmp_path / "films/Alpine (2001) new.mkv")
    scanned(house)
    (tmp_path / "films/Alpine (2001) new.mkv").replace(tmp_path / "films/Alpine (2001).mkv")
    scanned(house)
    assert id_of(house, films, "Alpine (2001).mkv") == media_id
    assert [media.id for media in house.media().values()] == [media_id]


def test_two_files_of_equal_content_are_two_items(house: House, films: LibraryFolder, put: Put, tmp_path: Path) -> None:
    put(tmp_path / "films/Alpine (2001)/Alpine (2001).mkv", salt=False)
    put(tmp_path / "films/Border (2002)/Border (2002).mkv", salt=False)
    scanned(house)
    assert len(house.media()) == 2
    put(tmp_path / "films/Coast (2003)/Coast (2003).mkv", salt=False)
    scanned(house)
    assert len(house.media()) == 3 and not house.missing()


def test_a_hard_link_is_a_file_of_its_own(house: House, films: LibraryFolder, put: Put, tmp_path: Path) -> None:
    file = put(tmp_path / "films/Alpine (2001)/Alpine (2001).mkv")
    scanned(house)
    (tmp_path / "films/B").mkdir()
    os.link(file, tmp_path / "films/B/Border (2002).mkv")
    scanned(house)
    assert len(house.media()) == 2


def test_what_is_gone_is_missing_and_comes_back_by_itself(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    put(tmp_path / "films/Stays (2000).mkv")
    file = put(tmp_path / "films/Alpine (2001).mkv")
    scanned(house)
    media_id = id_of(house, films, "Alpine (2001).mkv")
    file.rename(tmp_path / "elsewhere.mkv")
    scanned(house)
    assert house.missing() == {media_id}
    assert house.files()[stored_path(films, "Alpine (2001).mkv")].state is FileState.MISSING
    assert house.state.media(media_id).deleted_at is not None
    (tmp_path / "elsewhere.mkv").rename(file)
    scanned(house)
    assert not house.missing() and id_of(house, films, "Alpine (2001).mkv") == media_id


def test_what_was_missing_is_recognised_under_another_name(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    put(tmp_path / "films/Stays (2000).mkv")
    file = put(tmp_path / "films/Alpine (2001).mkv")
    scanned(house)
    media_id = id_of(house, films, "Alpine (2001).mkv")
    file.rename(tmp_path / "elsewhere.mkv")
    scanned(house)
    shutil.copyfile(tmp_path / "elsewhere.mkv", tmp_path / "films/Back again (2001).mkv")
    scanned(house)
    assert id_of(house, films, "Back again (2001).mkv") == media_id and not house.missing()


def test_another_version_takes_over_when_the_file_of_a_film_is_gone(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    folder = tmp_path / "films/Alpine (2001)"
    main = put(folder / "Alpine (2001) - 1080p.mkv")
    put(folder / "Alpine (2001) - 720p.mkv")
    scanned(house)
    (media,) = house.media().values()
    assert media.file is not None and media.file.path.endswith("1080p.mkv")
    main.unlink()
    scanned(house)
    (after,) = house.media().values()
    assert after.id == media.id
    assert after.file is not None and after.file.path.endswith("720p.mkv")
    assert after.file.duration_ms > 0
    main_row = house.files()[after.file.path]
    assert main_row.role is FileRole.MAIN and main_row.state is FileState.READY


def test_a_better_version_that_comes_later_joins_the_film_that_is_there(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    folder = tmp_path / "films/Alpine (2001)"
    put(folder / "Alpine (2001) - 720p.mkv")
    scanned(house)
    (media,) = house.media().values()
    big = put(folder / "Alpine (2001) - 2160p.mkv")
    with big.open("ab") as file:
        file.write(b"\0" * 50_000)
    scanned(house)
    (after,) = house.media().values()
    assert after.id == media.id
    assert house.files()[stored_path(films, "Alpine (2001)/Alpine (2001) - 2160p.mkv")].role is FileRole.VERSION


def test_an_unrecognised_file_is_called_by_its_new_name(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    file = put(tmp_path / "films/vid_0001.mkv")
    scanned(house)
    file.rename(tmp_path / "films/The Long Ferry (2004).mkv")
    scanned(house)
    (media,) = house.media().values()
    assert (media.names.title, media.names.year) == ("The Long Ferry", 2004)


def test_names_that_a_person_gave_stay_through_a_move(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    file = put(tmp_path / "films/vid_0001.mkv")
    scanned(house)
    (media,) = house.media().values()
    house.state.edit_media(media.id, type(media.names)("My own name", 1999), frozenset({"title"}))
    file.rename(tmp_path / "films/The Long Ferry (2004).mkv")
    scanned(house)
    (after,) = house.media().values()
    assert after.names.title == "My own name"


def test_ten_thousand_renames_are_settled_in_one_scan(house: House, films: LibraryFolder, tmp_path: Path) -> None:
    """Threat 160, on a small scale: a storm of renames ends as a clean scan would."""
    root = tmp_path / "films"
    for number in range(600):
        (root / f"{number:04d}.txt").write_text(f"{number}" * 10)
    scanned(house)
    for number in range(600):
        (root / f"{number:04d}.txt").rename(root / f"{(number * 7) % 600 + 1000:04d}.txt")
    scanned(house)
    assert sorted(path.rpartition("/")[2] for path in house.files()) == sorted(
        path.name for path in root.iterdir() if path.is_file()
    )


def test_a_move_is_recognised_although_only_the_folder_that_got_the_file_is_looked_through(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    more = house.add(LibraryKind.MOVIES, tmp_path / "more")
    file = put(tmp_path / "films/Alpine (2001).mkv")
    put(tmp_path / "films/Stays (2000).mkv")
    scanned(house)
    media_id = id_of(house, films, "Alpine (2001).mkv")
    file.rename(tmp_path / "more/Alpine (2001).mkv")
    assert house.scan(more.id).status == "done"
    assert id_of(house, more, "Alpine (2001).mkv") == media_id
    assert len(house.media()) == 2


def test_a_copy_that_was_found_before_its_source_went_takes_the_item_over(
    house: House, films: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    """Moving to another drive is copying and removing, with a scan in between."""
    (tmp_path / "more").mkdir()
    more = house.add(LibraryKind.MOVIES, tmp_path / "more")
    file = put(tmp_path / "films/Alpine (2001).mkv")
    put(tmp_path / "films/Stays (2000).mkv")
    scanned(house)
    media_id = id_of(house, films, "Alpine (2001).mkv")
    shutil.copyfile(file, tmp_path / "more/Alpine (2001).mkv")
    assert house.scan(more.id).status == "done"
    assert len(house.media()) == 3
    file.unlink()
    scanned(house)
    assert id_of(house, more, "Alpine (2001).mkv") == media_id
    assert len(house.media()) == 2 and not house.missing()


def test_a_file_that_is_renamed_is_not_taken_for_one_that_is_being_written(tmp_path: Path, put: Put) -> None:
    house = house_in(tmp_path, settle_seconds=1.5)
    (tmp_path / "films").mkdir()
    films = house.add(LibraryKind.MOVIES, tmp_path / "films")
    file = put(tmp_path / "films/Alpine (2001).mkv")
    wait_for(lambda: house.scan().status == "done" and bool(house.media()))
    media_id = id_of(house, films, "Alpine (2001).mkv")
    file.rename(tmp_path / "films/Alpine.mkv")
    put(tmp_path / "films/Brand New (2002).mkv")
    scanned(house)
    assert id_of(house, films, "Alpine.mkv") == media_id
    assert len(house.media()) == 1, "what was written just now is left alone"
    house.state.close()


def test_episodes_that_are_renumbered_keep_their_items_although_all_changed_just_now(tmp_path: Path, put: Put) -> None:
    house = house_in(tmp_path, settle_seconds=2.0)
    root = tmp_path / "shows/Tides"
    for number in (1, 2, 3):
        put(root / f"Tides S01E0{number}.mkv")
    folder = house.add(LibraryKind.SHOWS, tmp_path / "shows")
    wait_for(lambda: house.scan().status == "done" and len(house.media()) == 3, seconds=60)
    before = {n: id_of(house, folder, f"Tides/Tides S01E0{n}.mkv") for n in (1, 2, 3)}
    for number in (3, 2, 1):
        (root / f"Tides S01E0{number}.mkv").rename(root / f"Tides S01E0{number + 1}.mkv")
    scanned(house)
    assert {n: id_of(house, folder, f"Tides/Tides S01E0{n + 1}.mkv") for n in (1, 2, 3)} == before
    assert not house.missing()
    house.state.close()


def test_an_item_that_is_written_over_is_looked_into_once_that_is_done(
    tmp_path: Path, put: Put, tiny: dict[str, Path]
) -> None:
    house = house_in(tmp_path, settle_seconds=2.0)
    folder = house.add(LibraryKind.MOVIES, put(tmp_path / "films/Alpine (2001).mkv").parent)
    wait_for(lambda: house.scan().status == "done" and bool(house.media()), seconds=60)
    (before,) = house.media().values()
    (tmp_path / "films/Alpine (2001).mkv").write_bytes(tiny[".mp4"].read_bytes())
    scanned(house)
    assert house.state.growing_folders() == [folder.id] and len(house.media()) == 1

    def is_settled() -> bool:
        scanned(house)
        return house.state.growing_folders() == []

    wait_for(is_settled, seconds=60)
    (after,) = house.media().values()
    assert after.id == before.id
    assert after.file is not None and after.file.container == "mp4"
    house.state.close()
