"""Puts a scanner together, for whoever starts it."""

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.services.book_shelf import BookShelf
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.home_media import HomeMedia
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner.scanner import SETTLE_SECONDS, LibraryScanner
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences


def library_scanner(
    settings: Settings,
    state: AppState,
    media_root: MediaRoot,
    places: LibraryPlaces,
    *,
    settle_seconds: float = SETTLE_SECONDS,
) -> LibraryScanner:
    """A scanner as the work process has it."""
    covers = Covers(settings, state)
    preferences = Preferences(state, settings)
    shelf = BookShelf(state, media_root, Naming(settings.file_naming, preferences.naming), covers)
    home = HomeMedia(settings, state, media_root)
    return LibraryScanner(
        state, media_root, places, covers, shelf, home, preferences.library, settle_seconds=settle_seconds
    )
