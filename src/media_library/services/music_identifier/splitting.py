"""Tells albums of the same name by the same artist apart: another year, another format, a second copy.

They share a key until one of them gets an edition. What lies in several folders without being there twice is one album.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from media_library.services.music_identifier.album import Album, AlbumTrack, folder_of_track


def split(album: Album) -> dict[str, str]:
    """The editions by which the tracks of an album are to be told apart: track id → edition; empty if it is one album.

    What came first keeps its name.
    """
    folders: dict[PurePosixPath, list[AlbumTrack]] = defaultdict(list)
    for track in album.tracks:
        folders[folder_of_track(track)].append(track)
    copies: list[list[AlbumTrack]] = []
    for tracks in sorted(
        folders.values(), key=lambda one: min((track.media.added_at, track.media.id) for track in one)
    ):
        home = next((copy for copy in copies if not _clash(copy, tracks)), None)
        if home is None:
            copies.append(list(tracks))
        else:
            home.extend(tracks)
    if len(copies) < 2:
        return {}
    editions = _editions(copies)
    return {
        track.media.id: edition
        for copy, edition in zip(copies[1:], editions[1:], strict=True)
        for track in copy
        if "edition" not in track.media.locked
    }


def _clash(some: Iterable[AlbumTrack], others: Iterable[AlbumTrack]) -> bool:
    """Whether a place on the album is taken on both sides."""
    return bool({track.place for track in some} & {track.place for track in others})


def _editions(copies: Sequence[Sequence[AlbumTrack]]) -> list[str]:
    for tell in (_year, _container):
        told = [tell(copy) for copy in copies]
        if len(set(told)) == len(told) and all(told):
            return told
    return [str(number) for number in range(1, len(copies) + 1)]


def _year(copy: Sequence[AlbumTrack]) -> str:
    years = {track.media.names.year for track in copy}
    year = years.pop() if len(years) == 1 else None
    return "" if year is None else str(year)


def _container(copy: Sequence[AlbumTrack]) -> str:
    containers = {track.media.file.container for track in copy if track.media.file is not None}
    return containers.pop().upper() if len(containers) == 1 else ""
