"""Reads the directories of an ISO 9660 image (ECMA-119)."""

import struct
from collections.abc import Mapping

from media_library.adapters.disc_structure.image import SECTOR, Image, Malformed
from media_library.adapters.disc_structure.tree import Extent, ImageNode, Node, checked_names

_LARGEST_FOLDER = 8 * 1024 * 1024
_FOLDER_FLAG, _MORE_EXTENTS_FLAG = 0x02, 0x80


def claimed_size(image: Image) -> int | None:
    """How many bytes the volume says it has, or ``None`` if there is no such volume."""
    volume = image.read(16 * SECTOR, SECTOR)
    if len(volume) < SECTOR or volume[1:6] != b"CD001":
        return None
    return int.from_bytes(volume[80:84], "little") * SECTOR


class Iso9660Tree:
    """The plain names of an image, without extensions; raises ``Malformed`` if it is no such image."""

    def __init__(self, image: Image) -> None:
        self._image = image
        volume = image.sector(16)
        if volume[:6] != b"\x01CD001":
            raise Malformed("no ISO 9660 volume")
        self.label = volume[40:72].decode("ascii", "replace").rstrip(" \0") or None
        self._root = self._node(volume[156:190], "")

    def list(self, folder: str) -> Mapping[str, Node]:
        """What a folder holds."""
        nodes = self._entries(self._root)
        for part in filter(None, folder.split("/")):
            node = nodes.get(part)
            if not isinstance(node, ImageNode) or not node.is_folder:
                return {}
            nodes = self._entries(node)
        return nodes

    def _entries(self, folder: ImageNode) -> dict[str, Node]:
        if folder.size > _LARGEST_FOLDER:
            raise Malformed("a folder of impossible size")
        data = folder.read(0, folder.size)
        nodes: list[ImageNode] = []
        parts: list[Extent] = []
        at = 0
        while at < len(data):
            length = data[at]
            if length == 0:  # records do not cross sectors
                at = (at // SECTOR + 1) * SECTOR
                continue
            record = data[at : at + length]
            at += length
            name = record[33 : 33 + record[32]]
            if name in (b"\0", b"\1"):
                continue
            node = self._node(record, name.decode("latin-1").partition(";")[0].rstrip("."))
            parts += node.extents
            if not record[25] & _MORE_EXTENTS_FLAG:
                size = sum(part.size for part in parts)
                nodes.append(ImageNode(self._image, node.name, node.is_folder, size, tuple(parts)))
                parts = []
        return checked_names(nodes)

    def _node(self, record: bytes, name: str) -> ImageNode:
        start, size = struct.unpack_from("<I4xI", record, 2)
        return ImageNode(self._image, name, bool(record[25] & _FOLDER_FLAG), size, (Extent(start * SECTOR, size),))
