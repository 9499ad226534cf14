"""What the routes call: every service of the web process, built once."""

from collections.abc import Callable
from dataclasses import dataclass

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.routes.auth import Gatekeeper
from media_library.services.accounts import Accounts
from media_library.services.age_ratings import AgeRatings
from media_library.services.albums import Albums
from media_library.services.articles import Articles
from media_library.services.assets import Assets
from media_library.services.bin import Bin
from media_library.services.book_pages import BookPages
from media_library.services.books import Books
from media_library.services.bulk import Bulk
from media_library.services.collections import Collections
from media_library.services.content import Content
from media_library.services.covers import Covers
from media_library.services.disc_actions import DiscActions
from media_library.services.downloader_updates import DownloaderUpdates
from media_library.services.downloads import Downloads
from media_library.services.encoding import Encoding
from media_library.services.examination import Examiner
from media_library.services.health import LoopHealth
from media_library.services.home_media import HomeMedia
from media_library.services.libraries import Libraries
from media_library.services.lyrics import Lyrics
from media_library.services.markers import Timelines
from media_library.services.media_root import MediaRoot
from media_library.services.music_playlists import MusicPlaylists
from media_library.services.naming_settings import NamingSettings
from media_library.services.notices import Subscriptions
from media_library.services.pictures import Pictures
from media_library.services.playback import Playback
from media_library.services.podcasts import Podcasts
from media_library.services.preferences import Preferences
from media_library.services.prepared import PreparedDesk
from media_library.services.renaming import Renaming
from media_library.services.search import Search
from media_library.services.seasons import Seasons
from media_library.services.site_cookies import SiteCookies
from media_library.services.storage_report import Storage
from media_library.services.subtitles import Subtitles
from media_library.services.trickplay_sheets import TrickplaySheets
from media_library.services.uploads import Uploads
from media_library.services.vault import Vault
from media_library.services.works import Works


@dataclass(frozen=True, slots=True)
class Services:
    """What the routes call, built once in ``web_server``. ``own_loops`` are those of the web process itself."""

    state: AppState
    settings: Settings
    accounts: Accounts
    media_root: MediaRoot
    gatekeeper: Gatekeeper
    pictures: Pictures
    home: HomeMedia
    bin: Bin
    bulk: Bulk
    disc_actions: DiscActions
    encoding: Encoding
    assets: Assets
    preferences: Preferences
    egress: Egress
    http: HttpClient
    vault: Vault
    covers: Covers
    content: Content
    collections: Collections
    music_playlists: MusicPlaylists
    downloads: Downloads
    downloader: DownloaderUpdates
    site_cookies: SiteCookies
    storage: Storage
    search: Search
    seasons: Seasons
    subtitles: Subtitles
    uploads: Uploads
    libraries: Libraries
    age_ratings: AgeRatings
    albums: Albums
    articles: Articles
    books: Books
    book_pages: BookPages
    examiner: Examiner
    naming_settings: NamingSettings
    renaming: Renaming
    playback: Playback
    podcasts: Podcasts
    prepared: PreparedDesk
    subscriptions: Subscriptions
    lyrics: Lyrics
    timelines: Timelines
    trickplay: TrickplaySheets
    works: Works
    own_loops: Callable[[], tuple[LoopHealth, ...]]
    count_sockets: Callable[[], int]
    started_at: int
