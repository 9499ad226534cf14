"""What MusicBrainz answers (https://musicbrainz.org/doc/MusicBrainz_API), as far as it is read, and what it means.

They are read as JSON by declared shapes: what does not fit is refused at one place, and nothing of an answer can be
anything else than text, a number or a list of known depth. The client library of MusicBrainz reads only XML, and opens
connections of its own that know neither our limits nor our guard.
"""

import re
from collections.abc import Sequence

import msgspec

from media_library.adapters.musicbrainz.records import DiscRelease, FoundRelease, Medium, Release, ReleaseTrack

_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_LEAST_GENRE_VOTES = 1
_MOST_GENRES = 8


class Named(msgspec.Struct):
    """Something with an id and a name."""

    id: str = ""
    name: str = ""


class Credit(msgspec.Struct):
    """One of those who made something, and what stands between them and the next."""

    name: str = ""
    joinphrase: str = ""
    artist: Named = msgspec.field(default_factory=Named)


class Genre(msgspec.Struct):
    """A genre and how many people voted for it."""

    name: str = ""
    count: int = 0


class Recording(msgspec.Struct):
    """What was recorded; a track is its place on a release."""

    id: str = ""
    length: int | None = None
    isrcs: list[str] = msgspec.field(default_factory=list)
    artist_credit: list[Credit] = msgspec.field(default_factory=list, name="artist-credit")


class Track(msgspec.Struct):
    """A track; ``length`` is in milliseconds."""

    id: str = ""
    position: int = 0
    title: str = ""
    length: int | None = None
    artist_credit: list[Credit] = msgspec.field(default_factory=list, name="artist-credit")
    recording: Recording = msgspec.field(default_factory=Recording)


class Disc(msgspec.Struct):
    """A disc by the id of its table of contents."""

    id: str = ""


class MediumShape(msgspec.Struct):
    """A medium of a release."""

    position: int = 1
    title: str = ""
    format: str | None = None
    track_count: int = msgspec.field(default=0, name="track-count")
    discs: list[Disc] = msgspec.field(default_factory=list)
    tracks: list[Track] = msgspec.field(default_factory=list)


class Group(msgspec.Struct):
    """All releases of an album together."""

    id: str = ""
    primary_type: str | None = msgspec.field(default=None, name="primary-type")
    secondary_types: list[str] = msgspec.field(default_factory=list, name="secondary-types")
    first_release_date: str | None = msgspec.field(default=None, name="first-release-date")
    genres: list[Genre] = msgspec.field(default_factory=list)


class LabelInfo(msgspec.Struct):
    """Who published a release under which number."""

    catalog_number: str | None = msgspec.field(default=None, name="catalog-number")
    label: Named | None = None


class ReleaseShape(msgspec.Struct):
    """A release, by itself or in a list."""

    id: str
    title: str = ""
    status: str | None = None
    date: str | None = None
    country: str | None = None
    disambiguation: str = ""
    score: int = 0
    track_count: int = msgspec.field(default=0, name="track-count")
    artist_credit: list[Credit] = msgspec.field(default_factory=list, name="artist-credit")
    release_group: Group = msgspec.field(default_factory=Group, name="release-group")
    label_info: list[LabelInfo] = msgspec.field(default_factory=list, name="label-info")
    genres: list[Genre] = msgspec.field(default_factory=list)
    media: list[MediumShape] = msgspec.field(default_factory=list)


class ReleaseList(msgspec.Struct):
    """Releases, as a search, a disc or a recording lists them."""

    releases: list[ReleaseShape] = msgspec.field(default_factory=list)


def release_of(one: ReleaseShape) -> Release:
    """A release with all its tracks."""
    named = [info for info in one.label_info if info.label is not None and info.label.name]
    return Release(
        one.id,
        one.release_group.id,
        one.title,
        credited(one.artist_credit),
        _ids(one.artist_credit),
        one.date or "",
        one.release_group.first_release_date or "",
        one.country or "",
        one.status or "",
        one.release_group.primary_type or "",
        tuple(one.release_group.secondary_types),
        one.disambiguation,
        named[0].label.name if named and named[0].label is not None else "",
        next((info.catalog_number for info in one.label_info if info.catalog_number), ""),
        _genres([*one.release_group.genres, *one.genres]),
        tuple(_medium(medium) for medium in sorted(one.media, key=lambda medium: medium.position)),
    )


def found_release_of(one: ReleaseShape) -> FoundRelease:
    """A release as a list gives it."""
    return FoundRelease(
        one.id,
        one.release_group.id,
        one.title,
        credited(one.artist_credit),
        one.date or "",
        one.country or "",
        one.status or "",
        sum(medium.count for medium in map(_medium, one.media) if not medium.is_video) or one.track_count,
        tuple(medium.format or "" for medium in one.media),
        min(max(one.score, 0), 100),
    )


def disc_release_of(one: ReleaseShape, disc_id: str) -> DiscRelease | None:
    """A release as the disc with this id tells it; ``None`` if it is not on it."""
    medium = next((medium for medium in one.media if any(disc.id == disc_id for disc in medium.discs)), None)
    if medium is None:
        return None
    artists = _ids(one.artist_credit)
    return DiscRelease(
        one.id,
        one.release_group.id,
        one.title,
        credited(one.artist_credit),
        artists[0] if artists else "",
        one.date or "",
        medium.position,
        len(one.media),
        _medium(medium).tracks,
    )


def credited(credits: Sequence[Credit]) -> str:
    """Those who made something, as they are written together."""
    return "".join(credit.name + credit.joinphrase for credit in credits)


def _medium(medium: MediumShape) -> Medium:
    return Medium(
        medium.position,
        medium.title,
        medium.format or "",
        len(medium.tracks) or medium.track_count,
        tuple(_track(track) for track in medium.tracks),
        tuple(disc.id for disc in medium.discs),
    )


def _track(track: Track) -> ReleaseTrack:
    credits = track.artist_credit or track.recording.artist_credit
    return ReleaseTrack(
        track.position,
        track.title,
        credited(credits),
        track.recording.id,
        min(filter(_ISRC.fullmatch, track.recording.isrcs), default=None),
        track.id,
        max(track.length or track.recording.length or 0, 0),
        _ids(credits),
        tuple(credit.name for credit in credits if credit.name),
    )


def _ids(credits: Sequence[Credit]) -> tuple[str, ...]:
    return tuple(credit.artist.id for credit in credits if credit.artist.id)


def _genres(genres: Sequence[Genre]) -> tuple[str, ...]:
    wanted = sorted((genre for genre in genres if genre.count >= _LEAST_GENRE_VOTES), key=lambda one: -one.count)
    return tuple(dict.fromkeys(genre.name for genre in wanted if genre.name))[:_MOST_GENRES]
