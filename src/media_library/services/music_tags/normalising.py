"""Tags in one form, whatever the format of the file and whoever wrote them.

The names are those of Picard (https://picard-docs.musicbrainz.org, "Tag mapping") and of what iTunes, Windows and
foobar write. With prefixes and punctuation taken away, most of them are the same in all formats.
"""

import re
from collections.abc import Iterable

from media_library.models.music import RawTags, TrackTags
from media_library.services.music_tags.words import cleaned, says_nothing

_PREFIXES = ("txxx:", "----:com.apple.itunes:", "wm/")
_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "tit2", "©nam"),
    "artist": ("artist", "tpe1", "©art", "author"),
    "artists": ("artists",),
    "album": ("album", "talb", "©alb", "albumtitle"),
    "album_artist": ("albumartist", "tpe2", "aart"),
    "track": ("tracknumber", "trck", "trkn", "track"),
    "tracks": ("totaltracks", "tracktotal"),
    "disc": ("discnumber", "tpos", "disk", "disc", "partofset"),
    "discs": ("totaldiscs", "disctotal"),
    "disc_title": ("discsubtitle", "tsst", "setsubtitle"),
    "date": ("date", "tdrc", "©day", "year", "tdrl", "tyer", "releasedate"),
    "original_date": ("originaldate", "tdor", "originalreleasetime", "originalyear", "tory", "originalreleaseyear"),
    "genres": ("genre", "tcon", "©gen"),
    "label": ("label", "tpub", "organization", "publisher"),
    "catalog_number": ("catalognumber", "catalogno"),
    "composer": ("composer", "tcom", "©wrt"),
    "compilation": ("compilation", "tcmp", "cpil", "iscompilation"),
    "isrc": ("isrc", "tsrc"),
    "recording_id": ("musicbrainztrackid", "ufid:httpmusicbrainzorg", "musicbrainzrecordingid"),
    "track_id": ("musicbrainzreleasetrackid",),
    "release_id": ("musicbrainzalbumid", "musicbrainzreleaseid"),
    "release_group_id": ("musicbrainzreleasegroupid",),
    "artist_ids": ("musicbrainzartistid",),
    "album_artist_ids": ("musicbrainzalbumartistid",),
    "disc_id": ("musicbrainzdiscid",),
    "acoustid": ("acoustidid",),
    "track_gain": ("replaygaintrackgain",),
    "album_gain": ("replaygainalbumgain",),
    "opus_track_gain": ("r128trackgain",),
    "opus_album_gain": ("r128albumgain",),
}
"""Our names, and the names of tags without punctuation, the best first."""

_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DISC_ID = re.compile(r"[0-9A-Za-z._-]{28}")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_DATE = re.compile(r"((?:1[6-9]|20)\d\d)(?:\D(\d{1,2})(?:\D(\d{1,2}))?)?")
_COMPACT_DATE = re.compile(r"((?:1[6-9]|20)\d\d)(\d\d)(\d\d)")
_NUMBERS = re.compile(r"\D*(\d{1,5})(?:\D+(\d{1,5}))?")
_GAIN = re.compile(r"\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*(?:db)?\s*", re.IGNORECASE)
_NUMBERED_GENRE = re.compile(r"\((\d{1,3})\)")
_PUNCTUATION = re.compile(r"[\s_/.-]+")
_MOST_VALUES = 64
_R128_TO_REPLAYGAIN = 5.0  # dB: R128 aims at -23 LUFS, ReplayGain 2.0 at -18
_GENRES = (
    "Blues", "Classic Rock", "Country", "Dance", "Disco", "Funk", "Grunge", "Hip-Hop", "Jazz", "Metal", "New Age",
    "Oldies", "Other", "Pop", "R&B", "Rap", "Reggae", "Rock", "Techno", "Industrial", "Alternative", "Ska",
    "Death Metal", "Pranks", "Soundtrack", "Euro-Techno", "Ambient", "Trip-Hop", "Vocal", "Jazz+Funk", "Fusion",
    "Trance", "Classical", "Instrumental", "Acid", "House", "Game", "Sound Clip", "Gospel", "Noise",
    "Alternative Rock", "Bass", "Soul", "Punk", "Space", "Meditative", "Instrumental Pop", "Instrumental Rock",
    "Ethnic", "Gothic", "Darkwave", "Techno-Industrial", "Electronic", "Pop-Folk", "Eurodance", "Dream",
    "Southern Rock", "Comedy", "Cult", "Gangsta", "Top 40", "Christian Rap", "Pop/Funk", "Jungle", "Native American",
    "Cabaret", "New Wave", "Psychedelic", "Rave", "Showtunes", "Trailer", "Lo-Fi", "Tribal", "Acid Punk", "Acid Jazz",
    "Polka", "Retro", "Musical", "Rock & Roll", "Hard Rock",
)  # fmt: skip
"""The genres that ID3v1 numbers (https://id3.org/id3v2.3.0, appendix A)."""


