"""Decides whether two tracks are the same recording, from their names, their artists and their lengths."""

from dataclasses import dataclass
from enum import IntEnum

from media_library.models.collection import LocalTrack, NewTrack, PlaylistTrack
from media_library.services.track_matching.artists import Agreement, Artists, agree, read_artists
from media_library.services.track_matching.folding import words_of
from media_library.services.track_matching.titles import Title, kinds_of_album, read_title

_NEAR_TITLE = 90.0
_ALIKE_TITLE = 80.0
_LONG_TITLE = 6
_CLOSE_MS = 3_000
_FAR_MS = 20_000
_FAR_SHARE = 0.08
_NOT_TO_BE_HAD = frozenset({"karaoke"})
_COMMON_TITLES = frozenset(
    {"intro", "outro", "interlude", "skit", "untitled", "prelude", "overture", "introduction", "epilogue", "prologue"}
)


class Band(IntEnum):
    """How sure it is that two tracks are the same recording."""

    NONE = 0
    AMBIGUOUS = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for a pair; ``score`` is 0 to 100."""

    band: Band
    score: float


@dataclass(frozen=True, slots=True)
class Prepared:
    """A track of either side, taken apart once."""

    raw: tuple[str, ...]
    title: Title
    artists: Artists
    album_artists: Artists | None
    album_key: str
    album_words: tuple[str, ...]
    kinds: frozenset[str]
    sorted_words: str
    duration_ms: int | None


_NOTHING = Verdict(Band.NONE, 0.0)


def prepare(track: NewTrack | PlaylistTrack | LocalTrack) -> Prepared:
    """Take a track apart."""
    title = read_title(track.title)
    album_artist = track.album_artist if isinstance(track, LocalTrack) else None
    return Prepared(
        words_of(track.title),
        title,
        read_artists(track.artist, title.guests),
        read_artists(album_artist, title.guests) if album_artist else None,
        read_title(track.album).key if track.album else "",
        words_of(track.album or ""),
        title.kinds | kinds_of_album(track.album),
        " ".join(sorted(title.words)),
        track.duration_ms or None,
    )


def judge(wanted: Prepared, local: Prepared) -> Verdict:
    """Whether ``local`` is the recording that is wanted."""
    likeness = _title_likeness(wanted, local)
    if likeness < _ALIKE_TITLE:
        return _NOTHING
    artists = _agreement(wanted, local)
    if artists is Agreement.DIFFERENT or (wanted.kinds ^ local.kinds) & _NOT_TO_BE_HAD:
        return _NOTHING
    distance = duration_distance(wanted, local)
    is_close = distance is not None and distance <= _CLOSE_MS
    is_far = distance is not None and distance > _FAR_MS and distance > _FAR_SHARE * max(_lengths(wanted, local))
    verdict = _of_names(
        wanted, local, likeness, artists, is_close=is_close, is_far=is_far, is_known=distance is not None
    )
    return _of_version(verdict, wanted, local, is_close=is_close, is_far=is_far)


def duration_distance(one: Prepared, other: Prepared) -> int | None:
    """The difference of the lengths in milliseconds, if both are known."""
    if one.duration_ms is None or other.duration_ms is None:
        return None
    return abs(one.duration_ms - other.duration_ms)


def _title_likeness(wanted: Prepared, local: Prepared) -> float:
    """How alike the names of the songs are, 0 to 100; 95 if only one of them has a subtitle."""
    one, other = wanted.title, local.title
    if one.key == other.key:
        return 100.0
    if one.numbers != other.numbers:
        return 0.0
    if one.bare_key == other.bare_key and (one.key == one.bare_key or other.key == other.bare_key):
        return 95.0
    from rapidfuzz import fuzz

    alike = max(
        fuzz.ratio(one.key, other.key, score_cutoff=_ALIKE_TITLE),
        fuzz.ratio(wanted.sorted_words, local.sorted_words, score_cutoff=_ALIKE_TITLE),
    )
    return min(alike, 94.0)


def _agreement(wanted: Prepared, local: Prepared) -> Agreement:
    found = agree(wanted.artists, local.artists)
    stand_in = local.artists.is_stand_in
    if local.album_artists is not None and found < Agreement.EQUAL:
        by_album = agree(wanted.artists, local.album_artists)
        if by_album > found and local.album_artists.is_known:
            # the album is by the wanted artist, this track of it by somebody else or by more people
            found = min(by_album, Agreement.PART if found >= Agreement.OVERLAP else Agreement.GUEST)
            found = by_album if not local.artists.is_known else found
    return Agreement.DIFFERENT if stand_in != wanted.artists.is_stand_in else found


def _of_names(
    wanted: Prepared,
    local: Prepared,
    likeness: float,
    artists: Agreement,
    *,
    is_close: bool,
    is_far: bool,
    is_known: bool,
) -> Verdict:
    """What title, artists and length say, whichever recording of the song it is."""
    is_same_album = bool(wanted.album_key) and wanted.album_key == local.album_key
    supported = is_close or (is_same_album and not is_far)
    if likeness == 100:
        if artists is Agreement.EQUAL:
            if wanted.title.key in _COMMON_TITLES and not supported:
                return Verdict(Band.LIKELY, 88) if not is_known else Verdict(Band.AMBIGUOUS, 75)
            # an edit and the whole may be called alike but for a word that says nothing
            return Verdict(Band.LIKELY, 90) if is_far and wanted.raw != local.raw else Verdict(Band.CERTAIN, 100)
        if artists is Agreement.PART:
            # the same song with and without its guests may be two recordings of the same length
            is_open = _has_guests_of_its_own(wanted, local) and wanted.album_words != local.album_words
            return Verdict(Band.LIKELY, 90) if is_far or is_open else Verdict(Band.CERTAIN, 97)
        if artists is Agreement.NEAR:
            return _by_length(Verdict(Band.CERTAIN, 95), Verdict(Band.LIKELY, 90), supported=supported, is_far=is_known)
        if artists is Agreement.GUEST:
            return _by_length(Verdict(Band.LIKELY, 92), Verdict(Band.LIKELY, 86), supported=supported, is_far=is_far)
        has_name = len(wanted.title.words) > 1 and artists is Agreement.UNKNOWN
        return Verdict(Band.LIKELY, 85) if supported and has_name else Verdict(Band.AMBIGUOUS, 70)
    if artists < Agreement.PART:
        return Verdict(Band.AMBIGUOUS, likeness - 25) if supported else _NOTHING
    if likeness == 95:
        return _by_length(Verdict(Band.CERTAIN, 95), Verdict(Band.LIKELY, 89), supported=supported, is_far=is_far)
    is_long = min(len(wanted.title.key), len(local.title.key)) >= _LONG_TITLE
    if likeness >= _NEAR_TITLE and is_long:
        return _by_length(
            Verdict(Band.CERTAIN, likeness), Verdict(Band.LIKELY, likeness - 5), supported=is_close, is_far=is_known
        )
    return Verdict(Band.AMBIGUOUS, likeness - 5 if is_close else likeness - 15)


def _has_guests_of_its_own(wanted: Prepared, local: Prepared) -> bool:
    """Whether a title names guests of whom the other side knows nothing at all."""
    fewer, more = sorted((wanted, local), key=lambda one: len(one.artists.keys))
    return bool(more.title.guests) and not fewer.title.guests and len(fewer.artists.keys) == 1


def _by_length(supported_verdict: Verdict, otherwise: Verdict, *, supported: bool, is_far: bool) -> Verdict:
    if supported:
        return supported_verdict
    return Verdict(Band.AMBIGUOUS, otherwise.score - 12) if is_far else otherwise


def _of_version(verdict: Verdict, wanted: Prepared, local: Prepared, *, is_close: bool, is_far: bool) -> Verdict:
    """The verdict for the very recording: a live one is not the one from the studio, nor that of another evening."""
    most = Verdict(Band.CERTAIN, 100)
    if wanted.kinds != local.kinds:
        only_by_album = wanted.title.kinds == local.title.kinds
        is_live = "live" in wanted.kinds & local.kinds
        most = Verdict(Band.LIKELY, 86) if (only_by_album or is_live) and is_close else Verdict(Band.AMBIGUOUS, 70)
    elif wanted.title.details != local.title.details and not (_is_same_evening(wanted, local) and is_close):
        one_says_nothing = not wanted.title.details or not local.title.details
        is_vague = one_says_nothing and wanted.kinds == {"live"}
        most = Verdict(Band.LIKELY, 88) if is_vague and is_close else Verdict(Band.AMBIGUOUS, 75)
    elif wanted.title.is_cut != local.title.is_cut and not is_close:
        most = Verdict(Band.AMBIGUOUS, 80) if is_far else Verdict(Band.LIKELY, 88)
    return Verdict(min(verdict.band, most.band), min(verdict.score, most.score))


def _is_same_evening(one: Prepared, other: Prepared) -> bool:
    """Whether two live recordings may be one: of the same album, or one says more about the place than the other."""
    if one.kinds != {"live"}:
        return False
    fewer, more = sorted((one.title.details, other.title.details), key=len)
    return bool(fewer and fewer <= more) or bool(one.album_key and one.album_key == other.album_key)


def _lengths(one: Prepared, other: Prepared) -> tuple[int, int]:
    return one.duration_ms or 0, other.duration_ms or 0
