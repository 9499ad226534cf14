"""What the tests of articles stand on: a house whose content worker keeps articles of a loopback site."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.content_downloader.article import ArticleDownloader
from media_library.models.identity import Identity
from media_library.models.job import Job, JobKind, JobStatus
from media_library.models.media import Media
from media_library.models.preferences import DownloadPreferences
from media_library.models.user import Role
from media_library.services.articles import Articles, OpenArticle
from media_library.services.bin import Bin
from media_library.services.content import Added, Content
from media_library.services.covers import Covers
from media_library.services.media_root import MediaRoot
from media_library.workers.content_worker import ContentWorker


@dataclass
class ArticleHouse:
    """A state, a media folder and a worker that keeps articles."""

    settings: Settings
    state: AppState
    media_root: MediaRoot
    articles: Articles
    bin: Bin
    ann: Identity
    worker: ContentWorker

    def add(self, url: str, html: str | None = None) -> Added:
        """Ask for an article."""
        return self.articles.add(self.ann, url, html)

    def work(self) -> None:
        """Let the worker take one step."""
        self.worker.step(threading.Event())

    def keep(self, url: str, html: str | None = None) -> Job:
        """Ask for an article, let the worker keep it, and return the job as it ended."""
        return self.done(self.add(url, html))

    def refresh(self, media_id: str) -> Job:
        """Fetch an article anew."""
        return self.done(self.articles.refresh(self.ann, media_id))

    def done(self, added: Added) -> Job:
        """Let the worker do what was asked for."""
        assert added.job is not None
        self.work()
        return self.state.get_job(added.job.id)

    def media(self, job: Job) -> Media:
        """The item that a job led to."""
        assert job.status is JobStatus.DONE, job.error
        assert job.media_id is not None
        return self.state.media(job.media_id)

    def open(self, media: Media) -> OpenArticle:
        """The article of an item."""
        return self.articles.open(self.ann.viewer, media.id)

    def folder(self, media: Media) -> Path:
        """Where an article lies."""
        assert media.file is not None
        return (self.settings.media_root / media.file.path).parent

    def files(self) -> list[str]:
        """Every file in the media folder but its identity, relative to it."""
        root = self.settings.media_root
        found = (file.relative_to(root).as_posix() for file in root.rglob("*") if not file.is_dir())
        return sorted(name for name in found if name != ".media-library/root-id")


@contextmanager
def article_house(folder: Path, state: AppState, *allowed: str) -> Iterator[ArticleHouse]:
    """A house whose admin allowed these hosts."""
    settings = Settings(paths=Paths(str(folder / "media"), str(folder / "data")))
    media_root = MediaRoot(settings, state)
    media_root.prepare()
    bin_ = Bin(state, media_root)
    articles = Articles(state, media_root, Content(state, bin_))
    user = state.add_user("ann", "Ann", "", Role.ADMIN)
    downloader = article_downloader(state, settings, *allowed)
    worker = ContentWorker(0, state, media_root, {JobKind.ARTICLE: downloader}, DownloadPreferences)
    ann = Identity(user, state.viewer(user), None, None)
    yield ArticleHouse(settings, state, media_root, articles, bin_, ann, worker)


def article_downloader(state: AppState, settings: Settings, *allowed: str) -> ArticleDownloader:
    """A downloader that may reach the ``allowed`` hosts in the house."""
    media_root = MediaRoot(settings, state)
    articles = Articles(state, media_root, Content(state, Bin(state, media_root)))
    http = HttpClient(Egress(lambda: allowed))
    return ArticleDownloader(state, media_root, http, articles, Covers(settings, state))


def picture(width: int = 640, height: int = 400, kind: str = "PNG", colour: str = "orange") -> bytes:
    """A picture of one colour with a stripe."""
    made = Image.new("RGB", (width, height), colour)
    made.paste("navy", (0, 0, width // 3, height))
    written = io.BytesIO()
    made.save(written, kind)
    return written.getvalue()
