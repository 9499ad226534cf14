"""The library: pages, search, groups, what a viewer may see."""

import json

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput, NotFound
from media_library.models.library import Library, LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.selection import Selection
from media_library.models.user import Role, User, Viewer
from media_library.repositories.media_repo import MediaQuery, MediaSort, sort_title
from media_library.repositories.media_repo.keys import hue_of
from tests.conftest import file_of
from tests.query_plans import plan_of


@pytest.fixture
def ann(state: AppState) -> User:
    return state.add_user("ann", "Ann", "hash", Role.ADMIN)


def film(state: AppState, library: Library, title: str, year: int | None = None) -> Media:
    file = MediaFile(f"movies/{title}/{title}.mp4", 1000, 1, 1, "mp4", 75_000)
    return state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames(title, year), file))


def titles(items: str) -> list[str]:
    return [card["title"] for card in json.loads(items)]


def walk(state: AppState, viewer: Viewer, sort: MediaSort, *, descending: bool, limit: int) -> list[str]:
    found, cursor = [], None
    while True:
        page = state.media_page(
            viewer, MediaQuery(sort=sort, descending=descending, cursor=cursor, limit=limit), offline=False
        )
        found += titles(page.items)
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", MediaSort)
@pytest.mark.parametrize("limit", [1, 3, 7, 50])
def test_pages_together_hold_everything_once_in_order(
    state: AppState, films: Library, ann: User, sort: MediaSort, descending: bool, limit: int
) -> None:
    for number in range(7):
        film(state, films, f"Film {number}", 2000 + number // 2 if number % 3 else None)
    viewer = state.viewer(ann)
    whole = walk(state, viewer, sort, descending=descending, limit=100)
    assert sorted(whole) == [f"Film {number}" for number in range(7)]
    assert walk(state, viewer, sort, descending=descending, limit=limit) == whole


@pytest.mark.parametrize(
    "cursor", ["", "x", "bm9wZQ", "WyJhZGRlZCIsMV0", "WyJhZGRlZCIsMSwyXQ" * 2, "W1tbW1tbW1tbW1tbW1tbWw", "é"]
)
def test_a_cursor_that_is_not_ours_is_refused(state: AppState, ann: User, cursor: str) -> None:
    with pytest.raises(InvalidInput):
        state.media_page(state.viewer(ann), MediaQuery(sort=MediaSort.TITLE, cursor=cursor), offline=False)


def test_threat_50_ids_are_random_and_have_nothing_to_do_with_the_path(state: AppState, films: Library) -> None:
    first = film(state, films, "Film")
    state.remove_media(first.id)
    second = film(state, films, "Film")
    assert first.id != second.id and len(first.id) == 32


def test_a_path_is_in_the_library_only_once(state: AppState, films: Library) -> None:
    film(state, films, "Film")
    with pytest.raises(Conflict):
        film(state, films, "Film")


def test_threat_52_a_kid_sees_nothing_of_a_library_that_was_not_granted(state: AppState, films: Library) -> None:
    music = state.ensure_library(LibraryKind.MUSIC, "Music", "music")
    kid = state.add_user("kim", "Kim", "hash", Role.KID, all_libraries=False)
    state.grant_libraries(kid.id, [music.id], all_libraries=False)
    viewer = state.viewer(state.get_user(kid.id))
    canary = film(state, films, "Canary")
    state.save_playback(kid.id, canary.id, 30_000, 75_000)
    page = state.media_page(viewer, MediaQuery(), offline=False)
    assert (page.count, titles(page.items)) == (0, [])
    assert state.search_media(viewer, "can", 10, offline=False) == "[]"
    assert state.continue_watching(viewer, 10, offline=False) == "[]"
    assert state.media_count(viewer)["movie"] == 0
    assert state.media_size(viewer) == (0, 0)
    for look in (
        lambda: state.media_for(viewer, canary.id),
        lambda: state.card_for(viewer, canary.id, offline=False),
    ):
        with pytest.raises(NotFound):
            look()


def test_search_finds_every_word_by_its_beginning_without_accents(state: AppState, films: Library, ann: User) -> None:
    for title in ("Amélie", "The Salt Road", "Salt", "Road Movie"):
        film(state, films, title)

    def look(text: str) -> list[str]:
        return titles(state.search_media(state.viewer(ann), text, 10, offline=False))

    assert look("amelie") == ["Amélie"]
    assert look("sal ro") == ["The Salt Road"]
    assert sorted(look("salt")) == ["Salt", "The Salt Road"]


@pytest.mark.parametrize(
    "text", ['"', "NEAR(", "*", "a OR b", "AND", "-", "title:x", "^", "\0", "{", " ".join(["x"] * 10_000)]
)
def test_threat_129_no_search_is_a_syntax_error(state: AppState, films: Library, ann: User, text: str) -> None:
    film(state, films, "Film")
    assert state.search_media(state.viewer(ann), text, 10, offline=False) == "[]"


def test_search_follows_an_edit(state: AppState, films: Library, ann: User) -> None:
    media = film(state, films, "Unknown disc")
    state.edit_media(media.id, MediaNames("Kestrel", 2016), frozenset({"title"}))
    viewer = state.viewer(ann)
    assert titles(state.search_media(viewer, "kestrel", 5, offline=False)) == ["Kestrel"]
    assert state.search_media(viewer, "unknown", 5, offline=False) == "[]"


def test_what_is_in_the_bin_is_seen_nowhere_and_comes_back_whole(state: AppState, films: Library, ann: User) -> None:
    media, viewer = film(state, films, "Film"), state.viewer(ann)
    state.save_playback(ann.id, media.id, 30_000, 75_000)
    state.bin_media(media.id)
    assert state.media_page(viewer, MediaQuery(), offline=False).count == 0
    assert state.continue_watching(viewer, 5, offline=False) == "[]"
    with pytest.raises(NotFound):
        state.media_for(viewer, media.id)
    state.unbin_media(media.id)
    (card,) = json.loads(state.continue_watching(viewer, 5, offline=False))
    assert card["progress"]["position"] == 30


def test_continue_watching_holds_the_unfinished_past_five_seconds_newest_first(
    state: AppState, films: Library, ann: User
) -> None:
    for title, position in (("Early", 4_000), ("First", 30_000), ("Done", 72_000), ("Second", 40_000)):
        state.save_playback(ann.id, film(state, films, title).id, position, 75_000)
    assert titles(state.continue_watching(state.viewer(ann), 9, offline=False)) == ["Second", "First"]


def test_history_survives_a_move(state: AppState, films: Library, ann: User) -> None:
    media = film(state, films, "Film")
    state.save_playback(ann.id, media.id, 30_000, 75_000)
    moved = state.move_media(media.id, MediaFile("movies/Elsewhere/Film.mp4", 1, 2, 3, "mp4", 75_000))
    assert moved.id == media.id and file_of(moved).path == "movies/Elsewhere/Film.mp4"
    progress = state.playback(ann.id, media.id)
    assert progress is not None and progress.position_ms == 30_000


def test_episodes_come_in_the_order_of_watching_under_one_show(state: AppState, ann: User) -> None:
    shows = state.ensure_library(LibraryKind.SHOWS, "Shows", "shows")
    for season, episode in ((2, 1), (1, 2), (1, 1)):
        names = MediaNames(f"Episode {episode}", show_title="Harbour Lights", season=season, episode=episode)
        file = MediaFile(f"shows/{season}-{episode}.mp4", 1, 1, 1, "mp4", 1)
        state.add_media(NewMedia(MediaType.EPISODE, shows.id, names, file))
    viewer = state.viewer(ann)
    page = state.groups(viewer, "show", MediaQuery(sort=MediaSort.TITLE, descending=False))
    (show,) = json.loads(page.items)
    assert (page.count, show["title"], show["count"]) == (1, "Harbour Lights", 3)
    cards = json.loads(state.episodes(viewer, show["key"], offline=False))
    assert [(card["season"], card["episode"]) for card in cards] == [(1, 1), (1, 2), (2, 1)]
    assert state.last_episode("harbour lights", 1) == 2


def test_shows_are_paged(state: AppState, ann: User) -> None:
    shows = state.ensure_library(LibraryKind.SHOWS, "Shows", "shows")
    for number in range(5):
        names = MediaNames("One", show_title=f"Show {number}", season=1, episode=1)
        file = MediaFile(f"shows/{number}.mp4", 1, 1, 1, "mp4", 1)
        state.add_media(NewMedia(MediaType.EPISODE, shows.id, names, file))
    found, after = [], None
    while True:
        page = state.groups(
            state.viewer(ann), "show", MediaQuery(sort=MediaSort.TITLE, descending=False, cursor=after, limit=2)
        )
        found += titles(page.items)
        after = page.next
        if after is None:
            break
    assert found == [f"Show {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("The Salt Road", "salt road"),
        ("Élan", "elan"),
        ("A", "a"),
        ("The", "the"),
        ("L'Atalante", "l'atalante"),
        ("日本", "日本"),
    ],
)
def test_titles_sort_without_articles_and_accents(title: str, key: str) -> None:
    assert sort_title(title) == key


def test_the_parts_of_a_show_share_a_colour_and_the_articles_of_a_site_do_not() -> None:
    one, two = (MediaNames(title, show_title="Harbour Lights") for title in ("One", "Two"))
    assert hue_of(MediaType.EPISODE, one) == hue_of(MediaType.EPISODE, two)
    assert hue_of(MediaType.ARTICLE, one) != hue_of(MediaType.ARTICLE, two)


def test_a_selection_is_found_without_a_look_at_every_row(state: AppState, films: Library, ann: User) -> None:
    chosen = Selection(ids=(film(state, films, "Salt").id,), shows=("a",), albums=("b",), channels=("c",))
    plan = plan_of(state, lambda: state.selected_media(Viewer(ann.id, None), chosen))
    assert any(step.startswith("SEARCH m ") for step in plan)
    assert not any(step.startswith("SCAN m ") or step == "SCAN m" for step in plan), plan
