"""An album as it lies in the library: its tracks with all that is known of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from media_library.models.media import Media
from media_library.models.music import TrackFacts
from media_library.services.music_tags import album_folder
from media_library.services.music_tags.words import is_various


@dataclass(frozen=True, slots=True)
class AlbumTrack:
    """A track of the album and what is known of it."""

    media: Media
    facts: TrackFacts

    @property
    def place(self) -> tuple[int, int]:
        """Its disc and its number, 0 = not known."""
        return self.media.names.disc_number or 0, self.media.names.track_number or 0


@dataclass(frozen=True, slots=True)
class Album:
    """An album by its key, with its tracks in the order of listening."""

    key: str
    tracks: tuple[AlbumTrack, ...]

    @property
    def title(self) -> str:
        """What it is called now."""
        return _commonest(track.media.names.album for track in self.tracks)

    @property
    def artist(self) -> str:
        """Whose it is now, "" if nobody is named."""
        return _commonest(track.media.names.album_artist for track in self.tracks) or _commonest(
            track.media.names.artist for track in self.tracks
        )

    @property
    def is_compilation(self) -> bool:
        """Whether it is by many."""
        return is_various(self.artist) or any(track.facts.is_compilation for track in self.tracks)

    @property
    def release_date(self) -> str:
        """When this form of it was published, as its files say."""
        return _commonest(track.facts.released_on for track in self.tracks)

    @property
    def is_tagged(self) -> bool:
        """Whether most of its files name themselves."""
        return 2 * sum(track.facts.is_tagged for track in self.tracks) > len(self.tracks)


class AlbumState(Protocol):
    """What reading an album needs of the state."""

    def tracks_of_album(self, album_key: str) -> list[str]:
        """The ids of its tracks."""

    def facts_of_album(self, album_key: str) -> dict[str, TrackFacts]:
        """What is known of them."""

    def media(self, media_id: str) -> Media:
        """One of them."""


def read_album(state: AlbumState, album_key: str) -> Album:
    """The album with this key as it is now; without tracks if there is none."""
    facts = state.facts_of_album(album_key)
    tracks = [state.media(media_id) for media_id in state.tracks_of_album(album_key)]
    return Album(album_key, tuple(AlbumTrack(media, facts.get(media.id, TrackFacts())) for media in tracks))


def folder_of_track(track: AlbumTrack) -> PurePosixPath:
    """The folder of the album that the file of a track lies in."""
    path = track.media.file.path if track.media.file is not None else ""
    return album_folder(PurePosixPath(path))


def _commonest(values: Iterable[str | None]) -> str:
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else ""
