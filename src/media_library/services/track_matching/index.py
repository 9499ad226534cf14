"""The tracks of the library, arranged so that the few that may be meant by a playlist are found at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from media_library.models.collection import Candidate, LocalTrack, Match, MatchState, NewTrack, PlaylistTrack
from media_library.services.track_matching.judge import Band, Prepared, Verdict, duration_distance, judge, prepare

_MOST_CANDIDATES = 5
_COMMON_WORD = 400
_RARE_WORDS = 2
_UNKNOWN_DISTANCE = 5_000
_TOO_ALIKE = 2.0


class TrackIndex:
    """Finds tracks of the library. Building it takes about a second for 20,000 of them; then it only reads."""

    def __init__(self, tracks: Iterable[LocalTrack]) -> None:
        self._tracks = list(tracks)
        self._prepared = [prepare(track) for track in self._tracks]
        self._by_isrc: dict[str, list[int]] = defaultdict(list)
        self._by_title: dict[str, list[int]] = defaultdict(list)
        self._by_artist: dict[str, list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (track, prepared) in enumerate(zip(self._tracks, self._prepared, strict=True)):
            if track.isrc:
                self._by_isrc[track.isrc].append(place)
            for key in {prepared.title.key, prepared.title.bare_key}:
                self._by_title[key].append(place)
            for key in _artist_keys(prepared):
                self._by_artist[key].append(place)
            for word in set(prepared.title.words):
                self._by_word[word].append(place)

    def match(self, wanted: NewTrack | PlaylistTrack) -> Match:
        """What a track of a playlist is in the library.

        The same ISRC, or the same title and artist, is certain; otherwise the names and the lengths decide.
        """
        prepared = prepare(wanted)
        coded = self._by_isrc.get(wanted.isrc or "", ())
        if coded:
            best = min(coded, key=lambda place: self._rank(prepared, place, Verdict(Band.CERTAIN, 100)))
            return Match(
                MatchState.CERTAIN, self._tracks[best].media_id, 100.0, (Candidate(self._tracks[best].media_id, 100.0),)
            )
        verdicts = {place: judge(prepared, self._prepared[place]) for place in set(self._near(prepared))}
        found = sorted(
            (place for place, verdict in verdicts.items() if verdict.band),
            key=lambda place: self._rank(prepared, place, verdicts[place]),
        )
        return self._outcome(found[:_MOST_CANDIDATES], verdicts)

    def _outcome(self, found: list[int], verdicts: dict[int, Verdict]) -> Match:
        if not found:
            return Match(MatchState.NONE)
        candidates = tuple(Candidate(self._tracks[place].media_id, round(verdicts[place].score, 1)) for place in found)
        best = verdicts[found[0]]
        rivals = [
            place
            for place in found[1:]
            if best.band is Band.LIKELY
            and verdicts[place].score > best.score - _TOO_ALIKE
            and self._prepared[place].title.key != self._prepared[found[0]].title.key
        ]
        if best.band is Band.AMBIGUOUS or rivals:
            return Match(MatchState.AMBIGUOUS, None, candidates[0].score, candidates)
        state = MatchState.CERTAIN if best.band is Band.CERTAIN else MatchState.LIKELY
        return Match(state, candidates[0].media_id, candidates[0].score, candidates)

    def _near(self, wanted: Prepared) -> Iterator[int]:
        """The places of what may be meant: of the same name, by the same artists, or with the rarest of its words."""
        yield from self._by_title.get(wanted.title.key, ())
        yield from self._by_title.get(wanted.title.bare_key, ())
        for key in _artist_keys(wanted):
            yield from self._by_artist.get(key, ())
        postings = sorted((self._by_word[word] for word in set(wanted.title.words) if word in self._by_word), key=len)
        for posting in postings[:_RARE_WORDS]:
            if len(posting) <= _COMMON_WORD:
                yield from posting

    def _rank(self, wanted: Prepared, place: int, verdict: Verdict) -> tuple[float, float, bool, int, int]:
        """Smaller is better: by verdict, then the same album, the nearer length, what came first."""
        local = self._prepared[place]
        distance = duration_distance(wanted, local)
        is_other_album = not wanted.album_key or wanted.album_key != local.album_key
        return -verdict.band, -verdict.score, is_other_album, _UNKNOWN_DISTANCE if distance is None else distance, place


def _artist_keys(prepared: Prepared) -> set[str]:
    found = set()
    for artists in (prepared.artists, prepared.album_artists):
        if artists is not None and artists.is_known:
            found |= {artists.whole, *artists.keys}
    return found
