"""Puts the shelves together."""

from media_library.adapters.file_signature import FileForm
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.content_downloader.upload.album import Albums
from media_library.content_downloader.upload.arrival import Shelving
from media_library.content_downloader.upload.beside import Companions
from media_library.content_downloader.upload.book import ReadingShelf
from media_library.content_downloader.upload.importer import Shelf, UploadImporter
from media_library.content_downloader.upload.picture import PictureShelf
from media_library.content_downloader.upload.screen import ScreenShelf
from media_library.content_downloader.upload.sound import SoundShelf
from media_library.services.artwork import Artwork
from media_library.services.book_shelf import BookShelf
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences


def upload_importer(settings: Settings, state: AppState, media_root: MediaRoot) -> UploadImporter:
    """The one who takes uploads into this library."""
    preferences, covers = Preferences(state, settings), Covers(settings, state)
    naming = Naming(settings.file_naming, preferences.naming)
    shelving = Shelving(state, media_root, covers, preferences.library)
    sound = SoundShelf(shelving, naming, Albums(state, media_root))
    shelves: dict[FileForm, Shelf] = {
        FileForm.VIDEO: ScreenShelf(shelving, naming, Artwork(settings, state), sound),
        FileForm.AUDIO: sound,
        FileForm.PICTURE: PictureShelf(shelving, naming),
        FileForm.BOOK: ReadingShelf(shelving, BookShelf(state, media_root, naming, covers)),
    }
    return UploadImporter(state, media_root, shelves, Companions(shelving))
