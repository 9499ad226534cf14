"""The files of a disc, the same for a folder, a mounted disc, an image and a drive."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from media_library.adapters.disc_structure.image import Budget, Image, Malformed

_MOST_ENTRIES = 10_000


class Node(Protocol):
    """A file or folder of a disc. ``end`` is the byte of the image behind its last one, 0 in a folder."""

    @property
    def name(self) -> str: ...
    @property
    def is_folder(self) -> bool: ...
    @property
    def size(self) -> int: ...
    @property
    def end(self) -> int: ...
    def read(self, offset: int, size: int) -> bytes:
        """Bytes of a file, fewer at its end; raises ``OSError``."""


class Tree(Protocol):
    """The folders of a disc. ``label`` is the name of its volume."""

    @property
    def label(self) -> str | None: ...
    def list(self, folder: str) -> Mapping[str, Node]:
        """What a folder ("" or "BDMV/PLAYLIST") holds, by name in capitals; empty if there is no such folder."""


@dataclass(frozen=True, slots=True)
class Extent:
    """A run of bytes of a file; ``offset`` in the image, ``None`` where nothing was recorded."""

    offset: int | None
    size: int


@dataclass(frozen=True, slots=True)
class ImageNode:
    """A file or folder in an image."""

    image: Image
    name: str
    is_folder: bool
    size: int
    extents: Sequence[Extent]

    @property
    def end(self) -> int:
        """The byte of the image behind the last one of the file."""
        return max((part.offset + part.size for part in self.extents if part.offset is not None), default=0)

    def read(self, offset: int, size: int) -> bytes:
        """Bytes of the file."""
        size = min(size, self.size - offset)
        data = bytearray()
        place = 0
        for part in self.extents:
            start = max(offset, place)
            stop = min(offset + size, place + part.size)
            if start < stop:
                data += (
                    bytes(stop - start)
                    if part.offset is None
                    else self.image.read(part.offset + start - place, stop - start)
                )
            place += part.size
        return bytes(data)


@dataclass(frozen=True, slots=True)
class _PathNode:
    path: Path
    name: str
    is_folder: bool
    size: int
    budget: Budget
    end: int = 0

    def read(self, offset: int, size: int) -> bytes:
        self.budget.spend(size)
        with self.path.open("rb", buffering=0) as file:
            file.seek(offset)
            return file.read(size)


class FolderTree:
    """A folder or a mounted disc.

    What is neither file nor folder is left out: a symbolic link could lead anywhere, a pipe could block for ever.
    """

    def __init__(self, root: Path, budget: Budget) -> None:
        self._root = root
        self._budget = budget
        self.label = root.name or None

    def list(self, folder: str) -> Mapping[str, Node]:
        """What a folder holds; names are compared without case, as the mount may have changed it."""
        nodes = self._scan(self._root)
        for part in filter(None, folder.split("/")):
            node = nodes.get(part)
            if node is None or not node.is_folder:
                return {}
            nodes = self._scan(node.path)
        return nodes

    def _scan(self, folder: Path) -> dict[str, _PathNode]:
        nodes: dict[str, _PathNode] = {}
        with os.scandir(folder) as entries:
            for entry in entries:
                self._budget.spend(256)
                if len(nodes) >= _MOST_ENTRIES:
                    break
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder or entry.is_file(follow_symlinks=False):
                    size = 0 if is_folder else entry.stat(follow_symlinks=False).st_size
                    nodes[entry.name.upper()] = _PathNode(Path(entry.path), entry.name, is_folder, size, self._budget)
        return nodes


def checked_names(nodes: Sequence[ImageNode]) -> dict[str, Node]:
    """Nodes by name in capitals; raises ``Malformed`` for more than any disc has in one folder."""
    if len(nodes) > _MOST_ENTRIES:
        raise Malformed("a folder with too many entries")
    return {node.name.upper(): node for node in nodes}
