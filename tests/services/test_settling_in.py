"""What was identified gets its name and its .nfo; what was taken back loses the .nfo that we wrote."""

from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.models.media import MediaNames, MediaType
from media_library.models.preferences import LibraryPreferences
from media_library.models.work import Settlement, ShowEpisode, WorkFacts, WorkIds, WorkState, movie_key
from media_library.services.settling_in import SettlingIn
from tests.services.sidecars.conftest import Desk


@pytest.fixture
def desk(tmp_path: Path, state: AppState) -> Desk:
    """An empty library."""
    return Desk(tmp_path, state)


def settle(desk: Desk, *media_ids: str) -> None:
    SettlingIn(desk.house.settings, desk.state, desk.house.media_root, desk.covers).settle_in(media_ids)


def test_a_file_gets_its_name_and_then_what_lies_beside_it(desk: Desk) -> None:
    film = desk.house.film("Arrival", 2016, "movies/arrival.mkv")
    desk.know_film(film)
    settle(desk, film.id)
    assert desk.house.files() == ["movies/arrival.mkv", "movies/arrival.nfo"], "nobody wants files to be renamed"
    desk.house.prefer(LibraryPreferences(rename_new=True))
    settle(desk, film.id)
    name = "movies/Arrival (2016) {tmdb-329865}/Arrival (2016) {tmdb-329865}"
    assert desk.house.files() == [f"{name}.mkv", f"{name}.nfo"]


def test_a_match_that_is_taken_back_takes_our_nfo_with_it_and_no_other(desk: Desk) -> None:
    films = [desk.house.film(title, 2016, f"movies/{title}.mkv") for title in ("Arrival", "Departure")]
    desk.house.write("movies/Departure.nfo", b"<movie/>")
    for film in films:
        desk.know_film(film)
    settle(desk, *(film.id for film in films))
    assert "movies/Arrival.nfo" in desk.house.files()
    for film in films:
        desk.state.settle_work(movie_key(film.id), Settlement(WorkState.REVIEW, "Taken back."))
    settle(desk, *(film.id for film in films))
    assert desk.house.files() == ["movies/Arrival.mkv", "movies/Departure.mkv", "movies/Departure.nfo"]


def test_the_other_episodes_of_a_show_get_their_nfo_too(desk: Desk) -> None:
    episodes = [
        desk.house.add(
            MediaType.EPISODE, MediaNames("A", None, "Severance", 1, number), f"shows/Severance/Season 01/{number}.mkv"
        )
        for number in (1, 2)
    ]
    desk.know_show(episodes[0], WorkFacts(year=2022), WorkIds(tmdb=95396), [ShowEpisode(1, 1, "A")])
    settle(desk, episodes[0].id)
    assert "shows/Severance/Season 01/2.nfo" in desk.house.files()
    assert "shows/Severance/tvshow.nfo" in desk.house.files()
