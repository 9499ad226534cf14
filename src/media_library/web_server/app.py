"""Builds the web app: its services, its routes, its headers and what stands before it."""

from collections.abc import Callable
from dataclasses import dataclass

import flask

from media_library.adapters.egress import Egress
from media_library.adapters.egress_proxy import EgressProxy
from media_library.adapters.http import HttpClient
from media_library.adapters.spotify_page import SpotifyPages
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.constants import MAX_JSON_BYTES
from media_library.repositories.base import now_ms
from media_library.routes import helpers, pages
from media_library.routes.auth import Gatekeeper
from media_library.routes.helpers import App
from media_library.routes.live import Usher
from media_library.routes.origins import Origins
from media_library.routes.services import Services
from media_library.services import tokens
from media_library.services.accounts import Accounts
from media_library.services.age_ratings import AgeRatings
from media_library.services.albums import Albums
from media_library.services.articles import Articles
from media_library.services.assets import Assets, find_assets
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
from media_library.services.file_naming import Naming
from media_library.services.following import Following
from media_library.services.health import LoopHealth
from media_library.services.home_media import HomeMedia
from media_library.services.libraries import Libraries
from media_library.services.lyrics import Lyrics
from media_library.services.markers import Timelines
from media_library.services.media_identifier import media_identifier
from media_library.services.media_root import MediaRoot
from media_library.services.music_identifier import album_identifier
from media_library.services.music_playlists import MusicPlaylists
from media_library.services.naming_settings import NamingSettings
from media_library.services.notices import Subscriptions
from media_library.services.pictures import Pictures
from media_library.services.playback import Playback
from media_library.services.podcasts import Podcasts
from media_library.services.preferences import Preferences
from media_library.services.prepared import PreparedDesk, PreparedShelf
from media_library.services.renaming import Renaming
from media_library.services.search import Search
from media_library.services.seasons import Seasons
from media_library.services.service_access import http_for_services
from media_library.services.settling_in import SettlingIn
from media_library.services.sidecars import Sidecars
from media_library.services.site_cookies import SiteCookies
from media_library.services.storage_report import Storage
from media_library.services.subtitles import Subtitles
from media_library.services.tag_writing import TagWriting
from media_library.services.trickplay_sheets import TrickplaySheets
from media_library.services.uploads import Uploads
from media_library.services.vault import Vault
from media_library.services.works import Works
from media_library.web_server import headers
from media_library.web_server.apis import APIS
from media_library.web_server.gate import Gate
from media_library.web_server.sockets import LiveConnections
from media_library.web_server.watchdog import Watchdog


@dataclass(frozen=True, slots=True)
class Web:
    """The app, its live connections, and the gate before both, which knows what is being answered."""

    app: App
    services: Services
    live: LiveConnections
    gate: Gate


def create_app(state: AppState, settings: Settings) -> App:
    """The app alone, for whoever calls it without a server."""
    return create_web(state, settings).app


def create_web(
    state: AppState,
    settings: Settings,
    *,
    accounts: Accounts | None = None,
    assets: Assets | None = None,
    own_loops: Callable[[], tuple[LoopHealth, ...]] = tuple,
    watchdog: Watchdog | None = None,
) -> Web:
    """Build everything; ``own_loops`` tells how the loops of this process are. Raises ``StartError``."""
    origins = Origins(settings)
    secret = tokens.load_secret(settings, may_create=not state.is_claimed())
    if accounts is None:
        accounts = Accounts(state, settings, secret)
    gatekeeper = Gatekeeper(accounts, origins)
    usher = Usher(gatekeeper, settings.web_server.threads)
    media_root = MediaRoot(settings, state)
    bin_ = Bin(state, media_root)
    preferences = Preferences(state, settings)
    egress = Egress(preferences.allowed_hosts)
    http, vault, covers = HttpClient(egress), Vault(secret), Covers(settings, state)
    knowing = http_for_services(settings)
    updates = DownloaderUpdates(settings, http)
    music_playlists_ = MusicPlaylists(state, media_root, SpotifyPages(http, settings.services.spotify_url))
    content = Content(state, bin_)
    settling = SettlingIn(settings, state, media_root, covers)
    identified_albums = album_identifier(settings, state, media_root, knowing, covers, settling.settle_in)
    names = Naming(settings.file_naming, preferences.naming)
    renaming = Renaming(state, media_root, names, preferences)
    ages = AgeRatings(state, preferences.library)
    identifier = media_identifier(settings, state, media_root, knowing, covers)
    works_ = Works(state, media_root, identifier, identified_albums, ages)
    services = Services(
        state=state,
        settings=settings,
        accounts=accounts,
        media_root=media_root,
        gatekeeper=gatekeeper,
        pictures=Pictures(settings),
        home=HomeMedia(settings, state, media_root),
        bin=bin_,
        disc_actions=DiscActions(state, renaming),
        encoding=Encoding(),
        assets=assets or find_assets(),
        preferences=preferences,
        egress=egress,
        http=http,
        vault=vault,
        covers=covers,
        content=content,
        collections=Collections(state, media_root, content, Following(state, bin_), music_playlists_),
        music_playlists=music_playlists_,
        search=Search(state, media_root),
        seasons=Seasons(state, covers, Sidecars(state, media_root, covers, preferences)),
        subtitles=Subtitles(state, media_root),
        downloads=Downloads(content, preferences),
        downloader=updates,
        site_cookies=SiteCookies(state, vault),
        storage=Storage(state, media_root),
        uploads=Uploads(settings, state, media_root),
        libraries=Libraries(settings, state, media_root),
        age_ratings=ages,
        albums=Albums(state, identified_albums, TagWriting(state, media_root)),
        articles=Articles(state, media_root, content),
        books=Books(settings, state, media_root, content),
        book_pages=BookPages(settings, media_root),
        examiner=Examiner(state, http, EgressProxy(egress), updates.current, music_playlists_.title_of),
        naming_settings=NamingSettings(state, names, preferences),
        renaming=renaming,
        playback=Playback(state, media_root, preferences),
        podcasts=Podcasts.of(
            settings, state, media_root, http=http, vault=vault, covers=covers, preferences=preferences
        ),
        works=works_,
        bulk=Bulk(state, bin_, works_),
        lyrics=Lyrics(state, media_root),
        timelines=Timelines(state),
        trickplay=TrickplaySheets(settings),
        prepared=PreparedDesk(state, PreparedShelf(settings, state)),
        subscriptions=Subscriptions(settings, state, http),
        own_loops=own_loops,
        count_sockets=lambda: len(usher),
        started_at=now_ms(),
    )
    app = _app(services)
    live = LiveConnections(app, state, usher)
    gate = Gate(live, origins, watchdog)
    app.wsgi_app = gate  # type: ignore[method-assign]  # this is how WSGI middleware is put before a Flask app
    return Web(app, services, live, gate)


def _app(services: Services) -> App:
    app = App("media_library", static_folder=None, template_folder=str(services.assets.templates))
    app.config.update(MAX_CONTENT_LENGTH=MAX_JSON_BYTES, TRAP_HTTP_EXCEPTIONS=False, PROPAGATE_EXCEPTIONS=False)
    app.url_map.converters["page"] = pages.PagePath
    app.url_map.merge_slashes = False
    app.before_request(headers.prepare)
    helpers.install(app, services)
    for api in APIS:
        app.register_blueprint(api.blueprint)

    def after(response: flask.Response) -> flask.Response:
        return headers.after_request(response, services.gatekeeper.origins)

    app.after_request(after)
    return app
