"""What people do with podcasts: follow, import, tune, move, leave."""

import logging
from dataclasses import dataclass

import msgspec

from media_library.adapters import feeds
from media_library.adapters.feeds import FeedUnreadable
from media_library.adapters.http import RequestFailed
from media_library.adapters.opml import Outline, read_opml, write_opml
from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput, MediaLibraryError
from media_library.models.identity import Identity
from media_library.models.library import LibraryKind
from media_library.models.podcast import Credentials, Feed, FeedState, NewPodcast, Podcast, PodcastPolicy
from media_library.models.preferences import AutoDownload
from media_library.repositories.base import now_ms
from media_library.services.content import Content
from media_library.services.podcasts.addresses import feed_address, is_same_origin
from media_library.services.podcasts.checking import PURPOSE, FeedNotes, FeedReader
from media_library.services.podcasts.episode_files import EpisodeFiles
from media_library.services.preferences import Preferences
from media_library.services.vault import Vault

log = logging.getLogger(__name__)

_MOST_FEEDS_OF_A_PAGE = 4
_UNAUTHORIZED = 401
_OUTLINES_AT_ONCE = 200
_BEING_READ_MS = 300_000


@dataclass(frozen=True, slots=True)
class Refused:
    """A subscription of an OPML file that was not taken, and why."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an OPML file."""

    added: int
    existing: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    url: str
    feed: Feed
    state: FeedState
    credentials: Credentials | None


