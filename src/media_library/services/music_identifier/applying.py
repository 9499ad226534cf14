"""Gives an album the names of a release: what a person locked stays, and what stood there before can be taken back."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from typing import Protocol

import msgspec

from media_library.errors import Conflict, NotFound
from media_library.models.media import Media, MediaNames
from media_library.models.music import TrackFacts
from media_library.models.work import Settlement, Work, WorkFacts, WorkIds, WorkState, album_work_key
from media_library.repositories.media_repo import album_key
from media_library.services.music_identifier.album import Album
from media_library.services.music_identifier.fitting import Fit, Pair
from media_library.services.music_tags import VARIOUS_ARTISTS
from media_library.services.music_tags.words import cleaned, is_various

AcoustIdOf = Callable[[str, str], str | None]


class ApplyingState(Protocol):
    """What applying needs of the state."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing."""

    def media(self, media_id: str) -> Media:
        """An item."""

    def edit_media(self, media_id: str, names: MediaNames, locked: frozenset[str]) -> Media:
        """Give an item its names."""

    def note_isrc(self, media_id: str, isrc: str) -> None:
        """Note the code of a recording."""

    def put_track_facts(self, media_id: str, facts: TrackFacts) -> None:
        """Note what is known of a track."""

    def put_work_pending(self, keys: list[str]) -> int:
        """Let works be looked at."""

    def rekey_work(self, key: str, new_key: str) -> None:
        """The album is called otherwise."""

    def forget_work(self, key: str) -> None:
        """Forget a work."""

    def describe_work(self, key: str, facts: WorkFacts, ids: WorkIds) -> None:
        """Note what is known of a work."""

    def settle_work(self, key: str, settlement: Settlement) -> None:
        """Note how it ended."""

    def remember_before(self, key: str, before: str | None) -> None:
        """Keep what stood there before."""

    def work_before(self, key: str) -> str | None:
        """What stood there before."""

    def work(self, key: str) -> Work | None:
        """A work."""


@dataclass(frozen=True, slots=True)
class NameChange:
    """A name that is to become another one, unless it is ``locked``."""

    media_id: str
    field: str
    old: str | int | None
    new: str | int | None
    locked: bool


class _Before(msgspec.Struct):
    """What an album was: the key of its work, the names of its tracks by their ids, and what was known of them."""

    key: str
    names: dict[str, MediaNames]
    facts: dict[str, TrackFacts]


def changes_of(one: Fit) -> list[NameChange]:
    """What applying a release would change, track by track."""
    return [
        NameChange(pair.track.media.id, field.name, old, new, field.name in pair.track.media.locked)
        for pair in one.pairs
        for field in fields(MediaNames)
        if (old := getattr(pair.track.media.names, field.name)) != (new := getattr(_names(pair, one), field.name))
    ]


def apply_release(
    state: ApplyingState, album: Album, one: Fit, settlement: Settlement, acoustid_of: AcoustIdOf = lambda _, __: None
) -> tuple[str, list[str]]:
    """Write it all down; returns the key of the work, which follows from the names, and what got other names."""
    release = one.release
    keys: Counter[str] = Counter()
    with state.transaction():
        before = _Before(
            album_work_key(album.key),
            {track.media.id: track.media.names for track in album.tracks},
            {track.media.id: track.facts for track in album.tracks},
        )
        renamed = []
        for pair in one.pairs:
            media = pair.track.media
            new = _names(pair, one)
            names = replace(new, **{name: getattr(media.names, name) for name in media.locked & _NAMES})
            if names != media.names or media.review_reason is not None:
                state.edit_media(media.id, names, media.locked)
                renamed.append(media.id)
            if pair.of_release.isrc:
                state.note_isrc(media.id, pair.of_release.isrc)
            state.put_track_facts(media.id, _facts(pair, one, acoustid_of(media.id, pair.of_release.recording_id)))
            keys[album_key(names) or album.key] += 1
        old_key, new_key = album_work_key(album.key), album_work_key(keys.most_common(1)[0][0])
        move_work(state, old_key, new_key)
        state.describe_work(
            new_key,
            WorkFacts(
                title=cleaned(release.title) or None,
                year=release.year,
                released_on=release.first_date or release.date or None,
                genres=tuple(filter(None, map(cleaned, release.genres))),
                studios=(cleaned(release.label),) if cleaned(release.label) else (),
            ),
            WorkIds(musicbrainz=release.id),
        )
        state.settle_work(new_key, settlement)
        if renamed or state.work_before(new_key) is None:
            state.remember_before(new_key, msgspec.json.encode(before).decode())
    return new_key, renamed


