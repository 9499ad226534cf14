"""Reads what a made-up DVD or Blu-ray holds, from its folder or its image, as far as a stand-in needs it.

One programme chain is taken for one title, as in the discs of ``tests.fixtures``.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

_SECTOR = 2048
_LANGUAGES = {"en": "eng", "fr": "fra", "de": "deu"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of bytes in a file: where the disc keeps a part of a title."""

    path: Path
    offset: int
    size: int

    def read(self) -> bytes:
        with self.path.open("rb") as file:
            file.seek(self.offset)
            return file.read(self.size)


@dataclass(frozen=True, slots=True)
class Title:
    """A title: where it comes from, its length and the starts of its chapters in seconds, its languages
    (ISO 639-2), and its stream in pieces."""

    source: str
    seconds: float
    chapters: tuple[float, ...]
    audio: tuple[str, ...]
    subtitles: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Disc:
    """What lies in the drive."""

    label: str
    is_bluray: bool
    is_encrypted: bool
    titles: tuple[Title, ...]


def read(path: Path) -> Disc:
    """Read a disc; raises ``ValueError`` or ``OSError`` when there is none."""
    files = dict(_files_of_folder(path) if path.is_dir() else _files_of_image(path))
    if any(name.endswith(".MPL") for name in files):
        titles = tuple(_playlists(files))
    elif any(name.endswith("VIDEO_TS.IFO") for name in files):
        titles = tuple(_title_sets(files))
    else:
        raise ValueError("neither a DVD nor a Blu-ray")
    return Disc(
        label=path.name if path.is_dir() else _label(path),
        is_bluray=titles[0].source.endswith(".mpls"),
        is_encrypted=any(name.startswith("AACS/") for name in files),
        titles=titles,
    )


def _short(name: str) -> str:
    """A file name as the plain ISO 9660 directory has it: capitals, and three letters after the dot."""
    stem, _, suffix = name.upper().partition(";")[0].partition(".")
    return f"{stem}.{suffix[:3]}" if suffix else stem


def _files_of_folder(root: Path) -> Iterator[tuple[str, Piece]]:
    for path in root.rglob("*"):
        if path.is_file():
            name = "/".join((*map(str.upper, path.relative_to(root).parts[:-1]), _short(path.name)))
            yield (name if root.name != "VIDEO_TS" else f"VIDEO_TS/{name}"), Piece(path, 0, path.stat().st_size)