class Following:
    """The podcasts that the house follows, as people change them."""

    def __init__(
        self,
        state: AppState,
        reader: FeedReader,
        notes: FeedNotes,
        files: EpisodeFiles,
        vault: Vault,
        preferences: Preferences,
        content: Content,
    ) -> None:
        self._state = state
        self._reader = reader
        self._notes = notes
        self._files = files
        self._vault = vault
        self._preferences = preferences
        self._content = content

    def follow(
        self, actor: Identity, text: str, credentials: Credentials | None, auto_download: AutoDownload | None
    ) -> Podcast:
        """Follow the feed at an address, or the one that the page there names; one that is followed is the answer.

        Raises ``InvalidInput`` or ``NotFound`` with the reason.
        """
        self._content.library_for(actor, LibraryKind.PODCASTS)
        address, inside = feed_address(text)
        known = self._state.podcast_of_url(address.url)
        if known is not None:
            return known
        found = self._find(address.url, credentials or inside)
        known = self._state.podcast_of_url(found.url)
        if known is not None:
            return known
        sealed = self._sealed(found.credentials)
        with self._state.transaction():
            podcast = self._state.add_podcast(
                NewPodcast(
                    found.url,
                    found.feed.title,
                    self._policy(auto_download),
                    None,
                    sealed,
                    actor.user.id,
                    now_ms() + _BEING_READ_MS,  # nobody else need read what is read here
                )
            )
            self._state.record_audit(actor.user.username, "follow_podcast", podcast.id, podcast.title)
        self._note(podcast, found)
        return self._state.podcast(podcast.id)

    def change(
        self,
        podcast_id: str,
        policy: PodcastPolicy,
        group: str | None,
        credentials: Credentials | None,
    ) -> Podcast:
        """Change what is fetched and kept, where a podcast stands and, if any are given, its name and password."""
        with self._state.transaction():
            podcast = self._state.change_podcast(podcast_id, policy, group)
            if credentials is not None:
                self._state.keep_podcast_credentials(podcast.id, self._sealed(credentials))
                self._state.check_podcast_soon(podcast.id)
        self._files.want_new(podcast)
        return self._state.podcast(podcast.id)

    def leave(self, actor: Identity, podcast_id: str) -> None:
        """Follow a podcast no longer. Its files and what was heard stay. Raises ``NotFound``."""
        podcast = self._state.podcast(podcast_id)
        with self._state.transaction():
            self._files.drop_queued(podcast.id)
            self._state.remove_podcast(podcast.id)
            self._state.record_audit(actor.user.username, "leave_podcast", podcast.id, podcast.title)

    def move(self, actor: Identity, podcast_id: str, *, accept: bool) -> Podcast:
        """Go along with a feed that says that it moved to another host, or stay.

        The new address is looked at first; a name and password do not go along. Raises ``Conflict`` if it did not
        move, and what ``follow`` raises.
        """
        podcast = self._state.podcast(podcast_id)
        if podcast.moved_to is None:
            raise Conflict("This feed did not say that it moved.")
        if not accept:
            self._state.refuse_podcast_move(podcast.id)
            return self._state.podcast(podcast.id)
        stays = is_same_origin(podcast.url, podcast.moved_to)
        found = self._find(podcast.moved_to, self._reader.credentials(podcast) if stays else None)
        with self._state.transaction():
            self._state.move_podcast(podcast.id, found.url)
            if not stays:
                self._state.keep_podcast_credentials(podcast.id, None)
            self._state.record_audit(actor.user.username, "move_podcast", podcast.id, podcast.title)
        self._note(self._state.podcast(podcast.id), found)
        return self._state.podcast(podcast.id)

    def import_opml(self, actor: Identity, content: str) -> Imported:
        """Follow what another program followed; the feeds are read soon, one after another. Raises ``InvalidInput``."""
        self._content.library_for(actor, LibraryKind.PODCASTS)
        added = existing = 0
        refused = []
        outlines = read_opml(content.encode())
        for start in range(0, len(outlines), _OUTLINES_AT_ONCE):
            with self._state.transaction():
                for outline in outlines[start : start + _OUTLINES_AT_ONCE]:
                    try:
                        self._add(actor, outline)
                        added += 1
                    except Conflict:
                        existing += 1
                    except InvalidInput as error:
                        refused.append(Refused(outline.title, str(error)))
        self._state.record_audit(actor.user.username, "import_podcasts", "", str(added))
        return Imported(added, existing, tuple(refused))

    def export_opml(self) -> str:
        """What is followed, for another program; names and passwords are not in it."""
        return write_opml(Outline(one.url, one.title, one.group) for one in self._state.podcasts())

    def _add(self, actor: Identity, outline: Outline) -> None:
        """Follow without reading the feed; raises ``Conflict`` and ``InvalidInput``."""
        address, credentials = feed_address(outline.url)
        policy, sealed = self._policy(None), self._sealed(credentials)
        self._state.add_podcast(NewPodcast(address.url, outline.title, policy, outline.group, sealed, actor.user.id))

    def _policy(self, auto_download: AutoDownload | None) -> PodcastPolicy:
        wishes = self._preferences.podcasts()
        return PodcastPolicy(
            auto_download or wishes.auto_download, wishes.latest_count, wishes.keep_count, wishes.delete_heard_days
        )

    def _sealed(self, credentials: Credentials | None) -> str | None:
        return None if credentials is None else self._vault.seal(msgspec.json.encode(credentials).decode(), PURPOSE)

    def _note(self, podcast: Podcast, found: _Found) -> None:
        hours = self._preferences.podcasts().check_interval_hours
        self._notes.settle([self._reader.changed(podcast, found.feed, found.state)], hours)
        self._files.want_new(self._state.podcast(podcast.id))

    def _find(self, url: str, credentials: Credentials | None) -> _Found:
        try:
            fetched = self._reader.fetch(url, credentials, FeedState())
        except RequestFailed as error:
            if error.status != _UNAUTHORIZED:
                raise FeedUnreadable(str(error), "url") from error
            raise InvalidInput(
                "This feed asks for a name and a password. Enter those of your account there."
                if credentials is None
                else "The name or the password is not right for this feed. Enter them again.",
                "username",
            ) from error
        answer = fetched.answer
        if feeds.looks_like_feed(answer.body):
            feed = self._reader.parse(answer)
            if feed.entries and not feed.episodes:
                raise FeedUnreadable("This feed has no episodes to listen to. Add its articles one by one instead.")
            settled = answer.permanent_url
            if settled is not None and (credentials is None or is_same_origin(url, settled)):
                url = settled
            return _Found(url, feed, fetched.state, credentials)
        return self._find_in_page(answer.body, answer.url, credentials)

    def _find_in_page(self, page: bytes, url: str, credentials: Credentials | None) -> _Found:
        """The first feed with episodes that a page names; the others are its news or comments."""
        for named in feeds.find_in_page(page, url)[:_MOST_FEEDS_OF_A_PAGE]:
            try:
                fetched = self._reader.fetch(
                    named.url, credentials if is_same_origin(url, named.url) else None, FeedState()
                )
                feed = self._reader.parse(fetched.answer)
            except MediaLibraryError as error:
                log.info("%s is passed over: %s", named.url, error)
                continue
            if feed.episodes:
                return _Found(named.url, feed, fetched.state, credentials if is_same_origin(url, named.url) else None)
        raise FeedUnreadable("There is no podcast at this address. Paste the address of the feed itself.")
