"""Photos and the videos of the family: when and where they were taken, and their pictures in fixed widths.

What such a file is called never makes a film of it. The moment is that of the file (EXIF, QuickTime), else the one in
its name ("IMG_20240531_101500"), in those of its folders, else that of its last change.
"""

import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from media_library.adapters.photo_facts import PhotoReaders, PhotoRefused, read_photo, read_video
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import NotFound, StorageError, ToolFailed
from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.media import Media, MediaType
from media_library.models.photo import Photo, PhotoFacts, PhotoQuery
from media_library.models.user import Viewer
from media_library.services.artwork import Artwork
from media_library.services.covers import Covers
from media_library.services.media_root import MediaRoot
from media_library.services.name_reading import day_in
from media_library.services.pictures import Pictures

log = logging.getLogger(__name__)

WIDTHS: Final = (320, 960, 1920, 3840)
"""The widths in which pictures are handed out."""

_KEPT_WIDTH = 2000
_FULL_WIDTH = 3840
_AT_ONCE = 2
_TIME = re.compile(r"(?:19|20)\d{6}[_\- T.]?([01]\d|2[0-3])[.\-:]?([0-5]\d)[.\-:]?([0-5]\d)")
_TYPES = (MediaType.PHOTO, MediaType.HOME_VIDEO)


@dataclass(frozen=True, slots=True)
class HomeItem:
    """A photo or a home video of a list, with its card in JSON."""

    card: msgspec.Raw
    photo: Photo


@dataclass(frozen=True, slots=True)
class HomePage:
    """A page of the list by day: the count of the whole list, where it goes on."""

    count: int
    items: tuple[HomeItem, ...]
    next: str | None


