"""How well the tracks of an album fit those of a release: which is which, and how far their lengths differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from media_library.adapters.musicbrainz import Medium, Release, ReleaseTrack
from media_library.services.music_identifier.album import Album, AlbumTrack
from media_library.services.music_tags.words import folded

MOST_SECONDS_APART = 15.0
"""The mean difference of the lengths up to which a release may be the album."""

_ALIKE = 80.0
_KNOWN_SHARE = 0.5

Recordings = Mapping[str, frozenset[str]]
"""The recordings that tracks sound like, by the ids of the tracks."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A track of the library and the one of a release that it is."""

    track: AlbumTrack
    medium: Medium
    of_release: ReleaseTrack
    is_proven: bool
    """By an id or by its sound, and not only by its place or its title."""


@dataclass(frozen=True, slots=True)
class Fit:
    """An album beside a release.

    ``expected`` is how many tracks the release has, or the one disc of it that is here. ``seconds_apart`` is the mean
    difference of the lengths, ``None`` where MusicBrainz does not know enough of them. ``alike`` is 0 to 1, how far the
    titles agree.
    """

    release: Release
    pairs: tuple[Pair, ...]
    present: int
    expected: int
    seconds_apart: float | None
    alike: float

    @property
    def is_acceptable(self) -> bool:
        """Equal numbers of tracks, each with its counterpart, and lengths that agree."""
        return (
            self.present == self.expected == len(self.pairs)
            and self.seconds_apart is not None
            and self.seconds_apart <= MOST_SECONDS_APART
        )

    @property
    def is_proven(self) -> bool:
        """Every track that is here was found on the release by its id or its sound; some may be missing."""
        lengths_agree = self.seconds_apart is None or self.seconds_apart <= MOST_SECONDS_APART
        return bool(self.pairs) and len(self.pairs) == self.present and lengths_agree and self.proven_share == 1.0

    @property
    def proven_share(self) -> float:
        """How many of the tracks are proven, 0 to 1."""
        return sum(pair.is_proven for pair in self.pairs) / max(self.present, 1)


def fit(album: Album, release: Release, heard: Recordings) -> Fit:
    """Lay the tracks of an album beside those of a release."""
    media = _media(album, release)
    slots = [(medium, track) for medium in media for track in medium.tracks]
    pairs = _paired(album.tracks, slots, heard)
    gaps = [
        abs(pair.track.media.duration_ms - pair.of_release.duration_ms) / 1000
        for pair in pairs
        if pair.of_release.duration_ms and pair.track.media.duration_ms
    ]
    knows_lengths = bool(gaps) and len(gaps) >= _KNOWN_SHARE * len(pairs)
    return Fit(
        release,
        pairs,
        len(album.tracks),
        sum(medium.count for medium in media),
        sum(gaps) / len(gaps) if knows_lengths else None,
        sum(_alike(pair.track, pair.of_release) for pair in pairs) / len(pairs) / 100 if pairs else 0.0,
    )


def _media(album: Album, release: Release) -> Sequence[Medium]:
    """The discs to compare with: all of them, or the one of a set that is here."""
    discs = {track.place[0] for track in album.tracks}
    if len(discs) == 1 and len(album.tracks) != release.count and len(release.sound) > 1:
        [disc] = discs
        only = [medium for medium in release.sound if medium.position == disc and medium.count == len(album.tracks)]
        if only:
            return only
    return release.sound


def _paired(
    tracks: Sequence[AlbumTrack], slots: Sequence[tuple[Medium, ReleaseTrack]], heard: Recordings
) -> tuple[Pair, ...]:
    """Which track is which: by ids and sound, then by place, then by title, then by order if as many are left."""
    free = dict(enumerate(slots))
    found: dict[str, tuple[int, bool]] = {}

    def take(track: AlbumTrack, places: Iterable[int], *, is_proven: bool) -> None:
        chosen = min(places, key=lambda place: (_place(slots[place]) != _numbered(track), place), default=None)
        if chosen is not None and track.media.id not in found:
            found[track.media.id] = (chosen, is_proven)
            del free[chosen]

    def rest() -> list[AlbumTrack]:
        return [track for track in tracks if track.media.id not in found]

    for track in tracks:
        take(track, [at for at, (_, slot) in free.items() if _is_same(track, slot, heard)], is_proven=True)
    for track in rest():
        here = [at for at, slot in free.items() if _place(slot) == _numbered(track)]
        if here and (not track.facts.is_tagged or _alike(track, slots[here[0]][1]) >= _ALIKE):
            take(track, here, is_proven=False)
    for track in rest():
        scored = {at: _alike(track, slot) for at, (_, slot) in free.items()}
        best = max(scored.values(), default=0.0)
        take(track, [at for at, score in scored.items() if score == best >= _ALIKE], is_proven=False)
    for track in rest():
        take(track, [at for at, slot in free.items() if _place(slot) == _numbered(track)], is_proven=False)
    if len(rest()) == len(free):
        for track, place in zip(rest(), sorted(free), strict=True):
            take(track, [place], is_proven=False)
    return tuple(
        Pair(track, *slots[found[track.media.id][0]], found[track.media.id][1])
        for track in tracks
        if track.media.id in found
    )


def _is_same(track: AlbumTrack, slot: ReleaseTrack, heard: Recordings) -> bool:
    if track.facts.track_id and slot.id:
        return track.facts.track_id == slot.id
    if not slot.recording_id:
        return False
    return slot.recording_id == track.facts.recording_id or slot.recording_id in heard.get(track.media.id, ())


def _place(slot: tuple[Medium, ReleaseTrack]) -> tuple[int, int]:
    return slot[0].position, slot[1].number


def _numbered(track: AlbumTrack) -> tuple[int, int]:
    return track.place[0] or 1, track.place[1]


def _alike(track: AlbumTrack, slot: ReleaseTrack) -> float:
    """How far two titles agree, 0 to 100."""
    from rapidfuzz import fuzz  # slow to import, and needed by the identification of music only

    return fuzz.ratio(folded(track.media.names.title), folded(slot.title))
