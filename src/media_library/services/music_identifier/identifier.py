"""Finds out which album a key of the library is, applies what is certain and leaves the rest to a person."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from media_library.adapters.cover_art_archive import CoverArtArchive
from media_library.adapters.service_client import ServiceFailed, ServiceUnavailable
from media_library.app_state import AppState
from media_library.errors import NotFound
from media_library.models.disc import Disc
from media_library.models.preferences import LibraryPreferences
from media_library.models.work import Candidate, Settlement, Work, WorkState, album_work_key
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo import album_key
from media_library.services.music_identifier.album import Album, read_album
from media_library.services.music_identifier.applying import NameChange, apply_release, changes_of, take_back
from media_library.services.music_identifier.choosing import Decision, decide, found_candidate
from media_library.services.music_identifier.covers import AlbumCovers
from media_library.services.music_identifier.finding import Check, Finder, Heardings
from media_library.services.music_identifier.fitting import Fit
from media_library.services.music_identifier.splitting import split

log = logging.getLogger(__name__)

_CD = "cd:"
_MINUTE_MS = 60_000
_DAY_MS = 24 * 60 * _MINUTE_MS
_FIRST_PAUSE_MS = 10 * _MINUTE_MS
_MOST_CANDIDATES = 8


class AlbumIdentifier:
    """Identifies albums; one instance serves any number of threads."""

    def __init__(
        self,
        state: AppState,
        finder: Finder,
        archive: CoverArtArchive,
        covers: AlbumCovers,
        preferences: Callable[[], LibraryPreferences],
        after_identified: Callable[[Sequence[str]], None] = lambda _: None,
    ) -> None:
        """``after_identified`` is told the media that are known now."""
        self._state = state
        self._finder = finder
        self._archive = archive
        self._covers = covers
        self._preferences = preferences
        self._after_identified = after_identified

    def identify(self, key: str, check: Check) -> None:
        """Find out what the work ``key`` ("album:…") is, and settle it.

        What cannot be asked now is postponed with the reason. ``check`` is called often, and raises to break off.
        """
        for part in self._parts(key):
            self._identify(part, check)

    def candidates(self, title: str, artist: str, check: Check, *, key: str | None = None) -> tuple[Candidate, ...]:
        """What a person finds by a name; beside the album ``key`` if they look for that one."""
        album = None if key is None else self._album(key)
        found = self._finder.search(title, artist, check)
        return tuple(
            sorted((found_candidate(album, one) for one in found), key=lambda one: -one.score)[:_MOST_CANDIDATES]
        )

    def preview(self, key: str, release_id: str, check: Check) -> list[NameChange]:
        """What applying a release would change; raises ``NotFound``, and what services raise."""
        return changes_of(self._chosen(self._album(key), release_id, check))

    def apply(self, key: str, release_id: str, check: Check) -> str:
        """Apply the release that a person chose; returns the key of the album from then on. Raises ``NotFound``."""
        key = self._state.key_now(key)
        album = self._album(key)
        one = self._chosen(album, release_id, check)
        self._state.put_work_pending([key])
        work = self._state.work(key)
        candidates = () if work is None else work.candidates
        score = next((one.score for one in candidates if one.id == release_id), None)
        return self._write_down(album, one, Settlement(WorkState.CONFIRMED, None, score, candidates), None, check)

    def undo(self, key: str) -> str:
        """Take back what was applied last; returns the key of the album from then on. Raises ``Conflict``."""
        new_key, renamed = take_back(self._state, self._state.key_now(key))
        self._after_identified(renamed)
        return new_key

    def picture(self, release_id: str, check: Check) -> bytes | None:
        """A small picture of a candidate, as the archive has it."""
        return self._archive.front(release_id, small=True, while_waiting=check)

    def _parts(self, key: str) -> list[str]:
        """The key, and those of further albums that only had the same name."""
        album = self._album(key)
        editions = split(album)
        keys = [key]
        with self._state.transaction():
            for track in album.tracks:
                if (edition := editions.get(track.media.id)) is not None:
                    media = track.media
                    names = replace(media.names, edition=edition)
                    self._state.edit_media(media.id, names, media.locked)
                    keys.append(album_work_key(album_key(names) or album.key))
            if len(keys) > 1:
                self._state.put_work_pending(list(dict.fromkeys(keys)))
        return list(dict.fromkeys(keys))

    def _identify(self, key: str, check: Check) -> None:
        album = self._album(key)
        work = self._state.work(key)
        if not album.tracks:
            self._state.forget_work(key)
            return
        if work is None:
            self._state.put_work_pending([key])
        try:
            if work is not None and work.state in (WorkState.APPLIED, WorkState.CONFIRMED) and work.ids.musicbrainz:
                self._fit_in(album, work, check)
            elif work is None or work.state is not WorkState.DISMISSED:
                self._find(album, key, check)
        except (ServiceUnavailable, ServiceFailed) as error:
            tries = 0 if work is None else work.tries
            pause = min(_FIRST_PAUSE_MS * 2**tries, _DAY_MS)
            self._postpone(key, str(error), pause)
            self._dress(key, None, check)

    def _find(self, album: Album, key: str, check: Check) -> None:
        disc = self._disc(album)
        if disc is not None and disc.names.by_hand:
            reason = "A person named the disc that it was ripped from."
            self._state.settle_work(key, Settlement(WorkState.DISMISSED, reason))
            self._dress(key, None, check)
            return
        fits = self._finder.by_ids(album, check)
        proven = next((one for one in fits if one.is_acceptable or one.is_proven), None)
        if proven is not None:
            self._apply(album, proven, 1.0, None, check)
            return
        country = self._preferences().metadata_country
        disc_id = "" if disc is None or not disc.fingerprint.startswith(_CD) else disc.fingerprint.removeprefix(_CD)
        if disc_id:
            by_disc = self._finder.by_disc(album, disc_id, check)
            decision = decide(album, by_disc, country=country, named_only=False)
            if decision.applied is not None:
                self._apply(album, decision.applied, 1.0, None, check)
                return
            fits += by_disc
        heard = self._finder.listen(album, check)
        by_sound = self._finder.by_sound(album, heard, check)
        decision = decide(album, by_sound, country=country, named_only=False)
        if decision.applied is None and not any(one.is_acceptable for one in by_sound):
            by_name, found = self._finder.by_name(album, heard, check)
            named = decide(album, by_name, country=country, named_only=True)
            seen = {one.release.id for one in (*by_name, *by_sound)}
            others = tuple(found_candidate(album, one) for one in found if one.id not in seen)
            decision = _together(named, decide(album, [*fits, *by_sound], country=country, named_only=True), others)
        if decision.applied is not None:
            self._apply(album, decision.applied, decision.score, heard, check)
            return
        self._leave(key, decision, heard)
        self._dress(key, None, check)

    def _fit_in(self, album: Album, work: Work, check: Check) -> None:
        """Something came to an album that is known: it gets its names from the same release."""
        one = self._finder.release(album, work.ids.musicbrainz or "", check)
        if one is not None and one.pairs and (one.is_acceptable or one.is_proven or work.state is WorkState.CONFIRMED):
            settlement = Settlement(work.state, work.reason, work.score, work.candidates)
            self._write_down(album, one, settlement, None, check)
        else:
            self._state.rest_work(work.key, 0)

    def _apply(self, album: Album, one: Fit, score: float | None, heard: Heardings | None, check: Check) -> None:
        reason = None
        if one.present != one.expected:
            reason = f"{one.present} of its {one.expected} tracks are here."
        self._write_down(album, one, Settlement(WorkState.APPLIED, reason, score), heard, check)

    def _write_down(self, album: Album, one: Fit, settlement: Settlement, heard: Heardings | None, check: Check) -> str:
        known = (lambda _, __: None) if heard is None else heard.acoustid_of
        key, _ = apply_release(self._state, album, one, settlement, known)
        self._dress(key, one, check)
        self._after_identified(self._state.media_of_work(key))
        return key

    def _leave(self, key: str, decision: Decision, heard: Heardings) -> None:
        """Nothing is certain: a person looks at what was found, or it is tried again when more can be asked."""
        if decision.candidates:
            reason = decision.reason or "MusicBrainz knows albums of this name, but none that fits."
            if heard.problem is not None:
                reason = f"{reason} {heard.problem}"
            self._state.settle_work(
                key, Settlement(WorkState.REVIEW, reason, decision.score, decision.candidates[:_MOST_CANDIDATES])
            )
        elif heard.problem is not None:
            self._postpone(key, heard.problem, _DAY_MS)
        else:
            reason = "MusicBrainz does not know this album, neither by its sound nor by its name. Keep it as it is, or"
            self._state.settle_work(key, Settlement(WorkState.UNKNOWN, f"{reason} look for it under another name."))

    def _postpone(self, key: str, reason: str, pause_ms: int) -> None:
        log.info("%s is identified later: %s", key, reason)
        self._state.settle_work(key, Settlement(WorkState.POSTPONED, reason, not_before=now_ms() + pause_ms))

    def _dress(self, key: str, one: Fit | None, check: Check) -> None:
        release = None if one is None else one.release
        if self._covers.dress(self._album(key), release, check):
            work = self._state.work(key)
            self._state.mark_work_artwork(key, poster=True, backdrop=work is not None and work.has_backdrop)

    def _chosen(self, album: Album, release_id: str, check: Check) -> Fit:
        one = self._finder.release(album, release_id, check)
        if one is None or not one.pairs:
            raise NotFound("MusicBrainz has no such release with tracks. Choose another one.")
        return one

    def _album(self, key: str) -> Album:
        return read_album(self._state, key.partition(":")[2])

    def _disc(self, album: Album) -> Disc | None:
        """The disc that all tracks of an album were ripped from."""
        discs = {track.media.disc_id for track in album.tracks}
        disc_id = discs.pop() if len(discs) == 1 else None
        return None if disc_id is None else self._state.get_disc(disc_id)


def _together(named: Decision, others: Decision, found: tuple[Candidate, ...]) -> Decision:
    """What was found by name, with what else may be meant."""
    if named.applied is not None:
        return named
    by_id = {one.id: one for one in (*found, *others.candidates, *named.candidates)}
    candidates = tuple(sorted(by_id.values(), key=lambda one: -one.score))
    score = candidates[0].score if candidates else None
    return Decision(None, named.reason or others.reason, score, candidates)
