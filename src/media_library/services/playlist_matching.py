"""Looks in the library for what is still open in music playlists: when they are read, and when music arrived."""

from collections.abc import Iterable
from typing import Protocol

from media_library.models.collection import DECIDED, FOUND, LocalTrack, Match, MatchState, PlaylistTrack
from media_library.repositories.base import now_ms
from media_library.services.track_matching import TrackIndex


class MatchingState(Protocol):
    """What matching needs of the state."""

    def playlists_to_match(self) -> list[str]:
        """The playlists with something to find since music arrived."""

    def local_tracks(self) -> list[LocalTrack]:
        """The tracks of the library."""

    def playlist_tracks(self, collection_id: str) -> list[PlaylistTrack]:
        """The tracks of a playlist."""

    def put_matches(self, collection_id: str, matches: dict[str, Match]) -> None:
        """Note what was found."""

    def note_matched(self, collection_id: str, at_ms: int) -> None:
        """Note when the library was looked through."""


def match_what_is_open(state: MatchingState) -> int:
    """Match the playlists for which music may have arrived; returns how many there were."""
    waiting = state.playlists_to_match()
    match_playlists(state, waiting)
    return len(waiting)


def match_playlists(state: MatchingState, collection_ids: Iterable[str], *, anew: bool = False) -> None:
    """Look for the open tracks of playlists; ``anew`` for all on which no person decided."""
    wanted = list(collection_ids)
    if not wanted:
        return
    # what arrives from here on may be missed, and is looked for the next time
    looked_at = now_ms()
    index = TrackIndex(state.local_tracks())
    for collection_id in wanted:
        matches = {
            track.key: index.match(track)
            for track in state.playlist_tracks(collection_id)
            if not track.is_gone and (_is_open(track) or (anew and track.match.state not in DECIDED))
        }
        state.put_matches(collection_id, matches)
        state.note_matched(collection_id, looked_at)


def _is_open(track: PlaylistTrack) -> bool:
    """Whether nothing was found or decided, or what was found is in the library no more."""
    if track.match.state in FOUND:
        return track.match.media_id is None or track.match.state not in {*DECIDED, MatchState.CERTAIN}
    return track.match.state not in DECIDED
