"""What a player shows along the time of an item: its markers, by whom they are believed, and its previews."""

from collections.abc import Iterable
from dataclasses import dataclass

from media_library.app_state import AppState
from media_library.errors import InvalidInput
from media_library.models.media import Media, MediaType
from media_library.models.timeline import Marker, MarkerSource, Trickplay
from media_library.services.markers.chapters import markers_of_chapters

_MARKED = frozenset({MediaType.MOVIE, MediaType.EPISODE, MediaType.VIDEO, MediaType.HOME_VIDEO, MediaType.EXTRA})
_SLACK_MS = 2_000


@dataclass(frozen=True, slots=True)
class Timeline:
    """The markers of an item in the order of time, and its previews if they are ready."""

    markers: tuple[Marker, ...]
    trickplay: Trickplay | None


class Timelines:
    """A person is believed before chapters, chapters before the sound."""

    def __init__(self, state: AppState) -> None:
        self._state = state

    def of(self, media: Media) -> Timeline:
        """The timeline of an item."""
        return Timeline(self._markers(media), self._previews(media))

    def mark(self, media: Media, markers: Iterable[Marker]) -> None:
        """Keep what a person says; nothing that is found later takes its place. Raises ``InvalidInput``."""
        if media.media_type not in _MARKED:
            raise InvalidInput("Only films, episodes and videos have openings and credits.")
        told = sorted(markers, key=lambda one: one.start_ms)
        for one in told:
            if one.start_ms >= one.end_ms or one.end_ms > media.duration_ms + _SLACK_MS:
                raise InvalidInput("A part ends behind its start and before the end of the film.", "markers")
        if len({(one.kind, one.start_ms) for one in told}) < len(told):
            raise InvalidInput("Two parts of one kind begin at the same moment.", "markers")
        self._state.put_markers_by_hand(media.id, told)

    def forget(self, media: Media) -> None:
        """Let go of what a person said: what is found counts again."""
        self._state.forget_markers_by_hand(media.id)

    def _markers(self, media: Media) -> tuple[Marker, ...]:
        kept = self._state.markers_of(media.id)
        if media.media_type not in _MARKED or self._state.has_markers_by_hand(media.id):
            return tuple(one for one in kept if one.source is MarkerSource.HAND)
        named = markers_of_chapters(media.streams.chapters, media.duration_ms)
        kinds = {one.kind for one in named}
        heard = [one for one in kept if one.kind not in kinds]
        return tuple(sorted((*named, *heard), key=lambda one: one.start_ms))

    def _previews(self, media: Media) -> Trickplay | None:
        found = self._state.trickplay_of(media.id)
        return found if found is not None and found.grid is not None else None
