"""A disc whose name is corrected after its rip: what came from it is called so, and a plan for its files is offered."""

from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.models.disc import Disc, DiscNames
from media_library.models.drive import DiscKind
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.rename import RenameState
from media_library.services.disc_actions import DiscActions, DiscName
from tests.services.renaming.house import House, no_report


@pytest.fixture
def house(tmp_path: Path, state: AppState) -> House:
    """An empty library."""
    return House(tmp_path, state)


def ripped(house: House, disc: Disc, number: int, media_type: MediaType, names: MediaNames, path: str) -> Media:
    status = house.write(path, path.encode()).stat()
    kind = LibraryKind.MOVIES if media_type is MediaType.MOVIE else LibraryKind.SHOWS
    file = MediaFile(path, status.st_size, status.st_mtime_ns, status.st_ino, "mp4", 1000)
    library = house.state.library_of_kind(kind).id
    return house.state.add_media(NewMedia(media_type, library, names, file, disc_id=disc.id, disc_title=number))


def correct(house: House, disc: Disc, **said: object) -> None:
    actions = DiscActions(house.state, house.renaming)
    actions.name(disc.id, DiscName(frozenset(said), **said))  # type: ignore[arg-type]  # the fields of DiscName


def test_a_film_and_its_extras_get_the_corrected_name_and_a_plan_that_can_be_carried_out(house: House) -> None:
    disc = house.state.see_disc("dvd:1", DiscKind.DVD, "SALT", DiscNames("Salt"))
    film = ripped(house, disc, 1, MediaType.MOVIE, MediaNames("Salt"), "movies/Salt/Salt.mp4")
    extra = ripped(
        house, disc, 2, MediaType.MOVIE, MediaNames("Salt - Extra 1"), "movies/Salt/extras/Salt - Extra 1.mp4"
    )
    correct(house, disc, title="The Salt Road")
    assert house.state.media(film.id).names.title == "The Salt Road"
    assert house.state.media(extra.id).names.title == "The Salt Road - Extra 1"
    [batch] = house.state.renames(9)
    assert (batch.state, batch.title, batch.count) == (RenameState.PLANNED, "The Salt Road", 1)
    house.batches.apply(batch.id, no_report)
    folder = "movies/The Salt Road"
    assert house.files() == [f"{folder}/The Salt Road.mp4", f"{folder}/extras/Salt - Extra 1.mp4"]
    assert house.path(extra) == f"{folder}/extras/Salt - Extra 1.mp4"


def test_episodes_get_the_corrected_show_and_season(house: House) -> None:
    disc = house.state.see_disc("dvd:1", DiscKind.DVD, "SHOW", DiscNames("Show"))
    names = MediaNames("Episode 2", None, "Show", 1, 2)
    episode = ripped(house, disc, 1, MediaType.EPISODE, names, "shows/Show/Season 01/Show - S01E02.mp4")
    correct(house, disc, title="The Show", season=3)
    assert house.state.media(episode.id).names == MediaNames("Episode 2", None, "The Show", 3, 2)
    house.batches.apply(house.state.renames(9)[0].id, no_report)
    assert house.files() == ["shows/The Show/Season 03/The Show - S03E02.mp4"]


def test_what_somebody_named_since_keeps_its_name(house: House) -> None:
    disc = house.state.see_disc("dvd:1", DiscKind.DVD, "SALT", DiscNames("Salt"))
    film = ripped(house, disc, 1, MediaType.MOVIE, MediaNames("Pepper", 1990), "movies/Salt/Salt.mp4")
    locked = ripped(house, disc, 2, MediaType.MOVIE, MediaNames("Salt"), "movies/Salt (2)/Salt (2).mp4")
    house.state.edit_media(locked.id, locked.names, frozenset({"title"}))
    correct(house, disc, title="The Salt Road")
    assert house.state.media(film.id).names.title == "Pepper"
    assert house.state.media(locked.id).names.title == "Salt"
    assert house.state.renames(9) == []
