"""Changes single tags of a music file and leaves all others as they are: the names are those of Vorbis comments.

What they are called in ID3 and MP4 is what Picard calls them (https://picard-docs.musicbrainz.org, "Tag mapping").
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mutagen import id3
from mutagen.flac import FLAC
from mutagen.id3 import ID3, ID3NoHeaderError
from mutagen.mp4 import MP4, MP4FreeForm
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

Values = Mapping[str, Sequence[str]]
"""The tags to change, each with all its values."""

_FREEFORM = "----:com.apple.iTunes:"
_RECORDING = "MUSICBRAINZ_TRACKID"
_RECORDING_OWNER = "http://musicbrainz.org"
_ID3 = {
    "TITLE": "TIT2",
    "ARTIST": "TPE1",
    "ALBUM": "TALB",
    "ALBUMARTIST": "TPE2",
    "DISCSUBTITLE": "TSST",
    "DATE": "TDRC",
    "ORIGINALDATE": "TDOR",
    "GENRE": "TCON",
    "LABEL": "TPUB",
    "ISRC": "TSRC",
    "COMPILATION": "TCMP",
}
_MP4 = {
    "TITLE": "\xa9nam",
    "ARTIST": "\xa9ART",
    "ALBUM": "\xa9alb",
    "ALBUMARTIST": "aART",
    "DATE": "\xa9day",
    "GENRE": "\xa9gen",
}
_DESCRIBED = {
    "MUSICBRAINZ_TRACKID": "MusicBrainz Track Id",
    "MUSICBRAINZ_RELEASETRACKID": "MusicBrainz Release Track Id",
    "MUSICBRAINZ_ALBUMID": "MusicBrainz Album Id",
    "MUSICBRAINZ_RELEASEGROUPID": "MusicBrainz Release Group Id",
    "MUSICBRAINZ_ARTISTID": "MusicBrainz Artist Id",
    "MUSICBRAINZ_ALBUMARTISTID": "MusicBrainz Album Artist Id",
    "ACOUSTID_ID": "Acoustid Id",
}
"""What ID3 and MP4 call what they have no field for; all others keep their Vorbis names."""
_NUMBERS = {"TRACKNUMBER": "TOTALTRACKS", "DISCNUMBER": "TOTALDISCS"}
_OTHER_NAMES = {
    "TOTALTRACKS": ("TRACKTOTAL",),
    "TOTALDISCS": ("DISCTOTAL",),
    "LABEL": ("PUBLISHER", "ORGANIZATION"),
    "DATE": ("YEAR",),
    "ORIGINALDATE": ("ORIGINALYEAR",),
}
"""What other programs call the same: it would contradict what is written, so it goes."""
_PUNCTUATION = re.compile(r"[\s_/.-]+")


def change(file: Path, container: str, values: Values) -> None:
    """Change tags of ``file``, whatever its name is; raises what mutagen raises, and ``KeyError`` otherwise."""
    WRITERS[container](file, values)


def _vorbis(kind: Callable[[Path], Any]) -> Callable[[Path, Values], None]:
    def write(file: Path, values: Values) -> None:
        audio = kind(file)
        if audio.tags is None:
            audio.add_tags()
        for name, total in _NUMBERS.items():
            # "3/12" in one tag would contradict the total that comes beside it
            if (name in values or total in values) and name not in values and name in audio:
                audio[name] = [text.partition("/")[0] for text in audio[name]]
        for key in {key for key, _ in audio.tags if _is_meant(key, values)}:
            del audio[key]
        for name, texts in values.items():
            audio[name] = list(texts)
        audio.save()

    return write


def _ogg(file: Path, values: Values) -> None:
    with file.open("rb") as stream:
        kind = OggOpus if b"OpusHead" in stream.read(64) else OggVorbis
    _vorbis(kind)(file, values)


def _mp3(file: Path, values: Values) -> None:
    try:
        frames = ID3(file)
    except ID3NoHeaderError:
        frames = ID3()
    for frame in frames.getall("TXXX"):
        if _is_meant(frame.desc, values):
            frames.delall(frame.HashKey)
    for name, texts in values.items():
        if name in _NUMBERS or name in _NUMBERS.values():
            continue
        if name == _RECORDING:
            frames.setall(f"UFID:{_RECORDING_OWNER}", [id3.UFID(owner=_RECORDING_OWNER, data=texts[0].encode())])
        elif name in _ID3:
            frames.setall(_ID3[name], [getattr(id3, _ID3[name])(encoding=3, text=list(texts))])
        else:
            described = _DESCRIBED.get(name, name)
            frames.setall(f"TXXX:{described}", [id3.TXXX(encoding=3, desc=described, text=list(texts))])
    for (name, total), frame in zip(_NUMBERS.items(), ("TRCK", "TPOS"), strict=True):
        if name in values or total in values:
            before = str(frames[frame]).partition("/") if frame in frames else ("", "", "")
            number = values.get(name, [before[0]])[0]
            of = values.get(total, [before[2]])[0]
            frames.setall(frame, [getattr(id3, frame)(encoding=3, text=f"{number}/{of}" if of else number)])
    frames.save(file, v2_version=4)


def _mp4(file: Path, values: Values) -> None:
    audio = MP4(file)
    if audio.tags is None:
        audio.add_tags()
    for key in [key for key in audio if key.startswith(_FREEFORM) and _is_meant(key.removeprefix(_FREEFORM), values)]:
        del audio[key]
    for name, texts in values.items():
        if name in _MP4:
            audio[_MP4[name]] = list(texts)
        elif name == "COMPILATION":
            audio["cpil"] = texts[0] == "1"
        elif name not in _NUMBERS and name not in _NUMBERS.values():
            key = _FREEFORM + _DESCRIBED.get(name, name)
            audio[key] = [MP4FreeForm(text.encode()) for text in texts]
    for (name, total), atom in zip(_NUMBERS.items(), ("trkn", "disk"), strict=True):
        if name in values or total in values:
            number, of = next(iter(audio.get(atom, [])), (0, 0))
            audio[atom] = [(int(values.get(name, [str(number)])[0]), int(values.get(total, [str(of)])[0]))]
    audio.save()


def _is_meant(name: str, values: Values) -> bool:
    """Whether a tag of a file is one of those that are written, however its name is spelt."""
    names = {other for one in values for other in (one, _DESCRIBED.get(one, one), *_OTHER_NAMES.get(one, ()))}
    return _folded(name) in {_folded(one) for one in names}


def _folded(name: str) -> str:
    return _PUNCTUATION.sub("", name).casefold()


WRITERS: Mapping[str, Callable[[Path, Values], None]] = {
    "flac": _vorbis(FLAC),
    "opus": _vorbis(OggOpus),
    "ogg": _ogg,
    "mp3": _mp3,
    "m4a": _mp4,
}
"""How the tags of each container are changed."""
