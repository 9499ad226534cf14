"""Works: what waits, how it ends, what is known, who had a part, and who may see which."""

import json

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict, NotFound
from media_library.models.library import Library, LibraryKind
from media_library.models.media import Media, MediaNames, MediaType, NewMedia
from media_library.models.user import Viewer
from media_library.models.work import (
    Candidate,
    Credit,
    Person,
    Settlement,
    ShowEpisode,
    TagKind,
    WorkFacts,
    WorkIds,
    WorkKind,
    WorkState,
    movie_key,
    show_work_key,
)
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo import MediaQuery

ALL = Viewer("nobody", None)
LATER = 2**60


def film(state: AppState, films: Library, title: str, year: int | None = None) -> Media:
    return state.add_media(NewMedia(MediaType.MOVIE, films.id, MediaNames(title, year), None))


def episode(state: AppState, library: Library, show: str, season: int, number: int) -> Media:
    names = MediaNames(f"Episode {number}", None, show, season, number)
    return state.add_media(NewMedia(MediaType.EPISODE, library.id, names, None))


def keys(state: AppState, now: int | None = None) -> list[str]:
    return [one.key for one in state.works_pending(WorkKind, 100, now_ms() if now is None else now)]


def test_what_nobody_asked_about_is_found_whatever_brought_it_in(state: AppState, films: Library) -> None:
    shows = state.ensure_library(LibraryKind.SHOWS, "Shows", "shows")
    one = film(state, films, "One")
    first = episode(state, shows, "Show", 1, 1)
    episode(state, shows, "Show", 1, 2)
    names = MediaNames("Song", artist="Band", album="Album")
    state.add_media(NewMedia(MediaType.TRACK, films.id, names, None))
    state.add_media(NewMedia(MediaType.VIDEO, films.id, MediaNames("Clip", show_title="Channel"), None))
    unasked = state.works_unasked(100)
    assert len(unasked) == 3
    key = str(state.card_for(ALL, first.id, offline=False)).partition('"show_key":"')[2][:16]
    assert {movie_key(one.id), show_work_key(key)} < set(unasked)
    assert state.put_work_pending(unasked) == 3
    assert state.works_unasked(100) == []
    assert set(keys(state)) == set(unasked)
    assert state.count_works_pending([WorkKind.MOVIE], now_ms()) == 1


def test_a_work_waits_until_its_time_and_counts_its_tries(state: AppState, films: Library) -> None:
    key = movie_key(film(state, films, "One").id)
    state.put_work_pending([key])
    soon = now_ms() + 60_000
    for tries in (1, 2):
        state.settle_work(key, Settlement(WorkState.POSTPONED, "TMDb cannot be reached.", not_before=soon))
        work = state.work(key)
        assert work is not None
        assert (work.state, work.tries, work.reason) == (WorkState.POSTPONED, tries, "TMDb cannot be reached.")
    assert keys(state) == []
    assert keys(state, soon) == [key]
    assert state.hurry_works([WorkKind.ALBUM]) == 0
    assert state.hurry_works([WorkKind.MOVIE]) == 1
    assert keys(state) == [key]
    assert state.postpone_works([WorkKind.MOVIE], "There is no key.", soon) == 1
    assert keys(state) == []


@pytest.mark.parametrize("settled", [WorkState.APPLIED, WorkState.CONFIRMED])
def test_a_settled_work_stays_settled_when_something_of_it_comes(
    state: AppState, films: Library, settled: WorkState
) -> None:
    key = movie_key(film(state, films, "One").id)
    state.put_work_pending([key])
    state.settle_work(key, Settlement(settled))
    assert keys(state) == []
    state.put_work_pending([key])
    assert [(one.key, one.state) for one in state.works_pending(WorkKind, 9, now_ms())] == [(key, settled)]
    state.rest_work(key, 0)
    assert keys(state) == []


def test_asking_anew_leaves_what_a_person_said(state: AppState, films: Library) -> None:
    works = {one: movie_key(film(state, films, one).id) for one in WorkState}
    state.put_work_pending(works.values())
    for one, key in works.items():
        state.settle_work(key, Settlement(one, not_before=LATER if one is WorkState.POSTPONED else 0))
    state.put_work_pending(works.values(), anew=True)
    after = {one: state.work(key) for one, key in works.items()}
    kept = {one for one, work in after.items() if work is not None and work.state is one}
    assert kept == {WorkState.PENDING, WorkState.CONFIRMED, WorkState.DISMISSED}


