"""What the tests of downloads stand on: a house whose content worker fetches from a loopback site."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from media_library.adapters.egress import Egress
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import Downloads, Paths, Settings
from media_library.content_downloader.arrival import Arrivals
from media_library.content_downloader.file import FileDownloader
from media_library.content_downloader.playlist import ListTools, PlaylistDownloader
from media_library.content_downloader.video import VideoDownloader, VideoTools
from media_library.models.content_job import DownloadOrder
from media_library.models.identity import Identity
from media_library.models.job import Job, JobKind, JobStatus
from media_library.models.media import Media
from media_library.models.user import Role
from media_library.services.bin import Bin
from media_library.services.covers import Covers
from media_library.services.downloader_updates import DownloaderUpdates
from media_library.services.file_naming import Naming
from media_library.services.following import Following
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences
from media_library.services.site_cookies import SiteCookies
from media_library.services.vault import Vault
from media_library.services.web_addresses import origin_of
from media_library.workers.content_worker import ContentWorker


@dataclass
class FetchHouse:
    """A state, a media folder, and the downloaders of videos, files and lists."""

    settings: Settings
    state: AppState
    media_root: MediaRoot
    preferences: Preferences
    proxy: EgressProxy
    http: HttpClient
    following: Following
    cookies: SiteCookies
    updates: DownloaderUpdates
    worker: ContentWorker

    def queue(self, url: str, **order: Any) -> Job:
        """Queue the download of an address."""
        return self.state.queue_content(
            DownloadOrder(url, **order), title=url, origin=origin_of(url) or "", host="127.0.0.1", url=url
        )

    def work(self, stop: threading.Event | None = None) -> None:
        """Let the worker take one step."""
        self.worker.step(stop or threading.Event())

    def fetch(self, url: str, **order: Any) -> Job:
        """Queue an address, let the worker do it, and return the job as it ended."""
        job = self.queue(url, **order)
        self.work()
        return self.state.get_job(job.id)

    def read_list(self, collection_id: str) -> Job:
        """Queue the reading of a list, do it, and return the job as it ended."""
        job = self.following.queue_check(self.state.collection(collection_id))
        self.work()
        return self.state.get_job(job.id)

    def drain(self) -> None:
        """Let the worker do all that is queued."""
        while self.state.list_jobs({JobStatus.QUEUED}, 1):
            self.work()

    def media(self, job: Job) -> Media:
        """The item that a job led to."""
        found = self.state.get_job(job.id).media_id
        assert found is not None, job.error
        return self.state.media(found)

    def path(self, media: Media) -> Path:
        """Where the file of an item lies."""
        assert media.file is not None
        return self.settings.media_root / media.file.path

    def files(self) -> list[str]:
        """Every file in the media folder but its identity, relative to it."""
        root = self.settings.media_root
        found = (file.relative_to(root).as_posix() for file in root.rglob("*") if not file.is_dir())
        return sorted(name for name in found if name != ".media-library/root-id")

    def prefer(self, **changes: Any) -> None:
        """Change the preferences of downloads."""
        self.state.change_download_preferences(replace(self.preferences.downloads(), **changes))

    @contextmanager
    def working(self) -> Iterator[threading.Thread]:
        """The worker at one step on a thread of its own, which must end within the block."""
        thread = threading.Thread(target=self.work, daemon=True)
        thread.start()
        yield thread
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def fetch_house(folder: Path, state: AppState, *allowed: str, **downloads: Any) -> Iterator[FetchHouse]:
    """A house whose admin allowed these hosts."""
    settings = Settings(
        paths=Paths(str(folder / "media"), str(folder / "data")), downloads=replace(Downloads(), **downloads)
    )
    media_root = MediaRoot(settings, state)
    media_root.prepare()
    preferences = Preferences(state, settings)
    state.change_download_preferences(replace(preferences.downloads(), allowed_hosts=allowed, sponsorblock=False))
    egress = Egress(preferences.allowed_hosts)
    http, covers = HttpClient(egress), Covers(settings, state)
    updates, cookies = DownloaderUpdates(settings, http), SiteCookies(state, Vault(b"secret of a test"))
    following = Following(state, Bin(state, media_root))
    arrivals = Arrivals(state, media_root, covers, Naming(settings.file_naming))
    with EgressProxy(egress) as proxy:
        video = VideoDownloader(
            state,
            arrivals,
            VideoTools(preferences.downloads, proxy, updates, cookies),
            FileDownloader(arrivals, http),
        )
        lists = PlaylistDownloader(state, following, covers, ListTools(proxy, updates, http, cookies, most_entries=20))
        worker = ContentWorker(
            0, state, media_root, {JobKind.DOWNLOAD: video, JobKind.PLAYLIST: lists}, preferences.downloads
        )
        yield FetchHouse(settings, state, media_root, preferences, proxy, http, following, cookies, updates, worker)


def admin(state: AppState) -> Identity:
    """Ann, who may do everything."""
    known = state.find_user("ann")
    user = known[0] if known is not None else state.add_user("ann", "Ann", "no password", Role.ADMIN)
    return Identity(user, state.viewer(user), None, None)
