"""Zip archives of strangers: judged before anything is unpacked; then single members, by name and within a bound.

Nothing is ever unpacked to a name that the archive chose. Sizes as the archive declares them are upper bounds of what
is read, so they are what is judged.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from media_library.adapters.book_files.refusal import BookRefused

_MOST_ENTRIES = 20_000
_MOST_DIRECTORY_BYTES = 4 << 20
_MOST_TOTAL_BYTES = 4 << 30
_MOST_RATIO = 200
_RATIO_MATTERS_BYTES = 1 << 20
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_BLOCK_BYTES = 1 << 18

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_MOST_COMMENT_BYTES = 65_535
_LOCAL_HEADER_BYTES = 30


class Archive:
    """An open archive that passed ``judge``."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # some programs for Windows write the other slash, which the format forbids
        self._members = {info.filename.replace("\\", "/"): info for info in archive.infolist() if not info.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The members, in the order of the archive, without folders."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """How many bytes a member has at most, unpacked."""
        return self._members[name].file_size

    def read(self, name: str, most_bytes: int) -> bytes:
        """A whole member; raises ``BookRefused`` if it is missing, damaged or larger than ``most_bytes``."""
        info = self._members.get(name)
        if info is None:
            raise BookRefused(f"“{_shown(name)}” is missing in the file. It is incomplete; get it again.")
        if info.file_size > most_bytes:
            raise BookRefused(f"“{_shown(name)}” in the file is larger than {most_bytes >> 20} MB.")
        content = bytearray()
        with self._reading(name), self._archive.open(info) as member:
            while block := member.read(_BLOCK_BYTES):
                content += block
        return bytes(content)

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a member; raises ``BookRefused``."""
        with self._reading(name), self._archive.open(self._members[name]) as member:
            return member.read(size)

    @contextmanager
    def _reading(self, name: str) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
            raise BookRefused(f"“{_shown(name)}” in the file is damaged. Get the file again.") from error


@contextmanager
def opened(file: BinaryIO) -> Iterator[Archive]:
    """Open and judge an archive; raises ``BookRefused``. The caller closes ``file``."""
    _judge_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            _judge(archive.infolist(), file.seek(0, io.SEEK_END))
            yield Archive(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise BookRefused(
            "The file is damaged: it begins like an archive but cannot be opened. Get it again."
        ) from error


def _judge_directory(file: BinaryIO) -> None:
    """The directory must be small before ``zipfile`` reads it as a whole."""
    length = file.seek(0, io.SEEK_END)
    start = max(0, length - _END.size - _MOST_COMMENT_BYTES)
    file.seek(start)
    tail = file.read()
    plain = len(tail) - _END.size
    at = plain if tail[plain:].startswith(b"PK\5\6") and tail.endswith(b"\0\0") else tail.rfind(b"PK\5\6")
    if at < 0 or at + _END.size > len(tail):
        raise BookRefused("The file is incomplete: the end of the archive is missing. Get it again.")
    _, _, _, _, entries, size, _, _ = _END.unpack_from(tail, at)
    file.seek(max(0, start + at - _LOCATOR_64.size - _END_64.size))
    before = file.read(_END_64.size + _LOCATOR_64.size)
    if len(before) == _END_64.size + _LOCATOR_64.size and before[_END_64.size :].startswith(b"PK\6\7"):
        *_, entries_64, size_64, _ = _END_64.unpack_from(before)
        entries, size = (entries_64, size_64) if before.startswith(b"PK\6\6") else (entries, size)
    if entries > _MOST_ENTRIES or size > _MOST_DIRECTORY_BYTES:
        raise BookRefused(f"The file has more than {_MOST_ENTRIES} parts; no book needs so many.")


def _judge(members: list[zipfile.ZipInfo], archive_bytes: int) -> None:
    if len(members) > _MOST_ENTRIES:
        raise BookRefused(f"The file has more than {_MOST_ENTRIES} parts; no book needs so many.")
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise BookRefused("The file is locked with a password. Remove the password, then add it again.")
    if any(info.compress_type not in _METHODS for info in members):
        raise BookRefused("The file is packed in a way that books are not. Pack it again as a plain ZIP archive.")
    if any(_leads_out(info) for info in members):
        raise BookRefused("The file has parts whose names lead out of it. It is not a book to trust.")
    if sum(info.file_size for info in members) > _MOST_TOTAL_BYTES or any(_is_bomb(info) for info in members):
        raise BookRefused("Unpacked, the file would be out of all proportion to its size. It is not a book to trust.")
    end = 0
    for info in sorted(members, key=lambda one: one.header_offset):
        if info.header_offset < end:
            raise BookRefused("Parts of the file overlap each other. It is not a book to trust.")
        end = info.header_offset + _LOCAL_HEADER_BYTES + info.compress_size
    if end > archive_bytes:
        raise BookRefused("The file is incomplete: it is shorter than it says. Get it again.")


def _leads_out(info: zipfile.ZipInfo) -> bool:
    name = info.orig_filename.replace("\\", "/")
    return name.startswith("/") or ".." in name.split("/") or "\0" in name or name[1:2] == ":"


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _RATIO_MATTERS_BYTES and info.file_size > _MOST_RATIO * max(1, info.compress_size)


def _shown(name: str) -> str:
    shown = "".join(character if character.isprintable() else "�" for character in name)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
