"""Shows: one match for all episodes, whatever way their files count them."""

import pytest

from media_library.errors import NotFound
from media_library.models.work import WorkKind, WorkState
from media_library.services.media_identifier import AskedFor
from tests.internet.tmdb import Episode, Part, Show
from tests.services.media_identifier.conftest import EVERYBODY, KnowingHouse


def season(number: int, count: int, first: int = 1, year: int = 2008) -> tuple[Episode, ...]:
    return tuple(
        Episode(
            first + place,
            f"S{number} E{first + place}",
            f"{year + number - 1}-01-{place % 28 + 1:02d}",
            45,
            f"Overview {number}.{first + place}",
            f"/still-{number}-{first + place}.jpg",
        )
        for place in range(count)
    )


OFFICE_US = Show(
    2316,
    "The Office",
    "2005-03-24",
    {0: season(0, 3), **{n: season(n, 12) for n in range(1, 10)}},
    votes=5000,
    tvdb=73244,
    imdb="tt0386676",
    parts=(Part(1, "Greg Daniels", "Creator"), Part(2, "Steve Carell", character="Michael Scott")),
    poster="/office.jpg",
)
OFFICE_UK = Show(2996, "The Office", "2001-07-09", {1: season(1, 6), 2: season(2, 6)}, votes=900, countries=("GB",))


def test_a_show_is_matched_once_and_its_episodes_get_what_is_known(house: KnowingHouse) -> None:
    house.tmdb.add(Show(1396, "Breaking Bad", "2008-01-20", {0: season(0, 1), 1: season(1, 3), 2: season(2, 4)}))
    first, second = house.episode("breaking bad", 1, 1), house.episode("breaking bad", 2, 4)
    special = house.episode("breaking bad", 0, 1)
    work = house.look_up(first)
    assert (work.state, work.ids.tmdb, work.facts.title) == (WorkState.APPLIED, 1396, "Breaking Bad")
    assert [house.names(one).title for one in (first, second, special)] == ["S1 E1", "S2 E4", "S0 E1"]
    assert {house.names(one).show_title for one in (first, second, special)} == {"Breaking Bad"}
    assert house.state.media(second.id).overview == "Overview 2.4"
    listed = house.state.show_episodes(work.key)
    assert len(listed) == 8
    assert (listed[1].aired_on, listed[1].still) == ("2008-01-01", "/still-1-1.jpg")
    assert house.tmdb.paths().count("tv/1396") == 1


def test_what_is_called_otherwise_takes_its_key_along(house: KnowingHouse) -> None:
    house.tmdb.add(OFFICE_US)
    media = house.episode("The.Office", 5, 3)
    house.state.put_work_pending(house.state.works_unasked(9))
    [before] = house.state.works_pending([WorkKind.SHOW], 9, 2**60)
    work = house.look_up(media)
    assert work.key != before.key and house.state.work(before.key) is None
    assert work.key == f"show:{key_of(house, media.id)}"
    assert [one.person.name for one in house.state.credits_of(work.key)] == ["Steve Carell", "Greg Daniels"]
    undone = house.identifier.undo(EVERYBODY, before.key)
    assert (undone.key, house.names(media).show_title) == (before.key, "The.Office")


def key_of(house: KnowingHouse, media_id: str) -> str:
    card = house.state.card_for(EVERYBODY, media_id, offline=False)
    return card.partition('"show_key":"')[2][:16]


@pytest.mark.parametrize(
    ("title", "places", "path", "chosen"),
    [
        ("The Office (US)", [(1, 1)], "", 2316),
        ("The Office US", [(1, 1)], "", 2316),
        ("The Office (UK)", [(1, 1)], "", 2996),
        ("The Office", [(9, 12)], "", 2316),
        ("The Office", [(1, 1), (5, 9)], "", 2316),
        ("The Office", [(1, 1)], "The Office (2001)/The Office - S01E01.mkv", 2996),
        ("The Office", [(1, 1)], "The Office {tvdb-73244}/The Office - S01E01.mkv", 2316),
        ("The Office", [(1, 1)], "", None),
        ("The Office", [(2, 7)], "", 2316),
        ("The Office", [(12, 1)], "", None),
        ("The Office", [(1, 1)], "The Office (2013)/The Office - S01E01.mkv", None),
    ],
)
def test_shows_of_one_name_are_told_apart_by_country_year_id_and_episodes(
    house: KnowingHouse, title: str, places: list[tuple[int, int]], path: str, chosen: int | None
) -> None:
    house.tmdb.add(OFFICE_US, OFFICE_UK)
    media = [house.episode(title, season, number, path) for season, number in places]
    work = house.look_up(media[0])
    assert (work.ids.tmdb, work.state) == (chosen, WorkState.APPLIED if chosen else WorkState.REVIEW), work.reason
    if not chosen:
        assert work.reason and len(work.candidates) == 2


def test_two_shows_of_one_name_never_become_one(house: KnowingHouse) -> None:
    house.tmdb.add(OFFICE_US, OFFICE_UK)
    american = house.episode("The Office (US)", 1, 1)
    british = house.episode("The Office (UK)", 1, 1)
    assert house.look_up(american).ids.tmdb == 2316
    assert house.look_up(british).ids.tmdb == 2996
    assert house.names(american).show_title == "The Office"
    assert house.names(british).show_title == "The Office (2001)"
    assert key_of(house, american.id) != key_of(house, british.id)