def test_a_review_lists_what_waits_for_a_person_through_their_eyes(state: AppState, films: Library) -> None:
    other = state.ensure_library(LibraryKind.VIDEOS, "Other", "other")
    made = [film(state, films, f"Film {number}", 2000 + number) for number in range(5)]
    hidden = film(state, other, "Hidden")
    found = Candidate("tmdb", "7", WorkKind.MOVIE, "Film", year=2001, score=0.7, reasons=("Same title",))
    state.put_work_pending(movie_key(one.id) for one in (*made, hidden))
    for one in (*made, hidden):
        state.settle_work(movie_key(one.id), Settlement(WorkState.REVIEW, "Two films of this name", 0.7, (found,)))
    state.settle_work(movie_key(made[4].id), Settlement(WorkState.APPLIED))
    state.bin_media(made[3].id)
    viewer = Viewer("u", frozenset({films.id}))
    seen, after = [], None
    for _ in range(2):
        page = state.review_page(viewer, after=after, limit=2)
        assert page.count == 3
        seen += [(one.title, one.year, one.count, one.media_ids) for one in page.items]
        after = page.next
        assert page.items[0].work.candidates == (found,)
    assert after is None
    assert sorted(seen) == [(f"Film {n}", 2000 + n, 1, (made[n].id,)) for n in range(3)]
    assert state.count_review(ALL) == 4


def test_facts_tags_and_episodes_are_kept(state: AppState, films: Library) -> None:
    key = "show:abc"
    state.put_work_pending([key])
    facts = WorkFacts(
        "Show", "Serie", 2001, "About", "Tag", "2001-02-03", 45, "TV-14", 8.1, 99, ("Drama",), ("a",), ("B",)
    )
    state.describe_work(key, facts, WorkIds(5, "tt0000005", 6, None))
    work = state.work(key)
    assert work is not None
    assert (work.facts, work.ids) == (facts, WorkIds(5, "tt0000005", 6, None))
    assert state.works_of_tmdb(WorkKind.SHOW, 5) == [key]
    state.tag_work(key, ["mine", "mine", "own"])
    state.describe_work(key, facts, WorkIds(5))
    work = state.work(key)
    assert work is not None and work.facts.tags == ("mine", "own")
    listed = [ShowEpisode(1, n, f"T{n}", None, "2001-01-01", 44, "/a.jpg", n) for n in (1, 2)]
    state.put_show_episodes(key, listed, None)
    state.put_show_episodes(key, [ShowEpisode(2, 1)], [2])
    state.put_show_episodes(key, listed[:1], [1])
    assert state.show_episodes(key) == [listed[0], ShowEpisode(2, 1)]
    state.remember_before(key, '{"a": 1}')
    assert state.work_before(key) == '{"a": 1}'


def test_a_show_takes_everything_along_to_its_new_name(state: AppState) -> None:
    state.put_work_pending(["show:a", "show:b"])
    state.put_show_episodes("show:a", [ShowEpisode(1, 1)], None)
    state.put_credits("show:a", [Credit(Person("", "Ann", tmdb_id=1), "cast", "Eve")])
    state.tag_work("show:a", ["x"])
    with pytest.raises(Conflict):
        state.rekey_work("show:a", "show:b")
    state.rekey_work("show:a", "show:c")
    assert state.work("show:a") is None
    assert state.show_episodes("show:c") == [ShowEpisode(1, 1)]
    assert [one.character for one in state.credits_of("show:c")] == ["Eve"]
    assert state.tags_by_hand("show:c") == ["x"]
    state.forget_work("show:c")
    assert state.show_episodes("show:c") == []
    assert state.credits_of("show:c") == []
    assert state.forget_persons_without_credits() == 1


