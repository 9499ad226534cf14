"""Films: what is applied by itself, what waits for a person, and what that changes."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.adapters.service_client import ServiceFailed
from media_library.errors import Conflict, InvalidInput
from media_library.models.media import MediaNames, MediaType, NewMedia
from media_library.models.nfo import Nfo, NfoKind
from media_library.models.work import WorkKind, WorkState
from media_library.services.media_identifier import AskedFor
from tests.internet.tmdb import Episode, Film, Part, Show
from tests.services.media_identifier.conftest import EVERYBODY, KnowingHouse

HEAT = Film(
    949,
    "Heat",
    "1995-12-15",
    170,
    votes=7000,
    overview="A thief and a policeman.",
    genres=("Crime", "Drama"),
    parts=(
        Part(1158, "Al Pacino", character="Vincent Hanna", portrait="/pacino.jpg"),
        Part(380, "Robert De Niro", character="Neil McCauley"),
        Part(638, "Michael Mann", "Director"),
        Part(638, "Michael Mann", "Screenplay"),
    ),
    certification="R",
    imdb="tt0113277",
    poster="/heat.jpg",
    backdrop="/heat-wide.jpg",
)
HEAT_94 = Film(11, "Heat", "1994-12-15", 170)
OTHER_HEAT = Film(9949, "Heat", "1986-11-14", 101, votes=80)


def test_a_film_with_title_and_year_gets_all_that_is_known(house: KnowingHouse) -> None:
    house.tmdb.add(HEAT, OTHER_HEAT, Film(1, "Heat Wave", "1995-01-01"))
    media = house.film("heat", 1995, 169.5)
    work = house.look_up(media)
    assert (work.state, work.ids.tmdb, work.ids.imdb) == (WorkState.APPLIED, 949, "tt0113277")
    assert (house.names(media).title, house.names(media).year) == ("Heat", 1995)
    assert house.state.media(media.id).overview == "A thief and a policeman."
    assert (work.facts.certification, work.facts.genres, work.facts.runtime_minutes) == ("R", ("Crime", "Drama"), 170)
    assert [(one.person.name, one.job, one.character) for one in house.state.credits_of(work.key)] == [
        ("Al Pacino", "cast", "Vincent Hanna"),
        ("Robert De Niro", "cast", "Neil McCauley"),
        ("Michael Mann", "director", ""),
        ("Michael Mann", "writer", ""),
    ]
    assert house.state.media(media.id).has_poster
    assert (Path(house.settings.data_directory) / "artwork" / f"{media.id}.poster.jpg").is_file()
    assert house.state.works_without_pictures("poster", 9) == []
    assert house.state.works_without_pictures("backdrop", 9) == [work.key]
    assert house.identifier.pictures.fetch_backdrop(work.key)
    assert house.state.works_without_pictures("backdrop", 9) == []
    assert house.renamed == [media.id]


@pytest.mark.parametrize(
    ("title", "year", "minutes", "films", "reason"),
    [
        ("Heat", None, 170.0, (HEAT, OTHER_HEAT, Film(7, "Heat", "1972-01-01", 169)), "Three films of this name"),
        ("Heat", 1996, 120.0, (HEAT,), "The length does not fit"),
        ("Heat", 1996, 200.0, (HEAT,), "The length does not fit"),
        ("Heat", 1999, 170.0, (HEAT,), "No film of this name from 1999 was found; this one is from 1995"),
        ("Heat", 1995, 90.0, (HEAT,), "The length does not fit"),
        ("Heat Wav", 1996, 90.0, (Film(3, "Heat Wave", "1995-01-01", 90),), "only similar"),
        ("Heat Wave Two", 1995, 170.0, (HEAT, Film(3, "Heat Wave Two Hundred", "1995-01-01")), "just this name"),
        ("Heat", 1995, 170.0, (HEAT, Film(8, "Heat", "1995-03-01", 168)), "Two films of this name in 1995"),
        ("Heat", 1995, 170.0, (HEAT_94, Film(8, "Heat", "1996-03-01", 169)), "Two films of this name around 1995"),
        ("Heat", 1994, 150.0, (HEAT,), "The film is from 1995, not 1994"),
        ("Heat 2", 1995, 170.0, (HEAT,), "knows no film|just this name"),
    ],
)
def test_a_doubt_is_left_to_a_person_in_words(
    house: KnowingHouse, title: str, year: int | None, minutes: float, films: tuple[Film, ...], reason: str
) -> None:
    house.tmdb.add(*films)
    media = house.film(title, year, minutes)
    work = house.look_up(media)
    assert work.state in (WorkState.REVIEW, WorkState.UNKNOWN)
    assert work.reason is not None
    assert re.search(reason, work.reason), work.reason
    assert (house.names(media).title, house.names(media).year) == (title, year)
    assert house.renamed == []
    assert all(one.reasons for one in work.candidates)


@pytest.mark.parametrize(
    ("title", "year", "minutes", "films", "chosen"),
    [
        ("Heat", 1995, 163.0, (HEAT,), 949),  # PAL
        ("Heat", 1996, 170.0, (HEAT,), 949),
        ("Heat", None, 170.0, (HEAT,), 949),
        ("Heat", 1995, 170.0, (HEAT, Film(8, "Heat", "1995-03-01", 12)), 949),
        ("Heat", 1995, 12.0, (HEAT, Film(8, "Heat", "1995-03-01", 12)), 8),
        ("The Heat", 1995, 170.0, (HEAT,), 949),
        ("HEAT!", 1995, 170.0, (HEAT,), 949),
        ("Rocky II", 1979, 119.0, (Film(5, "Rocky 2", "1979-06-15", 119), Film(4, "Rocky", "1976-11-21", 120)), 5),
        (
            "Amélie",
            2001,
            122.0,
            (Film(6, "Le Fabuleux Destin d'Amélie Poulain", "2001-04-25", 122, "", ("Amelie",)),),
            6,
        ),
        ("Das Boot", 1981, 0.0, (Film(7, "The Boat", "1981-09-17", 149, "Das Boot"),), 7),
        ("Fast and Furious", 2009, 107.0, (Film(9, "Fast & Furious", "2009-04-02", 107),), 9),
    ],
)
def test_what_leaves_no_doubt_is_applied(
    house: KnowingHouse, title: str, year: int | None, minutes: float, films: tuple[Film, ...], chosen: int
) -> None:
    house.tmdb.add(*films)
    work = house.look_up(house.film(title, year, minutes))
    assert (work.state, work.ids.tmdb) == (WorkState.APPLIED, chosen), work.reason


def test_an_edition_may_run_longer(house: KnowingHouse) -> None:
    house.tmdb.add(Film(120, "The Fellowship of the Ring", "2001-12-18", 179))
    extended = house.film("The Fellowship of the Ring", 2001, 228, edition="Extended Edition")
    plain = house.film("The Fellowship of the Ring", 2001, 228, "b.mkv")
    assert house.look_up(extended).state is WorkState.APPLIED
    assert house.look_up(plain).state is WorkState.REVIEW


def test_an_id_in_the_name_counts_if_the_rest_agrees(house: KnowingHouse) -> None:
    house.tmdb.add(HEAT, OTHER_HEAT)
    named = house.film("Heat", None, 101, "Heat {tmdb-9949}/Heat.mkv")
    lying = house.film("Casablanca", 1942, 102, "Casablanca (1942) {tmdb-949}.mkv")
    imdb = house.film("Heat", None, 170, "Heat [imdbid-tt0113277].mkv")
    gone = house.film("Heat", 1995, 170, "Heat (1995) {tmdb-77777}.mkv")
    assert house.look_up(named).ids.tmdb == 9949
    work = house.look_up(lying)
    assert (work.state, work.candidates[0].id) == (WorkState.REVIEW, "949")
    assert "which does not fit" in (work.reason or "")
    assert work.candidates[0].reasons[0] == "The name has this id"
    assert house.look_up(imdb).ids.tmdb == 949
    assert house.look_up(gone).ids.tmdb == 949


def test_an_nfo_that_lies_convinces_nobody(house: KnowingHouse) -> None:
    house.tmdb.add(HEAT, Film(5, "Casablanca", "1942-11-26", 102))
    media = house.film("Casablanca", 1942, 102)
    house.nfos[media.id] = Nfo(NfoKind.MOVIE, title="Heat", year=1995, ids=(("tmdb", "949"),))
    honest = house.film("movie", None, 170, "xyz/movie.mkv")
    house.nfos[honest.id] = Nfo(NfoKind.MOVIE, title="Heat", year=1995, ids=(("imdb", "tt0113277"),))
    attack = house.film("Casablanca", 1942, 102, "c.mkv")
    house.nfos[attack.id] = Nfo(NfoKind.MOVIE, ids=(("imdb", "tt1/../../x"), ("tmdb", "9" * 40)))
    work = house.look_up(media)
    assert work.state is WorkState.REVIEW
    assert house.names(media).title == "Casablanca"
    assert house.look_up(honest).ids.tmdb == 949
    assert house.look_up(attack).ids.tmdb == 5
    assert all(".." not in path for path in house.tmdb.paths())


def test_locked_fields_stay(house: KnowingHouse) -> None:
    house.tmdb.add(HEAT)
    media = house.film("heat", 1995, 170)
    house.state.edit_media(media.id, house.names(media), frozenset({"title"}))
    assert house.look_up(media).state is WorkState.APPLIED
    assert house.names(media).title == "heat"
    plan, paths = house.identifier.preview(EVERYBODY, f"movie:{media.id}", 949)
    assert paths == []
    assert plan.items[0].names.title == "heat"


def test_a_person_chooses_and_takes_it_back(house: KnowingHouse) -> None:
    house.tmdb.add(HEAT, OTHER_HEAT, Film(7, "Heat", "1972-01-01", 169))
    media = house.film("Heat", None, 170)
    work = house.look_up(media)
    assert [one.id for one in work.candidates][:2] == ["949", "7"]
    chosen = house.identifier.apply(EVERYBODY, work.key, 949)
    assert (chosen.state, house.names(media).year) == (WorkState.CONFIRMED, 1995)
    house.state.put_work_pending([work.key], anew=True)
    assert house.look_up(media).state is WorkState.CONFIRMED
    undone = house.identifier.undo(EVERYBODY, work.key)
    assert (undone.state, undone.ids.tmdb, undone.facts.title) == (WorkState.REVIEW, None, None)
    assert len(undone.candidates) == len(work.candidates)
    assert house.names(media).year is None
    assert not house.state.media(media.id).has_poster
    assert house.state.credits_of(work.key) == []
    with pytest.raises(Conflict):
        house.identifier.undo(EVERYBODY, work.key)


def test_a_person_says_what_it_is(house: KnowingHouse) -> None:
    house.tmdb.add(HEAT, OTHER_HEAT)
    media = house.film("xyz", None, 170)
    assert house.look_up(media).state is WorkState.UNKNOWN
    work = house.identifier.identify(EVERYBODY, media.id, AskedFor("heat", 1995))
    assert (work.state, work.ids.tmdb) == (WorkState.CONFIRMED, 949)
    by_id = house.identifier.identify(EVERYBODY, media.id, AskedFor(tmdb_id=9949))
    assert (by_id.ids.tmdb, house.names(media).year) == (9949, 1986)
    song = house.state.add_media(NewMedia(MediaType.TRACK, house.movies.id, MediaNames("Song"), None))
    with pytest.raises(InvalidInput):
        house.identifier.identify(EVERYBODY, song.id, AskedFor("heat"))


def test_a_person_says_that_a_film_is_an_episode_and_that_an_episode_is_a_film(house: KnowingHouse) -> None:
    house.tmdb.add(
        replace(HEAT, runtime=45), Show(5, "Show", "2001-01-01", {1: (Episode(1, "One"), Episode(2, "Two"))})
    )
    media = house.film("Show", None, 45, "Show/Show S01E02.mkv")
    work = house.identifier.identify(EVERYBODY, media.id, AskedFor(kind="show"))
    assert (work.kind, work.state, work.ids.tmdb) == (WorkKind.SHOW, WorkState.APPLIED, 5)
    names = house.names(media)
    assert (names.title, names.show_title, names.season, names.episode) == ("Two", "Show", 1, 2)
    assert house.state.media(media.id).media_type is MediaType.EPISODE
    assert house.state.work(f"movie:{media.id}") is None
    film = house.episode("Heat", 1, 1, "Heat/Heat (1995).mkv")
    back = house.identifier.identify(EVERYBODY, film.id, AskedFor("Heat", 1995, kind="movie"))
    assert (back.kind, back.ids.tmdb) == (WorkKind.MOVIE, 949)
    names = house.names(film)
    assert (names.title, names.year, names.show_title, names.season) == ("Heat", 1995, None, None)


def test_a_film_joins_its_saga_and_leaves_it_again(house: KnowingHouse) -> None:
    house.tmdb.sagas[8091] = "Alien Collection"
    house.tmdb.add(Film(348, "Alien", "1979-05-25", 117, saga=8091), Film(679, "Aliens", "1986-07-18", 137, saga=8091))
    media = house.film("Alien", 1979, 117)
    house.look_up(media)
    [summary] = house.state.collections_for(EVERYBODY)
    assert (summary.collection.kind, summary.collection.title) == ("saga", "Alien Collection")
    assert (summary.count, summary.here_count) == (2, 1)
    second = house.film("Aliens", 1986, 137)
    house.look_up(second)
    [summary] = house.state.collections_for(EVERYBODY)
    assert (summary.here_count, summary.covers) == (2, (media.id, second.id))
    house.identifier.undo(EVERYBODY, f"movie:{second.id}")
    [summary] = house.state.collections_for(EVERYBODY)
    assert summary.here_count == 1


def test_without_an_answer_nothing_changes(house: KnowingHouse) -> None:
    house.tmdb.add(HEAT)
    media = house.film("Heat", 1995, 170)
    house.tmdb.faults["movie/949"] = (200, {}, b"<html>Sign in</html>")
    with pytest.raises(ServiceFailed):
        house.look_up(media)
    assert house.work(f"movie:{media.id}").state is WorkState.PENDING
    house.tmdb.faults["/t/p/w780/heat.jpg"] = (200, {}, b"<svg/>")
    del house.tmdb.faults["movie/949"]
    assert house.look_up(media).state is WorkState.APPLIED
    assert not house.state.media(media.id).has_poster


def test_another_choice_takes_nothing_of_the_first_along(house: KnowingHouse) -> None:
    house.tmdb.sagas[1] = "Saga"
    house.tmdb.add(
        Film(1, "Heat", "1995-01-01", 170, saga=1, poster="/a.jpg", parts=(Part(1, "Ann"),)),
        Film(2, "Other", "2001-01-01"),
    )
    media = house.film("Heat", 1995, 170)
    work = house.look_up(media)
    assert house.state.media(media.id).has_poster
    changed = house.identifier.apply(EVERYBODY, work.key, 2)
    assert (changed.ids.tmdb, house.names(media).title) == (2, "Other")
    assert not house.state.media(media.id).has_poster
    assert house.state.credits_of(work.key) == []
    [saga] = house.state.collections_for(EVERYBODY)
    assert saga.here_count == 0
    undone = house.identifier.undo(EVERYBODY, work.key)
    assert (undone.ids.tmdb, house.names(media).title, house.names(media).year) == (None, "Heat", 1995)


def test_what_a_person_took_back_is_never_applied_by_itself_again(house: KnowingHouse) -> None:
    house.tmdb.add(HEAT)
    media = house.film("Heat", 1995, 170)
    key = house.look_up(media).key
    house.identifier.undo(EVERYBODY, key)
    house.state.put_work_pending([key], anew=True)
    again = house.look_up(media)
    assert (again.state, again.reason) == (WorkState.REVIEW, "The likeliest match was taken back by somebody.")
    assert house.identifier.apply(EVERYBODY, key, 949).state is WorkState.CONFIRMED