def test_one_show_under_two_names_becomes_one(house: KnowingHouse) -> None:
    house.tmdb.add(Show(1396, "Breaking Bad", "2008-01-20", {1: season(1, 3)}))
    one, two = house.episode("Breaking.Bad", 1, 1), house.episode("Breaking Bad (2008)", 1, 2)
    first, second = house.look_up(one), house.look_up(two)
    assert first.key == second.key
    assert key_of(house, one.id) == key_of(house, two.id)
    undone = house.identifier.undo(EVERYBODY, first.key)
    assert {house.names(one).show_title, house.names(two).show_title} == {"Breaking.Bad", "Breaking Bad (2008)"}
    assert undone.state is WorkState.REVIEW


def test_episodes_are_found_counted_through_by_date_and_several_in_a_file(house: KnowingHouse) -> None:
    house.tmdb.add(
        Show(1, "Anime", "2008-01-01", {1: season(1, 12), 2: season(2, 12)}),
        Show(2, "Counting", "2008-01-01", {1: season(1, 10), 2: season(2, 10, first=11)}),
        Show(3, "Daily", "2008-01-01", {1: season(1, 20), 2: season(2, 20)}),
        Show(4, "Double", "2008-01-01", {1: season(1, 6)}),
    )
    through = house.episode("Anime", None, None, "Anime/Anime - 015.mkv", title="Anime")
    as_one = house.episode("Anime", 1, 14)
    counting = house.episode("Counting", 2, 13)
    daily = house.episode("Daily", None, None, "Daily/Daily - 2009-01-05.mkv", title="Daily")
    double = house.episode("Double", 1, 2, episode_end=3)
    for media in (through, counting, daily, double):
        assert house.look_up(media).state is WorkState.APPLIED
    numbers = {
        one.id: (house.names(one).season, house.names(one).episode, house.names(one).episode_end)
        for one in (through, as_one, counting, daily, double)
    }
    assert numbers == {
        through.id: (2, 3, None),
        as_one.id: (2, 2, None),
        counting.id: (2, 13, None),
        daily.id: (2, 5, None),
        double.id: (1, 2, 3),
    }
    assert house.names(double).title == "S1 E2 / S1 E3"
    assert house.names(daily).title == "S2 E5"


def test_a_new_episode_is_fitted_into_what_is_known(house: KnowingHouse) -> None:
    house.tmdb.add(Show(1396, "Breaking Bad", "2008-01-20", {1: season(1, 3)}))
    first = house.episode("Breaking Bad", 1, 1)
    work = house.look_up(first)
    assert house.state.shows_grown(9) == []
    late = house.episode("Breaking Bad", 1, 3)
    assert house.state.shows_grown(9) == [work.key]
    house.tmdb.asked.clear()
    again = house.look_up(late)
    assert (again.state, again.ids.tmdb) == (WorkState.APPLIED, 1396)
    assert house.names(late).title == "S1 E3"
    assert house.state.shows_grown(9) == []
    assert "search/tv" not in house.tmdb.paths()


def test_locked_names_of_an_episode_stay(house: KnowingHouse) -> None:
    house.tmdb.add(Show(1396, "Breaking Bad", "2008-01-20", {1: season(1, 3)}))
    mine, other = house.episode("breaking bad", 1, 1, title="Mine"), house.episode("breaking bad", 1, 2)
    house.state.edit_media(mine.id, house.names(mine), frozenset({"title", "show_title"}))
    house.look_up(other)
    assert house.names(mine).title == "Mine"
    assert (house.names(mine).show_title, house.names(other).show_title) == ("breaking bad", "breaking bad")
    assert house.names(other).title == "S1 E2"


def test_what_the_show_does_not_have_keeps_its_name(house: KnowingHouse) -> None:
    house.tmdb.add(Show(1, "Show", "2008-01-01", {1: season(1, 20)}))
    for number in range(1, 20):
        house.episode("Show", 1, number)
    extra = house.episode("Show", None, None, "Show/Extra 1.mkv", title="Extra 1")
    beyond = house.episode("Show", 1, 40, title="Forty")
    assert house.look_up(extra).state is WorkState.APPLIED
    assert (house.names(extra).title, house.names(beyond).title) == ("Extra 1", "Forty")


def test_a_person_chooses_a_show(house: KnowingHouse) -> None:
    house.tmdb.add(OFFICE_US, OFFICE_UK)
    media = house.episode("The Office", 1, 1)
    assert house.look_up(media).state is WorkState.REVIEW
    work = house.identifier.identify(EVERYBODY, media.id, AskedFor(tmdb_id=2996))
    assert (work.state, work.ids.tmdb) == (WorkState.CONFIRMED, 2996)
    with pytest.raises(NotFound):
        house.identifier.identify(EVERYBODY, media.id, AskedFor(tmdb_id=404))
    assert house.names(media).title == "S1 E1"
