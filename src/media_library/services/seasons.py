"""The seasons of a show for its page: what is known of each, its poster, and one's own in its place."""

from dataclasses import dataclass

from media_library.app_state import AppState
from media_library.errors import InvalidInput, NotFound
from media_library.models.artwork import ArtworkKind, ArtworkSource, season_owner
from media_library.models.media import MediaType
from media_library.models.user import Viewer
from media_library.models.work import ShowSeason, show_work_key
from media_library.services.covers import Covers
from media_library.services.sidecars import Sidecars


@dataclass(frozen=True, slots=True)
class SeasonView:
    """What a page shows of a season; ``poster_source`` is ``None`` where there is no poster."""

    facts: ShowSeason
    poster_source: ArtworkSource | None
    placeholder: str | None
    updated_at: int | None


class Seasons:
    """Knows the seasons of shows by their keys."""

    def __init__(self, state: AppState, covers: Covers, sidecars: Sidecars) -> None:
        self._state = state
        self._covers = covers
        self._sidecars = sidecars

    def of_show(self, show: str) -> dict[int, SeasonView]:
        """What is known of the seasons of a show, by their numbers."""
        known = self._state.show_seasons(show_work_key(show))
        posters = self._state.season_posters(show)
        views = {}
        for number in sorted({*known, *posters}):
            poster = posters.get(number)
            views[number] = SeasonView(
                known.get(number, ShowSeason(number)),
                None if poster is None else poster.source,
                None if poster is None else poster.placeholder,
                None if poster is None else poster.updated_at,
            )
        return views

    def put_poster(self, viewer: Viewer, show: str, season: int, picture: bytes) -> None:
        """Give a season a poster of one's own; raises ``NotFound``, and ``InvalidInput`` for what is no picture."""
        media_ids = self._episodes(viewer, show, season)
        owner = season_owner(show, season)
        with self._covers.before.kept(owner, ArtworkKind.POSTER):
            if not self._covers.put_named(owner, picture, source=ArtworkSource.OWN):
                raise InvalidInput(
                    "This is not a picture that can be shown, or it is too large. Choose a JPEG, PNG, WebP, AVIF or GIF"
                    " file of at most 64 million pixels."
                )
        self._sidecars.write(media_ids[:1])

    def remove_poster(self, viewer: Viewer, show: str, season: int) -> None:
        """Take the poster from a season; that of the service comes back with the next look at it."""
        media_ids = self._episodes(viewer, show, season)
        owner = season_owner(show, season)
        if ArtworkKind.POSTER not in self._state.artwork_of(owner):
            raise NotFound("There is no such picture.")
        with self._covers.before.kept(owner, ArtworkKind.POSTER):
            self._covers.forget(owner)
        self._sidecars.write(media_ids[:1])

    def bring_back(self, viewer: Viewer, show: str, season: int) -> None:
        """Show the poster that somebody replaced or removed; raises ``NotFound`` if none is kept."""
        media_ids = self._episodes(viewer, show, season)
        self._covers.before.bring_back(season_owner(show, season), ArtworkKind.POSTER)
        self._sidecars.write(media_ids[:1])

    def _episodes(self, viewer: Viewer, show: str, season: int) -> list[str]:
        self._state.group(viewer, "show", show)  # raises for one that the viewer may not see
        media = self._state.media_with_ids(self._state.media_of_work(show_work_key(show))).values()
        found = [one.id for one in media if one.media_type is MediaType.EPISODE and one.names.season == season]
        if not found:
            raise NotFound("There is nothing of this season in the library.")
        return found
