"""The loops around content from the web: several that fetch, one that checks podcasts, one that follows channels."""

from media_library.adapters.egress import Egress
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.content_downloader import Downloader
from media_library.content_downloader.arrival import Arrivals
from media_library.content_downloader.article import ArticleDownloader
from media_library.content_downloader.book import BookDownloader
from media_library.content_downloader.episode import EpisodeDownloader
from media_library.content_downloader.file import FileDownloader
from media_library.content_downloader.playlist import ListTools, PlaylistDownloader
from media_library.content_downloader.video import VideoDownloader, VideoTools
from media_library.models.job import JobKind
from media_library.services import tokens
from media_library.services.articles import Articles
from media_library.services.bin import Bin
from media_library.services.book_shelf import BookShelf
from media_library.services.content import Content
from media_library.services.covers import Covers
from media_library.services.downloader_updates import DownloaderUpdates
from media_library.services.file_naming import Naming
from media_library.services.following import Following
from media_library.services.health import read_health
from media_library.services.media_root import MediaRoot
from media_library.services.notices import HouseWatch, Teller
from media_library.services.podcasts import Podcasts
from media_library.services.preferences import Preferences
from media_library.services.site_cookies import SiteCookies
from media_library.services.vault import Vault
from media_library.workers.base import Loop
from media_library.workers.content_worker import ContentWorker
from media_library.workers.podcast_checker import PodcastChecker

_CONTENT_WORKERS = 8
"""As many content jobs as can ever run side by side; a preference says how many do."""


def content_loops(settings: Settings, state: AppState, media_root: MediaRoot) -> list[Loop]:
    """The loops of the content workers, of the podcasts and of what is followed.

    The one proxy through which their children reach the network is started here.
    """
    preferences = Preferences(state, settings)
    egress = Egress(preferences.allowed_hosts)
    http, vault, covers = HttpClient(egress), Vault(tokens.load_secret(settings)), Covers(settings, state)
    proxy = EgressProxy(egress)
    proxy.start()
    bin_ = Bin(state, media_root)
    podcasts = Podcasts.of(settings, state, media_root, http=http, vault=vault, covers=covers, preferences=preferences)
    following = Following(state, bin_)
    naming = Naming(settings.file_naming, preferences.naming)
    updates = DownloaderUpdates(settings, http)
    arrivals = Arrivals(state, media_root, covers, naming)
    articles = Articles(state, media_root, Content(state, bin_))
    shelf = BookShelf(state, media_root, naming, covers)
    cookies = SiteCookies(state, vault)
    tools = VideoTools(preferences.downloads, proxy, updates, cookies)
    downloaders: dict[JobKind, Downloader] = {
        JobKind.DOWNLOAD: VideoDownloader(state, arrivals, tools, FileDownloader(arrivals, http)),
        JobKind.ARTICLE: ArticleDownloader(state, media_root, http, articles, covers),
        JobKind.BOOK: BookDownloader(state, media_root, http, shelf, settings.uploads.max_upload_size_mb << 20),
        JobKind.PODCAST: EpisodeDownloader(state, media_root, http, podcasts.reader, covers, naming),
        JobKind.PLAYLIST: PlaylistDownloader(state, following, covers, ListTools(proxy, updates, http, cookies)),
    }
    workers = [
        ContentWorker(number, state, media_root, downloaders, preferences.downloads)
        for number in range(_CONTENT_WORKERS)
    ]
    loops = [Loop(f"content {number}", worker.step) for number, worker in enumerate(workers, start=1)]
    loops.append(Loop("following", following.step))
    loops.append(Loop("messages", Teller(settings, state, http).step))
    house = HouseWatch(state, media_root, settings.data_directory, lambda: read_health(settings).loops)
    loops.append(Loop("house", house.step))
    if settings.podcasts.enabled:
        checker = PodcastChecker(state, media_root, podcasts.reader, podcasts.notes, podcasts.files, preferences)
        loops.append(Loop("podcasts", checker.step))
    return loops
