"""Which release an album is: the one that fits, the best form of the one album that fits, or a person decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from media_library.adapters.musicbrainz import FoundRelease, Release
from media_library.models.work import Candidate, WorkKind
from media_library.services.music_identifier.album import Album
from media_library.services.music_identifier.fitting import MOST_SECONDS_APART, Fit
from media_library.services.music_tags.words import folded, is_various

SOURCE = "musicbrainz"
_MOST_CANDIDATES = 8
_WORLDWIDE = ("XW", "XE", "")
_FORMATS = ("CD", "Digital Media")
_ALIKE = 85.0
_SIMILAR_TRACKS = 0.5


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of it: the fit that is to be applied, or why a person has to look, with the candidates best first."""

    applied: Fit | None
    reason: str | None
    score: float | None
    candidates: tuple[Candidate, ...]


def decide(album: Album, fits: Sequence[Fit], *, country: str, named_only: bool) -> Decision:
    """Choose among releases that were laid beside the album.

    Several that are acceptable must be forms of one album; ``named_only`` are those that were found by name, which must
    then agree with it.
    """
    candidates = candidates_of(album, fits)
    agrees = _agrees if named_only else _is_not_contradicted
    acceptable = [one for one in fits if one.is_acceptable and agrees(album, one)]
    named = [one for one in acceptable if folded(one.release.title) == folded(album.title)]
    if album.is_tagged and named:
        acceptable = named
    groups = {one.release.group_id or one.release.id for one in acceptable}
    if len(groups) == 1:
        best = min(acceptable, key=lambda one: (_rank(album, one.release, country), one.seconds_apart))
        return Decision(best, None, _score(album, best), candidates)
    if len(groups) > 1:
        titles = sorted({f"“{one.release.title}”" for one in acceptable})
        reason = f"{len(groups)} albums fit equally well: {', '.join(titles)}. Choose the right one."
        return Decision(None, reason, candidates[0].score, candidates)
    if not fits:
        return Decision(None, None, None, ())
    return Decision(None, _why_not(album, fits[0]), candidates[0].score, candidates)


def best_form(album: Album, forms: Iterable[FoundRelease], country: str) -> list[FoundRelease]:
    """The forms of an album that have as many tracks as there are here, in the order of preference."""
    same = [one for one in forms if one.count == len(album.tracks)]
    return sorted(same, key=lambda one: _rank(album, one, country))


def candidates_of(album: Album, fits: Iterable[Fit]) -> tuple[Candidate, ...]:
    """Releases as a person chooses among them, best first."""
    found = {one.release.id: candidate_of(album, one) for one in fits}
    return tuple(sorted(found.values(), key=lambda one: -one.score)[:_MOST_CANDIDATES])


def candidate_of(album: Album, one: Fit) -> Candidate:
    """A release with what speaks for it and against."""
    release, reasons = one.release, []
    if one.proven_share:
        known = sum(pair.is_proven for pair in one.pairs)
        reasons.append(f"{known} of {one.present} tracks are known to be on it")
    if one.present != one.expected:
        reasons.append(f"it has {one.expected} tracks, here are {one.present}")
    if one.seconds_apart is None:
        reasons.append("MusicBrainz does not know how long its tracks are")
    elif one.seconds_apart > MOST_SECONDS_APART:
        reasons.append(f"its tracks differ by {one.seconds_apart:.0f} s on average")
    else:
        reasons.append("its tracks are as long as these")
    if folded(release.title) != folded(album.title):
        reasons.append("it has another title")
    return Candidate(
        SOURCE,
        release.id,
        WorkKind.ALBUM,
        release.title,
        artist=release.artist or None,
        year=release.year,
        overview=release.disambiguation or None,
        tracks=release.count,
        country=release.country or None,
        picture=release.id,
        score=_score(album, one),
        reasons=tuple(reasons),
    )


