"""Reads the directories of a UDF image: 1.02 as on DVDs up to 2.50 with a metadata partition as on Blu-rays.

Formats: ECMA-167 (3rd edition) and OSTA UDF 2.50; offsets below are those of their tables.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from media_library.adapters.disc_structure.image import SECTOR, Image, Malformed
from media_library.adapters.disc_structure.tree import Extent, ImageNode, Node, checked_names

_ANCHOR, _PARTITION, _VOLUME, _END, _FILE_SET, _NAME, _FILE, _LONG_FILE = 2, 5, 6, 8, 256, 257, 261, 266
_MOST_DESCRIPTORS = 64
_MOST_EXTENTS = 20_000
_LARGEST_FOLDER = 8 * 1024 * 1024
_IS_FOLDER, _IS_DELETED, _IS_PARENT = 0x02, 0x04, 0x08


@dataclass(frozen=True, slots=True)
class _Address:
    """A logical block of a partition, and how many bytes begin there."""

    block: int
    partition: int
    size: int = SECTOR


@dataclass(frozen=True, slots=True)
class _Partition:
    """Where the blocks of a partition lie: from sector ``start`` on, or inside the metadata file."""

    start: int
    inside: tuple[Extent, ...] = ()


class UdfTree:
    """The files of an image; raises ``Malformed`` if it holds no UDF volume that can be read."""

    def __init__(self, image: Image) -> None:
        self._image = image
        volume, starts = self._volume()
        if struct.unpack_from("<I", volume, 212)[0] != SECTOR:
            raise Malformed("blocks of another size")
        self.label = _text(volume[84 : 84 + 128][: volume[211]]) or None
        self._partitions: list[_Partition] = []
        self._add_partitions(volume, starts)
        file_set = self._block(_long_address(volume, 248))
        if _kind(file_set) != _FILE_SET:
            raise Malformed("no file set")
        self._root = self._node(_long_address(file_set, 400), "")

    def list(self, folder: str) -> Mapping[str, Node]:
        """What a folder holds."""
        nodes = self._entries(self._root)
        for part in filter(None, folder.split("/")):
            address = nodes.get(part)
            if address is None or not address[2]:
                return {}
            nodes = self._entries(self._node(address[0], address[1]))
        return checked_names([self._node(address, name) for address, name, _ in nodes.values()])

    def _volume(self) -> tuple[bytes, dict[int, int]]:
        """The logical volume descriptor, and the first sector of each partition by its number."""
        last = self._image.size // SECTOR - 1
        for place in (256, last, last - 256):
            if place < 256:
                continue
            try:
                anchor = self._image.sector(place)
                if _kind(anchor) != _ANCHOR:
                    continue
                for size, start in (struct.unpack_from("<II", anchor, 16), struct.unpack_from("<II", anchor, 24)):
                    volume, starts = self._descriptors(start, size // SECTOR)
                    if volume is not None and starts:
                        return volume, starts
            except Malformed:
                continue
        raise Malformed("no UDF volume")

    def _descriptors(self, first: int, count: int) -> tuple[bytes | None, dict[int, int]]:
        volume, starts = None, {}
        for number in range(first, first + min(count, _MOST_DESCRIPTORS)):
            sector = self._image.sector(number)
            kind = _kind(sector)
            if kind == _PARTITION:
                starts[struct.unpack_from("<H", sector, 22)[0]] = struct.unpack_from("<I", sector, 188)[0]
            elif kind == _VOLUME:
                volume = sector
            elif kind == _END:
                break
        return volume, starts

    def _add_partitions(self, volume: bytes, starts: Mapping[int, int]) -> None:
        at = 440
        for _ in range(min(struct.unpack_from("<I", volume, 268)[0], 8)):
            kind, length = volume[at], volume[at + 1]
            name = volume[at + 5 : at + 28].rstrip(b"\0")
            number = struct.unpack_from("<H", volume, at + (4 if kind == 1 else 38))[0]
            if number not in starts or length < 6 or name == b"*UDF Virtual Partition":
                raise Malformed("a partition of another kind")
            inside: tuple[Extent, ...] = ()
            if name == b"*UDF Metadata Partition":
                inside = self._metadata(volume, at, starts[number])
            self._partitions.append(_Partition(starts[number], inside))
            at += length

    def _metadata(self, volume: bytes, at: int, start: int) -> tuple[Extent, ...]:
        """Where the metadata file lies, or its mirror if the first cannot be read."""
        home = len(self._partitions)
        self._partitions.append(_Partition(start))  # its own descriptor counts in plain blocks
        try:
            for block in struct.unpack_from("<II", volume, at + 40):
                try:
                    return tuple(self._node(_Address(block, home), "").extents)
                except (Malformed, struct.error, OSError):
                    continue
        finally:
            self._partitions.pop()
        raise Malformed("no metadata file")

    def _runs(self, address: _Address) -> Iterator[Extent]:
        """Where in the image the bytes at ``address`` lie: one run, or several if the metadata file is in pieces."""
        if address.partition >= len(self._partitions):
            raise Malformed("an unknown partition")
        partition = self._partitions[address.partition]
        if not partition.inside:
            yield Extent((partition.start + address.block) * SECTOR, address.size)
            return
        place, left = address.block * SECTOR, address.size
        for part in partition.inside:
            if left and place < part.size:
                size = min(left, part.size - place)
                yield Extent(None if part.offset is None else part.offset + place, size)
                place, left = place + size, left - size
            place -= part.size
        if left:
            raise Malformed("a block outside the metadata")

    def _block(self, address: _Address) -> bytes:
        run = next(self._runs(replace(address, size=SECTOR)))
        data = b"" if run.offset is None else self._image.read(run.offset, SECTOR)
        if len(data) < SECTOR:
            raise Malformed("a block beyond the end")
        return data

    def _node(self, address: _Address, name: str) -> ImageNode:
        """The file whose entry lies at ``address``."""
        entry = self._block(address)
        kind = _kind(entry)
        if kind not in (_FILE, _LONG_FILE):
            raise Malformed("no file entry")
        size = struct.unpack_from("<Q", entry, 56)[0]
        attributes, length = struct.unpack_from("<II", entry, 168 if kind == _FILE else 208)
        at = (176 if kind == _FILE else 216) + attributes
        form = entry[34] & 0x07
        if at + length > SECTOR or form > 3:
            raise Malformed("an entry that ends too late")
        if form == 3:
            home = next(self._runs(replace(address, size=SECTOR))).offset or 0
            extents: tuple[Extent, ...] = (Extent(home + at, length),)
        else:
            extents = self._extents(entry[at : at + length], form, address.partition)
        return ImageNode(self._image, name, entry[27] == 4, min(size, sum(part.size for part in extents)), extents)

    def _extents(self, table: bytes, form: int, partition: int) -> tuple[Extent, ...]:
        extents: list[Extent] = []
        width = 8 if form == 0 else 16
        at = 0
        for _ in range(_MOST_EXTENTS):
            if at + width > len(table):
                break
            size, block = struct.unpack_from("<II", table, at)
            home = partition if form == 0 else struct.unpack_from("<H", table, at + 8)[0]
            at += width
            how, size = size >> 30, size & 0x3FFFFFFF
            if size == 0:
                break
            if how == 3:  # the table goes on elsewhere
                more = self._block(_Address(block, home))
                table, at = more[24 : 24 + struct.unpack_from("<I", more, 20)[0]], 0
            elif how == 0:
                extents += self._runs(_Address(block, home, size))
            else:
                extents.append(Extent(None, size))
        return tuple(extents)

    def _entries(self, folder: ImageNode) -> dict[str, tuple[_Address, str, bool]]:
        """Address, name and whether it is a folder, for each entry of a folder."""
        if folder.size > _LARGEST_FOLDER or not folder.is_folder:
            raise Malformed("a folder of impossible size")
        data = folder.read(0, folder.size)
        entries: dict[str, tuple[_Address, str, bool]] = {}
        at = 0
        while at + 38 <= len(data):
            if _kind(data[at : at + 16]) != _NAME:
                raise Malformed("no entry of a folder")
            traits, length = data[at + 18], data[at + 19]
            used = struct.unpack_from("<H", data, at + 36)[0]
            if not traits & (_IS_DELETED | _IS_PARENT):
                name = _text(data[at + 38 + used : at + 38 + used + length])
                entries[name.upper()] = (_long_address(data, at + 20), name, bool(traits & _IS_FOLDER))
            at += (38 + used + length + 3) // 4 * 4
        return entries


def _kind(block: bytes) -> int:
    """The kind of a descriptor; raises ``Malformed`` unless its tag adds up."""
    if len(block) < 16 or (sum(block[:4]) + sum(block[5:16])) & 0xFF != block[4]:
        raise Malformed("no descriptor")
    return int.from_bytes(block[:2], "little")


def _long_address(data: bytes, at: int) -> _Address:
    size, block, partition = struct.unpack_from("<IIH", data, at)
    return _Address(block, partition, size & 0x3FFFFFFF)


def _text(data: bytes) -> str:
    """OSTA compressed unicode: the first byte says how many bits a character has."""
    if not data:
        return ""
    return data[1:].decode("utf-16-be" if data[0] == 16 else "latin-1", "replace").rstrip("\0 ")
