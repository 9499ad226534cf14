"""What the tags of a track should be by what the library knows, and which of them the file has otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from media_library.models.media import Media
from media_library.models.music import Loudness, TrackFacts, TrackTags
from media_library.services.music_tags.words import is_various

_R128_BELOW_REPLAYGAIN = (
    5.0  # dB: R128 tags aim at -23 LUFS, ReplayGain at -18 (https://datatracker.ietf.org/doc/rfc7845)
)
_R128_STEPS = 256
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class TagChange:
    """A tag that is to be written: what the file says now (``None`` = nothing), and what it will say."""

    tag: str
    old: str | None
    new: str


@dataclass(frozen=True, slots=True)
class TagPlan:
    """What would be written into the file of a track. ``problem`` says why it cannot be, ``None`` if it can."""

    media_id: str
    path: str
    changes: tuple[TagChange, ...]
    problem: str | None


def wanted_tags(
    media: Media, facts: TrackFacts, loudness: Loudness | None, *, isrc: str | None, first_date: str | None
) -> dict[str, tuple[str, ...]]:
    """The tags of a track under their Vorbis names; what is not known is left out, and stays what it is in the file."""
    names = media.names
    artists = facts.artists if len(facts.artists) > 1 else ()
    is_compilation = facts.is_compilation or is_various(names.album_artist or "")
    single = {
        "TITLE": names.title,
        "ARTIST": names.artist,
        "ALBUM": names.album,
        "ALBUMARTIST": names.album_artist,
        "TRACKNUMBER": names.track_number,
        "TOTALTRACKS": facts.tracks or None,
        "DISCNUMBER": names.disc_number,
        "TOTALDISCS": (facts.discs or None) if names.disc_number else None,
        "DISCSUBTITLE": facts.disc_title,
        "DATE": facts.released_on if facts.release_id else names.year,
        "ORIGINALDATE": first_date if facts.release_id else None,
        "LABEL": facts.label,
        "CATALOGNUMBER": facts.catalog_number,
        "ISRC": isrc,
        "COMPILATION": 1 if is_compilation else None,
        "MUSICBRAINZ_TRACKID": facts.recording_id,
        "MUSICBRAINZ_RELEASETRACKID": facts.track_id,
        "MUSICBRAINZ_ALBUMID": facts.release_id,
        "MUSICBRAINZ_RELEASEGROUPID": facts.release_group_id,
        "ACOUSTID_ID": facts.acoustid,
    }
    several = {
        "ARTISTS": artists,
        "GENRE": facts.genres,
        "MUSICBRAINZ_ARTISTID": facts.artist_ids,
        "MUSICBRAINZ_ALBUMARTISTID": facts.album_artist_ids,
    }
    tags: dict[str, tuple[str, ...]] = {
        name: (str(value),) for name, value in single.items() if value not in (None, "")
    }
    tags |= {name: values for name, values in several.items() if values}
    return {**tags, **_gains(loudness)}


def present_tags(tags: TrackTags) -> dict[str, tuple[str, ...]]:
    """What a file says now, under the same names."""
    single = {
        "TITLE": tags.title,
        "ARTIST": tags.artist,
        "ALBUM": tags.album,
        "ALBUMARTIST": tags.album_artist,
        "TRACKNUMBER": tags.track or "",
        "TOTALTRACKS": tags.tracks or "",
        "DISCNUMBER": tags.disc or "",
        "TOTALDISCS": tags.discs or "",
        "DISCSUBTITLE": tags.disc_title,
        "DATE": tags.date,
        "ORIGINALDATE": tags.original_date,
        "LABEL": tags.label,
        "CATALOGNUMBER": tags.catalog_number,
        "ISRC": tags.isrc,
        "COMPILATION": "" if tags.is_compilation is None else int(tags.is_compilation),
        "MUSICBRAINZ_TRACKID": tags.recording_id,
        "MUSICBRAINZ_RELEASETRACKID": tags.track_id,
        "MUSICBRAINZ_ALBUMID": tags.release_id,
        "MUSICBRAINZ_RELEASEGROUPID": tags.release_group_id,
        "ACOUSTID_ID": tags.acoustid,
        "REPLAYGAIN_TRACK_GAIN": "" if tags.track_gain is None else _decibels(tags.track_gain),
        "REPLAYGAIN_ALBUM_GAIN": "" if tags.album_gain is None else _decibels(tags.album_gain),
    }
    several = {
        "ARTISTS": tags.artists if len(tags.artists) > 1 else (),
        "GENRE": tags.genres,
        "MUSICBRAINZ_ARTISTID": tags.artist_ids,
        "MUSICBRAINZ_ALBUMARTISTID": tags.album_artist_ids,
    }
    found: dict[str, tuple[str, ...]] = {name: (str(value),) for name, value in single.items() if value != ""}
    return {**found, **{name: values for name, values in several.items() if values}}


def differences(wanted: Mapping[str, tuple[str, ...]], present: Mapping[str, tuple[str, ...]]) -> tuple[TagChange, ...]:
    """The tags that the file has otherwise. Peaks are written with their gains and are not compared."""
    return tuple(
        TagChange(name, _shown(present[name]) if name in present else None, _shown(values))
        for name, values in wanted.items()
        if values != present.get(name) and not name.endswith("_PEAK")
    )


def as_written(values: Mapping[str, tuple[str, ...]], container: str) -> dict[str, tuple[str, ...]]:
    """The tags as their container wants them: Opus has gains of its own, and no peaks."""
    if container != "opus":
        return dict(values)
    written = {name: texts for name, texts in values.items() if not name.startswith("REPLAYGAIN_")}
    for name in ("TRACK", "ALBUM"):
        if gain := values.get(f"REPLAYGAIN_{name}_GAIN"):
            decibels = float(gain[0].removesuffix(" dB")) - _R128_BELOW_REPLAYGAIN
            written[f"R128_{name}_GAIN"] = (str(round(decibels * _R128_STEPS)),)
    return written


def _gains(loudness: Loudness | None) -> dict[str, tuple[str, ...]]:
    if loudness is None:
        return {}
    gains: dict[str, tuple[str, ...]] = {
        "REPLAYGAIN_TRACK_GAIN": (_decibels(loudness.track_gain),),
        "REPLAYGAIN_TRACK_PEAK": (f"{loudness.track_peak:.6f}",),
    }
    if loudness.album_gain is not None and loudness.album_peak is not None:
        gains["REPLAYGAIN_ALBUM_GAIN"] = (_decibels(loudness.album_gain),)
        gains["REPLAYGAIN_ALBUM_PEAK"] = (f"{loudness.album_peak:.6f}",)
    return gains


def _decibels(gain: float) -> str:
    return f"{gain:.2f} dB"


def _shown(values: tuple[str, ...]) -> str:
    return "; ".join(values)[:_SHOWN]
