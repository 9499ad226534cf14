"""Writes all tags of a music file that the program itself has made, in the way of each format."""

import base64
from pathlib import Path

from mutagen import MutagenError
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, ID3, TALB, TDRC, TIT2, TPE1, TPE2, TPOS, TRCK, TXXX
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm
from mutagen.oggopus import OggOpus

from media_library.adapters.audio_tags.tags import Tags
from media_library.errors import StorageError

_FRONT = 3
_FREEFORM = "----:com.apple.iTunes:"
_MUSICBRAINZ = {
    "MUSICBRAINZ_TRACKID": "MusicBrainz Track Id",
    "MUSICBRAINZ_ALBUMID": "MusicBrainz Album Id",
    "MUSICBRAINZ_ARTISTID": "MusicBrainz Artist Id",
    "MUSICBRAINZ_RELEASEGROUPID": "MusicBrainz Release Group Id",
    "MUSICBRAINZ_DISCID": "MusicBrainz Disc Id",
}
"""The ids by their Vorbis names, and what Picard calls them in ID3 and MP4."""


def write_tags(file: Path, tags: Tags) -> None:
    """Write ``tags`` into a file; its suffix tells the format. Raises ``StorageError`` if that fails."""
    try:
        match file.suffix:
            case ".flac":
                _flac(file, tags)
            case ".opus":
                _opus(file, tags)
            case ".m4a":
                _mp4(file, tags)
            case ".mp3":
                _mp3(file, tags)
    except MutagenError as error:
        raise StorageError(f"The names could not be written into the file of track {tags.track}: {error}.") from error


def _vorbis(tags: Tags) -> dict[str, str]:
    values = {
        "TITLE": tags.title,
        "ARTIST": tags.artist,
        "ALBUM": tags.album,
        "ALBUMARTIST": tags.album_artist,
        "TRACKNUMBER": str(tags.track),
        "TOTALTRACKS": str(tags.tracks),
        "DISCNUMBER": str(tags.disc),
        "TOTALDISCS": str(tags.discs),
        "DATE": tags.date,
        **tags.ids,
    }
    return {name: value for name, value in values.items() if value}


def _picture(cover: bytes) -> Picture:
    picture = Picture()
    picture.type, picture.mime, picture.data = _FRONT, "image/jpeg", cover
    return picture


def _flac(file: Path, tags: Tags) -> None:
    audio = FLAC(file)
    audio.delete()
    audio.update(_vorbis(tags))
    audio.clear_pictures()
    if tags.cover:
        audio.add_picture(_picture(tags.cover))
    audio.save()


def _opus(file: Path, tags: Tags) -> None:
    audio = OggOpus(file)
    audio.update(_vorbis(tags))
    if tags.cover:
        audio["METADATA_BLOCK_PICTURE"] = base64.b64encode(_picture(tags.cover).write()).decode()
    audio.save()


def _mp4(file: Path, tags: Tags) -> None:
    audio = MP4(file)
    audio["\xa9nam"], audio["\xa9ART"], audio["\xa9alb"] = tags.title, tags.artist, tags.album
    audio["aART"] = tags.album_artist
    audio["trkn"], audio["disk"] = [(tags.track, tags.tracks)], [(tags.disc, tags.discs)]
    if tags.date:
        audio["\xa9day"] = tags.date
    for name, value in tags.ids.items():
        audio[_FREEFORM + _MUSICBRAINZ.get(name, name)] = MP4FreeForm(value.encode())
    if tags.cover:
        audio["covr"] = [MP4Cover(tags.cover, MP4Cover.FORMAT_JPEG)]
    audio.save()


def _mp3(file: Path, tags: Tags) -> None:
    frames = ID3()
    frames.add(TIT2(encoding=3, text=tags.title))
    frames.add(TPE1(encoding=3, text=tags.artist))
    frames.add(TALB(encoding=3, text=tags.album))
    frames.add(TPE2(encoding=3, text=tags.album_artist))
    frames.add(TRCK(encoding=3, text=f"{tags.track}/{tags.tracks}"))
    frames.add(TPOS(encoding=3, text=f"{tags.disc}/{tags.discs}"))
    if tags.date:
        frames.add(TDRC(encoding=3, text=tags.date))
    for name, value in tags.ids.items():
        frames.add(TXXX(encoding=3, desc=_MUSICBRAINZ.get(name, name), text=value))
    if tags.cover:
        frames.add(APIC(encoding=3, mime="image/jpeg", type=_FRONT, desc="", data=tags.cover))
    frames.save(file)