class HomeMedia:
    """Reads what the family took, for the scan and for uploads, and hands out its pictures."""

    def __init__(self, settings: Settings, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root
        self._folder = settings.data_directory / "artwork"
        self._covers = Covers(settings, state)
        self._artwork = Artwork(settings, state)
        self._pictures = Pictures(settings)
        self._readers: PhotoReaders | None = None
        self._few = threading.BoundedSemaphore(_AT_ONCE)

    @contextmanager
    def reading_many(self) -> Iterator[None]:
        """Within it the readers of photos stay from one to the next: starting one takes longer than reading."""
        with PhotoReaders() as readers:
            self._readers = readers
            try:
                yield
            finally:
                self._readers = None

    def take_in(self, media: Media, file: Path, below: PurePosixPath) -> str | None:
        """Read the file of an item that is in the library and make its picture.

        ``below`` is its path below the library folder. Returns why that cannot be, as a sentence, or ``None``;
        raises ``ToolFailed`` if nothing can be read now.
        """
        try:
            if media.media_type is MediaType.PHOTO:
                facts = self._keep_picture(media, file, below)
            else:
                facts = read_video(file)
                if not media.has_still:
                    self._artwork.put_frame(media, file, is_foreign=True)
            photo = photo_of(facts, below, file.stat().st_mtime)
        except PhotoRefused as refusal:
            return str(refusal)
        except OSError as error:
            return f"The file cannot be read: {error.strerror}."
        with self._state.transaction():
            self._state.put_photo(media.id, photo)
            if media.published_at != photo.taken_at:
                self._state.describe_media(
                    media.id, overview=media.overview, published_at=photo.taken_at, language=media.language
                )
        return None

    def page(self, viewer: Viewer, query: PhotoQuery) -> HomePage:
        """A page of what the viewer may see. Raises ``InvalidInput`` for a cursor that is not ours."""
        page = self._state.photo_page(viewer, query)
        cards = self._cards(viewer, [media_id for media_id, _ in page.photos])
        items = tuple(HomeItem(cards[media_id], photo) for media_id, photo in page.photos if media_id in cards)
        return HomePage(page.count, items, page.next)

    def card(self, viewer: Viewer, media_id: str) -> msgspec.Raw:
        """The card of one item in JSON; raises ``NotFound``."""
        cards = self._cards(viewer, [media_id])
        if media_id not in cards:
            raise NotFound("There is no such photo.")
        return cards[media_id]

    def view(self, media: Media) -> Photo:
        """What is known of an item; raises ``NotFound`` for what is no photo or home video, or was not read yet."""
        photo = self._state.photo(media.id) if media.media_type in _TYPES else None
        if photo is None:
            raise NotFound("There is no such photo.")
        return photo

    def picture(self, media: Media, width: int) -> Path:
        """The picture of an item as a WebP of at most ``width`` pixels, one of ``WIDTHS``, without metadata.

        Raises ``NotFound``.
        """
        photo = self.view(media)
        if width < _FULL_WIDTH or media.media_type is not MediaType.PHOTO or photo.width <= _KEPT_WIDTH:
            return self._pictures.sized(media.id, "still", width)
        target = self._folder / f"{media.id}.still.{_FULL_WIDTH}.webp"
        if not self._is_fresh(target, media):
            try:
                self._make_full(media, target)
            except (PhotoRefused, StorageError, OSError) as error:
                log.info("%s is shown smaller: %s", media.id, error)
                return self._pictures.sized(media.id, "still", 1920)
        return target

    def _cards(self, viewer: Viewer, media_ids: Iterable[str]) -> dict[str, msgspec.Raw]:
        text = self._state.picked_cards(viewer, media_ids, offline=not self._media_root.is_online())
        return msgspec.json.decode(text, type=dict[str, msgspec.Raw])

    def _keep_picture(self, media: Media, file: Path, below: PurePosixPath) -> PhotoFacts:
        readers = self._readers
        try:
            if readers is not None:
                read = readers.read(file, within=file.parents[len(below.parts) - 1], side=_KEPT_WIDTH)
            else:
                with PhotoReaders() as readers:
                    read = readers.read(file, within=file, side=_KEPT_WIDTH)
        except ToolFailed as error:
            if file.is_file():
                raise
            raise PhotoRefused("The file is not there any more.") from error  # with its drive, maybe
        if not self._covers.put(media.id, read.jpeg, ArtworkKind.STILL, source=ArtworkSource.FILE):
            raise PhotoRefused("The picture of this photo could not be kept. Look whether the disk is full.")
        return read.facts

    def _make_full(self, media: Media, target: Path) -> None:
        assert media.file is not None, "a photo is a file"
        file = self._media_root.path(media.file.path)
        with self._few, TemporaryDirectory(prefix="photo-", dir=self._folder, ignore_cleanup_errors=True) as folder:
            made = Path(folder) / "picture.webp"
            read_photo(file, made, width=_FULL_WIDTH)
            made.replace(target)

    def _is_fresh(self, target: Path, media: Media) -> bool:
        """Whether a picture is younger than the one that the last scan made."""
        try:
            return target.stat().st_mtime_ns >= self._pictures.original(media.id, "still").stat().st_mtime_ns
        except FileNotFoundError:
            return False


def photo_of(facts: PhotoFacts, below: PurePosixPath, modified_at: float) -> Photo:
    """What is kept of a file: its facts, and a moment from its names or its last change (seconds) where it has none.

    A time without a zone is taken for one of this machine's, and a day in UTC is told by its zone.
    """
    if facts.taken is not None:
        moment = datetime.fromisoformat(facts.taken)
        if facts.is_utc:
            moment = moment.replace(tzinfo=UTC).astimezone()
        elif facts.offset_minutes is not None:
            moment = moment.replace(tzinfo=timezone(timedelta(minutes=facts.offset_minutes)))
    else:
        moment = _named(below) or datetime.fromtimestamp(modified_at, UTC).astimezone()
    return Photo(
        _milliseconds(moment),
        moment.date().isoformat(),
        facts.width,
        facts.height,
        facts.orientation,
        facts.camera,
        facts.latitude,
        facts.longitude,
    )


def _named(below: PurePosixPath) -> datetime | None:
    """The moment in the name of a file, else the day in that of a folder, from the innermost."""
    day = day_in(below.stem)
    if day is not None:
        match = _TIME.search(below.stem)
        if match is not None and day_in(match[0]) == day:
            hour, minute, second = map(int, match.groups())
            return datetime(day.year, day.month, day.day, hour, minute, second).astimezone()
        return _midday(day)
    for name in reversed(below.parts[:-1]):
        day = day_in(name)
        if day is not None:
            return _midday(day)
    return None


def _midday(day: date) -> datetime:
    """Twelve o'clock, so that the day is the same in most zones."""
    return datetime(day.year, day.month, day.day, 12).astimezone()


def _milliseconds(moment: datetime) -> int:
    try:
        return round(moment.timestamp() * 1000)
    except (OverflowError, ValueError, OSError):
        return round(moment.replace(tzinfo=UTC).timestamp() * 1000)
