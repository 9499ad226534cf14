"""A row of ``files`` as a record, and back."""

import json

import msgspec

from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.models.media import Streams
from media_library.repositories.base import Row, Value

ADOPTED = "adopted"
"""The flag of a file whose item was not made by a scan: it is called what it is called."""

COLUMNS = """
    id, folder_id, path, size_bytes, mtime_ns, inode, role, state, reason, media_id, label, position, language, flags,
    container, duration_ms, streams, digest, seen_at, changed_at
"""

_NO_STREAMS = Streams()
_streams = msgspec.json.Decoder(Streams)


def file_of(row: Row) -> LibraryFile:
    """The record of a row that has ``COLUMNS``."""
    streams = str(row[16])
    return LibraryFile(
        id=str(row[0]),
        folder_id=str(row[1]),
        path=str(row[2]),
        size_bytes=_number(row[3]),
        mtime_ns=_number(row[4]),
        inode=_number(row[5]),
        role=FileRole(str(row[6])),
        state=FileState(str(row[7])),
        reason=_text(row[8]),
        media_id=_text(row[9]),
        label=_text(row[10]),
        position=None if row[11] is None else int(row[11]),
        language=_text(row[12]),
        flags=tuple(json.loads(str(row[13]))),
        container=str(row[14]),
        duration_ms=_number(row[15]),
        streams=_NO_STREAMS if streams == "{}" else _streams.decode(streams),
        digest=_text(row[17]),
        seen_at=_number(row[18]),
        changed_at=_number(row[19]),
    )


def row_of(file: LibraryFile) -> tuple[Value, ...]:
    """The values of ``COLUMNS``."""
    return (
        file.id,
        file.folder_id,
        file.path,
        file.size_bytes,
        file.mtime_ns,
        signed(file.inode),
        file.role,
        file.state,
        file.reason,
        file.media_id,
        file.label,
        file.position,
        file.language,
        json.dumps(file.flags) if file.flags else "[]",
        file.container,
        file.duration_ms,
        "{}" if file.streams == _NO_STREAMS else msgspec.json.encode(file.streams).decode(),
        file.digest,
        file.seen_at,
        file.changed_at,
    )


def signed(inode: int) -> int:
    """An inode number as SQLite can keep it: some file systems use all 64 bits of it."""
    return inode if inode < 1 << 63 else inode - (1 << 64)


def _number(value: Value) -> int:
    return int(value or 0)


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
