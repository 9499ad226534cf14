"""The names of the tracks of a folder: what they agree on is the album, and odd ones are put right by the others."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeVar

from media_library.models.media import MediaNames
from media_library.models.music import TrackFacts, TrackFile, TrackReading, TrackTags
from media_library.services.music_tags.normalising import tags_of
from media_library.services.music_tags.paths import (
    FileName,
    Folders,
    album_folder,
    read_folders,
    read_names,
    without_disc,
)
from media_library.services.music_tags.words import folded, is_various, without_guests

VARIOUS_ARTISTS = "Various Artists"

_MOSTLY = 0.7
_ID3V1_LENGTHS = (29, 30)  # a space at the end is not kept
_SAME_TITLES = 3

Answer = TypeVar("Answer", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Track:
    """A file with all that speaks for it; ``tags.album`` is already without its disc."""

    path: PurePosixPath
    tags: TrackTags
    name: FileName
    folders: Folders
    disc_of_album: int


def read_album(files: Sequence[TrackFile]) -> tuple[TrackReading, ...]:
    """What the music files of a folder are called, in their order; files of several folders may come at once."""
    folders: dict[PurePosixPath, list[TrackFile]] = defaultdict(list)
    for file in files:
        folders[album_folder(file.path)].append(file)
    readings: dict[PurePosixPath, TrackReading] = {}
    for inside in folders.values():
        for album in _albums(_tracks(inside)):
            readings.update((reading.path, reading) for reading in _read(album))
    return tuple(readings[file.path] for file in files)


def _tracks(files: Sequence[TrackFile]) -> list[_Track]:
    folders = [read_folders(file.path) for file in files]
    names: dict[PurePosixPath, FileName] = {}
    for folder in {file.path.parent for file in files}:
        inside = [file.path for file in files if file.path.parent == folder]
        read = read_names([path.stem for path in inside], read_folders(inside[0]))
        names.update(zip(inside, read, strict=True))
    tagged = _without_lies([tags_of(file.tags) for file in files], [file.path.stem for file in files])
    tracks = []
    for file, tags, place in zip(files, tagged, folders, strict=True):
        album, disc = without_disc(tags.album)
        tracks.append(_Track(file.path, replace(tags, album=album), names[file.path], place, disc))
    return tracks


def _without_lies(tagged: list[TrackTags], stems: list[str]) -> list[TrackTags]:
    """The tags without what cannot be true of all of them: one title for many files, one number for many files."""
    titles = Counter(folded(tags.title) for tags in tagged if tags.title)
    honest = []
    for tags, stem in zip(tagged, stems, strict=True):
        if titles[folded(tags.title)] >= _SAME_TITLES and folded(tags.title) not in folded(stem):
            tags = replace(tags, title="")
        if len(tags.title) in _ID3V1_LENGTHS and (at := stem.casefold().find(tags.title.casefold())) >= 0:
            tags = replace(tags, title=stem[at:])  # the oldest form of tags ends there
        honest.append(tags)
    return honest


def _albums(tracks: Sequence[_Track]) -> list[list[_Track]]:
    """The albums of a folder: apart by their names, and by their artists where the tags name these."""
    groups: dict[tuple[str, str], list[_Track]] = defaultdict(list)
    for track in tracks:
        groups[folded(track.tags.album) if track.tags.album else "", folded(track.tags.album_artist)].append(track)
    for key in [key for key in groups if not key[0] or not key[1]]:
        # what does not say it belongs to the one album that it can belong to
        homes = [other for other in groups if other != key and (not key[0] or other[0] == key[0]) and other[0]]
        is_few = homes and len(groups[key]) <= len(groups[homes[0]])
        if len(homes) == 1 and is_few and (key[0] or _fits_in(groups[key], groups[homes[0]])):
            groups[homes[0]].extend(groups.pop(key))
    return list(groups.values())


def _fits_in(few: Sequence[_Track], album: Sequence[_Track]) -> bool:
    """Whether files without an album fill the gaps of one: none of their numbers is taken."""
    taken = {(_own_disc(track), track.tags.track or track.name.track) for track in album}
    return all((_own_disc(track), track.tags.track or track.name.track) not in taken for track in few)


def _read(tracks: Sequence[_Track]) -> Iterable[TrackReading]:
    named = _commonest(track.tags.album for track in tracks) or _commonest(track.name.album for track in tracks)
    title = named or tracks[0].folders.album
    has_album = bool(named) or (bool(title) and _is_album_folder(tracks))
    artist, is_compilation = _album_artist(tracks) if has_album else ("", False)
    year = _year(tracks)
    places = _places(tracks)
    numbered_discs = any(disc > 1 for disc, _ in places) or any(track.tags.disc or track.tags.discs for track in tracks)
    counts = Counter(disc for disc, _ in places)
    for track, (disc, number) in zip(tracks, places, strict=True):
        tags = track.tags
        performer = tags.artist or track.name.artist or _performer(track, artist)
        names = MediaNames(
            tags.title or track.name.title,
            year,
            artist=performer or None,
            album=title if has_album else None,
            album_artist=(artist or None) if has_album else None,
            disc_number=(disc or 1) if numbered_discs and has_album else None,
            track_number=number or None,
        )
        facts = _facts(track, is_compilation=is_compilation and has_album, tracks=counts[disc], discs=len(counts))
        sure = bool(tags.title and tags.artist and tags.album and number and len(set(places)) == len(places))
        yield TrackReading(track.path, names, facts, tags.isrc or None, sure)


def _is_album_folder(tracks: Sequence[_Track]) -> bool:
    """Whether the folder of files without tags is an album, and not that of an artist or a heap."""
    folders = tracks[0].folders
    if not folders.album:
        return False
    is_named = bool(folders.artist or folders.year or folders.disc)
    return is_named or any(track.name.track for track in tracks)


def _performer(track: _Track, album_artist: str) -> str:
    if album_artist and not is_various(album_artist):
        return album_artist
    folders = track.folders
    # a single file in a folder that is no album: the folder is called after who plays
    return folders.artist or (folders.album if not track.tags.album and not track.name.track else "")


def _album_artist(tracks: Sequence[_Track]) -> tuple[str, bool]:
    """The artist of an album, and whether it is a compilation of many; "" if nobody is named."""
    named = _commonest(track.tags.album_artist for track in tracks)
    performers = [performer for track in tracks if (performer := track.tags.artist or track.name.artist)]
    if named and not is_various(named):
        return named, any(track.tags.is_compilation for track in tracks) and len(_leads(performers)) > 1
    if named or any(track.tags.is_compilation for track in tracks):
        return VARIOUS_ARTISTS, True
    folder = tracks[0].folders.artist
    if is_various(folder) and len(_leads(performers)) != 1:
        return VARIOUS_ARTISTS, True
    if not performers:
        return folder, False
    leads = Counter(folded(without_guests(performer)) for performer in performers)
    lead, times = leads.most_common(1)[0]
    everywhere = sum(lead in folded(performer) for performer in performers)
    if len(leads) == 1 or times > len(performers) * _MOSTLY or everywhere == len(performers):
        return next(without_guests(one) for one in performers if folded(without_guests(one)) == lead), False
    if folder and any(folded(folder) in folded(performer) for performer in performers):
        return folder, False
    return VARIOUS_ARTISTS, True


def _leads(performers: Sequence[str]) -> set[str]:
    return {folded(without_guests(performer)) for performer in performers}


def _year(tracks: Sequence[_Track]) -> int | None:
    """The year in which the album came out first, as most of its tracks say."""
    for dates in ([track.tags.original_date for track in tracks], [track.tags.date for track in tracks]):
        if found := _commonest(date[:4] for date in dates):
            return int(found)
    return tracks[0].folders.year


def _places(tracks: Sequence[_Track]) -> list[tuple[int, int]]:
    """(disc, track) of each, by the tags; by folders and names of the files where the tags contradict themselves."""
    tagged = [(_own_disc(track), track.tags.track or track.name.track) for track in tracks]
    if len(set(tagged)) == len(tagged):
        return tagged
    by_folder = [(track.folders.disc or disc, number) for track, (disc, number) in zip(tracks, tagged, strict=True)]
    if len(set(by_folder)) == len(by_folder):
        return by_folder
    by_name = [(track.folders.disc or track.name.disc or _own_disc(track), track.name.track) for track in tracks]
    if len(set(by_name)) == len(by_name) and all(number for _, number in by_name):
        return by_name
    return tagged


def _own_disc(track: _Track) -> int:
    return (
        track.tags.disc
        or track.disc_of_album
        or track.folders.disc
        or track.name.disc
        or (1 if track.tags.discs else 0)
    )


def _facts(track: _Track, *, is_compilation: bool, tracks: int, discs: int) -> TrackFacts:
    tags = track.tags
    return TrackFacts(
        recording_id=tags.recording_id or None,
        track_id=tags.track_id or None,
        release_id=tags.release_id or None,
        release_group_id=tags.release_group_id or None,
        artist_ids=tags.artist_ids,
        acoustid=tags.acoustid or None,
        artists=tags.artists,
        album_artist_ids=tags.album_artist_ids,
        genres=tags.genres,
        label=tags.label or None,
        catalog_number=tags.catalog_number or None,
        composer=tags.composer or None,
        disc_title=tags.disc_title or track.folders.disc_title or None,
        released_on=tags.date or tags.original_date or None,
        tracks=tags.tracks or tracks,
        discs=tags.discs or discs,
        is_compilation=is_compilation,
        is_tagged=bool(tags.title and tags.artist),
    )


def _commonest(values: Iterable[str]) -> str:
    """The value that most say, "" never counts; of equally many the first by the alphabet."""
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value)) if counted else ""
