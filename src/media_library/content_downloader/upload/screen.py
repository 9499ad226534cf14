"""The shelf of what is watched: a film, an episode, a video, as its name and its folder say."""

from datetime import UTC, datetime, time

from media_library.adapters.photo_facts import PhotoRefused, read_video
from media_library.content_downloader.upload.arrival import Arrival, Shelving
from media_library.content_downloader.upload.sound import SoundShelf
from media_library.errors import VerificationFailed
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.name_reading import NameReading
from media_library.models.probed import Probed
from media_library.models.work import WorkIds
from media_library.repositories.media_repo.keys import show_key
from media_library.services.artwork import Artwork
from media_library.services.file_naming import NameFacts, Naming
from media_library.services.home_media import photo_of
from media_library.services.name_reading import read_name

_AUDIO_SUFFIX = {".mkv": ".mka", ".webm": ".mka", ".mp4": ".m4a", ".m4v": ".m4a", ".mov": ".m4a", ".wmv": ".wma"}


class ScreenShelf:
    """Takes videos."""

    def __init__(self, shelving: Shelving, naming: Naming, artwork: Artwork, sound: SoundShelf) -> None:
        self._shelving = shelving
        self._artwork = artwork
        self._naming = naming
        self._sound = sound

    def take(self, arrival: Arrival) -> Media:
        """Put a video into the library of films, shows, videos or the family's own."""
        found, cover = self._shelving.probe(arrival)
        if found.streams.video is None:
            suffix = _AUDIO_SUFFIX.get(arrival.file.suffix)
            return self._sound.enter(arrival.renamed(suffix) if suffix else arrival, found, cover)
        reading = read_name(arrival.path, kind=arrival.kind)
        match reading.media_type:
            case MediaType.MOVIE:
                media = self._film(arrival, found, reading)
            case MediaType.EPISODE:
                media = self._episode(arrival, found, reading)
            case MediaType.HOME_VIDEO | MediaType.PHOTO:
                media = self._of_the_family(arrival, found, reading)
            case _:
                media = self._video(arrival, found, reading)
        self._put_still(media)
        return media

    def _film(self, arrival: Arrival, found: Probed, reading: NameReading) -> Media:
        names = MediaNames(reading.title, reading.year, edition=reading.edition)
        place = self._naming.film(names, NameFacts(names, WorkIds(reading.tmdb_id, reading.imdb_id)))
        media = self._shelving.publish(arrival, LibraryKind.MOVIES, MediaType.MOVIE, names, place, found)
        self._shelving.identify([f"movie:{media.id}"])
        return media

    def _episode(self, arrival: Arrival, found: Probed, reading: NameReading) -> Media:
        number = reading.episode if reading.episode is not None else reading.absolute
        published_at = _day(reading)
        names = MediaNames(
            reading.title or _plain_title(number, reading),
            reading.year,
            show_title=reading.show_title or reading.title,
            season=reading.season if reading.season is not None or number is None else 1,
            episode=number,
            episode_end=reading.episode_end,
        )
        ids = WorkIds(reading.tmdb_id, reading.imdb_id, reading.tvdb_id)
        place = self._naming.episode(names, NameFacts(names, ids, published_at=published_at))
        media = self._shelving.publish(
            arrival, LibraryKind.SHOWS, MediaType.EPISODE, names, place, found, published_at=published_at
        )
        self._shelving.identify([f"show:{show_key(names)}"])
        return media

    def _of_the_family(self, arrival: Arrival, found: Probed, reading: NameReading) -> Media:
        try:
            photo = photo_of(read_video(arrival.file), arrival.path, arrival.upload.created_at / 1000)
        except PhotoRefused as refusal:
            raise VerificationFailed(str(refusal)) from refusal
        names = MediaNames(reading.title or arrival.path.stem)
        place = self._naming.photo(names, photo.taken_at)
        media = self._shelving.publish(
            arrival, LibraryKind.HOME, MediaType.HOME_VIDEO, names, place, found, published_at=photo.taken_at
        )
        self._shelving.state.put_photo(media.id, photo)
        return media

    def _video(self, arrival: Arrival, found: Probed, reading: NameReading) -> Media:
        published_at = _day(reading)
        names = MediaNames(reading.title or arrival.path.stem, reading.year, show_title=reading.show_title)
        place = self._naming.web_video(names, published_at)
        return self._shelving.publish(
            arrival, LibraryKind.VIDEOS, MediaType.VIDEO, names, place, found, published_at=published_at
        )

    def _put_still(self, media: Media) -> None:
        """A picture out of the video; without one it is shown without."""
        if media.file is None or media.has_still:
            return
        file = self._shelving.media_root.path(media.file.path)
        self._artwork.put_frame(media, file, is_foreign=True)


def _day(reading: NameReading) -> int | None:
    if reading.air_date is None:
        return None
    return int(datetime.combine(reading.air_date, time(), UTC).timestamp() * 1000)


def _plain_title(number: int | None, reading: NameReading) -> str:
    if number is not None:
        return f"Episode {number}"
    return str(reading.air_date or reading.show_title or "Episode")
