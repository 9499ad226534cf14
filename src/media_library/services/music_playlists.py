"""Music playlists: taken from files and from Spotify's pages, and what their tracks are in the library."""

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from media_library.adapters.http import RequestFailed
from media_library.adapters.playlist_files import ListFormat, read_playlist_file, write_playlist_file
from media_library.adapters.spotify_page import SpotifyList, SpotifyPages, find_list
from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput, NotFound
from media_library.models.collection import (
    FOUND,
    Collection,
    CollectionKind,
    LocalTrack,
    Match,
    MatchState,
    MusicList,
    NewCollection,
    NewTrack,
    PlaylistTrack,
)
from media_library.models.identity import Identity
from media_library.models.media import MediaType
from media_library.models.user import Viewer
from media_library.services.content import Added
from media_library.services.media_root import MediaRoot
from media_library.services.playlist_matching import match_playlists
from media_library.services.track_matching import words_of
from media_library.services.web_addresses import WebAddress

_SAME_LIST = 0.5


@dataclass(frozen=True, slots=True)
class SeenTrack:
    """A track of a playlist as a viewer sees it: with the media items of its match that they may see."""

    track: PlaylistTrack
    media: LocalTrack | None
    candidates: tuple[tuple[LocalTrack, float], ...]


class MusicPlaylists:
    """The counter for music playlists."""

    def __init__(self, state: AppState, media_root: MediaRoot, spotify: SpotifyPages) -> None:
        self._state = state
        self._media_root = media_root
        self._spotify = spotify

    def add_file(self, actor: Identity, name: str, content: str) -> Added:
        """Take a playlist file. A list of the same title and mostly the same tracks is brought up to date instead.

        Raises ``InvalidInput`` if it cannot be read.
        """
        listed = read_playlist_file(name, content)
        earlier = self._earlier(actor, listed)
        if earlier is not None:
            return self._put(actor, earlier, listed, existing=True)
        collection = self._state.add_collection(
            NewCollection(CollectionKind.MUSIC, listed.title, created_by=actor.user.id)
        )
        return self._put(actor, collection, listed, existing=False)

    def add_spotify(self, actor: Identity, wanted: SpotifyList) -> Added:
        """Take a public list of Spotify; the same list is brought up to date. Raises ``InvalidInput``."""
        listed = self._read(wanted)
        existing = self._state.collection_of_origin(wanted.key) is not None
        collection = self._state.add_collection(
            NewCollection(CollectionKind.MUSIC, listed.title, wanted.url, wanted.key, actor.user.id)
        )
        return self._put(actor, collection, listed, existing=existing)

    def refresh(self, actor: Identity, collection: Collection, wanted: SpotifyList) -> Added:
        """Read the list of a collection again. Raises ``InvalidInput``."""
        return self._put(actor, collection, self._read(wanted), existing=True)

    def match_again(self, viewer: Viewer, collection_id: str) -> None:
        """Look for all tracks anew on which no person decided. Raises ``NotFound``."""
        match_playlists(self._state, [self._music(viewer, collection_id).id], anew=True)

    def title_of(self, address: WebAddress) -> str | None:
        """The title of the music playlist at an address; ``None`` if there is none. Raises ``InvalidInput``."""
        wanted = find_list(address.url)
        return None if wanted is None else self._read(wanted).title

    def tracks(self, viewer: Viewer, collection_id: str) -> list[SeenTrack]:
        """The tracks of a playlist in order. Raises ``NotFound``."""
        self._music(viewer, collection_id)
        return self._seen(viewer, self._state.tracks_for(viewer, collection_id))

    def decide(
        self,
        viewer: Viewer,
        collection_id: str,
        position: int,
        media_id: str | None,
        *,
        before: MatchState | None = None,
        score: float | None = None,
    ) -> SeenTrack:
        """A person says which track of the library is meant, or that none is, or takes that back.

        ``before`` and ``score`` are then those from before. Raises ``NotFound``, ``Conflict``.
        """
        self._music(viewer, collection_id)
        if media_id is not None and self._state.media_for(viewer, media_id).media_type is not MediaType.TRACK:
            raise Conflict("Only a track of the library can stand for a track of a playlist.")
        decided = self._state.decide_track(collection_id, position, media_id, before=before, score=score)
        return self._seen(viewer, [decided])[0]

    def export(self, viewer: Viewer, collection_id: str, form: ListFormat) -> str:
        """A playlist as a file; what was found names its file below the media folder. Raises ``NotFound``."""
        collection = self._music(viewer, collection_id)
        tracks = []
        for seen in self.tracks(viewer, collection_id):
            media = None if seen.media is None else self._state.media_for(viewer, seen.media.media_id)
            one = seen.track
            path = None if media is None or media.file is None else media.file.path
            tracks.append(NewTrack(one.title, one.artist, one.album, one.isrc, one.duration_ms, path))
        return write_playlist_file(collection.title, tracks, form)

    def _music(self, viewer: Viewer, collection_id: str) -> Collection:
        collection = self._state.collection_for(viewer, collection_id).collection
        if collection.kind is not CollectionKind.MUSIC:
            raise NotFound("This collection is not a music playlist.")
        return collection

    def _read(self, wanted: SpotifyList) -> MusicList:
        try:
            return self._spotify.read(wanted)
        except RequestFailed as error:
            raise InvalidInput(str(error), "url") from error

    def _put(self, actor: Identity, collection: Collection, listed: MusicList, *, existing: bool) -> Added:
        tracks = track_keys(listed.tracks)
        resolved = {key: media_id for key, one in tracks.items() if (media_id := self._resolve(actor.viewer, one.path))}
        with self._state.transaction():
            self._state.put_tracks(collection.id, tracks, complete=listed.is_complete)
            self._state.put_matches(
                collection.id, {key: Match(MatchState.CERTAIN, media_id, 100.0) for key, media_id in resolved.items()}
            )
        match_playlists(self._state, [collection.id])
        return Added(collection_id=collection.id, existing=existing)

    def _earlier(self, actor: Identity, listed: MusicList) -> Collection | None:
        """The actor's own list of the same title with at least half of the same tracks."""
        keys = set(track_keys(listed.tracks))
        for summary in self._state.collections_for(actor.viewer):
            one = summary.collection
            is_file = one.kind is CollectionKind.MUSIC and one.origin is None
            if is_file and one.created_by == actor.user.id and one.title == listed.title:
                known = {track.key for track in self._state.playlist_tracks(one.id) if not track.is_gone}
                if len(keys & known) >= _SAME_LIST * min(len(keys), len(known)):
                    return one
        return None

    def _resolve(self, viewer: Viewer, path: str | None) -> str | None:
        """The track of the library to which a path of a playlist leads; of others nothing is learned."""
        if path is None:
            return None
        root = f"{self._media_root.folder}/"
        if path.startswith("/"):
            relative = [path.removeprefix(root)] if path.startswith(root) else []
        else:
            relative = [path, *(f"{library.folder}/{path}" for library in self._state.list_libraries())]
        for one in relative:
            media_id = self._state.media_at_path(posixpath.normpath(one))
            if media_id is not None and self._state.tracks_by_id(viewer, [media_id]):
                return media_id
        return None

    def _seen(self, viewer: Viewer, tracks: Sequence[PlaylistTrack]) -> list[SeenTrack]:
        ids = {track.match.media_id for track in tracks} | {
            candidate.media_id for track in tracks for candidate in track.match.candidates
        }
        known = self._state.tracks_by_id(viewer, [media_id for media_id in ids if media_id is not None])
        return [_seen(track, known) for track in tracks]


def track_keys(tracks: Sequence[NewTrack]) -> dict[str, NewTrack]:
    """The tracks of a list by what tells them apart over several readings: title and artist, and how often before."""
    found: dict[str, NewTrack] = {}
    times: Counter[str] = Counter()
    for track in tracks:
        name = f"{' '.join(words_of(track.title)) or track.title}|{' '.join(words_of(track.artist or ''))}"
        times[name] += 1
        found[name if times[name] == 1 else f"{name}|{times[name]}"] = track
    return found


def _seen(track: PlaylistTrack, known: Mapping[str, LocalTrack]) -> SeenTrack:
    match = track.match
    candidates = tuple((known[one.media_id], one.score) for one in match.candidates if one.media_id in known)
    media = None if match.media_id is None else known.get(match.media_id)
    if match.state in FOUND and media is None:
        # what stands for it is gone, in the bin, or not for the eyes of the viewer
        track = replace(track, match=Match(MatchState.AMBIGUOUS if candidates else MatchState.NONE))
    elif match.state is MatchState.AMBIGUOUS and not candidates:
        track = replace(track, match=Match(MatchState.NONE))
    return SeenTrack(track, media, candidates)
