"""Collections: made and changed by people, imported from sites, followed by rules."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from media_library.adapters.spotify_page import find_list
from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput, NotFound
from media_library.models.collection import (
    Collection,
    CollectionKind,
    CollectionSummary,
    Entry,
    EntryState,
    NewCollection,
    Rules,
    Subscription,
)
from media_library.models.identity import Identity
from media_library.models.job import JobStatus
from media_library.models.library import LibraryKind
from media_library.models.smart import SmartRule
from media_library.models.user import Viewer
from media_library.repositories.collection_repo import EntryPage
from media_library.services.content import Added, Content
from media_library.services.following import Following
from media_library.services.list_rules import Candidate, refusal
from media_library.services.media_root import MediaRoot
from media_library.services.music_playlists import MusicPlaylists
from media_library.services.smart_collections import require_sense, smart_entries
from media_library.services.web_addresses import parse_address

_CHANNEL = re.compile(r"https?://[^/]+/(?:@|c/|channel/|user/|u/)[^/]+", re.IGNORECASE)
_FOLLOWED = (CollectionKind.PLAYLIST, CollectionKind.CHANNEL)

_TAKEN_BACK_MS = 30_000
"""For how long the undo bar may stand, with some to spare."""


class EntryStanding(StrEnum):
    """How an entry stands: the item is here, on its way or not; left out by the rules, or removed from the library."""

    HERE = "here"
    WANTED = "wanted"
    QUEUED = "queued"
    DOWNLOADING = "downloading"
    FAILED = "failed"
    SKIPPED = "skipped"
    REMOVED = "removed"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry as it is shown."""

    entry: Entry
    standing: EntryStanding


