"""The tags and the sound of music files as mutagen reads them; runs in the child process only."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutagen
from mutagen.apev2 import APEBinaryValue, APEv2
from mutagen.asf import ASFTags
from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.mp4 import MP4, MP4FreeForm, MP4Tags

from media_library.adapters.media_probe.streams import chapters_from
from media_library.models.language import UNKNOWN
from media_library.models.media import AudioTrack, Streams
from media_library.models.probed import Probed

MUSIC_SUFFIXES = frozenset(
    {
        *(".mp3", ".mp2", ".flac", ".ogg", ".oga", ".opus", ".spx", ".m4a", ".m4b", ".m4r", ".aac", ".ac3", ".wav"),
        *(".wave", ".aif", ".aiff", ".aifc", ".wma", ".ape", ".wv", ".mpc", ".mp+", ".tta", ".dsf", ".dff", ".ofr"),
    }
)
"""The files whose tags are asked for."""

_MOST_VALUE = 4_000
_MOST_TOGETHER = 48_000
_CHAPTERED = frozenset({".m4b"})
_CODECS = {
    "OggVorbis": "vorbis", "OggOpus": "opus", "OggFLAC": "flac", "OggSpeex": "speex", "FLAC": "flac", "ASF": "wmav2",
    "MonkeysAudio": "ape", "WavPack": "wavpack", "Musepack": "musepack8", "TrueAudio": "tta", "DSF": "dsd_lsbf",
    "DSDIFF": "dsd_msbf", "AAC": "aac", "AC3": "ac3", "OptimFROG": "ofr",
}  # fmt: skip
_PICTURES = frozenset({"METADATA_BLOCK_PICTURE", "COVERART", "COVERARTMIME", "COVR", "WM/PICTURE"})


def read_music(path: str, cover: str | None) -> Probed | None:
    """Tags and sound of a file, its picture written to ``cover``; ``None`` for what mutagen does not know.

    Without streams in the answer, only its tags are to be trusted.
    """
    suffix = Path(path).suffix.lower()
    try:
        found = mutagen.File(path)
    except (mutagen.MutagenError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
        return None  # what its parsers raise at nonsense; MediaInfo tells what it is
    if found is None or (isinstance(found, MP4) and not suffix.startswith(".m4")):
        return None
    tags, picture = _raw(found), _picture(found)
    if cover is not None and picture:
        Path(cover).write_bytes(picture)
    length = float(getattr(found.info, "length", 0.0) or 0.0)
    is_known = 0 < length < 30 * 24 * 3600 and suffix not in _CHAPTERED
    return Probed(
        container=suffix.removeprefix("."),
        duration_ms=round(length * 1000) if is_known else 0,
        streams=_streams(found, round(length * 1000)) if is_known else Streams(),
        tags=tags,
        has_cover=bool(picture),
        cover=Path(cover).name if cover is not None and picture else None,
    )


def _streams(found: Any, duration_ms: int) -> Streams:
    info = found.info
    track = AudioTrack(0, UNKNOWN, _codec(found), int(getattr(info, "channels", 0) or 0), default=True)
    chapters = chapters_from(_chapter_starts(found), duration_ms)
    return Streams(audio=(track,), chapters=tuple(chapters), bit_rate=int(getattr(info, "bitrate", 0) or 0) or None)


def _chapter_starts(found: Any) -> list[tuple[int, str]]:
    """When chapters begin, ms, and their titles: of an MP4 file, or CHAP frames (id3v2-chapters-1.0)."""
    if isinstance(found, MP4):
        return [(round(one.start * 1000), one.title) for one in found.chapters or ()]
    if not isinstance(found.tags, ID3):
        return []
    frames = found.tags.getall("CHAP")
    titles = (next((str(title) for title in frame.sub_frames.getall("TIT2")), "") for frame in frames)
    return [(int(frame.start_time), title) for frame, title in zip(frames, titles, strict=True)]


def _codec(found: Any) -> str:
    kind, info = type(found).__name__, found.info
    if kind == "MP3":
        return {1: "mp1", 2: "mp2"}.get(info.layer, "mp3")
    if kind == "MP4":
        return "alac" if info.codec == "alac" else "aac" if info.codec.startswith("mp4a") else info.codec or "aac"
    if kind in ("WAVE", "AIFF"):
        depth = getattr(info, "bits_per_sample", 16) or 16
        return "pcm_u8" if depth == 8 else f"pcm_s{depth}{'le' if kind == 'WAVE' else 'be'}"
    return _CODECS.get(kind, kind.lower())


def _raw(found: Any) -> dict[str, tuple[str, ...]]:
    """The tags by the names of their format, every value as text, as far as they are of a sane length."""
    tags: dict[str, tuple[str, ...]] = {}
    room = _MOST_TOGETHER
    for name, values in _pairs(found.tags):
        kept = tuple(text[:_MOST_VALUE] for text in values if text)
        room -= len(name) + sum(map(len, kept))
        if room < 0:
            break
        if kept:
            tags[name] = tags.get(name, ()) + kept
    return tags


def _pairs(tags: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(tags, ID3):
        yield from _id3(tags)
    elif isinstance(tags, MP4Tags):
        for atom, values in tags.items():
            if atom != "covr":
                yield atom, [_mp4_text(value) for value in (values if isinstance(values, list) else [values])]
    elif isinstance(tags, ASFTags):
        for name, value in tags:
            if name.upper() not in _PICTURES:
                yield name, [str(value)]
    elif isinstance(tags, APEv2):
        for name, value in tags.items():
            if not isinstance(value, APEBinaryValue):
                yield name, [str(text) for text in value] if hasattr(value, "__iter__") else [str(value)]
    elif isinstance(tags, list):  # Vorbis comments are a list of pairs
        for name, text in tags:
            if name.upper() not in _PICTURES:
                yield name, [text]


def _id3(tags: ID3) -> Iterator[tuple[str, list[str]]]:
    for key, frame in tags.items():
        if key.startswith(("APIC", "GEOB", "PRIV", "MCDI", "PCNT", "CHAP", "CTOC")):
            continue
        if key.startswith("UFID"):
            yield key, [frame.data.decode("utf-8", "replace")]
        elif hasattr(frame, "text"):
            texts = frame.text if isinstance(frame.text, list) else [frame.text]
            yield key, [str(text) for text in texts]
        elif hasattr(frame, "people"):
            yield key, [": ".join(pair) for pair in frame.people]
        elif key.startswith("W"):
            yield key, [str(getattr(frame, "url", ""))]


def _mp4_text(value: object) -> str:
    if isinstance(value, MP4FreeForm | bytes):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, tuple):
        return "/".join(str(part) for part in value)
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _picture(found: Any) -> bytes:
    """The front cover, or the first picture; empty if there is none."""
    tags = found.tags
    pictures: list[tuple[bool, bytes]] = []
    if isinstance(tags, ID3):
        pictures = [(frame.type == 3, frame.data) for key, frame in tags.items() if key.startswith("APIC")]
    elif isinstance(tags, MP4Tags):
        pictures = [(True, bytes(picture)) for picture in tags.get("covr", [])]
    elif isinstance(found, FLAC):
        pictures = [(picture.type == 3, picture.data) for picture in found.pictures]
    elif isinstance(tags, ASFTags):
        pictures = [(True, _asf_picture(value.value)) for name, value in tags if name == "WM/Picture"]
    elif isinstance(tags, APEv2):
        pictures = [
            ("front" in name.lower(), bytes(value.value or b"").partition(b"\0")[2])
            for name, value in tags.items()
            if isinstance(value, APEBinaryValue) and name.lower().startswith("cover art")
        ]
    elif isinstance(tags, list):
        pictures = _vorbis_pictures(tags)
    return max(pictures, key=lambda picture: picture[0], default=(False, b""))[1]


def _vorbis_pictures(tags: list[tuple[str, str]]) -> list[tuple[bool, bytes]]:
    import base64
    import binascii

    from mutagen.flac import Picture

    found = []
    for name, text in tags:
        if name.upper() == "METADATA_BLOCK_PICTURE":
            try:
                picture = Picture(base64.b64decode(text))
            except (binascii.Error, mutagen.MutagenError, ValueError, LookupError, ArithmeticError):
                continue
            found.append((picture.type == 3, picture.data))
    return found


def _asf_picture(content: bytes) -> bytes:
    """The bytes of a picture in a WMA file: type, length, MIME type and description (UTF-16, each ended by 0) first."""
    rest = content[5:]
    for _ in range(2):
        end = next((at for at in range(0, len(rest) - 1, 2) if rest[at : at + 2] == b"\0\0"), None)
        if end is None:
            return b""
        rest = rest[end + 2 :]
    return rest