def test_a_person_is_one_over_all_works(state: AppState, films: Library) -> None:
    made = [film(state, films, f"Film {number}") for number in range(2)]
    other = state.ensure_library(LibraryKind.VIDEOS, "Other", "other")
    works = [movie_key(one.id) for one in (*made, film(state, other, "Hidden"))]
    state.put_work_pending(works)
    ann = Person("", "Ann Ócean", tmdb_id=1, portrait="/a.jpg")
    for key in works:
        state.put_credits(
            key, [Credit(ann, "cast", "Eve"), Credit(ann, "director"), Credit(Person("", "Bo"), "writer")]
        )
    state.put_credits(works[1], [Credit(ann, "cast", "Eve")])
    [cast, director, writer] = state.credits_of(works[0])
    assert (cast.person.id, cast.person.name, cast.job, cast.character) == (
        director.person.id,
        "Ann Ócean",
        "cast",
        "Eve",
    )
    assert writer.person == state.credits_of(works[2])[2].person
    viewer, stranger = Viewer("u", frozenset({films.id})), Viewer("s", frozenset({"none"}))
    assert [key for key, _, _ in state.parts_of(viewer, cast.person.id)].count(works[2]) == 0
    assert len(state.parts_of(ALL, cast.person.id)) == 5
    with pytest.raises(NotFound):
        state.person_for(stranger, cast.person.id)
    for text in ("oce", "ann", "ann oce", "OCEAN, ann", "oc* ["):
        assert [one.name for one in state.search_persons(viewer, text, 9)] == ["Ann Ócean"]
    assert state.search_persons(viewer, "cean", 9) == state.search_persons(stranger, "ann", 9) == []
    state.describe_person(Person(cast.person.id, "x", "Life", "1960-01-02", None, portrait=None))
    state.mark_portrait(cast.person.id, has_portrait=True)
    found = state.person(cast.person.id)
    assert (found.name, found.overview, found.portrait, found.has_portrait) == ("Ann Ócean", "Life", "/a.jpg", True)


def test_genres_are_counted_through_the_eyes_of_the_viewer(state: AppState, films: Library) -> None:
    other = state.ensure_library(LibraryKind.VIDEOS, "Other", "other")
    for number, library in enumerate((films, films, other)):
        key = movie_key(film(state, library, f"Film {number}").id)
        state.put_work_pending([key])
        state.describe_work(key, WorkFacts(genres=("Drama", "War")[: number + 1]), WorkIds())
    viewer = Viewer("u", frozenset({films.id}))
    assert state.count_tags(viewer, TagKind.GENRE, None) == [("Drama", 2), ("War", 1)]
    assert state.count_tags(ALL, TagKind.GENRE, WorkKind.MOVIE) == [("Drama", 3), ("War", 2)]
    assert state.count_tags(ALL, TagKind.GENRE, WorkKind.SHOW) == []


def test_shows_of_a_genre_or_a_tag_are_found_and_counted(state: AppState) -> None:
    library = state.ensure_library(LibraryKind.SHOWS, "Shows", "shows")
    for show in ("Alpha", "Beta"):
        one = episode(state, library, show, 1, 1)
        episode(state, library, show, 1, 2)
        key = show_work_key(str(state.card_for(ALL, one.id, offline=False)).partition('"show_key":"')[2][:16])
        state.put_work_pending([key])
        state.describe_work(key, WorkFacts(genres=("War", "Drama")[: 1 + (show == "Beta")]), WorkIds())
        state.tag_work(key, (f"{show}'s",))
    for genre, tag, found in (("War", None, 2), ("Drama", None, 1), ("Drama", "Beta's", 1), ("Drama", "Alpha's", 0)):
        page = state.groups(ALL, "show", MediaQuery(genre=genre, tag=tag))
        assert (page.count, len(json.loads(page.items))) == (found, found), (genre, tag)
    assert state.groups(ALL, "album", MediaQuery(genre="War")).count == 0


def test_what_is_gone_for_good_is_forgotten_and_what_is_in_the_bin_is_not(state: AppState, films: Library) -> None:
    gone, binned = film(state, films, "Gone"), film(state, films, "Binned")
    works = [movie_key(one.id) for one in (gone, binned)]
    state.put_work_pending([*works, "show:none", "album:none"])
    state.bin_media(binned.id)
    state.remove_media(gone.id)
    assert state.forget_works_without_media() == 3
    assert state.work(works[1]) is not None


def test_settling_what_nobody_knows_raises(state: AppState) -> None:
    with pytest.raises(NotFound):
        state.settle_work("movie:none", Settlement(WorkState.APPLIED))
