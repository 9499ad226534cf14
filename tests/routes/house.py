"""A house with people, keys, media and discs, seen through the whole web app; every answer is held to its contract."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from werkzeug.test import Client, TestResponse

from media_library.app_state import AppState
from media_library.config import Downloads, Paths, Secrets, Services, Settings, Uploads, WebServer
from media_library.models.api_key import Scope
from media_library.models.library import LibraryKind
from media_library.models.media import (
    AudioTrack,
    Chapter,
    Media,
    MediaFile,
    MediaNames,
    MediaType,
    NewMedia,
    Streams,
    SubtitleTrack,
    VideoTrack,
)
from media_library.models.user import Role, User
from media_library.repositories.base import now_ms
from media_library.routes.helpers import Endpoint
from media_library.routes.shapes import AddedShape
from media_library.services import tokens
from media_library.services.api_keys import ApiKeys
from media_library.services.tokens import TokenKind
from media_library.web_server import Web, create_web

ADDRESS = "http://192.168.1.2:8096"
SECRET = "a secret that is only used in tests 0123456789"
STREAMS = Streams(
    VideoTrack("h264", 720, 576, 25.0),
    (AudioTrack(1, "eng", "aac", 2, True), AudioTrack(2, "deu", "ac3", 6, False)),
    (SubtitleTrack(3, "fra", "mov_text", False),),
    (Chapter("One", 0, 30_000), Chapter("Two", 30_000, 60_000)),
)
_KINDS = {
    LibraryKind.MOVIES: ("Films", "movies"),
    LibraryKind.SHOWS: ("Shows", "shows"),
    LibraryKind.MUSIC: ("Music", "music"),
    LibraryKind.VIDEOS: ("Web videos", "videos"),
    LibraryKind.PODCASTS: ("Podcasts", "podcasts"),
    LibraryKind.ARTICLES: ("Articles", "articles"),
    LibraryKind.BOOKS: ("Books", "books"),
}


@dataclass
class Somebody:
    """A client and what it shows of itself: a session, a key, both or nothing."""

    web: Web
    session: str | None = None
    key: str | None = None
    origin: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: dict[str, str] | None = None,
        data: bytes | None = None,
        content_type: str = "application/json",
        base_url: str = ADDRESS,
        address: str = "192.168.1.50",
    ) -> TestResponse:
        """Send a request; a successful JSON answer must have exactly the declared shape."""
        sent = dict(self.headers)
        if self.session is not None:
            sent["Cookie"] = f"session={self.session}"
            if self.origin is not None:
                sent["Origin"] = self.origin
        if self.key is not None:
            sent["Authorization"] = f"Bearer {self.key}"
        sent |= headers or {}
        extra: dict[str, Any] = {"json": body} if body is not None else {}
        if data is not None:
            extra = {"data": data, "content_type": content_type}
        client = Client(self.web.app, use_cookies=False)
        response = client.open(
            path, method=method, base_url=base_url, headers=sent, environ_overrides={"REMOTE_ADDR": address}, **extra
        )
        _check_contract(self.web, method, path, response)
        return response

    def get(self, path: str, **more: Any) -> TestResponse:
        """GET."""
        return self.send("GET", path, **more)


class House:
    """The web app over a state of its own. ``kid`` may see the films only, everybody else everything."""

    def __init__(
        self,
        folder: Path,
        *,
        uploads: Uploads | None = None,
        services: Services | None = None,
        secrets: Secrets | None = None,
        **web: Any,
    ) -> None:
        self.settings = Settings(
            paths=Paths(str(folder / "media"), str(folder / "data")),
            web_server=WebServer(**web),
            uploads=uploads or Uploads(),
            downloads=Downloads(ytdlp_releases="http://127.0.0.1:9/nowhere"),
            services=services or Services(),
            secrets=secrets or Secrets(),
        )
        self.state = AppState.open(folder / "data" / "media-library.db")
        self.secret = _make_secret(folder / "data")
        self.web = create_web(self.state, self.settings)
        self.services = self.web.services
        self.services.media_root.prepare()
        self.state.claim()
        self.people: dict[str, User] = {}
        self.admin = self.person("ann", Role.ADMIN)
        self.member = self.person("ben", Role.MEMBER)
        self.kid = self.person("cleo", Role.KID, [LibraryKind.MOVIES])
        self.stranger = Somebody(self.web)

    def person(self, name: str, role: Role, libraries: list[LibraryKind] | None = None) -> Somebody:
        """A browser of a new person."""
        user = self.state.add_user(name, name.title(), "", role)
        if libraries is not None:
            ids = [self.state.library_of_kind(kind).id for kind in libraries]
            user = self.state.grant_libraries(user.id, ids, all_libraries=False)
        self.people[name] = user
        return self.browser(user)

    def browser(self, user: User, *, is_shared: bool = False) -> Somebody:
        """Another browser of a person, on a page of the web app; or a screen that several people watch."""
        return Somebody(self.web, session=self.session_token(user, is_shared=is_shared), origin=ADDRESS)

    def session_token(self, user: User, *, is_shared: bool = False) -> str:
        """The token of a fresh session."""
        token = tokens.new_token(TokenKind.SESSION)
        digest = tokens.token_hash(self.secret, TokenKind.SESSION, token)
        self.state.add_session(digest, user, now_ms() + 3_600_000, "a browser", "192.168.1.50", is_shared=is_shared)
        return token

    def key(self, *scopes: Scope, owner: str = "ann") -> Somebody:
        """A program with a key."""
        keys = ApiKeys(self.state, self.secret)
        return Somebody(self.web, key=keys.create_key_for(self.people[owner], "test", scopes, None, actor="test")[1])

    def film(self, title: str, content: bytes = b"0123456789", **names: Any) -> Media:
        """A film with a file."""
        return self.add(MediaType.MOVIE, MediaNames(title, **names), f"{title}/{title}.mp4", content)

    def episode(self, show: str, season: int, episode: int, content: bytes = b"episode") -> Media:
        """An episode with a file."""
        names = MediaNames(f"Episode {episode}", show_title=show, season=season, episode=episode)
        return self.add(MediaType.EPISODE, names, f"{show}/S{season}E{episode}.mkv", content)

    def track(self, artist: str, album: str, number: int, content: bytes = b"track") -> Media:
        """A track with a file."""
        names = MediaNames(f"Track {number}", artist=artist, album=album, track_number=number)
        return self.add(MediaType.TRACK, names, f"{artist}/{album}/{number}.flac", content)

    def add(self, media_type: MediaType, names: MediaNames, path: str, content: bytes, **more: Any) -> Media:
        """A media item with a file."""
        kind = {"movie": LibraryKind.MOVIES, "episode": LibraryKind.SHOWS, "track": LibraryKind.MUSIC}[media_type]
        library = self.state.library_of_kind(kind)
        file = self.settings.media_root / library.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return self.register(media_type, names, f"{library.folder}/{path}", **more)

    def register(self, media_type: MediaType, names: MediaNames, path: str, **more: Any) -> Media:
        """A row for a file that is there."""
        kind = {"movie": LibraryKind.MOVIES, "episode": LibraryKind.SHOWS, "track": LibraryKind.MUSIC}[media_type]
        facts = (self.settings.media_root / path).stat()
        file = MediaFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, path.rpartition(".")[2], 60_000)
        library = self.state.library_of_kind(kind)
        return self.state.add_media(NewMedia(media_type, library.id, names, file, STREAMS, **more))

    def close(self) -> None:
        """Close the state."""
        self.state.close()


def error_of(response: TestResponse) -> tuple[int, str]:
    """Status and code of an error, which must have the one shape."""
    assert response.json is not None and set(response.json) == {"error"}, response.text
    assert {"code", "message"} <= set(response.json["error"]) <= {"code", "message", "field"}
    return response.status_code, response.json["error"]["code"]


def _make_secret(folder: Path) -> bytes:
    file = folder / "secret.key"
    file.touch(mode=0o600)
    file.write_text(SECRET)
    return SECRET.encode()


def _check_contract(web: Web, method: str, path: str, response: TestResponse) -> None:
    if response.status_code >= 400 and path.startswith("/api") and method != "HEAD" and response.is_json:
        if response.status_code != 503 or "error" in (response.json or {}):
            error_of(response)
        return
    if response.status_code not in (200, 201, 202) or method in ("HEAD", "OPTIONS"):
        return
    name, _ = web.app.url_map.bind("house").match(path.partition("?")[0], method=method)
    endpoint = web.app.view_functions[name]
    assert isinstance(endpoint, Endpoint)
    if isinstance(endpoint.returns, type):
        is_there_already = endpoint.returns is AddedShape and response.status_code == 200
        assert response.status_code == endpoint.status or is_there_already
        msgspec.json.decode(response.data, type=endpoint.returns)
