"""The counter for films, shows and albums as works: what is known, what waits for a person, who had a part."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput, NotFound
from media_library.models.identity import Identity
from media_library.models.job import Job
from media_library.models.library_job import IdentifyOrder
from media_library.models.media import MediaType
from media_library.models.user import Viewer
from media_library.models.work import (
    Candidate,
    Person,
    Settlement,
    Work,
    WorkKind,
    WorkState,
    album_work_key,
    show_work_key,
)
from media_library.repositories.work_repo import ReviewItem, ReviewPage
from media_library.services.age_ratings import AgeRatings
from media_library.services.media_identifier import AskedFor, MediaIdentifier
from media_library.services.media_root import MediaRoot
from media_library.services.music_identifier import AlbumIdentifier
from media_library.services.works.keys import key_of
from media_library.services.works.views import Views, WorkView

_RELEASE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_EVERYTHING = "Identify the library anew"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A name of an item that would change."""

    media_id: str
    field: str
    old: str | int | None
    new: str | int | None
    is_locked: bool


@dataclass(frozen=True, slots=True)
class MatchChanges:
    """What applying a candidate would change: names of items, and old and new paths of files."""

    kind: WorkKind
    items: tuple[ItemChange, ...]
    paths: tuple[tuple[str, str], ...]


class Works:
    """What people ask of works. Whatever the viewer may not see is not there."""

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        identifier: MediaIdentifier,
        albums: AlbumIdentifier,
        ages: AgeRatings,
    ) -> None:
        self._state = state
        self._ages = ages
        self._media_root = media_root
        self._views = Views(state, media_root)
        self._identifier = identifier
        self._albums = albums

    def of_media(self, viewer: Viewer, media_id: str) -> WorkView:
        """What is known of the film that an item is, or of the show or album that it belongs to."""
        media = self._state.media_for(viewer, media_id)
        return self._views.of(viewer, key_of(media), media)

    def of_group(self, viewer: Viewer, kind: Literal["show", "album"], key: str) -> WorkView:
        """What is known of a show or an album."""
        self._state.group(viewer, kind, key)  # raises for one that the viewer may not see
        return self._views.of(viewer, show_work_key(key) if kind == "show" else album_work_key(key))

    def review(self, viewer: Viewer, *, after: tuple[int, str] | None, limit: int) -> ReviewPage:
        """A page of what waits for a person."""
        return self._state.review_page(viewer, after=after, limit=limit)

    def cards(self, viewer: Viewer, items: Sequence[ReviewItem]) -> str:
        """The cards of the media of some review items, as a JSON object by id."""
        ids = [media_id for item in items for media_id in item.media_ids]
        return self._state.picked_cards(viewer, ids, offline=not self._media_root.is_online())

    def dismiss(self, viewer: Viewer, key: str) -> None:
        """Keep a work as it is: nobody is asked about it again."""
        work = self._state.work_for(viewer, key)
        if work.state in (WorkState.APPLIED, WorkState.CONFIRMED):
            raise Conflict("This is identified already. Take the match back if it is wrong.")
        self._state.settle_work(key, Settlement(WorkState.DISMISSED, work.reason, work.score, work.candidates))

    def restore(self, viewer: Viewer, key: str) -> None:
        """Let a work that was kept as it is wait for a person again; raises ``Conflict`` for any other."""
        work = self._state.work_for(viewer, key)
        if work.state is not WorkState.DISMISSED:
            raise Conflict("This was not kept as it is.")
        state = WorkState.REVIEW if work.candidates else WorkState.UNKNOWN
        self._state.settle_work(key, Settlement(state, work.reason, work.score, work.candidates))

    def identify(self, actor: Identity, media_id: str, asked: AskedFor) -> Work:
        """Look up what a film or an episode is, or make it what a person says."""
        work = self._identifier.identify(actor.viewer, media_id, asked)
        self._state.record_audit(actor.user.username, "identify", work.key, asked.title or "")
        return work

    def candidates(self, kind: WorkKind, title: str, year: int | None, artist: str | None) -> tuple[Candidate, ...]:
        """What the service has by a name."""
        if kind is WorkKind.ALBUM:
            return self._albums.candidates(title, artist or "", _go_on)
        return self._identifier.candidates(kind, title, year)

    def preview(self, viewer: Viewer, key: str, source: str, identifier: str) -> MatchChanges:
        """What applying a candidate would change."""
        work = self._state.work_for(viewer, key)
        if work.kind is WorkKind.ALBUM:
            changes = self._albums.preview(key, _release(source, identifier), _go_on)
            items = [ItemChange(one.media_id, one.field, one.old, one.new, one.locked) for one in changes]
            return MatchChanges(work.kind, tuple(items), ())
        plan, paths = self._identifier.preview(viewer, key, _tmdb(source, identifier))
        items = [
            ItemChange(item.media.id, one.field, one.old, one.new, one.is_locked)
            for item in plan.items
            for one in item.changes()
        ]
        return MatchChanges(work.kind, tuple(items), tuple(paths))

    def apply(self, actor: Identity, key: str, source: str, identifier: str) -> WorkView:
        """Make a work what a person chose."""
        work = self._state.work_for(actor.viewer, key)
        if work.kind is WorkKind.ALBUM:
            new_key = self._albums.apply(key, _release(source, identifier), _go_on)
        else:
            new_key = self._identifier.apply(actor.viewer, key, _tmdb(source, identifier)).key
        self._state.record_audit(actor.user.username, "identify", new_key, f"{source} {identifier}")
        return self._views.of(actor.viewer, new_key)

    def undo(self, actor: Identity, key: str) -> WorkView:
        """Take the last match of a work back; ``key`` may be the one that it had before."""
        now = self._state.key_now(key)
        work = self._state.work_for(actor.viewer, now)
        if work.kind is WorkKind.ALBUM:
            new_key = self._albums.undo(now)
        else:
            new_key = self._identifier.undo(actor.viewer, now).key
        self._state.record_audit(actor.user.username, "undo_identify", new_key, "")
        return self._views.of(actor.viewer, new_key)

    def tag(self, viewer: Viewer, key: str, tags: Sequence[str]) -> WorkView:
        """Give a work the tags of a person, instead of those before."""
        self._require_work(viewer, key)
        self._state.tag_work(key, tags)
        return self._views.of(viewer, key)

    def rate(self, actor: Identity, key: str, age: int | None) -> None:
        """Say from which age on (years) a work may be seen, whatever it is certified; ``None`` believes that."""
        with self._state.transaction():
            self._require_work(actor.viewer, key)
            self._ages.rate_work(key, age)
            self._state.record_audit(actor.user.username, "rate", key, "" if age is None else f"from age {age}")

    def queue(
        self,
        actor: Identity,
        *,
        keys: Sequence[str] = (),
        media_ids: Sequence[str] = (),
        library_id: str | None = None,
        everything: bool = False,
    ) -> Job:
        """Queue the job that identifies works, those of items or of a library, or all, anew."""
        wanted = list(keys)
        for key in wanted:
            self._require_subject(actor.viewer, key)
        wanted += [key_of(self._state.media_for(actor.viewer, media_id)) for media_id in media_ids]
        if library_id is not None:
            self._state.library(library_id)
            wanted += self._state.work_keys_of_library(library_id)
        if not wanted and not everything:
            raise InvalidInput("Say what is to be identified: keys, items, a library or everything.", "keys")
        named = tuple(dict.fromkeys(wanted))
        title = _EVERYTHING if everything or library_id is not None else self._title(named)
        return self._state.queue_content(
            IdentifyOrder(named, everything),
            title=title,
            origin="identify:everything" if everything else f"identify:{','.join(named)[:300]}",
            requested_by=actor.user.id,
        )

    def picture(self, source: str, reference: str) -> bytes:
        """A small picture of a candidate; raises ``NotFound``."""
        if source == "tmdb":
            return self._identifier.candidate_picture(f"/{reference}")
        if source == "musicbrainz" and _RELEASE.fullmatch(reference):
            picture = self._albums.picture(reference, _go_on)
            if picture is not None:
                return picture
        raise NotFound("There is no such picture.")

    def person(self, viewer: Viewer, person_id: str) -> Person:
        """A person, with what the service tells of their life; asked for when somebody looks the first time."""
        person = self._state.person_for(viewer, person_id)
        return self._identifier.person_told(person)

    def portrait(self, viewer: Viewer, person_id: str) -> None:
        """Make sure that the portrait of a person is here; raises ``NotFound`` if there is none."""
        person = self._state.person_for(viewer, person_id)
        if not person.has_portrait and not self._identifier.pictures.fetch_portrait(person):
            raise NotFound("There is no such picture.")

    def _title(self, keys: Sequence[str]) -> str:
        if len(keys) != 1:
            return f"Identify {len(keys):,} items"
        work = self._state.work(keys[0])
        media = self._state.media_with_ids(self._state.media_of_work(keys[0]))
        first = next(iter(media.values()), None)
        named = work.facts.title if work is not None else None
        if named is None and first is not None:
            named = first.names.show_title or first.names.album or first.names.title
        return f"Identify {named}" if named else "Identify one item"

    def _require_work(self, viewer: Viewer, key: str) -> None:
        """Let there be a work of what the viewer may see; raises ``NotFound``."""
        if self._state.work(key) is None:
            self._require_subject(viewer, key)
            self._state.put_work_pending([key])
        self._state.work_for(viewer, key)

    def _require_subject(self, viewer: Viewer, key: str) -> None:
        """Raise ``NotFound`` for a key that names nothing that the viewer may see."""
        kind, _, subject = key.partition(":")
        if kind == WorkKind.MOVIE:
            media = self._state.media_for(viewer, subject)
            if media.media_type is not MediaType.MOVIE:
                raise NotFound("There is no such film in the library.")
        elif kind == WorkKind.SHOW:
            self._state.group(viewer, "show", subject)
        elif kind == WorkKind.ALBUM:
            self._state.group(viewer, "album", subject)
        else:
            raise NotFound("Nothing is known of this film, show or album.")


def _tmdb(source: str, identifier: str) -> int:
    if source != "tmdb" or not (identifier.isascii() and identifier.isdecimal() and len(identifier) < 12):
        raise InvalidInput("This is no film or show of TMDb.", "id")
    return int(identifier)


def _release(source: str, identifier: str) -> str:
    if source != "musicbrainz" or not _RELEASE.fullmatch(identifier):
        raise InvalidInput("This is no release of MusicBrainz.", "id")
    return identifier


def _go_on() -> None:
    """A person waits for the answer: nothing breaks it off."""
