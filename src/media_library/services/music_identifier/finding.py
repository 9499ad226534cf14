"""Asks the services which releases an album may be: by its ids, its disc, its sound, its name."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from media_library.adapters import fpcalc
from media_library.adapters.acoustid import AcoustId, Heard
from media_library.adapters.musicbrainz import FoundRelease, MusicBrainz, Release
from media_library.adapters.service_client import ServiceFailed
from media_library.errors import ToolFailed, ToolMissing
from media_library.models.tool import ToolRun
from media_library.services.music_identifier.album import Album, AlbumTrack
from media_library.services.music_identifier.choosing import best_form, is_alike
from media_library.services.music_identifier.fitting import Fit, Recordings, fit
from media_library.services.music_tags.words import is_various

log = logging.getLogger(__name__)

_LEAST_SCORE = 0.6
_LEAST_SHARE = 0.5
_MOST_GROUPS = 3
_MOST_FETCHED = 7
_MOST_HEARD = 40

Check = Callable[[], None]


@dataclass(slots=True)
class Heardings:
    """What the tracks of an album sound like. ``problem`` says why nobody listened, ``None`` if somebody did."""

    by_track: dict[str, tuple[Heard, ...]] = field(default_factory=dict)
    problem: str | None = None

    @property
    def recordings(self) -> Recordings:
        """The recordings of each track."""
        return {
            media_id: frozenset(one.recording_id for one in heard) for media_id, heard in self.by_track.items() if heard
        }

    def acoustid_of(self, media_id: str, recording_id: str) -> str | None:
        """The id of the sound by which a track was known as a recording."""
        heard = self.by_track.get(media_id, ())
        return next((one.acoustid for one in heard if one.recording_id == recording_id), None)


class Finder:
    """Looks for the releases of one album after another; nothing of an album is kept but the answers of services."""

    def __init__(
        self,
        musicbrainz: MusicBrainz,
        acoustid: AcoustId,
        path: Callable[[str], Path],
        country: Callable[[], str],
    ) -> None:
        """``path`` gives the place of a stored path, ``country`` (ISO 3166-1) whose releases are preferred."""
        self._musicbrainz = musicbrainz
        self._acoustid = acoustid
        self._path = path
        self._country = country

    def by_ids(self, album: Album, check: Check) -> list[Fit]:
        """The releases that the files name, the most named first."""
        named = Counter(track.facts.release_id for track in album.tracks if track.facts.release_id)
        wanted = [release_id for release_id, _ in named.most_common(2) if release_id]
        return self._fits(album, wanted, {}, check)

    def by_disc(self, album: Album, disc_id: str, check: Check) -> list[Fit]:
        """The releases with the disc that the album was ripped from."""
        found = self._musicbrainz.releases(disc_id, while_waiting=check)
        wanted = [one.id for one in found if len(one.tracks) == len(album.tracks)] or [one.id for one in found]
        return self._fits(album, wanted[:_MOST_GROUPS], {}, check)

    def listen(self, album: Album, check: Check) -> Heardings:
        """Make a fingerprint of every track, and ask what it is; what is not heard with certainty is left out."""
        heard = Heardings(problem=self._acoustid.why_not)
        if heard.problem is not None:
            return heard
        for track in album.tracks[:_MOST_HEARD]:
            try:
                heard.by_track[track.media.id] = self._heard(track, check)
            except ToolMissing as error:
                heard.problem = str(error)
                return heard
            except ServiceFailed as error:
                heard.problem = str(error)
                return heard
        return heard

    def by_sound(self, album: Album, heard: Heardings, check: Check) -> list[Fit]:
        """The releases that at least half of the tracks are on, by their sound."""
        votes: Counter[str] = Counter()
        counts: dict[str, int] = {}
        for found in heard.by_track.values():
            releases = {release.id: release.count for one in found for release in one.releases}
            votes.update(releases.keys())
            counts.update({release_id: count for release_id, count in releases.items() if count})
        if not votes:
            votes = self._votes_by_recording(heard, check)
        least = max(1, _LEAST_SHARE * len(album.tracks))
        wanted = [release_id for release_id, number in votes.items() if number >= least]
        wanted.sort(key=lambda one: (counts.get(one, 0) not in (0, len(album.tracks)), -votes[one], one))
        return self._best_of_groups(album, wanted, heard.recordings, check)

    def by_name(self, album: Album, heard: Heardings, check: Check) -> tuple[list[Fit], tuple[FoundRelease, ...]]:
        """The releases that are called alike and have as many tracks; and all that a search found, for a person."""
        if not album.title:
            return [], ()
        artist = "" if is_various(album.artist) else album.artist
        found = self._musicbrainz.search(album.title, artist=artist, count=len(album.tracks), while_waiting=check)
        alike = [one for one in found if is_alike(one.title, album.title) and one.count == len(album.tracks)]
        fits = self._best_of_groups(album, [one.id for one in alike], heard.recordings, check, known=alike)
        if not fits and not found:
            found = self._musicbrainz.search(album.title, artist=artist, while_waiting=check)
        return fits, found

    def search(self, title: str, artist: str, check: Check) -> tuple[FoundRelease, ...]:
        """What a person looks for."""
        return self._musicbrainz.search(title, artist=artist, while_waiting=check)

    def release(self, album: Album, release_id: str, check: Check) -> Fit | None:
        """One release that somebody chose."""
        release = self._musicbrainz.release(release_id, while_waiting=check)
        return None if release is None else fit(album, release, {})

    def _heard(self, track: AlbumTrack, check: Check) -> tuple[Heard, ...]:
        file = track.media.file
        if file is None:
            return ()
        try:
            print_ = _followed(fpcalc.fingerprint(self._path(file.path)), check)
        except ToolFailed as error:
            log.info("%s has no fingerprint: %s", track.media.id, error)
            return ()
        found = self._acoustid.lookup(print_.fingerprint, print_.duration_seconds, while_waiting=check)
        return tuple(one for one in found if one.score >= _LEAST_SCORE)

    def _votes_by_recording(self, heard: Heardings, check: Check) -> "Counter[str]":
        """AcoustID knew recordings but no releases: MusicBrainz is asked for those of a few of them."""
        recordings = [found[0].recording_id for found in heard.by_track.values() if found]
        votes: Counter[str] = Counter()
        asked = recordings[:_MOST_GROUPS]
        for recording_id in asked:
            releases = self._musicbrainz.releases_of_recording(recording_id, while_waiting=check)
            votes.update({one.id for one in releases})
        share = len(recordings) / max(len(asked), 1)
        return Counter({release_id: round(number * share) for release_id, number in votes.items()})

    def _best_of_groups(
        self,
        album: Album,
        wanted: Iterable[str],
        heard: Recordings,
        check: Check,
        known: Iterable[FoundRelease] = (),
    ) -> list[Fit]:
        """The releases that are wanted, best first; of forms of one album only those few that come into question."""
        fits: list[Fit] = []
        groups: set[str] = set()
        members = {one.id: one.group_id for one in known}
        fetched: set[str] = set()
        for release_id in wanted:
            if len(groups) >= _MOST_GROUPS or len(fetched) >= _MOST_FETCHED:
                break
            if release_id in fetched or members.get(release_id) in groups:
                continue
            first = self._fit(album, release_id, heard, check)
            fetched.add(release_id)
            if first is None:
                continue
            fits.append(first)
            group = first.release.group_id
            if not group or group in groups:
                continue
            groups.add(group)
            forms = self._musicbrainz.releases_of_group(group, while_waiting=check)
            members.update((one.id, group) for one in forms)
            better = best_form(album, forms, self._country())[: 1 if first.is_acceptable else 2]
            for form in better:
                if form.id not in fetched and len(fetched) < _MOST_FETCHED:
                    fetched.add(form.id)
                    other = self._fit(album, form.id, heard, check)
                    fits += [other] if other is not None else []
        return sorted(fits, key=lambda one: (not one.is_acceptable, -one.proven_share, one.seconds_apart or 999.0))

    def _fits(self, album: Album, release_ids: Iterable[str], heard: Recordings, check: Check) -> list[Fit]:
        found = [self._fit(album, release_id, heard, check) for release_id in release_ids]
        return [one for one in found if one is not None]

    def _fit(self, album: Album, release_id: str, heard: Recordings, check: Check) -> Fit | None:
        release: Release | None = self._musicbrainz.release(release_id, while_waiting=check)
        return None if release is None else fit(album, release, heard)


def _followed(run: ToolRun[fpcalc.Fingerprint], check: Check) -> fpcalc.Fingerprint:
    """Let a program run to its end, unless ``check`` breaks it off."""
    try:
        while True:
            next(run)
            check()
    except StopIteration as end:
        found: fpcalc.Fingerprint = end.value
        return found
    finally:
        run.close()