def _files_of_image(image: Path) -> Iterator[tuple[str, Piece]]:
    """Walk the ISO 9660 directories (ECMA-119, section 9.1)."""
    volume = Piece(image, 16 * _SECTOR, _SECTOR).read()
    if volume[1:6] != b"CD001":
        raise ValueError("not a disc image")
    folders = [("", volume[156:190])]
    while folders:
        place, record = folders.pop()
        start, size = struct.unpack_from("<I4xI", record, 2)
        listing = Piece(image, start * _SECTOR, size).read()
        at = 0
        while at < len(listing):
            length = listing[at]
            if not length:
                at = (at // _SECTOR + 1) * _SECTOR  # records do not cross sectors
                continue
            entry = listing[at : at + length]
            at += length
            name = entry[33 : 33 + entry[32]].decode("latin-1")
            if name in ("\0", "\1"):  # this folder, and the one above
                continue
            if entry[25] & 2:
                folders.append((f"{place}{name.upper()}/", entry))
            else:
                start, size = struct.unpack_from("<I4xI", entry, 2)
                yield place + _short(name), Piece(image, start * _SECTOR, size)


def _label(image: Path) -> str:
    return Piece(image, 16 * _SECTOR + 40, 32).read().decode("latin-1").strip()


def _playlists(files: dict[str, Piece]) -> Iterator[Title]:
    for name in sorted(files):
        if not (name.startswith("BDMV/PLAYLIST/") and name.endswith(".MPL")):
            continue
        data = files[name].read()
        play, marks = struct.unpack_from(">II", data, 8)
        at, ticks = play + 10, 0
        audio: tuple[str, ...] = ()
        pieces = []
        begins = []  # for each play item: its place in the title less its place in its clip
        for _ in range(struct.unpack_from(">H", data, play + 6)[0]):
            start, end = struct.unpack_from(">II", data, at + 14)
            begins.append(ticks - start)
            ticks += end - start
            pieces.append(files[f"BDMV/STREAM/{data[at + 2 : at + 7].decode()}.M2T"])
            audio = audio or tuple(_audio_of_item(data, at + 36))
            at += 2 + struct.unpack_from(">H", data, at)[0]
        found = [struct.unpack_from(">2xHI", data, marks + 6 + 14 * n) for n in range(data[marks + 5])]
        chapters = tuple((begins[item] + time) / 45_000 for item, time in found)
        yield Title(Path(name).stem + ".mpls", ticks / 45_000, chapters, audio, (), tuple(pieces))


def _audio_of_item(data: bytes, at: int) -> Iterator[str]:
    """The languages of a play item, from its table of streams; the video streams come first."""
    video, audio = data[at + 2], data[at + 3]
    at += 14
    for number in range(video + audio):
        attributes = at + 1 + data[at]
        if number >= video:
            yield data[attributes + 3 : attributes + 6].decode()
        at = attributes + 1 + data[attributes]


def _title_sets(files: dict[str, Piece]) -> Iterator[Title]:
    """The programme chains of every title set, from VTS_nn_0.IFO."""
    for name in sorted(files):
        if not name.endswith("_0.IFO"):
            continue
        data = files[name].read()
        vobs = [files[vob] for vob in sorted(files) if vob.startswith(name[:-5]) and vob.endswith(".VOB")]
        vobs = [vob for number, vob in enumerate(vobs) if number or f"{name[:-5]}0.VOB" not in files]
        audio, subtitles = (tuple(_languages(data, at, width)) for at, width in ((0x202, 8), (0x254, 6)))
        table = struct.unpack_from(">I", data, 0xCC)[0] * _SECTOR
        for number in range(struct.unpack_from(">H", data, table)[0]):
            chain = table + struct.unpack_from(">I", data, table + 12 + 8 * number)[0]
            pieces = [piece for first, last in _runs(data, chain) for piece in _sectors(vobs, first, last)]
            seconds = _clock(data[chain + 4 : chain + 8])
            yield Title(Path(name).name, seconds, tuple(_chapters(data, chain)), audio, subtitles, tuple(pieces))


def _languages(data: bytes, at: int, width: int) -> Iterator[str]:
    for number in range(struct.unpack_from(">H", data, at)[0]):
        place = at + 2 + width * number + 2
        code = data[place : place + 2].decode("latin-1")
        yield _LANGUAGES.get(code, "und")


def _chapters(data: bytes, chain: int) -> Iterator[float]:
    """Where each programme begins: the length of all cells before its first."""
    programmes, playback = struct.unpack_from(">HH", data, chain + 0xE6)
    lengths = [_clock(data[chain + playback + 24 * cell + 4 :][:4]) for cell in range(data[chain + 3])]
    for number in range(data[chain + 2]):
        yield sum(lengths[: data[chain + programmes + number] - 1])


def _runs(data: bytes, chain: int) -> Iterator[tuple[int, int]]:
    """First and last sector of the cells of a chain; those of one video object, whose clock runs on, as one."""
    playback, position = struct.unpack_from(">HH", data, chain + 0xE8)
    cells = [
        (
            struct.unpack_from(">H", data, chain + position + 4 * cell)[0],
            *struct.unpack_from(">I8xI", data, chain + playback + 24 * cell + 8),
        )
        for cell in range(data[chain + 3])
    ]
    for _, run in groupby(cells, key=lambda cell: cell[0]):
        parts = list(run)
        yield parts[0][1], parts[-1][2]


def _sectors(vobs: list[Piece], first: int, last: int) -> Iterator[Piece]:
    """Cut sectors ``first`` to ``last`` out of the VOB files, which count as one stream."""
    begin, end, place = first * _SECTOR, (last + 1) * _SECTOR, 0
    for vob in vobs:
        low, high = max(begin - place, 0), min(end - place, vob.size)
        if low < high:
            yield Piece(vob.path, vob.offset + low, high - low)
        place += vob.size


def _clock(field: bytes) -> float:
    """Hours, minutes, seconds and frames (25 a second), each as two decimal digits."""
    hours, minutes, seconds, frames = (int(f"{byte:x}") for byte in (*field[:3], field[3] & 0x3F))
    return hours * 3600 + minutes * 60 + seconds + frames / 25
