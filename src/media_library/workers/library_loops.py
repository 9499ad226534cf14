"""The loops around what is here: one lane that changes files, one that finds out what they are."""

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.content_downloader import Downloader
from media_library.content_downloader.upload import upload_importer
from media_library.models.job import JobKind
from media_library.services.age_ratings import AgeRatings
from media_library.services.artwork import Artwork
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.frames import Frames
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner import library_scanner
from media_library.services.loudness import LoudnessJob
from media_library.services.markers import Openings
from media_library.services.media_identifier import Identification, media_identifier
from media_library.services.media_root import MediaRoot
from media_library.services.music_identifier import album_identifier
from media_library.services.preferences import Preferences
from media_library.services.prepared import PreparedShelf, Preparing
from media_library.services.renaming import RenameJobs
from media_library.services.service_access import http_for_services
from media_library.services.settling_in import SettlingIn
from media_library.services.storage_report import Storage
from media_library.services.subtitle_index import SubtitleIndex
from media_library.services.subtitles import Subtitles
from media_library.services.tag_writing import TagsJob, TagWriting
from media_library.services.trickplay import TrickplayMaker
from media_library.services.trickplay_sheets import TrickplaySheets
from media_library.workers.base import Loop
from media_library.workers.identify_watch import IdentifyWatch
from media_library.workers.library_watch import LibraryWatch
from media_library.workers.library_worker import LibraryWorker
from media_library.workers.loudness_watch import LoudnessWatch
from media_library.workers.room_watch import RoomWatch


def library_loops(settings: Settings, state: AppState, media_root: MediaRoot) -> list[Loop]:
    """The loops of the library: what looks at files and moves them, and what learns about them from services."""
    places, preferences = LibraryPlaces(state, media_root), Preferences(state, settings)
    files: dict[JobKind, Downloader] = {
        JobKind.SCAN: library_scanner(settings, state, media_root, places),
        JobKind.RENAME: RenameJobs(state, media_root, Naming(settings.file_naming, preferences.naming)),
        JobKind.TAGS: TagsJob(state, TagWriting(state, media_root)),
    }
    http, covers = http_for_services(settings), Covers(settings, state)
    identifier = media_identifier(settings, state, media_root, http, covers)
    settling = SettlingIn(settings, state, media_root, covers)
    albums = album_identifier(settings, state, media_root, http, covers, settling.settle_in)
    knowledge: dict[JobKind, Downloader] = {JobKind.IDENTIFY: Identification(state, identifier.watched, albums)}
    watch = IdentifyWatch(state, preferences.library, lambda: identifier.why_not)
    # measuring a large collection takes hours, and nothing else may wait for it
    sound: dict[JobKind, Downloader] = {JobKind.LOUDNESS: LoudnessJob(state, media_root)}
    imports: dict[JobKind, Downloader] = {JobKind.IMPORT: upload_importer(settings, state, media_root)}
    folders = LibraryWatch(state, media_root, places, preferences.library)
    return [
        Loop("folders", folders.step),
        Loop("imports", LibraryWorker("imports", state, media_root, imports).step),
        Loop("library", LibraryWorker("library", state, media_root, files).step),
        Loop("knowledge", LibraryWorker("knowledge", state, media_root, knowledge).step),
        Loop("identify", watch.step),
        Loop("ages", AgeRatings(state, preferences.library).step),
        Loop("frames", Frames(state, media_root, Artwork(settings, state)).step),
        Loop("trickplay", TrickplayMaker(state, media_root, TrickplaySheets(settings), preferences.library).step),
        Loop("openings", Openings(state, media_root, preferences.library).step),
        Loop("prepared", Preparing(state, media_root, PreparedShelf(settings, state)).step),
        Loop("subtitles", SubtitleIndex(state, Subtitles(state, media_root)).step),
        Loop("loudness", LoudnessWatch(state, preferences.library).step),
        Loop("room", RoomWatch(Storage(state, media_root)).step),
        Loop("sound", LibraryWorker("sound", state, media_root, sound).step),
    ]
