"""A house that follows podcasts of a host on loopback, for tests."""

import base64
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.models.content_job import ContentJob
from media_library.models.identity import Identity
from media_library.models.podcast import Episode, Podcast
from media_library.models.preferences import DownloadPreferences
from media_library.models.user import Role, Viewer
from media_library.services.covers import Covers
from media_library.services.media_root import MediaRoot
from media_library.services.podcasts import Podcasts
from media_library.services.preferences import Preferences
from media_library.services.vault import Vault
from tests.adapters.host import Host, Page, page, web_host

SECRET = b"a secret that is only used in tests 0123456789"


@dataclass
class House:
    """Everything that podcasts stand on, and the host that they come from."""

    settings: Settings
    state: AppState
    host: Host
    media_root: MediaRoot
    http: HttpClient
    vault: Vault
    covers: Covers
    preferences: Preferences
    podcasts: Podcasts
    ann: Identity

    def follow(self, path: str = "/feed.xml") -> Podcast:
        """Follow a feed of the host."""
        return self.podcasts.following.follow(self.ann, self.host.url + path, None, None)

    def check(self, podcast: Podcast, interval_hours: float = 1) -> Podcast:
        """Check a feed as the checker does."""
        outcome = self.podcasts.reader.check(self.state.podcast(podcast.id))
        self.podcasts.notes.settle([outcome], interval_hours)
        return self.state.podcast(podcast.id)

    def episodes(self, podcast: Podcast) -> list[Episode]:
        """The episodes of a podcast, the newest first."""
        known = sorted(self.state.known_episodes(podcast.id), key=lambda one: one.published_at, reverse=True)
        return [self.state.episode(one.id) for one in known]

    def titles(self, podcast: Podcast) -> list[str]:
        """What its episodes are called, the newest first."""
        return [one.title for one in self.episodes(podcast)]

    def jobs(self) -> list[str]:
        """What is queued or running, by title."""
        jobs: list[str] = []
        while (job := self.state.claim_content("test", per_host=1000)) is not None:
            jobs.append(job.title)
        return jobs

    def claim(self) -> ContentJob:
        """The next job."""
        job = self.state.claim_content("test", per_host=1000)
        assert job is not None
        return job

    def person(self, name: str, role: Role = Role.MEMBER) -> Identity:
        """Somebody else of the house."""
        user = self.state.add_user(name, name.title(), "", role)
        return Identity(user, Viewer(user.id, None), None, None)


@contextmanager
def podcast_house(folder: Path) -> Iterator[House]:
    """A house whose admin allowed the host."""
    with web_host() as host:
        settings = Settings(paths=Paths(str(folder / "media"), str(folder / "data")))
        state = AppState.open(folder / "data" / "media-library.db")
        media_root = MediaRoot(settings, state)
        media_root.prepare()
        state.change_download_preferences(DownloadPreferences(allowed_hosts=(host.authority,)))
        preferences = Preferences(state, settings)
        http, vault, covers = HttpClient(Egress(preferences.allowed_hosts)), Vault(SECRET), Covers(settings, state)
        podcasts = Podcasts.of(
            settings, state, media_root, http=http, vault=vault, covers=covers, preferences=preferences
        )
        user = state.add_user("ann", "Ann", "", Role.ADMIN)
        ann = Identity(user, Viewer(user.id, None), None, None)
        try:
            yield House(settings, state, host, media_root, http, vault, covers, preferences, podcasts, ann)
        finally:
            state.close()


@dataclass
class FeedPage:
    """A feed that answers "nothing changed" to who knows its mark, and counts both answers."""

    text: str
    marks_by_date: bool = False
    full: int = 0
    unchanged: int = 0
    extra: dict[str, str] = field(default_factory=dict)

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer."""
        mark = f'"{hash(self.text)}"'
        date = "Mon, 06 Sep 2021 00:01:00 GMT"
        known = handler.headers.get("If-Modified-Since") if self.marks_by_date else handler.headers.get("If-None-Match")
        if known == (date if self.marks_by_date else mark):
            self.unchanged += 1
            handler.send_response(304)
            handler.end_headers()
            return
        self.full += 1
        header = {"Last_Modified": date} if self.marks_by_date else {"ETag": mark}
        page(self.text.encode(), 200, **{"Content_Type": "application/rss+xml", **header, **self.extra})(handler)


def private(inner: Page, username: str, password: str) -> Page:
    """A page that asks for a name and a password."""
    wanted = "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("Authorization") == wanted:
            inner(handler)
        else:
            page(b"who are you?", 401, WWW_Authenticate='Basic realm="x"')(handler)

    return answer


def sound(folder: Path, name: str = "sound.mp3", seconds: float = 2.0, *options: str) -> bytes:
    """A small sound of the real ffmpeg."""
    file = folder / name
    subprocess.run(
        [
            "ffmpeg",
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            f"sine=frequency=440:duration={seconds}",
            *options,
            str(file),
        ],
        check=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    return file.read_bytes()
