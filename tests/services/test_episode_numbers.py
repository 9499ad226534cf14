"""The numbers of episodes: those of disc two follow on those of disc one."""

from media_library.app_state import AppState
from media_library.models.disc import Disc, DiscNames, DiscTitle, TitleRole
from media_library.models.drive import DiscKind
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.services.episode_numbers import number_episodes

EPISODES = tuple(DiscTitle(index, 60_000, role=TitleRole.EPISODE) for index in (2, 3, 4))
TITLES = (DiscTitle(1, 180_000, role=TitleRole.PLAY_ALL), *EPISODES)


def disc(state: AppState, number: int | None, season: int | None = 1) -> Disc:
    names = DiscNames("Show", season=season, disc_number=number)
    return state.see_disc(f"dvd:{number}:{season}", DiscKind.DVD, "SHOW", names)


def ripped(state: AppState, number: int, episodes: range) -> Disc:
    library = state.ensure_library(LibraryKind.SHOWS, "Shows", "shows")
    seen = disc(state, number)
    for episode in episodes:
        path = f"shows/{number}-{episode}.mp4"
        names = MediaNames("E", None, "Show", 1, episode)
        state.add_media(
            NewMedia(MediaType.EPISODE, library.id, names, MediaFile(path, 1, 1, 1, "mp4", 1), disc_id=seen.id)
        )
    state.mark_disc_ripped(seen.id)
    return seen


def test_the_first_disc_begins_with_one(state: AppState) -> None:
    numbering = number_episodes(disc(state, 1), TITLES, state)
    assert (numbering.season, numbering.first, numbering.review_reason) == (1, 1, None)
    assert [numbering.number(title, TITLES) for title in EPISODES] == [1, 2, 3]


def test_the_second_disc_goes_on_after_the_first(state: AppState) -> None:
    ripped(state, 1, range(1, 5))
    numbering = number_episodes(disc(state, 2), TITLES, state)
    assert (numbering.first, numbering.review_reason) == (5, None)


def test_without_the_discs_before_it_the_numbers_are_a_guess_to_be_looked_at(state: AppState) -> None:
    ripped(state, 1, range(1, 5))
    numbering = number_episodes(disc(state, 3), TITLES, state)
    assert numbering.first == 7
    assert "guess" in (numbering.review_reason or "")


def test_a_disc_without_a_season_is_to_be_looked_at(state: AppState) -> None:
    numbering = number_episodes(disc(state, None, None), TITLES, state)
    assert (numbering.season, numbering.first) == (1, 1)
    assert "season" in (numbering.review_reason or "")


def test_a_disc_without_a_number_goes_behind_the_others(state: AppState) -> None:
    ripped(state, 1, range(1, 5))
    numbering = number_episodes(disc(state, None), TITLES, state)
    assert numbering.first == 5
    assert numbering.review_reason
