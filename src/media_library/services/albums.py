"""What people do with albums: find out what one is, correct its names, write its tags, have it measured."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from media_library.app_state import AppState
from media_library.errors import InvalidInput, NotFound
from media_library.models.identity import Identity
from media_library.models.job import Job
from media_library.models.library_job import IdentifyOrder, LoudnessOrder, TagsOrder
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.music import Loudness
from media_library.models.user import Viewer
from media_library.models.work import Candidate, WorkState, album_work_key
from media_library.repositories.media_repo import album_key
from media_library.services.music_identifier import AlbumIdentifier
from media_library.services.music_identifier.applying import move_work
from media_library.services.tag_writing import TagPlan, TagWriting

_MISSING = "There is no such album in the library."
_FIELDS = frozenset({"album", "artist", "album_artist", "year"})
"""What an edit of an album changes of its tracks."""


@dataclass(frozen=True, slots=True)
class AlbumEdit:
    """What a person corrects; ``None`` stays as it is."""

    title: str | None = None
    artist: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class TrackNames:
    """What an edit of an album changes of a track, and which of these fields somebody had locked."""

    media_id: str
    album: str | None
    artist: str | None
    album_artist: str | None
    year: int | None
    locked: frozenset[str]


@dataclass(frozen=True, slots=True)
class AlbumBefore:
    """An album before an edit: its key, its own tags and its tracks."""

    key: str
    tags: tuple[str, ...]
    tracks: tuple[TrackNames, ...]


@dataclass(frozen=True, slots=True)
class Identified:
    """How the identification of an album stands; ``key`` is the one it has from now on."""

    key: str
    state: WorkState
    reason: str | None
    candidates: tuple[Candidate, ...]


class Albums:
    """The counter for albums. Whatever the viewer may not see is not there."""

    def __init__(self, state: AppState, identifier: AlbumIdentifier, writing: TagWriting) -> None:
        self._state = state
        self._identifier = identifier
        self._writing = writing

    def identify(
        self, actor: Identity, key: str, *, release_id: str | None, artist: str | None, title: str | None
    ) -> Identified:
        """Apply a release, or look for one by name, or have the album looked at anew if nothing is said.

        Raises ``NotFound`` and what services raise.
        """
        tracks = self._tracks(actor.viewer, key)
        work_key = album_work_key(key)
        if release_id is not None:
            work_key = self._identifier.apply(work_key, release_id, _go_on)
        elif artist is not None or title is not None:
            names = tracks[0].names
            found = self._identifier.candidates(
                title or names.album or "", names.album_artist or "" if artist is None else artist, _go_on, key=work_key
            )
            return replace(self._standing(work_key), candidates=found)
        else:
            with self._state.transaction():
                self._state.put_work_pending([work_key], anew=True)
                self._state.queue_content(
                    IdentifyOrder((work_key,)),
                    title=tracks[0].names.album or "",
                    origin=f"identify:{work_key}",
                    requested_by=actor.user.id,
                )
        return self._standing(work_key)

    def edit(self, actor: Identity, key: str, edit: AlbumEdit) -> tuple[str, AlbumBefore]:
        """Correct the names of all tracks of an album, which no identification changes any more.

        Returns its new key and what it was before, for ``take_back``. Raises ``NotFound``.
        """
        tracks = self._tracks(actor.viewer, key)
        is_known = self._state.work(album_work_key(key)) is not None
        tags = self._state.tags_by_hand(album_work_key(key)) or ()
        before = AlbumBefore(key, tuple(tags), tuple(map(_track_names, tracks)))
        keys: Counter[str] = Counter()
        with self._state.transaction():
            for media in tracks:
                names, fields = _edited(media, edit)
                if fields:
                    self._state.edit_media(media.id, names, media.locked | fields)
                keys[album_key(names) or key] += 1
            new_key = keys.most_common(1)[0][0]
            if is_known:
                move_work(self._state, album_work_key(key), album_work_key(new_key))
            self._state.record_audit(actor.user.username, "edit_album", new_key, tracks[0].names.album or "")
        return new_key, before

    def take_back(self, actor: Identity, key: str, before: AlbumBefore) -> None:
        """Make an album, which is ``key`` now, what it was before an edit. Raises ``NotFound``, ``InvalidInput``."""
        with self._state.transaction():
            for track in before.tracks:
                media = self._state.media_for(actor.viewer, track.media_id)
                if media.media_type is not MediaType.TRACK:
                    raise InvalidInput("Only the tracks of an album can be put back.", "tracks")
                names = replace(
                    media.names,
                    album=track.album,
                    artist=track.artist,
                    album_artist=track.album_artist,
                    year=track.year,
                )
                self._state.edit_media(media.id, names, (media.locked - _FIELDS) | (track.locked & _FIELDS))
            self._move_back(album_work_key(key), album_work_key(before.key), before.tags)
            self._state.record_audit(actor.user.username, "undo_edit_album", before.key, "")

    def _move_back(self, now: str, then: str, tags: Sequence[str]) -> None:
        """What is known goes back with the tracks, unless it belongs to others that had this name all along."""
        if now == then or self._state.work(now) is None:
            return
        if self._state.tracks_of_album(now.partition(":")[2]):
            self._state.put_work_pending([then])
            if tags:
                self._state.tag_work(then, tags)
        else:
            move_work(self._state, now, then)

    def tag_plans(self, viewer: Viewer, key: str) -> list[TagPlan]:
        """What would be written into the files of an album; raises ``NotFound``."""
        return self._writing.plans([media.id for media in self._tracks(viewer, key)])

    def write_tags(self, actor: Identity, key: str) -> Job:
        """Have the tags of an album written; raises ``NotFound``, and ``Forbidden`` if its folder is read-only."""
        tracks = self._tracks(actor.viewer, key)
        for media in tracks:
            self._writing.require_changeable(media)
        return self._state.queue_content(
            TagsOrder(tuple(media.id for media in tracks)),
            title=tracks[0].names.album or tracks[0].names.title,
            origin=f"tags:{key}",
            requested_by=actor.user.id,
        )

    def measure(self, actor: Identity, *, key: str | None, media_ids: Sequence[str]) -> Job:
        """Have the loudness of an album, of some tracks or of all music measured; raises ``NotFound``."""
        if key is not None:
            tracks = self._tracks(actor.viewer, key)
        else:
            tracks = [self._state.media_for(actor.viewer, media_id) for media_id in media_ids]
        ids = tuple(media.id for media in tracks)
        title = tracks[0].names.album or tracks[0].names.title if tracks else "Music"
        return self._state.queue_content(
            LoudnessOrder(ids),
            title=title,
            origin=f"loudness:{key or ','.join(ids[:20])}",
            requested_by=actor.user.id,
        )

    def loudness(self, viewer: Viewer, key: str) -> list[tuple[str, Loudness | None]]:
        """How loud the tracks of an album are, in order; raises ``NotFound``."""
        tracks = self._tracks(viewer, key)
        known = self._state.loudness_of([media.id for media in tracks])
        return [(media.id, known.get(media.id)) for media in tracks]

    def _tracks(self, viewer: Viewer, key: str) -> list[Media]:
        found = []
        for media_id in self._state.tracks_of_album(key):
            try:
                found.append(self._state.media_for(viewer, media_id))
            except NotFound:  # in a library that this person does not see
                continue
        if not found:
            raise NotFound(_MISSING)
        return found

    def _standing(self, work_key: str) -> Identified:
        work = self._state.work(work_key)
        if work is None:
            return Identified(work_key.partition(":")[2], WorkState.PENDING, None, ())
        return Identified(work.key.partition(":")[2], work.state, work.reason, work.candidates)


def _edited(media: Media, edit: AlbumEdit) -> tuple[MediaNames, frozenset[str]]:
    """The names of a track with what was corrected, and the fields that this locks."""
    names, fields = media.names, set[str]()
    if edit.title is not None:
        names, fields = replace(names, album=edit.title), fields | {"album"}
    if edit.year is not None:
        names, fields = replace(names, year=edit.year), fields | {"year"}
    if edit.artist is not None:
        if names.artist in (None, names.album_artist):
            names, fields = replace(names, artist=edit.artist), fields | {"artist"}
        names, fields = replace(names, album_artist=edit.artist), fields | {"album_artist"}
    return names, frozenset(fields)


def _track_names(media: Media) -> TrackNames:
    names = media.names
    return TrackNames(media.id, names.album, names.artist, names.album_artist, names.year, media.locked & _FIELDS)


def _go_on() -> None:
    """A person waits: nothing breaks it off."""
