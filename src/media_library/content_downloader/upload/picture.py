"""The shelf of photos, by the day on which they were taken; and what a video of the family tells of its own."""

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from media_library.adapters.photo_facts import PhotoRefused, read_photo
from media_library.content_downloader.upload.arrival import Arrival, Shelving
from media_library.errors import VerificationFailed
from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.job import JobStage
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.probed import Probed
from media_library.services.file_naming import Naming
from media_library.services.home_media import photo_of
from media_library.services.name_reading import read_name

_KEPT_WIDTH = 2000


class PictureShelf:
    """Takes photos."""

    def __init__(self, shelving: Shelving, naming: Naming) -> None:
        self._shelving = shelving
        self._naming = naming

    def take(self, arrival: Arrival) -> Media:
        """Put a photo into the library of the family."""
        arrival.work.report(JobStage.PROBE, 70)
        with TemporaryDirectory(dir=arrival.work.staging) as folder:
            made = Path(folder) / "picture.jpg"
            try:
                facts = read_photo(arrival.file, made, width=_KEPT_WIDTH)
            except PhotoRefused as refusal:
                raise VerificationFailed(str(refusal)) from refusal
            photo = photo_of(facts, PurePosixPath(arrival.path), arrival.upload.created_at / 1000)
            names = MediaNames(read_name(arrival.path, kind=LibraryKind.HOME).title or arrival.path.stem)
            media = self._shelving.publish(
                arrival,
                LibraryKind.HOME,
                MediaType.PHOTO,
                names,
                self._naming.photo(names, photo.taken_at),
                Probed(),
                published_at=photo.taken_at,
            )
            self._shelving.state.put_photo(media.id, photo)
            self._shelving.covers.put(media.id, made, ArtworkKind.STILL, source=ArtworkSource.FILE)
        return media