def take_back(state: ApplyingState, key: str) -> tuple[str, list[str]]:
    """Give the tracks of an album the names that they had before, except where a person locked one since.

    Returns the key of the work and what got other names; it waits for a person again. Raises ``Conflict`` if there is
    nothing to take back.
    """
    kept, work = state.work_before(key), state.work(key)
    if kept is None or work is None:
        raise Conflict("Nothing was applied here that could be taken back.")
    before = msgspec.json.decode(kept, type=_Before)
    keys: Counter[str] = Counter()
    renamed = []
    with state.transaction():
        for media_id, old in before.names.items():
            try:
                media = state.media(media_id)
            except NotFound:  # removed for good meanwhile
                continue
            names = replace(old, **{name: getattr(media.names, name) for name in media.locked & _NAMES})
            state.edit_media(media_id, names, media.locked)
            state.put_track_facts(media_id, before.facts.get(media_id, TrackFacts()))
            renamed.append(media_id)
            keys[album_key(names) or ""] += 1
        most = keys.most_common(1)[0][0] if keys else ""
        new_key = album_work_key(most) if most else key
        move_work(state, key, new_key)
        state.describe_work(new_key, WorkFacts(), WorkIds())
        reason = "The match was taken back."
        state.settle_work(new_key, Settlement(WorkState.REVIEW, reason, work.score, work.candidates))
        state.remember_before(new_key, None)
    return new_key, renamed


def move_work(state: ApplyingState, old_key: str, new_key: str) -> None:
    """What is known of the album stays with it under its new key; another part of it may be there already."""
    if old_key != new_key:
        try:
            state.rekey_work(old_key, new_key)
        except Conflict:
            state.forget_work(old_key)
    state.put_work_pending([new_key])


_NAMES = frozenset(field.name for field in fields(MediaNames))


def _names(pair: Pair, one: Fit) -> MediaNames:
    release, track, old = one.release, pair.of_release, pair.track.media.names
    artist = VARIOUS_ARTISTS if is_various(release.artist) else cleaned(release.artist)
    return replace(
        old,
        title=cleaned(track.title) or old.title,
        year=release.year or old.year,
        artist=cleaned(track.artist) or artist or old.artist,
        album=cleaned(release.title) or old.album,
        album_artist=artist or old.album_artist,
        disc_number=pair.medium.position,
        track_number=track.number,
    )


def _facts(pair: Pair, one: Fit, acoustid: str | None) -> TrackFacts:
    release, track = one.release, pair.of_release
    return replace(
        pair.track.facts,
        recording_id=track.recording_id or None,
        track_id=track.id or None,
        release_id=release.id,
        release_group_id=release.group_id or None,
        artist_ids=track.artist_ids,
        acoustid=acoustid or pair.track.facts.acoustid,
        artists=tuple(filter(None, map(cleaned, track.artists))),
        album_artist_ids=release.artist_ids,
        genres=tuple(filter(None, map(cleaned, release.genres))) or pair.track.facts.genres,
        label=cleaned(release.label) or None,
        catalog_number=cleaned(release.catalog_number) or None,
        disc_title=cleaned(pair.medium.title) or None,
        released_on=release.date or release.first_date or None,
        tracks=pair.medium.count,
        discs=len(release.media),
        is_compilation=is_various(release.artist),
    )