def found_candidate(album: Album | None, one: FoundRelease) -> Candidate:
    """A release of a list that nobody laid beside the album yet."""
    reasons = ["it has as many tracks"] if album is not None and one.count == len(album.tracks) else []
    if album is not None and one.count != len(album.tracks):
        reasons.append(f"it has {one.count} tracks, here are {len(album.tracks)}")
    return Candidate(
        SOURCE,
        one.id,
        WorkKind.ALBUM,
        one.title,
        artist=one.artist or None,
        year=int(one.date[:4]) if one.date[:4].isdecimal() else None,
        tracks=one.count,
        country=one.country or None,
        picture=one.id,
        score=round(
            one.score / 100 * (0.6 if not reasons or one.count == (len(album.tracks) if album else 0) else 0.4), 3
        ),
        reasons=tuple(reasons),
    )


def is_alike(one: str, other: str) -> bool:
    """Whether two names are the same but for small differences."""
    from rapidfuzz import fuzz  # slow to import, and needed by the identification of music only

    return fuzz.ratio(folded(one), folded(other)) >= _ALIKE


def _is_not_contradicted(album: Album, one: Fit) -> bool:
    """Whether the tags of an album, if it has any, agree with a release at least in its title, artist or tracks."""
    if not album.is_tagged:
        return True
    titles = folded(album.title), folded(one.release.title)
    is_titled = is_alike(*titles) or titles[0] in titles[1] or titles[1] in titles[0]
    return is_titled or is_alike(album.artist, one.release.artist) or one.alike >= _SIMILAR_TRACKS


def _agrees(album: Album, one: Fit) -> bool:
    """Whether title and artist of a release are those of the album, and its tracks are not called quite otherwise."""
    release = one.release
    if album.is_tagged and one.alike < _SIMILAR_TRACKS:
        return False
    if not is_alike(album.title, release.title):
        return False
    if album.is_compilation or not album.artist:
        return is_various(release.artist) == album.is_compilation
    return is_alike(album.artist, release.artist) or folded(album.artist) in folded(release.artist)


def _why_not(album: Album, best: Fit) -> str:
    if best.present != best.expected:
        return (
            f"“{best.release.title}” is likely, but it has {best.expected} tracks and here are {best.present}."
            " Choose it, or keep the album as it is."
        )
    if best.seconds_apart is None:
        return f"“{best.release.title}” is likely, but the lengths of its tracks are not known. Confirm it."
    if best.seconds_apart > MOST_SECONDS_APART:
        return (
            f"“{best.release.title}” has as many tracks, but they differ by {best.seconds_apart:.0f} s on average."
            " It may be another recording."
        )
    return f"“{best.release.title}” fits, but its name differs from “{album.title}”. Confirm it."


def _rank(album: Album, release: Release | FoundRelease, country: str) -> tuple[object, ...]:
    """Smaller is better: as the files are dated, official, of this country, the oldest, on a usual medium."""
    formats = release.formats if isinstance(release, FoundRelease) else tuple(one.format for one in release.media)
    places = (country.upper(), *_WORLDWIDE)
    return (
        bool(album.release_date) and not release.date.startswith(album.release_date[:10]),
        release.status not in ("Official", ""),
        places.index(release.country) if release.country in places else len(places),
        release.date or "9999",
        min((_FORMATS.index(one) for one in formats if one in _FORMATS), default=len(_FORMATS)),
        release.id,
    )


def _score(album: Album, one: Fit) -> float:
    """0 to 1: ids and sound, the number of tracks, their lengths and the titles."""
    length = 0.0 if one.seconds_apart is None else max(0.0, 1 - one.seconds_apart / (2 * MOST_SECONDS_APART))
    count = min(one.present, one.expected) / max(one.present, one.expected, 1)
    title = 1.0 if is_alike(album.title, one.release.title) else 0.0
    names = 0.5 * one.alike + 0.5 * title
    return round(min(1.0, 0.35 * max(one.proven_share, one.alike) + 0.25 * count + 0.25 * length + 0.15 * names), 3)
