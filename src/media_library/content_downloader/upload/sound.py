"""The shelf of what is heard: tracks, named by their tags, by their file name where there are none."""

from pathlib import Path

from media_library.content_downloader.upload.album import Albums
from media_library.content_downloader.upload.arrival import Arrival, Shelving
from media_library.models.artwork import ArtworkSource
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaType
from media_library.models.probed import Probed
from media_library.repositories.media_repo.keys import album_key
from media_library.services.file_naming import Naming
from media_library.services.music_tags import read_album


class SoundShelf:
    """Takes music."""

    def __init__(self, shelving: Shelving, naming: Naming, albums: Albums) -> None:
        self._shelving = shelving
        self._albums = albums
        self._naming = naming

    def take(self, arrival: Arrival) -> Media:
        """Put a track into the library of music."""
        found, cover = self._shelving.probe(arrival)
        return self.enter(arrival, found, cover)

    def enter(self, arrival: Arrival, found: Probed, cover: Path | None) -> Media:
        """Put in what was looked into already."""
        reading = read_album(self._albums.around(arrival, found))[0]
        names = self._albums.settled(arrival, reading.names)
        place = self._naming.track(names, discs=max(reading.facts.discs, names.disc_number or 1))
        media = self._shelving.publish(
            arrival, LibraryKind.MUSIC, MediaType.TRACK, names, place, found, isrc=reading.isrc
        )
        self._shelving.state.put_track_facts(media.id, reading.facts)
        if cover is not None and not media.has_poster:
            self._shelving.covers.put(media.id, cover, source=ArtworkSource.FILE)
        key = album_key(names)
        if key is not None:
            self._shelving.identify([f"album:{key}"])
        return media