class Collections:
    """The counter for collections. Whatever the viewer may not know of raises ``NotFound``."""

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        content: Content,
        following: Following,
        music: MusicPlaylists,
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._content = content
        self._following = following
        self._music = music

    def add(self, actor: Identity, title: str) -> CollectionSummary:
        """Make an empty collection."""
        made = self._state.add_collection(NewCollection(CollectionKind.MANUAL, title, created_by=actor.user.id))
        return self._state.collection_for(actor.viewer, made.id)

    def add_smart(self, actor: Identity, title: str, rule: SmartRule) -> CollectionSummary:
        """Make a collection that fills itself; raises ``InvalidInput``."""
        require_sense(self._state, actor.viewer, rule)
        made = self._state.add_collection(
            NewCollection(CollectionKind.SMART, title, created_by=actor.user.id, rule=rule)
        )
        return self.summary(actor.viewer, made.id)

    def change_rule(self, viewer: Viewer, collection_id: str, rule: SmartRule) -> None:
        """Let a smart collection hold something else; raises ``InvalidInput``, ``Conflict``."""
        if self._collection(viewer, collection_id).kind is not CollectionKind.SMART:
            raise Conflict("This collection has no rule.")
        require_sense(self._state, viewer, rule)
        self._state.change_rule(collection_id, rule)

    def count(self, viewer: Viewer, rule: SmartRule, sample: int) -> tuple[int, str]:
        """How much a rule finds for the viewer, and cards of the first; raises ``InvalidInput``."""
        require_sense(self._state, viewer, rule)
        offline = not self._media_root.is_online()
        count = self._state.smart_summary(viewer, rule).count
        return count, self._state.smart_sample(viewer, rule, sample, count=count, offline=offline)

    def summaries(self, viewer: Viewer) -> list[CollectionSummary]:
        """The collections of which the viewer may know, by title."""
        found = (self._filled(viewer, one) for one in self._state.collections_for(viewer))
        return [one for one in found if self._may_know(viewer, one)]

    def summary(self, viewer: Viewer, collection_id: str) -> CollectionSummary:
        """One collection; raises ``NotFound``, also for a smart one that holds nothing for who may not see all."""
        found = self._filled(viewer, self._state.collection_for(viewer, collection_id))
        if not self._may_know(viewer, found):
            raise NotFound("There is no such collection.")
        return found

    def import_list(self, actor: Identity, url: str, rules: Rules | None) -> Added:
        """Import the list at an address, and follow it if there are rules. The same address is the same collection.

        Raises ``InvalidInput``, ``Forbidden``.
        """
        music = find_list(url)
        if music is not None:
            if rules is not None:
                raise InvalidInput("A music playlist of another service cannot be followed, only imported.", "follow")
            return self._music.add_spotify(actor, music)
        address = parse_address(url)
        self._content.library_for(actor, LibraryKind.VIDEOS)
        existing = self._state.collection_of_origin(address.key) is not None
        kind = CollectionKind.CHANNEL if _CHANNEL.match(address.url) else CollectionKind.PLAYLIST
        with self._state.transaction():
            collection = self._state.add_collection(
                NewCollection(kind, address.url, address.url, address.key, actor.user.id)
            )
            if rules is not None:
                self._state.follow(collection.id, rules)
            job = self._following.queue_check(collection, actor.user.id)
        return Added(job=job, collection_id=collection.id, existing=existing)

    def refresh(self, actor: Identity, collection_id: str) -> Added:
        """Read the list of a collection again. Raises ``Conflict`` for one that has none."""
        collection = self._collection(actor.viewer, collection_id)
        if collection.kind is CollectionKind.MUSIC:
            music = find_list(collection.url or "")
            if music is None:
                raise Conflict("This playlist came from a file. Import the file again to bring it up to date.")
            return self._music.refresh(actor, collection, music)
        self._require_web(collection)
        return Added(job=self._following.queue_check(collection, actor.user.id), collection_id=collection.id)

    def follow(self, viewer: Viewer, collection_id: str, rules: Rules) -> Subscription:
        """Follow a collection, or by other rules. Raises ``Conflict`` for one that has no list on the web.

        They apply in a moment: a rule that lets videos go can be taken back before it does.
        """
        self._require_web(self._collection(viewer, collection_id))
        return self._state.follow(collection_id, rules, due_in_ms=_TAKEN_BACK_MS)

    def unfollow(self, viewer: Viewer, collection_id: str) -> None:
        """Follow a collection no longer."""
        self._state.unfollow(self._collection(viewer, collection_id).id)

    def rename(self, viewer: Viewer, collection_id: str, title: str) -> CollectionSummary:
        """Give a collection another title."""
        self._state.rename_collection(self._collection(viewer, collection_id).id, title)
        return self.summary(viewer, collection_id)

    def remove(self, viewer: Viewer, collection_id: str) -> None:
        """Take a collection away; its media stay."""
        self._state.remove_collection(self._collection(viewer, collection_id).id)

    def restore(self, viewer: Viewer, collection_id: str) -> CollectionSummary:
        """Bring back a collection that was taken away; raises ``NotFound`` if the viewer knows of none."""
        if all(one.id != collection_id for one, _ in self._state.removed_collections(viewer)):
            raise NotFound("There is no such collection in the bin.")
        self._state.restore_collection(collection_id)
        return self.summary(viewer, collection_id)

    def entries(self, viewer: Viewer, collection_id: str, *, after: int | None, limit: int) -> EntryPage:
        """A page of the entries that the viewer may see."""
        collection = self._collection(viewer, collection_id)
        if collection.rule is not None:
            return smart_entries(self._state, viewer, collection, after=after, limit=limit)
        return self._state.entries_for(viewer, collection_id, after=after, limit=limit)

    def seen(self, page: EntryPage, rules: Rules | None) -> list[SeenEntry]:
        """How the entries of a page stand; ``rules`` are those by which the list is followed."""
        return [SeenEntry(entry, _standing(entry, page.jobs.get(entry.id), rules)) for entry in page.entries]

    def add_entry(self, viewer: Viewer, collection_id: str, media_id: str) -> Entry:
        """Put a media item at the end of a collection, or where it was. Raises ``Conflict`` for a list of a site."""
        collection = self._collection(viewer, collection_id)
        media = self._state.media_for(viewer, media_id)
        if collection.kind is not CollectionKind.MANUAL:
            for entry in self._state.entries(collection_id):
                if entry.media_id == media_id and entry.state is EntryState.REMOVED:
                    return self._state.put_entry_back(collection_id, entry.id)
            raise Conflict("What is in this collection is said by its list. Make a collection of your own for this.")
        duration = media.duration_ms or None
        return self._state.add_entry(collection.id, media.id, media.names.title, duration)

    def put_entry_back(self, viewer: Viewer, collection_id: str, entry_id: str) -> Entry:
        """Put a removed entry where it was."""
        return self._state.put_entry_back(self._entry(viewer, collection_id, entry_id).collection_id, entry_id)

    def remove_entry(self, viewer: Viewer, collection_id: str, entry_id: str) -> Entry:
        """Take an entry out of a collection; the answer is the entry, for putting it back."""
        return self._state.remove_entry(self._entry(viewer, collection_id, entry_id).collection_id, entry_id)

    def order(self, viewer: Viewer, collection_id: str, entry_ids: Sequence[str]) -> None:
        """Sort the entries that are named among themselves. Raises ``Conflict`` for a list that a site keeps."""
        collection = self._collection(viewer, collection_id)
        if collection.kind is not CollectionKind.MANUAL:
            raise Conflict("The order of this collection is that of its list.")
        self._state.order_entries(collection.id, entry_ids)

    def cards(self, viewer: Viewer, media_ids: Iterable[str]) -> dict[str, msgspec.Raw]:
        """The cards of those media items that the viewer may see, in JSON, by their ids."""
        text = self._state.picked_cards(viewer, media_ids, offline=not self._media_root.is_online())
        return msgspec.json.decode(text, type=dict[str, msgspec.Raw])

    def _collection(self, viewer: Viewer, collection_id: str) -> Collection:
        return self.summary(viewer, collection_id).collection

    def _filled(self, viewer: Viewer, summary: CollectionSummary) -> CollectionSummary:
        """A summary that tells of a smart collection what it holds for the viewer."""
        if summary.collection.rule is None:
            return summary
        found = self._state.smart_summary(viewer, summary.collection.rule)
        return CollectionSummary(summary.collection, found.count, found.count, found.duration_ms, found.covers)

    def _may_know(self, viewer: Viewer, one: CollectionSummary) -> bool:
        sees_all = viewer.library_ids is None and viewer.max_age is None
        is_own = one.collection.created_by == viewer.user_id
        return one.collection.kind is not CollectionKind.SMART or one.count > 0 or sees_all or is_own

    def _entry(self, viewer: Viewer, collection_id: str, entry_id: str) -> Entry:
        """An entry that the viewer may see, removed or not."""
        collection = self._collection(viewer, collection_id)
        entry = next((one for one in self._state.entries(collection_id) if one.id == entry_id), None)
        sees_all = viewer.library_ids is None
        if entry is None or (entry.media_id is None and not sees_all and collection.created_by != viewer.user_id):
            raise NotFound("There is no such entry in this collection.")
        if entry.media_id is not None and not sees_all:
            self._state.media_for(viewer, entry.media_id)
        return entry

    def _require_web(self, collection: Collection) -> None:
        if collection.kind not in _FOLLOWED or collection.url is None:
            raise Conflict("Only a list or a channel of a site can be read again and followed.")


_OF_JOBS = {
    JobStatus.QUEUED: EntryStanding.QUEUED,
    JobStatus.DOWNLOADING: EntryStanding.DOWNLOADING,
    JobStatus.FAILED: EntryStanding.FAILED,
}


def _standing(entry: Entry, job: JobStatus | None, rules: Rules | None) -> EntryStanding:
    if entry.media_id is not None:
        return EntryStanding.HERE
    if job in _OF_JOBS:
        return _OF_JOBS[job]
    if entry.linked_at is not None:
        return EntryStanding.REMOVED
    if rules is None or entry.queued_at is not None or entry.state is EntryState.GONE:
        return EntryStanding.REMOTE
    left_out = refusal(rules, Candidate(entry.title, entry.duration_ms, entry.published_at))
    return EntryStanding.WANTED if left_out is None else EntryStanding.SKIPPED
