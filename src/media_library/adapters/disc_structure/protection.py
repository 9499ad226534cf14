"""Tells whether the films of a disc are encrypted, by the marks that encryption leaves in the streams themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media_library.adapters.disc_structure.image import SECTOR
from media_library.adapters.disc_structure.tree import Node, Tree
from media_library.models.disc_structure import Protection

_PLACES = 8
_PACKS_PER_PLACE = 128
_FILES = 3
_AACS_PACKET = 192
_AACS_UNIT = 32 * _AACS_PACKET
_ENOUGH_SHARE = 0.005


@dataclass(slots=True)
class _Count:
    marked: int = 0
    seen: int = 0
    refused: bool = False


def of_dvd(video_ts: Sequence[Node]) -> Protection:
    """CSS sets PES_scrambling_control in the packs that it scrambles (ISO 13818-1, byte 20 of a DVD pack).

    Studio logos are often in the clear, which is why the whole length is sampled. Many drives refuse to read
    scrambled packs before they have seen a key; then nothing can be said.
    """
    count = _Count()
    for data in _samples(_largest(video_ts, r"VTS_\d\d_[1-9]\.VOB"), SECTOR, _PACKS_PER_PLACE * SECTOR, count):
        for at in range(0, len(data) - SECTOR + 1, SECTOR):
            pack = data[at : at + 21]
            is_stream = pack[:4] == b"\0\0\1\xba" and pack[14:17] == b"\0\0\1" and pack[17] in (0xE0, 0xBD)
            if is_stream and pack[20] & 0xC0 == 0x80:
                count.seen += 1
                count.marked += bool(pack[20] & 0x30)
    return _verdict(count, Protection.CSS)


def of_bluray(tree: Tree) -> Protection:
    """AACS keeps its keys in a folder and marks each packet as not to be copied (2 bits before every packet).

    A decrypted copy may still have the folder, but not the marks.
    """
    if not tree.list("AACS"):
        return Protection.NONE
    count = _Count()
    streams = _largest(list(tree.list("BDMV/STREAM").values()), r"\d{5}\.M2TS?")
    for data in _samples(streams, _AACS_UNIT, 4 * _AACS_UNIT, count):
        for at in range(0, len(data) - _AACS_PACKET + 1, _AACS_PACKET):
            count.seen += 1
            count.marked += bool(data[at] & 0xC0)
    if not count.seen and not count.refused:
        return Protection.AACS
    return _verdict(count, Protection.AACS)


def _largest(nodes: Sequence[Node], pattern: str) -> list[Node]:
    fitting = [node for node in nodes if re.fullmatch(pattern, node.name, re.IGNORECASE) and not node.is_folder]
    return sorted(fitting, key=lambda node: node.size, reverse=True)[:_FILES]


def _samples(nodes: Sequence[Node], unit: int, size: int, count: _Count) -> Iterator[bytes]:
    """Pieces of ``size`` bytes from all over the files, beginning at whole units."""
    for node in nodes:
        for place in range(_PLACES):
            try:
                yield node.read(node.size * place // _PLACES // unit * unit, size)
            except OSError:
                count.refused = True


def _verdict(count: _Count, protection: Protection) -> Protection:
    if count.marked > max(1, _ENOUGH_SHARE * count.seen):
        return protection
    return Protection.UNKNOWN if count.refused else Protection.NONE