def tags_of(raw: RawTags) -> TrackTags:
    """The tags of one file; what is empty, malformed or says nothing ("Track 03", "Unknown Artist") is left out."""
    found = _by_our_names(raw)
    artists, artist = _artists(found)
    track, tracks = _numbers(found.get("track", ()))
    disc, discs = _numbers(found.get("disc", ()))
    return TrackTags(
        title=_text(found.get("title", ())),
        artist=artist,
        artists=artists,
        album=_text(found.get("album", ())),
        album_artist=_joined(_values(found.get("album_artist", ()))),
        track=track,
        tracks=tracks or _numbers(found.get("tracks", ()))[0],
        disc=disc,
        discs=discs or _numbers(found.get("discs", ()))[0],
        disc_title=_text(found.get("disc_title", ())),
        date=_date(found.get("date", ())),
        original_date=_date(found.get("original_date", ())),
        genres=tuple(_genres(found.get("genres", ()))),
        label=_text(found.get("label", ())),
        catalog_number=_text(found.get("catalog_number", ())),
        composer=_joined(_values(found.get("composer", ()))),
        is_compilation=_flag(found.get("compilation", ())),
        isrc=_isrc(found.get("isrc", ())),
        recording_id=_id(found.get("recording_id", ())),
        track_id=_id(found.get("track_id", ())),
        release_id=_id(found.get("release_id", ())),
        release_group_id=_id(found.get("release_group_id", ())),
        artist_ids=_ids(found.get("artist_ids", ())),
        album_artist_ids=_ids(found.get("album_artist_ids", ())),
        disc_id=next((value.strip() for value in found.get("disc_id", ()) if _DISC_ID.fullmatch(value.strip())), ""),
        acoustid=_id(found.get("acoustid", ())),
        track_gain=_gain(found, "track_gain", "opus_track_gain"),
        album_gain=_gain(found, "album_gain", "opus_album_gain"),
    )


def _by_our_names(raw: RawTags) -> dict[str, tuple[str, ...]]:
    folded: dict[str, list[str]] = {}
    for name, values in raw.items():
        key = name.casefold()
        for prefix in _PREFIXES:
            key = key.removeprefix(prefix)
        key = _PUNCTUATION.sub("", key).replace("ufid:http:", "ufid:http")
        folded.setdefault(key, []).extend(values[:_MOST_VALUES])
    found = {}
    for ours, theirs in _NAMES.items():
        for name in theirs:
            if any(value.strip() for value in folded.get(name, ())):
                found[ours] = tuple(folded[name])
                break
    return found


def _artists(found: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], str]:
    """The artists one by one, and as they are written together."""
    named = _values(found.get("artist", ()))
    if len(named) == 1 and ";" in named[0]:
        named = _values(named[0].split(";"))
    listed = _values(found.get("artists", ()))
    return listed or named, _joined(named) or _joined(listed)


def _values(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, without those that say nothing."""
    texts = (cleaned(part) for value in values for part in value.split("\0"))
    return tuple(dict.fromkeys(text for text in texts if not says_nothing(text)))


def _joined(values: tuple[str, ...]) -> str:
    return ", ".join(values)


def _text(values: Iterable[str]) -> str:
    return next(iter(_values(values)), "")


def _numbers(values: Iterable[str]) -> tuple[int, int]:
    """A number and the number of all of them: "3/12", "(3, 12)", "3 of 12", "03"."""
    for value in values:
        match = _NUMBERS.match(value)
        if match:
            return int(match[1]), int(match[2] or 0)
    return 0, 0


def _date(values: Iterable[str]) -> str:
    for value in values:
        match = _COMPACT_DATE.fullmatch(value.strip()) or _DATE.search(value)
        if match:
            year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
            if not 1 <= month <= 12:
                return year
            return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{year}-{month:02d}"
    return ""


def _genres(values: Iterable[str]) -> Iterable[str]:
    for value in values:
        for part in re.split(r"[;\0]|\s/\s", value):
            for number in _NUMBERED_GENRE.findall(part):
                yield from _numbered(number)
            text = cleaned(_NUMBERED_GENRE.sub("", part))
            if text.isdecimal():
                yield from _numbered(text)
            elif text and not says_nothing(text):
                yield text


def _numbered(number: str) -> Iterable[str]:
    return _GENRES[int(number) : int(number) + 1] if len(number) < 4 else ()


def _flag(values: Iterable[str]) -> bool | None:
    for value in values:
        text = value.strip().casefold()
        if text:
            return text in ("1", "true", "yes")
    return None


def _id(values: Iterable[str]) -> str:
    return next(iter(_ids(values)), "")


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for value in values for found in _IDS.findall(value.casefold())))


def _isrc(values: Iterable[str]) -> str:
    texts = (value.upper().replace("-", "").replace(" ", "") for value in values)
    return next((text for text in texts if _ISRC.fullmatch(text)), "")


def _gain(found: dict[str, tuple[str, ...]], name: str, opus: str) -> float | None:
    for value in found.get(name, ()):
        if match := _GAIN.fullmatch(value):
            return float(match[1].replace(",", "."))
    for value in found.get(opus, ()):
        if re.fullmatch(r"-?\d{1,5}", value.strip()):
            return round(int(value) / 256 + _R128_TO_REPLAYGAIN, 2)
    return None
