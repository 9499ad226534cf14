"""Posters of seasons beside the files: in the folder of the show by their names, or in the folder of the season."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.library import LibraryFolder, LibraryKind
from media_library.models.media import MediaType
from media_library.services.sidecars.writing import marked_picture
from tests.scanning import House

Put = Callable[..., Path]


@pytest.fixture
def shows(house: House, tmp_path: Path) -> LibraryFolder:
    (tmp_path / "shows").mkdir()
    return house.add(LibraryKind.SHOWS, tmp_path / "shows")


def paint(path: Path, *, ours: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 60), "teal").save(path, "JPEG")
    if ours:
        path.write_bytes(marked_picture(path.read_bytes()))


def test_each_season_gets_its_own_poster_and_the_show_keeps_its_own(
    house: House, shows: LibraryFolder, put: Put
) -> None:
    show = Path(shows.path) / "Harbour Lights (2020)"
    for season in (0, 1, 2, 3):
        put(show / f"Season {season:02}" / f"Harbour Lights - S{season:02}E01.mkv")
    for name in ("poster.jpg", "season01-poster.jpg", "season-specials-poster.jpg", "Season 02/poster.jpg"):
        paint(show / name)
    assert house.scan().status == "done"
    episodes = [one for one in house.media().values() if one.media_type is MediaType.EPISODE]
    assert len(episodes) == 4
    [key] = {one.show_key for one in house.state.items_below(f"@{shows.id}", 9)}
    assert key is not None
    posters = house.state.season_posters(key)
    assert {number: one.source for number, one in posters.items()} == dict.fromkeys((0, 1, 2), ArtworkSource.FILE)
    assert ArtworkKind.POSTER in house.state.artwork_of(f"show-{key}")
    second = next(one for one in episodes if one.names.season == 2)
    assert ArtworkKind.POSTER not in house.state.artwork_of(second.id), "that is no picture of an episode"


def test_a_poster_that_we_laid_there_ourselves_stays_that_of_the_service(
    house: House, shows: LibraryFolder, put: Put
) -> None:
    show = Path(shows.path) / "Harbour Lights (2020)"
    put(show / "Season 01" / "Harbour Lights - S01E01.mkv")
    paint(show / "season01-poster.jpg", ours=True)
    paint(show / "poster.jpg", ours=True)
    assert house.scan().status == "done"
    [key] = {one.show_key for one in house.state.items_below(f"@{shows.id}", 9)}
    assert key is not None
    assert house.state.season_posters(key)[1].source is ArtworkSource.SERVICE, "it is not lost with the database"
    before = house.state.season_posters(key)[1].updated_at
    paint(show / "season01-poster.jpg", ours=True)
    assert house.scan(full=True).status == "done"
    assert house.state.season_posters(key)[1].updated_at == before
