"""A library whose films, shows and albums are known, with the service that writes beside them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.media import Media
from media_library.models.work import (
    Credit,
    Person,
    Settlement,
    ShowEpisode,
    WorkFacts,
    WorkIds,
    WorkState,
    movie_key,
    show_work_key,
)
from media_library.repositories.media_repo.keys import show_key
from media_library.services.covers import Covers
from media_library.services.sidecars import Sidecars
from tests.services.renaming.house import House

ARRIVAL = WorkFacts(
    title="Arrival",
    original_title="Story of “Your” Life & <Others>",
    year=2016,
    overview="Twelve vessels land.\nA linguist listens.",
    tagline="Why are they here?",
    released_on="2016-11-10",
    runtime_minutes=116,
    certification="PG-13",
    rating=7.6,
    votes=18_000,
    genres=("Drama", "Science Fiction"),
    tags=("first contact",),
    studios=("FilmNation",),
)


class Desk:
    """A house, and what is known in it."""

    def __init__(self, folder: Path, state: AppState) -> None:
        self.house = House(folder, state)
        self.state = state
        self.covers = Covers(self.house.settings, state)
        self.sidecars = Sidecars(state, self.house.media_root, self.covers, self.house.preferences)

    def know_film(self, film: Media, facts: WorkFacts = ARRIVAL, ids: WorkIds | None = None) -> None:
        """Say what a film is."""
        self.settle(movie_key(film.id), facts, ids or WorkIds(tmdb=329865, imdb="tt2543164"))

    def know_show(self, episode: Media, facts: WorkFacts, ids: WorkIds, episodes: list[ShowEpisode]) -> None:
        """Say what a show is."""
        key = show_work_key(show_key(episode.names) or "")
        self.settle(key, facts, ids)
        self.state.put_show_episodes(key, episodes, None)

    def settle(self, key: str, facts: WorkFacts, ids: WorkIds) -> None:
        """Say what a work is."""
        self.state.put_work_pending([key])
        self.state.describe_work(key, facts, ids)
        people = [Credit(Person("", "Amy Adams"), "cast", "Louise & Co"), Credit(Person("", "Forest"), "cast", "Weber")]
        people += [Credit(Person("", "Denis V."), "director"), Credit(Person("", "Eric H."), "writer")]
        self.state.put_credits(key, people)
        self.state.settle_work(key, Settlement(WorkState.APPLIED, score=1.0))

    def paint(self, owner: str, kind: ArtworkKind, source: ArtworkSource = ArtworkSource.SERVICE) -> None:
        """Give something a picture."""
        from PIL import Image

        picture = self.house.root.parent / "picture.png"
        Image.new("RGB", (64, 96), (20, 60, 100)).save(picture)
        assert self.covers.put_named(owner, picture, kind, source=source)


@pytest.fixture
def desk(tmp_path: Path, state: AppState) -> Desk:
    """An empty library."""
    return Desk(tmp_path, state)


@pytest.fixture
def arrival(desk: Desk) -> Callable[[], Media]:
    """Makes the film Arrival, in its place."""

    def make() -> Media:
        film = desk.house.film("Arrival", 2016, "movies/Arrival (2016)/Arrival (2016).mkv")
        desk.know_film(film)
        return film

    return make
